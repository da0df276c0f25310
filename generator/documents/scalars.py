"""A text as YAML: plain where that is safe, in quotation marks where it is not."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"[\s\[\]{},#&*!|>'\"%@`]|[-?:](?:\s|$)|(?:---|\.\.\.)(?:\s|$)")
_INSIDE = re.compile(r":(?:\s|$)|\s#|[\n\t\r]|\s$")
_FLOW = re.compile(r"[\[\]{},]|^[-?:]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_scalar(text: str, *, flow: bool = False) -> str:
    """Write a text so that it reads back as the same text.

    Args:
        text: what is to be typed; one value of a field, without control characters other than line ends and tabs.
        flow: whether it stands inside `{...}` or `[...]`, where commas and brackets end a plain text.

    Returns:
        The text itself where YAML reads it whole; else the text in double quotation marks, or in single ones where it
        holds double ones and nothing that would have to be escaped.
    """
    unsafe = not text or _BEGINS.match(text) or _INSIDE.search(text) or (flow and _FLOW.search(text))
    if not unsafe:
        return text
    if '"' in text and not set(text) & {"\n", "\t", "\r", "'"}:
        return f"'{text}'"
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
