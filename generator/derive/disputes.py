"""Where the parties of a topic say things that cannot both be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.matrix import NO_SOURCE, OTHERS

if TYPE_CHECKING:
    from generator.derive.matrix import Row
    from generator.link import Library


def is_contested(library: Library, row: Row) -> bool:
    """Tell whether two parties answer a question through claims that are rivals.

    That they answer through different claims is not enough: each may tell another part of the story.
    """
    sides = {
        column: {answer.claim for answer in answers}
        for column, answers in row.cells.items()
        if column not in (OTHERS, NO_SOURCE)
    }
    return any(
        rival.claim in theirs
        for column, claims in sides.items()
        for other, theirs in sides.items()
        if other != column
        for claim in claims
        for rival in library.rivals.get(claim, ())
        if rival.manner == "rival"
    )
