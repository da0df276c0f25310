"""Slips of people who are used to something else: comments of other languages, JSON's commas, bold names, no colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.documents.slips.names import NAMES, WORDS
from generator.documents.slips.slip import Slip, Value, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMENT = re.compile(r"(?P<indent>\s*)(?P<mark>//+|<!--|/\*|--(?=\s)|%)\s*(?P<text>.*?)\s*(?:-->|\*/)?\s*$")
_BOLD = re.compile(
    r"(?P<before>\s*(?:- +)*)(?P<bold>\*\*(?P<name>\w+)(?::\*\*|\*\*:)|__(?P<other>\w+)(?::__|__:))(?=\s|$)"
)
_COMMA = re.compile(r"(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\[\]]*\])(?P<comma>\s*,)")
_NO_COLON = re.compile(r"\s*(?:- +)*(?P<name>[a-z_]+)(?P<blank> +)(?P<text>\S.*)")
_FIELDS = re.compile(r"(?P<name>[a-z_]+): .*,\s*(?P<second>[a-z_]+): \S.*")


def find_comments(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find comments as they are typed in other languages."""
    found = _COMMENT.match(lines[number])
    if found:
        start, text = found.end("indent"), found["text"]
        said = f"“{found['mark']}” does not begin a comment."
        fix = f"# {text}".rstrip()
        yield Slip((number, start), (number, len(lines[number])), fix, said, f"Write `{fix[:60]}`.", found["mark"])


def find_bold(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find names of fields that are set in bold."""
    found = _BOLD.match(lines[number])
    if found:
        name = found["name"] or found["other"]
        said = f"The name of a field is typed plainly, and “{found['bold']}” is in bold."
        yield Slip((number, found.start("bold")), (number, found.end("bold")), f"{name}:", said, f"Write `{name}:`.")


def find_commas(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a comma behind a value, at the end of its line."""
    value = read_value(lines, number)
    found = _COMMA.fullmatch(value.text) if value is not None and value.name else None
    if value is None or found is None:
        return
    line, column = value.end
    said = "A comma stands behind this value; fields on lines of their own have none between them."
    yield Slip((line, column - len(found["comma"])), (line, column), "", said, "Delete the comma.", ",")


def find_no_colon(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a known field without its colon; a word that stands in prose too begins one only where no sentence goes on."""
    found = _NO_COLON.match(lines[number])
    if found is None or found["name"] not in NAMES:
        return
    name, text = found["name"], found["text"]
    if name in WORDS and not re.match(r"[A-Z0-9\[{\"]", text):
        return
    said = f"A colon is missing behind `{name}`."
    yield Slip(
        (number, found.start("blank")), (number, found.end("blank")), ": ", said, f"Write `{name}: {text[:60]}`."
    )


def find_loose_fields(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find fields typed in the line of the field that holds them, without brackets."""
    value: Value | None = read_value(lines, number)
    found = _FIELDS.fullmatch(value.text) if value is not None else None
    if value is None or found is None or not {found["name"], found["second"]} <= NAMES:
        return
    said = f"Several fields stand in one line, `{found['name']}` and `{found['second']}` among them, without brackets."
    fix = f"{{{value.text}}}"
    yield Slip(value.start, value.end, fix, said, f"Fields in one line stand in curly brackets: {value.show(fix)[:80]}")
