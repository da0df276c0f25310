"""`verdict-bar`: how many claims have which verdict, as one stacked bar with a legend that says it in words."""

from __future__ import annotations

from generator.dialect.fences.markup import element, number, read_pairs, text

_WIDTH, _HEIGHT, _GAP = 600.0, 24.0, 2.0


def draw_verdict_bar(payload: str) -> str:
    """Draw the bar.

    Args:
        payload: `key: value` lines: `title:` first, then one line for each verdict in the order they are shown,
            `<verdict id>: <count>` or `<verdict id>: <count> <label>`. Verdicts with a count of 0 are left out.

    Returns:
        A `<figure class="verdict-bar">` with an SVG (hidden from screen readers) and a legend list that carries the
        figures; segments and legend items have the class `verdict-<id>`, by which the theme colours and patterns them.

    Raises:
        ValueError: a count is not a whole number of 0 or more.
    """
    pairs = read_pairs(payload)
    title = next((value for key, value in pairs if key == "title"), "")
    rows = [_read_row(key, value) for key, value in pairs if key != "title"]
    rows = [row for row in rows if row[1]]
    total = sum(count for _, count, _ in rows)
    available = _WIDTH - _GAP * max(0, len(rows) - 1)
    segments, legend, left = [], [], 0.0
    for verdict, count, label in rows:
        width = available * count / total
        segments.append(
            element("rect", class_=f"verdict-{verdict}", x=left, y=0, width=width, height=_HEIGHT),
        )
        legend.append(
            element(
                "li", element("b", number(count)), " ", text(label), class_=f"verdict-{verdict}", data_verdict=verdict
            )
        )
        left += width + _GAP
    picture = element(
        "svg",
        *segments,
        viewBox=f"0 0 {number(_WIDTH)} {number(_HEIGHT)}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )
    caption = element("figcaption", text(title)) if title else ""
    return element("figure", caption, picture, element("ul", *legend), class_="verdict-bar")


def _read_row(verdict: str, value: str) -> tuple[str, int, str]:
    count, _, label = value.partition(" ")
    if not (count.isascii() and count.isdigit()):
        raise ValueError(f"the count of {verdict!r} is no whole number: {count!r}")
    return verdict, int(count), label.strip() or verdict.replace("-", " ")
