"""A planned page: where it goes, which template writes it, and everything that the template may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from generator.dialect import prose_plain
from generator.paths import HOME, Link, page_url
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from generator.derive import Views
    from generator.link import Library

Facets = Mapping[str, Sequence[str]]
"""Search filters of a page by name: kind, verdict, topic, entity, year."""

_DESCRIPTION = 200

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the site.

    Attributes:
        path: relative to the folder of pages, ending in `.md`.
        template: path of its template below `templates/`.
        meta: its front matter: `title`, `description`, `kind`, `crumbs` and, where it is indexed, `search`.
        context: the variables of its template.
        further: the pages on which its long lists go on.
    """

    path: str
    template: str
    meta: Mapping[str, Any]
    context: Mapping[str, Any]
    further: tuple[PlannedPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What every planner works from.

    Attributes:
        library: the linked records.
        views: what follows from them.
        source_names: a name for each source that no other source has.
        kept: what `once` has computed.
    """

    library: Library
    views: Views
    source_names: Mapping[str, str]
    kept: dict[Hashable, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)


def once(compute: Callable[[Site, str], V]) -> Callable[[Site, str], V]:
    """Let what is told of a record on many pages be computed once; whoever asks again leaves the same notes again."""

    @wraps(compute)
    def look_up(site: Site, one: str) -> V:
        known = site.kept.get(compute)
        if known is None:
            known = OnDemand(lambda: iter(()), partial(compute, site), site.library.reads)
            site.kept[compute] = known
        found: V = known[one]
        return found

    return look_up


def shorten(text: str, most: int = _DESCRIPTION) -> str:
    """Cut a text for cards and search results at a word's end."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:– ')} …"


def plan_page(
    path: str,
    template: str,
    title: str,
    *,
    kind: str,
    description: str = "",
    crumbs: Sequence[Link] = (),
    facets: Facets | None = None,
    moved_to: str = "",
    scripts: Sequence[str] = (),
    sign: str = "",
    further: Iterable[PlannedPage] = (),
    **context: object,
) -> PlannedPage:
    """Plan a page, its front matter in a fixed order.

    Args:
        path: where it goes.
        template: the template's name without folder and ending.
        title: for the browser's tab, cards and search results; plain text.
        kind: what the theme calls it, such as `claim`.
        description: prose or plain text; shortened here.
        crumbs: the pages above it, the home page left out.
        facets: its search filters; None keeps it out of the search index.
        moved_to: the address that the page only points to.
        scripts: names of the scripts below `assets/` that the page gains from; it is whole without them.
        sign: the shape of its verdict, for search results.
        further: the pages on which its long lists go on.
        **context: the variables of its template, beside `title`.
    """
    meta: dict[str, Any] = {"title": title}
    meta["description"] = shorten(prose_plain(description or title))
    meta["kind"] = kind
    if path != HOME:
        meta["crumbs"] = [
            {"title": crumb.label, "url": page_url(crumb.path) + (f"#{crumb.anchor}" if crumb.anchor else "")}
            for crumb in crumbs
        ]
    if facets is not None:
        meta["search"] = {name: list(words) for name, words in facets.items() if words}
    if moved_to:
        meta["moved_to"] = moved_to
    if sign:
        meta["sign"] = sign
    if scripts:
        meta["scripts"] = list(scripts)
    return PlannedPage(path, f"pages/{template}.md.jinja", meta, {"title": title, **context}, tuple(further))
