"""Slides for TimelineJS: no more precise than what was typed, the same events as on the page, and every text as text."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE, TODAY
from hypothesis import example, given
from hypothesis import strategies as st
from test_dates import dates as edtf_dates
from test_derive import build

from generator import load
from generator.dates import parse
from generator.decode import decode
from generator.derive import derive
from generator.exports.assembling import assemble
from generator.exports.timelinejs import ALL_EVENTS, TIMELINES, compose_slide, date_slide, lay_out_slide
from generator.link import link
from generator.pages import open_site
from generator.pages.lines import timeline_link
from generator.pages.timeline import plan_timeline_of

if TYPE_CHECKING:
    from pathlib import Path

    from generator.derive import Views
    from generator.exports.published import LeafFile
    from generator.link import Library

OF_TOPICS, OF_ENTITIES = TIMELINES
SITES = pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
ANY = 1_000_000


@cache
def read_site(root: Path) -> tuple[Library, Views]:
    """Link and derive the content of a project."""
    records, _ = decode(load.read(root)[0])
    library, _ = link(records)
    assert library is not None
    return library, derive(library, TODAY)


def make_all(library: Library, views: Views) -> str:
    """Put all slides together, as the build does."""
    said = {one: ALL_EVENTS.compose(library, views, "event", one) for one in library.events}
    pieces = {("event", one): ALL_EVENTS.write(plain).encode() for one, plain in said.items() if plain is not None}
    return assemble(ALL_EVENTS, library.settings, views.today, {"event": library.events}, pieces).data.decode()


def make_leaves(library: Library, views: Views) -> dict[str, LeafFile]:
    """Make the files of all timelines, by path."""
    made = [file for leaf in TIMELINES for key in leaf.keys(library) for file in leaf.make(library, views, key)]
    assert len({file.path for file in made}) == len(made)
    return {file.path: file for file in made}


def slide_of(event: dict[str, Any]) -> dict[str, Any] | None:
    """Write the slide of one event in a small world."""
    library, _ = build(events=json.dumps([{"id": "one", "title": "It happens", "phase": "done", **event}]))
    plain = compose_slide(library, library.events["one"])
    return plain and lay_out_slide(plain)


class _Shown(HTMLParser):
    """What a browser makes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


# --- dates ---

DAY = {"year": 2025, "month": 5, "day": 22}


@pytest.mark.parametrize(
    ("typed", "start", "end", "shown", "kept"),
    [
        ("2025-05-22", DAY, None, "22 May 2025", None),
        ("2025-05", {"year": 2025, "month": 5}, None, "May 2025", None),
        ("2025", {"year": 2025}, None, "2025", None),
        ("0098", {"year": 98}, None, "98", None),
        ("2025-05-22T13:33", {**DAY, "hour": 13, "minute": 33}, None, "22 May 2025, 13:33", None),
        ("2025-05-22T00:05:09Z", {**DAY, "hour": 0, "minute": 5, "second": 9}, None, "22 May 2025, 00:05:09 (UTC)", "*"),
        ("2025-05-22T13:33+03:00", {**DAY, "hour": 13, "minute": 33}, None, "22 May 2025, 13:33 (UTC+3)", "*"),
        ("2025-05-22T13:33-03:30", {**DAY, "hour": 13, "minute": 33}, None, "22 May 2025, 13:33 (UTC−3:30)", "*"),
        ("2025-05-22/2025-05-25", DAY, {"year": 2025, "month": 5, "day": 25}, "22–25 May 2025", None),
        ("2025-05/2025-07", {"year": 2025, "month": 5}, {"year": 2025, "month": 7}, "May–July 2025", None),
        ("2023/2025", {"year": 2023}, {"year": 2025}, "2023–2025", None),
        ("2025-05/2025-06-08", {"year": 2025, "month": 5}, {"year": 2025, "month": 6, "day": 8}, "May 2025 – 8 June 2025", None),
        ("2025-05-22~", DAY, None, "about 22 May 2025", "*"),
        ("2025-05?", {"year": 2025, "month": 5}, None, "May 2025 (uncertain)", "*"),
        ("2023%/2025", {"year": 2023}, {"year": 2025}, "about 2023 (uncertain) – 2025", "*"),
        ("2025-05-22/..", DAY, None, "from 22 May 2025", "*"),
        ("2025-05-22/", DAY, None, "from 22 May 2025 (end unknown)", "*"),
        ("2025-22", {"year": 2025, "month": 6}, {"year": 2025, "month": 8}, "summer 2025", "*"),
        ("2025-24", {"year": 2025, "month": 12}, {"year": 2026, "month": 2}, "winter 2025–26", "*"),
        ("2025-22/2025-09-02", {"year": 2025, "month": 6}, {"year": 2025, "month": 9, "day": 2}, "summer 2025 – 2 September 2025", "*"),
        ("202X", {"year": 2020}, {"year": 2029}, "2020s", "*"),
        ("2023-06-XX", {"year": 2023, "month": 6}, None, "June 2023", "*"),
        ("2023-XX", {"year": 2023}, None, "2023", "*"),
        # An end in greater units would lie before the start: TimelineJS takes May for 1 May.
        ("2025-05-22/2025-05", DAY, {"year": 2025, "month": 5, "day": 31}, "22 May 2025 – May 2025", "*"),
        ("2025-05/2025", {"year": 2025, "month": 5}, {"year": 2025, "month": 12, "day": 31}, "May 2025 – 2025", "*"),
    ],
)  # fmt: skip
def test_a_slide_says_what_was_typed(
    typed: str, start: dict[str, int], end: dict[str, int] | None, shown: str, kept: str | None
) -> None:
    expected = {"start_date": start, "end_date": end, "display_date": shown, "edtf": typed if kept else None}
    assert date_slide(parse(typed)) == {name: value for name, value in expected.items() if value is not None}


@pytest.mark.parametrize("typed", ["../2025-06-08", "/2025-06-08", "../2025", "/2025-22~"])
def test_an_event_without_a_start_has_no_slide(typed: str) -> None:
    assert date_slide(parse(typed)) is None
    assert slide_of({"when": typed}) is None


def _spelled(parts: dict[str, int]) -> str:
    day = "-".join(
        f"{parts[name]:0{width}}" for name, width in (("year", 4), ("month", 2), ("day", 2)) if name in parts
    )
    return day + "".join(
        f"{sign}{parts[name]:02}" for name, sign in (("hour", "T"), ("minute", ":"), ("second", ":")) if name in parts
    )


@given(edtf_dates)
def test_the_dates_of_a_slide_enclose_what_was_typed_and_give_it_back(typed: str) -> None:
    when, dated = parse(typed), date_slide(parse(typed))
    assert (dated is None) == (when.earliest is None)
    if dated is None:
        return
    start = parse(_spelled(dated["start_date"]))
    end = parse(_spelled(dated["end_date"])) if "end_date" in dated else None
    assert start.earliest == when.earliest
    if when.latest is not None:
        assert (end or start).latest == when.latest
    again = f"{start.text}/{end.text}" if end else start.text
    assert dated.get("edtf", again) == typed
    if end is not None:
        assert start.earliest is not None
        assert end.earliest is not None
        assert end.earliest >= start.earliest  # or TimelineJS draws it backwards


# --- which events ---


@SITES
def test_a_timeline_has_the_events_of_its_page_in_its_order(root: Path) -> None:
    library, views = read_site(root)
    site, leaves = open_site(library, views), make_leaves(library, views)
    for kind, folder, ids in (("topic", "topics", library.topics), ("entity", "entities", library.entities)):
        for one in ids:
            pages = list(plan_timeline_of(site, kind, one, most=ANY))
            shown = [entry.id for page in pages for year in page.context["years"] for entry in year.events]
            dated = [event for event in shown if library.events[event].when.earliest is not None]
            file = leaves.pop(f"data/timelines/{folder}/{one}.json", None)
            assert [slide["unique_id"] for slide in (json.loads(file.text)["events"] if file else ())] == dated
    assert leaves == {}


@SITES
def test_a_title_leads_to_the_page_of_the_timeline(root: Path) -> None:
    library, views = read_site(root)
    site = open_site(library, views)
    for path, file in make_leaves(library, views).items():
        kind, one = ("topic" if "/topics/" in path else "entity"), path.rpartition("/")[2].removesuffix(".json")
        leads = timeline_link(site, kind, one)
        assert leads is not None
        title = json.loads(file.text)["title"]
        assert f'<a href="{library.settings.address}{leads.path.removesuffix(".md")}/">' in title["text"]["text"]


@SITES
def test_one_file_has_every_event_with_a_start_in_reading_order(root: Path) -> None:
    library, views = read_site(root)
    data = json.loads(make_all(library, views))
    dated = [one for one, event in library.events.items() if event.when.earliest is not None]
    assert [slide["unique_id"] for slide in data["events"]] == dated
    assert data["title"]["text"]["headline"] == library.settings.title


def test_events_left_out_are_counted_on_the_first_slide() -> None:
    def world(*typed: str) -> tuple[Library, Views]:
        events = [
            {"id": f"e{place}", "title": "Talks", "when": when, "phase": "done", "topics": ["talks"]}
            for place, when in enumerate(typed)
        ]
        topic = {"id": "talks", "title": "The talks", "question": "Did they talk?", "answer": "They did."}
        return build(events=json.dumps(events), topics=json.dumps([topic]))

    (file,) = make_leaves(*world("../2024", "2025", "../2023")).values()
    data = json.loads(file.text)
    assert [slide["unique_id"] for slide in data["events"]] == ["e1"]
    title = data["title"]["text"]
    assert title["headline"] == "The talks"
    assert title["text"].startswith("<p>Did they talk?</p><p>2 events left out: the start is not known.</p><p><a ")
    assert make_leaves(*world("../2024")) == {}
    assert make_leaves(*world()) == {}


# --- what they say ---


def test_a_slide_word_for_word() -> None:
    assert slide_of(
        {
            "when": "2025-05-22~",
            "title": "Salt & pepper",
            "phase": "planned",
            "summary": "The [price](https://e.example/a) is *not* < 5.",
        }
    ) == {
        "unique_id": "one",
        "start_date": DAY,
        "display_date": "about 22 May 2025",
        "edtf": "2025-05-22~",
        "phase": "planned",
        "group": "Planned",
        "text": {
            "headline": "Salt &amp; pepper",
            "text": "<p>The price is not &lt; 5.</p><p>Planned: It was agreed or announced.</p>"
            '<p><a href="https://example.org/events/one/">What it rests on</a></p>',
        },
        "autolink": False,
    }


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("proposed", "Proposed: "),
        ("planned", "Planned: "),
        ("under-way", "Under way: "),
        ("done", None),
        ("cancelled", "Cancelled: "),
        ("disputed", "Disputed: "),
    ],
)
def test_how_far_an_event_came_is_said_unless_it_took_place(phase: str, said: str | None) -> None:
    slide = slide_of({"when": "2025", "phase": phase})
    assert slide is not None
    assert slide["phase"] == phase
    paragraphs = slide["text"]["text"].split("</p>")[:-2]
    assert [paragraph[: len(said or "") + 3] for paragraph in paragraphs] == ([f"<p>{said}"] if said else [])


@given(st.text(), st.text(), st.text())
@example("<b>a</b> &amp; <", "</p><script>x</script>", "<img src=x> &lt;img&gt;")
@example("&lt;b&gt;", "&lt;b&gt;", "&lt;b&gt;")
def test_every_text_is_shown_as_it_is_and_makes_no_element(headline: str, summary: str, label: str) -> None:
    dated = {"start_date": {"year": 1}, "display_date": "1"}
    plain = {"unique_id": "x", **dated, "phase": "done", "url": "https://e.example/"}
    slide = lay_out_slide({**plain, "group": label, "headline": headline, "summary": summary})
    assert json.loads(json.dumps(slide)) == slide
    shown = _Shown(slide["text"]["text"])
    assert shown.tags == ["p", "p", "a"]
    assert _Shown(slide["text"]["headline"]).tags == []
    assert _Shown(_Shown(slide["group"]).text).tags == []  # TimelineJS undoes one escape of a group
    if (headline + label + summary).isascii() and (headline + label + summary).isprintable():
        assert _Shown(slide["text"]["headline"]).text == " ".join(headline.split())
        assert _Shown(_Shown(slide["group"]).text).text == " ".join(label.split())
        assert shown.text == " ".join(summary.split()) + "What it rests on"


def test_what_concerns_the_desk_alone_is_in_no_file() -> None:
    private = {"notes": ["KEPT-TO-US"], "imported": {"format": "timelinejs", "key": "KEPT-TO-US"}, "topics": ["talks"]}
    event = {"id": "one", "title": "Talks", "when": "2025", "phase": "done", **private}
    topic = {"id": "talks", "title": "T", "question": "Did they?", "answer": "Yes.", "notes": ["KEPT-TO-US"]}
    library, views = build(events=json.dumps([event]), topics=json.dumps([topic]))
    (file,) = make_leaves(library, views).values()
    assert "Talks" in file.text
    assert "KEPT-TO-US" not in file.text + make_all(library, views) + json.dumps(file.plain)


@SITES
def test_whatever_is_written_was_said_in_plain_data_before(root: Path) -> None:
    """Rule 12 looks through the plain data: a text that is in the file alone would slip by."""
    library, views = read_site(root)
    ours = {"What it rests on", f"This timeline with its sources: {library.settings.title}"}
    for file in make_leaves(library, views).values():
        data, said = json.loads(file.text), set(_texts(file.plain))
        texts = [part for slide in (data["title"], *data["events"]) for part in _paragraphs(slide["text"])]
        assert {_Shown(text).text for text in texts} - ours <= {" ".join(text.split()) for text in said}


def _paragraphs(text: dict[str, str]) -> list[str]:
    return [text["headline"], *(part.removeprefix("<p>") for part in text["text"].split("</p>")[:-1])]


def _texts(plain: Any) -> list[str]:
    """List the texts of plain data, in which there are lists and mappings alone."""
    if isinstance(plain, dict):
        plain = list(plain.values())
    return [text for item in plain for text in _texts(item)] if isinstance(plain, list) else [str(plain)]


@SITES
def test_another_day_makes_the_same_files(root: Path) -> None:
    library, views = read_site(root)
    later = derive(library, TODAY + timedelta(days=400))
    assert make_leaves(library, views) == make_leaves(library, later)
    assert make_all(library, views) == make_all(library, later)
