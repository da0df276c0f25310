"""What is kept: files, records and units, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.reads import Seen

UnitName: TypeAlias = tuple[str, str]
"""Name and key of a unit: `("claim", "bridge-closed")` is the page of that claim, `("check claim", ...)` its rules."""


PageRow: TypeAlias = tuple[str, str, str, str, str]
"""A page of the site: path, name and key of its unit, what the file system says of its two files, digest of its HTML."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file below `content/` as it was read.

    Attributes:
        path: POSIX path relative to the project's root.
        signature: what the file system says of it; see `signature`.
        digest: SHA-256 of its bytes.
        frame: all of it but its fields and its text, as JSON: where they stand; see `documents.stored`.
    """

    path: str
    signature: str
    digest: str
    frame: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as it was typed.

    Attributes:
        kind: source, entity, claim, event or topic.
        id: its id.
        place: its position in a file that holds a list; -1 where the file is the record.
        node: its fields as JSON, as typed: where the file is the record, without its id.
        text: SHA-256 of the text that is stored below the fields; empty where there is none.
        references: what it refers to, each once: kind, id and role.
    """

    kind: str
    id: str
    place: int
    node: str
    text: str = ""
    references: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that is made in one go, with what it read.

    Attributes:
        name: name and key.
        outcome: what came of it, as plain data.
        seen: the facts that were read, with their parts.
    """

    name: UnitName
    outcome: Any
    seen: Seen = field(default_factory=dict)


_NEXT, _WITHIN = "\x1e", "\x1f"  # separators of records and of units, which no content may hold, other than tabs


def write_seen(seen: Seen) -> str:
    """Write down what was read in one short text: of very many units all of it has to be remembered for a while."""
    return _NEXT.join(f"{kind}{_WITHIN}{one}{_WITHIN}{parts}" for (kind, one), parts in seen.items())


def read_seen(written: str) -> Seen:
    """Read what `write_seen` wrote."""
    notes = (note.split(_WITHIN) for note in written.split(_NEXT)) if written else ()
    return {(kind, one): int(parts) for kind, one, parts in notes}
