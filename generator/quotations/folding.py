"""Folding: what two texts must share to count as the same letters, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HYPHENS = "-\u2010\u2011"
_DASHES = _HYPHENS + "\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\uff02'
# U+02BC is the Ukrainian apostrophe; the acute accent is what some keyboards type for it.
_SINGLE = "'\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u2035\u02bc\u00b4`\uff07"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

_FORMS = MappingProxyType({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_SINGLE, "'")})
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_EMPTY_LINE = re.compile(r"(?:\r\n|[\n\r])[^\S\r\n]*[\r\n]")
_CHANGED = "".join(mark for mark in _FORMS if mark not in "\"'")  # a hyphen stays, but it is noted which join words
_VARIANT = re.compile(rf"\s\s+|[^\S ]|\u2026|[{re.escape(_CHANGED)}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the way back to the original.

    Attributes:
        text: The folded characters.
        offsets: `offsets[i]` is the index in the original of the character that `text[i]` stands for, never
            decreasing; one more at the end is the length of the original. So `text[i:j]` stands for
            `original[offsets[i]:offsets[j]]` wherever the two ends do not cut through one original character.
        hyphens: The indexes in `text` of each ``-`` that is a hyphen, not a dash: it joins what stands on its two
            sides into one word ("de-escalation"), while a dash ("exchange—a term") does not.
        breaks: The indexes in `text` of each blank that stands for an empty line, in order: a paragraph ends there.
    """

    text: str
    offsets: Sequence[int]
    hyphens: frozenset[int] = field(default=frozenset(), repr=False)
    breaks: tuple[int, ...] = field(default=(), repr=False)

    def cut(self, start: int, end: int) -> Folded:
        """Give the stretch `text[start:end]` as a folded text of its own, with offsets into the same original."""
        inside = frozenset(index - start for index in self.hyphens if start <= index < end)
        breaks = tuple(index - start for index in self.breaks if start <= index < end)
        return Folded(self.text[start:end], self.offsets[start : end + 1], inside, breaks)

    def crosses(self, start: int, end: int) -> bool:
        """Tell whether the stretch `text[start:end]` goes on from one paragraph to another."""
        first = bisect_left(self.breaks, start)
        return first < len(self.breaks) and self.breaks[first] < end


def fold(text: str) -> Folded:
    """Fold a text: NFC, one space for a run of white space, one form for each kind of dash and quotation mark.

    Dashes of all lengths become ``-``; double quotation marks and guillemets ``"``; single ones, apostrophes and primes
    ``'``; an ellipsis ``...``. Soft hyphens, zero-width characters and direction marks are dropped. Case, spaces beside
    dashes, and all other characters stay as they are. Folding a folded text changes nothing.
    """
    seen, origins = _compose(text)
    if seen == text and not _VARIANT.search(text):
        return Folded(text, range(len(text) + 1))
    pieces: list[str] = []
    offsets = array("I")
    hyphens: list[int] = []
    breaks: list[int] = []
    done = 0
    for found in _VARIANT.finditer(seen):
        start, end = found.span()
        pieces.append(seen[done:start])
        offsets.extend(origins[done:start])
        variant = found[0]
        if variant in _HYPHENS and seen[start - 1 : start].isalnum() and seen[end : end + 1].isalnum():
            hyphens.append(len(offsets))
        elif _EMPTY_LINE.search(variant):
            breaks.append(len(offsets))
        form = "..." if variant == "\u2026" else _FORMS.get(variant, " ")
        pieces.append(form)
        offsets.extend([origins[start]] * len(form))
        done = end
    pieces.append(seen[done:])
    offsets.extend(origins[done:])
    return Folded("".join(pieces), offsets, frozenset(hyphens), tuple(breaks))


def _compose(text: str) -> tuple[str, Sequence[int]]:
    """Drop what is not seen and compose what is left (NFC), with the index of each character in the original."""
    origins: Sequence[int] = range(len(text) + 1)
    if not text.isascii():
        if _UNSEEN.search(text):
            kept = (index for index, letter in enumerate(text) if not _UNSEEN.match(letter))
            origins = array("I", [*kept, len(text)])
            text = _UNSEEN.sub("", text)
        if not unicodedata.is_normalized("NFC", text):
            return _compose_clusters(text, origins)
    return text, origins


def _compose_clusters(text: str, origins: Sequence[int]) -> tuple[str, array[int]]:
    """Compose each base character with the marks that follow it: no composition reaches across these clusters."""
    pieces: list[str] = []
    composed = array("I")
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        cluster = text[start:end]
        piece = unicodedata.normalize("NFC", cluster)
        pieces.append(piece)
        # A cluster that changed is one character of the original as far as positions go.
        composed.extend(origins[start:end] if piece == cluster else [origins[start]] * len(piece))
        start = end
    composed.append(origins[-1])
    return "".join(pieces), composed


def _continues(character: str) -> bool:
    """Tell whether a character may compose with the one before it: a mark, or a Hangul vowel or final."""
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"
