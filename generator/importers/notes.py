"""Notes as they are written: nothing is cut, and what cannot be typed is written so that it is seen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.documents.nodes import CONTROL
from generator.importers.cells import show_control

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.documents import Node

LONGEST = 4000
"""The most characters that a note may have."""

_ROOM = 40  # for ` (12 of 345)` behind the name of a field
_LONGEST_FIELD = 300
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(f"{CONTROL.pattern}|{_SURROGATE.pattern}")
_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")  # control characters that end a line or a paragraph
_LINE_END = re.compile("\r\n?")
_CUTS = ("\n", ". ", " ")


def count_hidden(text: str) -> int:
    """Count the characters of a text that no content holds: control characters and lone surrogates."""
    return 0 if text.isprintable() else len(_HIDDEN.findall(text))


def show_hidden(text: str) -> str:
    r"""Write characters that no content holds so that they are seen, such as `\u0000`, and line ends plainly."""
    return text if text.isprintable() else show_control(text)


def drop_hidden(text: str) -> str:
    """Leave out characters that no content holds; those that end a line become a blank."""
    return text if text.isprintable() else _HIDDEN.sub("", _ENDS.sub(" ", _LINE_END.sub("\n", text)))


def as_note(field: str, value: Node) -> str:
    """Write a note: `FIELD: VALUE`, lists and mappings as compact JSON."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{field}: {said}"


def field_of(note: str) -> str:
    """Give the name of the field in front of a note; empty where there is none."""
    field, colon, _ = note.partition(": ")
    return field if colon and len(field) <= _LONGEST_FIELD and "\n" not in field else ""


def part(note: str) -> tuple[str, ...]:
    """Part a note that is too long into numbered ones, at line ends where there are any; what they say together is the whole."""
    if len(note) <= LONGEST:
        return (note,) if note else ()
    field = field_of(note)
    pieces = [*_cut(note[len(field) + 2 :] if field else note, LONGEST - len(field) - _ROOM)]
    name = f"{field} " if field else ""
    return tuple(f"{name}({number} of {len(pieces)}): {piece}" for number, piece in enumerate(pieces, 1))


def _cut(text: str, longest: int) -> Iterator[str]:
    start = 0
    while len(text) - start > longest:
        end = start + longest
        found = ((text.rfind(mark, start + longest // 2, end), mark) for mark in _CUTS)
        end = next((at + len(mark) for at, mark in found if at >= 0), end)
        yield text[start:end]
        start = end
    yield text[start:]


def write_notes(notes: Iterable[str]) -> list[Node]:
    """Write notes as they can be typed, each said once."""
    return [piece for note in dict.fromkeys(map(show_hidden, notes)) for piece in part(note)]
