"""Inline Markdown as a tree, read with positions and written again so that it means the same and nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.dialect.escaping import escape_address, escape_inline
from generator.dialect.links import RECORD_SCHEMES, is_web_address, split_scheme
from generator.dialect.located import LocatedMarkdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Emphasis is written with asterisks only where CommonMark's flanking rules cannot misread them, else as a span.
_WORD_ENDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_PLAIN_CODE = re.compile(r"[\w.,:/=()+-]+(?: [\w.,:/=()+-]+)*")
_EMPHASIS = {"em": "*", "strong": "**"}


@dataclass(frozen=True, slots=True)
class Node:
    """One token with what stands inside it."""

    token: Token
    children: tuple[Node, ...]


class _ProseMarkdown(LocatedMarkdown):
    """Takes every address as it is; the standard parser would turn a bad link into text without a word."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 (markdown-it's name)
        """Accept it."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """Leave it."""
        return url


@cache
def prose_parser() -> MarkdownIt:
    """Return a CommonMark parser that takes every address as a link; they are judged where they can be named."""
    return _ProseMarkdown()


def tree(tokens: Sequence[Token]) -> tuple[Node, ...]:
    """Nest a flat list of tokens by what they open and close; empty text is left out."""
    open_children: list[list[Node]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token)
            open_children.append([])
        elif token.nesting < 0:
            children = open_children.pop()
            open_children[-1].append(Node(opened.pop(), tuple(children)))
        elif token.type != "text" or token.content:
            open_children[-1].append(Node(token, ()))
    return tuple(open_children[0])


def text_content(nodes: Sequence[Node]) -> str:
    """Return what a reader sees: line ends are blanks, images their alternative text, bare links their address."""
    parts = []
    for node in nodes:
        if node.token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif node.token.type == "image":
            parts.append(text_content(tree(node.token.children or ())))
        elif node.token.type == "link_open":
            parts.append(text_content(node.children) or split_scheme(str(node.token.attrs["href"]))[1])
        else:
            parts.append(text_content(node.children) if node.children else node.token.content)
    return "".join(parts)


def write_inline(nodes: Sequence[Node], resolve: Callable[[str, str], str | None]) -> str:
    """Write inline nodes as safe Markdown on one line; `resolve` is as in `prose_markdown`."""
    written: list[str] = []
    emphasised = [node.token.tag in _EMPHASIS for node in nodes] + [False]
    for number, node in enumerate(nodes):
        kind = node.token.type
        if kind in ("softbreak", "hardbreak"):
            written.append(" ")
        elif kind == "code_inline":
            code = node.token.content
            written.append(f"`{code}`" if _PLAIN_CODE.fullmatch(code) else _write_span(escape_inline(code), "code"))
        elif emphasised[number]:
            touches = emphasised[number - 1] or emphasised[number + 1]
            written.append(_write_emphasis(write_inline(node.children, resolve), node.token.tag, in_span=touches))
        elif kind == "link_open":
            written.append(_write_link(node, resolve))
        else:
            written.append(escape_inline(text_content((node,))))
    return "".join(written)


def _write_emphasis(inner: str, tag: str, *, in_span: bool) -> str:
    if in_span or "*" in inner or not _WORD_ENDS.fullmatch(inner):
        return _write_span(inner, tag)
    return f"{_EMPHASIS[tag]}{inner}{_EMPHASIS[tag]}"


def _write_span(inner: str, tag: str) -> str:
    return f"[{inner}]{{as={tag}}}"


def _write_link(node: Node, resolve: Callable[[str, str], str | None]) -> str:
    address = str(node.token.attrs["href"])
    scheme, target = split_scheme(address)
    label = write_inline(node.children, resolve) or escape_inline(target)
    if scheme in RECORD_SCHEMES:
        page = resolve(scheme, target)
        return label if page is None else f"[{label}]({escape_address(page)})"
    return f"[{label}]({escape_address(address)})" if is_web_address(address) else label
