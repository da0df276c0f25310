"""Rules are run with somebody watching: whose record is looked at, what that reads, and what is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from generator import checks
from generator.derive.passages import quoted_by
from generator.pipeline.packing import pack, unpack
from generator.records import KINDS
from generator.state import Unit
from generator.workers import count_workers, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.decode import Located
    from generator.derive import Passage, Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library
    from generator.reads import Reads, Seen
    from generator.records import Record
    from generator.state import UnitName

T = TypeVar("T")
R = TypeVar("R", bound="Record")
Key = tuple[str, str]

RULE, RECORD = "rule", "check "
"""Names of units: a rule about the library as a whole (its key is the code), and the rules about one record."""


def unit_of(key: Key) -> UnitName:
    """Name the unit of the rules about one record."""
    kind, one = key
    return f"{RECORD}{kind}", one


@dataclass(slots=True)
class _Ledger:
    """What was read and found, by unit; `current` is the one at hand."""

    reads: Reads
    seen: dict[UnitName, Seen]
    found: dict[UnitName, list[Diagnostic]]
    current: UnitName

    def begin(self, name: UnitName) -> None:
        self.seen[name] = {}
        self.found[name] = []

    def turn_to(self, name: UnitName) -> None:
        self.current = name
        self.reads.seen = self.seen[name]


class _Each(Generic[T]):
    """Goes through items record by record, and turns the ledger to each record before its items are looked at.

    The items of a record are looked up when they are first gone through; what that read is noted for the record once.
    """

    def __init__(self, ledger: _Ledger, keys: Sequence[Key], items: Callable[[Key], Iterable[T]]) -> None:
        self._ledger = ledger
        self._names = [(key, unit_of(key)) for key in keys]
        self._look_up = items
        self._known: list[tuple[UnitName, Seen, tuple[T, ...]]] | None = None

    def __iter__(self) -> Iterator[T]:
        ledger, reads = self._ledger, self._ledger.reads
        before = ledger.current
        try:
            if self._known is None:
                self._known = [known for each in self._names if (known := self._find(*each))[2]]
            for name, seen, items in self._known:
                ledger.current, reads.seen = name, seen
                yield from items
        finally:
            ledger.turn_to(before)

    def _find(self, key: Key, name: UnitName) -> tuple[UnitName, Seen, tuple[T, ...]]:
        self._ledger.turn_to(name)
        return name, self._ledger.seen[name], tuple(self._look_up(key))


def _unwatched(kind: str, record: R) -> R:
    """Give a record whose fields leave no notes, for the rules about itself: they are asked again when its file changes.

    Most of what these rules look at is the record itself, rule by rule, and a note takes ten times as long as a look.
    """
    plain = object.__new__(KINDS[kind])
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
        object.__setattr__(plain, slot, object.__getattribute__(record, slot))
    return cast("R", plain)


def _scope(ledger: _Ledger, library: Library, views: Views, keys: Sequence[Key]) -> checks.Scope:
    def of(*kinds: str) -> list[Key]:
        return [key for key in keys if key[0] in kinds]

    def located(key: Key) -> Located:
        watched = library.located[key]
        return replace(watched, record=_unwatched(key[0], watched.record))

    def covered(key: Key) -> Iterator[str]:
        if key[1] in library.texts:
            yield key[1]

    quoting = of("claim", "event", "source")
    return checks.Scope(
        records=_Each(ledger, keys, lambda key: (located(key),)),
        claims=_Each(ledger, of("claim"), lambda key: (_unwatched("claim", library.claims[key[1]]),)),
        events=_Each(ledger, of("event"), lambda key: (_unwatched("event", library.events[key[1]]),)),
        sources=_Each(ledger, of("source"), lambda key: (_unwatched("source", library.sources[key[1]]),)),
        topics=_Each(ledger, of("topic"), lambda key: (_unwatched("topic", library.topics[key[1]]),)),
        passages=_Each(ledger, quoting, lambda key: (views.passages[cited] for cited in quoted_by(library, *key))),
        coverage=_Each(ledger, of("source"), lambda key: (views.coverage[one] for one in covered(key))),
    )


def run_rules(
    library: Library, views: Views, reads: Reads, keys: Sequence[Key], codes: frozenset[str] | None = None
) -> tuple[Unit, ...]:
    """Check some records, and what some rules say of the library as a whole.

    Args:
        library: the watched library.
        views: what follows from it.
        reads: takes the notes.
        keys: the records to check, in reading order.
        codes: the rules to ask about the library as a whole; None means all.

    Returns:
        One unit for each record and one for each rule that was asked, each with its diagnostics as the outcome.
    """
    ledger = _Ledger(reads, {}, {}, (RULE, ""))
    ledger.begin(ledger.current)
    for key in keys:
        ledger.begin(unit_of(key))
    scope = _scope(ledger, library, views, keys)
    for rule in checks.RULES:
        if rule.compares:
            continue
        whole = codes is None or rule.code in codes
        if rule.whole and not whole:
            continue
        ledger.begin((RULE, rule.code))
        ledger.turn_to((RULE, rule.code))
        asked = replace(scope, corrections=library.corrections, pages=library.pages) if whole else scope
        for diagnostic in rule.run(checks.Context(library, views, scope=asked)):
            ledger.found[ledger.current].append(diagnostic)
    checked, absent = _count(scope.passages)
    units = [
        Unit(name, (ledger.found[name], checked[key], absent[key]), ledger.seen[name])
        for key, name in ((key, unit_of(key)) for key in keys)
    ]
    rules = (rule for rule in checks.RULES if not rule.compares and (codes is None or rule.code in codes))
    units += [
        Unit((RULE, rule.code), (ledger.found[RULE, rule.code], 0, 0), ledger.seen[RULE, rule.code]) for rule in rules
    ]
    return tuple(units)


def _count(passages: Iterable[Passage]) -> tuple[Counter[Key], Counter[Key]]:
    """Count the quotations of each claim and event that were found, and those whose text was not at hand."""
    quoted = [(passage, (passage.cited.kind, passage.cited.id)) for passage in passages]
    return (
        Counter(key for passage, key in quoted if passage.spans and key[0] != "source"),
        Counter(key for passage, key in quoted if passage.match is None and key[0] != "source"),
    )


def run_all_rules(library: Library, views: Views, reads: Reads, keys: Sequence[Key]) -> tuple[Unit, ...]:
    """Check every record, in as many processes as there are cores, and then the library as a whole.

    Args:
        library: the watched library.
        views: what follows from it.
        reads: takes the notes.
        keys: all records, in reading order.
    """

    def check(lot: Sequence[Key]) -> list[Any]:
        units = map(pack, run_rules(library, views, reads, lot, frozenset()))
        return [[*unit.name, unit.outcome, [[*fact, parts] for fact, parts in unit.seen.items()]] for unit in units]

    found = [
        Unit((name, key), unpack(outcome), {(kind, one): parts for kind, one, parts in seen})
        for lot in share(keys, check, count_workers(len(keys)))
        for name, key, outcome, seen in lot
    ]
    return (*found, *run_rules(library, views, reads, ()))
