"""Events as slides of TimelineJS3: all in one file, and those of each fact sheet and name by themselves.

The form is the JSON of TimelineJS3 (https://timeline.knightlab.com/docs/json-format.html). It knows years, months, days and
clock times, so what it is given is no more precise than what was typed, and our own wording stands beside it as `display_date`.
An event whose start is open or unknown has no slide, since a slide without a start is none; a season is the months that it has
on the site's own timeline. Where the EDTF that was typed cannot be read off the dates (`~`, `?`, open ends, zones), it stands in the field
`edtf`. A clock time is given as typed, since TimelineJS knows no zones.

The text of a slide is the summary, as its words alone; how far the event came, unless it took place; and a link to its page: a paragraph
each. The field `phase` has the word for that. TimelineJS passes over `phase` and `edtf`; they let a program read back what was typed.
"""

from __future__ import annotations

import json
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator import dates
from generator.dates.parsing import read_unit, split_interval
from generator.derive import count
from generator.derive.naming import name_record
from generator.derive.timeline import ENTITY_FROM
from generator.dialect import prose_plain
from generator.dialect.escaping import tidy
from generator.exports.published import Collection, Leaf, LeafFile, Offer, list_sections, write_item
from generator.paths import TIMELINE, page_path, page_url, timeline_path
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from generator.dates import Precision, When
    from generator.dates.parsing import Unit
    from generator.derive import Views
    from generator.exports.published import Plain, Section
    from generator.link import Library
    from generator.records import Event
    from generator.settings import Settings

DONE = "done"
"""The phase of which nothing has to be said: whatever else an event is, stands on it in words."""
_TITLE = "title-"
"""The id of the first slide; no event can have it, as no id ends in a hyphen."""
_DAY = ("year", "month", "day")
_KNOWN: Mapping[Precision, int] = MappingProxyType(
    {"minute": 3, "day": 3, "month": 2, "season": 2, "year": 1, "interval": 1}
)
"""How much of a day was typed; a season is given as months, a decade as years."""
_STRETCHES = frozenset({"season", "interval"})
"""What needs an end although it was typed as one date."""
_CLOCK = ("hour", "minute", "second")


def compose_slide(library: Library, event: Event) -> dict[str, Plain] | None:
    """Say what stands on the slide of an event, no text escaped yet; None where its start is not known."""
    span = date_slide(event.when)
    if span is None:
        return None
    phase = library.vocabulary.phases[event.phase]
    said: dict[str, Plain] = {"unique_id": event.id, **span, "phase": event.phase, "group": phase.label}
    said["headline"] = event.title
    if event.summary:
        said["summary"] = prose_plain(event.summary)
    if event.phase != DONE:
        said["came"] = f"{phase.label}: {phase.definition}"
    return {**said, "url": _address(library.settings, page_path("event", event.id))}


def date_slide(when: When) -> dict[str, Plain] | None:
    """Give the dates of a slide.

    Returns:
        `start_date`, `end_date` where there is an end of its own, `display_date` in our words, and `edtf` where the dates alone do
        not give back what was typed; None where the start is open or unknown.
    """
    first, last = split_interval(when.text) if "/" in when.text else (read_unit(when.text), None)
    if first is None:
        return None
    start, end = _begin(first), _finish(last or first)
    dated: dict[str, Plain] = {"start_date": start}
    if last is not None:
        # From 23 May 2025 to May 2025: TimelineJS reads the end as 1 May.
        is_behind = last.precision == first.precision or _first_day(end) > _first_day(start)
        dated["end_date"] = end if is_behind else _days(last.last, 3)
    elif "/" not in when.text and first.precision in _STRETCHES:
        dated["end_date"] = end
    dated["display_date"] = dates.humanize(when)
    if "/".join(_spell(dated[name]) for name in ("start_date", "end_date") if name in dated) != when.text:
        dated["edtf"] = when.text
    return dated


def _begin(unit: Unit) -> dict[str, int]:
    """Give where a date begins, in the units that were typed."""
    parts = _days(unit.first, _KNOWN[unit.precision])
    if unit.clock:
        time = unit.clock.removesuffix("Z").partition("+")[0].partition("-")[0]
        parts |= dict(zip(_CLOCK, map(int, time.split(":")), strict=False))
    return parts


def _finish(unit: Unit) -> dict[str, int]:
    """Give where a date ends, in the units that were typed; TimelineJS counts the end as part of it."""
    return _days(unit.last, _KNOWN[unit.precision])


def _days(day: date, known: int) -> dict[str, int]:
    return dict(zip(_DAY[:known], (day.year, day.month, day.day), strict=False))


def _first_day(parts: Mapping[str, int]) -> tuple[int, ...]:
    """Give the day that TimelineJS takes dates for."""
    return tuple(parts.get(name, 1) for name in _DAY)


def _spell(parts: Mapping[str, int]) -> str:
    """Write dates of a slide as EDTF."""
    day = "-".join((f"{parts['year']:04}", *(f"{parts[name]:02}" for name in _DAY[1:] if name in parts)))
    time = ":".join(f"{parts[name]:02}" for name in _CLOCK if name in parts)
    return f"{day}T{time}" if time else day


def _address(settings: Settings, path: str) -> str:
    return f"{settings.address}{page_url(path)}"


def lay_out_slide(plain: Mapping[str, Plain]) -> dict[str, Plain]:
    """Write what `compose_slide` gave as TimelineJS has it, in which headline and text are HTML."""
    paragraphs = [_escape(plain[name]) for name in ("summary", "came") if name in plain]
    dated = {name: plain[name] for name in ("start_date", "end_date", "display_date", "edtf") if name in plain}
    return {
        "unique_id": plain["unique_id"],
        **dated,
        "phase": plain["phase"],
        # TimelineJS takes markup off this field, which undoes escapes, and then sets it as HTML: so it is escaped for both.
        "group": _escape(_escape(plain["group"])),
        "text": _text(plain["headline"], (*paragraphs, _link(plain["url"], "What it rests on"))),
        "autolink": False,
    }


def _lay_out_title(plain: Mapping[str, Plain]) -> dict[str, Plain]:
    paragraphs = [_escape(plain[name]) for name in ("question", "left_out") if name in plain]
    link = _link(plain["url"], f"This timeline with its sources: {plain['site']}")
    return {"unique_id": _TITLE, "text": _text(plain["headline"], (*paragraphs, link)), "autolink": False}


def _text(headline: str, paragraphs: Iterable[str]) -> dict[str, str]:
    return {"headline": _escape(headline), "text": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)}


def _escape(text: str) -> str:
    return escape(tidy(text), quote=False)


def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{_escape(label)}</a>'


def _head(settings: Settings, title: Mapping[str, Plain]) -> dict[str, Plain]:
    """Write what stands before the slides; TimelineJS passes over the publisher and the licence."""
    return {
        "publisher": settings.publisher,
        "licence": settings.licence.model_dump(),
        "scale": "human",
        "title": _lay_out_title(title),
    }


def _compose(library: Library, _views: Views, _kind: str, one: str) -> Plain:
    return compose_slide(library, library.events[one])


def _write(plain: Plain) -> str:
    return write_item(lay_out_slide(plain))


def _lay_out(settings: Settings, _today: date) -> tuple[Section, ...]:
    title = {
        "headline": settings.title,
        "question": settings.description,
        "url": _address(settings, TIMELINE),
        "site": settings.title,
    }
    return list_sections(_head(settings, title), {"events": ("event",)})


def _make(library: Library, kind: str, one: str, ids: tuple[str, ...]) -> Iterator[LeafFile]:
    slides = [slide for event in ids if (slide := compose_slide(library, library.events[event])) is not None]
    if not slides:
        return
    settings, left_out = library.settings, len(ids) - len(slides)
    title: dict[str, Any] = {"headline": name_record(library, kind, one)}
    if kind == "topic":
        title["question"] = library.topics[one].question
    if left_out:
        title["left_out"] = f"{count(left_out, 'event', 'events')} left out: the start is not known."
    title |= {"url": _address(settings, timeline_path(kind, one)), "site": settings.title}
    whole = {**_head(settings, title), "events": [lay_out_slide(slide) for slide in slides]}
    yield LeafFile(
        f"data/timelines/{FOLDERS[kind]}/{one}.json",
        json.dumps(whole, ensure_ascii=False, indent=1) + "\n",
        {"title": title, "slides": slides},
    )


def _make_of_topic(library: Library, views: Views, one: str) -> Iterator[LeafFile]:
    yield from _make(library, "topic", one, views.timelines.of_topic[one])


def _make_of_entity(library: Library, views: Views, one: str) -> Iterator[LeafFile]:
    ids = views.timelines.of_entity[one]
    if len(ids) >= ENTITY_FROM:
        yield from _make(library, "entity", one, ids)


_GROUP = "For timelines and calendars"
_WAY = 'new TL.Timeline("timeline", "{}", {{font: null}})'

ALL_EVENTS = Collection(
    "data/timelines/all.json",
    Offer(
        "All events for TimelineJS",
        "Every event whose start is known as a slide of TimelineJS3, with its date in our words, how far it came, and a link to its page. "
        "TimelineJS puts them in order itself. It is made for some dozens; hundreds are hard to read.",
        _GROUP,
        _WAY.format("all.json"),
    ),
    _compose,
    _write,
    _lay_out,
    ",",
)

TIMELINES: tuple[Leaf, ...] = (
    Leaf(
        "timeline topic",
        Offer(
            "The timeline of each fact sheet for TimelineJS",
            "The events of one fact sheet in order, as slides of TimelineJS3; the first slide says how many had to be left out for want of a start.",
            _GROUP,
            _WAY.format("ID.json"),
            "data/timelines/topics/ID.json",
        ),
        _make_of_topic,
        lambda library: library.topics,
    ),
    Leaf(
        "timeline entity",
        Offer(
            "The timeline of each name for TimelineJS",
            "The same for each name that has a timeline on this site: that it is involved in an event, or that it took place there.",
            _GROUP,
            _WAY.format("ID.json"),
            "data/timelines/entities/ID.json",
        ),
        _make_of_entity,
        lambda library: library.entities,
    ),
)
