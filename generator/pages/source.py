"""The page of a source: the X-ray of its text as far as it may be shown, and every record that cites it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.derive import Cited, count
from generator.derive.naming import cite_source, name_record
from generator.pages.choices import Facet, filters_payload
from generator.pages.citations import explain_withheld
from generator.pages.cite import cite_source as cite_as_read
from generator.pages.facets import year_words
from generator.pages.lines import ClaimLine, claim_line, link_to, links_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import further_of, list_referrers
from generator.pages.xray import Marked, lay_bare
from generator.paths import SOURCES, Link, leaf_path, page_path

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from generator.derive import Coverage, Passage
    from generator.records import Seen, Source
    from generator.vocabulary import Term, Verdict

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
        reasons: why sentences were skipped, with their number; never the text.
        strip: the lines of the block `coverage-strip`.
    """

    reasons: tuple[tuple[str, int], ...]
    strip: tuple[str, ...]


def _account(site: Site, coverage: Coverage, anchors: Container[str]) -> Account:
    """Describe what became of the sentences.

    Args:
        site: the records.
        coverage: what was checked of the text.
        anchors: anchors on the page of what cites it.
    """
    reasons = Counter(sentence.why for sentence in coverage.sentences if sentence.why)
    total, cited = len(coverage.sentences), coverage.count("cited")
    return Account(
        tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        (
            f"title: {cited} of {count(total, 'sentence', 'sentences')} cited",
            f"sentences: {''.join(sentence.state[0] for sentence in coverage.sentences)}",
            *(
                f"{number}: {', '.join(_bar(site, passage, anchors) for passage in sentence.passages)}"
                for number, sentence in enumerate(coverage.sentences, 1)
                if sentence.passages
            ),
        ),
    )


def _bar(site: Site, passage: Passage, anchors: Container[str]) -> str:
    """Write where a quotation stands on the page, and the sign of the verdict on its claim; `-` for what there is none."""
    cited = passage.cited
    anchor = next((one for one in (cited.anchor, f"by-{cited.anchor}") if one in anchors), "-")
    verdict = site.library.claims[cited.id].verdict if cited.kind == "claim" else ""
    return f"{anchor} {site.library.vocabulary.verdicts[verdict].sign if verdict else '-'}"


def _tally(site: Site, source: Source) -> tuple[tuple[Verdict, int], ...]:
    """Count the claims that quote a source by verdict, in the order of the vocabulary."""
    claims = {p.cited.id for p in site.views.in_source.get(source.id, ()) if p.cited.kind == "claim"}
    counts = Counter(site.library.claims[one].verdict for one in claims)
    return tuple((term, counts[one]) for one, term in site.library.vocabulary.verdicts.items() if counts[one])


def _filters(site: Site, passages: Sequence[Marked]) -> tuple[str, ...]:
    verdicts = site.library.vocabulary.verdicts
    labels = {one: term.label for one, term in verdicts.items()}
    facet = Facet("verdict", "Verdict", labels, {one: term.sign for one, term in verdicts.items()})
    items = [passage.item for passage in passages]
    return filters_payload(items, [facet], target="xray", one="passage", many="passages", mode="dim")


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


def _readings(site: Site, source: Source) -> Mapping[int, tuple[Reading, ...]]:
    """Tell what is taken from a source, by the page on which it stands; see `derive.places`."""
    page_of, found = site.views.reading_pages[source.id], _all_readings(site, source)
    pages: dict[int, list[Reading]] = {1: []}
    for (kind, one, _), reading in found.items():
        pages.setdefault(page_of[kind, one], []).append(reading)
    return {page: tuple(readings) for page, readings in pages.items()}


def _all_readings(site: Site, source: Source) -> Mapping[tuple[str, str, str], Reading]:
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
    return readings


def _link_further(source: Source, pages: Iterable[int]) -> tuple[Link, ...]:
    first = page_path("source", source.id)
    return tuple(
        Link(leaf_path(first, page), f"What it is cited for, part {page}") for page in sorted(pages) if page > 1
    )


def _plan_further(site: Site, source: Source, pages: Mapping[int, tuple[Reading, ...]]) -> Iterator[PlannedPage]:
    """Plan the pages on which the list of what the source is cited for goes on."""
    title, links = site.source_names[source.id], _link_further(source, pages)
    further = [pages[page] for page in sorted(pages) if page > 1]
    for place, (link, readings) in enumerate(zip(links, further, strict=True)):
        yield plan_page(
            link.path,
            "readings",
            f"{title}: {link.label[:1].lower()}{link.label[1:]}",
            kind="list",
            crumbs=(Link(SOURCES, "Sources"), Link(page_path("source", source.id), title)),
            readings=readings,
            absent=source.id in site.library.absent_texts,
            parts=links[max(0, place - 1) : place] + links[place + 1 : place + 2],
        )


def _authors(source: Source) -> str:
    return ", ".join(source.authors)


def plan_source(site: Site, source: Source) -> PlannedPage:
    """Plan the page of one source."""
    library, coverage = site.library, site.views.coverage.get(source.id)
    title = site.source_names[source.id]
    blocks = lay_bare(site, source) if source.publish != "none" and coverage else ()
    passages = [passage for block in blocks for passage in block.passages]
    pages = _readings(site, source)
    readings = pages[1]
    shown = () if any(passage.more for passage in passages) else _SHOWN
    referrers = list_referrers(site, "source", source.id, shown)
    anchors = {a for block in blocks for run in block.runs for a in run.anchors} | {r.anchor for r in readings}
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
        scripts=("lists", "xray") if passages else (),
        source=source,
        outlet=link_to(site, "entity", source.outlet),
        authors=_authors(source),
        genre=genre,
        account=_account(site, coverage, anchors) if coverage and source.stored == "whole" else None,
        tally=_tally(site, source),
        blocks=blocks,
        passages=passages,
        filters=_filters(site, passages),
        readings=readings,
        parts=_link_further(source, pages),
        reprints=links_to(site, "source", source.reprints),
        cites=cite_as_read(site, source),
        absent=source.id in library.absent_texts,
        contact=library.settings.contact,
        referrers=referrers,
        further=(*_plan_further(site, source, pages), *further_of(referrers)),
    )
