"""A stored source text as its reader sees it: the text content of CommonMark, with the source line of every character."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from generator.dialect.limits import MAX_BRACKETS, MAX_STORED_TEXT, is_too_deep, refuse
from generator.dialect.located import POSITION, LocatedMarkdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Written as a reference (`&#x202e;`), these would show a text as it is not stored.
_LINE_END = re.compile("\r\n|\r|\n")  # others are characters of a line
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
BlockKind = Literal["paragraph", "heading", "quote", "item", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a stored text.

    Attributes:
        kind: a block in a quotation is `quote`, one in a list `item`; the innermost container decides.
        start: offset of its first character in the text.
        end: offset after its last character.
        level: 1-6 for a heading, else how many quotations and lists it stands in.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text content of a stored source.

    Attributes:
        text: what a reader sees; blocks are separated by one blank line, line ends within a paragraph are blanks.
        blocks: its blocks in order, without gaps but for the blank lines.
        problem: why the Markdown was taken as plain text instead (it is too long or too deep), or "".
    """

    text: str
    blocks: tuple[Block, ...]
    problem: str
    _offsets: tuple[int, ...]
    _lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the line of the file on which the character at `offset` stands."""
        return self._lines[max(0, bisect_right(self._offsets, offset) - 1)]


class _Writer:
    """Collects the text, its blocks and where its lines begin."""

    def __init__(self, first_line: int) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.offsets = [0]
        self.lines = [first_line]

    def note_line(self, line: int) -> None:
        if line == self.lines[-1]:
            return
        if self.offsets[-1] == self.length:
            self.lines[-1] = line
        else:
            self.offsets.append(self.length)
            self.lines.append(line)

    def add(self, text: str, line: int) -> None:
        self.note_line(line)
        text = _TURNING.sub("", text)
        self.parts.append(text)
        self.length += len(text)

    def add_block(self, kind: BlockKind, level: int, pieces: Sequence[tuple[str, int]]) -> None:
        if not any(text.strip() for text, _ in pieces):
            return
        if self.blocks:
            self.add("\n\n", self.lines[-1])
        start = self.length
        for text, line in pieces:
            self.add(text, line)
        self.blocks.append(Block(kind, start, self.length, level))

    def finish(self, problem: str = "") -> StoredText:
        text = "".join(self.parts)
        return StoredText(text, tuple(self.blocks), problem, tuple(self.offsets), tuple(self.lines))


@cache
def _parser() -> MarkdownIt:
    return LocatedMarkdown()


def _inline_pieces(token: Token, line: int) -> Iterator[tuple[str, int]]:
    """Yield the visible pieces of one paragraph or heading with their lines; images give their alternative text."""
    first = line
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            yield (" " if child.type == "softbreak" else "\n"), line
            line = first + token.content.count("\n", 0, child.meta[POSITION]) + 1
        elif child.type == "image":
            yield _text_content(child), line
        elif child.content:
            yield child.content, line


def _text_content(token: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else _text_content(child) if child.children else child.content
        for child in token.children or ()
    )


def _code_pieces(token: Token, first_line: int) -> list[tuple[str, int]]:
    line = first_line + (token.map[0] if token.map else 0) + (token.type == "fence")
    lines = token.content.rstrip("\n").split("\n")
    last = len(lines) - 1
    return [(text + ("\n" if number < last else ""), line + number) for number, text in enumerate(lines)]


def _write(tokens: Sequence[Token], first_line: int) -> StoredText:
    writer = _Writer(first_line)
    containers: list[BlockKind] = []
    heading = 0
    for token in tokens:
        if token.type in ("blockquote_open", "list_item_open"):
            containers.append("quote" if token.type == "blockquote_open" else "item")
        elif token.type in ("blockquote_close", "list_item_close"):
            containers.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "inline" and token.map:
            kind: BlockKind = "heading" if heading else containers[-1] if containers else "paragraph"
            pieces = list(_inline_pieces(token, first_line + token.map[0]))
            writer.add_block(kind, heading or len(containers), pieces)
        elif token.type in ("fence", "code_block"):
            writer.add_block("code", len(containers), _code_pieces(token, first_line))
    return writer.finish()


def _write_literally(text: str, first_line: int, problem: str) -> StoredText:
    writer = _Writer(first_line)
    paragraph: list[tuple[str, int]] = []
    for number, line in enumerate([*_LINE_END.split(text), ""], first_line):
        if line.strip():
            paragraph.append(((" " if paragraph else "") + line.strip(), number))
        else:
            writer.add_block("paragraph", 0, paragraph)
            paragraph = []
    return writer.finish(problem)


def read_text(markdown: str, first_line: int = 1) -> StoredText:
    """Read a stored text: strict CommonMark, with HTML off (it is shown as text).

    Args:
        markdown: the text as stored.
        first_line: the line of the file on which it begins.

    Returns:
        The text content with its blocks and lines. A text too long or too deeply nested to be parsed is taken as plain
        paragraphs, and `problem` says why, to stand after "This text".
    """
    problem = refuse(markdown, max_length=MAX_STORED_TEXT, max_brackets=MAX_BRACKETS)
    if problem is None:
        tokens = _parser().parse(markdown)
        if not is_too_deep(tokens):
            return _write(tokens, first_line)
        problem = "nests quotations and lists too deeply"
    return _write_literally(markdown, first_line, problem)
