"""Writing inline content as HTML, with its relative addresses apart, as they depend on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import escapeHtml

from generator.dialect.attributes import SPAN_ELEMENTS, find_anchor, write_attributes
from generator.dialect.escaping import read_attribute
from generator.dialect.links import is_relative, split_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.dialect.attributes import Value

    Attributes = Mapping[str, Value]


class Phrase(NamedTuple):
    """The inline content of one block.

    Attributes:
        pieces: HTML and relative addresses by turns, HTML first and last.
        text: what a reader sees; line ends are blanks.
        anchors: the ids in it.
    """

    pieces: tuple[str, ...]
    text: str
    anchors: tuple[str, ...]

    def write(self, resolve: Callable[[str], str] | None) -> str:
        """Write it as HTML; `resolve` is as in `render_page`."""
        pieces = [*self.pieces]
        pieces[1::2] = [escapeHtml(resolve(address) if resolve else address) for address in pieces[1::2]]
        return "".join(pieces)


class PhraseWriter:
    """Collects inline content.

    Attributes:
        html: HTML, and relative addresses in the gaps.
        gaps: where in it the relative addresses stand.
        words: what a reader sees.
        anchors: the ids.
    """

    __slots__ = ("anchors", "gaps", "html", "words")

    def __init__(self) -> None:
        self.html: list[str] = []
        self.gaps: list[int] = []
        self.words: list[str] = []
        self.anchors: list[str] = []

    def finish(self) -> Phrase:
        """Give what is collected."""
        pieces = []
        begin = 0
        for gap in self.gaps:
            pieces += ["".join(self.html[begin:gap]), self.html[gap]]
            begin = gap + 1
        return Phrase((*pieces, "".join(self.html[begin:])), "".join(self.words), (*self.anchors,))

    def append(self, phrase: Phrase) -> None:
        """Add what is written already."""
        begin = len(self.html)
        self.gaps += range(begin + 1, begin + len(phrase.pieces), 2)
        self.html += phrase.pieces
        self.words.append(phrase.text)
        self.anchors += phrase.anchors

    def write_words(self, text: str) -> None:
        """Write plain text."""
        self.html.append(escapeHtml(text))
        self.words.append(text)

    def write_break(self, html: str) -> None:
        """Write the end of a line, which is a blank to the reader."""
        self.html.append(html)
        self.words.append(" ")

    def write_code(self, code: str, attributes: Attributes) -> None:
        """Write code."""
        self.html.append(f"<code{self.take(attributes)}>{escapeHtml(code)}</code>")
        self.words.append(code)

    def open(self, tag: str) -> None:
        """Open an element without attributes."""
        self.html.append(f"<{tag}>")

    def close(self, tag: str) -> None:
        """Close an element."""
        self.html.append(f"</{tag}>")

    def open_span(self, attributes: Attributes) -> str:
        """Open a span, for `{as=mark}` a `<mark>`, and return its tag."""
        name = read_attribute(str(attributes.get("as", "")))
        tag = name if name in SPAN_ELEMENTS else "span"
        self.html.append(f"<{tag}{self.take(attributes)}>")
        return tag

    def open_link(self, address: str, attributes: Attributes) -> None:
        """Open a link; `attributes` has no address."""
        rel = EXTERNAL if split_scheme(address)[0] in ("http", "https") else None
        self.html.append('<a href="')
        self.write_address(address)
        self.html.append(f'"{self.take(attributes, rel)}>')

    def write_image(self, address: str, attributes: Attributes, alternative: str, words: str) -> None:
        """Write an image of this site; one from another host would be a request that leaves the site."""
        others = self.take({key: value for key, value in attributes.items() if key != "alt"})
        if is_relative(address):
            self.html.append('<img src="')
            self.write_address(address)
            self.html.append(f'" alt="{escapeHtml(alternative)}"{others}>')
        else:
            self.html.append(escapeHtml(words))
        self.words.append(words)

    def write_address(self, address: str) -> None:
        """Write an address, or leave a gap for it where it is relative."""
        if is_relative(address):
            self.gaps.append(len(self.html))
            self.html.append(address)
        else:
            self.html.append(escapeHtml(address))

    def take(self, attributes: Attributes, default: tuple[str, str] | None = None) -> str:
        """Write attributes, and note the anchor; `as` is none."""
        if "id" in attributes and (anchor := find_anchor(attributes)):
            self.anchors.append(anchor)
        return write_attributes(tuple(item for item in attributes.items() if item[0] != "as"), default)


EXTERNAL = ("rel", "external")
"""What a link to another site says of itself."""
