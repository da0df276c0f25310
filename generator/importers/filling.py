"""Drafts become the fields of records: ids for handles, one record for several drafts, nothing dropped in silence."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.edits.order import fields_in_order, model_at
from generator.importers.notes import as_note, count_hidden, drop_hidden, field_of, show_hidden, write_notes
from generator.importers.rows import Handle, Remark
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from generator.documents import Node
    from generator.importers.identity import Present
    from generator.importers.rows import Draft, DraftKind, Row, Value

    GiveId = Callable[[Handle], str]

_SET_BY_US: Mapping[DraftKind, frozenset[str]] = MappingProxyType(
    {
        "source": frozenset({"accessed", "stored", "publish", "genre", "summary", "url", "outlet"}),
        "entity": frozenset({"type", "name"}),
        "claim": frozenset({"seen", "verdict", "kind"}),
        "event": frozenset({"rests_on", "phase"}),
    }
)
"""Fields that the import sets, or by which the record was found: of a record that is there they say nothing new."""


def as_plain(value: Value, give_id: GiveId) -> Node:
    """Write a value with ids for its handles; what is blank is left out."""
    if isinstance(value, Handle):
        return give_id(value)
    if isinstance(value, list):
        return [node for one in value if not is_blank(node := as_plain(one, give_id))]
    if isinstance(value, dict):
        return {name: node for name, one in value.items() if not is_blank(node := as_plain(one, give_id))}
    return value


def is_blank(value: Value | Node) -> bool:
    """Tell whether there is nothing in a value."""
    return value is None or value in ("", [], {})


@lru_cache(maxsize=1 << 10)
def _ranks(model: type[BaseModel]) -> Mapping[str, int]:
    return {name: rank for rank, name in enumerate(fields_in_order(model))}


@lru_cache(maxsize=1 << 10)
def _model_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    return model_at(model, (name,))


def put_in_order(node: Node, model: type[BaseModel] | None) -> Node:
    """Put the fields of a record, and of its parts, in the order of the model; what it does not know comes last."""
    if isinstance(node, list):
        return [put_in_order(one, model) for one in node]
    if not isinstance(node, dict) or model is None:
        return node
    ranks = _ranks(model)
    names = sorted(node, key=lambda name: ranks.get(name, len(ranks)))  # stable: others stay as they come
    return {name: put_in_order(node[name], _model_of(model, name)) for name in names}


class _Cleaner:
    """Leaves characters out that no content holds, and notes what stood there."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.remarks: list[Remark] = []

    def clean(self, node: Node, path: str) -> Node:
        if isinstance(node, str):
            if not count_hidden(node):
                return drop_hidden(node)  # line ends become plain
            self.notes.append(as_note(path, show_hidden(node)))
            self.remarks.append(Remark("control-characters", path, node))
            return drop_hidden(node).strip()
        if isinstance(node, list):
            return [self.clean(one, path) for one in node]
        if isinstance(node, dict):
            return {drop_hidden(name): self.clean(one, f"{path}.{name}") for name, one in node.items()}
        return node


def fill(
    drafts: Sequence[tuple[int, Draft]], more_notes: Iterable[str], mark: Mapping[str, Node], give_id: GiveId
) -> tuple[dict[str, Node], tuple[Remark, ...]]:
    """Make the fields of a record, without its id, from all its drafts.

    Args:
        drafts: its drafts with the numbers of their rows. What the first one says is taken; what a later one says
            beside it is added, and what it says against it is noted.
        more_notes: notes that come from elsewhere.
        mark: what `imported` is to hold.
        give_id: gives the id that stands for a handle.

    Returns:
        The fields in the order of the model, and what is to be remarked.
    """
    kind = drafts[0][1].kind
    fields: dict[str, Node] = {}
    notes: list[str] = []
    cleaner = _Cleaner()
    for number, draft in drafts:
        named: Mapping[str, Value] = {"name": draft.key} if kind == "entity" else {}
        for name, value in {**named, **draft.fields}.items():
            node = as_plain(value, give_id)
            if is_blank(node):
                continue
            if name not in fields:
                fields[name] = node
            elif fields[name] != node and name not in _SET_BY_US[kind]:
                notes.append(as_note(f"{name} (row {number})", node))
                cleaner.remarks.append(Remark("differs", name, notes[-1].partition(": ")[2]))
        notes += draft.notes
    cleaner.remarks += [Remark("control-characters", field_of(note), note) for note in notes if count_hidden(note)]
    cleaned = {name: cleaner.clean(value, name) for name, value in fields.items()}
    ordered = put_in_order(cleaned, KINDS[kind])
    whole = dict(ordered) if isinstance(ordered, dict) else {}
    written = write_notes((*notes, *cleaner.notes, *more_notes))
    return {**whole, **({"notes": written} if written else {}), "imported": dict(mark)}, tuple(cleaner.remarks)


def list_news(draft: Draft, present: Present, give_id: GiveId) -> Iterator[tuple[str, str]]:
    """List what a draft says that the record which is there does not: names of fields, or of notes, with what they say."""
    for name, value in draft.fields.items():
        node = as_plain(value, give_id)
        if not is_blank(node) and name not in _SET_BY_US[draft.kind] and not present.says(name, node):
            yield name, as_note(name, node).partition(": ")[2]
    for note in draft.notes:
        if not present.has_note(note):
            field = field_of(note)
            yield field, note[len(field) + 2 :] if field else note


def show_row(row: Row) -> str:
    """Give a row as it stood, as one line; where its reader has not kept that, what it made of it."""
    if row.raw or not row.drafts:
        return row.raw
    draft = row.drafts[0]
    return as_note("", {**{n: as_plain(v, lambda h: h.key) for n, v in draft.fields.items()}, "notes": [*draft.notes]})[
        2:
    ]
