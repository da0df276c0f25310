"""Events as a calendar: one iCalendar file (RFC 5545) of all whose dates are days.

A calendar says that something was on these days, so only what was typed as a day, as days from and to, or as a day with a clock time
is in it. Months, seasons, years, open ends and dates that are approximate or uncertain are left out: a month would be shown as thirty
full days, and an uncertain day as a certain one.

- **Identity.** A UID is made from the site's title and the first id that the event had, so neither another address of the site nor
  `rename` gives an event twice to somebody who has subscribed; another title of the site does.
- **Time stamp.** DTSTAMP is the last day in the logs of the claims that the event rests on; of an event on evidence alone the last day on which
  one of its sources was read; else its own first day. It is never the day of the build.
- **Clock times** are written in UTC; one that names no zone has that of the settings.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from generator import dates
from generator.dates.parsing import read_unit, split_interval, zone_minutes
from generator.derive.naming import name_record
from generator.dialect import prose_plain
from generator.dialect.escaping import tidy
from generator.exports.published import Collection, Offer, Section
from generator.paths import TIMELINE, page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.dates import When
    from generator.derive import Views
    from generator.exports.published import Plain
    from generator.link import Library
    from generator.records import Event
    from generator.settings import Settings

_LONGEST = 75
"""So many octets may a line have (RFC 5545, 3.1), its break not counted."""
_WITHIN = range(0x80, 0xC0)
"""Octets that go on with a character of UTF-8."""
_NAMESPACE = UUID("d99bffd0-3453-4284-a5cd-b492bbd7076d")
"""Of the UIDs; it never changes."""
_PRODUCT = "-//factsheet//Fact sheets//EN"
_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "TENTATIVE",
        "planned": "TENTATIVE",
        "disputed": "TENTATIVE",
        "under-way": "CONFIRMED",
        "done": "CONFIRMED",
        "cancelled": "CANCELLED",
    }
)
"""By phase; a phase that a desk has added says nothing here."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def compose_entry(library: Library, event: Event) -> dict[str, Plain] | None:
    """Say what stands in the calendar about an event, no text escaped yet; None where its dates are not days."""
    settings = library.settings
    span = date_entry(event.when, settings.time_zone)
    if span is None:
        return None
    phase, is_done = library.vocabulary.phases[event.phase], event.phase == "done"
    url = f"{settings.address}{page_url(page_path('event', event.id))}"
    paragraphs = [
        dates.humanize(event.when) if event.when.clock else "",
        prose_plain(event.summary or ""),
        "" if is_done else f"{phase.label}: {phase.definition}",
        f"What it rests on: {url}",
    ]
    return {
        "uid": identify(settings, event),
        "stamp": _write_day(last_change(library, event)),
        **span,
        "summary": event.title if is_done else f"{phase.label}: {event.title}",
        "description": [paragraph for paragraph in paragraphs if paragraph],
        "location": name_record(library, "entity", event.where) if event.where else "",
        "url": url,
        "status": _STATUS.get(event.phase, ""),
    }


def identify(settings: Settings, event: Event) -> str:
    """Give the UID of an event: a UUID (RFC 4122, version 5) of the site's title and the first id that the event had."""
    return str(uuid5(_NAMESPACE, f"{settings.title}\n{event.was[0] if event.was else event.id}"))


def last_change(library: Library, event: Event) -> date:
    """Give the last day on which something is known to have changed about an event; see above."""
    judged = [entry.on for one in event.rests_on for entry in library.claims[one].log]
    read = [library.sources[item.source].accessed for item in event.evidence]
    return max(judged or read or [event.when.earliest or date.min])


def date_entry(when: When, time_zone: str) -> dict[str, str] | None:
    """Give the dates of an entry.

    Args:
        when: the date.
        time_zone: the zone of clock times that name none.

    Returns:
        `start` and the day after the last as `end` (in a calendar the end is not part of it), both as `20250523`; of a clock time `start`
        alone, as `20250522T103300Z`. None where the date is not one of days, or the calendar goes on for no day after it.
    """
    if when.approximate or when.uncertain or when.earliest is None or when.latest is None:
        return None
    if when.clock:
        return _date_clock(when.earliest, when.clock, time_zone)
    ends = split_interval(when.text) if "/" in when.text else (read_unit(when.text),)
    if any(end is None or end.precision != "day" for end in ends) or when.latest == date.max:
        return None
    return {"start": _write_day(when.earliest), "end": _write_day(when.latest + timedelta(days=1))}


def _date_clock(day: date, clock: str, time_zone: str) -> dict[str, str] | None:
    ahead = zone_minutes(clock)
    local = datetime.combine(day, time.fromisoformat(clock[: 8 if clock[5:6] == ":" else 5]))
    try:
        if ahead is None:
            moment = local.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
        else:
            moment = local.replace(tzinfo=UTC) - timedelta(minutes=ahead)
    except OverflowError:  # before the first day of the calendar, or after its last
        return None
    return {"start": f"{_write_day(moment)}T{moment:%H%M%S}Z"}


def _write_day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def write_entry(plain: Mapping[str, Plain]) -> str:
    """Write what `compose_entry` gave as a VEVENT, with the breaks at the ends of its lines."""
    return "".join(f"{fold(line)}\r\n" for line in _lines(plain))


def _lines(plain: Mapping[str, Plain]) -> Iterator[str]:
    kind = "" if "T" in plain["start"] else ";VALUE=DATE"
    yield "BEGIN:VEVENT"
    yield f"UID:{plain['uid']}"
    yield f"DTSTAMP:{plain['stamp']}T000000Z"
    yield f"DTSTART{kind}:{plain['start']}"
    if "end" in plain:
        yield f"DTEND{kind}:{plain['end']}"
    yield f"SUMMARY:{escape_text(tidy(plain['summary']))}"
    yield f"DESCRIPTION:{escape_text(chr(10).join(map(tidy, plain['description'])))}"
    if plain["location"]:
        yield f"LOCATION:{escape_text(tidy(plain['location']))}"
    yield f"URL:{tidy(plain['url'])}"
    if plain["status"]:
        yield f"STATUS:{plain['status']}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escape_text(text: str) -> str:
    r"""Write a value of the type TEXT (RFC 5545, 3.3.11): a backslash before `\`, `;` and `,`, and `\n` for the end of a line."""
    return text.translate(_ESCAPES)


def fold(line: str) -> str:
    """Break a line after 75 octets at most, and never within a character; what goes on begins with a blank (RFC 5545, 3.1)."""
    octets = line.encode()
    if len(octets) <= _LONGEST:
        return line
    pieces, start, room = [], 0, _LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] in _WITHIN:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LONGEST - 1
    return b"\r\n ".join((*pieces, octets[start:])).decode()


def _compose(library: Library, _views: Views, _kind: str, one: str) -> Plain:
    return compose_entry(library, library.events[one])


def _lay_out(settings: Settings, _today: date) -> tuple[Section, ...]:
    title = escape_text(tidy(settings.title))
    licence = f"{settings.description} Licence: {settings.licence.name}, {settings.licence.url}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        f"DESCRIPTION:{escape_text(tidy(licence))}",
        f"URL:{settings.address}{page_url(TIMELINE)}",
    )
    return (Section(("event",), "".join(f"{fold(line)}\r\n" for line in lines), "END:VCALENDAR\r\n"),)


CALENDAR = Collection(
    "data/events.ics",
    Offer(
        "Calendar of events",
        "Events for calendar programs (iCalendar, RFC 5545), with how far each came. Only events whose dates are days or clock times are in it; "
        "months, years, open ends and dates that are approximate or uncertain are left out.",
        "For timelines and calendars",
        "Subscribe to events.ics by its address in a calendar program.",
    ),
    _compose,
    write_entry,
    _lay_out,
)
