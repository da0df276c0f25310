"""Values on one line: quotation marks only where they are needed, and the fields of `{...}` in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.documents import write_scalar
from generator.edits.order import fields_in_order, model_at
from generator.edits.surgery import Edit, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from generator.documents import Extent, Loc, Node

# What other YAML tools would not read as text: its quotation marks protect it there, and stay.
_GUESSED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+]?[.\d][\d_.,:/TtZz+\-\s]*(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|[=<]<?",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r'\\[^"\\]')
_COLON = re.compile(r"[ \t]*:(?=\s)")


@dataclass(frozen=True, slots=True)
class Values:
    """One YAML text and what was read of it.

    Attributes:
        typed: the text.
        data: its value.
        values: where each value stands.
        keys: where each field's name stands.
        comments: offsets at which comments begin.
        model: the model of a record of the file, or None.
    """

    typed: Typed
    data: Node
    values: Mapping[Loc, Extent]
    keys: Mapping[Loc, Extent]
    comments: tuple[int, ...]
    model: type[BaseModel] | None

    def span(self, extent: Extent) -> tuple[int, int]:
        """Find the offsets of an extent with an end."""
        return self.typed.offset(*extent[:2]), self.typed.offset(*extent[2:])


def tidy_values(values: Values) -> Iterator[Edit]:
    """List the replacements that put values, and the names of fields, into their simplest form."""
    yield from _visit(values, values.data, (), values.typed.text)


def _visit(values: Values, node: Node, loc: Loc, text: str) -> Iterator[Edit]:
    extent = values.values[loc]
    if isinstance(node, str) or (extent[2] and isinstance(node, dict | list)):
        start, end = values.span(extent)
        after = _write(values, node, loc, text, flow=False)
        if after != text[start:end]:
            yield Edit(start, end, after)
    elif isinstance(node, dict):
        for name, value in node.items():
            key = values.keys[*loc, name]
            start, end = values.span(key)
            after = _write_key(name, text, start, end, flow=False)
            if after != text[start:end]:
                yield Edit(start, end, after)
            yield from _visit(values, value, (*loc, name), text)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _visit(values, item, (*loc, index), text)


def _write(values: Values, node: Node, loc: Loc, text: str, *, flow: bool) -> str:
    """Write a scalar, or a list or mapping in brackets."""
    start, end = values.span(values.values[loc])
    typed = text[start:end]
    if isinstance(node, str):
        return _write_text(node, typed, flow=flow)
    if isinstance(node, list):
        return _write_list(values, node, loc, text)
    if isinstance(node, dict):
        return _write_mapping(values, node, loc, text)
    return typed


def _write_list(values: Values, node: list[Node], loc: Loc, text: str) -> str:
    """Write a list in brackets; where one text of it needs quotation marks, those of the others stay."""
    marked = any(isinstance(item, str) and write_scalar(item, flow=True) != item for item in node)
    pieces: list[tuple[int, int, str]] = []
    for index, item in enumerate(node):
        begin, stop = values.span(values.values[*loc, index])
        if isinstance(item, str):
            pieces.append((begin, stop, _write_text(item, text[begin:stop], flow=True, marked=marked)))
        else:
            pieces.append((begin, stop, _write(values, item, (*loc, index), text, flow=True)))
    return _put(text, *values.span(values.values[loc]), pieces)


def _write_mapping(values: Values, node: dict[str, Node], loc: Loc, text: str) -> str:
    start, end = values.span(values.values[loc])
    spans: list[tuple[int, int]] = []
    written: dict[str, str] = {}
    for name, value in node.items():
        key, at = values.span(values.keys[*loc, name]), values.span(values.values[*loc, name])
        name_written = _write_key(name, text, *key, flow=True)
        spans.append((key[0], at[1]))
        written[name] = name_written + text[key[1] : at[0]] + _write(values, value, (*loc, name), text, flow=True)
    names = list(written)
    model = model_at(values.model, loc)
    if model is not None and not any(start < comment < end for comment in values.comments):
        order = {name: rank for rank, name in enumerate(fields_in_order(model))}
        names.sort(key=lambda name: order.get(name, len(order)))
    return _put(text, start, end, [(*span, written[name]) for span, name in zip(spans, names, strict=True)])


def _put(text: str, start: int, end: int, pieces: list[tuple[int, int, str]]) -> str:
    """Write a stretch of the text with pieces of it replaced; the pieces stand in order."""
    written: list[str] = []
    for begin, stop, piece in pieces:
        written += (text[start:begin], piece)
        start = stop
    return "".join((*written, text[start:end]))


def _write_key(name: str, text: str, start: int, end: int, *, flow: bool) -> str:
    """Write the name of a field; `"a":1` keeps its marks, since `a:1` would be something else."""
    typed = text[start:end]
    return _write_text(name, typed, flow=flow, named=True) if _COLON.match(text, end) else typed


def _write_text(value: str, typed: str, *, flow: bool, marked: bool = False, named: bool = False) -> str:
    """Write a text in quotation marks as simply as it can be; any other text stays as it was typed."""
    quoted = typed[:1] in ('"', "'") and "\n" not in typed
    if not quoted or (typed[0] == '"' and _ESCAPE.search(typed.replace("\\\\", ""))):
        return typed
    written = write_scalar(value, flow=flow)
    if written == value and (marked or (not named and _GUESSED.fullmatch(value))):
        return typed if set(typed) & {'"', "\\"} else f'"{value}"'
    return written
