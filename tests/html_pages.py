"""Reads a built page as the tests need it: its head, its text, what it loads, what a strict policy forbids in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
        "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
    },
)  # fmt: skip
RUNNABLE = ("javascript:", "data:text")
DATA_BLOCKS = frozenset({"application/ld+json", "application/json"})  # never run: no policy forbids them
LOADING_LINKS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect"})
LOADING_ATTRIBUTES = frozenset({"src", "srcset", "poster", "data", "background", "ping", "formaction", "xlink:href"})

_PLAIN = str.maketrans("‘’“”„«»–—\u00a0", '\'\'"""""-- ')


def fold(text: str) -> str:
    """A text with plain quotation marks, dashes and single blanks: how it is set is not compared."""
    return " ".join(text.translate(_PLAIN).split())


@dataclass(slots=True)
class PageRead:
    """One page as it was read; `loads` are the addresses that a browser fetches by itself."""

    language: str = ""
    title: str = ""
    description: str = ""
    policy: str = ""
    policy_comes_first: bool = True
    headings: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    inline_code: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)  # of data, which are never run
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a reader sees, blocks apart."""
        return re.sub(r"\s+", " ", "".join(self.words)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageRead()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, values = self.page, {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag not in INLINE:
            page.words.append(" ")
        if tag == "html":
            page.language = values.get("lang", "")
        elif tag == "h1":
            page.headings.append("")
        elif tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            page.policy = values.get("content", "")
            page.policy_comes_first = not page.loads
        elif tag == "meta" and values.get("name") == "description":
            page.description = values.get("content", "")
        elif tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in DATA_BLOCKS):
            page.inline_code.append(f"<{tag}>")
        elif tag == "script" and "src" not in values:
            page.blocks.append("")
        page.inline_code += [
            f"<{tag} {name}>"
            for name, value in values.items()
            if name == "style" or name.startswith("on") or value.strip().lower().startswith(RUNNABLE)
        ]
        page.loads += [
            address
            for name, value in values.items()
            if name in LOADING_ATTRIBUTES or (name == "href" and self._loads(tag, values))
            for address in ([part.split()[0] for part in value.split(", ")] if name == "srcset" else [value])
        ]

    @staticmethod
    def _loads(tag: str, values: dict[str, str]) -> bool:
        return tag in {"use", "image", "base"} or (
            tag == "link" and bool(LOADING_LINKS & set(values.get("rel", "").lower().split()))
        )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag not in INLINE:
            self.page.words.append(" ")

    def handle_data(self, data: str) -> None:
        if "title" in self.open and "svg" not in self.open:
            self.page.title += data
        if "h1" in self.open:
            self.page.headings[-1] += data
        if self.open[-1:] == ["script"] and self.page.blocks:
            self.page.blocks[-1] += data
        if not {"script", "style"} & set(self.open):
            self.page.words.append(data)


def read_html(source: str) -> PageRead:
    """Read a page from its source."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.page


def read_page(path: Path) -> PageRead:
    """Read a page of a built site."""
    return read_html(path.read_text("utf-8"))
