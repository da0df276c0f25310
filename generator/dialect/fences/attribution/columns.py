"""The wide drawing: a column for each layer, from left to right; lines curve between the columns and pass them in lanes."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from generator.dialect.fences.attribution.layout import (
    FRAME,
    Box,
    Layout,
    Line,
    Step,
    Type,
    frame_runs,
    set_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.dialect.fences.attribution.order import Weave

WIDTH = 720.0
MOST_COLUMNS = 5
_TYPE = Type(13.5, 12.5)
_EDGE = FRAME + 1
_WIDEST = 210.0
_GUTTERS = (0.0, 90.0, 80.0, 56.0, 40.0)
"""Room between columns, by the number of gaps."""
_ROUNDS = 8
_GAP, _TEAM_GAP, _LANE_GAP = 16.0, 9.0, 11.0


class _Slot(NamedTuple):
    """A box or a lane in its column; its middle is found later."""

    key: str
    box: Box | None
    height: float
    middle: float = 0.0


def _apart(one: _Slot, other: _Slot) -> float:
    """Give the distance that the middles of two neighbours need."""
    if one.box is None or other.box is None:
        gap = _LANE_GAP
    else:
        group = one.box.stop.group
        gap = _TEAM_GAP if group and group == other.box.stop.group else _GAP
    return (one.height + other.height) / 2 + gap


def _offsets(column: Sequence[_Slot]) -> list[float]:
    """Give the least distance of each slot of a column from the first."""
    return [*accumulate((_apart(one, other) for one, other in pairwise(column)), initial=0.0)]


def _settle(offsets: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Place a column as near as can be to where its slots would like to be, in order and without overlaps.

    This is isotonic regression: neighbours that would overlap are pooled and share the mean of their wishes.
    """
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wanted, offsets, strict=True):
        mean, size = wish - offset, 1
        while pools and pools[-1][0] >= mean:
            before, number = pools.pop()
            mean, size = (before * number + mean * size) / (number + size), number + size
        pools.append((mean, size))
    places = [mean for mean, size in pools for _ in range(size)]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]


def _share(groups: Sequence[str], wishes: Sequence[float]) -> Sequence[float]:
    """Let the voices of one origin wish for one place, so that they stand close together."""
    if not any(groups):
        return wishes
    shared = {
        group: sum(wish for wish, other in zip(wishes, groups, strict=True) if other == group) / groups.count(group)
        for group in {*groups} - {""}
    }
    return [shared.get(group, wish) for wish, group in zip(wishes, groups, strict=True)]


def _place(weave: Weave, columns: list[list[_Slot]]) -> list[list[_Slot]]:
    """Find the middle of every slot: the last column is stacked, the others follow those they lead to."""
    near: dict[str, list[str]] = {}
    for a, b in weave.threads:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    last = len(columns) - 1
    offsets = [_offsets(column) for column in columns]
    groups = [[slot.box.stop.group if slot.box else "" for slot in column] for column in columns]
    at: dict[str, float] = {}
    _note(at, columns[last], _settle(offsets[last], [0.0] * len(columns[last])))
    for _ in range(_ROUNDS):
        before = {**at}
        for place in (*reversed(range(last)), *range(1, last + 1)):
            wanted = []
            for slot in columns[place]:
                known = [at[key] for key in near.get(slot.key, ()) if key in at]
                wanted.append(sum(known) / len(known) if known else at.get(slot.key, 0.0))
            _note(at, columns[place], _settle(offsets[place], _share(groups[place], wanted)))
        if at == before:
            break
    return [[_Slot(slot.key, slot.box, slot.height, at[slot.key]) for slot in column] for column in columns]


def _note(at: dict[str, float], column: Sequence[_Slot], middles: Sequence[float]) -> None:
    at.update(zip([slot.key for slot in column], middles, strict=True))


def _squeeze(columns: Sequence[Sequence[_Slot]]) -> list[list[_Slot]]:
    """Take out the bands in which nothing stands, and let the drawing begin at its upper edge."""
    moved: dict[str, _Slot] = {}
    shift, bottom = 0.0, None
    for slot in sorted((slot for column in columns for slot in column), key=lambda one: one.middle - one.height / 2):
        top = slot.middle - slot.height / 2
        if bottom is None:
            shift = _EDGE - top
        elif top - bottom > _GAP:
            shift -= top - bottom - _GAP
        bottom = max(top if bottom is None else bottom, top + slot.height)
        moved[slot.key] = _Slot(slot.key, slot.box, slot.height, round(slot.middle + shift))
    return [[moved[slot.key] for slot in column] for column in columns]


def lay_columns(weave: Weave) -> Layout:
    """Lay out the wide drawing.

    Args:
        weave: two to `MOST_COLUMNS` layers.
    """
    number = len(weave.columns)
    gutter = _GUTTERS[number - 1]
    width = min(_WIDEST, (WIDTH - 2 * _EDGE - gutter * (number - 1)) // number)
    step = (WIDTH - 2 * _EDGE - width) // max(1, number - 1)
    columns: list[list[_Slot]] = []
    for place, keys in enumerate(weave.columns):
        slots = []
        for key in keys:
            if key not in weave.stops:
                slots.append(_Slot(key, None, 0))
                continue
            label, notes, height = set_text(weave.stops[key], width, _TYPE)
            box = Box(weave.stops[key], _EDGE + place * step, 0, width, height, label, notes)
            slots.append(_Slot(key, box, height))
        columns.append(slots)
    columns = _place(weave, columns)
    columns = _squeeze(columns)
    boxes = [[slot.box._replace(y=slot.middle - slot.height / 2) for slot in column if slot.box] for column in columns]
    height = max(slot.middle + slot.height / 2 for column in columns for slot in column) + _EDGE
    return Layout(
        WIDTH,
        height,
        _TYPE,
        tuple(box for column in boxes for box in column),
        tuple(frame for column in boxes for frame in frame_runs(column)),
        _lines(weave, columns, width, step),
    )


def _lines(weave: Weave, columns: Sequence[Sequence[_Slot]], width: float, step: float) -> tuple[Line, ...]:
    at: Mapping[str, tuple[float, _Slot]] = {
        slot.key: (_EDGE + place * step, slot) for place, column in enumerate(columns) for slot in column
    }
    lines = []
    for (a, b), tie in weave.threads.items():
        (start, one), (end, other) = at[a], at[b]
        x1, y1, x2, y2 = start + width, one.middle, end, other.middle
        half = (x1 + x2) / 2
        begin: tuple[Step, ...] = (("M", (x1, y1)),)
        if one.box is None:  # the lane through the column before
            begin = (("M", (start, y1)), ("L", (x1, y1)))
        lines.append(Line((*begin, ("C", (half, y1, half, y2, x2, y2))), tie, tip=other.box is not None))
    return tuple(lines)
