"""Files and records as they were typed, and who refers to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.state.connection import Connected, StateError, translated
from generator.state.rows import FileRow, RecordRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class RecordTables(Connected):
    """Keeps files and records."""

    def signatures(self) -> dict[str, str]:
        """Give the signature of every file as it was read, by path."""
        return dict(self._all("SELECT path, signature FROM files"))

    def marks(self) -> dict[str, tuple[str, str]]:
        """Give signature and digest of every file as it was read, by path, in reading order."""
        rows = self._all("SELECT path, signature, digest FROM files ORDER BY position")
        return {path: (signature, digest) for path, signature, digest in rows}

    def keep_files(self, files: Iterable[FileRow]) -> None:
        """Keep all files, in reading order, in the place of those that were kept."""
        rows = tuple(files)
        with translated():
            for table in ("files", "frames"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - these two names
        self._put_files(rows)
        self._place(enumerate(file.path for file in rows))

    def _put_files(self, rows: Sequence[FileRow]) -> None:
        """Write files whose places are told later."""
        with translated():
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, -1, ?, ?)",
                [(file.path, file.signature, file.digest) for file in rows],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO frames VALUES (?, ?)", [(file.path, file.frame) for file in rows]
            )

    def _place(self, places: Iterable[tuple[int, str]]) -> None:
        with translated():
            self._connection.executemany("UPDATE files SET position = ? WHERE path = ?", places)

    def renew_files(self, now: Sequence[str], fresh: Sequence[FileRow], signed: Mapping[str, str]) -> None:
        """Bring the files up to date.

        Args:
            now: the paths of all that there are, in reading order.
            fresh: those that were read anew.
            signed: the signatures of those that were read and hold what they held, by path.
        """
        before = [path for (path,) in self._all("SELECT path FROM files ORDER BY position")]
        there = frozenset(now)
        gone = [(path,) for path in before if path not in there]
        with translated():
            for table in ("files", "frames"):
                self._connection.executemany(f"DELETE FROM {table} WHERE path = ?", gone)  # noqa: S608 - these two names
            self._connection.executemany(
                "UPDATE files SET signature = ? WHERE path = ?", [(mark, path) for path, mark in signed.items()]
            )
        self._put_files(fresh)
        self._place(enumerate(now) if before != list(now) else [(now.index(file.path), file.path) for file in fresh])

    def forget_records(self, path: str) -> None:
        """Drop the records of a file."""
        with translated():
            self._connection.execute(
                "DELETE FROM mentions WHERE (by_kind, by_id) IN (SELECT kind, id FROM records WHERE path = ?)", (path,)
            )
            self._connection.execute("DELETE FROM records WHERE path = ?", (path,))

    def keep_records(self, path: str, records: Sequence[RecordRow]) -> None:
        """Keep the records of a file."""
        with translated():
            self._connection.executemany(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)",
                ((record.kind, record.id, path, record.place, record.node, record.text) for record in records),
            )
            self._connection.executemany(
                "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (kind, one, record.kind, record.id, number, role)
                    for record in records
                    for number, (kind, one, role) in enumerate(record.references)
                ),
            )

    def records_of(self, path: str) -> list[RecordRow]:
        """Give the records of a file, in order, with what they refer to."""
        rows = self._all("SELECT kind, id, place, node, text FROM records WHERE path = ? ORDER BY place", path)
        return [RecordRow(k, one, place, node, text, self.mentions_by(k, one)) for k, one, place, node, text in rows]

    def record(self, kind: str, one: str) -> tuple[str, int, str] | None:
        """Give file, place in it and fields of a record; None where there is none."""
        found: tuple[str, int, str] | None = self._one(
            "SELECT path, place, node FROM records WHERE kind = ? AND id = ?", kind, one
        )
        return found

    def frame(self, path: str) -> str:
        """Give the frame of a file."""
        row = self._one("SELECT frame FROM frames WHERE path = ?", path)
        if row is None:
            raise StateError("a record names a file that is not there")
        return str(row[0])

    def text_of(self, one: str) -> tuple[str, str] | None:
        """Give file and digest of the text of a source; an empty digest where it has none in its own file."""
        found: tuple[str, str] | None = self._one(
            "SELECT path, text FROM records WHERE kind = 'source' AND id = ?", one
        )
        return found

    def texts(self) -> tuple[str, ...]:
        """List the sources that have a text in their own file."""
        return tuple(one for (one,) in self._all("SELECT id FROM records WHERE kind = 'source' AND text <> ''"))

    def ids(self, kind: str) -> tuple[str, ...]:
        """List the records of a kind in reading order."""
        rows = self._all(
            "SELECT r.id FROM records r JOIN files f USING (path) WHERE r.kind = ? ORDER BY f.position, r.place", kind
        )
        return tuple(one for (one,) in rows)

    def count(self, kind: str) -> int:
        """Count the records of a kind."""
        return int(self._one("SELECT count(*) FROM records WHERE kind = ?", kind)[0])

    def mentions_by(self, kind: str, one: str) -> tuple[tuple[str, str, str], ...]:
        """List what a record refers to: kind, id, role."""
        sql = "SELECT kind, id, role FROM mentions WHERE by_kind = ? AND by_id = ? ORDER BY number"
        return tuple(self._all(sql, kind, one))

    def mentions_of(self, kind: str, one: str) -> tuple[tuple[str, str, str], ...]:
        """List who refers to a record, in reading order: kind, id, role."""
        sql = (
            "SELECT m.by_kind, m.by_id, m.role FROM mentions m"
            " JOIN records r ON r.kind = m.by_kind AND r.id = m.by_id JOIN files f USING (path)"
            " WHERE m.kind = ? AND m.id = ? ORDER BY f.position, r.place, m.number"
        )
        return tuple(self._all(sql, kind, one))
