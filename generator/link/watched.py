"""A library that notes what is read of it: the same records, with a note for each field that somebody looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from pydantic import ConfigDict

from generator.decode import Located
from generator.link.facts import CITED, CORRECTIONS, EXISTS, HAND_PAGES, MEMBERS, MOVED, TEXT, parts_of
from generator.link.rivals import find_rivals
from generator.records import KINDS

if TYPE_CHECKING:
    from generator.dialect import StoredText
    from generator.link.library import Library, Reference
    from generator.reads import Fact, Reads
    from generator.records import Record

V = TypeVar("V")
R = TypeVar("R", bound="Record")
T = TypeVar("T")


def _noted_field(name: str, part: int, reads: Reads) -> property:
    """Make a field that leaves a note when it is read."""

    def read(self: Any) -> Any:  # noqa: ANN401 - whatever the field holds
        fact = self._fact
        seen = reads.seen
        known = seen.get(fact, 0)
        if not known & part:
            seen[fact] = known | part
        return self.__dict__[name]

    return property(read)


def _watched_model(kind: str, reads: Reads) -> type[Record]:
    """Make a kind of record whose fields leave a note when they are read; it is never validated, only looked at."""
    model = KINDS[kind]
    body = {
        "__slots__": ("_fact",),
        "__module__": model.__module__,
        "model_config": ConfigDict(defer_build=True),
    }
    make: Any = type(model)
    watched = make(model.__name__, (model,), body)
    for name, part in parts_of(kind).items():
        setattr(watched, name, _noted_field(name, part, reads))
    return cast("type[Record]", watched)


class _Watch:
    """Makes watched records of plain ones; they share their fields."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._model = cache(lambda kind: _watched_model(kind, reads))

    def record(self, kind: str, record: R) -> R:
        model: Any = self._model(kind)
        watched = object.__new__(model)
        for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
            object.__setattr__(watched, slot, object.__getattribute__(record, slot))
        object.__setattr__(watched, "_fact", (kind, record.id))
        return cast("R", watched)


class _Records(Mapping[str, R], Generic[R]):
    def __init__(self, kind: str, records: Mapping[str, R], watch: _Watch) -> None:
        self._kind = kind
        self._records = records
        self._watch = watch
        self._reads = watch.reads
        self._known: dict[str, R] = {}

    def __getitem__(self, one: str) -> R:
        known = self._known.get(one)
        self._reads.note((self._kind, one), EXISTS)
        if known is None:
            known = self._known[one] = self._watch.record(self._kind, self._records[one])
        return known

    @overload
    def get(self, one: str, /) -> R | None: ...
    @overload
    def get(self, one: str, /, default: R | T) -> R | T: ...
    def get(self, one: str, /, default: R | T | None = None) -> R | T | None:
        known = self._known.get(one)
        if known is None:
            return self[one] if one in self else default  # noqa: SIM401 - this is it
        self._reads.note((self._kind, one), EXISTS)
        return known

    def __contains__(self, one: object) -> bool:
        self._reads.note((self._kind, str(one)), EXISTS)
        return one in self._known or one in self._records

    def __iter__(self) -> Iterator[str]:
        self._reads.note((self._kind, ""), MEMBERS)
        return iter(self._records)

    def __len__(self) -> int:
        self._reads.note((self._kind, ""), MEMBERS)
        return len(self._records)


class _LocatedRecords(Mapping[tuple[str, str], Located]):
    def __init__(self, library: Library, records: Mapping[str, Mapping[str, Record]], reads: Reads) -> None:
        self._located = library.located
        self._records = records
        self._reads = reads

    def __getitem__(self, key: tuple[str, str]) -> Located:
        kind, one = key
        return replace(self._located[key], record=self._records[kind][one])

    def __contains__(self, key: object) -> bool:
        kind, one = cast("tuple[str, str]", key)
        self._reads.note((kind, one), EXISTS)
        return key in self._located

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for kind in self._records:
            self._reads.note((kind, ""), MEMBERS)
        return iter(self._located)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Noted(Mapping[str, V], Generic[V]):
    """A mapping by id whose look-ups are parts of facts.

    Args:
        kind: the kind of the facts; each key is an id.
        part: the part that is read.
        values: the mapping.
        reads: takes the notes.
    """

    def __init__(self, kind: str, part: int, values: Mapping[str, V], reads: Reads) -> None:
        self._kind = kind
        self._part = part
        self._values = values
        self._reads = reads

    def __getitem__(self, one: str) -> V:
        """Give a value."""
        self._reads.note((self._kind, one), self._part)
        return self._values[one]

    def __contains__(self, one: object) -> bool:
        """Tell whether there is a value."""
        self._reads.note((self._kind, str(one)), self._part)
        return one in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        self._reads.note((self._kind, ""), MEMBERS | self._part)
        return iter(self._values)

    def __len__(self) -> int:
        """Count the keys."""
        self._reads.note((self._kind, ""), MEMBERS | self._part)
        return len(self._values)


class _References(Mapping[tuple[str, str], "tuple[Reference, ...]"]):
    def __init__(self, values: Mapping[tuple[str, str], tuple[Reference, ...]], reads: Reads) -> None:
        self._values = values
        self._reads = reads

    def __getitem__(self, key: tuple[str, str]) -> tuple[Reference, ...]:
        self._reads.note(key, CITED)
        return self._values[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        raise NotImplementedError("who refers to whom is looked up record by record")

    def __len__(self) -> int:
        raise NotImplementedError("who refers to whom is looked up record by record")


class _Redirects(Mapping[tuple[str, str], str]):
    def __init__(self, values: Mapping[tuple[str, str], str], reads: Reads) -> None:
        self._values = values
        self._reads = reads

    def __getitem__(self, key: tuple[str, str]) -> str:
        self._reads.note((MOVED, ":".join(key)))
        return self._values[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        self._reads.note((MOVED, ""))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.note((MOVED, ""))
        return len(self._values)


class _NotedSequence(Sequence[T], Generic[T]):
    """A list that is one fact: whoever looks at one of its items has read it."""

    def __init__(self, items: Sequence[T], fact: Fact, reads: Reads) -> None:
        self._items = items
        self._fact = fact
        self._reads = reads

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        self._reads.note(self._fact)
        return self._items[place]

    def __iter__(self) -> Iterator[T]:
        self._reads.note(self._fact)
        return iter(self._items)

    def __len__(self) -> int:
        self._reads.note(self._fact)
        return len(self._items)


def watch(library: Library, reads: Reads) -> Library:
    """Give a library in which whatever is looked up leaves a note.

    Settings and vocabulary leave none: where they change, everything is made anew.
    """
    marks = _Watch(reads)
    texts: Mapping[str, StoredText] = Noted("source", TEXT, library.texts, reads)
    sources = _Records("source", library.sources, marks)
    entities = _Records("entity", library.entities, marks)
    claims = _Records("claim", library.claims, marks)
    events = _Records("event", library.events, marks)
    topics = _Records("topic", library.topics, marks)
    records: dict[str, Mapping[str, Record]] = {
        "source": sources,
        "entity": entities,
        "claim": claims,
        "event": events,
        "topic": topics,
    }
    cited_by = _References(library.cited_by, reads)
    return replace(
        library,
        sources=sources,
        entities=entities,
        claims=claims,
        events=events,
        topics=topics,
        located=_LocatedRecords(library, records, reads),
        texts=texts,
        cited_by=cited_by,
        rivals=find_rivals(claims, cited_by, reads),
        redirects=_Redirects(library.redirects, reads),
        corrections=_NotedSequence(library.corrections, CORRECTIONS, reads),
        pages=_NotedSequence(library.pages, HAND_PAGES, reads),
        reads=reads,
    )
