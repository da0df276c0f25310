"""The narrow drawing: all stops beneath one another, layer after layer, and the lines in tracks along their left.

Every stop with lines out of it has one track; its lines leave the track towards the boxes. It holds any number of layers.
"""

from __future__ import annotations

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
    from collections.abc import Sequence

    from generator.dialect.fences.attribution.graph import Tie
    from generator.dialect.fences.attribution.order import Weave

WIDTH = 328.0
_TYPE = Type(14, 14)
_EDGE = FRAME + 1
_GAP, _TEAM_GAP, _LAYER_GAP = 15.0, 9.0, 26.0
_TRACK, _GUTTER, _MOST_GUTTER = 11.0, 16.0, 120.0
_BEND, _PORT = 6.0, 7.0


class _Trunk(NamedTuple):
    """The lines out of one stop: from its box down to the last of the boxes it leads to."""

    start: int
    ends: tuple[tuple[int, Tie], ...]

    @property
    def last(self) -> int:
        return max(end for end, _ in self.ends)


def _trunks(keys: Sequence[str], ties: Sequence[tuple[tuple[str, str], Tie]]) -> list[_Trunk]:
    at = {key: place for place, key in enumerate(keys)}
    out: dict[int, list[tuple[int, Tie]]] = {}
    for (a, b), tie in ties:
        out.setdefault(at[a], []).append((at[b], tie))
    return [_Trunk(start, tuple(sorted(ends, key=lambda end: end[0]))) for start, ends in sorted(out.items())]


def _tracks(trunks: Sequence[_Trunk]) -> dict[int, int]:
    """Give each trunk a track, the innermost that is free for all its length; short ones choose first."""
    taken: list[list[_Trunk]] = []
    chosen: dict[int, int] = {}
    for trunk in sorted(trunks, key=lambda one: (one.last - one.start, one.start)):
        fitting = (
            track
            for track, others in enumerate(taken)
            if all(trunk.last < other.start or other.last < trunk.start for other in others)
        )
        track = next(fitting, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append(trunk)
        chosen[trunk.start] = track
    return chosen


def lay_tracks(weave: Weave, ties: Sequence[tuple[tuple[str, str], Tie]], width: float = WIDTH) -> Layout:
    """Lay out the narrow drawing.

    Args:
        weave: the stops in order; its lanes are not needed here.
        ties: the lines from stop to stop.
        width: of the drawing.
    """
    layers = [[key for key in column if key in weave.stops] for column in weave.columns]
    keys = [key for layer in layers for key in layer]
    trunks = _trunks(keys, ties)
    chosen = _tracks(trunks)
    number = max(chosen.values(), default=-1) + 1
    pitch = min(_TRACK, (_MOST_GUTTER - _GUTTER) / max(1, number))
    left = round(_EDGE + _GUTTER + pitch * number)
    boxes = _stack(weave, layers, left, width - left - _EDGE)
    lines = [line for trunk in trunks for line in _lines(trunk, left - _GUTTER - pitch * chosen[trunk.start], boxes)]
    height = boxes[-1].y + boxes[-1].height + _EDGE
    return Layout(width, height, _TYPE, tuple(boxes), frame_runs(boxes), tuple(lines))


def _stack(weave: Weave, layers: Sequence[Sequence[str]], left: float, width: float) -> list[Box]:
    boxes: list[Box] = []
    y = _EDGE
    for layer in layers:
        for place, key in enumerate(layer):
            stop = weave.stops[key]
            if boxes:
                team = stop.group and stop.group == boxes[-1].stop.group
                y += _TEAM_GAP if team else _GAP if place else _LAYER_GAP
            label, notes, height = set_text(stop, width, _TYPE)
            boxes.append(Box(stop, left, y, width, height, label, notes))
            y += height
    return boxes


def _lines(trunk: _Trunk, x: float, boxes: Sequence[Box]) -> list[Line]:
    """Draw the track of a stop and its branches; it leaves a box below the middle and comes in above it.

    No stretch of the track is drawn twice, as dots over a line would not be seen: lines that count come first.
    """
    box = boxes[trunk.start]
    top = box.middle + _PORT
    steps: list[Step] = [("M", (box.x, top)), ("L", (x + _BEND, top)), ("Q", (x, top, x, top + _BEND))]
    lines = []
    drawn = top + _BEND
    for end, tie in sorted(trunk.ends, key=lambda one: (not one[1].counts, one[0])):
        y = boxes[end].middle - _PORT
        turn = y - _BEND
        steps = steps or [("M", (x, min(drawn, turn)))]
        branch: tuple[Step, ...] = (("L", (x, turn)), ("Q", (x, y, x + _BEND, y)), ("L", (boxes[end].x, y)))
        lines.append(Line((*steps, *branch), tie, tip=True))
        drawn, steps = max(drawn, turn), []
    return lines
