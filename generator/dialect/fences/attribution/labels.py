"""Text that fits its box: two lines at most, and an ellipsis where a name is longer."""

from __future__ import annotations

from generator.dialect.fences.glyphs import ELLIPSIS, measure


def shorten(text: str, room: float, size: float) -> str:
    """Cut a line so that it fits, with an ellipsis where something is missing."""
    if measure(text, size) <= room:
        return text
    while text and measure(text + ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip(" ,;:.–-") + ELLIPSIS


def wrap(text: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """Break a text into lines that fit; what is left over after the last one is cut off with an ellipsis.

    Args:
        text: words parted by blanks.
        room: the width of a line.
        size: of the type.
        most: how many lines there may be.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        taken = 1
        while taken < len(words) and measure(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        lines.append(shorten(" ".join(words[:taken]), room, size))
        words = words[taken:]
    return (*lines, shorten(" ".join(words), room, size)) if words else tuple(lines)
