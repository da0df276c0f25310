"""One page of every kind that the site has, for tests that every kind of page must pass; and what kinds there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tree

_BODY = re.compile(r'<body class="kind-([a-z-]+)')
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A page that stands for its kind.

    Attributes:
        name: What the tests call it.
        kind: Its `kind:` in the front matter, which is also the class of its body.
        path: Its address below the site's.
        sample: Whether it is on the made-up sample, since the real site has none.
    """

    name: str
    kind: str
    path: str
    sample: bool = False


KINDS = (
    Kind("home", "home", ""),
    Kind("fact sheets", "list", "topics/"),
    Kind("fact sheet", "topic", "topics/exchange-1000/"),
    Kind("fact sheet of the sample", "topic", "topics/mill-bridge-repair/", sample=True),
    Kind("days of a fact sheet", "as-of", "topics/mill-bridge-repair/as-of/", sample=True),
    Kind("fact sheet as of a day", "as-of", "topics/mill-bridge-repair/as-of/2031-07-02/", sample=True),
    Kind("claim with origins on both sides", "claim", "claims/total-1000-each/"),
    Kind("claim quoted from a stored text", "claim", "claims/ukrainians-held-by-kyiv/"),
    Kind("claim that is disputed", "claim", "claims/swap-idea-came-from-moscow/"),
    Kind("claim that somebody said something", "claim", "claims/peskov-says-list-handed-over/"),
    Kind("claim that nothing happened", "claim", "claims/kyiv-yet-to-respond/"),
    Kind("claim with sums and changed words", "claim", "claims/repair-costs-65000/", sample=True),
    Kind("source of which excerpts are shown", "source", "sources/flga-2025-05-22/"),
    Kind("source shown in full", "source", "sources/council-minutes-2031-04-01/", sample=True),
    Kind("source whose text is not shown", "source", "sources/bridgeworks-letter-2031-04-02/", sample=True),
    Kind("source without a stored text", "source", "sources/meduza-2025-05-22/"),
    Kind("timeline", "timeline", "timeline/"),
    Kind("timeline of a year", "timeline", "timeline/2025/"),
    Kind("timeline of a topic", "timeline", "timeline/topics/exchange-1000/"),
    Kind("timeline of a name", "timeline", "timeline/entities/turkiye/"),
    Kind("events", "list", "events/"),
    Kind("event", "event", "events/first-day/"),
    Kind("claims", "list", "claims/"),
    Kind("sources", "list", "sources/"),
    Kind("names", "list", "entities/"),
    Kind("person", "entity", "entities/dmitry-peskov/"),
    Kind("outlet", "entity", "entities/interfax/"),
    Kind("contradictions", "list", "contradictions/"),
    Kind("matrix", "matrix", "contradictions/exchange-1000/"),
    Kind("corrections", "list", "corrections/"),
    Kind("corrections of a year", "list", "corrections/2031/", sample=True),
    Kind("method", "method", "method/"),
    Kind("data", "data", "data/"),
    Kind("search", "search", "search/"),
    Kind("page written by hand", "page", "about/"),
    Kind("page that is missing", "missing", "404.html"),
    Kind("page that moved", "moved", "claims/bridge-shut/", sample=True),
)

MOVED = next(kind for kind in KINDS if kind.kind == "moved")
STAYING = tuple(kind for kind in KINDS if kind is not MOVED)
"""All but the page that sends its readers on at once: with a script running, it cannot be looked at."""

OPEN_DETAILS = "document.querySelectorAll('details:not(form *)').forEach((details) => { details.open = true; })"
"""Opens all that a reader may open, but for the groups of filters, which open over the page one at a time."""


def each(kinds: tuple[Kind, ...] = STAYING) -> pytest.MarkDecorator:
    """Run a test once for every kind of page."""
    return pytest.mark.parametrize("kind", kinds, ids=[kind.name for kind in kinds])


def shape_of(path: str, ids: frozenset[str]) -> str:
    """What pages of one kind have in common in their addresses: `claims/total-1000-each/` is `claims/*/`."""

    def generalize(part: str) -> str:
        if part in ids:
            return "*"
        if _DATE.match(part):
            return "DATE"
        return "YEAR" if re.fullmatch(r"\d{4}", part) else part

    return "/".join(generalize(part) for part in path.split("/"))


def find_kinds(tree: Tree) -> Iterator[tuple[str, str]]:
    """The kind and the address of every page of a built site, as read from the site itself."""
    for page in sorted(tree.site.rglob("*.html")):
        path = page.relative_to(tree.site).as_posix()
        if not path.startswith("pagefind/"):
            body = _BODY.search(page.read_text("utf-8"))
            yield (body[1] if body else "none"), path.removesuffix("index.html")


def find_ids(tree: Tree) -> frozenset[str]:
    """The ids of all records of a site, those that they once had, and the names of the pages written by hand."""
    records = [
        record for kind in ("claims", "events", "entities", "topics", "sources") for record in tree.records(kind)
    ]
    typed = {str(record["id"]) for record in records}
    once = {str(old) for record in records for old in record.get("was", [])}
    files = {path.stem for folder in ("sources", "pages") for path in (tree.content / folder).rglob("*.md")}
    return frozenset(typed | once | files)
