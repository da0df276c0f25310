"""Where the parties of a topic say things that cannot both be so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive.matrix import NO_SOURCE, OTHERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.derive.matrix import Row
    from generator.link import Library


def find_opponents(library: Library, row: Row) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Find who contradicts what each side says on one question.

    Returns:
        By column and claim, the other columns that answer through a rival of that claim; answers that nobody contradicts
        are left out, and so are answers for which no source is given: they are nobody's.
    """
    sides = {
        column: {answer.claim for answer in answers} for column, answers in row.cells.items() if column != NO_SOURCE
    }
    found = {}
    for column, claims in sides.items():
        for claim in sorted(claims):
            rivals = {rival.claim for rival in library.rivals.get(claim, ()) if rival.manner == "rival"}
            against = tuple(other for other, theirs in sides.items() if other != column and theirs & rivals)
            if against:
                found[column, claim] = against
    return MappingProxyType(found)


def is_contested(library: Library, row: Row) -> bool:
    """Tell whether two parties answer a question through claims that are rivals.

    That they answer through different claims is not enough: each may tell another part of the story.
    """
    return any(
        column != OTHERS and set(against) - {OTHERS} for (column, _), against in find_opponents(library, row).items()
    )
