"""What a site is made of, listed: units, pages, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports import FILES, list_ids, list_leaves
from generator.pages import list_units
from generator.plugin.guarding import RUNS
from generator.plugin.making import DATA, LEAF, PAGE
from generator.plugin.page import site_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.link import Library
    from generator.state import UnitName

PREFIXES = (PAGE, DATA, LEAF, RUNS)
"""With these the names of the units begin that a build makes."""

SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
"""Files that list all pages; only a site that is published has them."""


def list_wanted(library: Library) -> list[UnitName]:
    """List all units of a site, in its order."""
    wanted = [(f"{RUNS}source", one) for one in library.sources]
    wanted += [(f"{PAGE}{name}", key) for name, key in list_units(library)]
    return wanted + list_data(library)


def list_data(library: Library) -> list[UnitName]:
    """List the units of a site that are data."""
    records = [(f"{DATA}{kind}", one) for kind, ids in list_ids(library).items() for one in ids]
    return records + [(f"{LEAF}{name}", key) for name, key in list_leaves(library)]


def list_files(paths: Iterable[str]) -> frozenset[str]:
    """List the files of a site with these pages and leaves, but for those that MkDocs and Pagefind make."""
    return frozenset((*map(site_file, paths), *FILES, *SITEMAPS))


def read_mark(path: Path) -> str | None:
    """Read the mark of a folder; None where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return None
