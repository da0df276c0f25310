"""Timelines: every event in order, whole, per topic and per entity, grouped by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import dates
from generator.derive.naming import name_record
from generator.pages.lines import TIMELINE_FROM, EventLine, event_line, link_to, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import TIMELINE, Link, timeline_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Year:
    """The events that begin in one year.

    Attributes:
        id: an anchor.
        title: the year, or what stands for it where the start is open.
        events: in order.
    """

    id: str
    title: str
    events: tuple[EventLine, ...]


def group_by_year(events: Iterable[EventLine]) -> tuple[Year, ...]:
    """Group events by the year in which they begin; those with an open start stand before all years."""
    groups: dict[str, list[EventLine]] = {}
    for event in events:
        years = dates.years(event.when) if event.when.earliest else ()
        groups.setdefault(str(years[0]) if years else "", []).append(event)
    return tuple(
        Year(f"y{year}" if year else "open", year or "Start unknown", tuple(found)) for year, found in groups.items()
    )


def _phases(site: Site, events: tuple[EventLine, ...]) -> tuple[tuple[str, Term, int], ...]:
    counts: dict[str, int] = {}
    for event in events:
        counts[event.phase] = counts.get(event.phase, 0) + 1
    phases = site.library.vocabulary.phases
    return tuple((word, term, counts[word]) for word, term in phases.items() if word in counts)


def _of_topics(site: Site) -> tuple[Link, ...]:
    """Link to the timelines of the topics, by the topics' names."""
    return tuple(
        Link(timeline_path("topic", one), topic.title)
        for one, topic in site.library.topics.items()
        if timeline_link(site, "topic", one)
    )


def _plan(
    site: Site, path: str, title: str, ids: tuple[str, ...], *, of: Link | None = None, others: tuple[Link, ...] = ()
) -> PlannedPage:
    events = tuple(event_line(site, one) for one in ids)
    return plan_page(
        path,
        "timeline",
        title,
        kind="timeline",
        description=f"{title}: {len(events)} events in order, each with the claims it rests on.",
        crumbs=() if path == TIMELINE else (Link(TIMELINE, "Timeline"),),
        of=of,
        others=others,
        whole=Link(TIMELINE, "Timeline"),
        total=len(events),
        phases=_phases(site, events),
        years=group_by_year(events),
    )


def plan_timelines(site: Site) -> Iterator[PlannedPage]:
    """Plan the whole timeline, one for each topic with events, and one for each entity with two or more."""
    timelines, library = site.views.timelines, site.library
    yield _plan(site, TIMELINE, "Timeline", timelines.every, others=_of_topics(site))
    for topic in library.topics:
        if timelines.of_topic.get(topic):
            title = f"Timeline: {name_record(library, 'topic', topic)}"
            yield _plan(
                site, timeline_path("topic", topic), title, timelines.of_topic[topic], of=link_to(site, "topic", topic)
            )
    for entity in library.entities:
        ids = timelines.of_entity.get(entity, ())
        if len(ids) >= TIMELINE_FROM:
            title = f"Timeline: {name_record(library, 'entity', entity)}"
            yield _plan(site, timeline_path("entity", entity), title, ids, of=link_to(site, "entity", entity))
