"""YAML in which nothing is wrong, read in one go; what is not quite regular is left to the strict builder.

Nearly every file is sound. This reader takes data and indexes from the parser's events and asks nothing twice; it says
nothing of what is wrong, and gives up on everything that might be: `strict_yaml` reads such a text again and explains it.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from generator.documents.nodes import CONTROL, LIMITS, Limits, Node
from generator.documents.positions import Positions, begins_of, pack

if TYPE_CHECKING:
    from collections.abc import Callable

_ITEM = frozenset("–—−‒•·◦▪‣●*+-")
"""With these marks a text begins that may have been meant as a list (see `slips.marks.read_items`)."""

_FIRST = 2  # the depth of what a list of records holds

_Event: TypeAlias = Any
"""An event of the C parser, which always has its marks; the types of PyYAML allow for others."""

_Scalar, _Mapping, _Sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent


class _OddError(Exception):
    """Something here has to be looked at more closely."""


def _has_cut(text: str) -> bool:
    """Tell whether a comment may cut a text short: a `#` behind a blank, with a letter right behind it."""
    at = text.find("#")
    while at >= 0:
        if text[at - 1 : at] in (" ", "\t") and text[at + 1 : at + 2].strip() not in ("", "#"):
            return True
        at = text.find("#", at + 1)
    return False


class _Reader:
    """Reads one value; notes where each part of it begins and ends."""

    def __init__(self, text: str, limits: Limits, event: Callable[[], _Event]) -> None:
        self.text = text
        self.depth = limits.depth
        self.longest = limits.scalar_characters
        self.items = limits.items
        self.event = event
        self.marks: list[int] = []

    def scalar(self, event: _Event) -> str | None:
        text: str = event.value
        begin, end = event.start_mark.index, event.end_mark.index
        if event.anchor is not None or event.tag is not None or len(text) > self.longest:
            raise _OddError
        style = event.style
        if not style:  # as most are
            first = text[:1]
            if not first:
                self.marks += (begin, end)
                return None
            if first in _ITEM or first.isspace():
                raise _OddError
        elif style == '"':
            if CONTROL.search(text):
                raise _OddError
        elif style in ("|", ">"):  # the parser counts the line ends below it
            end = begin + len(self.text[begin:end].rstrip())
        self.marks += (begin, end)
        return text if " " in text else intern(text)

    def collection(self, event: _Event, depth: int) -> Node:
        kind = type(event)
        if kind not in (_Mapping, _Sequence) or event.anchor is not None or event.tag is not None:
            raise _OddError
        if depth > self.depth:
            raise _OddError
        slot = len(self.marks) + 1
        self.marks += (event.start_mark.index, 0)
        node: Node = self.mapping(depth + 1, flow=event.flow_style) if kind is _Mapping else self.sequence(depth + 1)
        if event.flow_style:
            self.marks[slot] = self.end
        return node

    def sequence(self, depth: int) -> list[Node]:
        items: list[Node] = []
        following, scalar = self.event, self.scalar
        while True:
            event = following()
            kind = type(event)
            if kind is _Scalar and depth <= self.depth:
                items.append(scalar(event))
            elif kind is yaml.SequenceEndEvent:
                self.end = event.end_mark.index
                if len(items) > self.items and depth > _FIRST:
                    raise _OddError
                return items
            else:
                items.append(self.collection(event, depth))

    def mapping(self, depth: int, *, flow: bool) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        following, scalar, marks = self.event, self.scalar, self.marks
        while True:
            event = following()
            kind = type(event)
            if kind is yaml.MappingEndEvent:
                self.end = event.end_mark.index
                return fields
            if kind is not _Scalar or event.style in ("|", ">") or event.anchor is not None or event.tag is not None:
                raise _OddError
            name = intern(event.value)  # ids, words and names of fields come again and again: kept once each
            end: int = event.end_mark.index
            if name in fields or not end or not (name[:1].isalnum() or name[:1] == "_"):
                raise _OddError  # what may be a bullet or a blank in front of a name is for `slips.marks.read_name`
            begin = event.start_mark.index
            if flow and self.text[begin - 1 : begin] == "?":
                raise _OddError  # the parser leaves out a `?` in front of a name
            marks += (begin, end)
            event = following()
            kind = type(event)
            if kind is _Scalar and depth <= self.depth:
                fields[name] = value = scalar(event)
                if value is None and flow:
                    raise _OddError  # it may be a comma that has split a text
            else:
                fields[name] = self.collection(event, depth)


def read_sound(text: str, *, first_line: int = 1, limits: Limits = LIMITS) -> Positions | None:
    r"""Read a YAML text in which nothing is wrong.

    Args:
        text: the YAML text, with `\n` for line ends and without control characters, as `encodings.decode` gives it.
        first_line: the 1-based line of the file on which the text starts.
        limits: bounds on depth and length.

    Returns:
        The list or mapping that it holds, with the places of everything in it; None where something is wrong, or where
        this reader cannot tell that nothing is. What is given equals what `strict_yaml.build` gives.
    """
    parser = getattr(yaml, "CSafeLoader", None)
    if parser is None or _has_cut(text):
        return None
    event = parser(text).get_event
    try:
        start = (event(), event(), event())  # of the stream, of the document and of what it holds
        if type(start[2]) not in (_Mapping, _Sequence):
            return None
        reader = _Reader(text, limits, event)
        nodes = reader.collection(start[2], 1)
        if type(event()) is not yaml.DocumentEndEvent or type(event()) is not yaml.StreamEndEvent:
            return None
    except (_OddError, yaml.YAMLError):
        return None
    return Positions(nodes, pack(reader.marks), pack(begins_of(text)), first_line)
