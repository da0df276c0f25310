"""All views of a library, computed once and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive.as_of import SheetHistory, trace
from generator.derive.changes import anchor_corrections
from generator.derive.coverage import Coverage, cover
from generator.derive.matrix import Matrix, lay_out
from generator.derive.passages import Cited, Passage, by_source, find_passages
from generator.derive.sheet import group_by_topic
from generator.derive.standing import Standing, stand
from generator.derive.timeline import Timelines, arrange

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.link import Library
    from generator.records import Claim, Correction


@dataclass(frozen=True, slots=True)
class Views:
    """What follows from the records.

    Attributes:
        today: the day of the build.
        passages: every quotation with what its search found.
        in_source: passages by the source they stand in, in the order of the text.
        coverage: what was checked, by source with a stored text.
        standings: by claim.
        timelines: events in order.
        matrices: by topic.
        claims_of: claims by topic, in reading order.
        histories: what the logs prove of each fact sheet, by topic.
        anchors: where a correction stands on the page of its year.
    """

    today: date
    passages: Mapping[Cited, Passage]
    in_source: Mapping[str, tuple[Passage, ...]]
    coverage: Mapping[str, Coverage]
    standings: Mapping[str, Standing]
    timelines: Timelines
    matrices: Mapping[str, Matrix]
    claims_of: Mapping[str, tuple[Claim, ...]]
    histories: Mapping[str, SheetHistory]
    anchors: Mapping[Correction, str]

    @property
    def quotations_checked(self) -> int:
        """How many quotations of claims and events were found in this build."""
        return sum(1 for cited, passage in self.passages.items() if cited.field != "skipped" and passage.spans)

    @property
    def quotations_unchecked(self) -> int:
        """How many quotations could not be looked up, because their text was not at hand."""
        return sum(1 for cited, passage in self.passages.items() if cited.field != "skipped" and passage.match is None)


def derive(library: Library, today: date) -> Views:
    """Compute all views of a library.

    Args:
        library: the linked records.
        today: the day of the build; nothing here reads a clock.
    """
    passages = find_passages(library)
    in_source = by_source(passages)
    return Views(
        today=today,
        passages=passages,
        in_source=MappingProxyType(in_source),
        coverage=MappingProxyType({one: cover(library, one, in_source.get(one, ())) for one in library.texts}),
        standings=MappingProxyType({one: stand(library, claim, today) for one, claim in library.claims.items()}),
        timelines=arrange(library),
        matrices=MappingProxyType({one: lay_out(library, topic) for one, topic in library.topics.items()}),
        claims_of=group_by_topic(library),
        histories=trace(library),
        anchors=MappingProxyType(
            dict(zip((correction for correction, _ in library.corrections), anchor_corrections(library), strict=True))
        ),
    )
