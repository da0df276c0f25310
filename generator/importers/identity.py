"""What is there already: the records that were imported before, and those that an editor typed of the same thing.

It is read from the files as they stand, not from the records made of them, so that a record with a mistake in it is known too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias, get_args

from generator.importers.naming import fold_name
from generator.importers.notes import count_hidden, drop_hidden, write_notes
from generator.importers.rows import DraftKind
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.documents import Document, Node
    from generator.importers.rows import Draft, Handle

Ident: TypeAlias = tuple[DraftKind, str]
"""What tells a record apart within a format: its kind, and its key as it is stored."""

_KINDS: Mapping[str, DraftKind] = {FOLDERS[kind]: kind for kind in get_args(DraftKind)}
_LONGEST_KEY = 300
_SHOWN = 200
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Present:
    """A record that is there.

    Attributes:
        id: its id.
        fields: as typed.
    """

    id: str
    fields: Mapping[str, Node]

    @property
    def digest(self) -> str:
        """What its row said when it was imported; empty where that is not known."""
        mark = self.fields.get("imported")
        digest = mark.get("digest") if isinstance(mark, dict) else None
        return digest if isinstance(digest, str) else ""

    def has_note(self, note: str) -> bool:
        """Tell whether it holds a note, in however many parts."""
        notes = _as_list(self.fields.get("notes"))
        return all(piece in notes for piece in write_notes((note,)))

    def says(self, name: str, value: Node) -> bool:
        """Tell whether a field has a value; one value is a list of one."""
        return name in self.fields and _as_list(self.fields[name]) == _as_list(value)


def _as_list(node: Node) -> list[Node]:
    """Give a list as it is, and one value as a list of one."""
    return node if isinstance(node, list) else [node] if node is not None else []


@dataclass(frozen=True, slots=True)
class Library:
    """The records that are there, by what can tell that one is the same.

    Attributes:
        imported: by format and ident.
        ids: by kind and id.
        sources: by address.
        entities: by type and folded name.
        items: entities by their number in Wikidata.
        claims: ids by their folded words.
        taken: ids by kind, earlier ones among them.
        unread: files of records that cannot be read: what was imported is not known then.
    """

    imported: dict[tuple[str, Ident], Present] = field(default_factory=dict)
    ids: dict[Ident, Present] = field(default_factory=dict)
    sources: dict[str, Present] = field(default_factory=dict)
    entities: dict[str, Present] = field(default_factory=dict)
    items: dict[str, Present] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    taken: dict[DraftKind, set[str]] = field(default_factory=lambda: {kind: set() for kind in get_args(DraftKind)})
    unread: list[str] = field(default_factory=list)


@lru_cache(maxsize=1 << 15)  # each draft and each handle asks
def stored_key(key: str) -> str:
    """Give a key as it can be typed in one line: as it is, or shortened with a hash of the whole behind it."""
    plain = " ".join(drop_hidden(key).split())
    if plain == key and 0 < len(key) <= _LONGEST_KEY and any(map(str.isalnum, key)) and not count_hidden(key):
        return key
    whole = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{plain[:_SHOWN]} sha256:{whole}".strip()


def short_digest(digest: str) -> str:
    """Give the digest of a row as it is stored."""
    return digest[:_DIGEST]


def name_key(type_: str, name: str) -> str:
    """Give the key of an entity: its type and its folded name."""
    return stored_key(f"{type_}: {fold_name(name)}")


def ident_of(draft: Draft) -> Ident:
    """Tell a draft apart."""
    type_ = draft.fields.get("type")
    key = name_key(str(type_ or ""), draft.key) if draft.kind == "entity" else stored_key(draft.key)
    return draft.kind, key


def ident_of_handle(handle: Handle) -> Ident:
    """Tell apart what a handle stands for."""
    key = name_key(handle.type, handle.key) if handle.kind == "entity" else stored_key(handle.key)
    return handle.kind, key


def _records(document: Document) -> Iterator[tuple[str, Mapping[str, Node]]]:
    data = document.data
    if isinstance(data, dict):
        yield PurePosixPath(document.path).stem, data
    elif isinstance(data, list):
        yield from (("", item) for item in data if isinstance(item, dict))


def read_library(documents: Iterable[Document]) -> Library:
    """Read what is there; of two records with one mark the first counts.

    Args:
        documents: the files below `content/`.
    """
    library = Library()
    other_names: list[tuple[str, Present]] = []
    for document in documents:
        parts = PurePosixPath(document.path).parts[1:]
        kind = _KINDS.get(parts[0]) if len(parts) > 1 else None
        if kind is None:
            continue
        if document.data is None:
            library.unread.append(document.path)
        for stem, fields in _records(document):
            one = fields.get("id", stem)
            if isinstance(one, str) and one:
                other_names += _note(library, kind, Present(one, fields))
    for name, present in other_names:
        library.entities.setdefault(name, present)
    return library


def _note(library: Library, kind: DraftKind, present: Present) -> Iterator[tuple[str, Present]]:
    """Note a record; give the names in other languages, which count only where no other entity has them for its own."""
    fields = present.fields
    earlier = _as_list(fields.get("was"))
    library.taken[kind] |= {present.id, *(one for one in earlier if isinstance(one, str))}
    library.ids.setdefault((kind, present.id), present)
    mark = fields.get("imported")
    if isinstance(mark, dict) and isinstance(mark.get("key"), str) and isinstance(mark.get("format"), str):
        library.imported.setdefault((str(mark["format"]), (kind, str(mark["key"]))), present)
    if kind == "source" and isinstance(fields.get("url"), str):
        library.sources.setdefault(str(fields["url"]), present)
    if kind == "claim" and isinstance(fields.get("says"), str):
        library.claims.setdefault(fold_name(str(fields["says"])), present.id)
    if kind == "entity":
        type_, names = str(fields.get("type")), fields.get("names")
        library.entities.setdefault(name_key(type_, str(fields.get("name"))), present)
        library.items.setdefault(str(fields.get("wikidata", "")), present)
        for name in names.values() if isinstance(names, dict) else ():
            yield name_key(type_, str(name)), present
