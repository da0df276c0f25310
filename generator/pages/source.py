"""The page of a source: the X-ray of its text as far as it may be shown, and every record that cites it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.derive import Cited
from generator.derive.naming import cite_source, name_record
from generator.pages.citations import explain_withheld
from generator.pages.facets import year_words
from generator.pages.lines import ClaimLine, claim_line, link_to, links_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import list_referrers
from generator.pages.xray import Excerpt, lay_bare
from generator.paths import SOURCES, Link, page_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Coverage
    from generator.records import Seen, Source
    from generator.vocabulary import Term

_SHOWN = frozenset({"seen", "evidence"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record takes from a source of which no passage is shown.

    Attributes:
        anchor: its anchor on this page.
        claim: the claim; None for an event.
        record: the link to the record.
        finding: our words (prose); empty where there is a quotation that may not be shown.
        stance: of evidence.
        twin: the anchor of a citation that takes the same once more, as evidence; empty where there is none.
    """

    anchor: str
    claim: ClaimLine | None
    record: Link
    finding: str
    stance: Term | None
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of each sentence of a stored text.

    Attributes:
        total: sentences.
        cited: quoted by a claim or event.
        skipped: skipped for a reason.
        unchecked: looked at by nobody yet.
        reasons: why sentences were skipped, with their number; never the text.
        states: one letter for each sentence in order, for the picture.
    """

    total: int
    cited: int
    skipped: int
    unchecked: int
    reasons: tuple[tuple[str, int], ...]
    states: str


def _account(coverage: Coverage) -> Account:
    reasons = Counter(sentence.why for sentence in coverage.sentences if sentence.why)
    return Account(
        len(coverage.sentences),
        coverage.count("cited"),
        coverage.count("skipped"),
        coverage.count("unchecked"),
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        "".join(sentence.state[0] for sentence in coverage.sentences),
    )


def _citing(site: Site, source: Source) -> Iterator[tuple[Cited, Seen]]:
    """List every citation of a source, in the order of the records that make it."""
    for reference in dict.fromkeys((r.kind, r.id) for r in site.library.references_to("source", source.id)):
        kind, one = reference
        if kind == "claim":
            for field, index, item in site.library.claims[one].cited:
                if item.source == source.id:
                    yield Cited("claim", one, field, index), item
        elif kind == "event":
            for index, item in enumerate(site.library.events[one].evidence):
                if item.source == source.id:
                    yield Cited("event", one, "evidence", index), item


def _readings(site: Site, source: Source) -> tuple[Reading, ...]:
    readings: dict[tuple[str, str, str], Reading] = {}
    for cited, item in _citing(site, source):
        if item.quote is not None and not explain_withheld(site, source):
            continue
        anchor = f"{'seen' if cited.field == 'seen' else 'evidence'}-{cited.index + 1}"
        stance = getattr(item, "stance", None)
        line = claim_line(site, cited.id, anchor) if cited.kind == "claim" else None
        reading = Reading(
            f"by-{cited.anchor}",
            line,
            line.link if line else link_to(site, cited.kind, cited.id, anchor),
            item.finding or "",
            site.library.vocabulary.stances[stance] if stance else None,
        )
        told = (cited.kind, cited.id, reading.finding)
        same = readings.get(told)
        if same and same.finding and reading.stance and not (same.stance or same.twin):
            readings[told] = replace(same, stance=reading.stance, twin=reading.anchor)
        else:
            readings[told if same is None else (*told[:2], reading.anchor)] = reading
    return tuple(readings.values())


def _authors(source: Source) -> str:
    return ", ".join(source.authors)


def plan_source(site: Site, source: Source) -> PlannedPage:
    """Plan the page of one source."""
    library, coverage = site.library, site.views.coverage.get(source.id)
    title = site.source_names[source.id]
    excerpts: tuple[Excerpt, ...] = lay_bare(site, source) if source.publish != "none" and coverage else ()
    genre = library.vocabulary.genres[source.genre]
    return plan_page(
        page_path("source", source.id),
        "source",
        title,
        kind="source",
        description=source.summary or f"{genre.label}, {cite_source(library, source)}.",
        crumbs=(Link(SOURCES, "Sources"),),
        facets={
            "kind": ["Source"],
            "entity": [name_record(library, "entity", source.outlet)],
            "year": year_words(source.dated),
        },
        source=source,
        outlet=link_to(site, "entity", source.outlet),
        authors=_authors(source),
        genre=genre,
        account=_account(coverage) if coverage and source.stored == "whole" else None,
        excerpts=excerpts,
        readings=_readings(site, source),
        reprints=links_to(site, "source", source.reprints),
        withheld=explain_withheld(site, source),
        absent=source.id in library.absent_texts,
        contact=library.settings.contact,
        referrers=list_referrers(site, "source", source.id, _SHOWN),
    )
