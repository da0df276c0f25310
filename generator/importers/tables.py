"""The bytes of a CSV file as rows: each with the line it begins in, and what is wrong with it.

What could make one row of several, or several of one, is no fault of a row: then nothing of the file is read, and the line is
named. Nothing about the file is found out by trial but the separator, and that only where the header leaves no doubt.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.documents.encodings import decode, read_sound
from generator.documents.nodes import CONTROL

SEPARATORS = (",", ";", "\t")
"""What may stand between two cells without being named."""

Encoding: TypeAlias = Literal[
    "utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
    "windows-1256", "windows-1257", "windows-1258", "iso-8859-1", "iso-8859-2", "iso-8859-5", "iso-8859-7",
    "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "macintosh", "mac-cyrillic", "cp437", "cp850", "cp866",
    "gb18030", "big5", "shift-jis", "euc-jp", "euc-kr",
]  # fmt: skip
"""How a table may be saved. It is said, and never found out by trial: one encoding reads what another wrote, as other letters."""

MOST_COLUMNS = 1000

_UNSEEN = re.compile(f"{CONTROL.pattern}|[\u00ad\u200b\u2060]")
_JOINERS = " \u200c\u200d"  # within a word they belong to it
_LONGEST_HEADER = 50  # lines
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header.

    Attributes:
        number: from 1.
        line: the line of the file in which it begins.
        cells: as they stood; as many as the header has, except where `problem` says otherwise.
        problem: why its cells cannot be given to columns, as a sentence; empty where they can.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)

    @property
    def at(self) -> str:
        """Where it stands, for a report."""
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Table:
    """What a CSV file holds.

    Attributes:
        header: the names of the columns on one line, without what is not seen; one without a name is called `column 3`.
        rows: all rows below the header, blank ones among them.
        problem: why the file cannot be read, as a sentence; then there is no header and no row.
    """

    header: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    problem: str = ""


def read_table(data: bytes, *, separator: str = "auto", encoding: Encoding = "utf-8") -> Table:
    """Read a table (RFC 4180, with any separator of one character and any line ends).

    Args:
        data: the bytes of the file.
        separator: one character, or `auto`: the one of `SEPARATORS` that stands in the header.
        encoding: how it was saved; UTF-8 may begin with a byte order mark.
    """
    text, problem = read_text_of(data, encoding)
    if problem:
        return Table(problem=problem)
    first, lines = _skip_blank(text)
    named = _read_separator_line(lines[0]) if lines else ""
    if named:
        first, lines = first + 1, lines[1:]
    if not lines:
        return Table(problem="The file holds no table: it is empty.")
    if separator == "auto":
        found = find_separators(_join_header(lines))
        if not named and len(found) > 1:
            shown = " and ".join(_NAMES[one] for one in found)
            return Table(problem=f"Line {first}: the header has {shown}; say which of them stands between two cells.")
        separator = named or (found[0] if found else ",")
    return _read_rows(lines, first, separator)


def find_separators(header: str) -> tuple[str, ...]:
    """List which of `SEPARATORS` stand in a header, outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return tuple(one for one in SEPARATORS if one in outside)


def _join_header(lines: list[str]) -> str:
    """Give the header as it stands: a name in quotation marks may hold line ends."""
    marks = 0
    for end, line in enumerate(lines[:_LONGEST_HEADER], 1):
        marks += line.count('"')
        if marks % 2 == 0:
            return "\n".join(lines[:end])
    return lines[0]


def read_text_of(data: bytes, encoding: Encoding = "utf-8") -> tuple[str, str]:
    r"""Read the bytes of a table as text with `\n` for line ends.

    Returns:
        The text, and why it cannot be read, as sentences; one of the two is empty.
    """
    if data.startswith(_WORKBOOKS):
        return (
            "",
            "This is a workbook (Excel, LibreOffice) or a zip file, not a table. Save the sheet from that program as CSV (UTF-8).",
        )
    if encoding == "utf-8":
        _, found = decode("", data)
        if found and found[0].code != "control-character":  # a cell may hold them; they are written otherwise there
            said = f"{found[0].message} {found[0].help}".strip()
            return "", f"Line {found[0].place.line}: {said}" if found[0].place.line > 1 else said
        return read_sound(data), ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (
            "",
            f"Line {line}: the byte 0x{data[error.start]:02x} is no letter in {encoding}; the file was saved in another encoding.",
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), ""


def _skip_blank(text: str) -> tuple[int, list[str]]:
    """Leave out the blank lines above the header; give the number of the first line that is left, and all that are."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    above = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    return above + 1, lines[above:]


def _read_separator_line(line: str) -> str:
    """Give the separator that a line `sep=;` names, as Excel writes and reads it above the header; else nothing."""
    return line[4] if len(line) == 5 and line.lower().startswith("sep=") else ""  # noqa: PLR2004


def _read_rows(lines: list[str], first: int, separator: str) -> Table:
    before = first - 1
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True, skipinitialspace=True)
    done = 0
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            found.append((before + done + 1, cells))
            done = reader.line_num
    except csv.Error as error:
        return Table(problem=_explain(str(error), before + done + 1, before + reader.line_num))
    names = (" ".join(_UNSEEN.sub(" ", name).split()).strip(_JOINERS) for name in found[0][1])
    header = tuple(name or f"column {n}" for n, name in enumerate(names, 1))
    problem = _find_header_problem(header, found[0][0])
    if problem:
        return Table(problem=problem)
    rows = (TableRow(n, line, tuple(cells), _count(cells, header)) for n, (line, cells) in enumerate(found[1:], 1))
    return Table(header, tuple(rows))


def _find_header_problem(header: tuple[str, ...], line: int) -> str:
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        shown = ", ".join(f"“{name[:60]}”" for name in twice[:5])
        return f"Line {line}: more than one column is called {shown}. Give each column a name of its own."
    if len(header) > MOST_COLUMNS:
        return f"Line {line}: the header has {len(header)} columns; {MOST_COLUMNS} are the most that are read."
    return ""


def _count(cells: list[str], header: tuple[str, ...]) -> str:
    """Say that a row has another number of cells than the header; a blank line has none, and nothing is wrong with it."""
    if len(cells) == len(header) or not any(cell.strip() for cell in cells):
        return ""
    return f"It has {len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the header has {len(header)}."


def _explain(error: str, begin: int, line: int) -> str:
    """Say what is wrong with the quotation marks of a row, from what the reader says of it."""
    if "unexpected end" in error:
        return (
            f"The row that begins in line {begin} has a cell with a quotation mark in front and none at its end, so all that"
            " follows would be one cell. Close it, or save the table again as CSV."
        )
    if "expected after" in error:
        return (
            f"The row that begins in line {begin} has a quotation mark inside a quoted cell, in line {line}. Write it twice"
            " there, or save the table again as CSV."
        )
    if "field limit" in error:
        return (
            f"The row that begins in line {begin} has a cell longer than {csv.field_size_limit():,} characters. A quotation mark"
            " in front of it may not be closed."
        )
    return f"The row that begins in line {begin} cannot be read: {error}."


def as_columns(table: Table, row: TableRow) -> dict[str, str]:
    """Give the cells of a row by the names of their columns."""
    return dict(zip(table.header, row.cells, strict=False))
