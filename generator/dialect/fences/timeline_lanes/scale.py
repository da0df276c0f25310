"""The scale of time: even where the density allows it, otherwise wider where much happened and tighter where little did."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CROWD = 3
"""So many events may stand over one another on an even scale before it is bent."""
_CROWDED = 1.5
"""A bent scale of few stretches may crowd events more than one that follows them all, by this factor."""
_EVEN = 0.1
"""Of a bent scale so much stays even: an empty year keeps some width."""
_CLOSE = (0.3, 0.2, 0.14, 0.1, 0.07, 0.05, 0.035)
"""Parts of the width by which straight stretches may shift an event; the first that leaves little crowd is taken."""
_MOST_STRETCHES = 8
_TIGHT = 0.4
"""A stretch is called tight where a day has less than this part of the width it has in the widest stretch."""
_SAME = 1.5
"""Two neighbouring stretches whose days differ by less than this factor look even."""


class Scale(NamedTuple):
    """A monotone scale, straight between its corners.

    Attributes:
        days: the corners as ordinals, ascending; two or more.
        places: where each stands, in units of the drawing, ascending.
        rates: how wide a day is in each stretch.
    """

    days: tuple[float, ...]
    places: tuple[float, ...]
    rates: tuple[float, ...]

    def place(self, day: float) -> float:
        """Give the place of a day; what lies outside the scale stands at its end."""
        days, places, _ = self
        if day <= days[0]:
            return places[0]
        if day >= days[-1]:
            return places[-1]
        after = bisect_right(days, day)
        first, left = days[after - 1], places[after - 1]
        share = (day - first) / (days[after] - first)
        return left + share * (places[after] - left)

    @property
    def tight(self) -> tuple[bool, ...]:
        """Which stretches are drawn tighter than the widest."""
        least = _TIGHT * max(self.rates)
        return tuple([rate < least for rate in self.rates])


def make_scale(days: tuple[float, ...], places: tuple[float, ...]) -> Scale:
    """Make a scale of its corners."""
    corners = pairwise(zip(days, places, strict=True))
    return Scale(days, places, tuple([(right - left) / (later - day) for (day, left), (later, right) in corners]))


def fit_scale(counts: Mapping[int, float], left: float, right: float, box: float) -> Scale:
    """Fit a scale to the days on which something happened.

    Args:
        counts: how much stands at each day (as an ordinal): 1 for an event, less for the end of a bar.
        left: where the first day stands.
        right: where the last day stands.
        box: how wide an event is drawn.

    Returns:
        An even scale where no more than three events would stand over one another; otherwise one that follows the number
        of events, simplified to a few straight stretches.
    """
    days = sorted(counts)
    if len(days) < 2:  # noqa: PLR2004 - one day has no length: it stands between the days beside it
        day = days[0] if days else date.min.toordinal()
        return make_scale((max(day - 1, date.min.toordinal()), min(day + 1, date.max.toordinal())), (left, right))
    even = _between(days, left, right)

    def crowd(places: Sequence[float]) -> float:
        return _crowd([(place, counts[day]) for day, place in zip(days, places, strict=True)], box)

    if crowd(even) <= _CROWD:
        return make_scale((days[0], days[-1]), (left, right))
    ranks = [0.0, *accumulate((counts[a] + counts[b]) / 2 for a, b in pairwise(days))]
    bent = [_EVEN * e + (1 - _EVEN) * r for e, r in zip(even, _between(ranks, left, right), strict=True)]
    bent[-1] = right  # the sum may miss it by a hair
    limit = max(_CROWD, _CROWDED * crowd(bent))
    scale = make_scale((days[0], days[-1]), (left, right))
    for close in _CLOSE:
        corners = _drop_same(days, bent, _choose_corners(days, bent, close * (right - left)))
        if len(corners) > _MOST_STRETCHES + 1:
            break
        scale = make_scale(tuple(days[one] for one in corners), tuple(bent[one] for one in corners))
        if crowd([scale.place(day) for day in days]) <= limit:
            break
    return scale


def _between(values: Sequence[float], left: float, right: float) -> list[float]:
    first, span = values[0], values[-1] - values[0]
    return [left + (right - left) * (value - first) / span for value in values]


def _crowd(places: Sequence[tuple[float, float]], box: float) -> float:
    """Count the most that stand within one box's width."""
    most = within = 0.0
    first = 0
    for place, number in places:
        within += number
        while places[first][0] <= place - box:
            within -= places[first][1]
            first += 1
        most = max(most, within)
    return most


def _choose_corners(days: Sequence[int], places: Sequence[float], close: float) -> list[int]:
    """Choose the corners of a polyline that stays close to all places (Douglas and Peucker)."""
    corners = {0, len(days) - 1}
    waiting = [(0, len(days) - 1)]
    while waiting:
        first, last = waiting.pop()
        slope = (places[last] - places[first]) / (days[last] - days[first])
        gaps = [
            (abs(places[one] - places[first] - slope * (days[one] - days[first])), one)
            for one in range(first + 1, last)
        ]
        worst, one = max(gaps, default=(0.0, 0))
        if worst > close:
            corners.add(one)
            waiting += [(first, one), (one, last)]
    return sorted(corners)


def _drop_same(days: Sequence[int], places: Sequence[float], corners: list[int]) -> list[int]:
    """Leave out corners at which the scale hardly changes."""
    kept = corners[:1]
    for one, after in pairwise(corners[1:]):
        before = (places[one] - places[kept[-1]]) / (days[one] - days[kept[-1]])
        behind = (places[after] - places[one]) / (days[after] - days[one])
        if not 1 / _SAME < before / behind < _SAME:
            kept.append(one)
    return [*kept, corners[-1]]
