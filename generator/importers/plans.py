"""What an import comes to: what becomes of each row, and the new records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.documents import Node
    from generator.importers.rows import DraftKind, Remark, Row

Outcome: TypeAlias = Literal["written", "already-there", "changed-since", "duplicate", "kept-back", "blank"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""What can become of a row; each row has exactly one of them."""


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of a row.

    Attributes:
        row: the row.
        outcome: what becomes of it.
        reason: why it is kept back, of which row it is a duplicate, or what has changed, as a sentence; else empty.
        records: the records that it stands in, as `claim:bridge`: its own first, then those that it brings.
        remarks: what its editor should know.
    """

    row: Row
    outcome: Outcome
    reason: str = ""
    records: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A new record.

    Attributes:
        kind: what it is.
        id: its id.
        fields: all its fields but the id, in the order of the model.
        text: of a source, its stored text as Markdown; else empty.
        own: whether it is a row's own record, rather than what such a record needs.
        rows: the numbers of the rows that need it, in the order of the file.
    """

    kind: DraftKind
    id: str
    fields: Mapping[str, Node]
    text: str
    own: bool
    rows: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its name among the records of all kinds."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import comes to.

    Attributes:
        items: what becomes of each row, in the order of the file.
        records: the new records, kind by kind.
    """

    items: tuple[Item, ...]
    records: tuple[Placed, ...]
