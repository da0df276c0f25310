"""Cutting lists and fenced blocks, as our templates write them, out of what stands between blank lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACED_RULE = re.compile(r"([-*_])(?: *\1){2,} *")
ITEM = re.compile(r"([0-9]{0,9})([-*.)]) (?=\S)")
_FENCE = re.compile(r"(`{3,})([^`]*)")
_GOES_ON = "\n -*_0123456789"
_BEGINNING = re.compile(r"\n(?! )")


WORDS = r"(?:[^ #>`~:{+*_0-9\n-]|[0-9](?![0-9]{0,8}[.)](?:[ \n]|\Z))|\*\*?\w).*"
"""A line that can be nothing but a paragraph, or a part of one."""
# An item of one line of words, perhaps below an attribute list. What stands in the last group is something else.
_SIMPLE = re.compile(rf"(?:(- |[0-9]{{1,9}}[.)] )(?:(\{{[^|\n]*\}}) *\n( +))?({WORDS})(?:\n|\Z))|([\s\S])")


class UnusualError(Exception):
    """This is not written as our templates write it: it is for markdown-it to read."""


class Cut(NamedTuple):
    """A list that is cut into items.

    Attributes:
        items: of each item what stands between blank lines, without its indent.
        is_parted: whether a blank line stands between two items.
        end: the place of what stands behind the list.
    """

    items: list[list[str]]
    is_parted: bool
    end: int


def cut_list(first: str, chunks: Sequence[str], place: int) -> Cut:
    """Cut a list into its items.

    Args:
        first: begins the list; it holds no blank line.
        chunks: what stands between blank lines; those of the list are taken.
        place: of the chunk behind `first`.

    Raises:
        UnusualError: what follows might be part of the list in another way.
    """
    item = ITEM.match(first)
    if not item:
        raise UnusualError
    sign, margin = item[2], ""
    items: list[list[str]] = []
    is_parted = False
    chunk = first
    while True:
        margin = _cut_chunk(chunk, sign, margin, items)
        while place < len(chunks) and not (chunk := chunks[place].lstrip("\n")):
            place += 1
        if place == len(chunks):
            return Cut(items, is_parted, place)
        item = ITEM.match(chunk)
        if item and item[2] == sign:
            is_parted = True
        elif _is_rule(chunk):
            raise UnusualError
        elif not chunk.startswith(" "):
            return Cut(items, is_parted, place)
        place += 1


def _cut_chunk(chunk: str, sign: str, margin: str, items: list[list[str]]) -> str:
    """Cut lines without a blank one into items, or parts of the last one, and give the indent of the last one."""
    for written in _BEGINNING.split(chunk) if "\n" in chunk else (chunk,):
        item = ITEM.match(written)
        if item:
            if item[2] != sign or bool(item[1]) == (sign in "-*") or _is_rule(written):
                raise UnusualError
            margin = " " * len(item[0])
            items.append([_dedent(written, margin)])
        elif margin and written.startswith(margin):
            items[-1].append(_dedent(written, margin))
        else:
            raise UnusualError
    return margin


class Fence(NamedTuple):
    """A fenced block.

    Attributes:
        info: what stands behind its mark.
        code: its text.
        rest: what stands below it without a blank line.
        end: the place of what stands behind that.
    """

    info: str
    code: str
    rest: str
    end: int


def cut_fence(first: str, chunks: Sequence[str], place: int) -> Fence:
    """Cut out a fenced block; arguments and errors are those of `cut_list`."""
    line, _, rest = first.partition("\n")
    match = _FENCE.fullmatch(line)
    if not match:
        raise UnusualError
    mark, taken = match[1], [first]
    while mark not in rest:
        if place == len(chunks):
            raise UnusualError
        rest = chunks[place]
        taken.append(rest)
        place += 1
    inner = "\n{}\n".format("\n\n".join(taken)[len(line) + 1 :])
    end = inner.find(f"\n{mark}\n")
    code = inner[1 : end + 1]
    if end < 0 or "```" in code:  # which might end it
        raise UnusualError
    return Fence(match[2], code, inner[end + len(mark) + 2 : -1], place)


def read_simple_list(first: str, chunks: Sequence[str], place: int) -> list[tuple[str, str, str, str, str]] | None:
    """Read a list that has no blank line, and in each item one line of words.

    Args:
        first: begins the list; it holds no blank line.
        chunks: what stands between blank lines.
        place: of the chunk behind `first`.

    Returns:
        For each item its mark, its attribute list, its indent, its words, and the empty string; None where the list is
        another, or could be.
    """
    if place < len(chunks) and chunks[place][:1] in _GOES_ON:
        return None
    items = _SIMPLE.findall(first)
    sign = items[0][0][-2:]
    for mark, _, indent, words, other in items:
        if other or mark[-2:] != sign or (indent and len(indent) != len(mark)) or "]:" in words:
            return None
    return items


def _dedent(written: str, margin: str) -> str:
    """Take away the indent of all lines, and from the first one as much."""
    if written.count("\n") != written.count(f"\n{margin}"):
        raise UnusualError
    return written[len(margin) :].replace(f"\n{margin}", "\n")


def _is_rule(written: str) -> bool:
    return written[:1] in "-*_" and SPACED_RULE.fullmatch(written.partition("\n")[0]) is not None
