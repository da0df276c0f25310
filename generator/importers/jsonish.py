"""JSON as it is found: files, lines of JSON, blocks in saved web pages; values as typed, with limits.

Numbers stay the text that was typed (`1.10`, however long); a key that an object has twice keeps both values; half a
character (a lone surrogate) is written out. No value is changed otherwise.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from generator.documents.encodings import decode as decode_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Number(str):
    """A number as it was typed."""

    __slots__ = ()


Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | None"
"""A value: every number is a `Number`, which is a text."""

DEEPEST = 64
DOUBLE = " (given before)"
"""What is put behind a key that an object has more than once: `name` is its last value, `name (given before)` lists the others."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]|(?<![\w.])(?:NaN|-?Infinity)(?!\w)', re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SCRIPT_OR_COMMENT = re.compile(r"<!--|<script(?=[\s>/])((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_LINKED_DATA = re.compile(r"type\s*+=\s*+[\"']?\s*+application/ld\+json", re.IGNORECASE)
_WRAPPED = re.compile(r"\s*(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?(.*?)(?:/[/*]\s*)?\]\]>(?:\s*\*/)?\s*", re.DOTALL)
_TRIED = 20
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a file, with the place where it stands.

    Attributes:
        at: `line 12` for a line of JSON or a block in a page; empty where the value is the whole file.
        value: the value; None where it cannot be read.
        problem: why it cannot be read, as a sentence; else empty.
        raw: the text that cannot be read; else empty.
        is_block: whether it is a block of a web page, which holds others about other things.
    """

    at: str
    value: Json = None
    problem: str = ""
    raw: str = ""
    is_block: bool = False


def decode(data: bytes) -> tuple[str, str]:
    """Read bytes as UTF-8; a byte order mark is no part of the text.

    Returns:
        The text, and why it could not be read, as a sentence that tells how the file seems to be saved; one of them is empty.
    """
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        _, problems = decode_document("", data)
        said = " ".join(f"{problem.message} {problem.help or ''}".strip() for problem in problems)
        return "", said or "This file is not saved as UTF-8."


def read_json(data: bytes) -> tuple[Json, str]:
    """Read a file that is one JSON value.

    Returns:
        The value, and why it could not be read, as a sentence; empty where it could.
    """
    text, problem = decode(data)
    return (None, problem) if problem else read_value(text)


def read_value(text: str, line: int = 1) -> tuple[Json, str]:
    """Read one JSON value that begins in a line of a file; see `read_json`."""
    problem = _refuse(text, line)
    if problem:
        return None, problem
    try:
        value: Json = json.loads(
            text, strict=False, parse_int=Number, parse_float=Number, object_pairs_hook=_keep_doubles
        )
    except json.JSONDecodeError as error:
        said = f"{error.msg[:1].lower()}{error.msg[1:]}"
        return None, f"This is no JSON: {said}{_where(text, error.pos, line)}."
    return (_write_out_halves(value) if _HALF_ESCAPE.search(text) else value), ""


def read_parts(data: bytes) -> tuple[tuple[Part, ...], str]:
    """Read a file of JSON, of lines of JSON, or a saved web page with blocks of JSON-LD.

    Returns:
        The values in the order of the file, broken lines and blocks among them, and why nothing can be read at all.
    """
    text, problem = decode(data)
    if problem or not text.strip():
        return (), problem or "This file is empty."
    if text.lstrip().startswith("<"):
        parts = tuple(_blocks(text))
        return parts, "" if parts else "This web page has no block of JSON-LD."
    value, problem = read_value(text)
    if not problem:
        return (Part("", value),), ""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    whole = [line for _, line in lines[:_TRIED] if isinstance(read_value(line)[0], dict | list)]
    if len(lines) > 1 and 2 * len(whole) >= min(len(lines), _TRIED):
        return tuple(_part(number, line) for number, line in lines), ""
    return (), problem


def write_compact(value: Json) -> str:
    """Write a value as JSON on one line; numbers as they were typed."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_quote(name)}: {write_compact(item)}' for name, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(write_compact, value))}]"
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return _quote(value)
    return {None: "null", True: "true", False: "false"}[value]


def digest(value: Json) -> str:
    """Give the SHA-256 in hex of a value, whatever the order of its keys."""
    return hashlib.sha256(write_compact(_sort(value)).encode()).hexdigest()


def key_of(texts: Iterable[str]) -> str:
    """Give the SHA-256 in hex of some texts: a key for a row that has none."""
    return digest([str(text) for text in texts])


def _quote(text: str) -> str:
    written = _ENCODER.encode(text)
    return written if written.isascii() else _whole(written)


def _sort(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _sort(value[name]) for name in sorted(value)}
    return [_sort(item) for item in value] if isinstance(value, list) else value


def _refuse(text: str, line: int) -> str:
    """Say why a text is not read at all: one look at it from front to end, whatever it is."""
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        if mark in "[{":
            depth += 1
            if depth > DEEPEST:
                return f"This is nested more than {DEEPEST} levels deep{_where(text, token.start(), line)}."
        elif mark in "]}":
            depth -= 1
        elif mark != '"':
            return f"This is no JSON: {token[0]} is no number there{_where(text, token.start(), line)}."
    return ""


def _where(text: str, index: int, line: int) -> str:
    return f", in line {line + text.count(chr(10), 0, index)}, column {index - text.rfind(chr(10), 0, index)}"


def _keep_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    given: dict[str, list[Json]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    for name, values in given.items():
        if len(values) > 1:
            earlier = f"{name}{DOUBLE}"
            while earlier in found:
                earlier += DOUBLE
            found[earlier] = values[:-1]
    return found


def _write_out_halves(value: Json) -> Json:
    if isinstance(value, dict):
        return {_whole(name): _write_out_halves(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_write_out_halves(item) for item in value]
    return _whole(value) if isinstance(value, str) and not isinstance(value, Number) else value


def _whole(text: str) -> str:
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _part(line: int, text: str, *, is_block: bool = False) -> Part:
    value, problem = read_value(text, line)
    return Part(f"line {line}", value, problem, text if problem else "", is_block)


def _blocks(page: str) -> Iterator[Part]:
    """Find the blocks of JSON-LD in a web page; what stands in a comment is none."""
    index, line, counted = 0, 1, 0
    while found := _SCRIPT_OR_COMMENT.search(page, index):
        if found[1] is None:
            end = page.find("-->", found.end())
            if end < 0:
                return
            index = end + 3
            continue
        ended = _SCRIPT_END.search(page, found.end())
        index = ended.end() if ended else len(page)
        if _LINKED_DATA.search(found[1]):
            line, counted = line + page.count("\n", counted, found.start()), found.start()
            text = page[found.end() : ended.start() if ended else len(page)]
            yield _block(line, text)


def _block(line: int, text: str) -> Part:
    wrapped = _WRAPPED.fullmatch(text)
    begins = wrapped.start(1) if wrapped else len(text) - len(text.lstrip())
    inner = wrapped[1] if wrapped else text[begins:]
    return _part(line + text.count("\n", 0, begins), inner, is_block=True)
