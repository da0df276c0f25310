"""The value of a figure that stands in prose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 - part of the public type


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, a vague magnitude or a date that stands in prose.

    Attributes:
        value: The number; None for vague magnitudes ("hundreds of thousands"), clock times and dates,
            which are compared by their folded words or by day, month and year.
        text: The characters as they stand, ``text[start:end]`` of what was read.
        start: Index of the first character.
        end: Index after the last character.
        qualifier: The words that bound the number ("at least", "about"), lower case; None where there are none.
    """

    value: Decimal | None
    text: str
    start: int
    end: int
    qualifier: str | None
