"""Prose fields of records: inline Markdown with links to records, read and written again as safe Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.dialect.escaping import escape, guard_start, tidy
from generator.dialect.inline import Node, prose_parser, text_content, tree, write_inline
from generator.dialect.limits import MAX_BRACKETS, MAX_NESTING, MAX_PROSE, MAX_PROSE_BRACKETS, MAX_STORED_TEXT, refuse
from generator.dialect.links import RECORD_SCHEMES, is_web_address, split_scheme
from generator.dialect.located import POSITION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token


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


_MARKED = re.compile(r"[\\`*_\[\]<>&!\n\r\0]")
"""What may stand for something else than itself; a text without any of it is what it says."""


@lru_cache(maxsize=64)  # a text is asked for its links, its faults and its words one after the other
def _parse(text: str) -> tuple[Token, ...] | None:
    if refuse(text, max_length=MAX_PROSE, max_brackets=MAX_PROSE_BRACKETS):
        return None
    inline = prose_parser().parseInline(text)
    return tuple(child for token in inline for child in token.children or ())


def _may_link(text: str) -> bool:
    """Tell whether a text can hold a link or an image: quick, for the many that hold none."""
    return "](" in text or "<" in text


def _links(nodes: Sequence[Node]) -> list[ProseLink]:
    links = []
    for node in nodes:
        if node.token.type == "link_open":
            scheme, target = split_scheme(str(node.token.attrs["href"]))
            start = node.token.meta[POSITION] - (node.token.markup != "autolink")
            links.append(ProseLink(scheme, target, text_content(node.children), start))
        links.extend(_links(node.children))
    return links


def prose_links(text: str) -> tuple[ProseLink, ...]:
    """Return the links of a prose field in reading order, sound or not."""
    return _find_links(text) if _may_link(text) else ()


@lru_cache(maxsize=1 << 12)  # a text with links is asked for them by whoever links, checks and shows it
def _find_links(text: str) -> tuple[ProseLink, ...]:
    return tuple(_links(tree(_parse(text) or ())))


def body_links(markdown: str) -> tuple[tuple[int, ProseLink], ...]:
    """Return the links of a hand-written page in reading order, each with the 0-based line of its block."""
    if refuse(markdown, max_length=MAX_STORED_TEXT, max_brackets=MAX_BRACKETS):
        return ()
    blocks = [token for token in prose_parser().parse(markdown) if token.type == "inline" and token.map]
    return tuple((block.map[0], link) for block in blocks if block.map for link in _links(tree(block.children or ())))


def prose_problems(text: str) -> tuple[str, ...]:
    """Return what is wrong with a prose field, one plain sentence each; an empty tuple where nothing is.

    Wrong are links with an address other than http, https, mailto or a record scheme, images, and texts so long or so
    nested that they are shown as they were typed. Block syntax (`# heading`, `- item`) is no fault: it is just text.
    """
    refusal = refuse(text, max_length=MAX_PROSE, max_brackets=MAX_PROSE_BRACKETS)
    if refusal:
        return (f"This text {refusal}.",)
    if not _may_link(text) and text.count("*") + text.count("_") < MAX_NESTING:
        return ()
    tokens = _parse(text) or ()
    problems = [link_problem(link) for link in _links(tree(tokens))]
    if any(token.type == "image" for token in tokens):
        problems.append("Images have no place in a text field; write a link instead.")
    if any(token.level >= MAX_NESTING - 2 for token in tokens):
        problems.append("This text nests emphasis and links too deeply.")
    return tuple(problem for problem in problems if problem)


def link_problem(link: ProseLink) -> str:
    """Say what is wrong with the address of a link; empty where nothing is."""
    address = f"{link.scheme}:{link.target}" if link.scheme else link.target
    if link.scheme in RECORD_SCHEMES:
        return "" if link.target else f"The link “{address}” names no record."
    if is_web_address(address):
        return ""
    records = ", ".join(f"{scheme}:" for scheme in sorted(RECORD_SCHEMES))
    return (
        f"The link “{tidy(address)[:200]}” is not allowed: "
        f"an address begins with https://, http:// or mailto:, a record or page of this site with one of {records}."
    )


@lru_cache(maxsize=1 << 14)  # what a claim says stands on many pages
def prose_plain(text: str) -> str:
    """Return the text content of a prose field on one line, as a reader sees it."""
    tokens = _parse(text) if _MARKED.search(text) else None
    return tidy(text) if tokens is None else tidy(text_content(tree(tokens)))


def prose_markdown(text: str, resolve: Callable[[str, str], str | None]) -> str:
    """Write a prose field again as safe inline Markdown on one line.

    Nothing in the field can break out of its place in the page: what is not emphasis, code or a sound link is escaped.

    Args:
        text: the field as typed.
        resolve: takes a record scheme and an id, returns the relative path of its page (`../claims/x.md#y`), or None
            where there is none, and then only the label is shown.
    """
    tokens = _parse(text)
    return escape(text) if tokens is None else guard_start(tidy(write_inline(tree(tokens), resolve)))
