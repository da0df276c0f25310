"""Stretches of a text: spans, the segments that overlapping spans are cut into, and the words around a span."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text, from the index `start` up to but not including `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that is covered by the same keys from its first character to its last."""

    span: Span
    keys: tuple[str, ...]


def segments(spans: Sequence[tuple[Span, str]]) -> tuple[Segment, ...]:
    """Cut overlapping spans into segments that follow one another and carry all the keys that cover them.

    Only covered stretches are returned, in order. The keys of a segment stand in the order in which they were first
    given, each once; touching segments with the same keys are one. Empty spans are ignored.
    """
    rank = {key: place for place, (_, key) in reversed(list(enumerate(spans)))}
    changes: dict[int, list[tuple[str, int]]] = {}
    for span, key in spans:
        if span.start < span.end:
            changes.setdefault(span.start, []).append((key, 1))
            changes.setdefault(span.end, []).append((key, -1))
    cut: list[Segment] = []
    open_spans: dict[str, int] = {}
    for here, there in pairwise(sorted(changes)):
        for key, step in changes[here]:
            open_spans[key] = open_spans.get(key, 0) + step
        keys = tuple(sorted((key for key, count in open_spans.items() if count), key=rank.__getitem__))
        open_spans = {key: open_spans[key] for key in keys}
        if cut and cut[-1].keys == keys and cut[-1].span.end == here:
            cut[-1] = Segment(Span(cut[-1].span.start, there), keys)
        elif keys:
            cut.append(Segment(Span(here, there), keys))
    return tuple(cut)


def context(span: Span, text: str, words: int = 5) -> str:
    """Give the span with up to `words` words on each side, on one line; ``…`` marks where text was left out.

    What stands against the span without white space (quotation marks, the rest of a word) is given with it.
    """
    before, after = text[: span.start], text[span.end :]
    left, right = before.split(), after.split()
    glued_left = bool(left) and not before[-1:].isspace() and not text[span.start : span.start + 1].isspace()
    glued_right = bool(right) and not after[:1].isspace() and not text[span.end - 1 : span.end].isspace()
    kept_left = left[max(0, len(left) - words - glued_left) :]
    kept_right = right[: words + glued_right]
    shown = " ".join(text[span.start : span.end].split())
    said = " ".join(kept_left) + ("" if glued_left or not kept_left else " ") + shown
    said += ("" if glued_right or not kept_right else " ") + " ".join(kept_right)
    return ("… " if len(kept_left) < len(left) else "") + said + (" …" if len(kept_right) < len(right) else "")
