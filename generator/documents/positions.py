"""Where the values and keys of a document stand, kept as two numbers each until somebody asks."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.documents.nodes import Extent, Loc, Node, Spot

_SMALL = 0xFFFF
_OFTEN = 200
Places = tuple[Mapping["Loc", "Extent"], Mapping["Loc", "Extent"]]


def pack(numbers: list[int]) -> array[int]:
    """Keep numbers that are not negative in as little room as they need."""
    return array("H" if not numbers or max(numbers) <= _SMALL else "I", numbers)


def begins_of(text: str) -> list[int]:
    """List the indexes at which the lines of a text begin."""
    return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))


def count_slots(node: Node) -> int:
    """Count the places of a value: its own, and those of all keys and values in it."""
    if not isinstance(node, dict | list):
        return 1
    items = node.values() if isinstance(node, dict) else node
    inner = [count_slots(item) for item in items if isinstance(item, dict | list)]  # a text has one place, as most have
    return 1 + len(node) * (1 + isinstance(node, dict)) - len(inner) + sum(inner)


class Positions:
    """The places of all values and keys of a YAML text in which nothing is wrong.

    The numbers are indexes in the text, begin and end of each place: of a value, then of what is in it, in the order of
    typing, each key in front of its value. An end of 0 stands for one that is not known.
    """

    def __init__(self, nodes: Node, marks: array[int], begins: array[int], first_line: int) -> None:
        """Take what a reader of YAML has noted.

        Args:
            nodes: the value.
            marks: begin and end of each place.
            begins: the indexes at which the lines of the text begin.
            first_line: the 1-based line of the file on which the text starts.
        """
        self.nodes = nodes
        self.marks = marks
        self.begins = begins
        self.first_line = first_line
        self._asked = 0

    @classmethod
    def of(cls, nodes: Node, places: Places, text: str, first_line: int) -> Positions:
        """Keep places that are known as lines and columns.

        Args:
            nodes: the value.
            places: those of values and of keys.
            text: the YAML text.
            first_line: the 1-based line of the file on which it starts.
        """
        values, keys = places
        begins = begins_of(text)
        known = cls(nodes, pack([]), pack(begins), first_line)
        marks: list[int] = []
        for loc, _ in known.walk():
            for line, column, end_line, end_column in [*([keys[loc]] if _is_field(loc) else ()), values[loc]]:
                marks += (
                    begins[line - first_line] + column - 1,
                    begins[end_line - first_line] + end_column - 1 if end_line else 0,
                )
        return cls(nodes, pack(marks), known.begins, first_line)

    def _spot(self, index: int) -> Spot:
        line = bisect_right(self.begins, index) - 1
        return line + self.first_line, index - self.begins[line] + 1

    def extent(self, slot: int) -> Extent:
        """Give the place in a slot."""
        begin, end = self.marks[2 * slot], self.marks[2 * slot + 1]
        return (*self._spot(begin), *(self._spot(end) if end else (0, 0)))

    @cached_property
    def _records(self) -> list[int]:
        """The slots of the items of a list that is the whole text: what is asked for stands in one of them."""
        return [1, *accumulate(map(count_slots, self.nodes), initial=1)][1:] if isinstance(self.nodes, list) else []

    @cached_property
    def _slots(self) -> Mapping[Loc, int]:
        return dict(self.walk())

    def find(self, loc: Loc) -> int | None:
        """Find the slot of the value at a path; None where there is none."""
        self._asked += 1
        if self._asked > _OFTEN:  # very much is wrong here: going through all of it again and again would take minutes
            return self._slots.get(loc)
        node, slot, path = self.nodes, 0, loc
        if loc and isinstance(node, list):
            first = loc[0]
            if not isinstance(first, int) or not 0 <= first < len(node):
                return None
            node, slot, path = node[first], self._records[first], loc[1:]
        for step in path:
            if isinstance(node, dict) and isinstance(step, str) and step in node:
                slot += 2
                for name, value in node.items():
                    if name == step:
                        break
                    slot += 1 + count_slots(value)
                node = node[step]
            elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
                slot += 1 + sum(map(count_slots, node[:step]))
                node = node[step]
            else:
                return None
        return slot

    def walk(self) -> Iterator[tuple[Loc, int]]:
        """List the paths of all values with their slots, in the order of typing."""
        yield from _walk(self.nodes, (), 0)


def _walk(node: Node, loc: Loc, slot: int) -> Iterator[tuple[Loc, int]]:
    yield loc, slot
    slot += 1
    for step, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        slot += isinstance(node, dict)
        last = slot
        for inner, last in _walk(value, (*loc, step), slot):
            yield inner, last
        slot = last + 1


class Values(Mapping["Loc", "Extent"]):
    """The places of values by their paths."""

    def __init__(self, positions: Positions) -> None:
        """Show these positions."""
        self.positions = positions

    def __getitem__(self, loc: Loc) -> Extent:
        """Give the place of a value.

        Raises:
            KeyError: there is no such value.
        """
        slot = self.positions.find(loc)
        if slot is None:
            raise KeyError(loc)
        return self.positions.extent(slot)

    def __contains__(self, loc: object) -> bool:
        """Tell whether there is such a value."""
        return isinstance(loc, tuple) and self.positions.find(loc) is not None

    def __iter__(self) -> Iterator[Loc]:
        """List the paths in the order of typing."""
        return (loc for loc, _ in self.positions.walk())

    def __len__(self) -> int:
        """Count the values."""
        return sum(1 for _ in self)


class Keys(Mapping["Loc", "Extent"]):
    """The places of the names of fields by the paths of their values."""

    def __init__(self, positions: Positions) -> None:
        """Show these positions."""
        self.positions = positions

    def __getitem__(self, loc: Loc) -> Extent:
        """Give the place of the name of a field.

        Raises:
            KeyError: there is no such field.
        """
        slot = self.positions.find(loc) if _is_field(loc) else None
        if slot is None:
            raise KeyError(loc)
        return self.positions.extent(slot - 1)

    def __contains__(self, loc: object) -> bool:
        """Tell whether there is such a field."""
        return isinstance(loc, tuple) and _is_field(loc) and self.positions.find(loc) is not None

    def __iter__(self) -> Iterator[Loc]:
        """List the paths in the order of typing."""
        return (loc for loc, _ in self.positions.walk() if _is_field(loc))

    def __len__(self) -> int:
        """Count the fields."""
        return sum(1 for _ in self)


def _is_field(loc: Loc) -> bool:
    return bool(loc) and isinstance(loc[-1], str)
