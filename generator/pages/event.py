"""The page of an event: when, where, who, and the claims and evidence it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import dates
from generator.derive import Cited
from generator.derive.naming import name_record
from generator.pages.citations import cite
from generator.pages.facets import year_words
from generator.pages.lines import claim_lines, event_line, link_to, links_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import list_referrers
from generator.paths import TIMELINE, Link, page_path

if TYPE_CHECKING:
    from generator.pages.lines import EventLine
    from generator.records import Event


def _neighbours(site: Site, event: Event) -> tuple[EventLine | None, EventLine | None]:
    """Find the events before and after this one: on the timeline of its first topic, or on the whole one."""
    timelines = site.views.timelines
    order = timelines.of_topic[event.topics[0]] if event.topics else timelines.every
    place = order.index(event.id)
    before = event_line(site, order[place - 1]) if place else None
    after = event_line(site, order[place + 1]) if place + 1 < len(order) else None
    return before, after


def plan_event(site: Site, event: Event) -> PlannedPage:
    """Plan the page of one event."""
    library = site.library
    phase = library.vocabulary.phases[event.phase]
    when = dates.humanize(event.when)
    before, after = _neighbours(site, event)
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
        before=before,
        after=after,
        contact=library.settings.contact,
        referrers=list_referrers(site, "event", event.id),
    )
