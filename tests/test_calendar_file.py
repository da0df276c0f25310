"""The calendar: another program reads what the records say, no line is too long, and no date is surer than it was typed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import icalendar
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
from generator.dialect import prose_plain
from generator.exports.assembling import assemble
from generator.exports.calendar_file import (
    CALENDAR,
    compose_entry,
    date_entry,
    escape_text,
    fold,
    identify,
    last_change,
    write_entry,
)
from generator.link import link

if TYPE_CHECKING:
    from pathlib import Path

    from generator.derive import Views
    from generator.link import Library
    from generator.records import Event

SITES = pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
STATUSES = {
    "proposed": "TENTATIVE",
    "planned": "TENTATIVE",
    "disputed": "TENTATIVE",
    "under-way": "CONFIRMED",
    "done": "CONFIRMED",
    "cancelled": "CANCELLED",
}


@cache
def read_site(root: Path) -> tuple[Library, Views]:
    """Link and derive the content of a project."""
    records, _ = decode(load.read(root)[0])
    library, _ = link(records)
    assert library is not None
    return library, derive(library, TODAY)


def make_calendar(library: Library, views: Views) -> bytes:
    """Put the calendar together, as the build does."""
    said = {one: CALENDAR.compose(library, views, "event", one) for one in library.events}
    pieces = {("event", one): CALENDAR.write(plain).encode() for one, plain in said.items() if plain is not None}
    return assemble(CALENDAR, library.settings, views.today, {"event": library.events}, pieces).data


def read_events(data: bytes) -> list[Any]:
    """Read a calendar by another program; whatever it complains of fails the test."""
    calendar = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert [problem for part in (calendar, *events) for problem in part.errors] == []
    return events


def world(*events: dict[str, Any], **files: str) -> Library:
    typed = [{"id": "one", "title": "Talks", "when": "2025-05-22", "phase": "done", **event} for event in events]
    return build(events=json.dumps(typed), **files)[0]


def the_event(**typed: Any) -> tuple[Library, Event]:
    library = world(typed)
    return library, next(iter(library.events.values()))


def entry_of(**typed: Any) -> Any:
    """Read the entry of one event in a small world by another program."""
    library, event = the_event(**typed)
    plain = compose_entry(library, event)
    assert plain is not None
    (entry,) = read_events(enclose(write_entry(plain)))
    return entry


def enclose(lines: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{lines}END:VCALENDAR\r\n".encode()


# --- dates ---


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2025-05-22", "20250522", "20250523"),
        ("2024-02-28", "20240228", "20240229"),
        ("2025-12-31", "20251231", "20260101"),
        ("0098-05-22", "00980522", "00980523"),
        ("2025-05-23/2025-05-25", "20250523", "20250526"),
        ("2025-05-22T13:33+03:00", "20250522T103300Z", None),
        ("2025-05-22T01:05+03:00", "20250521T220500Z", None),
        ("2025-05-22T22:00:09-05:30", "20250523T033009Z", None),
        ("2025-05-22T13:33Z", "20250522T133300Z", None),
        ("2025-05-22T13:33", "20250522T113300Z", None),  # Vienna, in summer
        ("2025-01-22T13:33", "20250122T123300Z", None),
    ],
)
def test_days_and_clock_times_have_an_entry(typed: str, start: str, end: str | None) -> None:
    assert date_entry(parse(typed), "Europe/Vienna") == {"start": start, **({"end": end} if end else {})}


@pytest.mark.parametrize(
    "typed",
    [
        *("2025-05", "2025", "2025-22", "202X", "2023-06-XX", "2023-XX"),
        *("2025-05-22~", "2025-05-22?", "2025-05-22%", "2025-05-22~/2025-05-25", "2025-05-22/2025-05-25?"),
        *("2025-05-22/..", "2025-05-22/", "../2025-05-22", "/2025-05-22", "2025-05/2025-07", "2025-05-22/2025-06"),
        *("9999-12-31", "0001-01-01T00:30+03:00", "9999-12-31T23:30-03:00"),
    ],
)
def test_what_is_no_day_is_left_out(typed: str) -> None:
    assert date_entry(parse(typed), "UTC") is None


@given(edtf_dates)
def test_an_entry_lasts_from_the_first_day_to_the_last(typed: str) -> None:
    when = parse(typed)
    dated = date_entry(when, "UTC")
    if dated is None or when.earliest is None or when.latest is None:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d|T.*)?", typed) is None
        return
    entry = {"uid": "x", "stamp": "20250101", "summary": "", "description": [], "location": "", "url": "", "status": ""}
    (read,) = read_events(enclose(write_entry({**entry, **dated})))
    if when.clock:
        assert read.decoded("dtstart") == datetime.fromisoformat(typed if when.clock[5:] else f"{typed}Z")
        assert "dtend" not in read
    else:
        assert read.decoded("dtstart") == when.earliest
        assert read.decoded("dtend") == when.latest + timedelta(days=1)


# --- the files of the sites ---


@SITES
def test_another_program_reads_what_the_records_say(root: Path) -> None:
    library, views = read_site(root)
    entries = {entry["url"]: entry for entry in read_events(make_calendar(library, views))}
    day = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")
    dated = {
        f"{library.settings.address}events/{event.id}/": event
        for event in library.events.values()
        if day.fullmatch(event.when.text)
    }
    assert len(dated) > 2
    assert entries.keys() == dated.keys()
    for url, entry in entries.items():
        event = dated[url]
        phase = library.vocabulary.phases[event.phase]
        days = [date.fromisoformat(one) for one in event.when.text.split("/")]
        assert entry.decoded("dtstart") == days[0]
        assert entry.decoded("dtend") == days[-1] + timedelta(days=1)
        assert entry["summary"] == (event.title if event.phase == "done" else f"{phase.label}: {event.title}")
        assert entry["status"] == STATUSES[event.phase]
        said = str(entry["description"]).split("\n")
        assert said[-1] == f"What it rests on: {url}"
        assert (said[0] == prose_plain(event.summary)) if event.summary else len(said) <= 2
        assert (f"{phase.label}: {phase.definition}" in said) == (event.phase != "done")
        if event.where:
            assert entry["location"] == library.entities[event.where].name


@SITES
def test_the_file_keeps_to_the_standard(root: Path) -> None:
    data = make_calendar(*read_site(root))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines)  # no line ends within a character
    events = read_events(data)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert [event for event in events if "dtstamp" not in event or "uid" not in event] == []
    for name in (b"UID", b"DTSTAMP", b"DTSTART", b"SUMMARY"):
        assert len(re.findall(rb"^%s[:;]" % name, data, re.MULTILINE)) == len(events)


@SITES
def test_the_calendar_has_the_name_of_the_site(root: Path) -> None:
    library, views = read_site(root)
    calendar = icalendar.Calendar.from_ical(make_calendar(library, views))
    assert calendar["name"] == calendar["x-wr-calname"] == library.settings.title
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert calendar["prodid"]
    assert library.settings.licence.url in str(calendar["description"])


@SITES
def test_another_day_makes_the_same_calendar(root: Path) -> None:
    library, views = read_site(root)
    assert make_calendar(library, views) == make_calendar(library, derive(library, TODAY + timedelta(days=400)))


# --- one entry ---


def test_an_entry_line_for_line() -> None:
    library, event = the_event(
        when="2025-05-22T13:33+03:00", phase="disputed", title="Talks; or none, at all", where="bridge", summary="*So* far."
    )  # fmt: skip
    plain = compose_entry(library, event)
    assert plain is not None
    assert write_entry(plain).split("\r\n") == [
        "BEGIN:VEVENT",
        f"UID:{identify(library.settings, event)}",
        "DTSTAMP:20250522T000000Z",
        "DTSTART:20250522T103300Z",
        "SUMMARY:Disputed: Talks\\; or none\\, at all",
        "DESCRIPTION:22 May 2025\\, 13:33 (UTC+3)\\nSo far.\\nDisputed: The parties dis",
        " agree on whether or how it took place.\\nWhat it rests on: https://example.",
        " org/events/one/",
        "LOCATION:the bridge",
        "URL:https://example.org/events/one/",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "",
    ]


@pytest.mark.parametrize(("phase", "status"), STATUSES.items())
def test_the_status_goes_by_the_phase(phase: str, status: str) -> None:
    assert entry_of(phase=phase)["status"] == status


def test_a_phase_of_the_desks_own_has_no_status() -> None:
    library, event = the_event()
    own = {**library.vocabulary.phases, "put-off": library.vocabulary.phases["planned"]}
    vocabulary = library.vocabulary.model_copy(update={"phases": own})
    plain = compose_entry(replace(library, vocabulary=vocabulary), event.model_copy(update={"phase": "put-off"}))
    assert plain is not None
    assert plain["status"] == ""
    (entry,) = read_events(enclose(write_entry(plain)))
    assert "status" not in entry


def test_clock_times_without_a_zone_have_that_of_the_site() -> None:
    library, event = the_event(when="2025-05-22T13:33")
    settings = library.settings.model_copy(update={"time_zone": "Europe/Kyiv"})
    plain = compose_entry(replace(library, settings=settings), event)
    assert plain is not None
    assert plain["start"] == "20250522T103300Z"


def test_an_event_stays_the_same_at_another_address_and_under_another_id() -> None:
    library, event = the_event(id="first")
    settings = library.settings
    known = identify(settings, event)
    moved = settings.model_copy(update={"address": "https://elsewhere.example/"})
    assert identify(moved, event) == known
    for renamed in ({"id": "second", "was": ["first"]}, {"id": "third", "was": ["first", "second"]}):
        assert identify(settings, the_event(**renamed)[1]) == known
    assert identify(settings, the_event(id="second")[1]) != known
    assert identify(settings.model_copy(update={"title": "Other sheets"}), event) != known


def test_uids_are_kept_from_version_to_version() -> None:
    """Whoever has subscribed has these: another way of making them would give every event twice."""
    library, event = the_event(id="first")
    settings = library.settings.model_copy(update={"title": "Bridge Fact Sheets"})
    assert identify(settings, event) == "9b3015f6-003f-525b-ad6d-1bcea9f42cc0"


def test_the_time_stamp_is_the_last_day_of_what_an_event_rests_on() -> None:
    log = [{"on": "2024-06-02", "verdict": "not-enough-evidence"}, {"on": "2024-07-09", "verdict": "supported"}]
    claims = [
        {"id": "judged", "says": "x", "kind": "fact", "log": log},
        {"id": "earlier", "says": "y", "kind": "fact", "log": log[:1]},
        {"id": "unchecked", "says": "z", "kind": "fact"},
    ]
    evidence = {"in": "courier-1", "finding": "It says so.", "chain": "own", "stance": "supports", "basis": "act"}
    on = {"when": "2024-05-03/2024-05-04"}
    library = world(
        {"id": "claims", "rests_on": ["earlier", "judged", "unchecked"], "evidence": [evidence], **on},
        {"id": "evidence", "rests_on": ["unchecked"], "evidence": [evidence], **on},
        {"id": "neither", "rests_on": ["unchecked"], **on},
        claims=json.dumps(claims),
    )
    assert {one: last_change(library, event).isoformat() for one, event in library.events.items()} == {
        "claims": "2024-07-09",
        "evidence": "2024-06-01",
        "neither": "2024-05-03",
    }


def test_what_concerns_the_desk_alone_is_not_in_the_calendar() -> None:
    library, event = the_event(notes=["KEPT-TO-US"], imported={"format": "timelinejs", "key": "KEPT-TO-US"})
    plain = compose_entry(library, event)
    assert plain is not None
    assert "KEPT-TO-US" not in write_entry(plain) + json.dumps(plain)


# --- any text ---

PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n"))


@given(PRINTED)
@example("a\\nb;c,d\n\\;\\,\\\\n")
@example("п" * 74)
@example("x" * 200 + "👩‍👩‍👧" * 40)
@example("x" * 67 + " y")  # a blank on either side of the break
@example("x" * 66 + "  y")
def test_any_text_comes_back(text: str) -> None:
    line = fold(f"SUMMARY:{escape_text(text)}")
    assert max(len(part.encode()) for part in line.split("\r\n")) <= 75
    (entry,) = read_events(enclose(f"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20250101T000000Z\r\n{line}\r\nEND:VEVENT\r\n"))
    assert str(entry["summary"]) == text


@given(st.text(), st.text(), st.text())
@example("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:y", "\r\nATTACH:https://e.example/", "\rATTACH:x")
@example("\ud800", "\x00", "\x85\x0b\x1f")
def test_no_text_becomes_a_line_of_its_own(title: str, summary: str, place: str) -> None:
    dated = {"start": "20250522", "end": "20250523", "uid": "x", "stamp": "20250101", "status": "CONFIRMED"}
    plain = {**dated, "summary": title, "description": [summary, title], "location": place, "url": "https://e.example/"}
    lines = write_entry(plain).replace("\r\n ", "").split("\r\n")
    assert [re.split("[:;]", line)[0] for line in lines] == [
        *("BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", *(["LOCATION"] if place else [])),
        *("URL", "STATUS", "TRANSP", "END", ""),
    ]
    assert re.search(r"[\x00-\x08\x0a-\x1f\x7f]", "".join(lines)) is None
    (entry,) = read_events(enclose(write_entry(plain)))
    if (title + summary).isprintable():
        assert entry["summary"] == re.sub(" +", " ", title).strip()
        assert str(entry["description"]).count("\n") == 1
