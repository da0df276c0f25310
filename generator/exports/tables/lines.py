"""Rows as lines of CSV (RFC 4180), and back.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, which may ask other machines for something or start
programs. Where commas are decimal marks it cuts lines at semicolons, so there a cell may also begin behind a semicolon, a tab or a line
break within a text. In each such place an apostrophe is written in front, and `read_rows` takes it away again: no text is lost, and none runs.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.exports.tables.columns import Cell

_END = "\r\n"
# Blanks and what nobody sees do not keep a spreadsheet from seeing a formula; its letters of full width are the same to some.
_FORMULA = "'*[ \u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]*[=+\\-@＝＋－＠]"
_FIRST = "'*[\t\r]"  # some leave these out at the beginning of a cell, and look at what follows
_BARE = re.compile(f"(^|[;\t\r\n])(?={_FORMULA})|^(?={_FIRST})")
_GUARDED = re.compile(f"(^|[;\t\r\n])'(?={_FORMULA})|^'(?={_FIRST})")
_TRIGGERS = re.compile("[=+\\-@＝＋－＠]|^'*[\t\r]")


class _Text:
    """Takes what the writer of CSV writes."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, part: str) -> None:
        self.parts.append(part)


def _write_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard_formula(cell)
    return ("false", "true")[cell] if isinstance(cell, bool) else str(cell)


def guard_formula(text: str) -> str:
    """Write an apostrophe wherever a spreadsheet could take what follows as a formula."""
    return _BARE.sub(r"\1'", text) if _TRIGGERS.search(text) else text


def release_formula(text: str) -> str:
    """Undo `guard_formula`."""
    return _GUARDED.sub(r"\1", text) if "'" in text else text


def write_rows(rows: Iterable[Iterable[Cell]]) -> str:
    r"""Write rows as CSV: commas between the cells, quotation marks where a cell needs them, `\r\n` behind each row.

    Of a text that a spreadsheet could run, see above. None is an empty cell, a flag `true` or `false`.
    """
    text = _Text()
    csv.writer(text, lineterminator=_END).writerows(map(_write_cell, row) for row in rows)
    return "".join(text.parts)


def read_rows(data: bytes) -> Iterator[list[str]]:
    """Read a CSV file that `write_rows` wrote, the head first. A line break within a cell stays what it is."""
    lines = data.decode().split("\n")
    for row in csv.reader(line + "\n" for line in lines[:-1]):
        yield list(map(release_formula, row))
