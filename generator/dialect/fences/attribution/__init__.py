"""`attribution`: how a statement came from its origins, through relays, to the reports that print it.

`graph` reads the payload, `order` sorts it, `columns` and `tracks` lay it out, wide and narrow; what is written is here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from generator.dialect.escaping import tidy
from generator.dialect.fences.attribution.columns import MOST_COLUMNS, lay_columns
from generator.dialect.fences.attribution.columns import WIDTH as WIDE
from generator.dialect.fences.attribution.graph import read_graph
from generator.dialect.fences.attribution.layout import INSET, baselines
from generator.dialect.fences.attribution.order import weave
from generator.dialect.fences.attribution.tracks import lay_tracks
from generator.dialect.fences.markup import element, escape_value, number, read_json_lines, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.dialect.fences.attribution.graph import Tie
    from generator.dialect.fences.attribution.layout import Box, Frame, Layout, Line, Step

__all__ = ["draw_attribution", "lay_out"]

_DOUBLE = 3.0
_TIP = "m-6-3 6 3-6 3"
_NOTE = ' class="note"'


def lay_out(payload: str) -> tuple[str, Layout, Layout]:
    """Lay out both drawings.

    Args:
        payload: see `draw_attribution`.

    Returns:
        The title, the wide drawing and the narrow one.

    Raises:
        ValueError: see `draw_attribution`.
    """
    head, *rows = read_json_lines(payload) or [{}]
    if not head.get("title"):
        raise ValueError("the diagram has no title")
    graph = read_graph(rows)
    if not graph.ties:
        raise ValueError("the diagram has no way to draw")
    woven = weave(graph)
    ties = sorted(graph.ties.items(), key=lambda item: item[0])
    fits = len(woven.columns) <= MOST_COLUMNS
    return tidy(head["title"]), lay_columns(woven) if fits else lay_tracks(woven, ties, WIDE), lay_tracks(woven, ties)


def draw_attribution(payload: str) -> str:
    """Draw the diagram twice: for wide pages and paper from left to right, for narrow ones from top to bottom.

    Args:
        payload: JSON lines. The first: `title`. Then stops and ways in any order, a way after its stops. A stop:
            `stop`, its key; `label`; and where wanted `title` (the full name), `notes` (short lines), `form` (`plain`,
            `dashed` for a voice without a name, `double` for a document), `group` (a key of the origin it counts as),
            `origin` (the origin's name, where several voices make it) and, for a report, `side`: `for` or `against`.
            A way: `way`, the keys of its stops from the origin to the report, and `counts`: whether it leads back to
            an origin that counts.

    Returns:
        A `<figure class="attribution">` with two `<svg role="img">`, of which the style sheet shows one. Ways share
        their stops, and origins have letters. Lines that count for nothing have the class `uncounted`, those to a report against, `against`.

    Raises:
        ValueError: there is no title or no way, or a stop or way is not as described.
    """
    title, wide, narrow = lay_out(payload)
    return element("figure", _draw(wide, title, "wide"), _draw(narrow, title, "narrow"), class_="attribution")


def _draw(layout: Layout, title: str, name: str) -> str:
    frames = "".join(f'<rect class="frame" rx="8"{_place(frame, 0)}></rect>' for frame in layout.frames)
    return element(
        "svg",
        element("title", text(title)),
        frames,
        *_lines(layout.lines),
        *(_box(box, layout, titled=name == "wide") for box in layout.boxes),
        class_=name,
        viewBox=f"0 0 {number(layout.width)} {number(layout.height)}",
        role="img",
    )


def _lines(lines: Iterable[Line]) -> list[str]:
    """Write all lines that tell the same as one path."""
    paths: dict[Tie, dict[str, None]] = {}
    for line in lines:
        written = "".join(_step(step) for step in line.steps)
        paths.setdefault(line.tie, {})[written + _TIP * line.tip] = None
    return [
        element(
            "path",
            class_=" ".join(["against"] * tie.against + ["uncounted"] * (not tie.counts)) or None,
            d="".join(pieces),
        )
        for tie, pieces in sorted(paths.items(), key=lambda item: (item[0].counts, not item[0].against))
    ]


def _step(step: Step) -> str:
    letter, coordinates = step
    return letter + " ".join(map(_write_length, coordinates))


def _box(box: Box, layout: Layout, *, titled: bool) -> str:
    stop = box.stop
    classes = [stop.form] * (stop.form != "plain") + [stop.side] * bool(stop.side)
    kinds = f' class="{escape_value(" ".join(classes))}"' if classes else ""
    outline = f'<rect{kinds} rx="4"{_place(box, 0)}></rect>'
    if stop.form == "double":
        outline += f'<rect rx="2"{_place(box, _DOUBLE)}></rect>'
    left = _write_length(box.x + INSET)
    lines = [
        f'<text{_NOTE if is_note else ""} x="{left}" y="{_write_length(y)}">{text(line)}</text>'
        for y, line, is_note in baselines(box, layout.type)
    ]
    full = (stop.title if titled else "") or (" · ".join((stop.label, *stop.notes)) if box.is_cut else "")
    return element("g", element("title", text(full)) if full else "", outline, *lines)


def _place(box: Box | Frame, inset: float) -> str:
    x, y = _write_length(box.x + inset), _write_length(box.y + inset)
    width, height = _write_length(box.width - 2 * inset), _write_length(box.height - 2 * inset)
    return f' x="{x}" y="{y}" width="{width}" height="{height}"'


@lru_cache(maxsize=1 << 12)
def _write_length(value: float) -> str:
    return number(round(value, 1))
