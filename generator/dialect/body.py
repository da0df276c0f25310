"""Hand-written pages: somebody's CommonMark, written again in the page dialect without any of its powers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.dialect.escaping import escape, guard_start, tidy
from generator.dialect.inline import Node, prose_parser, text_content, tree, write_inline
from generator.dialect.limits import MAX_BRACKETS, MAX_STORED_TEXT, is_too_deep, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Resolve = Callable[[str, str], str | None]

_BACKTICKS = re.compile(r"`+")
_NOT_KEBAB = re.compile(r"[^a-z0-9]+")


def body_markdown(markdown: str, resolve: Callable[[str, str], str | None], *, shift: int = 0) -> str:
    """Write the body of a hand-written page as safe Markdown of the page dialect.

    Paragraphs, headings, lists, quotations, code and rules stay what they are; attribute lists, containers, pictures,
    images and HTML are text. A text too long or too deep to be parsed becomes one paragraph of plain text.

    Args:
        markdown: the page as typed, without front matter.
        resolve: as for `prose_markdown`.
        shift: 1 puts the highest headings, whether typed as `#` or `##`, just below the page's own title.

    Returns:
        Markdown. Every heading has an explicit id: its words in ASCII, else `section-<number>`, each used once.
    """
    if refuse(markdown, max_length=MAX_STORED_TEXT, max_brackets=MAX_BRACKETS):
        return escape(markdown)
    tokens = prose_parser().parse(markdown)
    if is_too_deep(tokens):
        return escape(markdown)
    highest = min((int(token.tag[1:]) for token in tokens if token.type == "heading_open"), default=1)
    return "\n".join(_BodyWriter(resolve, shift + 1 - highest).blocks(tree(tokens))) + "\n"


class _BodyWriter:
    """Writes block nodes as lines; remembers which heading ids are taken."""

    def __init__(self, resolve: Resolve, shift: int) -> None:
        self.resolve = resolve
        self.shift = shift
        self.headings = 0
        self.anchors: set[str] = set()

    def blocks(self, nodes: Sequence[Node], *, tight: bool = False) -> Iterator[str]:
        previous = ""
        same = 0
        for node in nodes:
            kind = node.token.type
            same = same + 1 if kind == previous else 0
            if previous and not tight:
                yield ""
            previous = kind
            yield from self.block(node, other_marker=bool(same % 2))

    def block(self, node: Node, *, other_marker: bool) -> Iterator[str]:
        kind = node.token.type
        if kind == "paragraph_open":
            yield self.inline(node)
        elif kind == "heading_open":
            level = min(6, int(node.token.tag[1:]) + self.shift)
            yield f"{'#' * level} {self.inline(node)} {{#{self.anchor(node)}}}"
        elif kind == "blockquote_open":
            for line in self.blocks(node.children):
                yield f"> {line}".rstrip()
        elif kind in ("bullet_list_open", "ordered_list_open"):
            yield from self.items(node, other_marker=other_marker)
        elif kind in ("fence", "code_block"):
            longest = max(map(len, _BACKTICKS.findall(node.token.content)), default=0)
            fence = "`" * max(3, longest + 1)
            yield from (fence, *node.token.content.removesuffix("\n").split("\n"), fence)
        elif kind == "hr":
            yield "***"

    def items(self, node: Node, *, other_marker: bool) -> Iterator[str]:
        """Write a list. A list right after one of its kind takes the other marker, or the two would be one."""
        ordered = node.token.type == "ordered_list_open"
        number = int(node.token.attrs.get("start", 1))
        tight = any(child.token.hidden for item in node.children for child in item.children)
        for index, item in enumerate(node.children):
            marker = f"{number + index}{')' if other_marker else '.'}" if ordered else "*" if other_marker else "-"
            if index and not tight:
                yield ""
            lines = list(self.blocks(item.children, tight=tight)) or [""]
            yield f"{marker} {lines[0]}".rstrip()
            indent = " " * (len(marker) + 1)
            for line in lines[1:]:
                yield f"{indent}{line}".rstrip()

    def inline(self, node: Node) -> str:
        return guard_start(tidy(write_inline(self.inline_nodes(node), self.resolve)))

    def inline_nodes(self, node: Node) -> tuple[Node, ...]:
        return tuple(part for child in node.children for part in tree(child.token.children or ()))

    def anchor(self, node: Node) -> str:
        self.headings += 1
        words = _NOT_KEBAB.sub("-", text_content(self.inline_nodes(node)).lower()).strip("-")[:80].strip("-")
        anchor = words or f"section-{self.headings}"
        number = 2
        while anchor in self.anchors:
            anchor = f"{words or 'section'}-{self.headings}-{number}"
            number += 1
        self.anchors.add(anchor)
        return anchor
