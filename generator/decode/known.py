"""What the records of a site are called, before any is understood: their ids, and the names that people go by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.documents import Document, Node

_NAMED = ("name", "title")
_FOLDER_OF: Mapping[str, str] = MappingProxyType(
    {
        field: folder
        for folder, fields in (
            ("entities", "chain chains who claimed about speaker outlet involves parties speaks_for owned_by where"),
            ("sources", "in source reprints"),
            ("claims", "claim after content superseded_by outcome implies claims lead rests_on contradicts"),
            ("topics", "topics"),
        )
        for field in fields.split()
    }
)
"""The folder of the records that a field names, where that is always the same."""


@dataclass(frozen=True, slots=True)
class Known:
    """Ids and names as typed.

    Attributes:
        ids: all ids, of every kind.
        names: the id of what goes by a name or title; of two with one name, the first.
        folders: the folders in which records with an id live.
    """

    ids: frozenset[str]
    names: Mapping[str, str]
    folders: Mapping[str, frozenset[str]]

    def fit(self, field: str) -> Known:
        """Keep what may stand in a field: no claim where a person belongs."""
        folder = _FOLDER_OF.get(field)
        if folder is None:
            return self
        ids = frozenset(one for one in self.ids if folder in self.folders.get(one, frozenset()))
        return Known(ids, {name: one for name, one in self.names.items() if one in ids}, self.folders)

    def find(self, name: str) -> str | None:
        """Find the id of what goes by this name, whatever its capitals and articles."""
        return self.names.get(_fold(name))


def _fold(name: str) -> str:
    return " ".join(quotations.fold(name).text.casefold().split()).removeprefix("the ").strip(" .,;\"'")


def _records(document: Document) -> Iterator[dict[str, Node]]:
    data = document.data
    if isinstance(data, dict):
        yield {"id": PurePosixPath(document.path).stem, **data}
    elif isinstance(data, list):
        yield from (item for item in data if isinstance(item, dict))


def read_known(documents: Iterable[Document]) -> Known:
    """Gather the ids and names of all records."""
    ids: set[str] = set()
    names: dict[str, str] = {}
    folders: dict[str, frozenset[str]] = {}
    for document in documents:
        if document.path.count("/") <= 1:  # settings, vocabulary, corrections
            continue
        for node in _records(document):
            one = node.get("id")
            if not isinstance(one, str):
                continue
            ids.add(one)
            folders[one] = folders.get(one, frozenset()) | {document.path.split("/")[1]}
            others = node.get("names")
            called = [node.get(field) for field in _NAMED]
            called += others.values() if isinstance(others, dict) else ()
            for name in called:
                if isinstance(name, str):
                    names.setdefault(_fold(name), one)
    return Known(frozenset(ids), names, folders)
