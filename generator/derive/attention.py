"""What a careful editor would look at again. The warnings of the checks and the desk both ask here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.derive.coverage import Coverage, Sentence
    from generator.derive.views import Views
    from generator.link import Library
    from generator.records import Check, Claim, Source

_SEVERAL = 2


def find_relayed_by_one(claims: Iterable[Claim], views: Views) -> Iterator[tuple[Claim, str]]:
    """Find claims of which every relayed report passes through one entity; gives that entity too."""
    for claim in claims:
        tally = views.standings[claim.id].reports
        if tally.conduit is not None and tally.reports >= _SEVERAL:
            yield claim, tally.conduit


def find_checked_by_one(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Check]]:
    """Find judged claims that one person alone has checked."""
    for claim in claims:
        if claim.checked is not None and len(set(claim.checked.by)) < _SEVERAL:
            yield claim, claim.checked


def find_unarchived(sources: Iterable[Source]) -> Iterator[tuple[Source, str]]:
    """Find sources on the web of which no archived copy is named; gives their address too."""
    for source in sources:
        if source.url is not None and source.archived is None:
            yield source, source.url


def find_overdue(claims: Iterable[Claim], views: Views) -> Iterator[tuple[Claim, Check]]:
    """Find checked claims that should have been looked at again by now."""
    for claim in claims:
        if claim.checked is not None and "stale" in views.standings[claim.id].flags:
            yield claim, claim.checked


def count_waiting(library: Library, views: Views) -> Mapping[str, int]:
    """Count, by source whose text is kept elsewhere and was not at hand, the quotations that could not be checked."""
    if not library.absent_texts:
        return {}
    waiting = Counter(p.source for p in views.passages.values() if p.cited.field != "skipped")
    return {one: waiting[one] for one in library.sources if one in library.absent_texts}


def find_unaccounted(
    library: Library, coverages: Iterable[Coverage]
) -> Iterator[tuple[Coverage, tuple[Sentence, ...]]]:
    """Find the sentences of texts that are stored whole that no record cites and no source skips, text by text."""
    for coverage in coverages:
        found = tuple(sentence for sentence in coverage.sentences if sentence.state == "unchecked")
        if found and library.sources[coverage.source].stored == "whole":
            yield coverage, found
