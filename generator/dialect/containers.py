"""Containers: `::: name {#id .class}` up to `:::`, nested freely.

A container is a `<div class="name">`, or the element itself where the name is one of `ELEMENTS`. Two take a title after
their name: `::: details How this was counted {.count}` (its `<summary>`) and `::: figure A caption` (its `<figcaption>`).
Opening lines carry a name, closing lines do not, so the inner and the outer need no different number of colons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

from generator.dialect.attribute_lists import read_attribute_list
from generator.dialect.attributes import ATTRIBUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

ELEMENTS = frozenset(["article", "aside", "details", "figure", "footer", "header", "nav", "section"])
TITLES = {"details": "summary", "figure": "figcaption"}

_OPENING = re.compile(
    r":{3,}[ \t]*([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:[ \t]+((?:[^{}\\]|\\.)*?))?[ \t]*(\{[^{}]*\})?[ \t]*"
)
CLOSING = re.compile(r":{3,}[ \t]*")
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
            depth += -1 if CLOSING.fullmatch(line) else 1 if _OPENING.fullmatch(line) else 0
            if not depth:
                return number
    return end


@dataclass(frozen=True, slots=True)
class Opening:
    """The line that opens a container.

    Attributes:
        name: of the container.
        tag: of its element.
        attributes: those that are allowed, the class that is its name among them.
        title: of a `details` or `figure`; empty where it has none.
    """

    name: str
    tag: str
    attributes: Mapping[str, str]
    title: str


def read_opening(line: str) -> Opening | None:
    """Read a line that opens a container; None where it opens none."""
    match = _OPENING.fullmatch(line)
    if not match or (match[2] and match[1] not in TITLES):
        return None
    found = read_attribute_list(match[3]) if match[3] else (0, {})
    if not found:
        return None
    name = match[1]
    attributes = {key: value for key, value in found[1].items() if key in ATTRIBUTES}
    if name not in ELEMENTS:
        attributes["class"] = f"{name} {attributes.get('class', '')}".strip()
    return Opening(name, name if name in ELEMENTS else "div", attributes, match[2] or "")


def _write_title(name: str, title: str) -> list[Token]:
    inline = Token("inline", "", 0, content=title, children=[])
    return [
        Token("container_title_open", TITLES[name], 1, block=True),
        inline,
        Token("container_title_close", TITLES[name], -1, block=True),
    ]


def _read_container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
        return False
    opening = read_opening(_line(state, start))
    if not opening or silent:
        return bool(opening)
    name, title = opening.name, opening.title
    token = Token("container_open", opening.tag, 1, attrs={**opening.attributes}, info=name)
    last = _find_end(state, start + 1, end)
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", last
    state.tokens.append(token)
    token.block, token.level, token.map = True, state.level, [start, last]
    state.level += 1
    if title and name == "details":
        state.tokens += _write_title(name, title)
    state.md.block.tokenize(state, start + 1, last)
    if title and name == "figure":
        state.tokens += _write_title(name, title)
    state.push("container_close", token.tag, -1)
    state.parentType, state.lineMax = parent, line_max
    state.line = min(last + 1, end)
    return True
