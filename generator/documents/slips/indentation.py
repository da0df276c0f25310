"""Slips in the indentation: a line, or a block of lines, that does not begin in the column it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.documents.slips.names import NAMES
from generator.documents.slips.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ABOVE = 40
_PROSE = frozenset(
    {
        "says", "why", "finding", "quote", "summary", "description", "answer", "question", "text", "title", "note",
        "was", "now", "definition", "translated_title", "discount", "prefix", "suffix", "as_stated", "unnamed"
    }
)  # fmt: skip
"""The fields whose texts may go on in another line."""
_LINE = re.compile(r"(?P<indent> *)(?P<item>(?:- +)*)(?:(?P<name>[\w-]+):(?:\s|$))?")
COLUMN = "Put it in the same column as the other fields of its record; a new record of a list begins with `- `."


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _columns(lines: Sequence[str], number: int, *, items: bool) -> Iterator[int]:
    """List the columns in which items or fields of the lines above begin, the nearest line first."""
    seen = set()
    for above in range(number - 1, max(-1, number - _ABOVE), -1):
        found = _LINE.match(lines[above])
        if found is None or not lines[above].strip():
            continue
        column = found.end("indent") if items else found.end("item")
        if (found["item"] if items else found["name"]) and column not in seen:
            seen.add(column)
            yield column


def _block(lines: Sequence[str], number: int) -> int:
    """Number the last line that belongs to the one at `number`: those that are indented as deep, or deeper."""
    least, last = _indent(lines[number]), number
    for below in range(number + 1, min(len(lines), number + _ABOVE)):
        if lines[below].strip():
            if _indent(lines[below]) < least:
                break
            last = below
    return last


def _shift(lines: Sequence[str], first: int, last: int, columns: int) -> str:
    """Give the lines, the last one only up to its first character, moved to the right (or left) by so many columns."""
    moved = [
        " " * max(0, _indent(line) + columns) + line.lstrip(" ") if line.strip() else line for line in lines[first:last]
    ]
    return "\n".join([*moved, " " * max(0, _indent(lines[last]) + columns)])


def _is_alike(lines: Sequence[str], number: int, column: int) -> bool:
    """Tell whether an item begins with the same field as the nearest one above in a column: those of one list do."""
    found = _LINE.match(lines[number])
    for above in range(number - 1, -1, -1):
        other = _LINE.match(lines[above])
        if other and other["item"] and other.end("indent") == column:
            return found is None or (found["name"] or None) == (other["name"] or None)
    return True


def find_indentation(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Offer the columns of the lines above for a line that stands beside them, the nearest column first."""
    line = lines[number]
    item, indent = line.lstrip().startswith("- "), _indent(line)
    name = _LINE.match(line)
    columns = sorted(set(_columns(lines, number, items=item)) - {indent}, key=lambda column: abs(column - indent))
    if item and not indent and any(_LINE.match(above) and above[:1].strip(" #-") for above in lines[:number]):
        return  # a record of a list behind a record that is the whole file: no column is right
    for column in columns:
        if item and not _is_alike(lines, number, column):
            continue
        if item:
            said = "This list item does not line up with those above it."
            mend = "Items of one list begin in the same column, each with a hyphen and a space."
        elif name and name["name"]:
            said, mend = f"`{name['name']}` does not line up with the fields of its record.", COLUMN
        else:
            continue
        for last in dict.fromkeys((_block(lines, number), number)):
            fix = _shift(lines, number, last, column - indent)
            yield Slip((number, 0), (last, _indent(lines[last])), fix, said, mend)


def find_continuation(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a line of text that goes on with the text of the field above, and is not indented."""
    line, indent = lines[number], _indent(lines[number])
    above = _LINE.match(lines[number - 1]) if number else None
    if (line.split() and line.split()[0] in NAMES) or "\t" in line.strip():
        return  # a field without its colon or a row of a table, rather than words of the text above
    if (
        above is None
        or above["name"] not in _PROSE
        or not re.match(r"\s*\w", line)
        or re.match(r"\s*[\w-]+:(?:\s|$)", line)
    ):
        return
    said = "This line is neither a field (`name: value`) nor a list item (`- ...`)."
    mend = "Indent it deeper than the line above if it goes on with that line's text; else give it the name of a field."
    yield Slip((number, 0), (number, indent), " " * (above.end("item") + 2), said, mend)


def find_no_hyphen(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a record of a list that does not begin with a hyphen, and indent its fields."""
    line = lines[number]
    name = _LINE.match(line)
    if name is None or not name["name"] or name["item"]:
        return
    indent, last = _indent(line), number
    for below in range(number + 1, len(lines)):
        if lines[below].startswith(f"{' ' * indent}- ") or (lines[below].strip() and _indent(lines[below]) < indent):
            break
        last = below if lines[below].strip() else last
    if not any(above.startswith(f"{' ' * indent}- ") for above in lines[:number]):
        return
    moved = f"{' ' * indent}- {_shift(lines, number, last, 2).lstrip(' ') if last > number else ''}"
    said = f"A new record of the list begins here, at `{name['name']}`, without a hyphen in front."
    mend = "Write `- ` in front of its first field, and indent its other fields as deep as the first."
    yield Slip((number, 0), (last, _indent(lines[last])), moved, said, mend, name["name"])
