"""What the rules have found, as the state knows it: read only when somebody wants to see all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from generator.diagnostics import Diagnostic, sort
from generator.pipeline.packing import NOTHING, unpack
from generator.pipeline.watching import RECORD, RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.state import State

REPORT = "report"
"""Name of what a state keeps of the words in which the last build told the findings; empty where they are others now."""


class KnownFindings(Sequence[Diagnostic]):
    """The diagnostics of a state, in the order of files and lines; none of them is an error.

    Args:
        state: it is open until they have been looked at.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: tuple[Diagnostic, ...] | None = None

    def _read(self) -> tuple[Diagnostic, ...]:
        if self._known is None:
            rows = (self._state.outcomes(prefix, but=NOTHING) for prefix in (RECORD, RULE))
            self._known = sort(one for row in rows for outcome in row.values() for one in unpack(outcome)[0])
        return self._known

    @overload
    def __getitem__(self, place: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, place: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        """Give one of them, or some."""
        return self._read()[place]

    def __len__(self) -> int:
        """Count them."""
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        """Compare with other diagnostics."""
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def __hash__(self) -> int:
        """Be used as a key, as a tuple can."""
        return hash(self._read())


class QuotationCounts(dict[str, int]):
    """How many quotations were checked and how many were not; filled in when the rules have run."""

    def take(self, outcomes: Iterable[tuple[Any, int, int]], *, sign: int = 1) -> None:
        """Add what was counted in some records; with a sign of -1, take it away."""
        for name in ("checked", "unchecked"):
            self.setdefault(name, 0)
        for _, checked, unchecked in outcomes:
            self["checked"] += sign * checked
            self["unchecked"] += sign * unchecked


def count_findings(outcomes: Iterable[tuple[Iterable[Diagnostic], int, int]]) -> Counter[tuple[str, str]]:
    """Count what was found by code and file: all that a report tells of warnings while a site is built."""
    return Counter((one.code, one.place.path) for found, _, _ in outcomes for one in found)
