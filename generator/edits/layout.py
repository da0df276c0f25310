"""Fields typed line by line are put in order; comments go with what they stand above or behind, and blank lines are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.edits.lines import Scalar, find_scalars, last_lines
from generator.edits.order import fields_in_order, model_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from generator.documents import Extent, Loc, Node
    from generator.edits.surgery import Typed


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text.

    Attributes:
        text: the line without its end.
        kept: whether it is inside a text of several lines, where blanks have a meaning.
        bound: whether blanks at its end have one.
        greedy: whether a blank line below it would become part of its text.
    """

    text: str
    kept: bool = False
    bound: bool = False
    greedy: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.kept and not self.text.strip()

    @property
    def comment(self) -> bool:
        """Whether it holds only a comment."""
        return not self.kept and self.text.lstrip(" \t").startswith("#")

    @property
    def indent(self) -> int:
        """How many characters stand before its first word."""
        return len(self.text) - len(self.text.lstrip(" \t"))


def _rows(typed: Typed, scalars: Iterable[Scalar]) -> tuple[Row, ...]:
    lines = typed.text.split("\n")
    kept, bound, greedy = set[int](), set[int](), set[int]()
    for scalar in scalars:
        kept.update(range(scalar.first + 1, scalar.last + 1))
        if scalar.greedy:
            greedy.update(range(scalar.first, scalar.last + 1))
        if scalar.block:
            bound.update(range(scalar.first + 1, scalar.last + 1))
        elif typed.text.startswith('"', scalar.start):  # a backslash may stand before the blank
            bound.update(range(scalar.first, scalar.last))
    return tuple(Row(line, number in kept, number in bound, number in greedy) for number, line in enumerate(lines))


class _Layout:
    """Puts the lines of one YAML text in order."""

    def __init__(
        self,
        typed: Typed,
        data: Node,
        values: Mapping[Loc, Extent],
        keys: Mapping[Loc, Extent],
        model: type[BaseModel] | None,
    ) -> None:
        scalars = find_scalars(typed, data, values, keys)
        self.rows = _rows(typed, scalars)
        self.last = last_lines(scalars, values)
        self.values = values
        self.keys = keys
        self.model = model

    def block(self, node: Node, loc: Loc, top: int, bottom: int) -> Iterator[Row]:
        """Give the lines from `top` to before `bottom`, which hold one value, in their new order."""
        typed_in_lines = loc in self.values and not self.values[loc][2]
        if typed_in_lines and isinstance(node, dict) and node:
            return self.mapping(node, loc, top, bottom)
        if typed_in_lines and isinstance(node, list) and node:
            return self.sequence(node, loc, top, bottom)
        return iter(self.rows[top:bottom])

    def begin(self, line: int, column: int, floor: int) -> int:
        """Find where what begins on a line begins with the comments and blank lines above it, as far as they are its own.

        A comment that is indented deeper belongs to what stands above.
        """
        while line > floor:
            above = self.rows[line - 1]
            if not (above.blank or (above.comment and above.indent <= column)):
                break
            line -= 1
        return line

    def sequence(self, node: list[Node], loc: Loc, top: int, bottom: int) -> Iterator[Row]:
        dashes = [self.dash((*loc, index)) for index in range(len(node))]
        column = self.values[loc][1] - 1
        begins = [dashes[0]]
        for index, dash in enumerate(dashes[1:]):
            begins.append(self.begin(dash, column, self.last[*loc, index] + 1))
        yield from self.rows[top : begins[0]]
        for index, item in enumerate(node):
            end = begins[index + 1] if index + 1 < len(node) else bottom
            if not loc and index:
                yield from self.apart(node, index, begins[index], dashes[index])
            else:
                yield from self.rows[begins[index] : dashes[index]]
            yield from self.inner(item, (*loc, index), dashes[index], end)

    def apart(self, node: list[Node], index: int, begin: int, dash: int) -> Iterator[Row]:
        """Put one blank line before a record and its comments; short ones of one line each may stand close together."""
        above = self.rows[begin:dash]
        short = all(self.values[at,][2] for at in (index - 1, index) if isinstance(node[at], dict))
        if not short and not any(row.blank for row in above):
            yield Row("")
        yield from above

    def dash(self, loc: Loc) -> int:
        """Find the line of a list item's hyphen, which may stand above the item."""
        line, column = self.values[loc][0] - 1, self.values[loc][1] - 1
        if not self.rows[line].text[:column].rstrip().endswith("-"):
            while line and (self.rows[line].kept or not self.rows[line].text.lstrip(" ").startswith("-")):
                line -= 1
        return line

    def inner(self, node: Node, loc: Loc, line: int, bottom: int) -> Iterator[Row]:
        """Give the lines of a field or list item that begins on a line, with what is in it put in order."""
        begins = line if self.values[loc][0] - 1 == line else line + 1
        yield from self.rows[line:begins]
        yield from self.block(node, loc, begins, bottom)

    def mapping(self, node: dict[str, Node], loc: Loc, top: int, bottom: int) -> Iterator[Row]:
        names = list(node)
        heads = [self.keys[*loc, name][0] - 1 for name in names]
        column = self.keys[*loc, names[0]][1] - 1
        prefix = self.rows[heads[0]].text[:column]
        begins = [self.begin(heads[0], column, top) if loc and not prefix.strip() else heads[0]]
        for before, head in zip(names, heads[1:], strict=False):
            begins.append(self.begin(head, column, self.last[*loc, before] + 1))
        end = max(self.last[loc] + 1, heads[-1] + 1)
        stops = [*begins[1:], end]
        bodies = {
            name: tuple(self.inner(node[name], (*loc, name), head, stop))
            for name, head, stop in zip(names, heads, stops, strict=True)
        }
        above = {name: self.rows[begin:head] for name, begin, head in zip(names, begins, heads, strict=True)}
        ordered = self.order(names, loc) if not prefix.strip("- ") else names
        yield from self.rows[top : begins[0]]
        yield from _put(ordered, above, bodies, prefix, first=names[0])
        yield from self.rows[end:bottom]

    def order(self, names: Sequence[str], loc: Loc) -> Sequence[str]:
        model = model_at(self.model, loc)
        if model is None:
            return names
        rank = {name: at for at, name in enumerate(fields_in_order(model))}
        return sorted(names, key=lambda name: rank.get(name, len(rank)))


def _put(
    names: Sequence[str],
    above: Mapping[str, Sequence[Row]],
    bodies: Mapping[str, Sequence[Row]],
    prefix: str,
    *,
    first: str,
) -> Iterator[Row]:
    """Give the fields of a mapping in a new order; the hyphen before the first one stays before the first one."""
    for name in names:
        rows = list(above[name])
        head, *rest = bodies[name]
        if name == names[0] != first:
            while rows and rows[0].blank:
                del rows[0]
            if prefix.strip():
                rows = [Row(" " * prefix.index("-") + row.text.strip()) if row.comment else row for row in rows]
        if name in (names[0], first):
            start = prefix if name == names[0] else " " * len(prefix)
            head = replace(head, text=start + head.text[len(prefix) :])
        yield from (*rows, head, *rest)


def lay_out(
    typed: Typed,
    data: Node,
    values: Mapping[Loc, Extent],
    keys: Mapping[Loc, Extent],
    model: type[BaseModel] | None,
) -> str:
    r"""Put the fields of a YAML text in order and its blank lines and line ends in form.

    Args:
        typed: the text, with the line end `\n`.
        data: what it says.
        values: where each value stands.
        keys: where the name of each field stands.
        model: the model of its records; None where the order is left as it is.

    Returns:
        The new text: fields in the order of the model, one blank line between records, never two in a row, no white
        space at the end of a line, one line end at the end.
    """
    layout = _Layout(typed, data, values, keys, model)
    rows: list[Row] = []
    for row in layout.block(data, (), 0, len(layout.rows)):
        if not (row.blank and (not rows or rows[-1].blank or rows[-1].greedy)):
            rows.append(row)
    while rows and rows[-1].blank:
        rows.pop()
    return "\n".join(row.text if row.bound else row.text.rstrip(" \t") for row in rows) + "\n"
