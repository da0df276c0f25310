"""Text that fits its box: estimated widths, two lines at most, and an ellipsis where a name is longer."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ELLIPSIS = "…"


# Parts of an em, on the wide side of what Segoe UI, Roboto, Noto Sans and Arial take: nothing is measured here.
_CLASSES = (
    (0.3, "ijlI.,:;'’‘|!·іїІЇј "),
    (0.42, 'frt()[]-/“”"'),
    (0.75, "ABCDEFGHJKLNOPQRSTUVXYZАБВГҐДЕЄЗИЙКЛНОПРСТУХЦЧЬЭЯ+−"),
    (0.92, "mwMW%@—…жшщюмыфЖШЩЮМЫФ"),
)
_WIDTHS: Mapping[str, float] = MappingProxyType({letter: width for width, letters in _CLASSES for letter in letters})
_OTHER, _WIDE = 0.6, 1.05


def measure(text: str, size: float) -> float:
    """Estimate the width of a line of text in a sans-serif face, rather too much than too little.

    Args:
        text: the line.
        size: of the type, in the picture's units; so is the result.
    """
    return size * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    wide = unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF  # noqa: PLR2004 - emoji and rare scripts
    return _WIDTHS.get(letter, _WIDE if wide else _OTHER)


def shorten(text: str, room: float, size: float) -> str:
    """Cut a line so that it fits, with an ellipsis where something is missing."""
    if measure(text, size) <= room:
        return text
    while text and measure(text + _ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip(" ,;:.–-") + _ELLIPSIS


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
