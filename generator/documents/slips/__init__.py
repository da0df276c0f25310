"""Which slip of the fingers makes a text unreadable: each is mended for a trial, and counts if reading gets further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.documents.slips.flow import find_brackets, find_in_braces
from generator.documents.slips.habits import (
    find_bold,
    find_commas,
    find_comments,
    find_loose_fields,
    find_no_colon,
)
from generator.documents.slips.indentation import find_continuation, find_indentation, find_no_hyphen
from generator.documents.slips.marks import (
    find_bullets,
    find_colons,
    find_fences,
    find_item_behind,
    find_loose_links,
    find_no_space,
    find_odd_blanks,
    find_tabs,
    read_items,
    read_name,
)
from generator.documents.slips.quoting import PAIRS, find_marks, find_prose, find_two_fields
from generator.documents.slips.slip import Look, Slip, read_value, read_whole, splice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.documents.nodes import Spot

__all__ = ["Slip", "find_slip", "read_items", "read_name"]

_LOOKS: tuple[Look, ...] = (
    find_odd_blanks,
    find_tabs,
    find_fences,
    find_bullets,
    find_no_space,
    find_comments,
    find_bold,
    find_commas,
    find_colons,
    find_no_colon,
    find_item_behind,
    find_loose_links,
    find_loose_fields,
    find_marks,
    find_brackets,
    find_in_braces,
    find_two_fields,
    find_prose,
)
_LAST: tuple[Look, ...] = (find_no_hyphen, find_indentation)
_LINES_ABOVE = 6
_OPEN_QUOTES = 4
_MOST_TRIALS = 40
_LARGE = 100_000  # characters
_TRIALS_OF_LARGE = 8


def _near(lines: Sequence[str], spot: Spot, begun: Spot) -> Iterator[int]:
    """List the lines where the slip may be: where reading stopped, what was open there, and the lines above."""
    yield spot[0]
    yield begun[0]
    above = (number for number in range(spot[0] - 1, -1, -1) if lines[number].strip())
    yield from (number for number, _ in zip(above, range(_LINES_ABOVE), strict=False))
    opened = (
        number
        for number in range(spot[0] - 1, -1, -1)
        if (value := read_value(lines, number)) and value.text[0] in PAIRS and value.text[0] not in value.text[1:]
    )
    yield from (number for number, _ in zip(opened, range(_OPEN_QUOTES), strict=False))


def find_slip(lines: Sequence[str], spot: Spot, begun: Spot) -> Slip | None:
    """Find the slip that stops a text from being read.

    Args:
        lines: all lines of the text.
        spot: where reading stopped, line and column from 0.
        begun: where what was open there began.

    Returns:
        The first slip whose mend makes the whole text readable, or else the one with which reading gets furthest, on
        a later line at least; None where no mend helps.
    """
    numbers = list(dict.fromkeys(_near(lines, spot, begun)))
    tried = [slip for number in numbers for look in _LOOKS for slip in look(lines, number)]
    tried += [slip for number in numbers[:1] for look in _LAST for slip in look(lines, number)]
    tried += [slip for number in dict.fromkeys((begun[0], spot[0])) for slip in find_continuation(lines, number)]
    most = _TRIALS_OF_LARGE if sum(map(len, lines)) > _LARGE else _MOST_TRIALS
    best: tuple[Spot, Slip] | None = None
    for slip in tried[:most]:
        reached = read_whole(splice(lines, slip))
        if reached is None:
            return slip
        if reached[0] > spot[0] + slip.fix.count("\n") - (slip.end[0] - slip.start[0]) and (
            best is None or reached > best[0]
        ):
            best = reached, slip
    return best[1] if best else None
