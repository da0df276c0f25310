"""Writing trusted HTML and SVG from untrusted values, and reading the payloads of fenced blocks."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from html import escape
from typing import Any

_DECODER = json.JSONDecoder()


@lru_cache(maxsize=1 << 13)  # pictures have the same edges and steps
def number(value: float) -> str:
    """Write a length or coordinate with at most two decimals, the same on every machine."""
    if value == int(value):
        return str(int(value))
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *content: str, **attributes: str | float | None) -> str:
    """Write one element.

    Args:
        name: the tag.
        content: trusted markup; text goes through `text` first.
        attributes: escaped here. A trailing underscore is dropped (`class_`), other underscores become hyphens
            (`stroke_width`); None leaves the attribute out.
    """
    written = name
    for key, value in attributes.items():
        if value is not None:
            written += f'{_begin(key)}{escape_value(value) if isinstance(value, str) else number(value)}"'
    return f"<{written}>{''.join(content)}</{name}>"


@cache  # keywords of the code
def _begin(keyword: str) -> str:
    return f' {keyword.rstrip("_").replace("_", "-")}="'


@lru_cache(maxsize=1 << 10)  # most are classes
def escape_value(value: str) -> str:
    """Escape the value of an attribute."""
    return escape(value)


@lru_cache(maxsize=1 << 11)  # a picture is drawn twice, and names stand in many
def text(value: str) -> str:
    """Escape text content."""
    return escape(value, quote=False)


def read_pairs(payload: str) -> list[tuple[str, str]]:
    """Read `key: value` lines in order; blank lines are skipped.

    Raises:
        ValueError: a line has no colon.
    """
    pairs = []
    for line in payload.split("\n"):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"not a `key: value` line: {line!r}")
        pairs.append((key.strip(), value.strip()))
    return pairs


def read_json_lines(payload: str) -> list[dict[str, Any]]:
    """Read one JSON object a line; blank lines are skipped.

    Raises:
        ValueError: a line is no JSON object.
    """
    rows = [_DECODER.decode(line) for line in payload.split("\n") if line.strip()]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("every line of the block must be a JSON object")
    return rows
