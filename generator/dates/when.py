"""The value of a date in a record: what was typed, and the first and last day it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - part of the public type
from typing import Literal

Precision = Literal["minute", "day", "month", "season", "year", "interval"]


class DateError(ValueError):
    """A date that cannot be read; the message tells an editor how to write it."""


@dataclass(frozen=True, slots=True)
class When:
    """A date, a period or a moment, no more precise than it was typed (EDTF levels 0 and 1).

    Attributes:
        text: The date as typed.
        earliest: The first day it can mean; None where the start is open (``..``) or unknown.
        latest: The last day it can mean; None where the end is open or unknown.
        approximate: Marked ``~`` or ``%``, at either end of an interval.
        uncertain: Marked ``?`` or ``%``, at either end of an interval.
        precision: The unit that was typed. Decades and centuries (``202X``) count as intervals.
        clock: The time of day with its zone as typed (``13:33+03:00``), for the precision ``minute`` only.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool
    precision: Precision
    clock: str | None
