"""The data files: pieces exchanged in the files that the last build has left, files put together anew where those are not at hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.exports import COLLECTIONS, DIGESTS, FILES, LEAVES, assemble, frame_of, list_ids, take_apart
from generator.pipeline.offering import list_downloads
from generator.plugin.making import DATA
from generator.publish.target import sign_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.exports.assembling import Ledger, PieceName
    from generator.exports.published import Collection
    from generator.link import Library
    from generator.pages import Download
    from generator.plugin.making import Made
    from generator.state import State, UnitName

_NOTE, _LEDGER, _FRAME = "data files", "ledger ", "frame "


@dataclass(slots=True)
class DataFiles:
    """The data files of a site, which lie in a folder with its pages.

    Attributes:
        folder: the folder.
        library: the linked records.
        today: the day of the build.
        state: what the last sound build knew; None where that is no help, and then everything is made anew.
        files: bytes of the files that are to be written, by path.
    """

    folder: Path
    library: Library
    today: date
    state: State | None
    files: dict[str, bytes] = field(default_factory=dict)
    _ledgers: dict[str, Ledger] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look whether all files are as the last build has left them; where they are not, nothing is known of them."""
        known = json.loads((self.state.read(_NOTE) if self.state is not None else None) or "{}")
        is_whole = set(known) == set(FILES)
        if not is_whole or any(mark != sign_file(f"{self.folder}/{path}") for path, mark in known.items()):
            self.state = None

    @property
    def is_known(self) -> bool:
        """Whether the files of the last build can be gone on from; where they cannot, every piece has to be made anew."""
        return self.state is not None

    def bring(self, made: Made, gone: Iterable[UnitName], *, steady: bool) -> tuple[Download, ...]:
        """Work out what the files are to hold.

        Args:
            made: what was made anew: pieces of records among it; without a state, those of all records.
            gone: units that are no longer there.
            steady: whether there are the same records as before, in the same order.

        Returns:
            What is offered.
        """
        pieces: dict[str, dict[PieceName, bytes]] = {}
        for path, kind, one, text in made.pieces:
            pieces.setdefault(path, {})[kind, one] = text.encode()
        touched = self._list_touched(made, gone)
        ids = {kind: tuple(found) for kind, found in list_ids(self.library).items()}
        for collection in COLLECTIONS:
            if self._is_changed(collection, touched) or not steady:
                self._assemble(collection, ids, pieces.get(collection.path, {}), touched)
        for digest in DIGESTS:
            if self.state is None or any(path in self.files for path in digest.of):
                self.files[digest.path] = digest.make(
                    self.library.settings, {path: self._read(path) for path in digest.of}
                )
        of_leaves = (path for leaf in LEAVES for path in leaf.fixed)
        return list_downloads({path: self._size_of(path) for path in (*FILES, *of_leaves)})

    def _list_touched(self, made: Made, gone: Iterable[UnitName]) -> dict[PieceName, frozenset[str]]:
        """List the records whose pieces are others than before, with the paths of the collections in which they are."""
        fresh = {(name, key): outcome[-1] for name, key, outcome, _ in made.units if name.startswith(DATA)}
        touched = {}
        for name, key in (*fresh, *(unit for unit in gone if unit[0].startswith(DATA))):
            now = fresh.get((name, key), {})
            before = (self.state.unit((name, key)) if self.state is not None else None) or [{}]
            paths = frozenset(path for path in {*now, *before[-1]} if now.get(path) != before[-1].get(path))
            touched[name.removeprefix(DATA), key] = paths
        return touched

    def _is_changed(self, collection: Collection, touched: Mapping[PieceName, frozenset[str]]) -> bool:
        if self.state is None or any(collection.path in paths for paths in touched.values()):
            return True
        return self.state.read(f"{_FRAME}{collection.path}") != self._frame_of(collection)

    def _assemble(
        self,
        collection: Collection,
        ids: Mapping[str, Iterable[str]],
        fresh: Mapping[PieceName, bytes],
        touched: Mapping[PieceName, frozenset[str]],
    ) -> None:
        path, known = collection.path, b""
        pieces: dict[PieceName, bytes] = {}
        if self.state is not None:
            known = (self.folder / path).read_bytes()
            pieces = take_apart(known, json.loads(self.state.read(f"{_LEDGER}{path}") or "[]"))
        for name in touched:
            pieces.pop(name, None)
        pieces.update(fresh)
        whole = assemble(collection, self.library.settings, self.today, ids, pieces)
        self._ledgers[path] = whole.ledger
        if self.state is None or whole.data != known:
            self.files[path] = whole.data

    def _frame_of(self, collection: Collection) -> str:
        return sha256(frame_of(collection, self.library.settings, self.today).encode()).hexdigest()

    def _read(self, path: str) -> bytes:
        return self.files[path] if path in self.files else (self.folder / path).read_bytes()

    def _size_of(self, path: str) -> int:
        return len(self.files[path]) if path in self.files else (self.folder / path).stat().st_size

    def keep(self, state: State) -> None:
        """Keep where the pieces stand, and what the file system says of the files, once they are written."""
        for path, ledger in self._ledgers.items():
            state.note(f"{_LEDGER}{path}", json.dumps(ledger))
        for collection in COLLECTIONS:
            state.note(f"{_FRAME}{collection.path}", self._frame_of(collection))
        state.note(_NOTE, json.dumps({path: sign_file(f"{self.folder}/{path}") for path in FILES}))
