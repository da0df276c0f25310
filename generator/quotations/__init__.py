"""Quotations: found exactly once, letter for letter after folding, or explained."""

from __future__ import annotations

from generator.quotations.folding import Folded, fold
from generator.quotations.matching import (
    MINIMUM_LENGTH,
    Ambiguous,
    Apart,
    Found,
    Fragment,
    Match,
    TooShort,
    find,
    find_all,
    stands_in,
)
from generator.quotations.nearest import Difference, Missing, show
from generator.quotations.sentences import sentences
from generator.quotations.spans import Segment, Span, context, segments

__all__ = [
    "MINIMUM_LENGTH",
    "Ambiguous",
    "Apart",
    "Difference",
    "Folded",
    "Found",
    "Fragment",
    "Match",
    "Missing",
    "Segment",
    "Span",
    "TooShort",
    "context",
    "find",
    "find_all",
    "fold",
    "segments",
    "sentences",
    "show",
    "stands_in",
]
