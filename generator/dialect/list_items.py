"""Cutting a list as our templates write it into its items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACED_RULE = re.compile(r"([-*_])(?: *\1){2,} *")
ITEM = re.compile(r"(\d{0,9})([-*.)]) (?=\S)")


class UnusualError(Exception):
    """This is not written as our templates write it: it is for markdown-it to read."""


def cut_item(lines: Sequence[str], start: int, indent: int) -> tuple[list[str], int, bool]:
    """Cut out the lines of an item.

    Returns:
        Them without their indent, the place of the line behind them, and whether a blank line follows; that one is not
        taken.
    """
    margin = " " * indent
    end = place = start + 1
    while place < len(lines):
        line = lines[place]
        is_blank = not line.strip(" ")
        if line.startswith(margin) and not is_blank:
            end = place + 1
        elif not is_blank:
            break
        place += 1
    return [line[indent:] for line in lines[start:end]], end, place > end


def find_item(lines: Sequence[str], place: int, sign: str, *, is_parted: bool) -> tuple[int, re.Match[str] | None]:
    """Find the next item of a list behind an item: behind blank lines, where there are some.

    Returns:
        The place of the line to go on with, and the mark of the item; None where the list has come to its end.

    Raises:
        UnusualError: what follows might be part of the list in another way.
    """
    after = place
    while after < len(lines) and not lines[after].strip(" "):
        after += 1
    if after == len(lines):
        return place, None
    item = ITEM.match(lines[after])
    if SPACED_RULE.fullmatch(lines[after].rstrip(" ")):
        raise UnusualError
    if item and item[2] == sign:
        if bool(item[1]) == (sign in "-*"):
            raise UnusualError
        return after, item
    if not is_parted:
        raise UnusualError
    return place, None
