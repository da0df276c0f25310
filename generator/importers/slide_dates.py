"""The dates of TimelineJS: numbers for year, month, day and time, as one date in EDTF; what is left over is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import dates
from generator.importers.cells import read_date
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

_GAPS = re.compile(r"[\s,]")
_YEAR = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}(?:\.0+)?", re.ASCII)
_MONTHS, _DAYS = range(1, 13), range(1, 32)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in the parts in which a slide gives it; blank where it does not.

    Attributes:
        year: may have commas or blanks between its digits.
        month: from 1.
        day: from 1.
        time: a clock time, as typed or put together from its numbers.
        text: the whole date where it stands in one cell, the month in front.
    """

    year: str = ""
    month: str = ""
    day: str = ""
    time: str = ""
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not any((self.year, self.month, self.day, self.time, self.text))


@dataclass(frozen=True, slots=True)
class Dated:
    """What a slide's dates come to.

    Attributes:
        when: the date in EDTF; empty where there is none that can be written.
        remarks: in what way it says less than the slide, or something that should be known.
        problem: why there is none, as a sentence.
    """

    when: str = ""
    remarks: tuple[Remark, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class _Reading:
    name: str
    remarks: list[Remark] = field(default_factory=list)

    def reduce(self, value: str) -> None:
        self.remarks.append(Remark("date-reduced", self.name, value))


def read_dates(start: Stamp, end: Stamp, names: Mapping[str, str]) -> Dated:
    """Read the date of a slide, or the days from its start to its end.

    Args:
        start: when it begins.
        end: when it ends; blank where it is a single date.
        names: what the file calls the two, under `start` and `end`.
    """
    first = _Reading(names["start"])
    began, problem = _read(start, first)
    if not began:
        return Dated(problem=problem)
    if end.is_blank:
        return Dated(began, tuple(first.remarks))
    last = _Reading(names["end"])
    ended, _ = _read(end, last)
    shown = _show(end)
    if not ended:
        return Dated(began, (*first.remarks, Remark("date-reduced", last.name, shown)))
    remarks = [*first.remarks, *last.remarks]
    if began == ended:
        return Dated(began, tuple(remarks))
    days = [one.partition("T")[0] for one in (began, ended)]
    # An interval runs from day to day, so clock times cannot stand in it.
    remarks += [
        Remark("date-reduced", name, _show(stamp))
        for name, stamp, one in ((first.name, start, began), (last.name, end, ended))
        if "T" in one
    ]
    if days[0] == days[1]:
        return Dated(days[0], tuple(remarks))
    whole = f"{days[0]}/{days[1]}"
    try:
        dates.parse(whole)
    except dates.DateError:
        return Dated(began, (*first.remarks, Remark("interval-reversed", last.name, shown)))
    return Dated(whole, tuple(remarks))


def _show(stamp: Stamp) -> str:
    """Give the parts of a date as they stand."""
    return ", ".join(filter(None, (stamp.text, stamp.year, stamp.month, stamp.day, stamp.time)))


def _read(stamp: Stamp, reading: _Reading) -> tuple[str, str]:
    """Read one date; give it, or why it cannot be written, as a sentence."""
    if stamp.text:
        return _read_text(stamp, reading)
    year = _GAPS.sub("", stamp.year)
    year = year.removesuffix(".0")
    if not year:
        return "", "It has no year." if stamp.is_blank else f"It has no year: {reading.name} is “{_show(stamp)[:60]}”."
    if not _YEAR.fullmatch(year):
        return "", f"The year “{stamp.year[:60]}” cannot be read."
    if not 1 <= int(year) <= 9999:  # noqa: PLR2004 - the years that a date can have here
        return "", f"The year {stamp.year[:60]} lies outside the years 1 to 9999, which a date can have here."
    when = f"{int(year):04}"
    month, day = _number(stamp.month), _number(stamp.day)
    for number, known in ((month, _MONTHS), (day, _DAYS)):
        if number == 0:
            continue  # blank, or a 0 that stands for a blank
        exact = f"{when}-{number:02}" if number in known else ""
        if not exact or (known is _DAYS and not month) or not _is_date(exact):
            reading.reduce(_show(stamp))
            return when, ""
        when = exact
    if not stamp.time:
        return when, ""
    if not day:
        reading.reduce(_show(stamp))
        return when, ""
    return _add_time(when, stamp, reading), ""


def _read_text(stamp: Stamp, reading: _Reading) -> tuple[str, str]:
    found, remark = read_date(stamp.text, "month-day-year", reading.name)
    if found is None and _YEAR.fullmatch(_GAPS.sub("", stamp.text)):
        return _read(Stamp(year=stamp.text), reading)
    if found is None or "/" in found:
        return "", f"The date “{stamp.text[:60]}” cannot be read."
    reading.remarks += [remark] if remark else []
    return found, ""


def _add_time(day: str, stamp: Stamp, reading: _Reading) -> str:
    found, remark = read_date(f"{day} {stamp.time}", "year-month-day", reading.name)
    if found is None or not found.startswith(day):
        reading.reduce(_show(stamp))
        return day
    if remark is not None:
        reading.remarks.append(Remark(remark.code, reading.name, _show(stamp)))
    return found


def _number(text: str) -> int | None:
    """Read the number of a month or day; 0 where there is none, None where it cannot be read."""
    plain = text.strip()
    if not plain:
        return 0
    return int(plain.partition(".")[0]) if _NUMBER.fullmatch(plain) else None


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True
