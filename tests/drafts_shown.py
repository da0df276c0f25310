"""What a reader gave, written for people: each row with its drafts as YAML, handles as `@kind name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.importers.rows import Handle
from generator.scaffold.writing import write_fields

if TYPE_CHECKING:
    from generator.documents import Node
    from generator.importers.rows import Draft, Reading, Value


def show(reading: Reading) -> str:
    """Write a reading down, without the digests and the raw rows, which other tests look at."""
    if reading.problem:
        return f"problem: {reading.problem}\n"
    pieces = [f"> {one}\n" for one in reading.said]
    for row in reading.rows:
        pieces.append(f"\n=== {row.number}  {row.at}\n")
        pieces += [f"kept back: {row.kept_back}\n"] if row.kept_back else []
        pieces += ["blank\n"] if row.is_blank else []
        pieces += [f"! {one.code}  {one.field}  {one.value[:80]!r}\n" for one in row.remarks]
        pieces += [_show_draft(draft) for draft in row.drafts]
    return "".join(pieces)


def seen_of(draft: Draft) -> list[dict[str, Value]]:
    """Give the citations of a claim."""
    found = draft.fields["seen"]
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, dict)]


def _show_draft(draft: Draft) -> str:
    fields: dict[str, Node] = {name: _plain(value) for name, value in draft.fields.items()}
    notes: dict[str, Node] = {"notes": [*draft.notes]} if draft.notes else {}
    head = f"--- {draft.kind} {draft.key}" + (f"  wishes for {draft.wish}" if draft.wish else "")
    return f"{head}\n{write_fields({**fields, **notes})}"


def _plain(value: Value) -> Node:
    if isinstance(value, Handle):
        return f"@{value.type or value.kind} {value.key}"
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, dict) else value
