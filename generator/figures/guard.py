"""The number guard: every figure of a statement stands in one of its quotations, as cautious as it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.figures.qualifiers import same_direction
from generator.figures.reading import Reading, scan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from generator.figures.figure import Figure

    Periods = Sequence[tuple[date | None, date | None]]


def read(text: str, *, exempt: Periods = ()) -> tuple[Figure, ...]:
    """List the figures of a text in order.

    One number in all its forms - 1,000, 1 000, 1000, "one thousand", "a thousand" - has one value. Ranges, "195/207" and
    "1000-for-1000" are two figures. Vague magnitudes and fractions ("hundreds of thousands", "two-thirds"), clock times
    and dates have no value. Not figures are "one", "both", "first", "second", "third" (1st, 2nd, 3rd), digits in names
    (F-16), in addresses, and in links to records with their words.

    Args:
        text: Prose; inline Markdown is allowed for.
        exempt: Periods as pairs of first and last day, None where open. A date in prose ("16 May 2025", "in May 2025",
            "2025", "May 22") is left out where it names the first or last day of one of them, as far as it is written.
    """
    return tuple(reading.figure for reading in _count(text, exempt))


def missing(says: str, texts: Sequence[str], *, exempt: Periods = ()) -> tuple[Figure, ...]:
    """List the figures of `says` that stand in none of `texts`.

    A date stands in a text that names the same day, month and year, as far as `says` does ("May 2025" in "16 May 2025");
    where the text leaves the year out, the years of `exempt` are understood. 65 per cent is not 65.

    Args:
        says: The statement.
        texts: The quotations or findings that it rests on.
        exempt: Periods whose dates need no quotation; see `read`.
    """
    counted = _count(says, exempt)
    stored = [reading for text in texts for reading in scan(text)] if counted else ()
    years = frozenset(day.year for period in exempt for day in period if day)
    return tuple(reading.figure for reading in counted if not any(_is_same(reading, other, years) for other in stored))


def dropped_qualifiers(says: str, texts: Sequence[str]) -> tuple[tuple[Figure, str], ...]:
    """List the figures of `says` that stand in `texts` only with a qualifier that `says` drops, and that qualifier.

    "about" for "nearly" drops nothing; "about" for "at least" does, since the two bound a number on different sides.
    """
    counted = _count(says, ())
    stored = [reading for text in texts for reading in scan(text)] if counted else ()
    dropped: list[tuple[Figure, str]] = []
    for reading in counted:
        figures = [other.figure for other in stored if _is_same(reading, other, frozenset())]
        qualifiers = [figure.qualifier for figure in figures]
        kept = any(words is None or same_direction(words, reading.figure.qualifier) for words in qualifiers)
        if qualifiers and qualifiers[0] and not kept:
            dropped.append((reading.figure, qualifiers[0]))
    return tuple(dropped)


def _count(text: str, exempt: Periods) -> list[Reading]:
    return [
        reading
        for reading in scan(text)
        if not reading.is_one and not (reading.written and reading.written.agrees(exempt))
    ]


def _is_same(reading: Reading, other: Reading, years: frozenset[int]) -> bool:
    mine, theirs = reading.written, other.written
    if mine and theirs and mine.is_within(theirs, years):
        return True
    is_day = any(date and figure.figure.value is None for date, figure in ((mine, reading), (theirs, other)))
    return not is_day and reading.key == other.key
