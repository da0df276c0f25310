"""Inline content of generated pages as HTML, read once for all the pages on which the same words stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import escapeHtml

from generator.dialect.parser import page_parser
from generator.dialect.phrase_writer import PhraseWriter
from generator.dialect.usual_phrases import read_usual_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Phrase:
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
        if len(self.pieces) == 1:
            return self.pieces[0]
        pieces = list(self.pieces)
        pieces[1::2] = [escapeHtml(resolve(address) if resolve else address) for address in pieces[1::2]]
        return "".join(pieces)


def read_referring_phrase(markdown: str, env: MutableMapping[str, Any]) -> Phrase:
    """Read inline Markdown; `env` is that of the page, with the addresses that it defines apart (`[name]: address`)."""
    return _finish(_read(markdown, env)) if env.get("references") else read_phrase(markdown)


@lru_cache(maxsize=1 << 12)
def read_phrase(markdown: str) -> Phrase:
    """Read inline Markdown of a page that defines no addresses apart."""
    return _finish(read_usual_phrase(markdown) or _read(markdown, {}))


def _finish(writer: PhraseWriter) -> Phrase:
    return Phrase(writer.finish(), "".join(writer.words), tuple(writer.anchors))


def _read(markdown: str, env: MutableMapping[str, Any]) -> PhraseWriter:
    md = page_parser()
    writer = PhraseWriter()
    spans: list[str] = []
    for token in md.inline.parse(markdown, md, env, []):
        kind, attributes = token.type, token.attrs
        if kind in ("text", "text_special"):
            writer.write_words(token.content)
        elif kind in ("softbreak", "hardbreak"):
            writer.write_break("<br>\n" if kind == "hardbreak" else "\n")
        elif kind == "code_inline":
            writer.write_code(token.content, attributes)
        elif kind == "link_open":
            writer.open_link(str(attributes.pop("href", "")), attributes)
        elif kind == "span_open":
            spans.append(writer.open_span(attributes))
        elif kind == "span_close":
            writer.close(spans.pop())
        elif kind == "image":
            children = token.children or ()
            writer.write_image(str(attributes.pop("src", "")), attributes, _show(children, "\n"), _show(children, " "))
        elif token.nesting > 0:
            writer.open(token.tag)
        else:
            writer.close(token.tag)
    return writer


def _show(tokens: Sequence[Token], line_end: str) -> str:
    """Write what stands in the stead of an image as plain text."""
    return "".join(
        line_end
        if token.type in ("softbreak", "hardbreak")
        else _show(token.children or (), line_end)
        if token.type == "image"
        else token.content
        for token in tokens
    )
