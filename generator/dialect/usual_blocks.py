"""The blocks of a page as our templates write them, read line by line and written at once.

What is not written so is left to markdown-it; what is read here is read the same there, as a test says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import mdTrim

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import ATTRIBUTES, find_anchor, write_attributes
from generator.dialect.containers import CLOSING, TITLES, read_opening
from generator.dialect.list_items import ITEM, SPACED_RULE, UnusualError, cut_item, find_item
from generator.dialect.phrases import read_phrase
from generator.dialect.sheet import Sheet, is_linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.dialect.attributes import Value

_ODD = re.compile(r"[\t\r\0]")
_MARKS = frozenset(" #>`~:{-+*_0123456789")
_HEADING = re.compile(r"(#{1,6}) +([^\s#](?:.*[^\s#])?)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}) *")
_ANY_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?: |$)")
_FENCE = re.compile(r"(`{3,})([^`]*)")
# What could end a paragraph without a blank line, or make a heading or a table of it.
_INTERRUPTS = re.compile(
    r" *(?:```|~~~|:::|>|#|[-+*](?: |$)|\d{1,9}[.)](?: |$)|([-*_])(?: *\1)+ *$|=+ *$|[|:-][-:| ]*$)"
)
_TRAILING = re.compile(r"(?:^|\s)(\{[^{}]*\})$")
_TABLE = re.compile(r" *[|:-][-:| ]*")
_DEEPEST = 20


def write_usual_blocks(markdown: str, permalink: str) -> Sheet | None:
    """Write the blocks of a page; None where they are not as our templates write them."""
    if _ODD.search(markdown):
        return None
    sheet = Sheet(permalink)
    try:
        _Region(markdown.split("\n"), sheet, 0).read()
    except UnusualError:
        return None
    return sheet


@lru_cache(maxsize=1 << 11)  # the same stand on many pages
def _open(tag: str, written: str, own: tuple[tuple[str, Value], ...] = ()) -> tuple[str, str]:
    """Write an opening tag with the attributes of its own and those of a list, and give its id."""
    found = read_attribute_list(written)
    listed = {key: value for key, value in found[1].items() if key in ATTRIBUTES} if found else {}
    attributes = {**dict(own), **listed}
    return f"<{tag}{write_attributes((*attributes.items(),))}>", find_anchor(attributes)


class _Region:
    """The lines of a page, or of a list item or quotation without its indent or marks, and how far they are read.

    Attributes:
        lines: the lines.
        sheet: takes what they say.
        depth: how many items, quotations and containers the lines stand in; 0 for a page.
        place: of the line to read next.
        attributes: the attribute list for the next block, as it is typed; empty where there is none.
        paragraphs: where on the sheet the paragraphs begin that stand in no other block.
        is_loose: whether a blank line stands between two blocks.
    """

    __slots__ = ("attributes", "depth", "is_loose", "is_page", "lines", "paragraphs", "place", "sheet")

    def __init__(self, lines: Sequence[str], sheet: Sheet, depth: int) -> None:
        self.lines = lines
        self.sheet = sheet
        self.depth = depth
        self.is_page = depth == 0
        self.place = 0
        self.attributes = ""
        self.paragraphs: list[int] = []
        self.is_loose = False

    def read(self) -> None:
        """Read up to the end, or up to the line that closes the container."""
        if self.depth > _DEEPEST:
            raise UnusualError
        lines, end = self.lines, len(self.lines)
        blank, begun = False, self.place > 0
        while self.place < end:
            line = lines[self.place].rstrip(" ")
            if not line:
                blank = begun
                self.place += 1
                continue
            self.is_loose = self.is_loose or blank
            blank, begun = False, True
            is_head = "|" in line and self.place + 1 < end and _TABLE.fullmatch(lines[self.place + 1])
            if is_head:
                raise UnusualError
            if line[0] not in _MARKS:
                self.read_paragraph()
            elif not self.read_marked(line):
                return

    def read_marked(self, line: str) -> bool:
        """Read the block that a line begins which may be no paragraph; False where it closes the container."""
        mark = line[0]
        if mark == "{" and line[-1] == "}" and read_attribute_list(line):
            if self.attributes:  # two lists would be joined
                raise UnusualError
            self.attributes = line
            self.place += 1
        elif line.startswith(":::"):
            return self.read_container(line)
        elif mark == "#":
            self.read_heading(line)
        elif mark == ">":
            self.read_quotation()
        elif line.startswith("```"):
            self.read_fence()
        elif _RULE.fullmatch(line):
            self.sheet.html.append(self.open("hr")[0] + "\n")
            self.place += 1
        elif mark in " ~" or SPACED_RULE.fullmatch(line):
            raise UnusualError
        elif _ANY_ITEM.match(line):
            self.read_list()
        else:
            self.read_paragraph()
        return True

    def open(self, tag: str, *own: tuple[str, Value]) -> tuple[str, str]:
        """Write an opening tag with the attributes that wait for it, and give its id."""
        if not self.attributes and not own:
            return f"<{tag}>", ""
        opening, anchor = _open(tag, self.attributes, own)
        self.attributes = ""
        if anchor:
            self.sheet.anchors.add(anchor)
        return opening, anchor

    def read_paragraph(self) -> None:
        lines, start = self.lines, self.place
        place, end = start + 1, len(lines)
        while place < end and (line := lines[place]) and line.strip(" "):
            if _INTERRUPTS.match(line):
                if self.is_page and self.depth and CLOSING.fullmatch(line):
                    break
                raise UnusualError
            place += 1
        self.place = place
        content = mdTrim(lines[start] if place == start + 1 else "\n".join(lines[start:place]))
        if content[:1] == "[" and "]:" in content:
            raise UnusualError
        html = self.sheet.html
        self.paragraphs.append(len(html))
        html.append(self.open("p")[0])
        self.sheet.write_phrase(read_phrase(content))
        html.append("</p>\n")

    def read_heading(self, line: str) -> None:
        match = _HEADING.fullmatch(line)
        if not match:
            raise UnusualError
        tag, content = f"h{len(match[1])}", match[2]
        trailing = _TRAILING.search(content)
        found = read_attribute_list(trailing[1]) if trailing else None
        if trailing and found and found[0] == len(trailing[1]):
            if self.attributes:  # two lists would be joined
                raise UnusualError
            self.attributes = trailing[1]
            content = content[: trailing.start()].strip()
        opening, anchor = self.open(tag)
        self.sheet.html.append(f'<div class="heading">{opening}' if is_linked(tag, anchor) else opening)
        phrase = read_phrase(content)
        self.sheet.write_phrase(phrase)
        self.sheet.close_heading(tag, anchor, phrase)
        self.place += 1

    def read_fence(self) -> None:
        lines = self.lines
        match = _FENCE.fullmatch(lines[self.place])
        start = self.place + 1
        if not match or match[1] not in lines[start:]:
            raise UnusualError
        end = lines.index(match[1], start)
        code = "\n".join((*lines[start:end], ""))
        if "```" in code:  # which might end it
            raise UnusualError
        self.sheet.write_code(match[2], code, self.open("pre")[0])
        self.place = end + 1

    def read_container(self, line: str) -> bool:
        if CLOSING.fullmatch(line):
            if not self.is_page or not self.depth:
                raise UnusualError
            return False
        container = read_opening(line) if self.is_page and not self.attributes else None
        if not container:
            raise UnusualError
        html, tag, title = self.sheet.html, container.tag, container.title
        html.append(self.open(tag, *container.attributes.items())[0])
        begin = len(html)
        if title and container.name == "details":
            self.write_title(container.name, title)
        self.place += 1
        self.depth += 1
        self.read()
        self.depth -= 1
        if self.place >= len(self.lines):  # never closed
            raise UnusualError
        if title and container.name == "figure":
            self.write_title(container.name, title)
        self.attributes = ""
        self.close(tag, begin)
        self.place += 1
        return True

    def write_title(self, name: str, title: str) -> None:
        self.sheet.html.append(self.open(TITLES[name])[0])
        self.sheet.write_phrase(read_phrase(title))
        self.sheet.html.append(f"</{TITLES[name]}>\n")

    def close(self, tag: str, begin: int) -> None:
        """Close an element whose opening tag stands before `begin`: on the same line where nothing is in it."""
        html = self.sheet.html
        if len(html) > begin:
            html[begin - 1] = f"{html[begin - 1]}\n"
        html.append(f"</{tag}>\n")

    def read_quotation(self) -> None:
        lines, start = self.lines, self.place
        while self.place < len(lines) and lines[self.place].startswith(">"):
            self.place += 1
        if self.place < len(lines) and lines[self.place].strip(" "):
            raise UnusualError
        html = self.sheet.html
        html.append(self.open("blockquote")[0])
        begin = len(html)
        quoted = [line[1:].removeprefix(" ") for line in lines[start : self.place]]
        _Region(quoted, self.sheet, self.depth + 1).read()
        self.close("blockquote", begin)

    def read_list(self) -> None:
        item = ITEM.match(self.lines[self.place])
        if not item or bool(item[1]) == (item[2] in "-*"):
            raise UnusualError
        tag, sign = ("ol" if item[1] else "ul"), item[2]
        own = [("start", int(item[1]))] if item[1] and int(item[1]) != 1 else []
        html = self.sheet.html
        html.append(self.open(tag, *own)[0] + "\n")
        is_loose, paragraphs, openings = False, [], []
        while item:
            written, end, is_parted = cut_item(self.lines, self.place, len(item[0]))
            region = _Region(written, self.sheet, self.depth + 1)
            begin = region.read_item()
            paragraphs += region.paragraphs
            if region.paragraphs[:1] == [begin]:
                openings.append(begin - 1)
            self.place, item = find_item(self.lines, end, sign, is_parted=is_parted)
            is_loose = is_loose or region.is_loose or (is_parted and item is not None)
        if is_loose:
            for place in openings:
                html[place] = f"{html[place]}\n"
        else:
            for place in paragraphs:  # a tight list shows no paragraphs
                html[place] = html[place + 2] = ""
        html.append(f"</{tag}>\n")

    def read_item(self) -> int:
        """Read all as an item of a list, and give the place on the sheet where its first block begins."""
        html, lines = self.sheet.html, self.lines
        line = lines[0].rstrip(" ")
        if line[:1] == "{" and line[-1] == "}" and read_attribute_list(line):
            self.attributes = line
            self.place = 1
        html.append(self.open("li")[0])
        begin = len(html)
        if self.place and next(filter(str.strip, lines[1:]), "").startswith("{"):  # two lists would be joined
            raise UnusualError
        if len(lines) == self.place + 1 and lines[self.place][0] not in _MARKS:
            self.read_paragraph()
        else:
            self.read()
        if len(html) > begin and self.paragraphs[:1] != [begin]:
            html[begin - 1] = f"{html[begin - 1]}\n"
        html.append("</li>\n")
        return begin
