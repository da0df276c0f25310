"""The blocks that markdown-it found on a generated page as HTML."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from generator.dialect.attributes import find_anchor, write_attributes
from generator.dialect.parser import page_parser
from generator.dialect.phrase_writer import Phrase
from generator.dialect.phrases import read_referring_phrase
from generator.dialect.sheet import Sheet, is_linked

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token

_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


def write_blocks(markdown: str, permalink: str) -> Sheet:
    """Write all blocks of a page, whatever they are."""
    env: dict[str, Any] = {}
    writer = _BlockWriter(Sheet(permalink), env)
    writer.write(page_parser().parse(markdown, env))
    return writer.sheet


class _BlockWriter:
    """Writes tokens."""

    def __init__(self, sheet: Sheet, env: MutableMapping[str, Any]) -> None:
        self.sheet = sheet
        self.env = env  # of the parser
        self.heading = ""
        self.phrase = Phrase((), "", ())
        self.cell = "td"

    def write(self, tokens: Sequence[Token]) -> None:
        html = self.sheet.html
        before: Token | None = None
        for token, after in zip_longest(tokens, tokens[1:]):
            kind = token.type
            anchor = find_anchor(token.attrs)
            if anchor:
                self.sheet.anchors.add(anchor)
            if kind == "inline":
                self.phrase = read_referring_phrase(token.content, self.env)
                self.sheet.write_phrase(self.phrase)
            elif kind in ("fence", "code_block"):
                self.sheet.write_code(token.info, token.content, f"<pre{write_attributes((*token.attrs.items(),))}>")
            elif kind == "heading_close":
                self.sheet.close_heading(token.tag, self.heading, self.phrase)
            elif token.nesting < 0:
                if not token.hidden:
                    html.append(f"</{self.cell if token.tag == 'td' else token.tag}>\n")
            elif not token.hidden:  # as the paragraphs of tight lists are
                if kind == "heading_open":
                    self.heading = anchor
                before_it = '<div class="heading">' if kind == "heading_open" and is_linked(token.tag, anchor) else ""
                line_end = "\n" if before and before.hidden else ""
                html.append(f"{before_it or line_end}{self.open(token, after)}")
            before = token

    def open(self, token: Token, after: Token | None) -> str:
        default = None
        tag = token.tag
        if tag in ("th", "td"):
            alignment = _ALIGNMENT.match(str(token.attrs.pop("style", "")))
            if alignment:
                token.attrJoin("class", f"align-{alignment[1]}")
            if tag == "th":
                default = ("scope", "col")
            else:  # a cell with `{scope=row}` is a header cell
                tag = self.cell = "th" if "scope" in token.attrs else "td"
        line_end = "" if _holds(after, token) else "\n"
        return f"<{tag}{write_attributes((*token.attrs.items(),), default)}>{line_end}"


def _holds(after: Token | None, opening: Token) -> bool:
    """Tell whether what follows stands on the line of an opening tag: its words, or its end where it is empty."""
    if after is None or opening.nesting == 0:
        return False
    return after.type == "inline" or after.hidden or (after.nesting < 0 and after.tag == opening.tag)
