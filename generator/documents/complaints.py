"""What the YAML parser's complaints mean to somebody who types records, and where the slip is to be mended."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents.slips import find_slip

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from generator.documents.nodes import Spot

CODE = "yaml-syntax"
SHOWN = 60
_FIELD = re.compile(r"\s*+(?:- \s*+)?(?P<name>[\w-]+)$")
_WITH_VALUE = re.compile(r"\s*(?:- +)*[\w-]+: +[^\s>|]")
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)

_COLUMN = "Put it in the same column as the other fields of its record; a new record of a list begins with `- `."
_QUOTES = "Put the whole text in double quotation marks."
_LIST = (
    "The name of the list to which this item belongs is missing above it.",
    "Write it on a line of its own, like `evidence:`, in the column of the other fields.",
)
_BRACKET = "Close it with } or ], and put a text that has a comma or a `: ` in double quotation marks."

# What the parser says, what it means, and how to mend it; the first match counts.
_PLAIN = (
    ("found a tab character", "A tab stands here.", "Indent with spaces only."),
    (
        "found unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        "Close it with the same mark behind the last word.",
    ),
    (
        "did not find expected node content",
        "Inside `{...}` or `[...]` a value is missing, or a bracket is not closed.",
        "Look for two commas in a row. A text that begins with a comma or bracket needs quotation marks.",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "A text may not begin with `*` or `&`.",
        _QUOTES,
    ),
    (
        "block sequence entries are not allowed",
        "A list item begins in the middle of a line.",
        "A list item (`- ...`) begins on a line of its own, below the name of its field.",
    ),
    (
        "did not find expected <document start>",
        "Something stands in front of the first field or behind the end of the record.",
        "Look at the first line and at this one.",
    ),
    (
        "found unknown escape character",
        "Inside double quotation marks a backslash is special.",
        "Write two backslashes, or use single quotation marks.",
    ),
    (
        "did not find expected ',' or",
        "The bracket that opens here is not closed, or a comma is missing behind it.",
        _BRACKET,
    ),
)

_Said = tuple["Spot", str, str]


def quote(text: str, width: int = 300) -> str:
    """Show a text, at most so many characters of it, as it is typed in double quotation marks."""
    shown = shorten(text, width, placeholder=" …").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def _name_of(line: str) -> str:
    """Name the field that a line begins, as shown in a message."""
    match = re.match(r"\s*+(?:- \s*+)?([\w-]+):", line)
    return f"`{match[1]}`" if match else "This line"


def _on_colon(lines: list[str], spot: Spot, _begun: Spot) -> _Said:
    number, column = spot
    line = lines[number]
    if _lacks_list(lines, number) and _FIELD.match(line[:column]):
        return (number, len(line) - len(line.lstrip())), *_LIST
    if not _FIELD.match(line[:column]):
        return spot, "A colon followed by a space (`: `) stands inside a text.", _QUOTES
    said = f"{_name_of(line)} is indented deeper than the field above it, and reads as a part of that field's text."
    return spot, said, _COLUMN


def _lacks_list(lines: list[str], number: int) -> bool:
    """Tell whether a list item stands right below a field with a value, so that the name of its list is missing."""
    above = next((lines[one] for one in range(number - 1, -1, -1) if lines[one].strip()), "")
    return lines[number].lstrip().startswith("- ") and _WITH_VALUE.match(above) is not None


def _on_item(lines: list[str], spot: Spot, _begun: Spot) -> _Said:
    line = lines[spot[0]]
    if _lacks_list(lines, spot[0]):
        return spot, *_LIST
    if line.lstrip().startswith("- "):
        said = "This list item does not line up with those above it."
        return spot, said, "Items of one list begin in the same column, each with a hyphen and a space."
    return spot, f"{_name_of(line)} does not line up with the fields of its record.", _COLUMN


def _on_key(lines: list[str], spot: Spot, _begun: Spot) -> _Said:
    number, column = spot
    line, before = lines[number], lines[number][:column].rstrip()
    if before.endswith(("'", '"')):
        mend = "Put the whole text in double quotation marks, with single ones or curly ones (“ ”) inside it."
        return spot, "More text follows behind a closing quotation mark.", mend
    if line.lstrip().startswith("- "):
        mend = "Put it below the name of its field, in the same column as the other items."
        if re.match(r"\s*- +id:", line):
            mend = "A file holds either one record or a list of records: move this record to another file."
        return spot, "A list item stands here where a field is expected.", mend
    said = f"{_name_of(line)} does not line up with the fields above it."
    return spot, said, f"{_COLUMN} A quotation mark or bracket that is not closed further up gives the same message."


def _on_no_colon(lines: list[str], _spot: Spot, begun: Spot) -> _Said:
    said = "This line is neither a field (`name: value`) nor a list item (`- ...`)."
    line = lines[begun[0]].strip()
    if line.startswith(("{", "}", '"')):
        mend = "Records are not typed as JSON: write `- id: ...`, and below it each field on a line of its own, without quotation marks and commas."
        return begun, said, mend
    if "\t" in line or re.match(r'[\w-]+,(?:[\w"-][^,]*,)', line):
        mend = "It looks like a row of a table. Write `- id: ...`, and below it each column as a field (`name: value`) on a line of its own."
        return begun, said, mend
    return begun, said, "Give it a name, or indent it deeper than the line above if it continues that line's text."


def _on_mark(lines: list[str], spot: Spot, _begun: Spot) -> _Said:
    mark = lines[spot[0]][spot[1] : spot[1] + 1]
    if mark == "\t":
        return spot, "A tab stands here.", "Indent with spaces only."
    shown = "a backquote" if mark == "`" else f"`{mark}`"
    return spot, f"A text may not begin with {shown}.", _QUOTES


_LOOKS: tuple[tuple[str, Callable[[list[str], Spot, Spot], _Said]], ...] = (
    ("mapping values are not allowed", _on_colon),
    ("did not find expected '-' indicator", _on_item),
    ("did not find expected key", _on_key),
    ("could not find expected ':'", _on_no_colon),
    ("cannot start any token", _on_mark),
)


def explain(error: yaml.YAMLError, path: str, text: str, first_line: int) -> Diagnostic:
    """Say in plain words what the parser stumbled over, where that is mended, and how.

    Args:
        error: what PyYAML raised.
        path: the file.
        text: what it was reading.
        first_line: the 1-based line of the file on which the text starts.

    Returns:
        The slip that, mended, lets reading go on, with its mend; or else what the parser says, in plain words. What is
        still open at the end is shown where it was opened.
    """
    lines = text.split("\n")
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    if mark is None or (opened is not None and mark.index >= len(text.rstrip())):
        mark = opened
    spot = (min(mark.line, len(lines) - 1), mark.column) if mark is not None else (0, 0)
    begun = (min(opened.line, len(lines) - 1), opened.column) if opened is not None else spot
    slip = find_slip(lines, spot, begun)
    if slip is not None:
        (line, column), (last, end) = slip.start, slip.end
        place = Place(path, line + first_line, column + 1, last + first_line, end + 1)
        return Diagnostic(place, CODE, slip.message, slip.help, focus=slip.focus, fix=slip.fix)
    (line, column), message, mend = _look(problem, lines, spot, begun)
    return Diagnostic(Place(path, line + first_line, column + 1), CODE, message, mend)


def _look(problem: str, lines: list[str], spot: Spot, begun: Spot) -> _Said:
    for words, look in _LOOKS:
        if words in problem:
            return look(lines, spot, begun)
    for words, said, mend in _PLAIN:
        if words in problem:
            return (begun if "," in words else spot), said, mend
    return spot, "From here on this file cannot be read.", "Compare this line and the one above it with a sound record."


def find_merge(path: str, text: str) -> Diagnostic | None:
    """Find the first of git's marks around two versions of a passage that were not merged."""
    found = _MERGE.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return Diagnostic(
        Place(path, line, 1, line, len(found[0]) + 1),
        CODE,
        "This is git's mark of a place where two versions of the file were not merged.",
        "Between `<<<<<<<` and `>>>>>>>` stand both versions, with `=======` between them. Keep the lines that are right "
        "and delete the three lines with the marks.",
    )
