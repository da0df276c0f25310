"""Containers: `::: name {#id .class}` up to `:::`, nested freely.

A container is a `<div class="name">`, or the element itself where the name is one of `ELEMENTS`. Two take a title after
their name: `::: details How this was counted {.count}` (its `<summary>`) and `::: figure A caption` (its `<figcaption>`).
Opening lines carry a name, closing lines do not, so the inner and the outer need no different number of colons.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs.parse import ParseError, parse

from generator.dialect.attributes import ATTRIBUTES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

ELEMENTS = frozenset(["article", "aside", "details", "figure", "footer", "header", "nav", "section"])
TITLES = {"details": "summary", "figure": "figcaption"}

_OPENING = re.compile(
    r":{3,}[ \t]*([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:[ \t]+((?:[^{}\\]|\\.)*?))?[ \t]*(\{[^{}]*\})?[ \t]*"
)
_CLOSING = re.compile(r":{3,}[ \t]*")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")


def install_containers(md: MarkdownIt) -> None:
    """Teach a parser containers."""
    md.block.ruler.before(
        "fence", "container", _read_container, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _find_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line that closes the container opened before `start`, or `end` where none does."""
    depth = 1
    fence = ""
    for number in range(start, end):
        line = _line(state, number)
        if line[:3] in ("```", "~~~"):
            match = _FENCE.match(line)
            if fence and match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
            elif not fence and match:
                fence = match[1]
        elif line.startswith(":::") and not fence:
            depth += -1 if _CLOSING.fullmatch(line) else 1 if _OPENING.fullmatch(line) else 0
            if not depth:
                return number
    return end


def _read_container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
        return False
    match = _OPENING.fullmatch(_line(state, start))
    if not match or (match[2] and match[1] not in TITLES):
        return False
    try:
        attributes = parse(match[3])[1] if match[3] else {}
    except ParseError:
        return False
    if silent:
        return True
    name, title = match[1], match[2]
    last = _find_end(state, start + 1, end)
    tag = name if name in ELEMENTS else "div"
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    token = state.push("container_open", tag, 1)
    token.map = [start, last]
    token.attrs = {key: value for key, value in attributes.items() if key in ATTRIBUTES}
    if tag == "div":
        token.attrs["class"] = f"{name} {attributes.get('class', '')}".strip()
    if title and name == "details":
        _push_title(state, TITLES[name], title, start)
    state.md.block.tokenize(state, start + 1, last)
    if title and name == "figure":
        _push_title(state, TITLES[name], title, start)
    state.push("container_close", tag, -1)
    state.parentType, state.lineMax = parent, line_max
    state.line = min(last + 1, end)
    return True


def _push_title(state: StateBlock, tag: str, title: str, line: int) -> None:
    state.push("container_title_open", tag, 1)
    token = state.push("inline", "", 0)
    token.content = title
    token.map = [line, line + 1]
    token.children = []
    state.push("container_title_close", tag, -1)
