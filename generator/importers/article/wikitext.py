"""Wikitext as blocks: templates and links first, then its lines as HTML, which is walked through like any page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.importers.article.blocks import count_words
from generator.importers.article.html_text import WIKI, walk
from generator.importers.article.pages import LeftOut
from generator.importers.article.templates import SOURCE_MARKS, Expanded, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.importers.article.pages import Page

_LEFT_OUT = frozenset({"ref", "references", "gallery", "timeline", "score", "graph", "syntaxhighlight", "indicator"})
_LIST = re.compile(r"([*#]{1,6})[*#:;]*")
_INDENT = re.compile(r"[:;]+")
_QUOTES = re.compile("'{2,}")
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\[\]<>\"]{1,2000}(?:[ ]([^\[\]\n]{0,2000}))?\]")
_LONGEST_HEADING = 1000


def read_wikitext(text: str) -> tuple[Page, Expanded]:
    """Read a wikitext.

    Args:
        text: as it is typed in an editor of MediaWiki.

    Returns:
        Its blocks and what was left out of it, as of a web page; and what its templates say.
    """
    plain = _cut_comments(text)
    for mark in SOURCE_MARKS:
        plain = plain.replace(mark, "")
    found = expand(plain)
    lines, left_out = _cut_tables(_SWITCH.sub("", found.text).split("\n"))
    html = "\n".join(_write_lines(lines))
    page = walk(f'<div class="{WIKI}">\n{html}', left_out=_LEFT_OUT)
    for name, left in (*found.left_out.items(), ("{| |}", left_out)):
        if left.times:
            page.left_out[name] = left
    return page, found


def _cut_comments(text: str) -> str:
    pieces, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[done:start])
        done = end + 3
    return "".join((*pieces, text[done:]))


def _cut_tables(lines: list[str]) -> tuple[list[str], LeftOut]:
    """Leave tables out; one that is never closed is text."""
    kept: list[str] = []
    table: list[str] = []
    depth, left = 0, LeftOut()
    for line in lines:
        start = line.lstrip(" \t:")
        depth += start.startswith("{|")
        (table if depth else kept).append(line)
        if depth and start.startswith("|}"):
            depth -= 1
            if not depth:
                left.times += 1
                left.words += count_words(" ".join(table))
                table = []
    return kept + table, left


def _write_lines(lines: list[str]) -> Iterator[str]:
    """Write the lines as HTML, which may hold HTML already."""
    before = ""
    for line in lines:
        listed = _LIST.match(line)
        prefix = listed[1] if listed else ""
        shared = next(
            (n for n, (one, other) in enumerate(zip(before, prefix, strict=False)) if one != other),
            min(len(before), len(prefix)),
        )
        yield "".join("</li></ol>" if one == "#" else "</li></ul>" for one in before[shared:][::-1])
        if shared and shared == len(prefix):
            yield "</li><li>"
        yield "".join("<ol><li>" if one == "#" else "<ul><li>" for one in prefix[shared:])
        yield _write_line(line[listed.end() :] if listed else line)
        before = prefix


def _write_line(line: str) -> str:
    text = _EXTERNAL.sub(lambda found: found[1] or "", _QUOTES.sub(_keep_apostrophes, line))
    heading = _read_heading(text)
    if heading:
        return heading
    if not text.strip():
        return "<p>"
    if text.startswith("----"):
        return f"<hr>{text.lstrip('-')}"
    indent = _INDENT.match(text)
    return f"<p>{text[indent.end() :]}<p>" if indent else text


def _read_heading(line: str) -> str:
    text = line.rstrip()
    level = min(len(text) - len(text.lstrip("=")), len(text) - len(text.rstrip("=")), 6)
    words = text[level : len(text) - level].strip()
    return f"<h{level}>{words}</h{level}>" if level and words.strip("= ") and len(words) <= _LONGEST_HEADING else ""


def _keep_apostrophes(found: re.Match[str]) -> str:
    """Marks of bold and italic type are 2, 3 or 5 apostrophes; what is beyond that is text."""
    number = len(found[0])
    return "'" if number == 4 else "'" * max(0, number - 5)  # noqa: PLR2004
