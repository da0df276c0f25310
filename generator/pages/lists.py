"""Lists of all records of a kind: claims by sheet and verdict, sources by date, names in alphabetical order, events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from pyuca import Collator  # type: ignore[import-untyped]

from generator import dates
from generator.derive.naming import name_language
from generator.pages.choices import Facet, Item, date_keys, filters_payload, year_facet
from generator.pages.entity import TYPES
from generator.pages.lanes import entries_of
from generator.pages.lines import SourceLine, link_to, source_line
from generator.pages.parts import MOST, Section, section_of, split
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.timeline import LIST, cut, filters_of, group_by_year, index_years
from generator.paths import ENTITIES, EVENTS, SOURCES, TIMELINE, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.records import Entity, Source

_MOST_OUTLETS = 20
_MOST_STORED = 100

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in the list of names.

    Attributes:
        link: to its page, by its name.
        description: prose, or the empty string.
        named: how many records name it.
    """

    link: Link
    description: str
    named: int


@dataclass(frozen=True, slots=True)
class Row(Generic[Line]):
    """A record in a list, with what it carries for the filters."""

    line: Line
    item: Item


@dataclass(frozen=True, slots=True)
class Listing:
    """What sets one list apart from another.

    Attributes:
        path: where it goes.
        name: of its template and its file for downloads.
        title: its heading.
        description: for search results and cards.
        nouns: one and many.
        orders: key and words of each order.
        facets: the groups of filters for some items.
    """

    path: str
    name: str
    title: str
    description: str
    nouns: tuple[str, str]
    orders: tuple[tuple[str, str], ...]
    facets: Callable[[Sequence[Item]], tuple[Facet, ...]]


@cache
def _collator() -> Collator:
    return Collator()


def _place_name(site: Site, entity: str) -> tuple[int, ...]:
    """Give the place of a name in alphabetical order."""
    return tuple(_collator().sort_key(site.library.entities[entity].name))


def _filters(listing: Listing, sections: Sequence[Section[Row[Line]]]) -> tuple[str, ...]:
    items = [row.item for section in sections for row in section.rows]
    return filters_payload(
        items,
        listing.facets(items),
        target=f"{listing.name}-list",
        one=listing.nouns[0],
        many=listing.nouns[1],
        orders=listing.orders,
        csv=f"{listing.name}.csv",
    )


def _plan(
    listing: Listing, sections: Sequence[Section[Row[Line]]], most: int, stored: tuple[SourceLine, ...] = ()
) -> Iterator[PlannedPage]:
    """Plan a list, and where it is too long for one page those that its sections have of their own."""
    whole, parts = split(sections, listing.path, most)
    yield plan_page(
        listing.path,
        listing.name,
        listing.title,
        kind="list",
        description=listing.description,
        scripts=() if parts else ("lists",),
        total=sum(section.total for section in sections),
        sections=whole,
        filters=_filters(listing, whole),
        stored=stored,
    )
    for part in parts:
        yield plan_page(
            part.path,
            listing.name,
            f"{listing.title}: {part.title}",
            kind="list",
            description=f"{listing.title}: {part.title}.",
            crumbs=(Link(listing.path, listing.title),),
            scripts=("lists",),
            total=len(part.section.rows),
            sections=(part.section,),
            filters=_filters(listing, (part.section,)),
            stored=(),
        )


def _year_of(source: Source) -> str:
    years = dates.years(source.dated) if source.dated else ()
    return str(years[0]) if years else ""


def _source_row(site: Site, source: Source) -> Row[SourceLine]:
    line = source_line(site, source.id)
    stored = ("stored",) if source.id in site.library.texts else ()
    item = Item(
        source.id,
        {
            "genre": (source.genre,),
            "language": (source.language,),
            "outlet": (source.outlet,),
            "year": (_year_of(source),) if source.dated else (),
            "status": (*stored, "cited" if line.cited else "not-cited"),
        },
        {**date_keys(source.dated), "count": str(line.cited)},
    )
    return Row(line, item)


def _source_facets(site: Site, items: Sequence[Item]) -> tuple[Facet, ...]:
    library = site.library
    tags = {tag for item in items for tag in item.facets["language"]}
    outlets = sorted({library.sources[item.key].outlet for item in items}, key=lambda one: _place_name(site, one))
    return (
        Facet("genre", "Genre", {word: term.label for word, term in library.vocabulary.genres.items()}),
        year_facet(items),
        Facet("language", "Language", dict(sorted(((tag, name_language(tag)) for tag in tags), key=itemgetter(1)))),
        Facet(
            "outlet",
            "Outlet",
            {one: library.entities[one].name for one in outlets},
            most=_MOST_OUTLETS,
            noun="outlets",
        ),
        Facet("status", "Use", {"stored": "Text stored", "cited": "Cited", "not-cited": "Not cited"}),
    )


def plan_sources(site: Site, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the list of sources, the latest first; above so many, each year has a list."""
    library = site.library
    dated = [source for source in library.sources.values() if source.dated]
    order = sorted(dated, key=lambda source: (dates.sort_key(source.dated), source.id) if source.dated else ())
    order = [*reversed(order), *(source for source in library.sources.values() if not source.dated)]
    years: dict[str, list[Row[SourceLine]]] = {}
    for source in order:
        years.setdefault(_year_of(source), []).append(_source_row(site, source))
    sections = [section_of(f"y{year}" if year else "undated", year or "Undated", rows) for year, rows in years.items()]
    stored = tuple(source_line(site, source.id) for source in order if source.id in library.texts)
    listing = Listing(
        SOURCES,
        "sources",
        "Sources",
        f"All {len(order)} sources that were read, the latest first.",
        ("source", "sources"),
        (("", "Latest first"), ("date", "Earliest first"), ("label", "By name"), ("-count", "Most cited")),
        lambda items: _source_facets(site, items),
    )
    yield from _plan(listing, sections, most, stored=stored[:_MOST_STORED])


def _entity_row(site: Site, entity: Entity) -> Row[EntityLine]:
    named = len({(reference.kind, reference.id) for reference in site.library.references_to("entity", entity.id)})
    line = EntityLine(link_to(site, "entity", entity.id), entity.description or "", named)
    return Row(line, Item(entity.id, {"type": (entity.type,)}, {"count": str(named)}))


def plan_entities(site: Site, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the list of names by type, each in alphabetical order (Unicode collation); above so many, each type has a list."""
    order = sorted(site.library.entities.values(), key=lambda entity: (_place_name(site, entity.id), entity.id))
    sections = [
        section_of(plural.lower(), plural, [_entity_row(site, entity) for entity in found])
        for type_, (_, plural) in TYPES.items()
        if (found := [entity for entity in order if entity.type == type_])
    ]
    listing = Listing(
        ENTITIES,
        "entities",
        "People, organisations, outlets and places",
        "Everybody and everything the records name, and whose voice they speak with.",
        ("name", "names"),
        (("", "By type"), ("label", "By name"), ("-count", "Most often named")),
        lambda _: (Facet("type", "Type", {type_: plural for type_, (_, plural) in TYPES.items()}),),
    )
    yield from _plan(listing, sections, most)


def plan_events(site: Site, most: int = MOST) -> PlannedPage:
    """Plan the list of events, one line each; above so many, the last year alone, and the timelines of the others."""
    ids = site.views.timelines.every
    shown = cut(site, ids, most)
    entries = entries_of(site, shown, first=len(ids) - len(shown) + 1)
    return plan_page(
        EVENTS,
        "events",
        "Events",
        kind="list",
        description=f"All {len(ids)} events, one line each.",
        scripts=("lists",),
        timeline=Link(TIMELINE, "Timeline"),
        total=len(ids),
        index=index_years(site, ids, TIMELINE) if len(shown) < len(ids) else (),
        filters=filters_of(site, entries),
        list_id=LIST,
        years=group_by_year(site, entries),
    )
