"""The number guard: every figure of a statement must stand in one of its quotations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.figures.figure import Figure

Exempt = Sequence[tuple[date | None, date | None]]


def read(text: str, *, exempt: Exempt = ()) -> tuple[Figure, ...]:
    """List the figures of a text in order, without dates that agree with one of `exempt`."""
    return ()


def missing(says: str, texts: Sequence[str], *, exempt: Exempt = ()) -> tuple[Figure, ...]:
    """List the figures of `says` that stand in none of `texts`."""
    return ()


def dropped_qualifiers(says: str, texts: Sequence[str]) -> tuple[tuple[Figure, str], ...]:
    """List the figures of `says` that stand in `texts` only with a qualifier, which `says` drops."""
    return ()
