"""The blocks of a page as our templates write them, read at once from one blank line to the next and written.

What is not written so is left to markdown-it; what is read here is read the same there, as a test says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import mdTrim

from generator.dialect.containers import CLOSING, TITLES
from generator.dialect.list_items import SPACED_RULE, WORDS, UnusualError, cut_fence, cut_list, read_simple_list
from generator.dialect.phrases import read_phrase
from generator.dialect.sheet import Sheet
from generator.dialect.usual_openings import open_container, open_tag, write_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.dialect.attributes import Value
    from generator.dialect.containers import Opening

_BLANKS = re.compile(r"\n +(?:\n|\Z)")
_MARKS = frozenset(" #>`~:{-+*_0123456789")
_RULE = re.compile(r"(?:-{3,}|\*{3,}) *")
_ANY_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?: |$)")
# What could end a paragraph without a blank line, or make a heading or a table of it.
_INTERRUPTS = re.compile(
    r"\n *(?:```|~~~|:::|>|#|[-+*](?: |$)|\d{1,9}[.)](?: |$)|([-*_])(?: *\1)+ *$|=+ *$|[|:-][-:| ]*$)", re.MULTILINE
)
_TABLE = re.compile(r"\|.*\n *[|:-][-:| ]*$", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_SIMPLE = re.compile(rf"(?:(\{{[^|\n]*\}}) *\n)?(?:(:::.+)|(#.+)|({WORDS}))")
_DEEPEST = 20


def write_usual_blocks(markdown: str, permalink: str) -> Sheet | None:
    """Write the blocks of a page; None where they are not as our templates write them."""
    if any(odd in markdown for odd in "\t\r\0"):
        return None
    sheet = Sheet(permalink)
    try:
        _Region(_part(markdown), sheet, 0).read()
    except UnusualError:
        return None
    return sheet


def _part(markdown: str) -> list[str]:
    """Part lines where blank ones stand."""
    if _BLANKS.search(markdown):
        raise UnusualError
    return markdown.strip("\n").split("\n\n")


class _Region:
    """The lines of a page, or of a list item or quotation without its indent or marks, and how far they are read.

    Attributes:
        chunks: the lines that stand between blank ones.
        sheet: takes what they say.
        depth: how many items and quotations the lines stand in; 0 for a page.
        place: of the chunk to read next.
        opened: the containers that are open, and where on the sheet their content begins.
        attributes: the attribute list for the next block, as it is typed; empty where there is none.
        paragraphs: where on the sheet the paragraphs begin that stand in no other block.
        is_loose: whether a blank line stands between two blocks.
    """

    __slots__ = ("attributes", "chunks", "depth", "is_loose", "opened", "paragraphs", "place", "sheet")

    def __init__(self, chunks: Sequence[str], sheet: Sheet, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnusualError
        self.chunks = chunks
        self.sheet = sheet
        self.depth = depth
        self.place = 0
        self.opened: list[tuple[Opening, int]] = []
        self.attributes = ""
        self.paragraphs: list[int] = []
        self.is_loose = False

    def read(self) -> None:
        """Read all."""
        begun = False
        while self.place < len(self.chunks):
            chunk = self.chunks[self.place].lstrip("\n")
            self.place += 1
            if not chunk:
                continue
            self.is_loose = self.is_loose or begun
            begun = True
            simple = _SIMPLE.fullmatch(chunk)
            if simple:
                self.read_simple(*simple.groups(""))
            else:
                while chunk:
                    chunk = self.read_block(chunk)
        if self.opened or self.attributes:  # containers never closed; a list that belongs to nothing, if it is one
            raise UnusualError

    def read_simple(self, listed: str, container: str, title: str, words: str) -> None:
        """Read a line of words, a heading or the line of a container, as most chunks are."""
        if listed:
            self.take_attributes(listed)
        if words:
            self.write_paragraph(words)
        elif title:
            self.read_heading(title)
        else:
            self.read_container(container)

    def read_block(self, chunk: str) -> str:
        """Read the block that begins a chunk, and give what stands behind it."""
        mark = chunk[0]
        if mark == "`" and chunk.startswith("```"):
            return self.read_fence(chunk)
        line, _, rest = chunk.partition("\n")
        if rest and "|" in line and _TABLE.search(chunk):
            raise UnusualError
        if mark not in _MARKS:
            return self.read_paragraph(chunk)
        line = line.rstrip(" ")
        if mark == "{" and line[-1] == "}":
            self.take_attributes(line)
        elif mark == ":" and line.startswith(":::"):
            self.read_container(line)
        elif mark == "#":
            self.read_heading(line)
        elif mark == ">":
            return self.read_quotation(chunk)
        elif _RULE.fullmatch(line):
            self.sheet.html.append(self.open("hr") + "\n")
        else:
            return self.read_others(chunk, line)
        return rest

    def read_others(self, chunk: str, line: str) -> str:
        if _ANY_ITEM.match(line):
            return self.read_list(chunk)
        if chunk[0] in " ~" or SPACED_RULE.fullmatch(line):
            raise UnusualError
        return self.read_paragraph(chunk)

    def take_attributes(self, line: str) -> None:
        if self.attributes:  # two lists would be joined
            raise UnusualError
        self.attributes = line

    def open(self, tag: str, *own: tuple[str, Value]) -> str:
        """Give an opening tag with the attributes that wait for it."""
        if not self.attributes and not own:
            return f"<{tag}>"
        opening, anchor = open_tag(tag, self.attributes, own)
        self.attributes = ""
        if anchor:
            self.sheet.anchors.add(anchor)
        return opening

    def read_paragraph(self, chunk: str) -> str:
        rest = ""
        end = _INTERRUPTS.search(chunk) if "\n" in chunk else None
        if end:
            chunk, rest = chunk[: end.start()], chunk[end.start() + 1 :]
            if not self.opened or not CLOSING.fullmatch(rest.partition("\n")[0]):
                raise UnusualError
        self.write_paragraph(chunk)
        return rest

    def write_paragraph(self, chunk: str) -> None:
        content = mdTrim(chunk)
        if content[:1] == "[" and "]:" in content:
            raise UnusualError
        html = self.sheet.html
        self.paragraphs.append(len(html))
        html.append(self.open("p"))
        self.sheet.write_phrase(read_phrase(content))
        html.append("</p>\n")

    def read_heading(self, line: str) -> None:
        self.sheet.append(write_heading(line, self.attributes, self.sheet.permalink))
        self.attributes = ""

    def read_fence(self, chunk: str) -> str:
        fence = cut_fence(chunk, self.chunks, self.place)
        self.place = fence.end
        self.sheet.write_code(fence.info, fence.code, self.open("pre"))
        return fence.rest

    def read_container(self, line: str) -> None:
        if line == ":::" or CLOSING.fullmatch(line):
            self.close_container()
        else:
            self.open_container(line)

    def open_container(self, line: str) -> None:
        if self.depth or self.attributes or len(self.opened) == _DEEPEST:
            raise UnusualError
        opening, html, anchor = open_container(line)
        self.sheet.open(html, anchor)
        self.opened.append((opening, len(self.sheet.html)))
        if opening.title and opening.name == "details":
            self.write_title(opening)

    def close_container(self) -> None:
        if not self.opened:
            raise UnusualError
        opening, begin = self.opened.pop()
        if opening.title and opening.name == "figure":
            self.write_title(opening)
        if self.attributes:
            raise UnusualError
        self.close(opening.tag, begin)

    def write_title(self, opening: Opening) -> None:
        tag = TITLES[opening.name]
        self.sheet.html.append(self.open(tag))
        self.sheet.write_phrase(read_phrase(opening.title))
        self.sheet.html.append(f"</{tag}>\n")

    def close(self, tag: str, begin: int) -> None:
        """Close an element whose opening tag stands before `begin`: on the same line where nothing is in it."""
        html = self.sheet.html
        if len(html) > begin:
            html[begin - 1] = f"{html[begin - 1]}\n"
        html.append(f"</{tag}>\n")

    def read_quotation(self, chunk: str) -> str:
        if chunk.count("\n>") != chunk.count("\n"):
            raise UnusualError
        html = self.sheet.html
        html.append(self.open("blockquote"))
        begin = len(html)
        _Region(_part(_QUOTED.sub("", chunk)), self.sheet, self.depth + len(self.opened) + 1).read()
        self.close("blockquote", begin)
        return ""

    def read_list(self, chunk: str) -> str:
        simple = read_simple_list(chunk, self.chunks, self.place)
        cut = None if simple else cut_list(chunk, self.chunks, self.place)
        number = chunk[: chunk.index(" ")].rstrip("-*.)")
        tag = "ol" if number else "ul"
        own = [("start", int(number))] if number and int(number) != 1 else []
        html = self.sheet.html
        html.append(self.open(tag, *own) + "\n")
        if simple:
            self.write_lines(simple)
        elif cut:
            self.place = cut.end
            self.write_items(cut.items, is_loose=cut.is_parted)
        html.append(f"</{tag}>\n")
        return ""

    def write_lines(self, items: Sequence[Sequence[str]]) -> None:
        """Write the items of a list without blank lines, of a line of words each."""
        sheet = self.sheet
        for _, listed, _, words, _ in items:
            sheet.open(*(open_tag("li", listed) if listed else ("<li>", "")))
            sheet.write_phrase(read_phrase(mdTrim(words)))
            sheet.html.append("</li>\n")

    def write_items(self, items: Sequence[Sequence[str]], *, is_loose: bool) -> None:
        html = self.sheet.html
        paragraphs, openings = [], []
        for item in items:
            region = _Region(item, self.sheet, self.depth + len(self.opened) + 1)
            begin = region.read_item()
            paragraphs += region.paragraphs
            if region.paragraphs[:1] == [begin]:
                openings.append(begin - 1)
            is_loose = is_loose or region.is_loose
        if is_loose:
            for place in openings:
                html[place] = f"{html[place]}\n"
        else:
            for place in paragraphs:  # a tight list shows no paragraphs
                html[place] = html[place + 2] = ""

    def read_item(self) -> int:
        """Read all as an item of a list, and give the place on the sheet where its first block begins."""
        html = self.sheet.html
        line, _, rest = self.chunks[0].partition("\n")
        line = line.rstrip(" ")
        if line[:1] == "{" and line[-1] == "}":
            self.attributes = line
            self.chunks = [rest, *self.chunks[1:]]
            # Two lists would be joined, or it is the head of a table.
            if next(filter(None, self.chunks), "").lstrip("\n").startswith("{") or "|" in line:
                raise UnusualError
            self.is_loose = not rest and len(self.chunks) > 1
        html.append(self.open("li"))
        begin = len(html)
        self.read()
        if len(html) > begin and self.paragraphs[:1] != [begin]:
            html[begin - 1] = f"{html[begin - 1]}\n"
        html.append("</li>\n")
        return begin
