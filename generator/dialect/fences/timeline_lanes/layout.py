"""A place for every event: marks and labels in rows, none over another, all within the picture."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from generator.dialect.fences.glyphs import fit, measure
from generator.dialect.fences.timeline_lanes.scale import Scale, fit_scale
from generator.dialect.fences.timeline_lanes.ticks import Tick, make_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.dialect.fences.timeline_lanes.chart import Chart, Mark

TYPE_SIZE = 13.5
RADIUS = 5.5
AXIS = 36.0
"""Height of the dates above the lanes."""
HEADING = 19.0
"""Height of a lane's title."""
_PAD = 5.0
_BESIDE = 4.0
"""From a shape to its number, and from a number to its label."""
_GAP = 7.0
"""Between two marks of a row."""
_LEAST_BAR = 2 * RADIUS + 6
_ABOUT = 15.0
"""How far the bar of a single uncertain day reaches to either side."""
_LEAST_LABEL = 120.0
"""A label that is cut keeps this much, or half of itself."""


class Form(NamedTuple):
    """One of the two drawings.

    Attributes:
        name: its class.
        width: of the drawing, in units.
        height: at most.
        pitch: height of a row.
        label: the widest label.
        rows: labels do not add rows beyond so many.
    """

    name: str
    width: float
    height: float
    pitch: float
    label: float
    rows: int


WIDE = Form("wide", 720, 480, 22, 330, 16)
NARROW = Form("narrow", 328, 640, 24, 250, 14)


class Box(NamedTuple):
    """A rectangle: left, top, right and bottom edge."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where one event is drawn.

    Attributes:
        mark: the event.
        x: the middle of its shape.
        y: the middle of its row.
        bar: left and right end of its bar, where it has one.
        label: its label, cut to the room there is; empty where there is none.
        before: whether number and label stand left of the shape.
        box: all that it covers.
    """

    mark: Mark
    x: float
    y: float
    bar: tuple[float, float] | None
    label: str
    before: bool
    box: Box


class LaidLane(NamedTuple):
    """A lane: its title, cut to the width (empty where there is one lane without a title), its top and its bottom."""

    title: str
    top: float
    bottom: float


class Layout(NamedTuple):
    """One drawing, laid out.

    Attributes:
        form: which drawing.
        height: of the drawing.
        scale: of time.
        ticks: the dates along it.
        lanes: those that hold an event.
        places: where each event is drawn, in the order of the chart.
        left_out: how many found no room.
    """

    form: Form
    height: float
    scale: Scale
    ticks: tuple[Tick, ...]
    lanes: tuple[LaidLane, ...]
    places: tuple[Place, ...]
    left_out: int


def lay_out(chart: Chart, form: Form) -> Layout:
    """Lay out one drawing: first every mark with its number, then as many labels as there is room for."""
    scale = _fit(chart, form)
    lanes = [(title, [m for m in chart.marks if m.lane == one]) for one, title in chart.lanes]
    lanes = [(title, marks) for title, marks in lanes if marks]
    titled = any(title for title, _ in lanes)
    fixed = AXIS + sum(2 * _PAD + (HEADING if titled else 0) for _ in lanes)
    rows = max(len(lanes), int((form.height - fixed) // form.pitch))

    packed = _pack_all(chart, [marks for _, marks in lanes], scale, form, rows)
    top, places, laid = AXIS, [], []
    for (title, _), lane in zip(lanes, packed, strict=True):
        begin = top
        top += _PAD + (HEADING if titled else 0)
        for row in lane:
            places += [_put(stand, top, form) for stand in row.filled(form)]
            top += form.pitch
        top += _PAD
        laid.append(LaidLane(fit(title, form.width - 4, TYPE_SIZE, bold=True), begin, top))
    order = {mark.key: index for index, mark in enumerate(chart.marks)}
    places.sort(key=lambda place: order[place.mark.key])
    return Layout(
        form, top, scale, make_ticks(scale, form.width), tuple(laid), tuple(places), len(chart.marks) - len(places)
    )


def _pack_all(chart: Chart, lanes: Sequence[Sequence[Mark]], scale: Scale, form: Form, rows: int) -> list[list[_Row]]:
    """Pack the marks of each lane into rows, and as many labels with them as there is room for."""
    if sum(map(len, lanes)) <= min(rows, form.rows):  # with a row for each there is room for all
        return [_pack([_stand(mark, scale, form, full=True) for mark in marks]) for marks in lanes]
    ranked = sorted(chart.marks, key=lambda mark: (not mark.here, -mark.weight, -_length(mark)))
    stands = [[[_stand(mark, scale, form, full=full) for full in (False, True)] for mark in marks] for marks in lanes]

    def pack(labelled: int) -> list[list[_Row]]:
        names = {mark.key for mark in ranked[:labelled]}
        return [_pack([full if bare.mark.key in names else bare for bare, full in lane]) for lane in stands]

    return _pack_most(pack, len(ranked), rows, form.rows)


def _length(mark: Mark) -> int:
    return mark.end - mark.start if mark.start is not None and mark.end is not None else 0


def _fit(chart: Chart, form: Form) -> Scale:
    counts: dict[int, int] = {}
    for mark in chart.marks:
        first, last = (mark.end, None) if mark.start is None else (mark.start, mark.end)
        if first is not None:
            counts[first] = counts.get(first, 0) + 10
        if last is not None and last != first:
            counts[last] = counts.get(last, 0) + 3  # the end of a bar needs less room than an event
    number = max((_number_width(mark) for mark in chart.marks), default=0)
    box = 2 * RADIUS + _BESIDE + number + _GAP
    return fit_scale(
        {day: count / 10 for day, count in counts.items()}, RADIUS + 1, form.width - RADIUS - _BESIDE - number - 1, box
    )


def _number_width(mark: Mark) -> float:
    return measure(mark.number, TYPE_SIZE, bold=True)


class _Stand(NamedTuple):
    """An event on its way to a place: all but the row."""

    mark: Mark
    x: float
    bar: tuple[float, float] | None
    label: str
    before: bool
    left: float
    right: float


_X, _LEFT = attrgetter("x"), attrgetter("left")


class _Row(NamedTuple):
    """What stands in one row, from left to right."""

    stands: list[_Stand]

    def filled(self, form: Form) -> list[_Stand]:
        """Give labels to those that have the room for one to their right."""
        ends = [*(stand.left - _GAP for stand in self.stands[1:]), form.width - 1]
        filled = []
        for stand, end in zip(self.stands, ends, strict=True):
            room = end - stand.x - RADIUS - 2 * _BESIDE - _number_width(stand.mark)
            label = "" if stand.label else _cut(stand.mark, min(room, form.label))
            filled.append(_spread(stand.mark, stand.x, stand.bar, label, before=False) if label else stand)
        return filled


def _stand(mark: Mark, scale: Scale, form: Form, *, full: bool) -> _Stand:
    """Put an event on the scale, with its label where it is wanted and has room at one side."""
    bar = _bar(mark, scale)
    x = _anchor(mark, scale, bar)
    number = RADIUS + 2 * _BESIDE + _number_width(mark)
    behind, before = form.width - 1 - x - number, (bar[0] if bar else x) - number - 1
    label = _cut(mark, min(form.label, max(behind, before))) if full else ""
    turned = bool(label) and measure(label, TYPE_SIZE, bold=mark.here) > behind
    return _spread(mark, x, bar, label, before=turned)


def _cut(mark: Mark, room: float) -> str:
    label = fit(mark.label, room, TYPE_SIZE, bold=mark.here)
    if label == mark.label:
        return label
    kept, whole = measure(label, TYPE_SIZE), measure(mark.label, TYPE_SIZE)
    return label if kept >= min(whole, max(_LEAST_LABEL, whole / 2)) else ""


def _bar(mark: Mark, scale: Scale) -> tuple[float, float] | None:
    first, last = scale.places[0], scale.places[-1]
    left = first - RADIUS if mark.start is None else scale.place(mark.start)
    right = last + RADIUS if mark.end is None else scale.place(mark.end)
    if mark.start is not None and mark.start == mark.end:
        if not mark.fades:
            return None
        left, right = left - _ABOUT * (mark.fades != "end"), right + _ABOUT * (mark.fades != "start")
    lacking = max(0.0, _LEAST_BAR - (right - left)) / 2
    left, right = left - lacking, right + lacking
    shift = max(0.0, 1 - left) - max(0.0, right - last - RADIUS)
    return max(1.0, left + shift), right + shift


def _anchor(mark: Mark, scale: Scale, bar: tuple[float, float] | None) -> float:
    """Find where the shape stands: on the day, or at that end of the bar that is known."""
    if bar is None:
        return scale.place(mark.start or 0)
    inset = RADIUS + 2.5
    return {"start": bar[1] - inset, "both": (bar[0] + bar[1]) / 2}.get(mark.fades, bar[0] + inset)


def _spread(mark: Mark, x: float, bar: tuple[float, float] | None, label: str, *, before: bool) -> _Stand:
    words = _number_width(mark) + (_BESIDE + measure(label, TYPE_SIZE, bold=mark.here) if label else 0)
    left, right = bar or (x - RADIUS, x + RADIUS)
    if before:
        left = min(left, (left if bar else x - RADIUS) - _BESIDE - words)
    else:
        right = max(right, x + RADIUS + _BESIDE + words)
    return _Stand(mark, x, bar, label, before, left, right)


def _pack(stands: Sequence[_Stand]) -> list[_Row]:
    """Put intervals into rows in the order of time, each into the first row in which it touches nothing."""
    rows: list[list[_Stand]] = []
    for stand in sorted(stands, key=_X):
        left, right = stand.left, stand.right + _GAP
        for row in rows:
            if all(right <= o.left or o.right + _GAP <= left for o in row):
                row.append(stand)
                break
        else:
            rows.append([stand])
    return [_Row(sorted(row, key=_LEFT)) for row in rows]


def _pack_most(pack: Callable[[int], list[list[_Row]]], most: int, rows: int, labelled_rows: int) -> list[list[_Row]]:
    """Pack with as many labels as fit into the rows; where not even the numbers do, the fullest lanes lose rows."""
    low, high = 0, most
    enough = min(rows, max(labelled_rows, sum(map(len, pack(0)))))
    while low < high:
        middle = (low + high + 1) // 2
        if sum(map(len, pack(middle))) <= enough:
            low = middle
        else:
            high = middle - 1
    packed = pack(low)
    while sum(map(len, packed)) > rows and max(map(len, packed)) > 1:
        max(packed, key=len).pop()
    return packed


def _put(stand: _Stand, top: float, form: Form) -> Place:
    box = Box(stand.left, top + 1, stand.right, top + form.pitch - 1)
    return Place(stand.mark, stand.x, top + form.pitch / 2, stand.bar, stand.label, stand.before, box)
