"""Timelines come in from TimelineJS: each slide is an event with a claim below it, dates are never guessed, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cases import TODAY
from test_import_csv import GENRES, copy_site, link_site, tell, write_into
from test_tables import read_site

from generator.derive import derive
from generator.dialect import prose_links, prose_plain, prose_problems
from generator.exports import list_ids
from generator.exports.timelinejs import ALL_EVENTS
from generator.importers.inline_html import write_with_links
from generator.importers.rows import Handle, Options, Reading
from generator.importers.timelinejs import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.exports.published import Collection
    from generator.importers.rows import Draft, Row
    from generator.link import Library

HERE = Path(__file__).parent / "importing" / "timelinejs"
FLAGS = {"outlet": "Valley Desk", "language": "en"}


def options_with(**given_: str) -> Options:
    return Options(TODAY.isoformat(), "bridge", given={**FLAGS, **given_}, genres=GENRES)


def slide(**fields: Any) -> bytes:
    """Write a timeline with one slide."""
    whole = {"start_date": {"year": 2024}, "text": {"headline": "A fair"}, **fields}
    return json.dumps({"events": [{name: one for name, one in whole.items() if one is not None}]}).encode()


def read_slide(data: bytes, **given_: str) -> Row:
    reading = read(data, options_with(**given_))
    assert reading.problem == ""
    (row,) = reading.rows
    return row


def sheet(header: str, *rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header.split(","), *rows])
    return text.getvalue().encode()


# --- dates ---

DATES: dict[str, tuple[Mapping[str, object], Mapping[str, object] | None, str, list[str]]] = {
    # start, end -> when, and the remarks, each of which has left a note
    "year": ({"year": "2024"}, None, "2024", []),
    "month": ({"year": 2024, "month": 5}, None, "2024-05", []),
    "day": ({"year": "2024", "month": "5", "day": "3"}, None, "2024-05-03", []),
    "noughts for blanks": ({"year": "2024", "month": "0", "day": 0}, None, "2024", []),
    "blanks": ({"year": "2024", "month": "", "day": None}, None, "2024", []),
    "numbers of a spreadsheet": ({"year": "2024.0", "month": "5.0", "day": "3.0"}, None, "2024-05-03", []),
    "clock": ({"year": 2024, "month": 5, "day": 3, "hour": 9, "minute": 5}, None, "2024-05-03T09:05", []),
    "hour": ({"year": 2024, "month": 5, "day": 3, "hour": "14"}, None, "2024-05-03T14:00", []),
    "seconds": (
        {"year": 2024, "month": 5, "day": 3, "hour": 9, "minute": 5, "second": 7}, None, "2024-05-03T09:05:07", [],
    ),
    "midnight": ({"year": 2024, "month": 5, "day": 3, "hour": 0, "minute": 0}, None, "2024-05-03", ["midnight-as-day"]),
    "no such hour": ({"year": 2024, "month": 5, "day": 3, "hour": 25}, None, "2024-05-03", ["date-reduced"]),
    "clock without a day": ({"year": 2024, "month": 5, "hour": 9}, None, "2024-05", ["date-reduced"]),
    "commas": ({"year": "1,914"}, None, "1914", []),
    "long ago": ({"year": "500"}, None, "0500", []),
    "day without a month": ({"year": 2024, "day": 3}, None, "2024", ["date-reduced"]),
    "no such month": ({"year": 2024, "month": 13, "day": 3}, None, "2024", ["date-reduced"]),
    "month in words": ({"year": 2024, "month": "May"}, None, "2024", ["date-reduced"]),
    "no such day": ({"year": 2023, "month": 2, "day": 29}, None, "2023-02", ["date-reduced"]),
    "from day to day": (
        {"year": 2024, "month": 5, "day": 3}, {"year": 2024, "month": 5, "day": 9}, "2024-05-03/2024-05-09", [],
    ),
    "from year to month": ({"year": 1914}, {"year": 1918, "month": 11}, "1914/1918-11", []),
    "twice the same": ({"year": 1914}, {"year": 1914}, "1914", []),
    "from clock to clock": (
        {"year": 2024, "month": 5, "day": 3, "hour": 9}, {"year": 2024, "month": 5, "day": 4, "hour": 9},
        "2024-05-03/2024-05-04", ["date-reduced", "date-reduced"],
    ),
    "from clock to clock of a day": (
        {"year": 2024, "month": 5, "day": 3, "hour": 9}, {"year": 2024, "month": 5, "day": 3, "hour": 10},
        "2024-05-03", ["date-reduced", "date-reduced"],
    ),
    "backwards": ({"year": 2024, "month": 5}, {"year": 2024, "month": 4}, "2024-05", ["interval-reversed"]),
    "end without a year": ({"year": 2024, "month": 5}, {"month": 6}, "2024-05", ["date-reduced"]),
    "end out of range": ({"year": 2024}, {"year": "12024"}, "2024", ["date-reduced"]),
}  # fmt: skip


@pytest.mark.parametrize(("start", "end", "when", "remarks"), DATES.values(), ids=DATES.keys())
def test_the_numbers_of_a_slide_become_a_date_or_leave_a_note(
    start: Mapping[str, object], end: Mapping[str, object] | None, when: str, remarks: list[str]
) -> None:
    row = read_slide(slide(start_date=start, end_date=end))
    event, claim = row.drafts[:2]
    assert (event.fields["when"], claim.fields["when"]) == (when, when)
    assert [one.code for one in row.remarks] == remarks
    assert list(event.notes) == [f"{one.field}: {one.value}" for one in row.remarks]


NO_DATES = {
    "none": (None, "It has no year."),
    "no year": ({"month": 5, "day": 3}, "It has no year: start_date is “5, 3”."),
    "before our time": (
        {"year": "-8000"},
        "The year -8000 lies outside the years 1 to 9999, which a date can have here.",
    ),
    "far off": ({"year": "12,024"}, "The year 12,024 lies outside the years 1 to 9999, which a date can have here."),
    "nought": ({"year": "0"}, "The year 0 lies outside the years 1 to 9999, which a date can have here."),
    "words": ({"year": "MMXX"}, "The year “MMXX” cannot be read."),
}


@pytest.mark.parametrize(("start", "said"), NO_DATES.values(), ids=NO_DATES.keys())
def test_a_slide_without_a_year_that_can_be_written_is_kept_back(start: object, said: str) -> None:
    row = read_slide(slide(start_date=start))
    assert (row.drafts, row.kept_back) == ((), said)
    assert json.loads(row.raw)["text"] == {"headline": "A fair"}


OLD = {
    # Start Date, End Date -> when, or why there is none
    "month in front": ("5/3/2024", "", "2024-05-03"),
    "year": ("1914", "1918", "1914/1918"),
    "ISO": ("2024-05-03", "2024-05-04", "2024-05-03/2024-05-04"),
    "in words": ("May 3, 2024", "", "2024-05-03"),
    "day in front": ("31/5/2024", "", "The date “31/5/2024” cannot be read."),
    "before our time": ("-8000", "", "The year -8000 lies outside the years 1 to 9999, which a date can have here."),
    "blank": ("", "", "It has no year."),
}


@pytest.mark.parametrize(("start", "end", "expected"), OLD.values(), ids=OLD.keys())
def test_the_old_sheet_has_the_month_in_front(start: str, end: str, expected: str) -> None:
    row = read_slide(sheet("Start Date,End Date,Headline,Text,Tag", [start, end, "A fair", "", "Fairs"]))
    assert (row.kept_back or row.drafts[0].fields["when"]) == expected
    assert not row.drafts or row.drafts[0].notes == ("Tag: Fairs",)


# --- the other fields ---


def test_a_slide_becomes_an_event_and_the_claim_that_it_rests_on() -> None:
    row = read_slide(
        slide(
            start_date={"year": 2024, "month": 5, "day": 2},
            text={"headline": "300 <i>people</i> &amp; a dog", "text": "<p>They <b>came</b>.</p><p>They left.</p>"},
            unique_id="fair",
        )
    )
    event, claim, source, outlet = row.drafts
    assert (event.kind, claim.kind, source.kind, outlet.kind) == ("event", "claim", "source", "entity")
    assert dict(event.fields) == {
        "title": "300 people & a dog",
        "when": "2024-05-02",
        "phase": "done",
        "rests_on": [Handle("claim", "sheet bridge#fair")],
        "summary": "They came. They left.",
    }
    assert (event.key, event.wish, claim.wish) == ("sheet bridge#fair", "fair", "")
    assert dict(claim.fields) == {
        "says": "300 people & a dog",
        "kind": "fact",
        "when": "2024-05-02",
        "seen": [
            {
                "in": Handle("source", source.key),
                "finding": "Lists: 300 people & a dog. They came. They left.",
                "chain": "untraced",
            }
        ],
        "verdict": "unchecked",
    }
    assert dict(source.fields) == {
        "outlet": Handle("entity", "Valley Desk", "outlet"),
        "accessed": TODAY.isoformat(),
        "language": "en",
        "genre": "dataset",
        "stored": "none",
        "publish": "none",
        "summary": "A timeline: bridge.",
    }
    assert row.remarks == ()


FIELDS: dict[str, tuple[dict[str, Any], dict[str, str], dict[str, object], list[str]]] = {
    # fields of a slide, flags -> fields of the event, and its notes
    "media": (
        {"media": {"url": "https://img.example/1.jpg", "credit": "Tom", "caption": "", "alt": None}}, {}, {},
        ["media.url: https://img.example/1.jpg", "media.credit: Tom"],
    ),
    "looks": ({"background": {"color": "#fff"}, "autolink": False}, {}, {}, ["background.color: #fff", "autolink: false"]),
    "our wording of the date": ({"display_date": "2024"}, {}, {}, []),
    "another wording": ({"display_date": "that year"}, {}, {}, ["display_date: that year"]),
    "wording inside the date": (
        {"start_date": {"year": 2024, "display_date": "that year"}}, {}, {}, ["start_date.display_date: that year"],
    ),
    "group": ({"group": "Fairs"}, {}, {}, ["group: Fairs"]),
    "group that is a fact sheet": ({"group": "Fairs"}, {"topic-of": "Works=mill; fairs = mill-bridge"}, {"topics": ["mill-bridge"]}, []),
    "id that is none": ({"unique_id": "Slide 1"}, {}, {}, ["unique_id: Slide 1"]),
    "phase by the command": ({}, {"phase": "disputed"}, {"phase": "disputed"}, []),
    "phase of another": ({"phase": "planned"}, {}, {"phase": "done"}, ["phase: planned"]),
    "EDTF": ({"edtf": "2024~"}, {}, {"when": "2024~"}, []),
    "EDTF with an open end": ({"edtf": "2024-01-01/.."}, {}, {"when": "2024-01-01/.."}, []),
    "EDTF of another date": ({"edtf": "2023~"}, {}, {"when": "2024"}, ["edtf: 2023~"]),
    "EDTF that is less": ({"edtf": "202X"}, {}, {"when": "2024"}, ["edtf: 202X"]),
    "no EDTF": ({"edtf": "soon"}, {}, {"when": "2024"}, ["edtf: soon"]),
    "unknown": ({"colour": ["red", 1]}, {}, {}, ['colour: ["red", 1]']),
    "long headline": (
        {"text": {"headline": "word " * 80}}, {}, {"title": "word " * 59 + "…"}, ["text.headline: " + ("word " * 80).strip()],
    ),
    "text alone": (
        {"text": {"text": "There was a fair. It was loud."}}, {},
        {"title": "There was a fair.", "summary": "There was a fair. It was loud."}, [],
    ),
    "one sentence alone": ({"text": {"text": "There was a fair."}}, {}, {"title": "There was a fair.", "summary": None}, []),
    "picture in the text": (
        {"text": {"headline": "A fair", "text": 'Loud <img src="https://img.example/"> and long'}}, {},
        {"summary": "Loud and long"}, ['text.text: Loud <img src="https://img.example/"> and long'],
    ),
    "long text": (
        {"text": {"headline": "A fair", "text": "It was loud. " * 100}}, {}, {"summary": ("It was loud. " * 92).strip()},
        ["text.text: " + "It was loud. " * 100],
    ),
    "long text without an end": (
        {"text": {"headline": "A fair", "text": "loud " * 300}}, {}, {"summary": None}, ["text.text: " + "loud " * 300],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given_", "flags", "fields", "notes"), FIELDS.values(), ids=FIELDS.keys())
def test_each_field_of_a_slide_is_placed_or_noted(
    given_: dict[str, Any], flags: dict[str, str], fields: dict[str, object], notes: list[str]
) -> None:
    event = read_slide(slide(**given_), **flags).drafts[0]
    assert {name: event.fields.get(name) for name in fields} == fields
    assert list(event.notes) == notes


def test_fields_that_nothing_knows_are_listed_once() -> None:
    data = json.dumps({"events": [json.loads(slide(colour="red"))["events"][0], {"colour": "blue", "x": {"y": "z"}}]})
    said = read(data.encode(), options_with()).said
    assert said[-1] == "TimelineJS knows no field of these names; they are kept in the notes: “colour”, “x.y”."


def test_the_title_slide_is_noted_in_the_source_and_a_second_one_is_an_event() -> None:
    title = {"text": {"headline": "The bridge", "text": "All of it."}, "media": {"url": "https://img.example/"}}
    rows = read(
        json.dumps({"title": title, "scale": "human", "font": "x", "owner": "Tom", "events": []}).encode(),
        options_with(),
    ).rows
    assert [row.at for row in rows] == ["/title"]
    source = rows[0].drafts[0]
    assert (source.kind, source.fields["title"], source.fields["summary"]) == (
        "source",
        "The bridge",
        "A timeline: The bridge.",
    )
    assert source.notes == ("media.url: https://img.example/", "text: All of it.", "owner: Tom")
    data = sheet(
        "Year,Headline,Type",
        ["", "One", "title"],
        ["2024", "Two", "Title"],
        ["2024", "Three", "era"],
        ["2024", "Four", "x"],
    )
    first, second, third, fourth = read(data, options_with()).rows
    assert [row.drafts[0].kind for row in (first, second, third, fourth)] == ["source", "event", "event", "event"]
    assert third.drafts[0].notes == ("type: era",)
    assert fourth.drafts[0].notes == ("Type: x",)
    assert {
        tuple(draft.fields.items()) for row in (second, third) for draft in row.drafts if draft.kind == "source"
    } == {tuple(first.drafts[0].fields.items())}


def test_a_key_is_made_of_what_the_slide_says_and_never_of_its_place() -> None:
    rows = [["2024", "One", ""], ["2024", "Two", ""], ["2024", "One", "more"]]
    keys = [row.drafts[0].key for row in read(sheet("Year,Headline,Text", *rows), options_with()).rows]
    other = [row.drafts[0].key for row in read(sheet("Year,Headline,Text", *reversed(rows)), options_with()).rows]
    assert len({*keys}) == 3
    assert keys == other[::-1]


REFUSED = {
    "no outlet": (
        slide(),
        {"outlet": ""},
        "A timeline does not say who made it, nor in which language: say `--outlet` and `--language`.",
    ),
    "odd language": (slide(), {"language": "ua"}, "`--language`: “ua” is no language tag such as en, uk or ru."),
    "no events": (b'{"a": 1}', {}, "This is no JSON of TimelineJS: it has no list `events`."),
    "a list": (b"[]", {}, "This is no JSON of TimelineJS: it has no list `events`."),
    "old JSON": (
        b'{"timeline": {}}',
        {},
        "This is the JSON of TimelineJS 1 or 2, which is not read here. Import its spreadsheet instead.",
    ),
    "broken": (b'{"events": [', {}, "This is no JSON: expecting value, in line 1, column 13."),
    "another sheet": (
        b"Date,What\n",
        {},
        "This is no spreadsheet of TimelineJS: it has no columns “Year” and “Headline”. For any other spreadsheet there is `csv` with a mapping file.",
    ),
    "two columns": (
        b"Year,year ,Headline\n",
        {},
        "The columns “Year” and “year” are the same to TimelineJS. Leave one of them out.",
    ),
    "nothing": (b"", {}, "The file holds no table: it is empty."),
}


@pytest.mark.parametrize(("data", "flags", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_timeline_is_refused_with_the_reason(data: bytes, flags: dict[str, str], said: str) -> None:
    assert read(data, options_with(**flags)) == Reading(problem=said)


def test_a_cosmological_timeline_is_kept_back_slide_by_slide() -> None:
    whole = json.loads(slide()) | {"scale": "cosmological"}
    (row,) = read(json.dumps(whole).encode(), options_with()).rows
    assert row.kept_back == "The timeline counts in cosmological years, and a date here has a year from 1 to 9999."


SEPARATED = {"comma": ",", "semicolon": ";", "tab": "\t"}


@pytest.mark.parametrize("separator", SEPARATED.values(), ids=SEPARATED.keys())
def test_a_sheet_is_read_with_any_separator_and_any_order_and_case_of_columns(separator: str) -> None:
    text = "\ufeffheadline,MONTH,year,Odd; one\nA fair,5,2024,x\n".replace(",", separator)
    (row,) = read(text.replace("; ", " ").encode(), options_with()).rows
    assert (row.drafts[0].fields["when"], row.drafts[0].notes) == ("2024-05", ("Odd one: x",))


# --- HTML ---

TEXTS = {
    # HTML -> Markdown, addresses that are not linked
    "words": ("a *b* [c](claim:d)", r"a \*b\* \[c\](claim:d)", ()),
    "link": ('see <a href="https://a.example/?x=1&amp;y=2">this <b>one</b></a>.', "see [this one](https://a.example/?x=1&y=2).", ()),
    "link in front": ("<a href='https://a.example/'>x</a> y", "[x](https://a.example/) y", ()),
    "brackets": ('<a href="https://a.example/(x)">[x](y)</a>', r"[\[x\](y)](https://a.example/%28x%29)", ()),
    "script": ('<a href="javascript:alert(1)">x</a>', "x", ("javascript:alert(1)",)),
    "record": ('<a href="claim:x">x</a>', "x", ("claim:x",)),
    "no words": ('a<a href="https://a.example/"><img src="x"></a>', "a", ("https://a.example/",)),
    "anchor": ('<a name="x">x</a> y', "x y", ()),
    "never closed": ('a <a href="https://a.example/">b', "a [b](https://a.example/)", ()),
    "never opened": ("a</a> b", "a b", ()),
    "nested": ('<a href="https://a.example/1">x<a href="https://a.example/2">y</a>', "[x](https://a.example/1)[y](https://a.example/2)", ()),
    "comment": ("a<!-- <a href='https://a.example/'>b</a> --> c", "a c", ()),
    "comment that is not closed": ("a <!-- b", r"a \<!-- b", ()),
    "marks of ours": ("\ue000a\ue001 &#xe000;<a href='https://a.example/'>b</a>&#xe001;", "a b", ("https://a.example/",)),
    "heading": ("<h2># A</h2><p>- b</p>", r"\# A - b", ()),
    "references": ("&lt;b&gt; &amp;amp;", r"\<b\> \&amp;", ()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "markdown", "refused"), TEXTS.values(), ids=TEXTS.keys())
def test_html_becomes_one_line_with_its_links_to_the_web(text: str, markdown: str, refused: tuple[str, ...]) -> None:
    assert write_with_links(text) == (markdown, refused)
    assert prose_problems(markdown) == ()
    assert {link.scheme for link in prose_links(markdown)} <= {"http", "https"}


@given(st.text(alphabet="<>a/ href='\"=https:.x[]()*_\\&#;!-\n", max_size=60))
def test_no_html_makes_a_link_to_anything_but_the_web(text: str) -> None:
    written, _ = write_with_links(text)
    assert "\n" not in written
    assert {link.scheme for link in prose_links(written)} <= {"http", "https"}


# --- every row is accounted for ---

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2024", "5", "<a href='x'>", "era"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["year", "month", "day", "hour", "headline", "text", "start_date", "end_date", "display_date", "url", "group", "edtf", "unique_id"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["title", "events", "eras", "scale", "publisher", "x"]), _VALUES, max_size=4))
def test_no_json_raises_and_every_slide_has_one_fate(whole: dict[str, Any]) -> None:
    reading = read(json.dumps(whole).encode(), options_with())
    if reading.problem:
        assert reading.rows == ()
        return
    events = whole["events"]
    assert len([row for row in reading.rows if row.at.startswith("/events/")]) == len(events)
    for row in reading.rows:
        assert [bool(row.drafts), bool(row.kept_back), row.is_blank].count(True) == 1


_PARTS = st.sampled_from(["", "0", "5", "13", "2024", "1,914", "-3", "x", "May", "14:30", "2:30 PM", "24:00", "29"])


@given(st.lists(st.tuples(*[_PARTS] * 8, st.text(max_size=5)), max_size=4))
def test_no_sheet_raises_and_every_row_has_one_fate(rows: list[tuple[str, ...]]) -> None:
    header = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Headline"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([header.split(","), *rows])
    reading = read(text.getvalue().encode("utf-8", "replace"), options_with())
    assert reading.problem == ""
    assert len(reading.rows) == len(rows)
    for row, cells in zip(reading.rows, rows, strict=True):
        assert [bool(row.drafts), bool(row.kept_back), row.is_blank].count(True) == 1
        if row.drafts:
            noted = " ".join(row.drafts[0].notes)
            year = cells[0].replace(",", "").zfill(4)
            assert str(row.drafts[0].fields["when"]).startswith(year)
            assert all(one in noted for one in cells[1:3] if one in {"13", "x", "May", "-3"})


@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(read(data, options_with()), Reading)
    assert isinstance(read(b"{" + data, options_with()), Reading)
    assert isinstance(read(b"Year,Headline\n" + data, options_with()), Reading)


# --- a sheet as it comes ---


def test_a_messy_sheet_is_fully_accounted_for_and_what_is_written_is_sound(
    tmp_path: Path, assert_golden: Callable[[Path, str], None]
) -> None:
    root = copy_site(tmp_path)
    data = (HERE / "bridge.csv").read_bytes()
    reading = read(data, options_with())
    proven = write_into(root, "timelinejs", reading)
    assert_golden(HERE / "bridge.rows.txt", "\n".join([*reading.said, tell(proven)]))
    assert_golden(HERE / "bridge.events.yml", next(one.text for one in proven.files if "/events/" in one.path))
    assert len(proven.plan.items) == 27
    library = link_site(root)
    new = [event for event in library.events.values() if event.imported]
    assert {library.claims[one].verdict for event in new for one in event.rests_on} == {"unchecked"}

    again = write_into(root, "timelinejs", read(data, options_with()))
    assert again.files == ()
    fates = [item.outcome for item in proven.plan.items]
    assert [item.outcome for item in again.plan.items] == [
        "already-there" if fate == "written" else fate for fate in fates
    ]


# --- our own export ---


def export(library: Library, collection: Collection = ALL_EVENTS) -> bytes:
    """Write the slides of all events as the build does."""
    views = derive(library, TODAY)
    ids = list_ids(library)["event"]
    pieces = [collection.compose(library, views, "event", one) for one in ids]
    (section,) = collection.lay_out(library.settings, TODAY)
    written = collection.between.join(collection.write(plain) for plain in pieces if plain is not None)
    return f"{section.opening}{written}{section.closing}".encode()


@pytest.mark.parametrize("site", ["full", "sample", "real"])
def test_our_own_export_keeps_ids_dates_phases_and_words(site: str) -> None:
    library = read_site(site)
    reading = read(export(library), options_with())
    assert reading.problem == ""
    events = [row for row in reading.rows if row.at.startswith("/events/")]
    assert len(events) >= 2
    for row in events:
        draft: Draft = row.drafts[0]
        event = library.events[draft.wish]
        assert (draft.fields["title"], draft.fields["when"], draft.fields["phase"]) == (
            event.title,
            event.when.text,
            event.phase,
        )
        assert prose_plain(str(draft.fields.get("summary") or "")) == prose_plain(event.summary or "")
        assert draft.notes == (f"page: {library.settings.address}events/{event.id}/",)
        assert row.remarks == ()


def test_what_was_exported_and_imported_is_exported_as_it_was(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    old = export(read_site("full"))
    for folder in ("claims", "events", "sources", "entities", "topics"):
        shutil.rmtree(root / "content" / folder)
    proven = write_into(root, "timelinejs", read(old, options_with()))
    assert {item.outcome for item in proven.plan.items} == {"written"}
    first, second = json.loads(old), json.loads(export(link_site(root)))
    places = [one["unique_id"] for one in first["events"]]
    second["events"].sort(key=lambda one: places.index(one["unique_id"]))
    assert second == first
