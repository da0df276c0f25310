"""Files and records as they were typed, and who refers to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.state.connection import Connected, StateError, translated
from generator.state.rows import FileRow, RecordRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class RecordTables(Connected):
    """Keeps files and records."""

    def files(self) -> dict[str, FileRow]:
        """Give every file as it was read, by path, in reading order."""
        rows = self._all("SELECT path, signature, digest, frame FROM files ORDER BY position")
        return {row[0]: FileRow(*row) for row in rows}

    def signatures(self) -> dict[str, str]:
        """Give the signature of every file as it was read, by path."""
        return dict(self._all("SELECT path, signature FROM files"))

    def keep_files(self, files: Iterable[FileRow]) -> None:
        """Keep the files in reading order, in the place of those that were kept."""
        now, before = {file.path: file for file in files}, self.files()
        with translated():
            if list(now) != list(before):
                self._connection.execute("DELETE FROM files")
                before = {}
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                (
                    (file.path, number, file.signature, file.digest, file.frame)
                    for number, file in enumerate(now.values())
                    if before.get(file.path) != file
                ),
            )

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
        row = self._one("SELECT frame FROM files WHERE path = ?", path)
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
