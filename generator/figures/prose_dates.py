"""Dates written in prose ("16 May 2025", "May 22", "23–25 May"), which are not counts of anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_ENGLISH = "January February March April May June July August September October November December"
_SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_RUSSIAN_ALONE = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"
_UKRAINIAN = "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
_UKRAINIAN_ALONE = "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні"
_MONTHS = MappingProxyType(
    {
        name: number
        for names in (_ENGLISH, _SHORT, _RUSSIAN, _RUSSIAN_ALONE, _UKRAINIAN, _UKRAINIAN_ALONE)
        for number, name in enumerate(names.split(), 1)
    }
    | {"Sept": 9}
)
# "may" and "march" are verbs: English months need their capital.
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|[.,:][0-9]|\s?%)"
_TH = r"(?:st|nd|rd|th)?"
_DAY = rf"(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01]){_TH}(?![0-9A-Za-z])"
_TO = r"(?:\s?[-‐‑–—/]\s?|\s+(?:to|until|till|through|по|до)\s+)"
_AND = r"(?:,?\s+(?:and|or|и|та|і|й)\s+)"
_NO_COUNT = r"(?![.,:][0-9]|\s?%|\s+(?:hundred|thousand|million|billion|per\s?cent)\b)"

_DAYS_FIRST = re.compile(
    rf"(?<![0-9.,:])(?P<days>{_DAY}(?:{_TO}{_DAY}|(?:,\s?{_DAY}){{0,31}}{_AND}{_DAY})?)\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>{_YEAR}))?"
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?:the\s+)?(?P<days>{_DAY}{_NO_COUNT}(?:{_TO}{_DAY}{_NO_COUNT}|(?:,\s?{_DAY}){{0,31}}{_AND}{_DAY}(?=\s*(?:[.,;:)]|\Z)))?)"
    rf"(?:,?\s+(?P<year>{_YEAR}))?"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?(?P<year>{_YEAR})")
_ISO = re.compile(r"(?<![0-9-])(?P<year>(?:19|20)[0-9]{2})-(?P<number>0[1-9]|1[0-2])-(?P<days>[0-9]{2})(?![0-9-])")
_DOTTED = re.compile(
    r"(?<![0-9./])(?P<days>[0-9]{1,2})(?P<dot>[./])(?P<number>0?[1-9]|1[0-2])(?P=dot)(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
_YEAR_ALONE = re.compile(rf"(?<![\w.,:$€£₴])(?P<year>{_YEAR})(?!\w)")
_WITH_MONTH = (_DAYS_FIRST, _MONTH_FIRST, _MONTH_YEAR)
_SHAPES = ((_ISO, _DOTTED), _WITH_MONTH, (_YEAR_ALONE,))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ProseDate:
    """A date in prose: where it stands, and what of day, month and year is written."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def covers(self, day: date) -> bool:
        """Tell whether a day is written here, as far as it is written."""
        return all(
            written is None or written == actual
            for written, actual in ((self.year, day.year), (self.month, day.month), (self.day, day.day))
        )

    def agrees(self, periods: Sequence[tuple[date | None, date | None]]) -> bool:
        """Tell whether the first or the last day of one of the periods is written here."""
        return any(self.covers(end) for period in periods for end in period if end)

    def is_within(self, other: ProseDate, years: frozenset[int]) -> bool:
        """Tell whether all that is written here is written there too; a year left out there may be one of `years`."""
        return (
            self.month in {None, other.month}
            and self.day in {None, other.day}
            and (self.year in {None, other.year} or (other.year is None and self.year in years))
        )


def find_dates(text: str) -> tuple[ProseDate, ...]:
    """List the dates of a text in order; each day of "23, 24 and 25 May" is a date of its own."""
    taken = text
    found_dates: list[ProseDate] = []
    has_year = "19" in text or "20" in text
    for shapes in _SHAPES:
        if shapes is not _WITH_MONTH and not has_year:
            continue
        if shapes is _WITH_MONTH and _MONTHS.keys().isdisjoint(_WORD.findall(taken)):
            continue  # the names of months are looked for at every word, which is slow
        for shape in shapes:
            for found in shape.finditer(taken):
                found_dates.extend(_read(found))
                taken = taken[: found.start()] + "\ufffc" * len(found[0]) + taken[found.end() :]
    return tuple(sorted(found_dates, key=lambda written: written.start))


def _read(found: re.Match[str]) -> list[ProseDate]:
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts["number"]) if parts.get("number") else None
    if not parts.get("days"):
        return [ProseDate(*found.span(), year, month, None)]
    base = found.start("days")
    days = [(base + day.start(), base + day.end(), int(day[0])) for day in re.finditer(r"[0-9]+", parts["days"])]
    # Month and year belong to the day beside them, so that they are not read again.
    days[0] = (found.start(), *days[0][1:])
    days[-1] = (days[-1][0], found.end(), days[-1][2])
    return [ProseDate(start, end, year, month, day) for start, end, day in days]
