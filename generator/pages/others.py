"""The remaining pages: data, search, pages written by hand, and the signposts at old addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.naming import name_record
from generator.pages.lines import link_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import CLAIMS, DATA, ENTITIES, SEARCH, SOURCES, TIMELINE, Link, hand_page_path, page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Download:
    """A data file that is published beside the pages.

    Attributes:
        path: relative to the folder of pages, such as `data/records.json`.
        title: what it is called.
        description: one sentence.
        size: in bytes.
    """

    path: str
    title: str
    description: str
    size: int


def plan_data(site: Site, downloads: Sequence[Download]) -> PlannedPage:
    """Plan the page of downloads."""
    return plan_page(
        DATA,
        "data",
        "Data",
        kind="data",
        description="Every record of this site as open data, with its schema.",
        settings=site.library.settings,
        downloads=tuple((Link(file.path, file.title), file) for file in downloads),
    )


def plan_search(site: Site) -> PlannedPage:
    """Plan the search page; the theme draws its form and a script of our own fills it."""
    return plan_page(
        SEARCH,
        "search",
        "Search",
        kind="search",
        description="Search claims, events, sources and names.",
        scripts=("search",),
        lists=(
            (Link(CLAIMS, "Claims"), len(site.library.claims)),
            (Link(TIMELINE, "Timeline"), len(site.library.events)),
            (Link(ENTITIES, "People, organisations, outlets and places"), len(site.library.entities)),
            (Link(SOURCES, "Sources"), len(site.library.sources)),
        ),
    )


def plan_hand_pages(site: Site) -> Iterator[PlannedPage]:
    """Plan the pages written by hand."""
    for page, _ in site.library.pages:
        yield plan_page(
            hand_page_path(page.id),
            "hand",
            page.title,
            kind="page",
            description=page.description or "",
            facets={"kind": ["Page"]},
            page=page,
        )


def plan_signposts(site: Site) -> Iterator[PlannedPage]:
    """Plan a page at each old address that says where the record went."""
    for (kind, old), new in sorted(site.library.redirects.items()):
        yield plan_page(
            page_path(kind, old),
            "moved",
            f"Moved: {old} is now {name_record(site.library, kind, new)}",
            kind="moved",
            moved_to=page_url(page_path(kind, new)),
            crumbs=(),
            target=link_to(site, kind, new),
        )
