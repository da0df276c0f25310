"""What both drawings share: boxes, their measures, lines of curves, and frames around the voices of one origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.dialect.fences.attribution.labels import shorten, wrap
from generator.dialect.fences.glyphs import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.dialect.fences.attribution.graph import Stop, Tie

Step = tuple[Literal["M", "L", "Q", "C"], tuple[float, ...]]
"""One step of a line as SVG has it, with absolute coordinates."""

INSET, FRAME = 9.0, 5.0
_LEADING = 1.3


class Type(NamedTuple):
    """Sizes of type in the units of one drawing."""

    label: float
    note: float


class Box(NamedTuple):
    """A stop in its place.

    Attributes:
        stop: what it shows.
        x: left edge; all measures are in the units of the drawing.
        y: upper edge.
        width: of the box.
        height: of the box.
        label: lines of its name.
        notes: the lines below.
    """

    stop: Stop
    x: float
    y: float
    width: float
    height: float
    label: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2

    @property
    def is_cut(self) -> bool:
        """Whether a name or note is shortened."""
        return any(line.endswith("…") for line in (*self.label, *self.notes))


class Frame(NamedTuple):
    """A frame around neighbouring boxes of one origin."""

    x: float
    y: float
    width: float
    height: float


class Line(NamedTuple):
    """A line of one or more steps.

    Attributes:
        steps: from its beginning to its end.
        tie: what it tells.
        tip: whether it ends in an arrow that points right, at a box.
    """

    steps: tuple[Step, ...]
    tie: Tie
    tip: bool


class Layout(NamedTuple):
    """One drawing."""

    width: float
    height: float
    type: Type
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]


def set_text(stop: Stop, width: float, type_: Type) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """Set a stop's name and notes in a box of this width.

    Returns:
        The lines of the name, those of the notes, and the height that they need.
    """
    room = width - 2 * INSET
    label = wrap(stop.label, room, type_.label) or ("?",)
    joined = " · ".join(stop.notes)
    fits = measure(joined, type_.note) <= room
    notes = ((joined,) if joined else ()) if fits else tuple(shorten(note, room, type_.note) for note in stop.notes)
    return label, notes, round(2 * INSET - 4 + _LEADING * (len(label) * type_.label + len(notes) * type_.note))


def baselines(box: Box, type_: Type) -> list[tuple[float, str, bool]]:
    """List the lines of a box: the baseline, the text, and whether it is a note."""
    lines = []
    y = box.y + INSET - 2
    for is_note, texts, size in ((False, box.label, type_.label), (True, box.notes, type_.note)):
        for text in texts:
            lines.append((y + size, text, is_note))
            y += _LEADING * size
    return lines


def frame_runs(boxes: Sequence[Box]) -> tuple[Frame, ...]:
    """Frame neighbouring boxes of one column that count as one origin, where there are two or more."""
    frames = []
    for run in _runs(boxes):
        first, last = run[0], run[-1]
        frames.append(
            Frame(first.x - FRAME, first.y - FRAME, first.width + 2 * FRAME, last.y + last.height - first.y + 2 * FRAME)
        )
    return tuple(frames)


def _runs(boxes: Iterable[Box]) -> list[list[Box]]:
    runs: list[list[Box]] = []
    for box in boxes:
        if runs and box.stop.group and runs[-1][-1].stop.group == box.stop.group:
            runs[-1].append(box)
        else:
            runs.append([box])
    return [run for run in runs if len(run) > 1]
