"""Slips in quotation marks: left open, closed too early, curly ones, or missing where YAML needs them."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.documents.scalars import write_scalar
from generator.documents.slips.names import NAMES
from generator.documents.slips.slip import QUOTES, Slip, Value, read_value, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHOWN = 70
_SECOND = re.compile(rf"(?:.*?[.!?][\"”']?|[\w-]+)(?P<blank> +)(?P<name>{'|'.join(sorted(NAMES))}):(?: |$)")
PAIRS = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’", "”": "”", "‚": "‘"}
_SINGLE, _DOUBLE = frozenset("'‘’‚"), frozenset('"“”„«»')
_COLON = re.compile(r":(?=\s|$)")

OPEN = "A quotation mark is opened here and never closed."
MORE = "More text follows behind a closing quotation mark."
CURLY = "Curly quotation marks do not hold a text together; only straight ones do."


def strip_marks(text: str) -> str:
    """Take a pair of quotation marks off a text, or the first one where the second is missing."""
    if text[:1] not in PAIRS:
        return text
    return text[1:-1] if _is_closed(text) else text[1:]


def _is_closed(text: str) -> bool:
    """Tell whether a text that begins with a quotation mark ends with one, be it of another form."""
    closing = _SINGLE if text[0] in _SINGLE else _DOUBLE
    return len(text) > 1 and text[-1] in closing


def write_plain(text: str, *, flow: bool = False) -> str:
    """Write a text as YAML, a tab in it as a blank."""
    return write_scalar(text.replace("\t", " "), flow=flow)


def say(value: Value, fix: str, message: str, focus: str = "") -> Slip:
    """Report a value that quotation marks mend, or that is mended by taking them out."""
    shown = shorten(value.show(fix), SHOWN, placeholder=" …")
    mend = QUOTES if fix[:1] in {"'", '"'} else "It needs no quotation marks"
    return Slip(value.start, value.end, fix, message, f"{mend}: {shown}", focus)


def find_marks(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find values that begin with a quotation mark and cannot be read by themselves."""
    value = read_value(lines, number)
    if value is None or value.text[:1] not in PAIRS or stands_alone(value.text):
        return
    text, mark = value.text, value.text[0]
    closed = _is_closed(text)
    inner = strip_marks(text)
    if mark not in "'\"":
        if closed:
            yield say(value, write_plain(inner), CURLY, mark)
        yield say(value, write_plain(text), _reason(text))
    elif closed and text[-1] != mark:
        said = f"The text begins with {mark} and ends with {text[-1]}; the two marks are not of one kind."
        yield say(value, write_plain(inner), said, mark)
    elif closed:
        said = MORE
        if mark == "'" and mark in inner:
            said = "An apostrophe ends a text that stands in single quotation marks."
        elif mark in inner and "\\" not in inner:
            said = "A straight quotation mark ends a text that stands in straight quotation marks."
        elif "\\" in inner:
            said = "Inside double quotation marks a backslash is special."
        yield say(value, write_plain(inner.replace('\\"', '"')), said, "\\" if "\\" in inner else "")
    elif mark not in text[1:]:
        yield Slip(
            value.start,
            value.end,
            write_plain(inner),
            OPEN,
            f"Close it with the same mark behind the last word, or leave both out: {shorten(value.show(write_plain(inner)), SHOWN, placeholder=' …')}",
            mark,
        )
    else:
        yield say(value, write_plain(text), f"{MORE} The marks would have to stand around the whole text.", mark)


def find_two_fields(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find two fields in one line."""
    value = read_value(lines, number)
    found = _SECOND.match(value.text) if value is not None and value.end[0] == number else None
    if value is None or found is None or not value.name:
        return
    line, column = value.start
    indent = lines[line].index(f"{value.name}:")
    yield Slip(
        (line, column + found.start("blank")),
        (line, column + found.end("blank")),
        f"\n{' ' * indent}",
        f"Two fields stand in one line, `{value.name}` and `{found['name']}`.",
        "Begin a new line with the second one.",
    )


def find_prose(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find values that cannot be read without quotation marks."""
    value = read_value(lines, number)
    if value is None or value.text[:1] in {'"', "'"} or stands_alone(value.text):
        return
    yield say(value, write_plain(value.text), _reason(value.text), _focus(value.text))


def _focus(text: str) -> str:
    if _COLON.search(text) and text[0] not in "@`%&*!|>[{":
        found = _COLON.search(text)
        before = text[: found.start()] if found else ""
        return f"{before.split()[-1]}:" if before.split() else ":"
    return text[0]


def _reason(text: str) -> str:
    mark = text[0]
    if mark in "[{":
        other = "a list" if mark == "[" else "a group of fields"
        return f"A text may not begin with `{mark}`, which opens {other}."
    if mark in "*&":
        return "A text may not begin with `*` or `&`."
    if mark in "@%!|>,]}`":
        return f"A text may not begin with {'a backquote' if mark == '`' else f'`{mark}`'}."
    return "A colon followed by a space (`: `) stands inside a text."
