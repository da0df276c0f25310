"""A CommonMark parser whose inline tokens know where in the inline text they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.dialect.limits import MAX_NESTING
from generator.dialect.rulers import hasten

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

POSITION = "position"


class _LocatedState(StateInline):
    """Notes the offset at which each token is made: for text, where it ends; for the others, where they begin."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta[POSITION] = self.pos
        return token


class _LocatedInline(ParserInline):
    """The standard inline parser on `_LocatedState`."""

    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        if not self.terminator_re.search(src):  # plain words, as most paragraphs are
            if src:
                tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = _LocatedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class LocatedMarkdown(MarkdownIt):
    """A strict CommonMark parser with HTML off whose inline tokens carry `meta["position"]`."""

    def __init__(self) -> None:
        super().__init__()
        self.inline = _LocatedInline()
        self.configure("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        hasten(self)
