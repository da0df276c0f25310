"""The order of the stops within each layer: as few lines as possible cross, and stops of one origin stay together."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.dialect.fences.attribution.graph import Graph, Stop, Tie

_SWEEPS = 8
Column = tuple[str, ...]


class Weave(NamedTuple):
    """A graph whose lines run from one layer to the next: where one passes a layer, it has a lane there.

    Attributes:
        stops: by key; what stands in a column and is no stop is a lane.
        columns: keys in order, by layer.
        threads: the lines between neighbouring columns.
    """

    stops: Mapping[str, Stop]
    columns: tuple[Column, ...]
    threads: Mapping[tuple[str, str], Tie]


def weave(graph: Graph) -> Weave:
    """Give the lines that pass layers their lanes, and put every layer into order."""
    stops = {stop.key: stop for layer in graph.layers for stop in layer}
    depth = {stop.key: place for place, layer in enumerate(graph.layers) for stop in layer}
    columns = [[stop.key for stop in layer] for layer in graph.layers]
    threads: dict[tuple[str, str], Tie] = {}
    for (start, end), tie in graph.ties.items():
        before = start
        for place in range(depth[start] + 1, depth[end]):
            # Lines out of one stop share a lane as long as they tell the same.
            lane = f"{start}|{'counts' if tie.counts else ''}|{'against' if tie.against else ''}|{place}"
            if lane not in columns[place]:
                columns[place].append(lane)
            threads[before, lane] = tie
            before = lane
        threads[before, end] = tie
    order = _untangle([tuple(column) for column in columns], threads, stops)
    return Weave(_letter(stops, order), order, threads)


def _letter(stops: Mapping[str, Stop], columns: Iterable[Column]) -> dict[str, Stop]:
    """Letter the origins as they stand, column by column from above, and say so in each of their boxes."""
    groups = dict.fromkeys(stops[key].group for column in columns for key in column if key in stops)
    letters = {group: _name(place) for place, group in enumerate(filter(None, groups))}
    lettered = dict(stops)
    for key, stop in stops.items():
        if stop.group:
            note = f"Origin {letters[stop.group]}{f': {stop.origin}' if stop.origin else ''}"
            lettered[key] = stop._replace(notes=(note, *stop.notes))
    return lettered


def _name(place: int) -> str:
    return ascii_uppercase[place % 26] * (1 + place // 26)


def _untangle(
    columns: Sequence[Column], threads: Mapping[tuple[str, str], Tie], stops: Mapping[str, Stop]
) -> tuple[Column, ...]:
    """Sweep to and fro, each layer in the order of its neighbours' middles, and keep the best order seen."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for a, b in threads:
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    now = [_gather(column, {key: place for place, key in enumerate(column)}, stops) for column in columns]
    best, fewest = tuple(now), _crossings(now, after)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        back = sweep % 2 == 0
        for place in reversed(range(len(now) - 1)) if back else range(1, len(now)):
            at = {key: float(i) for i, key in enumerate(now[place + 1 if back else place - 1])}
            own = {key: float(i) for i, key in enumerate(now[place])}
            near = {key: (after if back else before).get(key, ()) for key in now[place]}
            middle = {key: sum(at[n] for n in near[key]) / len(near[key]) if near[key] else own[key] for key in own}
            now[place] = _gather(now[place], middle, stops)
        if (number := _crossings(now, after)) < fewest:
            best, fewest = tuple(now), number
    return best


def _gather(column: Column, middle: Mapping[str, float], stops: Mapping[str, Stop]) -> Column:
    """Sort a layer: what speaks for the claim before what speaks against it, what is summed up last, origins in one run."""
    teams: dict[str, list[str]] = {}
    for key in column:
        teams.setdefault((stops[key].group if key in stops else "") or f"|{key}", []).append(key)
    order = []
    for members in teams.values():
        first = stops.get(members[0])
        mean = sum(middle[key] for key in members) / len(members)
        place = (first is not None and first.side == "against", members[0].startswith("+"), mean)
        order.append((place, sorted(members, key=middle.__getitem__)))
    return tuple(key for _, members in sorted(order, key=lambda one: one[0]) for key in members)


def _crossings(columns: Sequence[Column], after: Mapping[str, Sequence[str]]) -> int:
    number = 0
    for left, right in pairwise(columns):
        at = {key: place for place, key in enumerate(right)}
        ends = [at[key] for a in left for key in sorted(after.get(a, ()), key=at.__getitem__)]
        number += sum(ends[i] > later for i in range(len(ends)) for later in ends[i + 1 :])
    return number
