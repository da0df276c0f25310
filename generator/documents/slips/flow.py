"""Slips inside `{...}` and `[...]`: texts that need quotation marks, commas and brackets that are missing."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.documents.slips.names import NAMES, WORDS
from generator.documents.slips.quoting import SHOWN, say, strip_marks, write_plain
from generator.documents.slips.slip import Slip, Value, read_value, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIELD = re.compile(r"(?:(?<=\{)|,)\s*(?P<name>[a-z_]+):\s+")
_NEXT = re.compile(rf"(?:(?<!\s)|(?<=:\s))\s++(?P<name>{'|'.join(sorted(NAMES))}):\s")
_WHOLE = re.compile(r".*[.!?\]}\"']|[a-z0-9/~-]+")
_CLOSES = {"{": "}", "[": "]"}
_PAIR = re.compile(r",\s*,")
_OUTSIDE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


def find_in_braces(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a value between `{` and `}` that cannot be read by itself, and a comma that is missing."""
    value = _braces(lines, number)
    if value is None:
        return
    closed = value.text.endswith("}")
    inside = value.text[: -1 if closed else None]
    fields = list(_FIELD.finditer(inside))
    for at, found in enumerate(fields):
        end = fields[at + 1].start() if at + 1 < len(fields) else len(inside)
        text = inside[found.end() : end].rstrip()
        if not text or stands_alone(text, flow=True):
            continue
        column = value.start[1] + found.end()
        part = Value(found["name"], text, (number, column), (number, column + len(text)))
        yield from _missing_comma(part)
        yield _quoted(part)


def _braces(lines: Sequence[str], number: int) -> Value | None:
    """Read a value that begins with `{` in this line, up to the end of the line."""
    value = read_value(lines, number)
    if value is None or not value.text.startswith("{"):
        return None
    line = lines[number].rstrip()
    return replace(value, text=line[value.start[1] :], end=(number, len(line)))


def _missing_comma(part: Value) -> Iterator[Slip]:
    following = next((found for found in _NEXT.finditer(part.text) if _begins_field(part.text, found)), None)
    if following:
        line, column = part.start
        place = column + following.start()
        yield Slip(
            (line, place),
            (line, column + following.end("name")),
            f", {following['name']}",
            f"A comma is missing in front of `{following['name']}`.",
            "Fields inside `{...}` have a comma between them.",
            following["name"],
        )


def _begins_field(text: str, found: re.Match[str]) -> bool:
    """Tell whether a name begins a field; one that is a word of the language too does so only behind a whole value."""
    return found["name"] not in WORDS or _WHOLE.fullmatch(text, 0, found.start()) is not None


def _quoted(part: Value) -> Slip:
    text = strip_marks(part.text) if part.text[0] in "'\"“„«" else part.text
    if part.text[0] in "'\"“„«" and part.text.endswith(("'", '"', "”", "“", "»")):
        said = "A quotation mark inside this text ends it too early."
    elif part.text[0] in "'\"“„«":
        said = "A quotation mark is opened here and never closed."
    else:
        said = (
            "A colon followed by a space (`: `) stands inside a text."
            if ": " in part.text
            else "This text needs quotation marks."
        )
    return say(part, write_plain(text, flow=True), said)


def find_brackets(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find brackets that are not closed, closed by another kind, or closed twice, and two commas in a row."""
    value = read_value(lines, number)
    if value is None or value.text[0] not in "{[":
        return
    text = lines[number].rstrip()[value.start[1] :]
    start, end = value.start, (number, value.start[1] + len(text))
    bare = _OUTSIDE.sub(lambda found: "x" * len(found[0]), text)
    commas = _PAIR.search(bare)
    if commas:
        column = start[1] + commas.start()
        said = "Two commas stand in a row; between them a value is missing."
        yield Slip(
            (number, column), (number, start[1] + commas.end()), ",", said, "Take one comma out, or add the value."
        )
    mended = _balance(bare, text)
    if mended is not None and mended != text:
        opened = "bracket that opens here is not closed" if len(mended) > len(text) else "brackets here do not match"
        said = f"The {opened}."
        yield Slip(start, end, mended, said, f"Write `{shorten(mended, SHOWN, placeholder=' …')}`.", text[0])


def _balance(bare: str, text: str) -> str | None:
    """Close what is open at the end, and turn a closing bracket of the wrong kind into the right one."""
    opened: list[str] = []
    letters = list(text)
    for index, letter in enumerate(bare):
        if letter in _CLOSES:
            opened.append(letter)
        elif letter in _CLOSES.values():
            if not opened:
                rest = bare[index:].strip("]} ")
                return None if rest else "".join(letters[:index]).rstrip()
            letters[index] = _CLOSES[opened.pop()]
    closing = "".join(_CLOSES[letter] for letter in reversed(opened))
    return "".join(letters).rstrip(" ,") + closing if closing else "".join(letters)
