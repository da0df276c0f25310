"""`coverage-strip`: one cell for each sentence of a stored text, cited, skipped or unchecked, leading to its passages."""

from __future__ import annotations

import re

from generator.dialect.fences.markup import element, number, read_pairs, text

_STATES = {"c": "cited", "s": "skipped", "u": "unchecked"}
_WIDTH, _HEIGHT, _MOST_GAP = 600.0, 20.0, 2.0
_FULL, _LOW = 1.0, 0.45
_HEIGHTS = {"cited": _FULL, "skipped": _LOW, "unchecked": _FULL}
_BAR = re.compile(r"([a-z0-9-]+) ([a-z-]+)")
_NONE = "-"
_EVEN = "non-scaling-stroke"  # the picture is stretched to the width of the page


def draw_coverage_strip(payload: str) -> str:
    """Draw the strip.

    Args:
        payload: `title:` and `sentences:`, one letter for each sentence in order: `c` cited, `s` skipped for a reason,
            `u` unchecked. Then, for a cited sentence by its number from 1, what it is quoted as: `3: q1-first cross,
            q1-second check`, an anchor of the page and the sign of the verdict for each quotation, `-` where there is none.

    Returns:
        A `<figure class="coverage-strip">` with an SVG (hidden from screen readers) and a legend that carries the figures.
        Cited sentences are solid, skipped ones lower and hollow, unchecked ones hollow with a stroke across, so that
        colour is not needed. Links in it are out of the order of tabbing: the text below has the same ones.

    Raises:
        ValueError: a letter stands for no state, or a line gives no quotations of a sentence.
    """
    pairs = dict(read_pairs(payload))
    states = [_state(letter) for letter in pairs.get("sentences", "")]
    bars = {int(key): _read_bars(value) for key, value in pairs.items() if key.isdecimal()}
    if not bars.keys() <= set(range(1, len(states) + 1)):
        raise ValueError("the strip gives quotations of a sentence that it has not")
    step = _WIDTH / max(1, len(states))
    gap = min(_MOST_GAP, step / 4)
    cells = [
        _cell(state, place * step, step - gap, bars.get(place + 1, [(_NONE, _NONE)]))
        for place, state in enumerate(states)
    ]
    picture = element(
        "svg",
        *cells,
        viewBox=f"0 0 {number(_WIDTH)} {number(_HEIGHT)}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )
    legend = [
        element("li", _key(state), element("b", number(states.count(state))), " ", state)
        for state in _STATES.values()
        if state in states
    ]
    caption = element("figcaption", text(pairs["title"])) if pairs.get("title") else ""
    said = caption and len(legend) == 1
    return element("figure", caption, picture, "" if said else element("ul", *legend), class_="coverage-strip")


def _state(letter: str) -> str:
    if letter not in _STATES:
        raise ValueError(f"no state of a sentence: {letter!r}")
    return _STATES[letter]


def _read_bars(value: str) -> list[tuple[str, str]]:
    found = [_BAR.fullmatch(bar.strip()) for bar in value.split(",")]
    if not all(found):
        raise ValueError(f"no quotations of a sentence: {value!r}")
    return [(bar[1], bar[2]) for bar in found if bar]


def _cell(state: str, left: float, width: float, bars: list[tuple[str, str]]) -> str:
    if state != "cited":
        return _shape(state, left + 0.5, max(0.5, width - 1), _HEIGHT)
    share = max(0.5, width - 1) / len(bars)
    drawn = []
    for place, (anchor, sign) in enumerate(bars):
        gap = min(1.0, share / 4) if place < len(bars) - 1 else 0
        class_ = state if sign == _NONE else f"{state} verdict-{sign}"
        bar = element("rect", class_=class_, x=left + 0.5 + place * share, y=0.5, width=share - gap, height=_HEIGHT - 1)
        drawn.append(bar if anchor == _NONE else element("a", bar, href=f"#{anchor}", tabindex="-1"))
    return "".join(drawn)


def _shape(state: str, left: float, width: float, whole: float) -> str:
    height = whole * _HEIGHTS[state] - 1
    top = whole - height - 0.5
    shape = element("rect", class_=state, x=left, y=top, width=width, height=height, vector_effect=_EVEN)
    if state != "unchecked":
        return shape
    line = f"M{number(left)} {number(top + height)}L{number(left + width)} {number(top)}"
    return shape + element("path", class_=state, d=line, vector_effect=_EVEN)


def _key(state: str) -> str:
    side = 10.0
    return element(
        "svg",
        _shape(state, 0.5, side - 1, side),
        viewBox=f"0 0 {number(side)} {number(side)}",
        aria_hidden="true",
        focusable="false",
    )
