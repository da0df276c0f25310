"""Replacing pieces of a typed text: every character outside them stays as it is, line ends and byte-order mark included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement.

    Attributes:
        start: offset of the first character that goes.
        end: offset behind the last one; `start` for an insertion.
        text: what is typed in their stead.
    """

    start: int
    end: int
    text: str


class OverlapError(ValueError):
    """Two edits want the same characters, or one lies outside the text: a bug of whoever made them."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make all replacements at once; offsets are those of the text as it was.

    Insertions at one offset stand in the order of their texts.

    Raises:
        OverlapError: two edits overlap, or one reaches out of the text.
    """
    ordered = sorted(edits)
    for one, other in pairwise(ordered):
        if other.start < one.end:
            raise OverlapError(f"{one} and {other} overlap")
    if any(not 0 <= edit.start <= edit.end <= len(text) for edit in ordered):
        raise OverlapError("an edit reaches out of the text")
    pieces: list[str] = []
    at = 0
    for edit in ordered:
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))


@dataclass(frozen=True, slots=True)
class Typed:
    """One file's text as it was typed.

    Attributes:
        mark: the byte-order mark, or nothing.
        text: everything behind it, with the line ends that were typed.
        starts: the offset of each line.
    """

    mark: str
    text: str
    starts: tuple[int, ...]

    @property
    def newline(self) -> str:
        r"""The line end that most of its lines have; `\n` where there is none."""
        windows, old = self.text.count("\r\n"), self.text.count("\r")
        counts = {"\n": self.text.count("\n") - windows, "\r\n": windows, "\r": old - windows}
        return max(counts, key=lambda end: counts[end])

    def offset(self, line: int, column: int) -> int:
        """Find the offset of a 1-based line and column; columns count characters, as those of `Place` do."""
        return self.starts[line - 1] + column - 1

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Make replacements and give the bytes of the file."""
        return (self.mark + apply(self.text, edits)).encode()


def take(text: str, mark: str = "") -> Typed:
    """Note where each line of a text begins; its line ends may be of any kind."""
    return Typed(mark, text, (0, *accumulate(len(line) for line in _LINE.findall(text))))


def read_typed(data: bytes) -> Typed:
    """Read a file's bytes as UTF-8, keeping its line ends.

    Raises:
        UnicodeDecodeError: they are not UTF-8.
    """
    text = data.decode()
    mark = _MARK if text.startswith(_MARK) else ""
    return take(text.removeprefix(mark), mark)
