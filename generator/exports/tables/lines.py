"""Rows as lines of CSV (RFC 4180), and back."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.exports.tables.columns import Cell

_END = "\r\n"


class _Text:
    """Takes what the writer of CSV writes."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, part: str) -> None:
        self.parts.append(part)


def _write_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return ("false", "true")[cell] if isinstance(cell, bool) else str(cell)


def write_rows(rows: Iterable[Iterable[Cell]]) -> str:
    r"""Write rows as CSV: commas between the cells, quotation marks where a cell needs them, `\r\n` behind each row.

    No cell is altered. None is an empty cell, a flag `true` or `false`.
    """
    text = _Text()
    csv.writer(text, lineterminator=_END).writerows(map(_write_cell, row) for row in rows)
    return "".join(text.parts)


def read_rows(data: bytes) -> Iterator[list[str]]:
    """Read a CSV file that `write_rows` wrote, the head first. A line break within a cell stays what it is."""
    lines = data.decode().split("\n")
    return csv.reader(line + "\n" for line in lines[:-1])
