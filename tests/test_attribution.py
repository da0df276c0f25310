"""The attribution diagram: who is drawn, what the boxes say, and that nothing in it overlaps or leaves the picture."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_derive import back, build, cite, claims

from generator import load
from generator.decode import decode
from generator.derive import derive, explain_reports
from generator.dialect import render_page
from generator.dialect.fences.attribution import draw_attribution, lay_out
from generator.dialect.fences.attribution.labels import shorten, wrap
from generator.dialect.fences.glyphs import measure
from generator.link import link
from generator.pages import open_site
from generator.pages.attribution import Diagram, draw_ways
from generator.pages.travel import date_together, retrace
from generator.pages.ways import sides_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.dialect.fences.attribution.layout import Box, Frame, Layout, Line
    from generator.pages.planned import Site
    from generator.records import Claim

Row = dict[str, Any]


def against(source: str, chain: object, **more: Any) -> Row:
    return back(source, chain, **more) | {"stance": "refutes"}


def write(*rows: Mapping[str, Any], title: str = "From origins to reports") -> str:
    return "\n".join(json.dumps(row) for row in ({"title": title}, *rows))


def stop(key: str, **more: Any) -> Row:
    return {"stop": key, "label": key, **more}


def report(key: str, side: str = "for", **more: Any) -> Row:
    return stop(key, side=side, **more)


def way(*keys: str, counts: bool = True) -> Row:
    return {"way": keys, "counts": counts}


def parse(html: str) -> ET.Element:
    return ET.fromstring(html)  # noqa: S314 - we wrote it


def describe(layout: Layout) -> list[list[str]]:
    """The boxes column by column, each from above: label and notes, the outline where it is not plain."""
    columns: dict[float, list[Box]] = {}
    for box in layout.boxes:
        columns.setdefault(box.x, []).append(box)
    return [
        [
            " / ".join(filter(None, (*box.label, *box.notes, box.stop.form.removeprefix("plain"))))
            for box in sorted(column, key=lambda box: box.y)
        ]
        for _, column in sorted(columns.items())
    ]


# --- what is drawn ---


def test_one_box_stands_for_a_relay_that_many_ways_pass() -> None:
    rows = [stop("Peskov", group="russia"), stop("Interfax"), *(report(f"Paper {n}") for n in "123"), report("Site")]
    ways = [way("Peskov", "Interfax", f"Paper {n}") for n in "123"]
    _, wide, narrow = lay_out(write(*rows, *ways, way("Peskov", "Site")))
    assert describe(wide) == [["Peskov / Origin A"], ["Interfax"], ["Paper 1", "Paper 2", "Paper 3", "Site"]]
    assert describe(narrow) == [["Peskov / Origin A", "Interfax", "Paper 1", "Paper 2", "Paper 3", "Site"]]


def test_voices_of_one_origin_share_a_letter_and_a_frame_and_letters_run_down_the_page() -> None:
    rows = [
        stop("Envoy", group="u", origin="Upper Brook"),
        stop("Ferryman", group="f"),
        stop("Mayor", group="u", origin="Upper Brook"),
        *(report(name) for name in ("Courier", "Post", "Echo")),
        way("Envoy", "Courier"),
        way("Ferryman", "Post"),
        way("Mayor", "Courier"),
        way("Mayor", "Echo"),
    ]
    _, wide, narrow = lay_out(write(*rows))
    assert describe(wide)[0] == [
        "Envoy / Origin A: Upper Brook",
        "Mayor / Origin A: Upper Brook",
        "Ferryman / Origin B",
    ]
    for layout in (wide, narrow):
        (frame,) = layout.frames
        framed = [
            box.stop.key
            for box in layout.boxes
            if frame.x < box.x < frame.x + frame.width and frame.y < box.middle < frame.y + frame.height
        ]
        assert framed == ["Envoy", "Mayor"]


def test_a_voice_that_two_ways_pass_in_opposite_order_is_drawn_twice() -> None:
    rows = [stop("A"), stop("B"), report("P"), report("Q"), way("A", "B", "P"), way("B", "A", "Q")]
    _, wide, _ = lay_out(write(*rows))
    assert describe(wide) == [["A"], ["B"], ["A"], ["P", "Q"]]


def test_what_is_too_much_for_a_layer_is_summed_up_on_each_side() -> None:
    rows = [
        stop("A", group="a"),
        *(report(f"P{n}") for n in range(30)),
        *(report(f"N{n}", "against") for n in range(9)),
    ]
    rows += [way("A", row["stop"]) for row in rows[1:]]
    _, wide, _ = lay_out(write(*rows))
    assert describe(wide)[1] == [
        *(f"P{n}" for n in range(7)),
        "and 23 more reports",
        "N0",
        "N1",
        "N2",
        "and 6 more reports",
    ]


def test_origins_that_are_summed_up_are_still_counted() -> None:
    rows = [*(stop(f"V{n}", group=f"g{n // 2}") for n in range(20)), report("P")]
    rows += [way(f"V{n}", "P") for n in range(20)]
    _, wide, _ = lay_out(write(*rows))
    assert describe(wide)[0][-1] == "and 9 more voices / 4 more origins among them"


def test_more_layers_than_fit_beside_one_another_stand_beneath_one_another() -> None:
    keys = [f"V{n}" for n in range(7)]
    _, wide, _ = lay_out(write(*map(stop, keys), report("P"), way(*keys, "P")))
    assert describe(wide) == [[*keys, "P"]]
    assert wide.width == 720


def test_lines_tell_what_counts_and_what_speaks_against() -> None:
    rows = [stop("A"), stop("B"), report("P"), report("Q", "against"), way("A", "P"), way("B", "P", counts=False)]
    drawn = parse(draw_attribution(write(*rows, way("B", "Q"))))
    for picture in drawn:
        assert [path.get("class") for path in picture.iter("path")] == ["uncounted", "against", None]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([{"stop": "A"}], "no title"),
        ([{"title": "x"}], "no way to draw"),
        ([{"title": "x"}, stop("A", form="wavy")], "no form of a box: 'wavy'"),
        ([{"title": "x"}, report("P"), way("A", "P")], "stops that are known"),
        ([{"title": "x"}, stop("A"), stop("B"), way("A", "B")], "ends in a report"),
        ([{"title": "x"}, report("P"), report("Q"), way("P", "Q")], "ends in a report"),
        ([{"title": "x"}, {"road": []}], "neither a stop nor a way"),
    ],
)
def test_a_payload_that_cannot_be_drawn_is_refused(rows: Sequence[Row], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        draw_attribution("\n".join(json.dumps(row) for row in rows))


def test_what_names_say_is_text_and_the_whole_name_is_kept() -> None:
    name = "<script>alert(1)</script> & the Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    html = draw_attribution(write(stop("A", label=name), stop("B"), report("P"), way("A", "P"), way("B", "P")))
    assert "<script" not in html
    drawn = parse(html)
    wide = drawn[0]
    assert [picture.get("role") for picture in drawn] == ["img", "img"]
    assert wide[0].text == "From origins to reports"
    assert name in [title.text for title in wide.iter("title")]
    assert [text.text for text in wide.iter("text")][:2] == [
        "<script>alert(1)</script>",
        "& the Donaudampfschifffa…",
    ]


# --- labels ---


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Interfax", 100, ("Interfax",)),
        ("Russian defence ministry", 110, ("Russian defence", "ministry")),
        ("UN human rights monitoring mission in Ukraine", 110, ("UN human rights", "monitoring mis…")),
        ("Donaudampfschifffahrtsgesellschaft und Söhne", 80, ("Donauda…", "und Söhne")),
        ("Главное управление разведки", 110, ("Главное", "управление р…")),
        ("", 100, ()),
    ],
)
def test_a_label_has_two_lines_at_most(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room, 13) == lines


@given(st.text(max_size=60), st.integers(24, 300), st.integers(8, 20))
def test_no_line_is_wider_than_its_room(text: str, room: int, size: int) -> None:
    assert all(measure(line, size) <= room for line in wrap(text, room, size))
    assert shorten(text, room, size) == text or shorten(text, room, size).endswith("…")


# --- the geometry, whatever is drawn ---

KEYS = st.sampled_from([f"V{n}" for n in range(22)])
LABELS = st.one_of(st.sampled_from(["AP", "Уповноважений Верховної Ради України з прав людини"]), st.text(max_size=70))


@st.composite
def payloads(draw: st.DrawFn) -> str:
    labels = draw(st.lists(LABELS, min_size=3, max_size=3))
    forms = draw(st.permutations(["plain", "dashed", "double"]))
    groups = draw(st.permutations(["", "", "g", "h", "i"]))
    origin = draw(st.sampled_from(["", "the Ministry of Very Long Names and Affairs"]))
    rows: list[Row] = [
        stop(f"V{n}", label=labels[n % 3], form=forms[n % 3], group=groups[n % 5], origin=origin) for n in range(22)
    ]
    sides = draw(st.lists(st.sampled_from(["for", "against"]), min_size=1, max_size=26))
    rows += [report(f"R{n}", side, label=labels[n % 3], notes=labels[n % 4 :]) for n, side in enumerate(sides)]
    hops = st.lists(KEYS, min_size=1, max_size=4, unique=True)
    for _ in range(draw(st.integers(1, 30))):
        rows.append(way(*draw(hops), f"R{draw(st.integers(0, len(sides) - 1))}", counts=draw(st.booleans())))
    return write(*rows)


@cache
def points(line: Line) -> tuple[tuple[float, float], ...]:
    """Points along a line, close together."""
    return tuple(_points(line))


def _points(line: Line) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for letter, at in line.steps:
        ends = [(x, y), *zip(at[::2], at[1::2], strict=True)]
        for part in range(1, 17) if letter != "M" else ():
            curve, t = ends, part / 16
            while len(curve) > 1:  # de Casteljau
                curve = [((1 - t) * a + t * c, (1 - t) * b + t * d) for (a, b), (c, d) in pairwise(curve)]
            yield curve[0]
        x, y = ends[-1]


def faults(layout: Layout) -> list[str]:
    """What is wrong with a drawing."""
    return [*collisions(layout), *stacked(layout), *strays(layout), *overruns(layout)]


def collisions(layout: Layout) -> Iterator[str]:
    for one, other in combinations(layout.boxes, 2):
        if abs(one.x - other.x) < one.width and abs(one.middle - other.middle) < (one.height + other.height) / 2 + 4:
            yield f"{one} and {other} are closer than 4"
    for frame, box in product(layout.frames, layout.boxes):
        is_beside = box.x + box.width <= frame.x or box.x >= frame.x + frame.width
        is_within = frame.y < box.y and box.y + box.height < frame.y + frame.height
        if not (is_beside or is_within or box.y >= frame.y + frame.height or box.y + box.height <= frame.y):
            yield f"{frame} cuts {box}"
    for line, box in product(layout.lines, layout.boxes):
        left, right, top, bottom = box.x + 0.1, box.x + box.width - 0.1, box.y - 1, box.y + box.height + 1
        if any(left < x < right and top < y < bottom for x, y in points(line)):
            yield f"{line} runs through {box}"


def stacked(layout: Layout) -> Iterator[str]:
    """Stretches of a track that are drawn over one another."""
    stretches: dict[float, list[tuple[float, float]]] = {}
    for line in layout.lines:
        for (_, before), (letter, at) in pairwise(line.steps):
            if letter == "L" and before[-2] == at[-2]:
                stretches.setdefault(at[-2], []).append((before[-1], at[-1]))
    for x, found in stretches.items():
        for (top, bottom), (other, end) in combinations(found, 2):
            if min(bottom, end) - max(top, other) > 0.1:
                yield f"two lines at {x} from {top} to {bottom} and from {other} to {end}"


def strays(layout: Layout) -> Iterator[str]:
    areas: tuple[Box | Frame, ...] = (*layout.boxes, *layout.frames)
    corners = [(area.x, area.y) for area in areas]
    corners += [(area.x + area.width, area.y + area.height) for area in areas]
    for x, y in (*corners, *(point for line in layout.lines for point in points(line))):
        if not (0 <= x <= layout.width and 0 <= y <= layout.height):
            yield f"({x}, {y}) lies outside the picture"


def overruns(layout: Layout) -> Iterator[str]:
    for box in layout.boxes:
        for lines_, size in ((box.label, layout.type.label), (box.notes, layout.type.note)):
            if any(measure(line, size) > box.width - 16 for line in lines_):
                yield f"the words of {box} are wider than it"


@settings(max_examples=60)
@given(payloads())
def test_nothing_overlaps_or_leaves_the_picture_in_either_drawing(payload: str) -> None:
    _, wide, narrow = lay_out(payload)
    assert (wide.width, narrow.width) == (720, 328)
    assert faults(wide) + faults(narrow) == []
    assert max(sum(box.x == x for box in wide.boxes) for x in {box.x for box in wide.boxes}) <= max(
        12, len(narrow.boxes)
    )


def test_a_box_whose_edge_falls_on_the_zero_line_keeps_its_distance() -> None:
    tall = report("P", notes=("A note that needs a line 1", "A note that needs a line 2"))
    _, wide, _ = lay_out(write(stop("A"), stop("B"), tall, report("Q"), way("A", "P"), way("B", "Q")))
    assert list(faults(wide)) == []


# --- from records to the picture ---


LATER = """
- {id: late-1, outlet: post, published: 2024-05-09, accessed: 2024-06-01, language: en, genre: news, stored: none, publish: none}
- {id: dateless, outlet: echo, accessed: 2024-06-01, language: en, genre: news, stored: none, publish: none}
"""


def draw(*rows: Mapping[str, Any]) -> tuple[Site, Claim, Diagram | None]:
    library, views = build(claims=claims(*rows), sources=LATER)
    site = open_site(library, views)
    claim = library.claims[rows[0]["id"]]
    return site, claim, draw_ways(site, claim, sides_of(site, claim))


def outline(diagram: Diagram) -> list[str]:
    """A line for each stop and way of a payload."""
    lines = []
    for row in map(json.loads, diagram.payload[1:]):
        if "way" in row:
            lines.append(" > ".join(row["way"]) + ("" if row["counts"] else " (not counted)"))
        else:
            told = (
                row["label"],
                *row.get("notes", ()),
                row.get("form"),
                row.get("group"),
                row.get("origin"),
                row.get("side"),
            )
            lines.append(f"[{row['stop']}] {' | '.join(filter(None, told))}")
    return lines


RECORDS = {
    "one relay, two governments, one document": (
        {
            "seen": [cite("courier-1", ["anna-reed", "valley-wire"])],
            "evidence": [
                back("post-1", ["anna-reed", "valley-wire"]),
                back("lower-gazette-1", ["jonas-hill"]),
            ],
        },
        [
            "[for:courier-1] the Courier | Said | 2 May 2024 | for",
            "[voice:anna-reed] Anna Reed | lower-brook",
            "[voice:valley-wire] Valley Wire",
            "[for:post-1] the Post | + For | 2 May 2024 | for",
            "[for:lower-gazette-1] the Gazette | + For | 2 May 2024 | for",
            "[voice:jonas-hill] Jonas Hill | upper-brook",
            "voice:anna-reed > voice:valley-wire > for:courier-1",
            "voice:anna-reed > voice:valley-wire > for:post-1",
            "voice:jonas-hill > for:lower-gazette-1",
        ],
        ["Everything that says so: 3 reports, 2 independent origins: Anna Reed and Jonas Hill."],
        [],
    ),
    "voices without a name, no origin, known only from one text": (
        {
            "seen": [
                cite("courier-1", [{"unnamed": "carters"}]),
                cite("post-1", [{"unnamed": "farmers"}]),
                cite("echo-1", "untraced"),
                cite("valley-wire-1", [{"claimed": "ferryman"}]),
            ],
        },
        [
            "[for:courier-1] the Courier | Said | 2 May 2024 | for",
            "[?carters] carters | dashed | ? | unnamed voices",
            "[for:post-1] the Post | Said | 2 May 2024 | for",
            "[?farmers] farmers | dashed | ? | unnamed voices",
            "[for:echo-1] the Echo | Said, not counted | 2 May 2024 | for",
            "[?for:echo-1] no origin given | dashed",
            "[for:valley-wire-1] Valley Wire | Said, not counted | 2 May 2024 | for",
            "[claimed:ferryman] the ferryman | known only from this text",
            "?carters > for:courier-1",
            "?farmers > for:post-1",
            "?for:echo-1 > for:echo-1 (not counted)",
            "claimed:ferryman > for:valley-wire-1 (not counted)",
        ],
        [
            "Everything that says so: 4 reports, 1 origin: those that count go back to unnamed voices (carters and farmers).",
        ],
        [
            "Boxes with one letter count as one origin.",
            "Dashed outline: nobody is named.",
            "Thin dotted line: not counted.",
        ],
    ),
    "for and against, one of them discounted": (
        {
            "seen": [cite("courier-1", "own")],
            "evidence": [
                against("post-1", ["anna-reed"]),
                against("lower-gazette-1", ["lower-council"]),
                against("valley-wire-1", ["jonas-hill"], discount="He looked away."),
            ],
        },
        [
            "[for:courier-1] the Courier | Said | 2 May 2024 | for",
            "[voice:courier] the Courier | courier",
            "[against:post-1] the Post | − Against | 2 May 2024 | against",
            "[voice:anna-reed] Anna Reed | lower-brook | Lower Brook",
            "[against:lower-gazette-1] the Gazette | − Against | 2 May 2024 | against",
            "[voice:lower-council] the Lower Brook council | lower-brook | Lower Brook",
            "[against:valley-wire-1] Valley Wire | − Against, not counted | 2 May 2024 | against",
            "[voice:jonas-hill] Jonas Hill",
            "voice:courier > for:courier-1",
            "voice:anna-reed > against:post-1",
            "voice:lower-council > against:lower-gazette-1",
            "voice:jonas-hill > against:valley-wire-1 (not counted)",
        ],
        [
            "Everything that says so: 1 report, 1 origin: it goes back to the Courier.",
            "Against it: 3 reports, 1 origin: those that count go back to Lower Brook (Anna Reed and the Lower Brook council).",
        ],
        ["Boxes with one letter count as one origin.", "Thin dotted line: not counted."],
    ),
    "said in earnest, and discounted as evidence": (
        {
            "seen": [cite("courier-1", "own")],
            "evidence": [back("courier-1", "own", discount="It errs."), back("post-1", ["ferryman"])],
        },
        [
            "[for:courier-1] the Courier | + Said; for, not counted | 2 May 2024 | for",
            "[voice:courier] the Courier | courier",
            "[for:post-1] the Post | + For | 2 May 2024 | for",
            "[voice:ferryman] the ferryman | ferryman",
            "voice:courier > for:courier-1",
            "voice:ferryman > for:post-1",
        ],
        ["Everything that says so: 2 reports, 2 independent origins: the Courier and the ferryman."],
        [],
    ),
    "a statement goes back to those who heard it": (
        {
            "kind": "statement",
            "speaker": "jonas-hill",
            "seen": [cite("courier-1", ["jonas-hill"])],
            "evidence": [
                back("courier-1", ["jonas-hill"], basis="witness"),
                back("post-1", ["jonas-hill", "valley-wire"], basis="witness"),
            ],
        },
        [
            "[for:courier-1] the Courier | + Said, for | 2 May 2024 | for",
            "[voice:jonas-hill] Jonas Hill | the speaker",
            "[voice:courier] the Courier | courier",
            "[for:post-1] the Post | + For | 2 May 2024 | for",
            "[voice:valley-wire] Valley Wire | valley-wire",
            "voice:jonas-hill > voice:courier > for:courier-1",
            "voice:jonas-hill > voice:valley-wire > for:post-1",
        ],
        ["2 reports, 2 independent origins: the Courier and Valley Wire."],
        [],
    ),
    "a reprint came by the ways of what it repeats": (
        {"seen": [cite("courier-1", ["anna-reed"]), cite("echo-1", "own")]},
        [
            "[for:courier-1] the Courier | Said | 2 May 2024 | for",
            "[voice:anna-reed] Anna Reed | lower-brook",
            "[for:echo-1] the Echo | Said | 2 May 2024 | for",
            "[voice:courier] the Courier",
            "voice:anna-reed > for:courier-1",
            "voice:anna-reed > voice:courier > for:echo-1",
        ],
        ["Everything that says so: 2 reports, 1 origin: all go back to Anna Reed."],
        [],
    ),
    "words that are stored are drawn as a document": (
        {"seen": [cite("courier-1", ["ferryman"]), cite("post-1", [{"who": "ferryman", "source": "stored"}])]},
        [
            "[for:courier-1] the Courier | Said | 2 May 2024 | for",
            "[voice:ferryman] the ferryman | double | ferryman",
            "[for:post-1] the Post | Said | 2 May 2024 | for",
            "voice:ferryman > for:courier-1",
            "voice:ferryman > for:post-1",
        ],
        ["Everything that says so: 2 reports, 1 origin: all go back to the ferryman."],
        ["Double outline: a document, or words that are stored here."],
    ),
}


@pytest.mark.parametrize(("fields", "stops", "summaries", "keys"), RECORDS.values(), ids=RECORDS.keys())
def test_a_diagram_follows_from_the_records(
    fields: Row, stops: list[str], summaries: list[str], keys: list[str]
) -> None:
    _, _, diagram = draw({"id": "x", **fields})
    assert diagram is not None
    assert outline(diagram) == stops
    assert [f"{one.label}: {one.words}" if one.label else one.words for one in diagram.summaries] == summaries
    assert list(diagram.keys) == keys


def test_an_entity_that_is_a_document_has_a_double_outline() -> None:
    library, views = build(
        entities="- {id: treaty, type: document, name: the treaty}\n",
        claims=claims({"id": "x", "seen": [cite("courier-1", ["treaty"]), cite("post-1", "own")]}),
    )
    site, claim = open_site(library, views), library.claims["x"]
    diagram = draw_ways(site, claim, sides_of(site, claim))
    assert diagram is not None
    assert "[voice:treaty] the treaty | double | treaty" in outline(diagram)


@pytest.mark.parametrize(
    "seen",
    [
        [],
        [cite("courier-1", "own")],
        [cite("courier-1", "untraced")],
        [cite("courier-1", ["anna-reed", "valley-wire"])],
    ],
)
def test_one_way_is_told_by_a_sentence_and_not_drawn(seen: list[Row]) -> None:
    assert draw({"id": "x", "seen": seen})[2] is None


@cache
def real_site() -> Site:
    library, _ = link(decode(load.read(ROOT)[0])[0])
    assert library is not None
    return open_site(library, derive(library, date(2026, 11, 30)))


def test_every_picture_of_the_real_content_shows_as_many_reports_and_origins_as_the_sentence_says() -> None:
    site = real_site()
    drawn = 0
    for claim in site.library.claims.values():
        sides = sides_of(site, claim)
        diagram = draw_ways(site, claim, sides)
        if diagram is None:
            continue
        drawn += 1
        rows = [json.loads(line) for line in diagram.payload]
        leads = {row["stop"]: row.get("group") for row in rows if "stop" in row}
        for side, summary in zip(sides, diagram.summaries, strict=True):
            ways = [row for row in rows if "way" in row and row["way"][-1].startswith(side.stance)]
            assert summary.words == explain_reports(site.library, side.tally)
            assert len({row["way"][-1] for row in ways}) == side.tally.reports
            counted = {leads[key] for row in ways if row["counts"] for key in row["way"]} - {None}
            assert counted >= side.tally.roots, claim.id
            found = {way.origin.root for report in side.reports for way in report.ways if way.origin}
            assert found == side.tally.roots
        _, wide, narrow = lay_out("\n".join(diagram.payload))
        assert faults(wide) + faults(narrow) == []
    assert drawn > 90


# --- how it travelled ---


def lines(site: Site, claim: Claim) -> list[str]:
    travel = retrace(site, claim, sides_of(site, claim))
    if travel is None:
        return []
    return [
        f"{step.when.text} {step.words}: {step.link.label} ({step.link.anchor}), {step.ways}" for step in travel.steps
    ]


def test_reports_are_listed_by_date_with_those_they_have_it_from() -> None:
    site, claim, _ = draw(
        {
            "id": "x",
            "seen": [cite("courier-1", [{"who": "anna-reed", "on": "2024-04-30"}, "valley-wire"]), cite("courier-1", "own")],
            "evidence": [back("stored", "untraced"), against("post-1", [{"who": "ferryman", "on": "2024-05-01"}])],
        }
    )  # fmt: skip
    assert lines(site, claim) == [
        "2024-04-30 Spoke: Anna Reed (seen-1), as the Courier has it",
        "2024-05-01 Spoke: the ferryman (evidence-2), as the Post has it",
        "2024-05-02 Said: the Courier (seen-1), from Anna Reed through Valley Wire; its own report",
        "2024-05-02 For, not counted: the Courier (evidence-1), no origin given",
        "2024-05-02 Against: the Post (evidence-2), from the ferryman",
    ]


def test_the_picture_of_the_way_has_the_numbers_of_the_list_and_the_lanes_that_occur() -> None:
    site, claim, _ = draw({"id": "x", "evidence": [against("post-1", [{"who": "ferryman", "on": "2024-05~"}])]})
    travel = retrace(site, claim, sides_of(site, claim))
    assert travel is not None
    head, *rows = map(json.loads, travel.payload)
    assert head["lanes"] == [["against", "Against"]]
    assert [(row["number"], row["href"], row["from"], row["to"], row["fades"]) for row in rows] == [
        (1, "#step-1", "2024-05-01", "2024-05-31", "both"),
        (2, "#step-2", "2024-05-02", "2024-05-02", ""),
    ]


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (["courier-1"], ""),
        (["courier-1", "post-1"], "Both reports are of 2 May 2024."),
        (["courier-1", "post-1", "echo-1"], "All 3 reports are of 2 May 2024."),
        (["courier-1", "dateless"], ""),
        (["dateless"], ""),
    ],
)
def test_reports_of_one_day_are_no_journey(cited: list[str], said: str) -> None:
    site, claim, _ = draw({"id": "x", "seen": [cite(one, "own") for one in cited]})
    assert lines(site, claim) == []
    assert date_together(site, sides_of(site, claim)) == said


def test_a_voice_that_spoke_on_the_day_of_its_report_is_no_step_of_its_own_and_undated_reports_are_counted() -> None:
    said = [
        cite("late-1", [{"who": "ferryman", "on": "2024-05-09"}]),
        cite("courier-1", "own"),
        cite("dateless", "own"),
    ]
    site, claim, _ = draw({"id": "x", "seen": said})
    assert lines(site, claim) == [
        "2024-05-02 Said: the Courier (seen-2), its own report",
        "2024-05-09 Said: the Post (seen-1), from the ferryman",
    ]
    travel = retrace(site, claim, sides_of(site, claim))
    assert travel is not None
    assert travel.undated == 1
    assert date_together(site, sides_of(site, claim)) == ""


def test_a_report_on_both_sides_is_one_report_and_words_for_somebody_unnamed_are_no_name() -> None:
    said = [cite("courier-1", [{"unnamed": "ferryman"}]), cite("late-1", "own"), cite("dateless", "own")]
    against = cite("dateless", ["jonas-hill"], stance="refutes", basis="act")
    site, claim, _ = draw({"id": "x", "seen": said, "evidence": [against]})
    assert lines(site, claim) == [
        "2024-05-02 Said: the Courier (seen-1), from ferryman",
        "2024-05-09 Said: the Post (seen-2), its own report",
    ]
    travel = retrace(site, claim, sides_of(site, claim))
    assert travel is not None
    assert travel.undated == 1


def ids_of(html: str) -> Iterable[str]:
    return (part.split('"', 1)[0] for part in html.split(' id="')[1:])


def test_the_block_is_drawn_on_a_page_and_brings_no_id_with_it() -> None:
    diagram = draw({"id": "x", "seen": [cite("courier-1", "own"), cite("post-1", ["anna-reed"])]})[2]
    assert diagram is not None
    page = render_page("```attribution\n" + "\n".join(diagram.payload) + "\n```\n")
    assert page.html.count('<svg class="wide"') == page.html.count('<svg class="narrow"') == 1
    assert list(ids_of(page.html)) == []
