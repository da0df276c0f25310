"""What a parsed content file is: plain data, and where each piece of it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from generator.diagnostics import Diagnostic, Place
from generator.documents.scalars import write_scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Loc: TypeAlias = tuple[str | int, ...]
Spot: TypeAlias = tuple[int, int]
Extent: TypeAlias = tuple[int, int, int, int]
Node: TypeAlias = "dict[str, Node] | list[Node] | str | None"

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Characters that no content holds. YAML would take U+0085, U+2028 and U+2029 for line ends, and editors would not.

U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows: a text would be read as it is not stored.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep hostile or accidental input cheap.

    Attributes:
        yaml_bytes: the largest YAML file or front matter, in bytes.
        text_bytes: the largest Markdown file (front matter and stored text), in bytes.
        depth: how deep mappings and lists may nest.
        scalar_characters: the longest single value, in characters.
        items: the longest list inside a record; a file may hold any number of records.
        faults: how many faults of one file are told; what follows the last of them is not read.
    """

    yaml_bytes: int = 2_000_000
    text_bytes: int = 4_000_000
    depth: int = 16
    scalar_characters: int = 20_000
    items: int = 10_000
    faults: int = 1_000


LIMITS = Limits()


def stop_telling(place: Place, most: int) -> Diagnostic:
    """Say that more is wrong with a file than is told, and from where it is not read."""
    said = f"So far {most:,} things are wrong in this file, and from here on it is not read."
    return Diagnostic(place, "file-too-large", said, "Mend those that are told; the next run tells the others.")


@dataclass(frozen=True, slots=True)
class Document:
    """One content file, parsed but not yet understood.

    Attributes:
        path: POSIX path relative to the project's root.
        data: the YAML value; an empty value is None, every other scalar is the text as typed. None at the top means
            that the file could not be read; why is said elsewhere.
        values: 1-based line and column of each value, and of its end, by its path of keys and indexes. The end is that
            of `Place`: just behind the last character; 0 and 0 for lists and mappings typed line by line.
        keys: the same for each mapping key.
        text: the Markdown after the front matter, or what reads it; None for a YAML file.
        body_line: 1-based line on which the body starts.
    """

    path: str
    data: Node
    values: Mapping[Loc, Extent] = field(default_factory=dict)
    keys: Mapping[Loc, Extent] = field(default_factory=dict)
    text: str | Callable[[], str] | None = field(default=None, repr=False)
    body_line: int = 0

    @property
    def body(self) -> str | None:
        """The Markdown after the front matter; None for a YAML file. It may be read anew each time it is asked for."""
        return self.text() if callable(self.text) else self.text

    @property
    def has_body(self) -> bool:
        """Whether this is a Markdown file; tells so without reading it."""
        return self.text is not None

    def place(self, loc: Loc = (), *, key: bool = False) -> Place:
        """Find the place of a value (or its key), or of the nearest enclosing value that has one."""
        spots = (self.keys, self.values) if key else (self.values, self.keys)
        for end in range(len(loc), -1, -1):
            for spot in spots:
                if loc[:end] in spot:
                    return Place(self.path, *spot[loc[:end]])
        return Place(self.path)

    def read(self, loc: Loc) -> Node:
        """Give what stands at a path; None where nothing does."""
        node = self.data
        for step in loc:
            if isinstance(node, dict) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node

    def rewrite(self, loc: Loc, text: str) -> str | None:
        """Write a text as YAML for the place of a value; None where no text with a known end stands there."""
        typed = isinstance(self.read(loc), str) and loc in self.values and self.values[loc][2]
        return write_scalar(text, flow=self.is_flow(loc)) if typed else None

    def is_flow(self, loc: Loc) -> bool:
        """Tell whether a value stands inside `{...}` or `[...]`, where commas and brackets end a plain text."""
        return any(self.values[loc[:end]][2] for end in range(len(loc)) if loc[:end] in self.values)
