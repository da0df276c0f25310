"""The page of an entity: who or what it is, whose voice it speaks with, and every record that names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.voices import affiliations_of, explain_voice
from generator.pages.lines import link_to, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import list_referrers
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
        referrers=list_referrers(site, "entity", entity.id),
        contact=site.library.settings.contact,
    )
