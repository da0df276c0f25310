"""How wide words are, estimated before any browser sees them: rather too wide than too narrow.

The widths are the larger of Arial's and Noto Sans's, rounded up, in hundredths of the type size.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Mapping

_GROUPS: tuple[tuple[int, str], ...] = (
    (23, "'‘’"),
    (27, "ijlі"),
    (31, " !,.:;ІЇї|·"),
    (34, "()-I[]"),
    (36, "ft"),
    (42, '"/r{}“”'),
    (50, "Jcsz"),
    (54, "kvxyгзсэєґ"),
    (57, "?Laeт–"),
    (60, "+−0123456789ГабвекоухчьяҐ"),
    (62, "FTZbdghnopquТлр"),
    (65, "ЗУийнп"),
    (68, "ABEKPSVXYАБВЕРХЧЬдц"),
    (72, "ЄКЭъ"),
    (75, "&CDHRUИЙЛНПСЯм"),
    (79, "GNOQwДОЦы"),
    (84, "МФЪфю"),
    (92, "%MЫжшщ"),
    (95, "Wm"),
    (102, "—…"),
    (110, "ЖШЩЮ№"),
)
_WIDTHS: Mapping[str, int] = MappingProxyType({letter: width for width, letters in _GROUPS for letter in letters})
_LOWER, _UPPER, _OTHER = 75, 95, 115
_BOLD = 1.12
ELLIPSIS = "…"


@lru_cache(maxsize=1 << 10)
def _measure_letter(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    kind = category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if east_asian_width(letter) in ("W", "F"):
        return _OTHER
    return {"Ll": _LOWER, "Lu": _UPPER}.get(kind, _OTHER)


@lru_cache(maxsize=1 << 13)  # names stand in many pictures
def _measure_hundredths(text: str) -> int:
    return sum(map(_measure_letter, text))


@lru_cache(maxsize=1 << 13)  # layouts ask again and again
def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of a line of sans-serif text, in the unit of its type size."""
    return _measure_hundredths(text) / 100 * size * (_BOLD if bold else 1)


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text at a word's end so that it fits; the empty string where not even its first word does."""
    if measure(text, size, bold=bold) <= room:
        return text
    while text := text.rpartition(" ")[0]:
        cut = text.rstrip(" ,;:–—-") + ELLIPSIS
        if measure(cut, size, bold=bold) <= room:
            return cut
    return ""
