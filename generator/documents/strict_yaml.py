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
from generator.documents.misread import Reader, Stopped, index_of
from generator.documents.nodes import CONTROL, LIMITS, Extent, Limits, Loc, Node, Spot
from generator.documents.scalars import write_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLON = re.compile(r"\s*:")


class _Builder(Reader):
    """Builds one value from a stream of events and collects what is wrong with it."""

    def __init__(self, path: str, text: str, first_line: int, limits: Limits) -> None:
        super().__init__(path, text, first_line, limits.faults)
        self.limits = limits
        self.values: dict[Loc, Extent] = {}

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
                        "A line `---` begins a second part; a file like this has one.",
                        "Remove the line, or move what follows it to a file of its own; a source with its text below is a .md file.",
                    )
                    raise Stopped
                seen = True
                continue
            data = self.value(event, events, (), 1)
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], loc: Loc, depth: int) -> Node:
        self.values[loc] = extent = self.extent(event, event if isinstance(event, yaml.ScalarEvent) else None)
        spot = extent[:2]
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "alias", "*")
            return None
        self.check_marks(event)
        if depth > self.limits.depth:
            self.say(
                spot,
                "too-deep",
                f"Lists and fields are nested more than {self.limits.depth} deep.",
                "Look for stray brackets.",
            )
            raise Stopped
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
            self.check_cut(event)
            return None
        if found := CONTROL.search(text):  # written as an escape in double quotation marks
            self.say(
                spot,
                "control-character",
                f"This text has an escape that stands for an invisible control character (U+{ord(found.group()):04X}).",
                "Delete the backslash and what belongs to it.",
            )
            return CONTROL.sub("", text)
        if event.implicit[0]:
            self.check_items(event)
        if event.implicit[0] and " " in text:
            self.check_cut(event)
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
        if loc and len(items) > self.limits.items:
            said = f"A list of {len(items):,} items; at most {self.limits.items:,} are read."
            self.say(self.spot(start), "too-long", said, "Look for a list that was pasted into the wrong place.")
            del items[self.limits.items :]
        return items

    def close(self, start: yaml.CollectionStartEvent, end: yaml.Event, loc: Loc) -> None:
        """Note where a list or mapping ends; one typed line by line ends where the next thing begins, which says nothing."""
        if start.flow_style:
            self.values[loc] = self.extent(start, end)

    def check_key(self, event: yaml.Event, *, flow: bool) -> yaml.ScalarEvent:
        """Make sure that the name of a field is plain text, without a mark in front of it; stop where it is not."""
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "alias", "*")
            raise Stopped
        self.check_marks(event)
        spot, begin = self.extent(event, event), index_of(event)
        if not isinstance(event, yaml.ScalarEvent):
            said = "The name of a field must be plain text."
            self.say(spot, "key-not-text", said, "Look for a stray bracket or a `?`.")
            raise Stopped
        if flow and self.text[begin - 1 : begin] == "?":  # the parser would leave it out
            self.say(spot, "key-not-text", "A `?` stands in front of the name of a field.", "Delete it.")
            raise Stopped
        return event

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
            event = self.check_key(event, flow=bool(start.flow_style))  # noqa: PLW2901 - the same, known to be a text
            name: str = event.value
            self.check_name(event, name)
            inside = (*loc, name)
            typed = next(events)
            value = self.value(typed, events, (*inside, name) if name in fields else inside, depth + 1)
            end = index_of(event, end=True)
            if start.flow_style and value is None and before and not _COLON.match(self.text, end):
                if not cut:
                    split = len(self.diagnostics)
                    said = f"A comma has split the text of `{before}`: what follows it is read as a field named “{name[:40]}”."
                    self.say(spot, "comma-split-prose", said, focus=shorten(name, 40, placeholder=""))
                cut = end
                continue
            if cut:
                self.join(fields, (*loc, before), begun, cut, split)
                cut = 0
            if name in fields:
                self.say_twice(event, inside, next(iter(fields)), flow=bool(start.flow_style))
                continue
            fields[name] = value
            self.keys[inside] = spot
            before, begun = (name, index_of(typed)) if isinstance(value, str) else ("", 0)
        if cut:
            self.join(fields, (*loc, before), begun, cut, split)
        return fields

    def join(self, fields: dict[str, Node], loc: Loc, begun: int, cut: int, split: int) -> None:
        """Take a text that commas have split as it was meant, and show how it is typed."""
        name = str(loc[-1])
        fields[name] = whole = " ".join(self.text[begun:cut].split())
        self.values[loc] = extent = (*self.spot_at(begun), *self.spot_at(cut))
        mend = f"Put the whole text in quotation marks: {name}: {quote(whole)}"
        place = Place(self.path, *extent)
        fix = write_scalar(whole, flow=True)
        self.diagnostics[split] = replace(self.diagnostics[split], place=place, help=mend, fix=fix)


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
    except Stopped:
        data = None
    except yaml.YAMLError as error:
        builder.diagnostics.append(explain(error, path, text, first_line))
        data = None
    return data, builder.values, builder.keys, tuple(builder.diagnostics)
