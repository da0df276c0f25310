"""What a site is made of, listed: units, pages, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import list_units
from generator.paths import page_url
from generator.plugin.guarding import RUNS
from generator.plugin.making import DATA, PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.link import Library
    from generator.state import UnitName

RECORDS, SCHEMA = "data/records.json", "data/schema.json"
DATA_FILES = {
    RECORDS: ("All records", "Every record as it was typed, with what the build computed about each claim."),
    SCHEMA: ("JSON Schema", "The form of the records, for programs that read or check them."),
}
"""The files of open data, each with its title and what it is."""

PREFIXES = (PAGE, DATA, RUNS)
"""With these the names of the units begin that a build makes."""

SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
"""Files that list all pages; only a site that is published has them."""


def list_ids(library: Library) -> dict[str, Iterable[str]]:
    """List the records of each kind, in reading order."""
    records = (library.sources, library.entities, library.claims, library.events, library.topics)
    return dict(zip(("source", "entity", "claim", "event", "topic"), records, strict=True))


def list_wanted(library: Library) -> list[UnitName]:
    """List all units of a site, in its order."""
    wanted = [(f"{RUNS}source", one) for one in library.sources]
    wanted += [(f"{PAGE}{name}", key) for name, key in list_units(library)]
    return wanted + [(f"{DATA}{kind}", one) for kind, ids in list_ids(library).items() for one in ids]


def site_file(path: str) -> str:
    """Give the file of a page in the site."""
    return f"{page_url(path)}index.html"


def list_files(paths: Iterable[str]) -> frozenset[str]:
    """List the files of a site with these pages, but for those that MkDocs and Pagefind make."""
    return frozenset((*map(site_file, paths), *DATA_FILES, *SITEMAPS))


def read_mark(path: Path) -> str | None:
    """Read the mark of a folder; None where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return None
