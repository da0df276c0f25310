"""Which date comes first, which certainly lies before which, and which years a date touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.dates.parsing import Unit, read_unit, split_interval, zone_minutes

if TYPE_CHECKING:
    from generator.dates.when import When

SortKey = tuple[int, int, int, str]
_DAY = 24 * 60
_FOREVER = 4_000_000  # days; a date's ordinal never exceeds 3,652,059
_STRETCH = {"day": 1, "minute": 1, "month": 31, "season": 92, "year": 366}  # days
_BEFORE_ANY_CLOCK = -2 * _DAY


def sort_key(when: When) -> SortKey:
    """Give a key that puts dates into reading order.

    An open or unknown start comes first. After it the order is that of the first day; among those with the same first
    day the longer period comes first (2025, then May 2025, then 22 May), and within a day the clock times follow the
    day itself, compared in UTC where a zone was typed. The text decides at last, so only equal texts have equal keys.
    """
    last = when.latest.toordinal() if when.latest else _FOREVER
    if when.earliest is None:
        return 0, last, 0, when.text
    minutes = _minutes(when.clock) if when.clock else _BEFORE_ANY_CLOCK
    return when.earliest.toordinal(), -last, minutes, when.text


def is_before(first: When, second: When) -> bool:
    """Tell whether `first` certainly ended before `second` began.

    An end that is approximate or uncertain is stretched by one of its own units (``2023~`` may mean 2022 to 2024).
    Two clock times with zones are compared as moments; a day is never certainly before a clock time within it.
    """
    if first.clock and second.clock:
        mine, theirs = _moment(first), _moment(second)
        if mine is not None and theirs is not None:
            return mine < theirs
    return _end(first) < _begin(second)


def overlaps(first: When, second: When) -> bool:
    """Tell whether the two may share a moment: neither lies certainly before the other."""
    return not is_before(first, second) and not is_before(second, first)


def years(when: When) -> tuple[int, ...]:
    """List the years that a date touches; of an interval with an open end, only the year of the end that is known."""
    first = when.earliest or when.latest
    last = when.latest or when.earliest
    return tuple(range(first.year, last.year + 1)) if first and last else ()


def _begin(when: When) -> int:
    """Give the first day that a date may mean."""
    first = _ends(when)[0] if when.approximate or when.uncertain else None
    return (when.earliest.toordinal() if when.earliest else -_FOREVER) - (_stretch(first) if first else 0)


def _end(when: When) -> int:
    """Give the last day that a date may mean."""
    last = _ends(when)[1] if when.approximate or when.uncertain else None
    return (when.latest.toordinal() if when.latest else _FOREVER) + (_stretch(last) if last else 0)


def _ends(when: When) -> tuple[Unit | None, Unit | None]:
    if "/" in when.text:
        return split_interval(when.text)
    unit = read_unit(when.text)
    return unit, unit


def _stretch(unit: Unit) -> int:
    if not unit.mark:
        return 0
    return _STRETCH.get(unit.precision) or (unit.last - unit.first).days + 1


def _moment(when: When) -> int | None:
    """Minutes since the calendar began, in UTC; None unless a clock time with its zone was typed."""
    if not when.clock or when.earliest is None or zone_minutes(when.clock) is None:
        return None
    return when.earliest.toordinal() * _DAY + _minutes(when.clock)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5]) - (zone_minutes(clock) or 0)
