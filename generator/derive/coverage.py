"""Coverage: which sentences of a stored text are cited, which are skipped for a reason, and which nobody has looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.derive.passages import Passage
    from generator.link import Library
    from generator.quotations import Segment, Span

State = Literal["cited", "skipped", "unchecked"]

_WORD = re.compile(r"\w+(?:['’\-‑]\w+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a stored text.

    Attributes:
        span: where it stands.
        line: 1-based line of the source's file.
        state: cited by a claim or event, skipped for a reason, or unchecked.
        why: the reason, where it is skipped.
        passages: the passages that cite it.
    """

    span: Span
    line: int
    state: State
    why: str | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was checked of one stored text.

    Attributes:
        source: its id.
        sentences: in the order of the text.
        segments: the quoted stretches, cut where quotations overlap; each with the anchors of its passages.
        words: words of the text.
        quoted_words: words of the text that stand in a quotation.
    """

    source: str
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]
    words: int
    quoted_words: int

    def count(self, state: State) -> int:
        """Count the sentences in one state."""
        return sum(sentence.state == state for sentence in self.sentences)

    @property
    def share(self) -> float:
        """Share of the words that stand in a quotation, 0 to 1."""
        return self.quoted_words / self.words if self.words else 0.0


def count_words(text: str) -> int:
    """Count words; a hyphenated or apostrophised word is one."""
    return sum(1 for _ in _WORD.finditer(text))


def _overlapping(sentence: Span, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(
        p for p in passages if any(span.start < sentence.end and sentence.start < span.end for span in p.spans)
    )


def _sentence(span: Span, line: int, passages: Sequence[Passage], reasons: Sequence[str]) -> Sentence:
    over = _overlapping(span, passages)
    cited = tuple(p for p in over if p.cited.field != "skipped")
    if cited:
        return Sentence(span, line, "cited", None, cited)
    skipped = next((p for p in over if p.cited.field == "skipped"), None)
    if skipped is not None:
        return Sentence(span, line, "skipped", reasons[skipped.cited.index])
    return Sentence(span, line, "unchecked")


def cover(library: Library, source: str, passages: Sequence[Passage]) -> Coverage:
    """Work out what was checked of one stored text.

    Args:
        library: the linked records.
        source: a source with a stored text.
        passages: the passages found in it.
    """
    stored = library.texts[source]
    record = library.sources[source]
    reasons = [skipped.why for skipped in record.skipped]
    sentences = tuple(
        _sentence(span, stored.line_at(span.start), passages, reasons)
        for span in quotations.sentences(stored.text, record.language)
    )
    quoted = [(span, p.cited.anchor) for p in passages if p.cited.field != "skipped" for span in p.spans]
    segments = quotations.segments(quoted)
    words = list(_WORD.finditer(stored.text))
    covered = sum(1 for word in words if any(s.span.start < word.end() and word.start() < s.span.end for s in segments))
    return Coverage(source, sentences, segments, len(words), covered)
