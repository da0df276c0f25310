"""What is planned in one go: a record's page, a list with its parts, a fact sheet day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.checks import RULES
from generator.pages.as_of import plan_as_of
from generator.pages.claim import plan_claim
from generator.pages.contradictions import plan_contradictions, plan_matrix
from generator.pages.desk import plan_desk
from generator.pages.entity import plan_entity
from generator.pages.event import plan_event
from generator.pages.explorer import NO_SHEET, plan_claims, plan_claims_of
from generator.pages.front import plan_corrections, plan_home
from generator.pages.lists import plan_entities, plan_events, plan_sources
from generator.pages.method import plan_method
from generator.pages.others import plan_hand_pages, plan_search, plan_signposts
from generator.pages.source import plan_source
from generator.pages.timeline import plan_timeline, plan_timeline_of
from generator.pages.topic import plan_topic, plan_topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.link import Library
    from generator.pages.planned import PlannedPage, Site

UnitName = tuple[str, str]
"""A planner and what it plans: `("claim", "bridge-closed")`; the second is empty where there is one of the kind only."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans one kind of page.

    Attributes:
        name: what is planned.
        plan: gives the pages for a key.
        keys: lists the keys; one empty key where there is nothing to list.
    """

    name: str
    plan: Callable[[Site, str], Iterable[PlannedPage]]
    keys: Callable[[Library], Iterable[str]] = lambda _: ("",)


PLANNERS = (
    Planner("home", lambda site, _: (plan_home(site),)),
    Planner("topics", lambda site, _: plan_topics(site)),
    Planner("topic", lambda site, one: (plan_topic(site, site.library.topics[one]),), lambda library: library.topics),
    Planner("as-of", lambda site, one: plan_as_of(site, site.library.topics[one]), lambda library: library.topics),
    Planner("timeline", lambda site, _: plan_timeline(site)),
    Planner(
        "timeline-of-topic", lambda site, one: plan_timeline_of(site, "topic", one), lambda library: library.topics
    ),
    Planner(
        "timeline-of-entity", lambda site, one: plan_timeline_of(site, "entity", one), lambda library: library.entities
    ),
    Planner("claims", lambda site, _: plan_claims(site)),
    Planner("claims-of", plan_claims_of, lambda library: (*library.topics, NO_SHEET)),
    Planner("sources", lambda site, _: plan_sources(site)),
    Planner("entities", lambda site, _: plan_entities(site)),
    Planner("events", lambda site, _: (plan_events(site),)),
    Planner("claim", lambda site, one: (plan_claim(site, site.library.claims[one]),), lambda library: library.claims),
    Planner(
        "source", lambda site, one: (plan_source(site, site.library.sources[one]),), lambda library: library.sources
    ),
    Planner("event", lambda site, one: (plan_event(site, site.library.events[one]),), lambda library: library.events),
    Planner(
        "entity", lambda site, one: (plan_entity(site, site.library.entities[one]),), lambda library: library.entities
    ),
    Planner("matrix", lambda site, one: plan_matrix(site, site.library.topics[one]), lambda library: library.topics),
    Planner("contradictions", lambda site, _: plan_contradictions(site)),
    Planner("corrections", lambda site, _: plan_corrections(site)),
    Planner("method", lambda site, _: (plan_method(site, RULES),)),
    Planner("search", lambda site, _: (plan_search(site),)),
    Planner("hand", lambda site, _: plan_hand_pages(site)),
    Planner("signposts", lambda site, _: plan_signposts(site)),
)
"""Every planner, in the order of the site."""

DESK = Planner("desk", lambda site, _: (plan_desk(site),))
"""What only the preview has."""

_BY_NAME = {planner.name: planner for planner in (*PLANNERS, DESK)}


def list_units(library: Library, *, preview: bool = False) -> Iterator[UnitName]:
    """List what there is to plan.

    Args:
        library: the linked records.
        preview: whether to plan what only the preview has.
    """
    for planner in (*PLANNERS, DESK) if preview else PLANNERS:
        yield from ((planner.name, key) for key in planner.keys(library))


def plan_unit(site: Site, unit: UnitName) -> Iterable[PlannedPage]:
    """Plan the pages of one unit."""
    name, key = unit
    return _BY_NAME[name].plan(site, key)
