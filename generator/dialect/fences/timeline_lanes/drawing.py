"""The laid-out timeline as SVG, and the caption below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator.dialect.fences.markup import element, escape_value, number, text
from generator.dialect.fences.timeline_lanes.layout import AXIS, HEADING, RADIUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.dialect.fences.timeline_lanes.chart import Chart
    from generator.dialect.fences.timeline_lanes.layout import Layout, Place

_BAR = 15.0
_YEAR_LINE, _DAY_LINE, _RULE = 11.0, 25.0, AXIS - 4
_BASELINE = 4.7
"""From the middle of a row to the line its words stand on."""
_FADES = {"start": ((0, 0), (0.6, 1)), "end": ((0.4, 1), (1, 0)), "both": ((0, 0), (0.4, 1), (0.6, 1), (1, 0))}


def draw_layout(chart: Chart, layout: Layout) -> str:
    """Draw one of the two drawings."""
    name = f"{chart.id}-{layout.form.name}"
    return element(
        "svg",
        *_fades(name, layout),
        *_axis(layout),
        *_lanes(layout),
        *(_mark(name, place) for place in layout.places),
        class_=layout.form.name,
        viewBox=f"0 0 {number(layout.form.width)} {number(layout.height)}",
        aria_hidden="true",
        focusable="false",
    )


def draw_caption(chart: Chart, layouts: Sequence[Layout]) -> str:
    """Write the caption: how to read what a reader would not expect."""
    notes = ["Each number leads to its entry in the list."]
    if any(mark.fades for mark in chart.marks):
        notes.append("A bar fades where the date is not exact.")
    told = [_note(layout) for layout in layouts]
    if len(set(told)) == 1:
        return element("figcaption", " ".join(filter(None, [*notes, told[0]])))
    spans = (element("span", note, class_=at.form.name) for note, at in zip(told, layouts, strict=True) if note)
    return element("figcaption", " ".join([*notes, *spans]))


def _note(layout: Layout) -> str:
    """Write what is true of one drawing only."""
    notes = []
    if any(layout.scale.tight):
        notes.append("Time is drawn tighter where the line of dates is dotted; two strokes mark each change of scale.")
    if layout.left_out:
        notes.append(f"{layout.left_out:,} more found no room and stand in the list only.")
    return " ".join(notes)


def _fades(name: str, layout: Layout) -> Iterator[str]:
    used = {place.mark.fades for place in layout.places} - {""}
    if used:
        yield element(
            "defs",
            *(
                element(
                    "linearGradient",
                    *(
                        element("stop", offset=at, stop_color="currentColor", stop_opacity=strength)
                        for at, strength in stops
                    ),
                    id=f"{name}-{fade}",
                )
                for fade, stops in _FADES.items()
                if fade in used
            ),
        )


def _axis(layout: Layout) -> Iterator[str]:
    height = number(layout.height)
    for place, words, tier, _ in layout.ticks:
        x = number(place)
        if tier == "year":
            yield f'<line class="grid" x1="{x}" y1="2" x2="{x}" y2="{height}"></line>'
            class_, line = "date year", _YEAR_LINE
        else:
            yield f'<line class="axis" x1="{x}" y1="{number(_DAY_LINE - 9)}" x2="{x}" y2="{number(_RULE)}"></line>'
            class_, line = "date", _DAY_LINE
        if words:
            yield f'<text class="{class_}" x="{number(place + 4)}" y="{number(line)}">{text(words)}</text>'
    corners = [0.0, *layout.scale.places[1:-1], layout.form.width]
    for (left, right), tight in zip(pairwise(corners), layout.scale.tight, strict=True):
        yield _line(left, _RULE, right, _RULE, "axis tight" if tight else "axis")
    for place in corners[1:-1]:
        yield element("path", class_="axis", d=f"M{number(place - 4)} {number(_RULE + 4)}l4-8m3 0l-4 8")


def _line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    return f'<line class="{class_}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"></line>'


def _lanes(layout: Layout) -> Iterator[str]:
    for index, lane in enumerate(layout.lanes):
        if index:
            yield _line(0, lane.top, layout.form.width, lane.top, "grid")
        if lane.title:
            yield element("text", text(lane.title), class_="lane", x=1, y=lane.top + HEADING - 3)


def _mark(name: str, place: Place) -> str:
    mark, x, y, bar, label, before, _ = place
    at = x + RADIUS + 4
    if before:
        at = (bar[0] if bar else x - RADIUS) - 4
    words = f'<tspan class="n">{text(mark.number)}</tspan>'
    if label:
        words = f"{text(label)} {words}" if before else f"{words} {text(label)}"
    here = ' class="here"' if mark.here else ""
    anchor = ' text-anchor="end"' if before else ""
    return (
        f'<a href="{escape_value(mark.href)}" tabindex="-1"{here} data-key="{escape_value(mark.key)}">'
        f"<title>{text(f'{mark.number}. {mark.when}: {mark.label}')}</title>"
        f"{_bar(name, place) if bar else ''}{_shape(mark.phase, x, y)}"
        f'<text x="{number(at)}" y="{number(y + _BASELINE)}"{anchor}>{words}</text></a>'
    )


def _bar(name: str, place: Place) -> str:
    left, right = place.bar or (place.x, place.x)
    fades = place.mark.fades
    class_ = "bar unsure" if fades else "bar"
    paint = f' fill="url(#{name}-{fades})" stroke="url(#{name}-{fades})"' if fades else ""
    top, width = number(place.y - _BAR / 2), number(right - left)
    return f'<rect class="{class_}" x="{number(left)}" y="{top}" width="{width}" height="{number(_BAR)}" rx="3"{paint}></rect>'


def _shape(phase: str, x: float, y: float) -> str:
    """Draw the shape of a phase, the same as the style sheet puts beside the entries of the list."""
    left, top = number(x), number(y)
    if phase == "disputed":
        c = number(RADIUS + 1)
        return (
            f'<path class="ring" d="M{left} {top}m0-{c}l{c} {c}-{c} {c}-{c}-{c}z"></path>'
            f'<path class="ink" d="M{left} {top}m0-{c}v{number(2 * RADIUS + 2)}l-{c}-{c}z"></path>'
        )
    class_, r = {"done": "ring ink", "proposed": "ring dots"}.get(phase, "ring"), number(RADIUS)
    shape = f'<circle class="{class_}" cx="{left}" cy="{top}" r="{r}"></circle>'
    if phase == "under-way":
        shape += f'<path class="ink" d="M{left} {top}m0-{r}a{r} {r} 0 0 0 0 {number(2 * RADIUS)}z"></path>'
    elif phase == "cancelled":
        shape += f'<path class="ring" d="M{left} {top}m-4-4l8 8"></path>'
    return shape
