"""Dates as editors type them: EDTF (ISO 8601-2) levels 0 and 1 with intervals, ordered and put into words."""

from __future__ import annotations

from generator.dates.order import is_before, overlaps, sort_key, years
from generator.dates.parsing import parse, parse_day
from generator.dates.when import DateError, Precision, When
from generator.dates.wording import humanize

__all__ = [
    "DateError",
    "Precision",
    "When",
    "humanize",
    "is_before",
    "overlaps",
    "parse",
    "parse_day",
    "sort_key",
    "years",
]
