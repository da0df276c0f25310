"""All views of a library, computed once and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.as_of import SheetHistory, trace
from generator.derive.calendar import Calendar
from generator.derive.changes import anchor_corrections
from generator.derive.coverage import Coverage, cover
from generator.derive.matrix import Matrix, lay_out
from generator.derive.naming import count_names, name_sources
from generator.derive.passages import Cited, Passage, by_source, find_passages
from generator.derive.places import page_corrections, page_readings
from generator.derive.sheet import group_by_topic
from generator.derive.standing import Standing, stand
from generator.derive.timeline import Timelines, arrange
from generator.reads import AtOnce, OnDemand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.link import Library
    from generator.records import Claim, Correction


@dataclass(frozen=True, slots=True)
class Views:
    """What follows from the records.

    Attributes:
        calendar: the day of the build, and what is over or ahead on it.
        passages: every quotation with what its search found.
        in_source: passages by the source they stand in, in the order of the text.
        coverage: what was checked, by source with a stored text.
        standings: by claim.
        timelines: events in order.
        matrices: by topic.
        claims_of: claims by topic, in reading order.
        histories: what the logs prove of each fact sheet, by topic.
        anchors: where a correction stands on the page of its year.
        correction_pages: on which of the pages of its year it stands, from 1.
        reading_pages: on which of a source's pages a record that cites it stands, from 1; by source.
        quotations: how many quotations of claims and events were `checked`, and how many were not for want of the text.
        source_names: a name for each source that no other source has.
    """

    calendar: Calendar
    passages: Mapping[Cited, Passage]
    in_source: Mapping[str, tuple[Passage, ...]]
    coverage: Mapping[str, Coverage]
    standings: Mapping[str, Standing]
    timelines: Timelines
    matrices: Mapping[str, Matrix]
    claims_of: Mapping[str, tuple[Claim, ...]]
    histories: Mapping[str, SheetHistory]
    anchors: Mapping[Correction, str]
    correction_pages: Mapping[Correction, int]
    reading_pages: Mapping[str, Mapping[tuple[str, str], int]]
    quotations: Mapping[str, int]
    source_names: Mapping[str, str]

    @property
    def today(self) -> date:
        """The day of the build."""
        return self.calendar.today

    @property
    def quotations_checked(self) -> int:
        """How many quotations of claims and events were found in this build."""
        return self.quotations["checked"]

    @property
    def quotations_unchecked(self) -> int:
        """How many quotations could not be looked up, because their text was not at hand."""
        return self.quotations["unchecked"]


def _count_quotations(passages: Mapping[Cited, Passage]) -> Mapping[str, int]:
    quoted = [passage for cited, passage in passages.items() if cited.field != "skipped"]
    return {
        "checked": sum(1 for one in quoted if one.spans),
        "unchecked": sum(1 for one in quoted if one.match is None),
    }


def derive(
    library: Library, today: date, quotations: Mapping[str, int] | None = None, names: Mapping[str, int] | None = None
) -> Views:
    """Say how each view of a library is computed; each is when it is first looked at, and then kept.

    Args:
        library: the linked records.
        today: the day of the build; nothing here reads a clock.
        quotations: how many quotations there are, where that was counted before; see `Views`.
        names: how many sources have each name, where that was counted before.
    """
    reads = library.reads
    calendar = Calendar(today, reads)
    passages = find_passages(library)
    in_source = by_source(library, passages)
    return Views(
        calendar=calendar,
        passages=passages,
        in_source=in_source,
        coverage=OnDemand(lambda: iter(library.texts), lambda one: cover(library, one, in_source[one]), reads),
        standings=OnDemand(
            lambda: iter(library.claims), lambda one: stand(library, library.claims[one], calendar), reads
        ),
        timelines=arrange(library),
        matrices=OnDemand(lambda: iter(library.topics), lambda one: lay_out(library, library.topics[one]), reads),
        claims_of=group_by_topic(library),
        histories=trace(library),
        anchors=AtOnce(
            lambda: dict(
                zip((correction for correction, _ in library.corrections), anchor_corrections(library), strict=True)
            ),
            reads,
        ),
        correction_pages=page_corrections(library),
        reading_pages=page_readings(library),
        quotations=AtOnce(lambda: _count_quotations(passages), reads) if quotations is None else quotations,
        source_names=name_sources(library, AtOnce(lambda: count_names(library), reads) if names is None else names),
    )
