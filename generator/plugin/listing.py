"""What a site is made of, listed: units, pages, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.pages import list_units
from generator.paths import page_url
from generator.plugin.guarding import RUNS
from generator.plugin.making import DATA, PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.link import Library
    from generator.plugin.making import Made
    from generator.state import UnitName

PREFIXES = (PAGE, DATA, RUNS)
"""With these the names of the units begin that a build makes."""


def list_ids(library: Library) -> dict[str, Iterable[str]]:
    """List the records of each kind, in reading order."""
    records = (library.sources, library.entities, library.claims, library.events, library.topics)
    return dict(zip(("source", "entity", "claim", "event", "topic"), records, strict=True))


def list_wanted(library: Library) -> list[UnitName]:
    """List all units of a site, in its order."""
    wanted = [(f"{RUNS}source", one) for one in library.sources]
    wanted += [(f"{PAGE}{name}", key) for name, key in list_units(library)]
    return wanted + [(f"{DATA}{kind}", one) for kind, ids in list_ids(library).items() for one in ids]


def pages_of(made: Made) -> Iterator[list[str]]:
    """Go through the pages that were made: path and digests."""
    for name, _, outcome, _ in made.units:
        if not name.startswith(DATA):
            yield from outcome


def site_file(path: str) -> str:
    """Give the file of a page in the site."""
    return f"{page_url(path)}index.html"


def read_mark(path: Path) -> str | None:
    """Read the mark of a folder; None where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return None
