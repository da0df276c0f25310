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
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.escaping import read_attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Value = str | int | float
    Attributes = Mapping[str, Value]

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
_RECEIVERS = ("image", "code_inline", "link_close", "span_close")
_TRAILING = re.compile(r"(?:^|\s)(\{[^{}]*\})$")
_LEADING = re.compile(r"^(\{[^{}]*\})(?:\s|$)")


def install_attributes(md: MarkdownIt) -> None:
    """Teach a parser attribute lists; what is not allowed is dropped without a trace."""
    md.block.ruler.before("fence", "attr", _read_line)
    md.inline.ruler.after("link", "span", _read_span)
    md.inline.ruler.push("attr", _read_behind)
    md.core.ruler.after("block", "attr", _give_attributes)


@lru_cache(maxsize=1 << 10)  # most are the same on page after page
def write_attributes(attributes: tuple[tuple[str, Value], ...], default: tuple[str, str] | None = None) -> str:
    """Write a token's attributes as HTML, each after a blank; those that have not the form they need are dropped.

    Args:
        attributes: names and values as they stand in the token: `escape_attribute` is undone here.
        default: a name, and its value where there is none.
    """
    checked: dict[str, str] = {}
    for name, written in attributes:
        value = read_attribute(str(written))
        form = _FORMS.get(name)
        if form is None or form.fullmatch(value):
            checked[name] = value
    if default:
        checked.setdefault(*default)
    return "".join([f' {escapeHtml(name)}="{escapeHtml(value)}"' for name, value in checked.items()])


def find_anchor(attributes: Attributes) -> str:
    """Return the id that `write_attributes` writes; empty where there is none."""
    anchor = read_attribute(str(attributes.get("id", "")))
    return anchor if _FORMS["id"].fullmatch(anchor) else ""


def _read_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    """Read a line that is an attribute list; `_give_attributes` moves it to what follows."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip(" \t")
    found = read_attribute_list(line) if line.endswith("}") else None
    if not found:
        return False
    if not silent:
        token = state.push("attrs_block", "", 0)
        token.attrs = {**found[1]}
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _read_span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    """Read `[words]{...}`, where it is no link."""
    start, stop = state.pos, state.posMax
    if state.src[start] != "[":
        return False
    last = state.md.helpers.parseLinkLabel(state, start)
    if last < 0 or last + 1 >= stop:
        return False
    found = read_attribute_list(state.src, last + 1)
    if not found:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, last
        _add(state.push("span_open", "span", 1), found[1])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found[0], stop
    return True


def _read_behind(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    """Read an attribute list right behind a link, a span, code or an image."""
    if state.pending or not state.tokens or state.tokens[-1].type not in _RECEIVERS:
        return False
    found = read_attribute_list(state.src, state.pos)
    if not found:
        return False
    state.pos = found[0]
    if not silent:
        level = 0
        for token in reversed(state.tokens):
            level += token.nesting
            if level == 0:
                _add(token, {**found[1], **_join_classes(token.attrs, found[1])})
                break
    return True


def _give_attributes(state: StateCore) -> None:
    """Move attribute lists on lines of their own, in headings and in table cells to what they belong to.

    A line that begins a list item is the item's, as its paragraph shows no tag in a tight list.
    """
    kept: list[Token] = []
    lines: Attributes = {}
    row: Token | None = None
    for token in state.tokens:
        before = kept[-1] if kept else token
        if token.type == "attrs_block":
            if before.type == "list_item_open":
                _add(before, {**token.attrs, **_join_classes(before.attrs, token.attrs)})
            else:
                others = {key: value for key, value in lines.items() if key not in token.attrs}
                lines = {**token.attrs, **others, **_join_classes(lines, token.attrs)}
            continue
        if lines and token.nesting >= 0:
            _add(token, {**lines, **_join_classes(lines, token.attrs)})
        lines = {}
        if token.type == "tr_open":
            row = token
        elif token.type == "inline" and before.type in ("heading_open", "th_open", "td_open"):
            if row and before.type != "heading_open":
                token.content = _take(_LEADING, token.content, row)
                row = None
            token.content = _take(_TRAILING, token.content, before)
        kept.append(token)
    state.tokens = kept


def _take(pattern: re.Pattern[str], content: str, receiver: Token) -> str:
    match = pattern.search(content) if "{" in content else None
    found = read_attribute_list(match[1]) if match else None
    if not match or not found or found[0] != len(match[1]):
        return content
    _add(receiver, {**found[1], **_join_classes(receiver.attrs, found[1])})
    return (content[: match.start()] + content[match.end() :]).strip()


def _add(token: Token, attributes: Attributes) -> None:
    """Give a token attributes, as far as they are allowed; `as` is for spans only."""
    for name, value in attributes.items():
        if name in ATTRIBUTES or (name == "as" and token.type == "span_open"):
            token.attrs[name] = value


def _join_classes(first: Attributes, second: Attributes) -> Attributes:
    classes = [str(attributes["class"]) for attributes in (first, second) if "class" in attributes]
    return {"class": " ".join(classes)} if classes else {}
