"""Writing trusted HTML and SVG from untrusted values, and reading the payloads of fenced blocks."""

from __future__ import annotations

import json
from html import escape
from typing import Any


def number(value: float) -> str:
    """Write a length or coordinate with at most two decimals, the same on every machine."""
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
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value) if not isinstance(value, str) else value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def text(value: str) -> str:
    """Escape text content."""
    return escape(value, quote=False)


def read_pairs(payload: str) -> list[tuple[str, str]]:
    """Read `key: value` lines in order; blank lines are skipped.

    Raises:
        ValueError: a line has no colon.
    """
    pairs = []
    for line in payload.splitlines():
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
    rows = [json.loads(line) for line in payload.splitlines() if line.strip()]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("every line of the block must be a JSON object")
    return rows
