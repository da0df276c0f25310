"""The database of a state: one file, one transaction for each build, and no trust in what is odd."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from generator.state.connection import StateError, translated
from generator.state.records import RecordTables
from generator.state.signature import sign
from generator.state.site import SiteTables
from generator.state.units import UnitTables

if TYPE_CHECKING:
    from pathlib import Path


FORMAT = "3"
"""The form of the tables. Whoever changes it counts on; a state of another form is none."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE blobs (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, position INTEGER NOT NULL, signature TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE frames (path TEXT PRIMARY KEY, frame TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (kind TEXT, id TEXT, path TEXT NOT NULL, place INTEGER NOT NULL, node TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX records_by_path ON records (path);
CREATE INDEX records_by_place ON records (kind, path, place);
CREATE TABLE mentions (kind TEXT, id TEXT, by_kind TEXT, by_id TEXT, number INTEGER, role TEXT NOT NULL, PRIMARY KEY (kind, id, by_kind, by_id, number)) WITHOUT ROWID;
CREATE INDEX mentions_by ON mentions (by_kind, by_id);
CREATE TABLE units (unit INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, outcome TEXT NOT NULL, seen BLOB NOT NULL, stale INTEGER NOT NULL DEFAULT 0, UNIQUE (name, key));
CREATE INDEX units_stale ON units (stale) WHERE stale;
CREATE TABLE pages (path TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, marks TEXT NOT NULL, html TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX pages_by_unit ON pages (name, key);
CREATE TABLE published (path TEXT PRIMARY KEY, signature TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (fact INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, readers BLOB NOT NULL, UNIQUE (kind, id));
"""


_CACHE = 1 << 25
"""Bytes. SQLite's own two megabytes are read over and over."""


def _seal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.seal")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0.5, isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_CACHE >> 10};")
    return connection


class State(RecordTables, UnitTables, SiteTables):
    """An open state. Every failure of the database becomes a `StateError`.

    Args:
        connection: to the database.
        path: its file.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection)
        self._was_sealed = _seal_of(path).is_file()
        self.path = path

    # --- opening and closing ---

    @classmethod
    def create(cls, path: Path) -> State:
        """Begin a new state in the place of whatever is there."""
        with translated():
            _seal_of(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(path)
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
        return cls(connection, path)

    @classmethod
    def open(cls, path: Path) -> State:
        """Open the state that a sound build has left.

        Raises:
            StateError: there is none, it was left half written, or somebody has touched it since.
        """
        try:
            intact = _seal_of(path).read_text("utf-8") == sign(path.stat())
        except (OSError, ValueError) as error:
            raise StateError("there is no state") from error
        if not intact:
            raise StateError("the state is not as it was left")
        with translated():
            return cls(_connect(path), path)

    def begin(self) -> None:
        """Say on the disk that the state is being changed: until it is finished nobody uses it."""
        _seal_of(self.path).unlink(missing_ok=True)
        with translated():
            self._connection.execute("BEGIN")

    def finish(self) -> None:
        """Write what was changed, close the database, and seal it: it is whole."""
        with translated():
            self._connection.execute("COMMIT")
            self._connection.close()
        self._seal()

    def give_up(self) -> None:
        """Leave the state as it was before it began to change, and close it."""
        with suppress(sqlite3.Error, OSError):
            changing = self._connection.in_transaction
            if changing:
                self._connection.execute("ROLLBACK")
            self._connection.close()
            if changing and self._was_sealed:
                self._seal()

    def drop(self) -> None:
        """Throw the state away."""
        with suppress(sqlite3.Error):
            self._connection.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close a database that was only read."""
        with translated():
            self._connection.close()

    def _seal(self) -> None:
        """Note beside the database what the file system says of it, once the disk has it."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        _seal_of(self.path).write_text(sign(self.path.stat()), "utf-8")

    # --- single values ---

    def note(self, name: str, value: str) -> None:
        """Keep a value."""
        with translated():
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def read(self, name: str) -> str | None:
        """Give a value that was kept."""
        row = self._one("SELECT value FROM meta WHERE name = ?", name)
        return None if row is None else str(row[0])

    def note_bytes(self, name: str, value: bytes) -> None:
        """Keep bytes."""
        with translated():
            self._connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (name, value))

    def list_bytes(self, prefix: str) -> dict[str, bytes]:
        """Give all bytes that were kept under names that begin so."""
        rows = self._all("SELECT name, value FROM blobs WHERE substr(name, 1, ?) = ?", len(prefix), prefix)
        return {str(name): bytes(value) for name, value in rows}

    def read_bytes(self, name: str) -> bytes | None:
        """Give bytes that were kept."""
        row = self._one("SELECT value FROM blobs WHERE name = ?", name)
        return None if row is None else bytes(row[0])
