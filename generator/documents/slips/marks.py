"""Slips in the small marks: blanks, tabs, bullets, hyphens and colons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.documents.slips.slip import Slip, Value, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLANKS = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000"
"""Blanks that are not the plain one, as a range of a regular expression."""

_ODD_START = re.compile(rf"[ \t]*[{BLANKS}][ \t{BLANKS}]*")
_ODD_BEHIND = re.compile(rf"(?P<before>\s*(?:- )?(?:-|[\w-]+:))(?P<odd> *+[{BLANKS}][ {BLANKS}]*)")
_ODD_NAME = re.compile(rf"[{BLANKS}][ {BLANKS}]*")
_TAB = re.compile(r"(?P<indent>[ ]*\t[ \t]*)|(?P<before>[ ]*(?:- +)*-)(?P<behind>[ ]*\t[ \t]*)")
_BULLET = re.compile(r"\s*(?P<mark>[–—−‒•·◦▪‣●*+]|-(?=[–—]))(?P<blank>\s*)(?=\S)")
_NO_SPACE = re.compile(r"(?P<before> *(?:- +)*)-(?P<text>[^\s-].*)")
_COLON = re.compile(r"(?P<before> *(?:- +)*(?P<name>[A-Za-z_][\w-]*))(?P<mark>:(?!//)|\s*[：;=]\s*)(?P<text>\S.*)")
_TAB_WIDTHS = (2, 4, 8, 0)

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\w*\s*$")
_LOOSE_LINK = re.compile(r"\]\(\s*\w+:(?P<blank>\s+)(?=[\w-]+\))")
_ITEM = re.compile(r"^(?P<indent>[^\S\n]*+)(?:[–—−‒•·◦▪‣●]\s*|[*+]\s+|-(?=[^\s\d-]))", re.MULTILINE)

TAB = "A tab stands here."
SPACES = "Indent with spaces only."
ODD_BLANK = "These blanks are no-break or other special spaces; they come along when text is copied from a web page or from Word."
BULLET = "A list item begins with a plain hyphen and a space."


def find_odd_blanks(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find special blanks in front of a field, or behind its colon or a hyphen."""
    line = lines[number]
    found, odd = _ODD_START.match(line), _ODD_BEHIND.match(line)
    if found and found.end() < len(line):
        yield _blank((number, 0), (number, found.end()), found[0])
    elif odd:
        yield _blank((number, odd.start("odd")), (number, odd.end("odd")), odd["odd"])


def _blank(start: tuple[int, int], end: tuple[int, int], typed: str) -> Slip:
    fix = " " * sum(letter not in "\u200b\u200c\u200d\u2060" for letter in typed)
    return Slip(start, end, fix, ODD_BLANK, "Delete them and type plain spaces.", typed)


def find_fences(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find the marks that chats and Markdown put around code."""
    if _FENCE.match(lines[number]):
        last = number + 1 < len(lines)
        yield Slip(
            (number, 0),
            (number + 1, 0) if last else (number, len(lines[number])),
            "",
            "This line marks the beginning or end of code in a chat or a text; it is no part of a record.",
            "Delete this line, and the one like it at the other end.",
        )


def find_loose_links(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find links with a space behind the colon, which reads as the colon of a field."""
    found = _LOOSE_LINK.search(lines[number])
    if found:
        link = f"{found[0].strip()[2:]}"
        yield Slip(
            (number, found.start("blank")),
            (number, found.end("blank")),
            "",
            f"A space stands inside the address of a link, behind `{link}`.",
            "Write it without the space: `[words](claim:some-id)`.",
        )


def read_items(typed: str) -> tuple[str, str, str, str] | None:
    """Look at a text on lines of its own that was meant as a list, each item with a bullet, a dash or a hyphen.

    Returns:
        The list as it is typed, what is wrong, how to mend it and the first mark; None where it is no such text.
    """
    found = _ITEM.match(typed)
    if found is None:
        return None
    fix = _ITEM.sub(r"\g<indent>- ", typed)
    mark = found[0].strip()
    said = (
        "A space is missing behind the hyphen of this list item."
        if mark == "-"
        else f"“{mark}” does not begin a list item."
    )
    return fix, said, f"{BULLET} Write `{_shorten(fix.split(chr(10))[0])}`.", mark


def find_tabs(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find tabs at the beginning of lines, with those of the lines below, or behind a hyphen."""
    found = _TAB.match(lines[number])
    if found is None:
        return
    if found["behind"]:
        start = found.start("behind")
        yield Slip((number, start), (number, found.end()), " ", TAB, SPACES, "\t")
        return
    last = number
    while last + 1 < len(lines) and "\t" in lines[last + 1][: len(lines[last + 1]) - len(lines[last + 1].lstrip())]:
        last += 1
    block = lines[number : last + 1]
    end = len(block[-1]) - len(block[-1].lstrip())
    block = [*block[:-1], block[-1][:end]]
    for width in _TAB_WIDTHS:
        fix = "\n".join(_expand(line, width) for line in block)
        yield Slip((number, 0), (last, end), fix, TAB, SPACES, "\t")


def _expand(line: str, width: int) -> str:
    indent = len(line) - len(line.lstrip())
    return line[:indent].replace("\t", " " * width) + line[indent:]


def find_bullets(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find list items that begin with a bullet, an asterisk or a dash instead of a hyphen."""
    found = _BULLET.match(lines[number])
    if found and (found["blank"] or found["mark"] not in "*+"):
        shown = found["mark"]
        yield Slip(
            (number, found.start("mark")),
            (number, found.end()),
            "- ",
            f"“{shown}” does not begin a list item.",
            f"{BULLET} Write `- {_shorten(lines[number][found.end() :])}`.",
            shown,
        )


def find_no_space(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find list items without a space behind the hyphen."""
    found = _NO_SPACE.match(lines[number])
    if found:
        start = found.start("text")
        yield Slip(
            (number, start - 1),
            (number, start),
            "- ",
            "A space is missing behind the hyphen of this list item.",
            f"Write `- {_shorten(found['text'])}`.",
            "-",
        )


def find_colons(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find fields without a space behind the colon, or with another mark in its place."""
    found = _COLON.match(lines[number])
    if found is None:
        return
    name, mark = found["name"], found["mark"]
    said = (
        f"A space is missing behind the colon of `{name}`."
        if mark == ":"
        else f"“{mark.strip()}” stands behind `{name}` where a colon belongs."
    )
    yield Slip(
        (number, found.start("mark")),
        (number, found.end("mark")),
        ": ",
        said,
        f"Write `{name}: {_shorten(found['text'])}`.",
        mark.strip(),
    )


def find_item_behind(lines: Sequence[str], number: int) -> Iterator[Slip]:
    """Find a list whose first item stands in the line of its field."""
    value: Value | None = read_value(lines, number)
    if value is None or not value.name or not value.text.startswith("- "):
        return
    line, column = value.start
    below = lines[line + 1] if line + 1 < len(lines) else ""
    indent = len(lines[line]) - len(lines[line].lstrip())
    if below.lstrip().startswith("- "):
        indent = len(below) - len(below.lstrip())
    colon = lines[line].rindex(":", 0, column) + 1
    yield Slip(
        (line, colon),
        (line, len(lines[line].rstrip())),
        f"\n{' ' * indent}{lines[line][column:].rstrip()}",
        "A list item begins in the middle of a line.",
        "A list item (`- ...`) begins on a line of its own, below the name of its field.",
        "- ",
    )


def _shorten(text: str, width: int = 60) -> str:
    text = text.strip()
    return text if len(text) <= width else f"{text[: width - 2].rstrip()} …"


def read_name(name: str) -> tuple[str, str, str, str] | None:
    """Look at the name of a field for special blanks or a bullet in front of it.

    Returns:
        What stands in front, what should stand there, what is wrong and how to mend it; None for a sound name.
    """
    blanks = _ODD_NAME.match(name)
    if blanks:
        slip = _blank((0, 0), (0, 0), blanks[0])
        return blanks[0], slip.fix, slip.message, slip.help
    bullet = _BULLET.match(name)
    if bullet and bullet["mark"] != "+":
        mark = bullet["mark"]
        return (
            bullet[0],
            "- ",
            f"“{mark}” does not begin a list item.",
            f"{BULLET} Write `- {name[bullet.end() :]}: ...`.",
        )
    return None
