"""Reading EDTF (ISO 8601-2, levels 0 and 1) with intervals; anything else is refused with advice."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.dates.when import DateError, Precision, When

WINTER = 24
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SINGLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX)(?:T(?P<clock>.+))?)?)?"
    r"(?P<mark>[~?%]?)",
    re.DOTALL,
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?P<zone>Z|[+-](?P<zone_hours>[0-9]{2}):(?P<zone_minutes>[0-9]{2}))?"
)
_ZONES = range(-12 * 60, 14 * 60 + 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """One date without an interval: its days, its marks, and the numbers that were typed (None where unspecified)."""

    text: str
    first: date
    last: date
    mark: str
    precision: Precision
    year: int | None
    month: int | None
    day: int | None
    clock: str | None


@lru_cache(maxsize=1 << 13)  # the same days are typed again and again
def parse(text: str) -> When:
    """Read a date, a season, an interval or a moment.

    Accepted are ``2025-05-22``, ``2025-05``, ``2025``, the seasons ``2025-21`` (spring) to ``2025-24`` (winter),
    unspecified digits from the right (``2023-06-XX``, ``2023-XX``, ``202X``), each with ``~`` (about), ``?`` (uncertain)
    or ``%`` (both); two of these with ``/`` between them, or ``..`` or nothing for an end that is open or unknown;
    and a day with a clock time, ``2025-05-22T13:33+03:00``. Years go from 0001 to 9999. Seasons are the
    meteorological ones of the north: winter begins in December of its year and ends in February of the next.

    Raises:
        DateError: The text is not such a date, its day does not exist, or it ends before it begins.
    """
    if "/" not in text:
        return _as_when(read_unit(text))
    first, last = split_interval(text)
    if first and last and first.first > last.last:
        raise DateError(f"the interval ends before it begins: {last.text} comes before {first.text}")
    marks = "".join(unit.mark for unit in (first, last) if unit)
    return When(
        text=text,
        earliest=first.first if first else None,
        latest=last.last if last else None,
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
        precision="interval",
        clock=None,
    )


def parse_day(text: str) -> date:
    """Read one plain day, ``2025-05-22``.

    Raises:
        DateError: The text is anything else, however good a date.
    """
    when = parse(text)
    if when.precision != "day" or when.approximate or when.uncertain or when.earliest is None:
        raise DateError("a single day is needed here, like 2025-05-22")
    return when.earliest


def _advise(text: str) -> str:
    from generator.dates.advice import advise  # noqa: PLC0415 - only for a date that cannot be read

    return advise(text)


def split_interval(text: str) -> tuple[Unit | None, Unit | None]:
    """Read both ends of an interval; None stands for an end that is open or unknown.

    Raises:
        DateError: There are not two ends, both are open, or one cannot be read.
    """
    ends = text.split("/")
    if len(ends) != 2:  # noqa: PLR2004 - an interval has two ends
        raise DateError(_advise(text))
    if not set(ends) - {"", ".."}:
        raise DateError("an interval needs a date at one end at least, like ../2025-06-08 or 2025-05-23/..")
    if "T" in text:
        raise DateError("an interval runs from day to day: leave out the clock times")
    first, last = (None if end in {"", ".."} else read_unit(end, whole=text) for end in ends)
    return first, last


def read_unit(text: str, whole: str | None = None) -> Unit:
    """Read one date that is not an interval; `whole` is the interval that it stands in, for the advice.

    Raises:
        DateError: The text is not such a date.
    """
    found = _SINGLE.fullmatch(text)
    if not found:
        raise DateError(_advise(whole or text))
    month, day, clock, mark = found["month"], found["day"], found["clock"], found["mark"]
    if (month == "XX" and day not in {None, "XX"}) or ("X" in found["year"] and month):
        raise DateError("unknown digits stand at the end only: 2023-06-XX, 2023-XX or 202X")
    if clock is not None:
        _check_clock(clock)
        if mark or day == "XX":
            raise DateError("a clock time needs a day that is sure: leave out ~, ?, % and XX")
    first, last, precision = _days(found["year"], month, day)
    return Unit(
        text=text,
        first=first,
        last=last,
        mark=mark,
        precision="minute" if clock else precision,
        year=int(found["year"]) if "X" not in found["year"] else None,
        month=int(month) if month and month != "XX" else None,
        day=int(day) if day and day != "XX" else None,
        clock=clock,
    )


def zone_minutes(clock: str) -> int | None:
    """Give the minutes by which a clock time's zone is ahead of UTC; None where no zone was typed."""
    found = _CLOCK.fullmatch(clock)
    if not found or not found["zone"]:
        return None
    if found["zone"] == "Z":
        return 0
    minutes = int(found["zone_hours"]) * 60 + int(found["zone_minutes"])
    return -minutes if found["zone"].startswith("-") else minutes


def _as_when(unit: Unit) -> When:
    return When(
        text=unit.text,
        earliest=unit.first,
        latest=unit.last,
        approximate=unit.mark in {"~", "%"},
        uncertain=unit.mark in {"?", "%"},
        precision=unit.precision,
        clock=unit.clock,
    )


def _days(year: str, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if high == 0:
        raise DateError("there is no year 0000: years go from 0001 to 9999")
    if month in {None, "XX"}:
        return date(max(low, 1), 1, 1), date(high, 12, 31), "year" if low == high else "interval"
    number = int(month or "")
    if 21 <= number <= WINTER and day is None:  # noqa: PLR2004 - EDTF's numbers for the seasons
        return *_season_days(low, number), "season"
    if not 1 <= number <= 12:  # noqa: PLR2004
        raise DateError(f"there is no month {month}: months go from 01 to 12, seasons from 21 (spring) to 24 (winter)")
    length = calendar.monthrange(low, number)[1]
    if day in {None, "XX"}:
        return date(low, number, 1), date(low, number, length), "month"
    if not 1 <= int(day or "") <= length:
        raise DateError(f"{int(day or '')} {_MONTHS[number - 1]} {low} does not exist")
    exact = date(low, number, int(day or ""))
    return exact, exact, "day"


def _season_days(year: int, season: int) -> tuple[date, date]:
    if season == WINTER:
        spring = date(year + 1, 3, 1) if year < date.max.year else None
        return date(year, 12, 1), date.fromordinal(spring.toordinal() - 1) if spring else date.max
    start = 3 * (season - 20)
    return date(year, start, 1), date(year, start + 2, calendar.monthrange(year, start + 2)[1])


def _check_clock(clock: str) -> None:
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise DateError("write a clock time with its zone like 2025-05-22T13:33+03:00, or with Z for UTC")
    if int(found["hour"]) > 23 or int(found["minute"]) > 59 or int(found["second"] or 0) > 59:  # noqa: PLR2004
        raise DateError(f"{clock[: found.end('second') if found['second'] else 5]} is not a time of day")
    zone = zone_minutes(clock)
    if zone is not None and (zone not in _ZONES or int(found["zone_minutes"] or 0) > 59):  # noqa: PLR2004
        raise DateError(f"there is no time zone {found['zone']}: zones go from -12:00 to +14:00")
