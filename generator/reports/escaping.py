"""Text made safe for a line of a terminal or a log: nothing quoted from the content can steer it."""

from __future__ import annotations

import re

# Terminal controls, line separators, lone surrogates, what reorders a line on the screen, and what no text holds.
_STEERING = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
_CONTROLS = re.compile(f"[{_STEERING}]")
_UNSEEN = re.compile(f"[{_STEERING}\u00ad\u200b\u2060]")
_COMMAND = re.compile(r"^([^\S\n]*+):(?=:)", re.MULTILINE)
_TAB = "→   "


def _write_escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode()


def escape_line(text: str) -> str:
    """Write control characters, line ends included, as visible escapes, as in Python."""
    return _CONTROLS.sub(_write_escape, text)


def escape_lines(text: str, indent: str) -> str:
    """Write control characters as visible escapes but keep line ends; every line after the first is indented.

    So nothing quoted from the content can pass for the first line of another diagnostic.
    """
    return f"\n{indent}".join(escape_line(line) for line in text.split("\n"))


def escape_typed(text: str) -> str:
    """Write a piece of a typed line so that what nobody sees is seen: tabs as arrows, other invisible ones as escapes."""
    return _UNSEEN.sub(_write_escape, text.replace("\t", _TAB))


def guard_log(text: str) -> str:
    """Write a report so that the log of a GitHub workflow takes no line of it for a command.

    There, a command is a line that begins with `::`, after any blanks, or anything behind `##[`.
    """
    return _COMMAND.sub(r"\1\\x3a", text).replace("##[", r"##\x5b")
