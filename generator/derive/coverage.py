"""Coverage: which sentences of a stored text are cited, which are skipped for a reason, and which nobody has looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator import quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    return len(_WORD.findall(text))


def _overlapping(sentences: Sequence[Span], passages: Sequence[Passage]) -> list[list[Passage]]:
    """List for each sentence the passages that touch it, in their order."""
    starts, ends = [span.start for span in sentences], [span.end for span in sentences]
    over: list[list[Passage]] = [[] for _ in sentences]
    for passage in passages:
        for span in passage.spans:
            for at in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                if passage not in over[at][-1:]:
                    over[at].append(passage)
    return over


def _sentence(span: Span, line: int, over: Sequence[Passage], reasons: Sequence[str]) -> Sentence:
    cited = tuple(p for p in over if p.cited.field != "skipped")
    if cited:
        return Sentence(span, line, "cited", None, cited)
    skipped = next((p for p in over if p.cited.field == "skipped"), None)
    if skipped is not None:
        return Sentence(span, line, "skipped", reasons[skipped.cited.index])
    return Sentence(span, line, "unchecked")


def _count_covered(words: Sequence[tuple[int, int]], segments: Sequence[Segment]) -> int:
    """Count the words that touch a segment; both stand in the order of the text and never overlap among themselves."""
    starts, ends = [start for start, _ in words], [end for _, end in words]
    covered = done = 0
    for segment in segments:
        first = max(done, bisect_right(ends, segment.span.start))
        done = max(first, bisect_left(starts, segment.span.end))
        covered += done - first
    return covered


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
    spans = quotations.sentences(stored.text, record.language)
    sentences = tuple(
        _sentence(span, stored.line_at(span.start), over, reasons)
        for span, over in zip(spans, _overlapping(spans, passages), strict=True)
    )
    quoted = [(span, p.cited.anchor) for p in passages if p.cited.field != "skipped" for span in p.spans]
    segments = quotations.segments(quoted)
    words = [word.span() for word in _WORD.finditer(stored.text)]
    return Coverage(source, sentences, segments, len(words), _count_covered(words, segments))
