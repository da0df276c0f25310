"""What the records of a site are called, before any is understood: their ids, and the names that people go by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.documents import Document, Node

_NAMED = ("name", "title")


@dataclass(frozen=True, slots=True)
class Known:
    """Ids and names as typed.

    Attributes:
        ids: all ids, of every kind.
        names: the id of what goes by a name or title; of two with one name, the first.
    """

    ids: frozenset[str]
    names: Mapping[str, str]

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
    for document in documents:
        if document.path.count("/") <= 1:  # settings, vocabulary, corrections
            continue
        for node in _records(document):
            one = node.get("id")
            if not isinstance(one, str):
                continue
            ids.add(one)
            others = node.get("names")
            called = [node.get(field) for field in _NAMED]
            called += others.values() if isinstance(others, dict) else ()
            for name in called:
                if isinstance(name, str):
                    names.setdefault(_fold(name), one)
    return Known(frozenset(ids), names)
