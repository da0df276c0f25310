"""The day of the build, and what is over or still ahead on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.reads import Reads

DAY, OVER, AHEAD = "day", "over", "ahead"
"""Kinds of facts: the day itself; whether a day is over; whether it lies ahead. Most answers stay the same tomorrow."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Answers questions about the day of the build; nothing here reads a clock.

    Attributes:
        day: the day of the build.
        reads: takes the notes; None where nobody wants them.
    """

    day: date
    reads: Reads | None = None

    @property
    def today(self) -> date:
        """The day of the build; whoever only compares with it asks one of the others."""
        if self.reads is not None:
            self.reads.note((DAY, ""))
        return self.day

    def is_over(self, day: date) -> bool:
        """Tell whether a day has passed."""
        if self.reads is not None:
            self.reads.note((OVER, day.isoformat()))
        return is_over(day, self.day)

    def is_ahead(self, day: date) -> bool:
        """Tell whether a day lies ahead. The day of the build is counted in UTC: where the editor is, the next may have begun."""
        if self.reads is not None:
            self.reads.note((AHEAD, day.isoformat()))
        return is_ahead(day, self.day)


def is_over(day: date, today: date) -> bool:
    """Tell whether a day has passed."""
    return day < today


def is_ahead(day: date, today: date) -> bool:
    """Tell whether a day lies ahead; see `Calendar.is_ahead`."""
    return day > today + timedelta(days=1)
