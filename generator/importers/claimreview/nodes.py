"""Objects of JSON-LD: fields are taken one by one, so that what nobody has taken is known, and becomes a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.cells import note, read_language
from generator.importers.jsonish import DOUBLE, write_compact
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.importers.jsonish import Json

_SCHEMA = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/", "schema:")
_SYNTAX = frozenset({"@context", "@type"})
REFERENCE = frozenset({"@id", "@type"})
"""An object with nothing else only says which object is meant."""

_WRAPPINGS = 8


@dataclass(slots=True)
class Graph:
    """What objects of a file may refer to.

    Attributes:
        objects: the objects with an `@id`, by it. Nothing outside the file is ever asked for.
        names: what a field is called in the file, by its path in ClaimReview, where that is something else.
        used: the objects that were referred to.
    """

    objects: Mapping[str, dict[str, Json]] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    used: list[Json] = field(default_factory=list)

    def unwrap(self, value: Json) -> Json:
        """Give what a value stands for: of a list its only item, of `{"@value": ...}` the value, of a reference the object."""
        for _ in range(_WRAPPINGS):
            if isinstance(value, str):
                return value
            if isinstance(value, list):
                given = [one for one in value if not is_blank(one)]
                if len(given) > 1:
                    return value
                value = given[0] if given else None
            elif isinstance(value, dict) and "@value" in value:
                value = value["@value"]
            elif isinstance(value, dict) and (whole := _unpack(value)) is not value:
                value = whole
            elif isinstance(value, dict) and set(value) <= REFERENCE and (one := self._find(value.get("@id"))):
                value = one
                self.used.append(one)
            else:
                return value
        return value

    def _find(self, one: Json) -> dict[str, Json] | None:
        return self.objects.get(one) if isinstance(one, str) else None


def is_blank(value: Json) -> bool:
    """Tell whether nothing is said: null, an empty text, an empty list or object, a list of such."""
    if isinstance(value, list):
        return all(map(is_blank, value))
    return not value.strip() if isinstance(value, str) else value is None or value == {}


def _unpack(value: dict[str, Json]) -> dict[str, Json]:
    """Take the fields out of `properties`, as programs write them that read microdata."""
    inner = value.get("properties")
    if not isinstance(inner, dict) or set(inner) & set(value):
        return value
    return {**{name: one for name, one in value.items() if name != "properties"}, **inner}


def types_of(value: Json) -> tuple[str, ...]:
    """List the types of an object, without the address of schema.org."""
    if not isinstance(value, dict):
        return ()
    typed = value.get("@type", value.get("type"))
    found = [one for one in (typed if isinstance(typed, list) else [typed]) if isinstance(one, str)]
    return tuple(_cut_schema(one.strip()) for one in found)


def _cut_schema(name: str) -> str:
    return next((name.removeprefix(begin) for begin in _SCHEMA if name.startswith(begin)), name)


def is_review(value: Json) -> bool:
    """Tell whether an object is a ClaimReview, whole or broken."""
    if not isinstance(value, dict):
        return False
    whole = _unpack(value)
    return "ClaimReview" in types_of(whole) or "claimReviewed" in whole


@dataclass(slots=True)
class Node:
    """An object of which fields are taken.

    Attributes:
        left: the fields that nobody has taken yet; blank ones are left out.
        path: where it stands in its row, such as `itemReviewed.author`; empty for the row itself.
        graph: what it may refer to.
        types: its types.
        said: notes about fields that were taken.
    """

    left: dict[str, Json]
    path: str
    graph: Graph
    types: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)

    def field(self, name: str) -> str:
        """Name a field as the file does."""
        path = f"{self.path}.{name}" if self.path else name
        return self.graph.names.get(path, path)

    def text(self, *names: str) -> str:
        """Take the first of some fields that holds one text; empty where none does."""
        for name in names:
            value = self.graph.unwrap(self.left.get(name))
            if isinstance(value, str):
                wrapped = self.left.pop(name)
                if isinstance(wrapped, dict) and "@language" in wrapped:
                    self.said.append(note(f"{self.field(name)}.@language", wrapped["@language"]))
                return value.strip()
        return ""

    def parts(self, name: str) -> list[Node | str]:
        """Take what a field holds, one thing or a list: objects and texts."""
        value = self.graph.unwrap(self.left.pop(name, None))
        found: list[Node | str] = []
        for one in value if isinstance(value, list) else [value]:
            plain = self.graph.unwrap(one)
            if isinstance(plain, dict):
                found.append(make_node(plain, f"{self.path}.{name}" if self.path else name, self.graph))
            elif isinstance(plain, str) and plain.strip():
                found.append(plain.strip())
            elif not is_blank(plain):
                self.said.append(note(self.field(name), plain))
        return found

    def part(self, name: str) -> Node | str:
        """Take what a field holds where that is one object or text; of several the first, and the others are noted."""
        first, *others = self.parts(name) or [""]
        for one in others:
            self.said.append(note(self.field(name), one.left if isinstance(one, Node) else one))
        return first

    def notes(self, *, within: bool = False) -> Iterator[str]:
        """Write a note for each field that nobody has taken; it is called without its path where `within` its own record.

        The name that an object has within its file only (`#desk`) is none of its fields.
        """
        yield from self.said
        for name, value in self.left.items():
            is_local = name == "@id" and isinstance(value, str) and value.startswith(("#", "_:"))
            if name not in _SYNTAX and not is_local:
                yield note(name if within else self.field(name), value)

    def remarks(self, known: Iterable[str]) -> Iterator[Remark]:
        """Remark on fields that stand twice, and on those that are not known."""
        for name, value in self.left.items():
            said = value if isinstance(value, str) else write_compact(value)
            if name.endswith(DOUBLE):
                yield Remark("double-key", self.field(name.removesuffix(DOUBLE)), said)
            elif name not in _SYNTAX and name not in known:
                yield Remark("field-unknown", self.field(name), said)


def take_language(node: Node) -> str | None:
    """Take the language that an object says it is in, as a tag; what is no tag is left."""
    value = node.graph.unwrap(node.left.get("inLanguage"))
    said = node.graph.unwrap(value.get("alternateName")) if isinstance(value, dict) else value
    tag = read_language(said) if isinstance(said, str) else None
    if tag:
        node.left.pop("inLanguage")
    return tag


def says_nothing(node: Node) -> bool:
    """Tell whether an object has no field but its type."""
    return not (set(node.left) - _SYNTAX or node.said)


def make_node(value: Json, path: str, graph: Graph) -> Node:
    """Make a node of an object; of anything else one without fields."""
    plain = graph.unwrap(value)
    fields = plain if isinstance(plain, dict) else {}
    is_typed = "@type" not in fields and bool(types_of(fields))  # by `type`, as programs write it that read microdata
    left = {name: one for name, one in fields.items() if not is_blank(one) and not (is_typed and name == "type")}
    return Node(left, path, graph, types_of(fields))
