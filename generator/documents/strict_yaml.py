"""A strict YAML builder over PyYAML's C events: text scalars, positions, no aliases, no tags, no doubles.

YAML 1.1 guesses types (`no` is False, `12:30` is 750) and keeps the last of two equal keys; this builder does neither.
PyYAML's C composer overflows the stack on deep nesting, so depth is counted here, at the events.
"""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

import yaml

from generator.diagnostics import Diagnostic, Place
from generator.documents.complaints import explain, quote
from generator.documents.nodes import CONTROL, LIMITS, Extent, Limits, Loc, Node, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLON = re.compile(r"\s*:")
_CUT = re.compile(r"[ \t]+#[^\s#]")  # "bridge #3"; a comment has a space after its mark


def _index(event: yaml.Event, *, end: bool = False) -> int:
    mark = event.end_mark if end else event.start_mark
    return mark.index if mark is not None else 0


class _Stopped(Exception):  # noqa: N818 - not an error: the rest of the file is left unread
    """Nothing more of this file can be read."""


class _Builder:
    """Builds one value from a stream of events and collects what is wrong with it."""

    def __init__(self, path: str, text: str, first_line: int, limits: Limits) -> None:
        self.path = path
        self.text = text
        self.shift = first_line
        self.limits = limits
        self.values: dict[Loc, Extent] = {}
        self.keys: dict[Loc, Extent] = {}
        self.diagnostics: list[Diagnostic] = []

    def spot(self, event: yaml.Event) -> Spot:
        mark = event.start_mark
        return (mark.line + self.shift, mark.column + 1) if mark is not None else (self.shift, 1)

    def extent(self, event: yaml.Event, last: yaml.Event | None) -> Extent:
        mark = last.end_mark if last is not None else None
        return (*self.spot(event), *((mark.line + self.shift, mark.column + 1) if mark is not None else (0, 0)))

    def say(self, spot: Spot | Extent, code: str, message: str, mend: str = "") -> None:
        self.diagnostics.append(Diagnostic(Place(self.path, *spot), code, message, mend))

    def document(self, events: Iterator[yaml.Event]) -> Node:
        data: Node = None
        seen = False
        for event in events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self.say(
                        self.spot(event),
                        "several-documents",
                        "A line `---` starts a second YAML document; a content file holds one.",
                        "Remove the line, or move what follows it to a file of its own; a source with its text below is a .md file.",
                    )
                    raise _Stopped
                seen = True
                continue
            data = self.value(event, events, (), 1)
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], loc: Loc, depth: int) -> Node:
        spot = self.spot(event)
        self.values[loc] = self.extent(event, event if isinstance(event, yaml.ScalarEvent) else None)
        if isinstance(event, yaml.AliasEvent):
            self.say(
                spot,
                "alias",
                "Aliases (`*name`) are not allowed in content.",
                "Type the value again where it is needed.",
            )
            return None
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.say(
                spot,
                "tag",
                f"Type tags (`{tag}`) are not allowed in content.",
                "Remove the tag; fields know their types.",
            )
        if getattr(event, "anchor", None) is not None:
            self.say(spot, "alias", "Anchors (`&name`) are not allowed in content.", "Remove the anchor.")
        if depth > self.limits.depth:
            self.say(
                spot,
                "too-deep",
                f"Lists and mappings are nested more than {self.limits.depth} deep.",
                "Look for stray brackets.",
            )
            raise _Stopped
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, events, loc, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, loc, depth)
        return self.scalar(event, spot) if isinstance(event, yaml.ScalarEvent) else None

    def scalar(self, event: yaml.ScalarEvent, spot: Spot) -> Node:
        text: str = event.value
        if len(text) > self.limits.scalar_characters:
            self.say(
                spot,
                "too-long",
                f"A value of {len(text):,} characters; at most {self.limits.scalar_characters:,} are read.",
                "Long texts belong in the body of a source.",
            )
            return text[: self.limits.scalar_characters]
        if text == "" and event.implicit[0]:
            return None
        if found := CONTROL.search(text):  # written as an escape in double quotation marks
            self.say(
                spot,
                "control-character",
                f"This text has an escape that stands for an invisible control character (U+{ord(found.group()):04X}).",
                "Delete the backslash and what belongs to it.",
            )
            return CONTROL.sub("", text)
        if event.implicit[0] and " " in text and _CUT.match(self.text, _index(event, end=True)):
            self.say(
                spot,
                "comment-cuts-prose",
                f"A `#` behind a space begins a comment, so this text ends before it: “{shorten(text, 60, placeholder=' …')}”.",
                "Put the whole text in double quotation marks. A comment has a space behind its `#`.",
            )
        return text

    def sequence(
        self, start: yaml.SequenceStartEvent, events: Iterator[yaml.Event], loc: Loc, depth: int
    ) -> list[Node]:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                self.close(start, event, loc)
                break
            items.append(self.value(event, events, (*loc, len(items)), depth + 1))
        return items

    def close(self, start: yaml.CollectionStartEvent, end: yaml.Event, loc: Loc) -> None:
        """Note where a list or mapping ends; one typed line by line ends where the next thing begins, which says nothing."""
        if start.flow_style:
            self.values[loc] = self.extent(start, end)

    def mapping(
        self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event], loc: Loc, depth: int
    ) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        before, begun, cut, split = "", 0, 0, 0
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                self.close(start, event, loc)
                break
            spot = self.extent(event, event)
            if not isinstance(event, yaml.ScalarEvent):
                self.say(
                    spot,
                    "key-not-text",
                    "The name of a field must be plain text.",
                    "Look for a stray bracket or a `?`.",
                )
                raise _Stopped
            name: str = event.value
            inside = (*loc, name)
            typed = next(events)
            value = self.value(typed, events, (*inside, name) if name in fields else inside, depth + 1)
            end = _index(event, end=True)
            if start.flow_style and value is None and before and not _COLON.match(self.text, end):
                if not cut:
                    split = len(self.diagnostics)
                    self.say(
                        spot,
                        "comma-split-prose",
                        f"A comma has split the text of `{before}`: what follows it is read as a field named “{name[:40]}”.",
                    )
                cut = end
                continue
            if cut:
                self.join(fields, before, self.text[begun:cut], split)
                cut = 0
            if name in fields:
                first = self.keys[inside]
                self.say(
                    spot,
                    "duplicate-key",
                    f"`{name}` is given twice; the first stands on line {first[0]}.",
                    "Keep one of them.",
                )
                continue
            fields[name] = value
            self.keys[inside] = spot
            before, begun = (name, _index(typed)) if isinstance(value, str) else ("", 0)
        if cut:
            self.join(fields, before, self.text[begun:cut], split)
        return fields

    def join(self, fields: dict[str, Node], field: str, text: str, split: int) -> None:
        """Take a text that commas have split as it was meant, and show how it is typed."""
        fields[field] = whole = " ".join(text.split())
        mend = f"Put the whole text in quotation marks: {field}: {quote(whole)}"
        self.diagnostics[split] = replace(self.diagnostics[split], help=mend)


def build(
    path: str, text: str, *, first_line: int = 1, limits: Limits = LIMITS
) -> tuple[Node, dict[Loc, Extent], dict[Loc, Extent], tuple[Diagnostic, ...]]:
    """Build one YAML text into plain data.

    Args:
        path: where the text stands, for the diagnostics.
        text: the YAML text, decoded.
        first_line: the 1-based line of the file on which the text starts.
        limits: bounds on depth and length.

    Returns:
        The data (None where nothing usable was found), the positions of values and of keys, and what is wrong.
    """
    builder = _Builder(path, text, first_line, limits)
    data: Node = None
    try:
        data = builder.document(iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))))
    except _Stopped:
        data = None
    except yaml.YAMLError as error:
        spot, message, mend = explain(error, text, first_line)
        builder.say(spot, "yaml-syntax", message, mend)
        data = None
    return data, builder.values, builder.keys, tuple(builder.diagnostics)
