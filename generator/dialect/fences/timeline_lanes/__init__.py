"""`timeline-lanes`: events on a scale of time, in lanes.

`chart` reads the block, `scale` and `ticks` lay out time, `layout` gives every event a place that nothing else has,
`drawing` writes the SVG.
"""

from __future__ import annotations

from generator.dialect.fences.markup import element
from generator.dialect.fences.timeline_lanes.chart import read_chart
from generator.dialect.fences.timeline_lanes.drawing import draw_caption, draw_layout
from generator.dialect.fences.timeline_lanes.layout import NARROW, WIDE, lay_out

__all__ = ["draw_timeline_lanes"]


def draw_timeline_lanes(payload: str) -> str:
    """Draw the picture twice: 720 units wide for a desk and for paper, 328 for a phone; the theme shows one of them.

    Args:
        payload: JSON lines. The first: `title`, and `lanes` as `[id, title]` in order; one lane without a title is
            enough. Each other line is an event: `key`, the record's id; `href`, a link within the site; `number`, its
            number in the list beside the picture; `label`; `lane`; `when`, the date in words; `from` and `to`, days as
            `2025-05-23`, null where open or unknown; `phase`; `fades`: `start`, `end` or `both` where the date is not
            exact there, else the empty string. Where wanted `weight`, a number: the heavier an event, the sooner its
            label finds room; and `here`: true for the event that the page is about.

    Returns:
        A `<figure class="lanes">` with two drawings, hidden from screen readers as the list beside it says the same, and
        a caption. Marks have the shape of their phase and lead to the list. No two marks or labels overlap; a label that
        finds no room is left out, and an event that finds none is counted in the caption. Where time is crowded the
        scale is stretched, and the caption says so.

    Raises:
        ValueError: a line is no JSON object, a field is missing, a date cannot be read, a lane or manner of fading is not
            known, or a link leaves the site.
    """
    chart = read_chart(payload)
    layouts = [lay_out(chart, form) for form in (WIDE, NARROW)]
    return element(
        "figure",
        *(draw_layout(chart, layout) for layout in layouts),
        draw_caption(chart, layouts),
        class_="lanes",
        aria_label=chart.title,
        data_pagefind_ignore="all",
    )
