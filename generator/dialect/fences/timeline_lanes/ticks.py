"""The dates along a scale: years above, days and months below, each a real date, none over another."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from babel.dates import get_month_names

from generator.dialect.fences.glyphs import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.dialect.fences.timeline_lanes.scale import Scale

Tier = Literal["year", "day"]
TYPE_SIZE = 12.0
_AFTER, _GAP = 4.0, 8.0
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_DAYS = ((1,), (1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29), (1, 5, 10, 15, 20, 25), (1, 10, 20))
_MONTHS = ((*range(1, 13),), (1, 4, 7, 10), (1, 7))
_DAY_ROOM, _MONTH_ROOM, _YEAR_ROOM = 58.0, 40.0, 46.0
_DAY_LENGTHS, _MONTH_LENGTHS = (1, 2, 5, 10), (30, 91, 182)
_YEAR = 365.25


class Tick(NamedTuple):
    """A date on the scale.

    Attributes:
        place: where it stands.
        text: what is written to its right; empty for a bare line.
        tier: the row it is written in.
        right: where its text ends.
    """

    place: float
    text: str
    tier: Tier
    right: float


def make_ticks(scale: Scale, width: float) -> tuple[Tick, ...]:
    """Choose the dates to write along a scale, those that matter most first, as many as fit without touching."""
    years = [_tick(scale, year.toordinal(), str(year.year), "year") for year in _years(scale)]
    spans = [later.place - one.place for one, later in pairwise([*years, _end(width)])]
    ranked = [years[index] for index in sorted(range(len(years)), key=lambda index: (-spans[index], index))]
    kept = _choose(ranked, width, bare=True)
    told = {tick.text for tick in kept}
    corners = (date.fromordinal(int(day)) for day in scale.days)
    found = [(day, "d MMM") for day in corners]
    found += [pair for first, last, rate in _stretches(scale) for pair in _days(first, last, rate)]
    named = [_tick(scale, day.toordinal(), _name(day, form, told), "day") for day, form in found]
    return (*kept, *_choose(named, width, bare=False))


def _name(day: date, form: str, told: set[str]) -> str:
    """Name a day or month, with its year where no tick tells it."""
    name = f"{day.day} {_months()[day.month]}" if form == "d MMM" else _months()[day.month]
    year = str(day.year)
    return name if year in told else f"{name} {year}"


@cache
def _months() -> Mapping[int, str]:
    return get_month_names("abbreviated", locale="en")


def _end(width: float) -> Tick:
    return Tick(width, "", "year", width)


def _tick(scale: Scale, day: int, text: str, tier: Tier) -> Tick:
    place = scale.place(day)
    return Tick(place, text, tier, place + _AFTER + measure(text, TYPE_SIZE, bold=tier == "year"))


def _choose(ranked: list[Tick], width: float, *, bare: bool) -> list[Tick]:
    """Keep the ticks whose words have room, the first ones first; the others lose their words, or are left out."""
    kept: list[Tick] = []
    lines: list[Tick] = []
    for tick in ranked:
        place, _, tier, right = tick
        if right <= width and all(right + _GAP <= o.place or o.right + _GAP <= place for o in kept):
            kept.append(tick)
        elif bare:
            lines.append(Tick(place, "", tier, place))
    return sorted([*kept, *lines], key=itemgetter(0))


def _stretches(scale: Scale) -> Iterator[tuple[date, date, float]]:
    for (first, last), rate in zip(pairwise(scale.days), scale.rates, strict=True):
        yield date.fromordinal(int(first)), date.fromordinal(int(last)), rate


def _years(scale: Scale) -> list[date]:
    """List the first day of the scale, for its year, and the years that begin on it."""
    first, last = date.fromordinal(int(scale.days[0])), date.fromordinal(int(scale.days[-1]))
    found = {first.year: first}
    for start, end, rate in _stretches(scale):
        step = next((step for step in _YEARS if step * _YEAR * rate >= _YEAR_ROOM), _YEARS[-1])
        begin = start.year + 1 if start > date(start.year, 1, 1) else start.year
        for year in range(begin + -begin % step, end.year + 1, step):
            if first < date(year, 1, 1) <= last:
                found[year] = date(year, 1, 1)
    return [found[year] for year in sorted(found)]


def _days(first: date, last: date, rate: float) -> Iterator[tuple[date, str]]:
    """List the days or months of one stretch and how to write them, at the finest step that has room for its words."""
    for length, days in zip(_DAY_LENGTHS, _DAYS, strict=True):
        if length * rate >= _DAY_ROOM:
            every = range(first.toordinal(), last.toordinal() + 1)
            yield from ((d, "d MMM") for d in map(date.fromordinal, every) if length == 1 or d.day in days)
            return
    for length, months in zip(_MONTH_LENGTHS, _MONTHS, strict=True):
        if length * rate >= _MONTH_ROOM:
            for year in range(first.year, last.year + 1):
                begins = (date(year, month, 1) for month in months if month > 1)
                yield from ((d, "MMM") for d in begins if first <= d <= last)
            return
