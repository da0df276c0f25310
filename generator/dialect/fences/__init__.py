"""Pictures: fenced blocks that are drawn on the server.

A fenced block whose first word is a key of `FENCES` is replaced by what its function draws:

    ```verdict-bar
    title: Verdicts on the prisoner exchange
    supported: 31
    conflicting: 4
    ```

To add one:

1. Write `generator/dialect/fences/<name>.py` with one function `draw_<name>(payload: str) -> str`. It takes the text of
   the block and returns HTML or SVG. The payload is data: everything of it that reaches the result goes through
   `markup.element` or `html.escape`. The result is trusted as it stands (no sanitiser follows, it would break SVG), so
   it may hold no script, no `style` attribute (the site's policy forbids both) and no address outside the site.
2. Give every picture a text equivalent (`<title>` and `role="img"`, or a caption), and tell by more than colour.
3. Write lengths with `markup.number`, so that the same data gives the same bytes everywhere.
4. A payload that cannot be drawn is a fault of the page's template, not of the content: raise `ValueError`.
5. Register it below and show it in `tests/test_dialect.py`.

The page still reads sensibly where the picture is missing: lists and tables beside it carry the content.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.dialect.fences.attribution import draw_attribution
from generator.dialect.fences.coverage_strip import draw_coverage_strip
from generator.dialect.fences.filters import draw_filters
from generator.dialect.fences.timeline_lanes import draw_timeline_lanes
from generator.dialect.fences.verdict_bar import draw_verdict_bar
from generator.dialect.fences.verdict_ladder import draw_verdict_ladder
from generator.dialect.fences.verdict_tree import draw_verdict_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FENCES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "attribution": draw_attribution,
        "coverage-strip": draw_coverage_strip,
        "filters": draw_filters,
        "timeline-lanes": draw_timeline_lanes,
        "verdict-bar": draw_verdict_bar,
        "verdict-ladder": draw_verdict_ladder,
        "verdict-tree": draw_verdict_tree,
    },
)
