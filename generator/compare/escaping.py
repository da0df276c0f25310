"""Text written so that GitHub shows it and nothing else: no markup, no picture, no link, nobody called by name.

GitHub looks for names, issues and addresses in the finished text, where a backslash or a character reference no longer
helps. A word joiner (U+2060), which is invisible and breaks no line, parts the characters by which it knows them.
"""

from __future__ import annotations

import re

from generator.dialect.escaping import tidy

_JOINER = "\u2060"
_CALLS = re.compile(
    r"(?<=@)(?=\w)"  # @name, name@example.org, owner/repository@commit
    r"|(?<=#)(?=\d)"  # #123, owner/repository#123
    r"|(?<=\bGH-)(?=\d)"
    r"|(?<=:)(?=//)"  # https://
    r"|(?<=\bwww)(?=\.)"
    r"|(?<=:)(?=[\w+-]+:)",  # :emoji:
    re.IGNORECASE,
)
_MARKS = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_FIRST = re.compile(r"^(?:([#+\-=:!])|(\d{1,9})([.)]))")
# What turns the direction of the text behind it would show a report as it was not written.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """Write plain text as one line of GitHub's Markdown that shows exactly this text.

    It may stand at the start of a line, in a list item, a heading, a table or the label of a link.
    """
    plain = _TURNING.sub("\ufffd", tidy(text))
    marked = _MARKS.sub(r"\\\1", _CALLS.sub(_JOINER, plain))
    return _FIRST.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", marked)


def write_code(text: str) -> str:
    """Write a word in the form of code; a word with other characters than those of ids and paths as escaped text."""
    return f"`{text}`" if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./:_-]*", text) else escape(text)


def write_message(text: str) -> str:
    """Write a message of the checks: what stands between its backquotes in the form of code, the rest escaped.

    In the form of code nothing is markup and nobody is called; a text with an odd backquote is escaped whole.
    """
    parts = _TURNING.sub("\ufffd", tidy(text)).split("`")
    if len(parts) % 2 == 0 or not all(map(str.strip, parts[1::2])):
        return escape(text)
    return "".join(f"`{part}`" if index % 2 else _escape_within(part, index) for index, part in enumerate(parts))


def _escape_within(part: str, index: int) -> str:
    """Escape a piece of a text with the blanks at its ends; only the first stands at the start."""
    inner = escape(f"({part}")[1:] if index else escape(part)
    return f"{inner} " if part.endswith(" ") else inner
