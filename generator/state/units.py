"""Units with what came of them, and for each fact the units that have read it."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from generator.state.connection import Connected, StateError, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.reads import Fact, Seen
    from generator.state.rows import Unit, UnitName

_MANY = 500
"""Whoever reads so many records of one kind has read the kind: one note instead of one for each record."""

EVERY = "*"
"""In the place of an id: any record of that kind."""


def _gather(seen: Seen) -> Seen:
    """Put one note for a kind in the place of those for very many records of it."""
    counts: dict[str, int] = {}
    for kind, _ in seen:
        counts[kind] = counts.get(kind, 0) + 1
    wide = {kind for kind, number in counts.items() if number > _MANY}
    if not wide:
        return seen
    gathered: Seen = {}
    for (kind, one), parts in seen.items():
        fact = (kind, EVERY) if kind in wide and one else (kind, one)
        gathered[fact] = gathered.get(fact, 0) | parts
    return gathered


class UnitTables(Connected):
    """Keeps units and facts.

    Of each fact the readers are one list of whole numbers: a unit, the parts it has read, the next unit, ...
    """

    def unit(self, name: UnitName) -> Any:  # noqa: ANN401 - plain data
        """Give what came of a unit; None where there is none."""
        row = self._one("SELECT outcome FROM units WHERE name = ? AND key = ?", *name)
        return None if row is None else json.loads(row[0])

    def outcomes(self, prefix: str, *, but: str = "") -> dict[UnitName, Any]:
        """Give what came of every unit whose name begins so.

        Args:
            prefix: of the names.
            but: outcomes that begin so as JSON are left out.
        """
        sql = "SELECT name, key, outcome FROM units WHERE name >= ? AND name < ? AND substr(outcome, 1, ?) <> ?"
        end = f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}"
        with translated():
            rows = self._all(sql, prefix, end, len(but), but or "none")
            return {(name, key): json.loads(outcome) for name, key, outcome in rows}

    def names(self, prefix: str) -> set[UnitName]:
        """List the units whose name begins so."""
        return set(self._all("SELECT name, key FROM units WHERE substr(name, 1, ?) = ?", len(prefix), prefix))

    def has_stale(self) -> bool:
        """Tell whether some unit was marked as stale."""
        return self._one("SELECT 1 FROM units WHERE stale LIMIT 1") is not None

    def stale(self, prefix: str) -> set[UnitName]:
        """List the units that were marked as stale and whose name begins so."""
        rows = self._all("SELECT name, key FROM units WHERE stale AND substr(name, 1, ?) = ?", len(prefix), prefix)
        return set(rows)

    def readers(self, changes: Mapping[Fact, int]) -> set[UnitName]:
        """Find the units that have read one of the parts that changed."""
        wide = dict(changes)
        for (kind, one), parts in changes.items():
            if one:
                wide[kind, EVERY] = wide.get((kind, EVERY), 0) | parts
        found: set[int] = set()
        for fact, parts in wide.items():
            row = self._one("SELECT readers FROM facts WHERE kind = ? AND id = ?", *fact)
            if row is not None:
                notes = _unpack(row[0])
                found.update(unit for unit, read in zip(notes[::2], notes[1::2], strict=True) if read & parts)
        return {self._name_of(unit) for unit in found}

    def readers_between(self, kind: str, first: str, last: str) -> set[UnitName]:
        """Find the units that have read a fact of a kind whose id lies between two, both included."""
        sql = "SELECT readers FROM facts WHERE kind = ? AND id >= ? AND id <= ?"
        units = {unit for (readers,) in self._all(sql, kind, first, last) for unit in _unpack(readers)[::2]}
        return {self._name_of(unit) for unit in units}

    def mark_stale(self, names: Iterable[UnitName]) -> None:
        """Remember that units are to be made anew."""
        with translated():
            self._connection.executemany("UPDATE units SET stale = 1 WHERE name = ? AND key = ?", list(names))

    def keep_units(self, units: Iterable[Unit], gone: Iterable[UnitName] = ()) -> None:
        """Keep units that were made.

        Args:
            units: none of them is kept already, or its name is among those that go.
            gone: units that are dropped first.
        """
        touched: dict[int, array[int]] = {}
        numbers: dict[Fact, int] = {}
        with translated():
            for name in gone:
                self._drop_unit(name, touched)
            empty = self._one("SELECT 1 FROM facts LIMIT 1") is None
            for unit in units:
                seen = _gather(unit.seen)
                for fact in seen:
                    if fact not in numbers:
                        numbers[fact] = self._number_of(fact, touched, fresh=empty)
                facts = array("q", (numbers[fact] for fact in seen))
                row = self._connection.execute(
                    "INSERT INTO units (name, key, outcome, seen) VALUES (?, ?, ?, ?)",
                    (*unit.name, json.dumps(unit.outcome, ensure_ascii=False), facts.tobytes()),
                )
                number = int(row.lastrowid or 0)
                for known, parts in zip(facts, seen.values(), strict=True):
                    touched[known].extend((number, parts))
            self._connection.executemany(
                "UPDATE facts SET readers = ? WHERE fact = ?",
                ((readers.tobytes(), fact) for fact, readers in touched.items()),
            )

    def _drop_unit(self, name: UnitName, touched: dict[int, array[int]]) -> None:
        row = self._one("SELECT unit, seen FROM units WHERE name = ? AND key = ?", *name)
        if row is None:
            return
        unit, seen = row
        for fact in _unpack(seen):
            _leave_out(self._touch(fact, touched), unit)
        self._connection.execute("DELETE FROM units WHERE unit = ?", (unit,))

    def _touch(self, fact: int, touched: dict[int, array[int]]) -> array[int]:
        """Give the readers of a fact, as numbers of units each followed by the parts it has read."""
        if fact not in touched:
            row = self._one("SELECT readers FROM facts WHERE fact = ?", fact)
            touched[fact] = _unpack(row[0]) if row else array("q")
        return touched[fact]

    def _number_of(self, fact: Fact, touched: dict[int, array[int]], *, fresh: bool) -> int:
        row = None if fresh else self._one("SELECT fact FROM facts WHERE kind = ? AND id = ?", *fact)
        if row is not None:
            self._touch(int(row[0]), touched)
            return int(row[0])
        made = self._connection.execute("INSERT INTO facts (kind, id, readers) VALUES (?, ?, ?)", (*fact, b""))
        number = int(made.lastrowid or 0)
        touched[number] = array("q")
        return number

    def _name_of(self, unit: int) -> UnitName:
        row = self._one("SELECT name, key FROM units WHERE unit = ?", unit)
        if row is None:
            raise StateError("a fact names a unit that is not there")
        return str(row[0]), str(row[1])


def _leave_out(readers: array[int], unit: int) -> None:
    for place in range(0, len(readers), 2):
        if readers[place] == unit:
            del readers[place : place + 2]
            return


def _unpack(blob: bytes) -> array[int]:
    if len(blob) % 8:
        raise StateError("a list of readers is cut off")
    values = array("q")
    values.frombytes(blob)
    return values
