"""Attribute lists `{#id .class key="value"}` on headings, blocks, list items, table cells and rows, links and spans.

Where they go:

- `## Heading {#id .class}`: at the end of the heading's line;
- on a line of its own, after a blank line, above the block it belongs to; as the first line of a list item: to the item;
- `| {.row-class} first cell | last cell {.cell-class} |`: at the start of a row's first cell, at the end of a cell;
- `[text](page.md){.class}`, `[text]{.class}`; `[text]{as=mark}` makes the span another element, see `SPAN_ELEMENTS`.

Names are from an allow-list. Values between quotation marks are written with `escape_attribute`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse

from generator.dialect.escaping import read_attribute

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# fmt: off
SPAN_ELEMENTS = frozenset({
    "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "var",
})

DATA_ATTRIBUTES = frozenset(f"data-{name}" for name in (
    "count", "date", "entity", "genre", "key", "kind", "label", "language", "number", "outlet", "party", "phase", "said",
    "status", "topic", "type", "verdict", "when", "year",  # see `pages/choices`
    "pagefind-ignore",
))

ATTRIBUTES = DATA_ATTRIBUTES | {
    "id", "class", "lang", "dir", "title", "role", "hidden", "open", "tabindex", "datetime", "scope", "colspan",
    "rowspan", "start", "value", "reversed", "rel", "hreflang", "download", "type", "width", "height", "loading",
    "aria-label", "aria-labelledby", "aria-describedby", "aria-hidden", "aria-current", "aria-expanded",
    "aria-controls", "aria-level", "aria-live", "aria-roledescription",
}
# fmt: on

_FORMS = {
    "id": re.compile(r"[^\s\"'<>]+"),
    "tabindex": re.compile(r"0|-1"),
    "rel": re.compile(r"[a-z -]+"),
}
_TRAILING = re.compile(r"(?:^|\s)(\{[^{}]*\})$")
_LEADING = re.compile(r"^(\{[^{}]*\})(?:\s|$)")


def install_attributes(md: MarkdownIt) -> None:
    """Teach a parser attribute lists; what is not allowed is dropped without a trace."""
    allowed = sorted(ATTRIBUTES | {"as"})
    attrs_plugin(md, spans=True, allowed=allowed)
    attrs_block_plugin(md, allowed=allowed)
    md.core.ruler.before("attr", "item_attributes", _give_item_attributes)
    md.core.ruler.after("attr", "line_attributes", _give_line_attributes)


def check_attributes(token: Token) -> None:
    """Read the values of a token's attributes and drop those that have not the form they need."""
    checked = {name: read_attribute(str(value)) for name, value in token.attrs.items()}
    token.attrs = {
        name: value
        for name, value in checked.items()
        if name not in _FORMS or name not in ATTRIBUTES or _FORMS[name].fullmatch(value)
    }


def _give_item_attributes(state: StateCore) -> None:
    """Move an attribute line that begins a list item to the item: its paragraph shows no tag in a tight list."""
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "attrs_block" and kept and kept[-1].type == "list_item_open":
            _merge(kept[-1], token.attrs)  # type: ignore[arg-type]
        else:
            kept.append(token)
    state.tokens = kept


def _give_line_attributes(state: StateCore) -> None:
    """Take attribute lists out of headings and table cells before their inline content is read."""
    row: Token | None = None
    for opening, token in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "tr_open":
            row = opening
        if token.type != "inline" or opening.type not in ("heading_open", "th_open", "td_open"):
            continue
        if row and opening.type != "heading_open":
            token.content = _take(_LEADING, token.content, row)
            row = None
        token.content = _take(_TRAILING, token.content, opening)


def _take(pattern: re.Pattern[str], content: str, receiver: Token) -> str:
    match = pattern.search(content)
    if not match:
        return content
    try:
        end, attributes = parse(match[1])
    except ParseError:
        return content
    if end != len(match[1]) - 1:
        return content
    _merge(receiver, attributes)
    return (content[: match.start()] + content[match.end() :]).strip()


def _merge(token: Token, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        elif name in ATTRIBUTES:
            token.attrSet(name, value)
