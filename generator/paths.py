"""Addresses: the path of every page, the relative links between pages, and where text editors find their schemas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, relpath
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

HOME = "index.md"
TOPICS = "topics/index.md"
TIMELINE = "timeline/index.md"
CLAIMS = "claims/index.md"
CONTRADICTIONS = "contradictions/index.md"
SOURCES = "sources/index.md"
ENTITIES = "entities/index.md"
EVENTS = "events/index.md"
CORRECTIONS = "corrections/index.md"
METHOD = "method/index.md"
DATA = "data/index.md"
SEARCH = "search/index.md"
DESK = "desk/index.md"
"""Only the preview has it; whatever is published leaves it out."""

NAMED: Mapping[str, str] = MappingProxyType(
    {
        "home": HOME,
        "topics": TOPICS,
        "timeline": TIMELINE,
        "claims": CLAIMS,
        "contradictions": CONTRADICTIONS,
        "sources": SOURCES,
        "entities": ENTITIES,
        "events": EVENTS,
        "corrections": CORRECTIONS,
        "method": METHOD,
        "data": DATA,
        "search": SEARCH,
    }
)
"""The site's own pages by the names that links use (`page:method`)."""

SCHEMAS = "content/.schemas"
"""Where the schemas for text editors stand, relative to the project's folder."""

GUIDE = "content/README.md"
"""The guide for editors, whose tables are made from the models and the words."""

VOCABULARY = "content/vocabulary.yml"
"""Where the words of the site stand."""

_TAKEN = frozenset(
    {
        "index",
        "404",
        "assets",
        "pagefind",
        "timeline",
        "contradictions",
        "corrections",
        "method",
        "data",
        "search",
        "desk",
    }
) | frozenset(FOLDERS.values())
"""First parts of addresses that the site itself uses."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site, not yet relative to anything.

    Attributes:
        path: the page, relative to the folder of pages.
        label: plain text.
        anchor: a section or passage on that page.
        language: BCP 47 tag of the label, where it is not the site's own.
    """

    path: str
    label: str
    anchor: str = ""
    language: str = ""


def page_path(kind: str, one: str) -> str:
    """Give the path of a record's page, such as `claims/list-handed-over.md`.

    The id `index` belongs to the list of the folder; a record of that name gets `index-`, which no id can be.
    """
    return f"{FOLDERS[kind]}/{'index-' if one == 'index' else one}.md"


def timeline_path(kind: str, one: str) -> str:
    """Give the path of the timeline of one topic or entity."""
    return f"timeline/{page_path(kind, one)}"


def year_path(timeline: str, year: str) -> str:
    """Give the path of one year of a timeline, such as `timeline/2025.md`; the empty year is that of unknown starts."""
    return f"{timeline.removesuffix('.md').removesuffix('/index')}/{year or 'open'}.md"


def matrix_path(one: str) -> str:
    """Give the path of the contradiction matrix of one topic."""
    return f"contradictions/{'index-' if one == 'index' else one}.md"


def as_of_path(topic: str, on: date | None = None) -> str:
    """Give the path of a fact sheet as it stood on a day, or of the list of those days."""
    return f"{page_path('topic', topic).removesuffix('.md')}/as-of/{on.isoformat() if on else 'index'}.md"


def corrections_path(year: int) -> str:
    """Give the path of what was corrected in one year."""
    return f"corrections/{year:04}.md"


def leaf_path(first: str, number: int) -> str:
    """Give the path of a page of a list, from 1: `corrections/2025.md`, `corrections/2025/2.md`.

    A list that is the index of its folder goes on in `topics/-/2.md`, where no record's page can be.
    """
    if number == 1:
        return first
    folder = f"{first.removesuffix('index.md')}-" if first.endswith("/index.md") else first.removesuffix(".md")
    return f"{folder}/{number}.md"


def hand_page_path(one: str) -> str:
    """Give the path of a hand-written page; a name that the site itself uses moves below `pages/`."""
    return f"pages/{one}.md" if one in _TAKEN else f"{one}.md"


def address_path(scheme: str, one: str) -> str:
    """Give the path that a link of prose means: a record's page, or with `page:` a page of the site by its name."""
    if scheme != "page":
        return page_path(scheme, one)
    return NAMED.get(one) or hand_page_path(one)


def link(from_page: str, to_page: str, anchor: str = "") -> str:
    """Write a relative link from one page to another: `../sources/x.md#q1-y`.

    A link within a page is its anchor alone, or the page's own name where there is none.
    """
    hash_ = f"#{anchor}" if anchor else ""
    if from_page == to_page and anchor:
        return hash_
    return _relate(from_page.rpartition("/")[0], to_page) + hash_


@lru_cache(maxsize=1 << 14)  # the pages of a folder lead to the same pages
def _relate(folder: str, to_page: str) -> str:
    return relpath(to_page, folder or ".")


def page_url(path: str) -> str:
    """Give the address of a page relative to the site's own: `claims/x/`, and the empty string for the home page."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"


def editor_modeline(kind: str, path: str) -> str:
    """Write the comment that tells a text editor which schema a file of records keeps to.

    Args:
        kind: source, entity, claim, event or topic.
        path: the file, relative to the project's folder: `content/claims/2025/bridge.yml`.

    Returns:
        The first line of the file without a line break, `# yaml-language-server: $schema=../../.schemas/claims.json`;
        the empty string for Markdown, whose front matter editors of YAML do not read.
    """
    if not path.endswith((".yml", ".yaml")):
        return ""
    return f"# yaml-language-server: $schema={relpath(f'{SCHEMAS}/{FOLDERS[kind]}.json', dirname(path))}"
