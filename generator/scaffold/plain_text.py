"""Plain text as a stored text: Markdown of which a reader sees exactly that text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.dialect import read_text
from generator.documents.nodes import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_END = re.compile("[\x0c\u2029]")
# Three ways to write a paragraph, the plainest first: as it is; with a backslash before what Markdown reads as a mark;
# with one before every mark.
_MARK = re.compile(r"[\\`*_\[\]]|<(?=\S)|&(?=[#\w])|!(?=\[)|^[#>+\-=~]|^(?P<number>\d{1,9})(?=[.)])", re.MULTILINE)
_EVERY_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_ITEM = re.compile(r"\s*(?:[-–—*+•‣◦▪·]|\d{1,3}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it can be stored.

    Attributes:
        text: the text with plain line ends.
        dropped: how many invisible control characters were left out.
    """

    text: str
    dropped: int


def clean(text: str) -> Cleaned:
    """Make line ends plain, and leave out the invisible control characters that no content holds."""
    plain = _PARAGRAPH_END.sub("\n\n", _LINE_END.sub("\n", text.removeprefix("\ufeff")))
    kept, dropped = CONTROL.subn("", plain)
    return Cleaned(kept, dropped)


def part_lists(text: str) -> str:
    """Put an empty line before each item of a list, so that every item is a paragraph of its own.

    A list begins with a line that has a dash, a dot or a number in front, where a paragraph begins or behind a colon.

    Args:
        text: a plain text, as `clean` gives it.
    """
    lines: list[str] = []
    listed, before = False, ""
    for line in text.split("\n"):
        item = bool(_ITEM.match(line))
        above = before.strip()
        if item and above and (listed or above.endswith(":")):
            lines.append("")
        begins = item and (not above or above.endswith(":"))
        listed = begins or (listed and bool(line.strip()))
        lines.append(line)
        before = line
    return "\n".join(lines)


def _paragraphs(text: str, *, by_line: bool) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line.strip():
            found.append([])
        elif by_line:
            found.append([line.strip()])
        else:
            found[-1].append(line.strip())
    return [lines for lines in found if lines]


def _escape(paragraph: str) -> str:
    return _MARK.sub(lambda found: f"{found[0]}\\" if found["number"] else f"\\{found[0]}", paragraph)


def _escape_everything(paragraph: str) -> str:
    return _EVERY_MARK.sub(r"\\\g<0>", paragraph)


def _shows(markdown: str, wanted: Sequence[str]) -> bool:
    """Tell whether a reader of the Markdown sees these paragraphs, and nothing else."""
    read = read_text(markdown)
    shown = [read.text[block.start : block.end] for block in read.blocks if block.kind == "paragraph"]
    return len(shown) == len(read.blocks) and shown == list(wanted)


def write_plain_text(text: str, *, by_line: bool = False) -> str:
    """Write a plain text as Markdown of which a reader sees that text.

    Args:
        text: a plain text, as `clean` gives it. An empty line ends a paragraph; within one, line ends are blanks.
        by_line: whether each line is a paragraph of its own.

    Returns:
        Markdown with one empty line between paragraphs. What would be read as a mark of Markdown has a backslash before
        it; a paragraph without such marks is left as it is.
    """
    written, wanted = [], []
    for lines in _paragraphs(text, by_line=by_line):
        typed, seen = "\n".join(lines), " ".join(lines)
        ways = (typed, _escape(typed))
        written.append(next((way for way in ways if _shows(way, [seen])), _escape_everything(typed)))
        wanted.append(seen)
    whole = "\n\n".join(written)
    if not _shows(whole, wanted):
        # Too long or too deep to be read as Markdown, it is read as plain text, backslashes and all.
        whole = "\n\n".join("\n".join(lines) for lines in _paragraphs(text, by_line=by_line))
    return f"{whole}\n" if whole else ""
