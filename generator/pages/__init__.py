"""Planning: every page of the site with its path, its template and all that the template may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.naming import name_sources
from generator.pages.as_of import plan_as_of
from generator.pages.claim import plan_claim
from generator.pages.contradictions import plan_contradictions
from generator.pages.desk import plan_desk
from generator.pages.entity import plan_entity
from generator.pages.event import plan_event
from generator.pages.front import plan_corrections, plan_home
from generator.pages.lists import plan_lists
from generator.pages.method import RuleWords, plan_method
from generator.pages.others import Download, plan_data, plan_hand_pages, plan_search, plan_signposts
from generator.pages.planned import PlannedPage, Site
from generator.pages.source import plan_source
from generator.pages.timeline import plan_timelines
from generator.pages.topic import plan_topic, plan_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.derive import Views
    from generator.link import Library

__all__ = ["Download", "PlannedPage", "plan"]


def plan(
    library: Library,
    views: Views,
    rules: Sequence[RuleWords],
    downloads: Sequence[Download] = (),
    *,
    preview: bool = False,
) -> tuple[PlannedPage, ...]:
    """Plan every page of the site.

    Args:
        library: the linked records; references that lead nowhere are errors before this stage.
        views: what follows from them.
        rules: the table of rules, for the Method page.
        downloads: the data files that are published beside the pages.
        preview: whether to plan what only the preview has: the desk.
    """
    site = Site(library, views, name_sources(library))
    return (
        plan_home(site),
        plan_topics(site),
        *(plan_topic(site, topic) for topic in library.topics.values()),
        *plan_as_of(site),
        *plan_timelines(site),
        *plan_lists(site),
        *(plan_claim(site, claim) for claim in library.claims.values()),
        *(plan_source(site, source) for source in library.sources.values()),
        *(plan_event(site, event) for event in library.events.values()),
        *(plan_entity(site, entity) for entity in library.entities.values()),
        *plan_contradictions(site),
        *plan_corrections(site),
        plan_method(site, rules),
        plan_data(site, downloads),
        plan_search(site),
        *plan_hand_pages(site),
        *plan_signposts(site),
        *((plan_desk(site),) if preview else ()),
    )
