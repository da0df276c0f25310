"""The parser's rules by the character with which they can begin: at each place only those are asked that could match.

markdown-it asks every rule at every line and every special character. What is found is the same, as a test says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import mdTrim
from markdown_it.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    Rule = Callable[..., bool]
    Named = Sequence[tuple[str, Rule]]

_BLOCKS = {
    "attr": "{",
    "blockquote": ">",
    "code": "",  # what is indented is asked apart
    "container": ":",
    "fence": "`~",
    "heading": "#",
    "hr": "*-_",
    "html_block": "",  # HTML is off
    "lheading": "",  # read with paragraphs
    "list": "*+-0123456789",
    "reference": "[",
}
_SPANS = {
    "attr": "{",
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "html_inline": "",
    "image": "!",
    "link": "[",
    "linkify": "",  # bare links are off
    "newline": "\n",
    "span": "[",
}
# Where a run of text ends: where a rule may begin, and where a label does.
_STOPS = re.compile(f"[{re.escape(']' + ''.join(_SPANS.values()))}]")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_INDENTED = 4
_SILENT = True


class _Chains(Ruler["Rule"]):
    """Chains of one rule each, which asks those that were in the chain."""

    def __init__(self, ruler: Ruler[Any], join: Callable[[Named], Rule]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        self._names = {rule.fn: rule.name for rule in ruler.__rules__}
        self._join = join
        self._chains: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 (markdown-it's names)
        """Return the chain; the rules may not change any more."""
        if chainName not in self._chains:
            rules = [(self._names[rule], rule) for rule in super().getRules(chainName)]
            self._chains[chainName] = [self._join(rules)]
        return self._chains[chainName]


def hasten(md: MarkdownIt) -> None:
    """Let a parser ask only the rules that could match.

    Args:
        md: has all its rules, and HTML, strikethrough and bare links are off.
    """
    md.block.ruler = _Chains(md.block.ruler, _join_blocks)
    md.inline.ruler = _Chains(md.inline.ruler, _join_spans)
    md.inline.terminator_re = _STOPS


def _sort(rules: Named, begins: Mapping[str, str]) -> dict[str, tuple[Rule, ...]]:
    """Sort rules by the characters they may begin with; what any character may begin stands with all of them."""
    characters = {character for name, _ in rules for character in begins.get(name, "")}
    return {
        character: tuple(rule for name, rule in rules if character in begins.get(name, character))
        for character in characters
    }


def _join_spans(rules: Named) -> Rule:
    chosen = _sort([(name, rule) for name, rule in rules if name != "text"], _SPANS)
    text = tuple(rule for name, rule in rules if name == "text")

    def ask(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
        for rule in chosen.get(state.src[state.pos], text):  # noqa: SIM110 (called for every word)
            if rule(state, silent):
                return True
        return False

    return ask


def _join_blocks(rules: Named) -> Rule:
    quick = [(name, _hasten_block(name, rule)) for name, rule in rules]
    chosen = _sort(quick, _BLOCKS)
    others = tuple(rule for name, rule in quick if name not in _BLOCKS)
    every = tuple(rule for _, rule in rules)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
        if state.sCount[line] - state.blkIndent >= _INDENTED:
            asked = every
        else:
            place = state.bMarks[line] + state.tShift[line]
            asked = chosen.get(state.src[place : place + 1], others)
        for rule in asked:  # noqa: SIM110 (called for every line)
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _hasten_block(name: str, rule: Rule) -> Rule:
    return _read_paragraph if name == "paragraph" else _guard_table(rule) if name == "table" else rule


def _guard_table(table: Rule) -> Rule:
    """Ask for a table only where the next line may be the one below its head."""

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
        if line + 2 > end:
            return False
        place = state.bMarks[line + 1] + state.tShift[line + 1]
        return state.src[place : place + 1] in "|-:" and table(state, line, end, silent)

    return ask


def _read_paragraph(state: StateBlock, start: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 (markdown-it's rule)
    """Read a paragraph or an underlined heading at once; markdown-it reads every paragraph twice to tell."""
    parent, state.parentType = state.parentType, "paragraph"
    (interrupts,) = state.md.block.ruler.getRules("paragraph")
    tag, markup = "p", ""
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        indent = state.sCount[line] - state.blkIndent
        if indent < _INDENTED:
            place = state.bMarks[line] + state.tShift[line]
            if indent >= 0 and line < end and _UNDERLINE.fullmatch(state.src, place, state.eMarks[line]):
                markup = state.src[place]
                tag = "h1" if markup == "=" else "h2"
                break
            # Below nought it is a lazy line of a quotation.
            if state.sCount[line] >= 0 and interrupts(state, line, state.lineMax, _SILENT):
                break
        line += 1
    kind = "heading" if markup else "paragraph"
    state.line = line + bool(markup)
    opening = state.push(f"{kind}_open", tag, 1)
    opening.markup = markup
    opening.map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(start, line, state.blkIndent, False))  # noqa: FBT003 (markdown-it's argument)
    inline.map = [start, line]
    inline.children = []
    state.push(f"{kind}_close", tag, -1).markup = markup
    state.parentType = parent
    return True
