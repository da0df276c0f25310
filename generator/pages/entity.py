"""The page of an entity: who or what it is, whose voice it speaks with, its events, and every record that names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.voices import affiliations_of, explain_voice
from generator.pages.lanes import entries_of, lanes_payload
from generator.pages.lines import link_to, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import further_of, list_referrers
from generator.paths import ENTITIES, Link, page_path

if TYPE_CHECKING:
    from generator.dates import When
    from generator.records import Entity

TYPES = {
    "person": ("Person", "People"),
    "organisation": ("Organisation", "Organisations"),
    "outlet": ("Outlet", "Outlets"),
    "place": ("Place", "Places"),
    "document": ("Document", "Documents"),
}
"""Type of an entity in the singular and plural, in the order of the list."""

_MOST_EVENTS = 12
"""So many events, the latest, stand on an entity's page; its timeline has them all."""
_TOOK_PART = frozenset({"involves", "where"})


@dataclass(frozen=True, slots=True)
class Backing:
    """Somebody who stands behind an entity."""

    words: str
    who: Link
    since: When | None
    until: When | None


def plan_entity(site: Site, entity: Entity) -> PlannedPage:
    """Plan the page of one entity."""
    singular, plural = TYPES[entity.type]
    ids = site.views.timelines.of_entity.get(entity.id, ())
    events = entries_of(site, ids[-_MOST_EVENTS:], first=max(1, len(ids) - _MOST_EVENTS + 1)) if len(ids) > 1 else ()
    listed = _TOOK_PART if 0 < len(events) == len(ids) else ()
    referrers = list_referrers(site, "entity", entity.id, listed)
    return plan_page(
        page_path("entity", entity.id),
        "entity",
        entity.name,
        kind="entity",
        description=entity.description or f"{singular}: what it said, what is said of it, and where it stands.",
        crumbs=(Link(ENTITIES, "People and organisations"), Link(ENTITIES, plural, plural.lower())),
        facets={"kind": [singular], "entity": [entity.name]},
        entity=entity,
        type=singular,
        backing=tuple(
            Backing(a.words, link_to(site, "entity", a.who), a.since, a.until)
            for a in affiliations_of(site.library, entity.id)
        ),
        voice=explain_voice(site.library, entity.id),
        timeline=timeline_link(site, "entity", entity.id),
        events=events,
        events_total=len(ids),
        lanes=lanes_payload(site, events, title=f"Events with {entity.name}"),
        referrers=referrers,
        further=further_of(referrers),
        contact=site.library.settings.contact,
    )
