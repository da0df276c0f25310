"""The page of an event: when, where, who, the claims and evidence it rests on, its parts and what happened around it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from generator import dates
from generator.derive import Cited
from generator.derive.naming import name_record
from generator.pages.citations import cite
from generator.pages.cite import cite_event
from generator.pages.facets import year_words
from generator.pages.lanes import entries_of, lanes_payload
from generator.pages.lines import claim_lines, link_to, links_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import further_of, list_referrers
from generator.paths import TIMELINE, Link, page_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.pages.lanes import Entry
    from generator.records import Event

_BESIDE = 3
"""So many events before and after it stand on an event's page."""
_FEW, _MOST_PARTS = 2, 40


def _parts(site: Site, event: Event) -> tuple[Entry, ...]:
    """List the parts of an event, where they are more than one and not too many for its page."""
    ids = site.views.timelines.parts_of.get(event.id, ())
    return entries_of(site, ids) if _FEW <= len(ids) <= _MOST_PARTS else ()


def _around(site: Site, event: Event, parts: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """List the events around this one, it among them: on the timeline of its first topic, or on the whole one."""
    timelines = site.views.timelines
    every = timelines.of_topic[event.topics[0]] if event.topics else timelines.every
    place = _find_place(site, every, event)
    reach = _BESIDE + len(parts)
    shown = {part.id for part in parts}
    before = [one for one in every[max(0, place - reach) : place] if one not in shown]
    after = [one for one in every[place + 1 : place + reach + 1] if one not in shown]
    ids = [*before[-_BESIDE:], event.id, *after[:_BESIDE]]
    return entries_of(site, ids, here=event.id) if len(ids) >= _FEW else ()


def _find_place(site: Site, order: Sequence[str], event: Event) -> int:
    """Find an event in the order of time without a look at all of it: a timeline is as long as the site is large."""
    events = site.library.events
    first = bisect_left(order, dates.sort_key(event.when), key=lambda one: dates.sort_key(events[one].when))
    return order.index(event.id, first)


def plan_event(site: Site, event: Event) -> PlannedPage:
    """Plan the page of one event."""
    library = site.library
    phase = library.vocabulary.phases[event.phase]
    when = dates.humanize(event.when)
    parts = _parts(site, event)
    around = _around(site, event, parts)
    referrers = list_referrers(site, "event", event.id, {"part_of"} if parts else ())
    return plan_page(
        page_path("event", event.id),
        "event",
        event.title,
        kind="event",
        description=f"{when[:1].upper()}{when[1:]}. {phase.label}. {event.summary or ''}",
        crumbs=(Link(TIMELINE, "Timeline"),),
        facets={
            "kind": ["Event"],
            "topic": [library.topics[one].title for one in event.topics],
            "entity": [name_record(library, "entity", one) for one in event.involves],
            "year": year_words(event.when),
        },
        event=event,
        phase=phase,
        where=link_to(site, "entity", event.where) if event.where else None,
        involves=links_to(site, "entity", event.involves),
        topics=links_to(site, "topic", event.topics),
        part_of=link_to(site, "event", event.part_of) if event.part_of else None,
        rests_on=claim_lines(site, event.rests_on),
        evidence=tuple(
            (library.vocabulary.stances[item.stance], cite(site, Cited("event", event.id, "evidence", index), item))
            for index, item in enumerate(event.evidence)
        ),
        parts=parts,
        around=around,
        lanes=lanes_payload(site, parts or around, title=f"Parts of: {event.title}" if parts else "Before and after"),
        cites=cite_event(site, event),
        contact=library.settings.contact,
        referrers=referrers,
        further=further_of(referrers),
    )
