"""Every quotation, looked up in the stored text it is said to come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import quotations
from generator.quotations import Found, Span
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.link import Library
    from generator.quotations import Folded, Match
    from generator.records import Seen


@dataclass(frozen=True, slots=True)
class Cited:
    """Which quotation this is.

    Attributes:
        kind: `claim`, `event` or `source` (for a skipped passage).
        id: the record.
        field: `seen`, `evidence` or `skipped`.
        index: its position in that list.
    """

    kind: str
    id: str
    field: str
    index: int

    @property
    def anchor(self) -> str:
        """The anchor of the passage: q for a claim's `seen`, e for its evidence, v for an event's, k for a skipped one."""
        letter = {"claim": self.field[0], "event": "v", "source": "k"}[self.kind].replace("s", "q")
        return f"{letter}{self.index + 1}-{self.id}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation and what the search for it found.

    Attributes:
        cited: whose quotation it is.
        source: the source it is said to come from.
        quote: the words as typed.
        match: found, missing, ambiguous or too short; None where the source has no stored text.
        spans: the stretches of the stored text that it covers; empty unless found.
    """

    cited: Cited
    source: str
    quote: str
    match: Match | None
    spans: tuple[Span, ...] = ()


def _spans(item: Seen, match: Match, text: Folded) -> tuple[Span, ...]:
    if item.every:
        return tuple(span for parts in quotations.find_all(item.quote or "", text) for span in parts)
    return match.parts if isinstance(match, Found) else ()


def _look_up(cited: Cited, item: Seen, text: Folded | None) -> Passage:
    quote = item.quote or ""
    if text is None:
        return Passage(cited, item.source, quote, None)
    match = quotations.find(quote, text, prefix=item.prefix or "", suffix=item.suffix or "")
    return Passage(cited, item.source, quote, match, _spans(item, match, text))


def citations_of(library: Library, kind: str, one: str) -> Iterator[tuple[Cited, Seen]]:
    """List what a claim or an event cites, with its place."""
    if kind == "claim":
        for field, index, item in library.claims[one].cited:
            yield Cited("claim", one, field, index), item
    elif kind == "event":
        for index, item in enumerate(library.events[one].evidence):
            yield Cited("event", one, "evidence", index), item


def quoted_by(library: Library, kind: str, one: str) -> Iterator[Cited]:
    """List the quotations of a claim or an event, and the skipped passages of a source."""
    if kind == "source":
        yield from (Cited("source", one, "skipped", index) for index, _ in enumerate(library.sources[one].skipped))
    else:
        yield from (cited for cited, item in citations_of(library, kind, one) if item.quote is not None)


def _every(library: Library) -> Iterator[Cited]:
    for kind, records in (("claim", library.claims), ("event", library.events), ("source", library.sources)):
        for one in records:
            yield from quoted_by(library, kind, one)


def find_passages(library: Library) -> Mapping[Cited, Passage]:
    """Look up every quotation of every claim and event, and every skipped passage, in reading order."""
    folded = OnDemand(lambda: iter(library.texts), lambda one: quotations.fold(library.texts[one].text), library.reads)

    def look_up(cited: Cited) -> Passage:
        if cited.kind == "source":
            skipped = library.sources[cited.id].skipped[cited.index]
            text = folded.get(cited.id)
            match = quotations.find(skipped.quote, text) if text is not None else None
            spans = match.parts if isinstance(match, Found) else ()
            return Passage(cited, cited.id, skipped.quote, match, spans)
        record = library.claims[cited.id] if cited.kind == "claim" else library.events[cited.id]
        item: Seen = getattr(record, cited.field)[cited.index]
        if item.quote is None:
            raise KeyError(cited)
        return _look_up(cited, item, folded.get(item.source))

    return OnDemand(lambda: _every(library), look_up, library.reads)


def by_source(library: Library, passages: Mapping[Cited, Passage]) -> Mapping[str, tuple[Passage, ...]]:
    """Group the passages that were found by the source they stand in, in the order of the text."""

    def gather(source: str) -> tuple[Passage, ...]:
        citing = ((r.kind, r.id) for r in library.references_to("source", source) if r.kind in ("claim", "event"))
        places = (
            cited
            for key in dict.fromkeys(citing)
            for cited, item in citations_of(library, *key)
            if item.source == source and item.quote is not None
        )
        found = [passages[cited] for cited in (*places, *quoted_by(library, "source", source))]
        return tuple(
            sorted(
                (passage for passage in found if passage.spans),
                key=lambda p: (p.spans[0].start, p.spans[0].end, p.cited.id, p.cited.field),
            )
        )

    return OnDemand(lambda: iter(library.sources), gather, library.reads)
