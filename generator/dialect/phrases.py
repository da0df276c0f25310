"""Inline content of generated pages as HTML, read once for all the pages on which the same words stand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.dialect.parser import page_parser
from generator.dialect.phrase_writer import Phrase, PhraseWriter
from generator.dialect.usual_phrases import read_usual_phrase

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token


def read_referring_phrase(markdown: str, env: MutableMapping[str, Any]) -> Phrase:
    """Read inline Markdown; `env` is that of the page, with the addresses that it defines apart (`[name]: address`)."""
    return _read(markdown, env).finish() if env.get("references") else read_phrase(markdown)


@lru_cache(maxsize=1 << 12)
def read_phrase(markdown: str) -> Phrase:
    """Read inline Markdown of a page that defines no addresses apart."""
    return read_usual_phrase(markdown) or _read(markdown, {}).finish()


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
