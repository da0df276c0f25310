"""What is to be checked: everything, or some records; what bears on them is looked up in the whole library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.decode import HandPage, Located
    from generator.derive import Coverage, Passage, Views
    from generator.diagnostics import Place
    from generator.documents import Document
    from generator.link import Library
    from generator.records import Claim, Correction, Event, Source, Topic


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rules go through. Each can be gone through more than once.

    Attributes:
        records: records of all kinds with their places.
        claims: the claims among them.
        events: the events among them.
        sources: the sources among them.
        topics: the topics among them.
        passages: the quotations of these records.
        coverage: what was checked of the sources among them that have a stored text.
        corrections: the corrections log.
        pages: hand-written pages.
    """

    records: Iterable[Located] = ()
    claims: Iterable[Claim] = ()
    events: Iterable[Event] = ()
    sources: Iterable[Source] = ()
    topics: Iterable[Topic] = ()
    passages: Iterable[Passage] = ()
    coverage: Iterable[Coverage] = ()
    corrections: Iterable[tuple[Correction, Place]] = ()
    pages: Iterable[tuple[HandPage, Document]] = ()


def everything(library: Library, views: Views) -> Scope:
    """Put the whole library in the scope."""
    return Scope(
        library.located.values(),
        library.claims.values(),
        library.events.values(),
        library.sources.values(),
        library.topics.values(),
        views.passages.values(),
        views.coverage.values(),
        library.corrections,
        library.pages,
    )
