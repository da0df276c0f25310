"""A plot of seconds over records, both in powers of ten, as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from bench.cases import Case, find_median

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.cases import Runs

_WIDTH, _HEIGHT = 860, 560
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 300, 40, 50
_LABEL = 17  # pixels from one label to the next
_OURS, _THEIRS = "#0b5394", "#8a4b08"  # theirs are dashed too
_SHOWN: Mapping[str, tuple[tuple[Case, ...], bool]] = {
    "MkDocs-Material": ((Case.MATERIAL,), False),
    "MkDocs": ((Case.MKDOCS,), False),
    "Hugo + Pagefind": ((Case.HUGO, Case.PAGEFIND), False),
    "Hugo": ((Case.HUGO,), False),
    "clean build with search": ((Case.CLEAN_SEARCH,), True),
    "clean build": ((Case.CLEAN,), True),
    "check, cold": ((Case.CHECK_COLD,), True),
    "one edit, until searchable": ((Case.EDIT_SEARCH,), True),
    "one edit": ((Case.EDIT_WHY,), True),
    "no-change build": ((Case.SAME,), True),
}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    points: tuple[tuple[int, float], ...]
    ours: bool


def write_plot(sizes: Mapping[int, Runs]) -> str:
    """Draw the medians of the main cases; a size in which one was not measured is left out of its line."""
    lines = [
        _Line(name, points, ours) for name, (cases, ours) in _SHOWN.items() if (points := _find_points(sizes, cases))
    ]
    title = "Seconds by number of records"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="13" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15">{title}; ours solid, others dashed; both axes in powers of ten</text>',
    ]
    if lines:
        parts += _draw(lines)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _find_points(sizes: Mapping[int, Runs], cases: Sequence[Case]) -> tuple[tuple[int, float], ...]:
    return tuple(
        (records, sum(find_median([run.seconds for run in runs[case]]) for case in cases))
        for records, runs in sorted(sizes.items())
        if all(runs.get(case) for case in cases)
    )


def _draw(lines: Sequence[_Line]) -> Iterator[str]:
    every = [point for line in lines for point in line.points]
    first = math.log10(min(records for records, _ in every))
    last = max(math.log10(max(records for records, _ in every)), first + 1)
    bottom = math.floor(math.log10(min(seconds for _, seconds in every)))
    top = max(math.ceil(math.log10(max(seconds for _, seconds in every))), bottom + 1)

    def place(records: float, seconds: float) -> tuple[float, float]:
        across = (math.log10(records) - first) / (last - first)
        up = (math.log10(seconds) - bottom) / (top - bottom)
        return (
            _LEFT + across * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM),
        )

    for power in range(bottom, top + 1):
        _, y = place(10**first, 10.0**power)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>'
    for records in sorted({records for records, _ in every}):
        x, y = place(records, 10.0**bottom)
        yield f'<path d="M{x:.1f} {_TOP}V{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle">{records:,}</text>'
    below = -math.inf
    for line in sorted(lines, key=lambda one: place(*one.points[-1])[1]):
        colour = _OURS if line.ours else _THEIRS
        placed = [place(*point) for point in line.points]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
        dashes = "" if line.ours else ' stroke-dasharray="6 4"'
        yield f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in placed)
        x, y = placed[-1]
        below = max(y, below + _LABEL)
        label = escape(f"{line.name}, {line.points[-1][1]:.3g} s")
        end = _WIDTH - _RIGHT + 14
        yield f'<path d="M{x + 4:.1f} {y:.1f}L{end - 4} {below:.1f}" stroke="#bbb"/>'
        yield f'<text x="{end}" y="{below + 4:.1f}" fill="{colour}">{label}</text>'
