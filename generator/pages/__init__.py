"""Planning: every page of the site with its path, its template and all that the template may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages.others import Download, plan_data
from generator.pages.planned import PlannedPage, Site
from generator.pages.units import UnitName, list_units, plan_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.derive import Views
    from generator.link import Library

__all__ = ["Download", "PlannedPage", "Site", "UnitName", "list_units", "open_site", "plan", "plan_data", "plan_one"]


def open_site(library: Library, views: Views) -> Site:
    """Give what every planner works from.

    Args:
        library: the linked records; references that lead nowhere are errors before this stage.
        views: what follows from them.
    """
    return Site(library, views, views.source_names)


def plan_one(site: Site, unit: UnitName) -> Iterator[PlannedPage]:
    """Plan the pages of one unit; see `list_units`."""
    for page in plan_unit(site, unit):
        yield from (page, *page.further)


def plan(
    library: Library, views: Views, downloads: Sequence[Download] = (), *, preview: bool = False
) -> tuple[PlannedPage, ...]:
    """Plan every page of the site.

    Args:
        library: the linked records; references that lead nowhere are errors before this stage.
        views: what follows from them.
        downloads: the data files that are published beside the pages.
        preview: whether to plan what only the preview has: the desk.
    """
    site = open_site(library, views)
    units = list_units(library, preview=preview)
    return (*(page for unit in units for page in plan_one(site, unit)), plan_data(site, downloads))
