"""Timelines: every event in order, whole, per year, per topic and per entity; a long one is split by year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.derive import count
from generator.derive.naming import name_record
from generator.derive.timeline import first_year
from generator.pages.choices import filters_payload
from generator.pages.lanes import Entry, entries_of, facets_of, lanes_payload, tell_in_full
from generator.pages.lines import link_to, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import TIMELINE, Link, timeline_path, year_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.vocabulary import Term

MOST = 100
"""A page lists at most so many events; a longer timeline has a page for each year and lists the last year only."""
LIST = "events-list"
"""The id of the container that holds a list of events, for its filters."""
_ORDERS = (("", "In order of time"), ("-number", "Latest first"))
_MOST_TIMELINES = 24
_OPEN = "Start unknown"


@dataclass(frozen=True, slots=True)
class Year:
    """The events of a list that begin in one year.

    Attributes:
        id: an anchor.
        title: the year, or what stands for it where the start is open.
        events: in order.
        page: the year's own page, where it has one.
    """

    id: str
    title: str
    events: tuple[Entry, ...]
    page: Link | None


@dataclass(frozen=True, slots=True)
class _Timeline:
    """A timeline with all its pages.

    Attributes:
        path: of its first page.
        title: of its first page.
        ids: its events in order.
        of: what it is the timeline of; None for the whole one.
        by_year: whether each year has a page.
    """

    path: str
    title: str
    ids: tuple[str, ...]
    of: Link | None
    by_year: bool


def group_by_year(site: Site, entries: Sequence[Entry], timeline: str = "") -> tuple[Year, ...]:
    """Group events by the year in which they begin; those with an open start stand before all years.

    Args:
        site: the records and views.
        entries: the events in order.
        timeline: the path of the timeline whose years have pages of their own; the empty string where they have none.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(first_year(site.library.events[entry.id]), []).append(entry)
    return tuple(
        Year(
            f"y{year}" if year else "open",
            year or _OPEN,
            tuple(found),
            Link(year_path(timeline, year), year or _OPEN) if timeline else None,
        )
        for year, found in groups.items()
    )


def cut(site: Site, ids: Sequence[str], most: int) -> tuple[str, ...]:
    """Choose the events that a page lists: all, or where there are more than `most` those of the last year."""
    if len(ids) <= most:
        return tuple(ids)
    last = first_year(site.library.events[ids[-1]])
    return tuple(one for one in ids if first_year(site.library.events[one]) == last)[-most:]


def index_years(site: Site, ids: Sequence[str], timeline: str) -> tuple[tuple[Link, int], ...]:
    """Link to the page of each year of a timeline, with the number of events that begin in it."""
    counts: dict[str, int] = {}
    for one in ids:
        year = first_year(site.library.events[one])
        counts[year] = counts.get(year, 0) + 1
    return tuple((Link(year_path(timeline, year), year or _OPEN), number) for year, number in counts.items())


def filters_of(site: Site, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Write the filters of a list of events that stands in the container `LIST`."""
    return filters_payload(
        [entry.item for entry in entries],
        facets_of(site, entries),
        target=LIST,
        one="event",
        many="events",
        orders=_ORDERS,
    )


def _phases(site: Site, entries: Sequence[Entry]) -> tuple[tuple[str, Term, int], ...]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.phase] = counts.get(entry.phase, 0) + 1
    phases = site.library.vocabulary.phases
    return tuple((word, term, counts[word]) for word, term in phases.items() if word in counts)


def _of_topics(site: Site) -> tuple[Link, ...]:
    """Link to the timelines of the first topics, by the topics' names; the list of fact sheets has the others."""
    links = (
        Link(timeline_path("topic", one), topic.title)
        for one, topic in site.library.topics.items()
        if timeline_link(site, "topic", one)
    )
    return tuple(links)[:_MOST_TIMELINES]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of a timeline.

    Attributes:
        ids: the events it lists, in order.
        first: the number of the first of them.
        year: the year it is of, in words; empty for the timeline's first page.
        path: where it goes.
        beside: the pages before and after.
        index: the pages of all years, with their numbers of events.
    """

    ids: tuple[str, ...]
    first: int
    year: str
    path: str
    beside: tuple[Link, ...] = ()
    index: tuple[tuple[Link, int], ...] = ()


def _pages(site: Site, timeline: _Timeline, most: int) -> Iterator[_Page]:
    """Divide a timeline into its first page and, where it has them, those of its years."""
    years = index_years(site, timeline.ids, timeline.path) if timeline.by_year else ()
    shown = cut(site, timeline.ids, most)
    yield _Page(shown, len(timeline.ids) - len(shown) + 1, "", timeline.path, index=years)
    start, pages = 0, []
    for link, number in years:
        ids = timeline.ids[start : start + number]
        pages += [_part(link, ids, first, most) for first in range(0, number, most)]
        start += number
    links = [Link(page.path, page.year) for page in pages]
    for place, page in enumerate(pages):
        yield replace(page, beside=tuple(links[at] for at in (place - 1, place + 1) if 0 <= at < len(links)))


def _part(year: Link, ids: tuple[str, ...], first: int, most: int) -> _Page:
    """Give the page of a year; one with too many events goes on in `2025/2.md`."""
    chunk = ids[first : first + most]
    path = f"{year.path.removesuffix('.md')}/{first // most + 1}.md" if first else year.path
    name = year.label if len(ids) <= most else f"{year.label} ({first + 1:,}–{first + len(chunk):,})"
    return _Page(chunk, first + 1, name, path)


def _plan(site: Site, timeline: _Timeline, page: _Page) -> PlannedPage:
    entries = tell_in_full(site, entries_of(site, page.ids, first=page.first))
    title = f"{timeline.title}, {page.year}" if page.year else timeline.title
    of, whole = timeline.of, Link(TIMELINE, "Timeline")
    total = len(page.ids) if page.year else len(timeline.ids)
    above = Link(timeline.path, of.label if of else timeline.title)
    return plan_page(
        page.path,
        "timeline",
        title,
        kind="timeline",
        description=f"{title}: {count(total, 'event', 'events')} in order, each with the claims it rests on.",
        crumbs=[link for link in dict.fromkeys((whole, above)) if link.path != page.path],
        scripts=("lists",),
        heading=page.year or above.label,
        of=of,
        year=page.year,
        begins=not page.year.startswith(_OPEN),
        above=above,
        whole=whole,
        beside=page.beside,
        others=() if of or page.year else _of_topics(site),
        total=total,
        is_cut=len(page.ids) < total,
        index=page.index,
        phases=_phases(site, entries),
        lanes=lanes_payload(site, entries, title=title),
        filters=filters_of(site, entries),
        list_id=LIST,
        years=group_by_year(site, entries, timeline.path if page.index else ""),
    )


def plan_timeline(site: Site, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the whole timeline and its years; `most` as in `plan_timeline_of`."""
    whole = _Timeline(TIMELINE, "Timeline", site.views.timelines.every, None, by_year=True)
    yield from (_plan(site, whole, page) for page in _pages(site, whole, most))


def plan_timeline_of(site: Site, kind: str, one: str, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the timeline of a topic with events, or of an entity with two or more.

    Args:
        site: the records and views.
        kind: `topic` or `entity`.
        one: its id.
        most: so many events may stand on the first page of a timeline; one of a topic or entity with more has years too.
    """
    if timeline_link(site, kind, one) is None:
        return
    ids = (site.views.timelines.of_topic if kind == "topic" else site.views.timelines.of_entity)[one]
    title, link = f"Timeline: {name_record(site.library, kind, one)}", link_to(site, kind, one)
    timeline = _Timeline(timeline_path(kind, one), title, ids, link, by_year=len(ids) > most)
    yield from (_plan(site, timeline, page) for page in _pages(site, timeline, most))
