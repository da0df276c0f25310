"""Lists of all records of a kind: claims by sheet and verdict, sources by date, names in alphabetical order, events."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyuca import Collator  # type: ignore[import-untyped]

from generator import dates
from generator.derive.sheet import count_verdicts, group_by_verdict
from generator.pages.entity import TYPES
from generator.pages.lines import claim_lines, event_line, link_to, source_line
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.timeline import group_by_year
from generator.pages.topic import claims_of, verdict_bar
from generator.paths import CLAIMS, ENTITIES, EVENTS, SOURCES, TIMELINE, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.records import Claim, Source


@cache
def _collator() -> Collator:
    return Collator()


def _by_sheet(site: Site) -> Iterator[tuple[str, Link | None, list[Claim]]]:
    """Give the claims of each fact sheet, then those of none."""
    for topic in site.library.topics.values():
        yield topic.id, link_to(site, "topic", topic.id), claims_of(site, topic)
    loose = [claim for claim in site.library.claims.values() if not claim.topics]
    if loose:
        yield "no-sheet", None, loose


def plan_claims(site: Site) -> PlannedPage:
    """Plan the list of claims."""
    library = site.library
    sheets = [
        (
            anchor,
            link,
            verdict_bar(site, claims),
            [(group, claim_lines(site, group.claims)) for group in group_by_verdict(library, claims)],
        )
        for anchor, link, claims in _by_sheet(site)
        if claims
    ]
    counts = count_verdicts(library.vocabulary, library.claims.values())
    return plan_page(
        CLAIMS,
        "claims",
        "Claims",
        kind="list",
        description=f"All {len(library.claims)} claims, by fact sheet and verdict.",
        total=len(library.claims),
        counts=tuple((library.vocabulary.verdicts[word], number) for word, number in counts),
        sheets=tuple(sheets),
    )


def _year_of(source: Source) -> str:
    years = dates.years(source.dated) if source.dated else ()
    return str(years[0]) if years else ""


def plan_sources(site: Site) -> PlannedPage:
    """Plan the list of sources, the latest first."""
    library = site.library
    dated = [source for source in library.sources.values() if source.dated]
    order = sorted(dated, key=lambda source: (dates.sort_key(source.dated), source.id) if source.dated else ())
    order = [*reversed(order), *(source for source in library.sources.values() if not source.dated)]
    years: dict[str, list[Source]] = {}
    for source in order:
        years.setdefault(_year_of(source), []).append(source)
    return plan_page(
        SOURCES,
        "sources",
        "Sources",
        kind="list",
        description=f"All {len(order)} sources that were read, the latest first.",
        total=len(order),
        stored=tuple(source_line(site, source.id) for source in order if source.id in library.texts),
        years=tuple(
            (
                f"y{year}" if year else "undated",
                year or "Undated",
                tuple(source_line(site, source.id) for source in found),
            )
            for year, found in years.items()
        ),
    )


def plan_entities(site: Site) -> PlannedPage:
    """Plan the list of names by type, each in alphabetical order (Unicode collation)."""
    order = sorted(site.library.entities.values(), key=lambda entity: (_collator().sort_key(entity.name), entity.id))
    groups = [
        (plural.lower(), plural, [(link_to(site, "entity", e.id), e) for e in order if e.type == type_])
        for type_, (_, plural) in TYPES.items()
    ]
    return plan_page(
        ENTITIES,
        "entities",
        "People, organisations, outlets and places",
        kind="list",
        description="Everybody and everything the records name, and whose voice they speak with.",
        groups=tuple((anchor, title, tuple(found)) for anchor, title, found in groups if found),
    )


def plan_events(site: Site) -> PlannedPage:
    """Plan the list of events, one line each."""
    events = tuple(event_line(site, one) for one in site.views.timelines.every)
    return plan_page(
        EVENTS,
        "events",
        "Events",
        kind="list",
        description=f"All {len(events)} events, one line each.",
        timeline=Link(TIMELINE, "Timeline"),
        total=len(events),
        years=group_by_year(events),
    )


def plan_lists(site: Site) -> Iterator[PlannedPage]:
    """Plan the lists of claims, sources, names and events."""
    yield plan_claims(site)
    yield plan_sources(site)
    yield plan_entities(site)
    yield plan_events(site)
