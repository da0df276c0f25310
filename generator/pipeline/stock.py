"""The library as the state keeps it: records are read when somebody asks for them."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from generator.decode import Located
from generator.dialect import read_text
from generator.documents.stored import from_data
from generator.link import Library, Reference, find_rivals
from generator.reads import OnDemand
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.decode import Decoded
    from generator.dialect import StoredText
    from generator.documents import Document
    from generator.records import Claim, Entity, Event, Record, Source, Topic
    from generator.state import State

_Key = tuple[str, str]


def with_id(node: dict[str, Any], path: str, place: int) -> dict[str, Any]:
    """Give a record its id where the file's name is the id."""
    return {"id": PurePosixPath(path).stem, **node} if place < 0 else node


class Stock:
    """Reads records from a state.

    Args:
        state: what the last sound build knew.
        read: gives the bytes of a file by its path; it is as it was when the state was written.
        texts: stored texts kept outside `content/`, by source id.
    """

    def __init__(self, state: State, read: Callable[[str], bytes], texts: Mapping[str, Document]) -> None:
        self._state = state
        self._read = read
        self._texts = texts
        self._frames: dict[str, Document] = {}
        self._ids: dict[str, tuple[str, ...]] = {}

    def ids(self, kind: str) -> tuple[str, ...]:
        """List the records of a kind in reading order."""
        if kind not in self._ids:
            self._ids[kind] = self._state.ids(kind)
        return self._ids[kind]

    def count(self, kind: str) -> int:
        """Count the records of a kind."""
        return len(self._ids[kind]) if kind in self._ids else self._state.count(kind)

    def document(self, path: str) -> Document:
        """Give a file as it was parsed."""
        if path not in self._frames:
            frame = json.loads(self._state.frame(path))
            rows = self._state.records_of(path)
            nodes = [json.loads(row.node) for row in rows]
            frame["nodes"] = nodes[0] if rows and rows[0].place < 0 else nodes
            self._frames[path] = from_data(path, lambda: self._read(path), frame)
        return self._frames[path]

    def find(self, kind: str, one: str) -> Record:
        """Give a record.

        Raises:
            KeyError: there is none.
        """
        row = self._state.record(kind, one)
        if row is None:
            raise KeyError(one)
        path, place, node = row
        return KINDS[kind].model_validate(with_id(json.loads(node), path, place))

    def locate(self, kind: str, one: str, record: Record) -> Located:
        """Give a record with its place."""
        row = self._state.record(kind, one)
        if row is None:
            raise KeyError(one)
        path, place, _ = row
        return Located(kind, record, self.document(path), () if place < 0 else (place,))

    def text(self, one: str) -> StoredText:
        """Give the stored text of a source.

        Raises:
            KeyError: there is none.
        """
        document = self.text_file(one)
        return read_text(document.body or "", document.body_line)

    def text_file(self, one: str) -> Document:
        """Give the file in which the text of a source stands.

        Raises:
            KeyError: there is none.
        """
        row = self._state.text_of(one)
        if row is None:
            raise KeyError(one)
        path, digest = row
        if digest:
            return self.document(path)
        if one in self._texts and (self._texts[one].body or "").strip():
            return self._texts[one]
        raise KeyError(one)

    def references_to(self, key: _Key) -> tuple[Reference, ...]:
        """List who refers to a record."""
        return tuple(Reference(*mention) for mention in self._state.mentions_of(*key))

    def texts(self) -> Iterator[str]:
        """List the sources that have a stored text."""
        with_own = set(self._state.texts())
        return (one for one in self.ids("source") if one in with_own or one in self._texts)


class _Shelf(OnDemand[str, "Record"]):
    """The records of a kind, which can be counted without a list of them."""

    def __init__(self, stock: Stock, kind: str) -> None:
        super().__init__(lambda: iter(stock.ids(kind)), lambda one: stock.find(kind, one))
        self._stock, self._kind = stock, kind

    def __len__(self) -> int:
        """Count the records."""
        return self._stock.count(self._kind)


def open_library(stock: Stock, decoded: Decoded, redirects: Mapping[_Key, str]) -> Library:
    """Give the library of a state.

    Args:
        stock: reads its records.
        decoded: settings, vocabulary, corrections and pages, which are small and read each time.
        redirects: id in use by kind and old id.
    """
    if decoded.settings is None or decoded.vocabulary is None:
        raise ValueError("a state is kept of sound content only")

    shelves: dict[str, Mapping[str, Record]] = {kind: _Shelf(stock, kind) for kind in KINDS}
    claims = cast("Mapping[str, Claim]", shelves["claim"])
    cited_by = OnDemand[_Key, "tuple[Reference, ...]"](lambda: iter(()), stock.references_to)
    texts = OnDemand(stock.texts, stock.text)
    sources = cast("Mapping[str, Source]", shelves["source"])
    return Library(
        settings=decoded.settings,
        vocabulary=decoded.vocabulary,
        sources=sources,
        entities=cast("Mapping[str, Entity]", shelves["entity"]),
        claims=claims,
        events=cast("Mapping[str, Event]", shelves["event"]),
        topics=cast("Mapping[str, Topic]", shelves["topic"]),
        located=OnDemand(
            lambda: ((kind, one) for kind in KINDS for one in stock.ids(kind)),
            lambda key: stock.locate(*key, shelves[key[0]][key[1]]),
        ),
        texts=texts,
        cited_by=cited_by,
        rivals=find_rivals(claims, cited_by),
        text_files=OnDemand(stock.texts, lambda one: stock.text_file(one).path),
        redirects=redirects,
        corrections=tuple(sorted(decoded.corrections, key=lambda pair: pair[0].on)),
        pages=decoded.pages,
    )
