"""The picture of a timeline, with what it is drawn from, and the pages that hold it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import dates, load, pipeline
from generator.dialect import render_page
from generator.dialect.fences.glyphs import fit, measure
from generator.dialect.fences.timeline_lanes import draw_timeline_lanes
from generator.dialect.fences.timeline_lanes.chart import read_chart
from generator.dialect.fences.timeline_lanes.layout import NARROW, WIDE, Form, Layout, lay_out
from generator.dialect.fences.timeline_lanes.scale import fit_scale
from generator.dialect.fences.timeline_lanes.ticks import make_ticks
from generator.pages import open_site, plan
from generator.pages.lanes import entries_of, fades_of, lanes_payload
from generator.pages.timeline import plan_timeline, plan_timeline_of
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import Browser

    from generator.pages import PlannedPage
    from generator.pages.planned import Site

TODAY = date(2031, 7, 3)
HEAD = {"title": "A year on the river", "lanes": [["a", "Upper Brook"], ["b", "Lower Brook"]]}
FORMS = pytest.mark.parametrize("form", [WIDE, NARROW], ids=lambda form: form.name)


def event(key: str, start: str | None, end: str | None = None, **changes: Any) -> dict[str, Any]:
    """An event of one day, or with an end."""
    typed = {
        "key": key,
        "href": f"#on-{key}",
        "number": 1,
        "label": key,
        "lane": "a",
        "when": start or "",
        "from": start,
    }
    return {**typed, "to": end or start, "phase": "done", "fades": "", **changes}


def payload(*events: dict[str, Any], head: dict[str, Any] = HEAD) -> str:
    numbered = ({**one, "number": number} for number, one in enumerate(events, 1))
    return "\n".join(json.dumps(row) for row in (head, *numbered))


@dataclass(frozen=True, slots=True)
class Drawing:
    """One of the two drawings, read back from the SVG.

    Attributes:
        marks: number, middle of the shape, row, bar (left, right) and label of each mark.
        shapes: the classes of the parts of each mark's shape.
        bars: the bars as they are written.
        dates: place and words of each tick.
        titles: the lanes' titles.
    """

    marks: list[tuple[str, float, float, tuple[float, float] | None, str]]
    shapes: list[list[str]]
    bars: list[dict[str, str]]
    dates: list[tuple[float, str]]
    titles: list[str]


def read(figure: str, name: str = "wide") -> Drawing:
    svg = next(one for one in ET.fromstring(figure).iter("svg") if one.get("class") == name)  # noqa: S314 - our own
    links = list(svg.iter("a"))
    marks, shapes, bars = [], [], []
    for link in links:
        bar = link.find("rect")
        bars += [dict(bar.attrib)] if bar is not None else []
        text, tspan = link.find("text"), link.find("text/tspan")
        assert text is not None
        assert tspan is not None
        around = [one for one in link if one.tag in ("circle", "path")]
        shapes.append([f"{one.tag} {one.get('class')}" for one in around])
        if around[0].tag == "circle":
            x, y = float(around[0].get("cx", "")), float(around[0].get("cy", ""))
        else:
            x, y = map(float, re.findall(r"[\d.]+", around[0].get("d", ""))[:2])
        ends = (
            (float(bar.get("x", "")), float(bar.get("x", "")) + float(bar.get("width", "")))
            if bar is not None
            else None
        )
        marks.append((tspan.text or "", x, y, ends, ((text.text or "") + (tspan.tail or "")).strip()))
    texts = [one for one in svg.iter("text") if one.get("class")]
    return Drawing(
        marks,
        shapes,
        bars,
        [(float(one.get("x", "")) - 4, "".join(one.itertext())) for one in texts if "date" in one.get("class", "")],
        ["".join(one.itertext()) for one in texts if one.get("class") == "lane"],
    )


# --- geometry ---


def test_events_stand_where_their_days_are_and_in_their_lanes() -> None:
    drawn = read(
        draw_timeline_lanes(
            payload(
                event("Start", "2024-01-01"),
                event("Middle", "2024-01-11", lane="b"),
                event("Stretch", "2024-01-06", "2024-01-11"),
                event("End", "2024-01-21"),
            )
        )
    )
    first, last = drawn.marks[0][1], drawn.marks[3][1]
    middle = (first + last) / 2
    assert (first, last) == (6.5, 700.43)
    quarter = round((3 * first + last) / 4, 2)
    assert drawn.marks == [
        ("1", 6.5, 71.0, None, "Start"),
        ("2", round(middle, 2), 122.0, None, "Middle"),
        ("3", round(quarter + 8, 2), 71.0, (quarter, round(middle, 2)), "Stretch"),
        ("4", 700.43, 71.0, None, "End"),
    ]
    assert drawn.titles == ["Upper Brook", "Lower Brook"]


def test_both_drawings_hold_every_event_and_the_narrow_one_is_for_a_phone() -> None:
    figure = draw_timeline_lanes(payload(*(event(f"E{day}", f"2024-01-{day:02}") for day in range(1, 20))))
    for name, width in (("wide", 720), ("narrow", 328)):
        assert [mark[0] for mark in read(figure, name).marks] == [str(number) for number in range(1, 20)]
        assert f'viewBox="0 0 {width} ' in figure
    assert "found no room" not in figure


@pytest.mark.parametrize(
    ("start", "end", "fades", "bar", "at"),
    [
        ("2024-01-11", "2024-01-11", "", None, "middle"),
        ("2024-01-11", "2024-01-11", "both", "about", "middle"),
        ("2024-01-06", "2024-01-16", "", "exact", "left"),
        ("2024-01-06", "2024-01-16", "end", "exact", "left"),
        ("2024-01-06", "2024-01-16", "start", "exact", "right"),
        ("2024-01-06", "2024-01-16", "both", "exact", "middle"),
        (None, "2024-01-16", "start", "from the left", "right"),
        ("2024-01-06", None, "end", "to the right", "left"),
        (None, None, "both", "whole", "middle"),
    ],
)
def test_a_bar_fades_at_the_end_that_is_not_exact_and_the_shape_stands_where_the_date_is_known(
    start: str | None, end: str | None, fades: str, bar: str | None, at: str
) -> None:
    told = event("Told", None, phase="planned") | {"from": start, "to": end, "fades": fades}
    figure = draw_timeline_lanes(payload(event("First", "2024-01-01"), told, event("Last", "2024-01-21")))
    drawn = read(figure)
    left, right = drawn.marks[0][1], drawn.marks[2][1]
    quarter, middle, later = ((left * (4 - n) + right * n) / 4 for n in (1, 2, 3))
    spans = {
        None: None,
        "about": (middle - 15, middle + 15),
        "exact": (quarter, later),
        "from the left": (1, later),
        "to the right": (quarter, right + 5.5),
        "whole": (1, right + 5.5),
    }
    x, ends = drawn.marks[1][1], drawn.marks[1][3]
    assert ends == (spans[bar] and pytest.approx(spans[bar], abs=0.02))
    span = ends or (x, x)
    assert x == pytest.approx({"left": span[0] + 8, "right": span[1] - 8, "middle": sum(span) / 2}[at], abs=0.02)
    gradients = re.findall(r'<linearGradient id="([^"]+)"|<linearGradient [^>]*id="([^"]+)"', figure)
    if bar:
        (written,) = drawn.bars
        assert ("unsure" in written["class"]) == bool(fades)
        assert written.get("fill") == written.get("stroke")
        assert (written.get("fill") or "").endswith(f"-{fades})") == bool(fades)
        assert not fades or written["fill"][5:-1] in {name for pair in gradients for name in pair}
    assert ("fades where the date is not exact" in figure) == bool(fades)


@pytest.mark.parametrize(
    ("phase", "shape"),
    [
        ("done", ["circle ring ink"]),
        ("under-way", ["circle ring", "path ink"]),
        ("proposed", ["circle ring dots"]),
        ("planned", ["circle ring"]),
        ("cancelled", ["circle ring", "path ring"]),
        ("disputed", ["path ring", "path ink"]),
    ],
)
@FORMS
def test_a_phase_is_told_by_its_shape(phase: str, shape: list[str], form: Form) -> None:
    figure = draw_timeline_lanes(payload(event("A", "2024-01-01", phase=phase), event("B", "2024-02-01")))
    assert read(figure, form.name).shapes == [shape, ["circle ring ink"]]


def test_a_mark_leads_to_its_entry_by_pointer_and_leaves_the_keyboard_to_the_list() -> None:
    figure = draw_timeline_lanes(payload(event("first-day", "2024-01-01"), event("B", "2024-02-01", here=True)))
    assert figure.count('<a href="#on-first-day" tabindex="-1" data-key="first-day">') == 2
    assert figure.count('tabindex="-1" class="here" data-key="B"') == 2
    assert figure.count('aria-hidden="true"') == figure.count("<svg") == 2
    assert '<figure class="lanes" aria-label="A year on the river"' in figure


def test_two_pictures_on_a_page_share_no_id() -> None:
    about = [event("A", "2024-01-01", fades="both"), event("B", "2024-02-01")]
    figures = [draw_timeline_lanes(payload(*about, head={**HEAD, "title": title})) for title in ("One", "Two")]
    ids = re.findall(r' id="([^"]+)"', "".join(figures))
    assert len(ids) == len(set(ids)) == 4


HOSTILE = '</text><script>alert(1)</script>"onload=x\u2028&lt;'


def test_a_hostile_label_stays_text() -> None:
    hostile = event("k", "2024-01-01", label=HOSTILE, when=HOSTILE, number=HOSTILE)
    figure = draw_timeline_lanes("\n".join(json.dumps(row) for row in (HEAD | {"title": HOSTILE}, hostile)))
    assert "<script" not in figure
    root = ET.fromstring(figure)  # noqa: S314 - our own
    assert root.get("aria-label") == HOSTILE
    assert [one.text for one in root.iter("title")] == [f"{HOSTILE}. {HOSTILE}: {HOSTILE}"] * 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "needs a first line"),
        ([{"lanes": []}], "needs a first line"),
        ([HEAD, {"key": "a"}], "lacks href, number"),
        ([HEAD, event("a", "2024-01-01", lane="c")], "no lane of the timeline: 'c'"),
        ([HEAD, event("a", "2024-01-01", fades="middle")], "no manner of fading: 'middle'"),
        ([HEAD, event("a", "2024-01-02", "2024-01-01")], "ends before it begins: 'a'"),
        ([HEAD, event("a", "2024-13-01")], "month must be in 1..12"),
        ([HEAD, event("a", "2024-01-01", href="https://example.org/")], "leaves the site"),
        ([HEAD, event("a", "2024-01-01", href="//example.org/")], "leaves the site"),
        ([HEAD, event("a", "2024-01-01", href="javascript:alert(1)")], "leaves the site"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        draw_timeline_lanes("\n".join(json.dumps(row) for row in rows))


# --- laws ---

LETTERS = "Exchange of each side, обмін списками: ЖШЩ Zürich 1,000 — first day…"
# From any letter on, any number of them: drawn one by one, they would take longer than what is tried with them.
NAMES = st.builds(
    lambda start, length: (2 * LETTERS)[start : start + length], st.integers(0, len(LETTERS) - 1), st.integers(1, 70)
)
DAYS = st.one_of(
    st.dates(date(2025, 5, 1), date(2025, 6, 10)), st.dates(date(2021, 1, 1), date(2026, 12, 31)), st.dates()
)


@st.composite
def random_events(draw: Callable[[Any], Any], most: int = 60) -> str:
    """Events of all kinds in four lanes, crowded or far apart."""
    rows = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        start = draw(DAYS)
        lasts = draw(st.sampled_from([0, 0, 0, 1, 6, 40, 900]))
        end = date.fromordinal(min(start.toordinal() + lasts, date.max.toordinal()))
        ends = draw(st.sampled_from(["", "", "", "open start", "open end", "open"]))
        told = event(f"e{number}", start.isoformat(), end.isoformat(), number=number)
        told["from"] = None if ends in ("open start", "open") else told["from"]
        told["to"] = None if ends in ("open end", "open") else told["to"]
        told["fades"] = draw(st.sampled_from(["", "", "start", "end", "both"]))
        told["lane"] = draw(st.sampled_from("abcd"))
        told["label"] = draw(NAMES)
        told["weight"], told["here"] = draw(st.integers(0, 3)), draw(st.integers(0, 9)) == 9
        rows.append(told)
    lanes = [[one, draw(NAMES)[:60]] for one in "abcd"]
    return "\n".join(json.dumps(row) for row in ({"title": "T", "lanes": lanes}, *rows))


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    """List the pairs of marks whose boxes intersect."""
    return [
        (one.mark.key, other.mark.key)
        for one, other in combinations(layout.places, 2)
        if one.box.left < other.box.right
        and other.box.left < one.box.right
        and one.box.top < other.box.bottom
        and other.box.top < one.box.bottom
    ]


@FORMS
@given(random_events())
def test_no_two_marks_or_labels_overlap_and_all_lie_within_the_picture(form: Form, written: str) -> None:
    chart = read_chart(written)
    layout = lay_out(chart, form)
    assert overlaps(layout) == []
    for place in layout.places:
        assert place.box.left >= 0
        assert place.box.right <= form.width
        assert place.box.top >= 0
        assert place.box.bottom <= layout.height
        lane = next(lane for lane in layout.lanes if lane.top < place.y < lane.bottom)
        assert lane.top <= place.box.top
        assert place.box.bottom <= lane.bottom
    assert layout.height <= form.height
    assert len(layout.places) + layout.left_out == len(chart.marks)


@FORMS
@settings(max_examples=40)
@given(random_events(most=20))
def test_what_is_drawn_lies_in_its_box(form: Form, written: str) -> None:
    """The boxes are no mere promise: words, shapes and bars of the SVG are measured again."""
    layout = lay_out(read_chart(written), form)
    drawn = {mark[0]: mark for mark in read(draw_timeline_lanes(written), form.name).marks}
    for place in layout.places:
        number, x, y, bar, label = drawn[place.mark.number]
        assert label.split() == place.label.split()
        words = measure(number, 13.5, bold=True) + (measure(label, 13.5, bold=place.mark.here) + 3 if label else 0)
        left, right = (x - 5.5, x + 5.5) if bar is None else bar
        if place.before:
            left = min(left, (left if bar else x - 5.5) - 4 - words)
        else:
            right = max(right, x + 5.5 + 4 + words)
        assert place.box.left - 0.02 <= left
        assert right <= place.box.right + 1.02
        assert place.box.top <= y - 7.5
        assert y + 7.5 <= place.box.bottom


@given(st.dictionaries(st.integers(1, date.max.toordinal()), st.floats(0.1, 5), min_size=0, max_size=40))
def test_the_scale_keeps_the_order_and_reaches_both_edges(counts: dict[int, float]) -> None:
    scale = fit_scale(counts, 5, 700, 35)
    days = sorted({*counts, *map(int, scale.days)})
    places = [scale.place(day) for day in days]
    assert all(one < other for one, other in pairwise(places))
    assert (scale.places[0], scale.places[-1]) == (5, 700)
    if len(counts) > 1:
        assert (places[0], places[-1]) == (5, 700)


@FORMS
@settings(max_examples=40)
@given(random_events(most=40))
def test_dates_along_the_scale_do_not_touch_and_stand_where_they_say(form: Form, written: str) -> None:
    scale = lay_out(read_chart(written), form).scale
    ticks = make_ticks(scale, form.width)
    for tier in ("year", "day"):
        told = [tick for tick in ticks if tick.tier == tier and tick.text]
        assert all(one.right < other.place for one, other in pairwise(told))
        assert all(tick.right <= form.width for tick in told)
    for tick in ticks:
        if tick.tier == "year" and tick.text and tick.place > scale.places[0]:
            assert tick.place == pytest.approx(scale.place(date(int(tick.text), 1, 1).toordinal()))


@given(st.text(max_size=40), st.floats(0, 300))
def test_a_text_that_is_cut_fits_and_begins_as_the_whole_one(text: str, room: float) -> None:
    kept = fit(text, room, 13.5)
    assert not kept or measure(kept, 13.5) <= room
    assert kept == text or text.startswith(kept.removesuffix("…"))


def test_the_same_events_give_the_same_bytes_whatever_the_hash_seed() -> None:
    written = payload(*(event(f"E{day}", f"2024-03-{day:02}", fades="end", lane="ab"[day % 2]) for day in range(1, 30)))
    program = (
        "import sys; from generator.dialect.fences.timeline_lanes import draw_timeline_lanes;"
        "sys.stdout.write(draw_timeline_lanes(sys.stdin.read()))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            input=written,
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert drawn == {draw_timeline_lanes(written)}


# --- the scale ---


def test_events_of_a_single_day_stand_over_one_another() -> None:
    drawn = read(draw_timeline_lanes(payload(*(event(f"E{n}", "2024-01-01") for n in range(9)))))
    assert len({mark[1] for mark in drawn.marks}) == 1
    assert len({mark[2] for mark in drawn.marks}) == 9


def days_of(*typed: str) -> dict[int, float]:
    return {date.fromisoformat(day).toordinal(): 1.0 for day in typed}


def test_the_scale_is_even_where_the_density_allows_it() -> None:
    scale = fit_scale(days_of("2020-01-01", "2020-06-01", "2020-06-02", "2020-06-03", "2024-01-01"), 0, 700, 35)
    assert len(scale.days) == 2
    assert scale.tight == (False,)


def test_a_crowded_week_is_stretched_and_the_quiet_years_beside_it_are_told() -> None:
    quiet = ["2020-01-01", "2022-01-01", "2027-01-01"]
    week = [f"2025-05-{day:02}" for day in range(12, 26)]
    scale = fit_scale(days_of(*quiet, *week), 0, 700, 35)
    corners = [date.fromordinal(int(day)).isoformat() for day in scale.days]
    assert corners == ["2020-01-01", "2025-05-12", "2025-05-25", "2027-01-01"]
    assert scale.tight == (True, False, True)
    assert scale.places[2] - scale.places[1] > 700 / 2
    figure = draw_timeline_lanes(payload(*(event(day, day) for day in (*quiet[:2], *week, *quiet[2:]))))
    assert figure.count('class="axis tight"') == 4
    assert "Time is drawn tighter where the line of dates is dotted" in figure
    assert "tighter" not in draw_timeline_lanes(payload(event("A", "2024-01-01"), event("B", "2024-02-01")))


def test_the_caption_tells_of_a_bent_scale_only_where_it_is_shown() -> None:
    stages = [date(2025, 6, 9) + timedelta(days) for days in (0, 1, 2, 3, 5, 7, 10, 17, 25, 44)]
    figure = draw_timeline_lanes(payload(*(event(day.isoformat(), day.isoformat()) for day in stages)))
    wide, narrow = (part for part in figure.split("<svg")[1:])
    assert ("axis tight" in wide, "axis tight" in narrow) == (False, True)
    assert figure.endswith(
        '<figcaption>Each number leads to its entry in the list. <span class="narrow">Time is drawn tighter where the '
        "line of dates is dotted; two strokes mark each change of scale.</span></figcaption></figure>"
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-05-01", "2024-05-08", "2024; 1 May, 2 May, 3 May, 4 May, 5 May, 6 May, 7 May"),
        ("2024-11-15", "2025-04-15", "2024, 2025; 15 Nov, Dec, Feb, Mar, Apr"),
        ("2022-03-01", "2025-03-01", "2022, 2023, 2024, 2025; 1 Mar, Jul, Oct, Apr, Jul, Oct, Apr, Jul, Oct"),
        ("1850-06-01", "2025-06-01", "1860, 1880, 1900, 1920, 1940, 1960, 1980, 2000, 2020; 1 Jun 1850"),
    ],
)
def test_dates_are_written_at_the_finest_step_that_has_room(first: str, last: str, expected: str) -> None:
    drawn = read(draw_timeline_lanes(payload(event("A", first), event("B", last))))
    years = [text for _, text in drawn.dates if text.isdigit()]
    days = [text for _, text in drawn.dates if not text.isdigit()]
    assert f"{', '.join(years)}; {', '.join(days)}" == expected


def test_a_date_carries_its_year_where_that_is_not_told_above() -> None:
    rows = [event("Z", "2023-12-20"), *(event(f"E{day}", f"2024-03-{day:02}") for day in range(1, 29))]
    drawn = read(draw_timeline_lanes(payload(*rows)), "narrow")
    assert "2023" not in [text for _, text in drawn.dates]
    assert "20 Dec 2023" in [text for _, text in drawn.dates]


# --- labels ---


def test_the_heaviest_events_and_the_one_the_page_is_about_get_their_labels_first() -> None:
    crowd = [event(f"E{n}", f"2024-01-{n + 1:02}", label=f"Event number {n:02}", weight=n) for n in range(31)]
    crowd[5]["here"] = True
    labels = [mark[4] for mark in read(draw_timeline_lanes(payload(*crowd)), "narrow").marks]
    assert (labels[5], labels[30], labels[29]) == ("Event number 05", "Event number 30", "Event number 29")
    assert labels.count("") > 10


def test_an_event_that_finds_no_room_is_counted_in_the_caption() -> None:
    figure = draw_timeline_lanes(payload(*(event(f"E{n}", "2024-01-01") for n in range(50)), event("Z", "2024-02-01")))
    wide, narrow = (len(read(figure, form.name).marks) for form in (WIDE, NARROW))
    assert wide < 51
    assert narrow != wide
    for name, drawn in (("wide", wide), ("narrow", narrow)):
        assert re.search(rf'<span class="{name}">[^<]*\b{51 - drawn} more found no room', figure)


@pytest.mark.browser
@pytest.mark.parametrize("form", [WIDE, NARROW], ids=lambda form: form.name)
def test_words_are_no_wider_in_a_browser_than_was_reckoned(browser: Browser, form: Form) -> None:
    rows = [event(f"E{n}", f"2024-{n % 12 + 1:02}-11", label=label) for n, label in enumerate(LABELS)]
    figure = draw_timeline_lanes(payload(*rows))
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_content(f"<style>{STYLE}</style><article style='width: {form.width}px'>{figure}</article>")
    boxes = page.evaluate(BOXES, f"svg.{form.name} a")
    page.close()
    assert len(boxes) == len(LABELS)
    for one, other in combinations(boxes, 2):
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
    assert all(box["left"] >= 0 and box["right"] <= form.width for box in boxes)


LABELS = (
    "Istanbul talks end with an agreement to exchange 1,000 each",
    "WWWWW MMMMM %%%% ЖЖЖ ШШШ ЩЩЩ",
    "Обмін списками: перший день, по 390 осіб з кожного боку",
    "Песков говорит, что список передан",
    "illicit “till” fill jiffy; trial (of) it!",
    "Exchange of 215 for 55 or 56",
    "Zürich, Łódź, Şanlıurfa",
    "1,212 bodies reach Ukraine",
    "The list of names changes hands — at the border",
)
STYLE = ":root { --ink: #000; --paper: #fff; --sans: 'Liberation Sans', Arial, sans-serif } body { margin: 0 } " + (
    ROOT / "templates/theme/style/timeline.css"
).read_text("utf-8").replace("@media screen and (width < 44rem)", "@media not all").replace("display: none;", "")
BOXES = """query => [...document.querySelectorAll(query)].map(a => {
  const b = a.getBBox(); return {left: b.x, right: b.x + b.width, top: b.y + 1, bottom: b.y + b.height - 1} })"""


# --- pages ---


@pytest.mark.parametrize(
    ("when", "fades"),
    [
        ("2025-05-22", ""),
        ("2025-05-22T13:33+03:00", ""),
        ("2025-05-21~", "both"),
        ("2025-05-21?", "both"),
        ("2024-10", "both"),
        ("2023", "both"),
        ("2023-21", "both"),
        ("202X", "both"),
        ("2025-05-16/2025-05-22", ""),
        ("2024/2025", ""),
        ("2024~/2025", "start"),
        ("2024/2025?", "end"),
        ("2024%/2025~", "both"),
        ("../2025-06-08", "start"),
        ("/2025-06-08", "start"),
        ("2025-05-23/..", "end"),
        ("2025-05-23/", "end"),
    ],
)
def test_a_date_fades_where_it_is_not_exact(when: str, fades: str) -> None:
    assert fades_of(dates.parse(when)) == fades


@cache
def site_of(root: Any) -> Site:
    checked = pipeline.check(root, today=TODAY)
    assert checked.library
    assert checked.views
    return open_site(checked.library, checked.views)


def pages_of(site: Site, most: int) -> Mapping[str, PlannedPage]:
    of = [("topic", one) for one in site.library.topics] + [("entity", one) for one in site.library.entities]
    pages = [*plan_timeline(site, most), *(page for each in of for page in plan_timeline_of(site, *each, most))]
    return {page.path: page for page in pages}


def listed(page: PlannedPage) -> list[tuple[str, list[tuple[int, str]]]]:
    """The years of a page with number and id of their events."""
    return [(year.title, [(one.number, one.id) for one in year.events]) for year in page.context["years"]]


SAMPLE_EVENTS = ["petition-handed-in", "bridge-out-of-use", "bridge-closes", "bridge-opens"]


def test_the_sample_has_a_whole_timeline_one_of_its_year_and_those_of_topic_and_entities() -> None:
    pages = pages_of(site_of(SAMPLE), 400)
    assert list(pages) == [
        "timeline/index.md",
        "timeline/2031.md",
        "timeline/topics/mill-bridge-repair.md",
        "timeline/entities/lower-marn-council.md",
        "timeline/entities/arne-bridgeworks.md",
        "timeline/entities/lower-marn.md",
    ]
    every = [("2031", [*enumerate(SAMPLE_EVENTS, 1)])]
    assert listed(pages["timeline/index.md"]) == listed(pages["timeline/2031.md"]) == every
    assert [year.page.path for year in pages["timeline/index.md"].context["years"]] == ["timeline/2031.md"]
    assert [crumb["url"] for crumb in pages["timeline/2031.md"].meta["crumbs"]] == ["timeline/"]


def test_a_long_timeline_lists_its_last_year_and_leaves_the_others_to_pages_of_their_own() -> None:
    pages = pages_of(site_of(ROOT), 20)
    whole = pages["timeline/index.md"]
    site = site_of(ROOT)
    counts = {link.path: number for link, number in whole.context["index"]}
    assert list(counts) == [f"timeline/{year}.md" for year in (2022, 2023, 2024, 2025, 2026)]
    assert sum(counts.values()) == whole.context["total"] == len(site.library.events)
    ((title, last),) = listed(whole)
    assert title == "2026"
    assert last[-1][0] == len(site.library.events)
    found = [one for path in counts for _, one in listed(pages[path])[0][1]]
    more = [one for _, one in listed(pages["timeline/2025/2.md"])[0][1]]
    assert sorted(found + more) == sorted(site.library.events)
    assert [link.path for link in pages["timeline/2025/2.md"].context["beside"]] == [
        "timeline/2025.md",
        "timeline/2026.md",
    ]
    assert "timeline/entities/russia/2025.md" in pages
    assert "timeline/entities/turkiye/2025.md" not in pages


def test_of_a_last_year_that_is_too_long_the_first_page_lists_the_latest_events() -> None:
    every = site_of(ROOT).views.timelines.every
    assert listed(pages_of(site_of(ROOT), 3)["timeline/index.md"]) == [("2026", [*enumerate(every, 1)][-3:])]


@cache
def written(root: Any) -> Mapping[str, str]:
    site = site_of(root)
    return render(plan(site.library, site.views), load.read_templates(ROOT))[0]


def test_an_entry_carries_its_number_and_what_it_can_be_filtered_by() -> None:
    page = written(SAMPLE)["timeline/index.md"]
    assert (
        '{#on-bridge-closes .phase-done value="3" data-key="bridge-closes" data-phase="done" '
        'data-party="lower-marn-council" data-topic="mill-bridge-repair" data-year="2031" data-number="3"}'
    ) in page
    assert 'data-party="others-"' in page


def test_each_number_of_a_picture_leads_to_an_entry_of_its_page() -> None:
    kinds = ("timeline/", "events/", "entities/")
    pages = {
        path: text for path, text in written(SAMPLE).items() if path.startswith(kinds) and "```timeline-lanes" in text
    }
    assert {"timeline/index.md", "timeline/2031.md", "events/bridge-closes.md", "entities/lower-marn.md"} <= set(pages)
    for text in pages.values():
        shown = render_page(text.partition("---\n\n")[2])
        keys = re.findall(r'<a href="#(on-[^"]+)" tabindex="-1"', shown.html)
        assert keys
        assert set(keys) <= shown.anchors


@pytest.mark.parametrize(
    ("ids", "lanes"),
    [
        (SAMPLE_EVENTS, ["Lower Marn parish council: 3", "Both sides: 2, 4", "Others: 1"]),
        (["bridge-out-of-use", "bridge-opens"], ["Under way: 1", "Done: 2"]),
        (["bridge-closes", "bridge-closes"], [": 1, 2"]),
    ],
)
def test_lanes_are_parties_else_phases_else_one(ids: Sequence[str], lanes: list[str]) -> None:
    site = site_of(SAMPLE)
    head, *rows = map(json.loads, lanes_payload(site, entries_of(site, ids), title="T").splitlines())
    told = [f"{title}: {', '.join(str(r['number']) for r in rows if r['lane'] == one)}" for one, title in head["lanes"]]
    assert told == lanes


def test_one_event_is_no_timeline() -> None:
    site = site_of(SAMPLE)
    assert lanes_payload(site, entries_of(site, SAMPLE_EVENTS[:1]), title="T") == ""


def test_an_event_stands_among_those_around_it_and_above_its_parts() -> None:
    pages = {page.path: page.context for page in plan(site_of(ROOT).library, site_of(ROOT).views)}
    exchange = pages["events/may-exchange.md"]
    assert [part.id for part in exchange["parts"]] == ["first-day", "second-day", "third-day"]
    assert not {part.id for part in exchange["parts"]} & {one.id for one in exchange["around"]}
    assert [one.id for one in exchange["around"] if one.here] == ["may-exchange"]
    assert pages["events/first-day.md"]["parts"] == ()
    assert [one.id for one in pages["events/first-day.md"]["around"]].index("first-day") == 3
    assert len(pages["events/first-day.md"]["around"]) == 7


def test_the_page_of_a_busy_entity_lists_its_latest_events_with_their_numbers_on_its_timeline() -> None:
    site = site_of(ROOT)
    ids = site.views.timelines.of_entity["russia"]
    page = next(p for p in plan(site.library, site.views) if p.path == "entities/russia.md")
    assert [(one.number, one.id) for one in page.context["events"]] == [*enumerate(ids, 1)][-12:]
    assert f"[All {len(ids)} events on its timeline]" in written(ROOT)["entities/russia.md"]
