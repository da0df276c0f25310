"""What builds keep: the state, its seal, the journal, ledgers, answers of workers. Harmed, it is no help; it never does harm."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.documents.stored import from_data
from generator.exports.assembling import take_apart
from generator.pipeline import settle
from generator.publish.journal import begin, find_interrupted
from generator.reads import Reads
from generator.state import State, StateError, read_seen, sign, write_seen
from generator.workers import WorkerError, _find_answers
from hostile.fuzz.inputs_cache import DIGEST, STAGED, WORDS, strategy
from hostile.fuzz.laws import as_text, hold, take_choice
from hostile.fuzz.seeds import TESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.pipeline import Settled

__all__ = ["INSIDE", "MAX_LEN", "WORDS", "seeds", "strategy", "target"]

_TODAY = date(2031, 7, 3)
_KINDS = 7
_TABLES = ("meta", "files", "frames", "records", "mentions", "units", "facts", "pages", "published", "blobs")


def target(data: bytes) -> None:
    """Harm one thing that is kept, and build on."""
    choice, data = take_choice(data, _KINDS)
    (_harm_seal, _harm_bytes, _harm_value, _harm_journal, _harm_answers, _harm_frame, _harm_notes)[choice](data)


@dataclass(frozen=True, slots=True)
class _Project:
    """A small project that was checked once.

    Attributes:
        root: its folder.
        state: the bytes of its state.
        told: what the check found.
        staged: a file that is about to be published.
    """

    root: Path
    state: bytes
    told: object
    staged: Path

    @property
    def path(self) -> Path:
        """Where the state is."""
        return self.root / "build" / "state.db"

    @property
    def seal(self) -> Path:
        """Where its seal is."""
        return self.root / "build" / "state.db.seal"

    def put(self, state: bytes) -> None:
        """Put a state there, sealed as if the file system had changed it behind our back."""
        self.path.write_bytes(state)
        self.seal.write_text(sign(self.path.stat()), "utf-8")


@cache
def _project() -> _Project:
    root = Path(tempfile.mkdtemp(prefix="fuzz-cache-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    shutil.copytree(TESTS / "cases" / "_site" / "content", root / "content")
    shutil.copyfile(TESTS.parent / "mkdocs.yml", root / "mkdocs.yml")
    settled = settle(root, today=_TODAY)
    if settled.state is None:
        raise RuntimeError("the small site is sound")
    told = _tell(settled)
    settled.state.finish()
    staged = root / "build" / "staged.html"
    staged.write_text(STAGED, "utf-8")
    (root / "site").mkdir()
    return _Project(root, (root / "build" / "state.db").read_bytes(), told, staged)


def _tell(settled: Settled) -> object:
    library = settled.checked.library
    ids = None if library is None else (sorted(library.claims), sorted(library.sources), sorted(library.entities))
    return [(one.code, one.message, one.place) for one in settled.checked.diagnostics], ids


def _settle(project: _Project) -> tuple[object, bool]:
    """Check the project; give what was found, and whether the state was any help."""
    settled = settle(project.root, today=_TODAY)
    try:
        return (_tell(settled), settled.checked.sound)
    except (
        StateError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ):  # told as a fault of the state by whoever builds
        return None, True
    finally:
        if settled.state is not None:
            settled.state.drop()


def _harm_seal(data: bytes) -> None:
    """A seal of any bytes: only its own opens the state."""
    project = _project()
    project.put(project.state)
    known = project.seal.read_bytes()
    project.seal.write_bytes(data)
    try:
        State.open(project.path).close()
    except StateError:
        hold("a state is opened by its own seal", data != known, data)
        return
    hold("a state is opened by no other seal", data.decode().replace("\r\n", "\n") == known.decode(), data, known)


def _harm_bytes(data: bytes) -> None:
    """Bytes of the database changed in a way that the file system does not tell: three bytes say where, one says what."""
    project = _project()
    state = bytearray(project.state)
    for start in range(0, len(data) - 3, 4):
        state[int.from_bytes(data[start : start + 3], "big") % len(state)] = data[start + 3]
    cut = (
        len(state) - int.from_bytes(data[len(data) - len(data) % 4 :], "big") % len(state)
        if len(data) % 4
        else len(state)
    )
    project.put(bytes(state[:cut]))
    found, _ = _settle(project)
    if bytes(state[:cut]) == project.state:
        hold("a whole state gives what a clean check gives", found == project.told, found)
    project.put(project.state)
    project.path.write_bytes(bytes(state[:cut]))  # the file system tells of this one
    if bytes(state[:cut]) != project.state or cut != len(project.state):
        found, known = _settle(project)
        hold("a state that somebody has touched is no help", not known, data)
        hold("without a state all is found", found == project.told, found)


def _harm_value(data: bytes) -> None:
    """One value of one row becomes another: a byte says which table, one which row, one which column; the rest is the value."""
    if len(data) < 3:
        return
    project = _project()
    project.put(project.state)
    connection = sqlite3.connect(project.path, isolation_level=None)
    try:
        table = _TABLES[data[0] % len(_TABLES)]
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - one of our tables
        if not rows:
            return
        row, column = rows[data[1] % len(rows)], names[data[2] % len(names)]
        value: object = data[3:] if isinstance(row[names.index(column)], bytes) or data[2] > 127 else as_text(data[3:])
        keys = " AND ".join(f"{name} IS ?" for name in names)
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {keys}", (value, *row))  # noqa: S608 - our names
    except sqlite3.Error:
        return  # the table does not take it
    finally:
        connection.close()
    project.seal.write_text(sign(project.path.stat()), "utf-8")
    _settle(project)


def _harm_journal(data: bytes) -> None:
    """A journal of any bytes, in which `$R` stands for the project: it is that of our publication, or nothing is published by it."""
    project = _project()
    journal, site = project.root / "build" / "journal.json", project.root / "site"
    begin(journal, site, {"a/b.html": project.staged}, ["c.html"])
    hold("a journal is read again", find_interrupted(journal, site) is not None)
    journal.write_bytes(data.replace(b"$R", str(project.root).encode()))
    found = find_interrupted(journal, site)
    if found is None:
        return
    paths = (*found.files, *found.deleted)
    hold(
        "a journal names no place outside",
        not any(".." in Path(path).parts or Path(path).is_absolute() for path in paths),
        found,
    )
    staged = all(path.resolve().is_relative_to(journal.parent) and path.is_file() for path in found.files.values())
    hold("a journal publishes what was staged, where it was meant to stand", staged and found.target == site, found)


def _harm_answers(data: bytes) -> None:
    """What a worker has written, cut off anywhere, and any other bytes in its place."""
    for written in (data, b"0 [1]\n7 {}\nfailed " + json.dumps(as_text(data)).encode() + b"\n\n", b"0 [1]\n7 {}\n\n"):
        for end in {len(written), *range(0, len(written), 1 + len(written) // 20)}:
            try:
                found = _find_answers(io.BytesIO(written[:end]))
            except (WorkerError, EOFError, ValueError, OSError, MemoryError):  # each is told as a worker's failure
                continue
            hold("only what is whole is an answer", b"\n\n" in b"\n" + written[:end], written[:end], found)


def _harm_frame(data: bytes) -> None:
    """A document kept as data, of any data."""
    try:
        kept = json.loads(as_text(data))
        document = from_data("content/claims/a.yml", lambda: b"", kept)
        document.place((0, "id"))
        list(document.values.items())
        _ = document.body
    except (ValueError, TypeError, LookupError, RecursionError):
        return
    hold("what is read again is data", isinstance(kept, dict), kept)


def _harm_notes(data: bytes) -> None:
    """Notes of what was read, and ledgers of where pieces stand."""
    text = as_text(data)
    try:
        seen = read_seen(text)
    except ValueError:
        seen = {}
    hold("notes are read again as they were", read_seen(write_seen(seen)) == seen, seen)
    try:
        pieces = take_apart(b"0123456789", json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return
    hold("pieces are pieces of the file", all(piece in b"0123456789" for piece in pieces.values()), pieces)


def seeds() -> Iterator[bytes]:
    """Give what is kept, as it is."""
    project = _project()
    project.put(project.state)
    yield b"\x00" + project.seal.read_bytes()
    yield b"\x01"
    yield b"\x01\x00\x00\x10\x00"
    for start in range(0, len(project.state), 4_096):
        yield b"\x01" + (start + 3).to_bytes(3, "big") + b"\x01"
    for table in range(len(_TABLES)):
        for column in range(8):
            yield bytes([2, table, column, column]) + b"[]"
    yield (
        b"\x03"
        + json.dumps(
            {"target": "$R/site", "files": {"a/b.html": ["$R/build/staged.html", DIGEST]}, "deleted": ["c.html"]}
        ).encode()
    )
    yield b"\x040 [1]\n7 {}\n\n"
    yield b'\x05{"nodes": [{"id": "a"}], "marks": "HAAAAAAAAAAAAAAAAAAAAAAAA", "begins": "HAAA=", "first_line": 1, "body": null}'
    with Reads().apart() as seen:
        yield b"\x06" + write_seen(dict(seen)).encode() + b'[["claim", "a", 0, 3]]'


MAX_LEN = 256
INSIDE = (
    "generator.state",
    "generator.pipeline",
    "generator.publish",
    "generator.documents.stored",
    "generator.documents.positions",
    "generator.workers",
    "generator.reads",
    "generator.exports.assembling",
)
