"""Runs of words as numbers: which six consecutive words of a text may not be published, kept small and found fast.

A run is what rule 12 looks for: six consecutive words. Its number is made of those of its two halves, so all that is
kept of a source is a few bytes for each word; numbers are the same in every process, so they can be stored. Two runs may
share a number (one chance in 10^19): a number that is found is a reason to look at the words, and says no more.
"""

from __future__ import annotations

import html
import re
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from generator import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.derive import Views
    from generator.link import Library
    from generator.records import Source

RUN = 6
"""As many consecutive words of a text, not all of them quoted, count as a leak."""

_HALF = RUN // 2
_STEP = RUN - _HALF + 1  # of three words that begin at every fourth, each run of six holds one whole
_BITS_A_HALF = 32  # at least; so of a thousand halves that are not in a sieve, four at most seem to be
_MIX = 0x9E3779B97F4A7C15  # multiplying by it scatters numbers (Fibonacci hashing)

_WORD = re.compile(r"[^\W_]+")

# What nearly all texts are made of (letters, then signs): folding changes no word of it, and it holds no combining marks.
_LETTERS = (
    "\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\u02af"  # Latin
    "\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f"  # Greek, Cyrillic
    "\u05d0-\u05ea\u0621-\u064a\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
_SIGNS = "\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u2027\u2030-\u205e\u20ac\u2190-\u22ff"
_FREQUENT = "“”‘’–—…·→−\xa0\u02bc"  # the last is the Ukrainian apostrophe, which is folded like the others
_USUAL = re.compile(f"[\x00-\x7f{_LETTERS}{_SIGNS}]*")
_SIGN = re.compile(f"[{_SIGNS}]+")
_FOLDED = bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)) + bytes(range(128, 256))


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one source, as numbers in the order of its text.

    Attributes:
        withheld: runs of which a word may not be published, 64 bits each.
        halves: three consecutive words of these runs, 32 bits each.
        shown: runs that may be published, whoever else has the same words: what is quoted, and the title.
    """

    withheld: array[int]
    halves: array[int]
    shown: array[int]

    def write(self) -> list[str]:
        """Give the numbers as text that JSON can hold; see `read`."""
        return [_write(numbers) for numbers in (self.withheld, self.halves, self.shown)]

    @classmethod
    def read(cls, written: Sequence[str]) -> Runs:
        """Read what `write` gave.

        Raises:
            ValueError: it is something else.
        """
        withheld, halves, shown = written
        return cls(_read("Q", withheld), _read("I", halves), _read("Q", shown))


def _write(numbers: array[int]) -> str:
    return b64encode(numbers.tobytes()).decode("ascii")


def _read(code: str, written: str) -> array[int]:
    numbers = array(code)
    numbers.frombytes(b64decode(written, validate=True))
    return numbers


def list_words(text: str) -> list[str]:
    """List the words of a text as they are compared: folded, without case."""
    folded = text if text.isascii() else quotations.fold(text).text  # folding changes no word of ASCII
    return [word.casefold() for word in _WORD.findall(folded)]


def split_words(text: str, leave_out: str = "") -> list[bytes]:
    """List the words of a text as `list_words` does, in UTF-8, with its character references read.

    Args:
        text: any text.
        leave_out: ASCII signs that are taken out first, so that they part no words.
    """
    for sign in _FREQUENT:
        text = text.replace(sign, " ")
    if "&" not in text and (text.isascii() or _USUAL.fullmatch(text)):
        plain = text if text.isascii() else _SIGN.sub(" ", text.casefold())
        return plain.encode().translate(_FOLDED, leave_out.encode()).split()
    for sign in leave_out:
        text = text.replace(sign, "")
    return [word.encode() for word in list_words(html.unescape(text))]


def place_words(library: Library, views: Views, source: Source) -> list[tuple[str, int, bool]]:
    """List the words of a stored text in order: each with its offset, and whether it may be published."""
    text = library.texts[source.id].text
    if _USUAL.fullmatch(text):
        found = [(word[0].casefold(), word.start()) for word in _WORD.finditer(text)]
    else:
        folded = quotations.fold(text)
        found = [(word[0].casefold(), folded.offsets[word.start()]) for word in _WORD.finditer(folded.text)]
    if source.publish != "excerpts":
        return [(word, start, source.publish == "full") for word, start in found]
    segments = [segment.span for segment in views.coverage[source.id].segments]
    ends = [span.end for span in segments]
    places = [(word, start, bisect_right(ends, start)) for word, start in found]
    return [(word, start, at < len(segments) and segments[at].start <= start) for word, start, at in places]


def number_runs(library: Library, views: Views, source: Source) -> Runs:
    """Number the runs of a source, from its title, its stored text and the quotations from it."""
    shown = array("Q", _join(_number_halves([word.encode() for word in list_words(source.title or "")])))
    if source.id not in views.coverage:
        return Runs(array("Q"), array("I"), shown)
    placed = place_words(library, views, source)
    halves = _number_halves([word.encode() for word, _, _ in placed])
    is_shown = [shown for _, _, shown in placed]
    withheld, parts = array("Q"), set[int]()
    for start, run in enumerate(_join(halves)):
        if all(is_shown[start : start + RUN]):
            shown.append(run)
        else:
            withheld.append(run)
            parts.update(halves[start : start + _STEP])
    return Runs(withheld, array("I", sorted(parts)), shown)


def _number_halves(words: Sequence[bytes]) -> list[int]:
    return list(map(crc32, map(b" ".join, zip(words, words[1:], words[2:], strict=False))))


def _join(halves: Sequence[int]) -> Iterator[int]:
    return (first << 32 | second for first, second in zip(halves, halves[_HALF:], strict=False))


class Sieve:
    """Tells which texts may hold a run that is withheld.

    It holds two bits for each half of these runs, and their numbers in order. Nearly every text is let through by the bits.

    Args:
        sources: the runs of every source. What one source lets out is out, whoever else has the same words.
    """

    def __init__(self, sources: Iterable[Runs]) -> None:
        known = tuple(sources)
        shown = {run for runs in known for run in runs.shown}
        self._withheld = array("Q", sorted(run for runs in known for run in runs.withheld if run not in shown))
        self._mask = (1 << (sum(len(runs.halves) for runs in known) * _BITS_A_HALF // 8).bit_length()) - 1
        self._bits = bits = bytearray(self._mask + 1)
        for runs in known:
            for half in runs.halves:
                other = half * _MIX >> 32
                bits[half & self._mask] |= 1 << (half >> 29)
                bits[other & self._mask] |= 1 << (other >> 29 & 7)

    def write(self) -> list[bytes]:
        """Give the sieve as bytes; see `read`."""
        return [self._withheld.tobytes(), bytes(self._bits)]

    @classmethod
    def read(cls, written: Sequence[bytes]) -> Sieve:
        """Read what `write` gave.

        Raises:
            ValueError: it is something else.
        """
        withheld, bits = written
        if not bits or len(bits) & (len(bits) - 1):
            raise ValueError("these are the bits of no sieve")
        sieve = cls(())
        sieve._withheld = array("Q")
        sieve._withheld.frombytes(withheld)
        sieve._bits, sieve._mask = bytearray(bits), len(bits) - 1
        return sieve

    def newly_withheld(self, before: Sieve) -> bool:
        """Tell whether a run is withheld that was not before."""
        return not set(before._withheld).issuperset(self._withheld)

    def catches(self, words: Sequence[bytes]) -> bool:
        """Tell whether some run of these words is withheld."""
        bits, mask = self._bits, self._mask
        threes = zip(words[::_STEP], words[1::_STEP], words[2::_STEP], strict=False)
        for place, half in enumerate(map(crc32, map(b" ".join, threes))):  # a loop: `any` takes twice as long
            if bits[half & mask] >> (half >> 29) & 1 and self._is_withheld(words, place * _STEP, half):
                return True
        return False

    def _is_withheld(self, words: Sequence[bytes], place: int, half: int) -> bool:
        """Look at the second bit of the three words at a place, then at the runs that hold them."""
        other = half * _MIX >> 32
        if not self._bits[other & self._mask] >> (other >> 29 & 7) & 1:
            return False
        halves = _number_halves(words[max(0, place + _HALF - RUN) : place + RUN])
        return any(map(self._holds, halves, halves[_HALF:]))

    def _holds(self, first: int, second: int) -> bool:
        bits, mask = self._bits, self._mask
        if not bits[first & mask] >> (first >> 29) & bits[second & mask] >> (second >> 29) & 1:
            return False
        run = first << 32 | second
        at = bisect_left(self._withheld, run)
        return at < len(self._withheld) and self._withheld[at] == run
