"""Prose fields of records: inline Markdown with links to records, read and written again as safe Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.dialect.escaping import escape, escape_address, escape_inline, guard_start, tidy
from generator.dialect.limits import MAX_NESTING, MAX_PROSE, MAX_PROSE_BRACKETS, refuse
from generator.dialect.links import RECORD_SCHEMES, is_web_address, split_scheme
from generator.dialect.located import POSITION, located_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Emphasis is written with asterisks only where CommonMark's flanking rules cannot misread them, else as a span.
_WORD_ENDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_PLAIN_CODE = re.compile(r"[\w.,:/=()+-]+(?: [\w.,:/=()+-]+)*")
_EMPHASIS = {"em": "*", "strong": "**"}


@dataclass(frozen=True, slots=True)
class ProseLink:
    """A link in a prose field.

    Attributes:
        scheme: `claim`, `https` ..., lower-case; empty for an address without one.
        target: what follows the colon.
        label: the text that is shown.
        start: offset in the field of the `[` or `<` with which the link begins.
    """

    scheme: str
    target: str
    label: str
    start: int


@dataclass(frozen=True, slots=True)
class _Node:
    """One token with what stands inside it."""

    token: Token
    children: tuple[_Node, ...]


@cache
def _parser() -> MarkdownIt:
    parser = located_parser()
    # Addresses are judged here, where they can be named; the parser would turn a bad link into text without a word.
    parser.validateLink = _accept  # type: ignore[method-assign]
    parser.normalizeLink = str  # type: ignore[method-assign]
    return parser


def _accept(_url: str) -> bool:
    return True


def _parse(text: str) -> list[Token] | None:
    if refuse(text, max_length=MAX_PROSE, max_brackets=MAX_PROSE_BRACKETS):
        return None
    inline = _parser().parseInline(text)
    return [child for token in inline for child in token.children or ()]


def _tree(tokens: Sequence[Token]) -> tuple[_Node, ...]:
    open_children: list[list[_Node]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting > 0:
            opened.append(token)
            open_children.append([])
        elif token.nesting < 0:
            children = open_children.pop()
            open_children[-1].append(_Node(opened.pop(), tuple(children)))
        elif token.type != "text" or token.content:
            open_children[-1].append(_Node(token, ()))
    return tuple(open_children[0])


def _text(nodes: Sequence[_Node]) -> str:
    parts = []
    for node in nodes:
        if node.token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif node.token.type == "image":
            parts.append(_text(_tree(node.token.children or ())))
        else:
            parts.append(_text(node.children) if node.children else node.token.content)
    return "".join(parts)


def _links(nodes: Sequence[_Node]) -> list[ProseLink]:
    links = []
    for node in nodes:
        if node.token.type == "link_open":
            scheme, target = split_scheme(str(node.token.attrs["href"]))
            start = node.token.meta[POSITION] - (node.token.markup != "autolink")
            links.append(ProseLink(scheme, target, _text(node.children), start))
        links.extend(_links(node.children))
    return links


def prose_links(text: str) -> tuple[ProseLink, ...]:
    """Return the links of a prose field in reading order, sound or not."""
    return tuple(_links(_tree(_parse(text) or ())))


def prose_problems(text: str) -> tuple[str, ...]:
    """Return what is wrong with a prose field, one plain sentence each; an empty tuple where nothing is.

    Wrong are links with an address other than http, https, mailto or a record scheme, images, and texts so long or so
    nested that they are shown as they were typed. Block syntax (`# heading`, `- item`) is no fault: it is just text.
    """
    refusal = refuse(text, max_length=MAX_PROSE, max_brackets=MAX_PROSE_BRACKETS)
    if refusal:
        return (f"This text {refusal}.",)
    tokens = _parse(text) or []
    problems = [_link_problem(link) for link in _links(_tree(tokens))]
    if any(token.type == "image" for token in tokens):
        problems.append("Images have no place in a text field; write a link instead.")
    if any(token.level >= MAX_NESTING - 2 for token in tokens):
        problems.append("This text nests emphasis and links too deeply.")
    return tuple(problem for problem in problems if problem)


def _link_problem(link: ProseLink) -> str:
    address = f"{link.scheme}:{link.target}" if link.scheme else link.target
    if link.scheme in RECORD_SCHEMES:
        return "" if link.target else f"The link “{address}” names no record."
    if is_web_address(address):
        return ""
    records = ", ".join(f"{scheme}:" for scheme in sorted(RECORD_SCHEMES))
    return (
        f"The link “{tidy(address)[:200]}” is not allowed: "
        f"an address begins with https://, http:// or mailto:, a record with one of {records}."
    )


def prose_plain(text: str) -> str:
    """Return the text content of a prose field on one line, as a reader sees it."""
    tokens = _parse(text)
    return tidy(text) if tokens is None else tidy(_text(_tree(tokens)))


def prose_markdown(text: str, resolve: Callable[[str, str], str | None]) -> str:
    """Write a prose field again as safe inline Markdown on one line.

    Nothing in the field can break out of its place in the page: what is not emphasis, code or a sound link is escaped.

    Args:
        text: the field as typed.
        resolve: takes a record scheme and an id, returns the relative path of its page (`../claims/x.md#y`), or None
            where there is none, and then only the label is shown.
    """
    tokens = _parse(text)
    return escape(text) if tokens is None else guard_start(tidy(_write(_tree(tokens), resolve)))


def _write(nodes: Sequence[_Node], resolve: Callable[[str, str], str | None]) -> str:
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
            written.append(_write_emphasis(_write(node.children, resolve), node.token.tag, in_span=touches))
        elif kind == "link_open":
            written.append(_write_link(node, resolve))
        else:
            written.append(escape_inline(_text((node,))))
    return "".join(written)


def _write_emphasis(inner: str, tag: str, *, in_span: bool) -> str:
    if in_span or "*" in inner or not _WORD_ENDS.fullmatch(inner):
        return _write_span(inner, tag)
    return f"{_EMPHASIS[tag]}{inner}{_EMPHASIS[tag]}"


def _write_span(inner: str, tag: str) -> str:
    return f"[{inner}]{{as={tag}}}"


def _write_link(node: _Node, resolve: Callable[[str, str], str | None]) -> str:
    address = str(node.token.attrs["href"])
    scheme, target = split_scheme(address)
    label = _write(node.children, resolve) or escape_inline(target)
    if scheme in RECORD_SCHEMES:
        page = resolve(scheme, target)
        return label if page is None else f"[{label}]({escape_address(page)})"
    return f"[{label}]({escape_address(address)})" if is_web_address(address) else label
