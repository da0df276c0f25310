"""`coverage-strip`: one cell for each sentence of a stored text, cited, skipped or unchecked."""

from __future__ import annotations

from generator.dialect.fences.markup import element, number, read_pairs, text

_STATES = {"c": "cited", "s": "skipped", "u": "unchecked"}
_WIDTH, _HEIGHT, _MOST_GAP = 600.0, 20.0, 2.0
_FULL, _LOW = 1.0, 0.45
_HEIGHTS = {"cited": _FULL, "skipped": _LOW, "unchecked": _FULL}


def draw_coverage_strip(payload: str) -> str:
    """Draw the strip.

    Args:
        payload: `title:` and `sentences:`, one letter for each sentence in order: `c` cited, `s` skipped for a reason,
            `u` unchecked.

    Returns:
        A `<figure class="coverage-strip">` with an SVG (hidden from screen readers) and a legend that carries the figures.
        Skipped sentences are lower and hollow, unchecked ones crossed by a gap, so that colour is not needed.

    Raises:
        ValueError: a letter stands for no state.
    """
    pairs = dict(read_pairs(payload))
    states = [_state(letter) for letter in pairs.get("sentences", "")]
    step = _WIDTH / max(1, len(states))
    gap = min(_MOST_GAP, step / 4)
    cells = [_cell(state, place * step, step - gap) for place, state in enumerate(states)]
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
    return element("figure", caption, picture, element("ul", *legend), class_="coverage-strip")


def _state(letter: str) -> str:
    if letter not in _STATES:
        raise ValueError(f"no state of a sentence: {letter!r}")
    return _STATES[letter]


def _cell(state: str, left: float, width: float) -> str:
    height = _HEIGHT * _HEIGHTS[state]
    return element(
        "rect", class_=state, x=left + 0.5, y=_HEIGHT - height + 0.5, width=max(0.5, width - 1), height=height - 1
    )


def _key(state: str) -> str:
    side = 10.0
    height = side * _HEIGHTS[state]
    shape = element("rect", class_=state, x=0.5, y=side - height + 0.5, width=side - 1, height=height - 1)
    return element("svg", shape, viewBox=f"0 0 {number(side)} {number(side)}", aria_hidden="true", focusable="false")
