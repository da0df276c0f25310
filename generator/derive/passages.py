"""Every quotation, looked up in the stored text it is said to come from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator import quotations
from generator.quotations import Found, Span

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


def _citations(library: Library) -> Iterator[tuple[Cited, Seen]]:
    for claim in library.claims.values():
        for field, index, item in claim.cited:
            yield Cited("claim", claim.id, field, index), item
    for event in library.events.values():
        for index, item in enumerate(event.evidence):
            yield Cited("event", event.id, "evidence", index), item


def find_passages(library: Library) -> Mapping[Cited, Passage]:
    """Look up every quotation of every claim and event, and every skipped passage, in reading order."""
    folded = {one: quotations.fold(text.text) for one, text in library.texts.items()}
    found = {
        cited: _look_up(cited, item, folded.get(item.source))
        for cited, item in _citations(library)
        if item.quote is not None
    }
    for source in library.sources.values():
        text = folded.get(source.id)
        for index, skipped in enumerate(source.skipped):
            cited = Cited("source", source.id, "skipped", index)
            match = quotations.find(skipped.quote, text) if text is not None else None
            spans = match.parts if isinstance(match, Found) else ()
            found[cited] = Passage(cited, source.id, skipped.quote, match, spans)
    return MappingProxyType(found)


def by_source(passages: Mapping[Cited, Passage]) -> Mapping[str, tuple[Passage, ...]]:
    """Group the passages that were found by the source they stand in, in the order of the text."""
    grouped: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages.values():
        if passage.spans:
            grouped[passage.source].append(passage)
    return {
        source: tuple(sorted(found, key=lambda p: (p.spans[0].start, p.spans[0].end, p.cited.id, p.cited.field)))
        for source, found in grouped.items()
    }
