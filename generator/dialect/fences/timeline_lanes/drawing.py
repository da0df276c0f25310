"""The laid-out timeline as SVG, and the caption below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from generator.dialect.fences.markup import element, number, text
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
    for tick in layout.ticks:
        is_year = tick.tier == "year"
        top, bottom = (2.0, layout.height) if is_year else (_DAY_LINE - 9, _RULE)
        yield _line(tick.place, top, tick.place, bottom, "grid" if is_year else "axis")
        if tick.text:
            line = _YEAR_LINE if is_year else _DAY_LINE
            class_ = "date year" if is_year else "date"
            yield f'<text class="{class_}" x="{number(tick.place + 4)}" y="{number(line)}">{text(tick.text)}</text>'
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
    mark = place.mark
    x = place.x - RADIUS - 4 if place.before else place.x + RADIUS + 4
    if place.before and place.bar:
        x = place.bar[0] - 4
    words = f'<tspan class="n">{text(mark.number)}</tspan>'
    if place.label:
        label = text(place.label)
        words = f"{label} {words}" if place.before else f"{words} {label}"
    anchor = ' text-anchor="end"' if place.before else ""
    return element(
        "a",
        f"<title>{text(f'{mark.number}. {mark.when}: {mark.label}')}</title>",
        _bar(name, place),
        *_shape(mark.phase, place.x, place.y),
        f'<text x="{number(x)}" y="{number(place.y + _BASELINE)}"{anchor}>{words}</text>',
        href=mark.href,
        tabindex="-1",
        class_="here" if mark.here else None,
        data_key=mark.key,
    )


def _bar(name: str, place: Place) -> str:
    if not place.bar:
        return ""
    left, right = place.bar
    fades = place.mark.fades
    paint = f"url(#{name}-{fades})" if fades else None
    return element(
        "rect",
        class_="bar unsure" if fades else "bar",
        x=left,
        y=place.y - _BAR / 2,
        width=right - left,
        height=_BAR,
        rx=3.0,
        fill=paint,
        stroke=paint,
    )


def _shape(phase: str, x: float, y: float) -> Iterator[str]:
    """Draw the shape of a phase, the same as the style sheet puts beside the entries of the list."""
    at, r = f"{number(x)} {number(y)}", RADIUS
    if phase == "disputed":
        c = number(r + 1)
        yield element("path", class_="ring", d=f"M{at}m0-{c}l{c} {c}-{c} {c}-{c}-{c}z")
        yield element("path", class_="ink", d=f"M{at}m0-{c}v{number(2 * r + 2)}l-{c}-{c}z")
        return
    class_ = {"done": "ring ink", "proposed": "ring dots"}.get(phase, "ring")
    yield f'<circle class="{class_}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"></circle>'
    if phase == "under-way":
        yield element("path", class_="ink", d=f"M{at}m0-{number(r)}a{number(r)} {number(r)} 0 0 0 0 {number(2 * r)}z")
    if phase == "cancelled":
        yield element("path", class_="ring", d=f"M{at}m-4-4l8 8")
