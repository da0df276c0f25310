"""The data files: records exchanged where few have changed, the file joined anew where that is not sure to be the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.exports import export_schema, join_records, replace_records
from generator.pages import Download
from generator.plugin.listing import DATA_FILES, RECORDS, SCHEMA, list_ids
from generator.plugin.making import DATA
from generator.publish.target import sign_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.link import Library
    from generator.plugin.making import Made
    from generator.state import State, UnitName

_NOTE = "data files"


@dataclass(slots=True)
class DataFiles:
    """The data files of a site, which lie in a folder with its pages.

    Attributes:
        folder: the folder.
        library: the linked records.
        today: the day of the build.
        state: what the last sound build knew; None where there is none.
        files: bytes of the files that are to be written, by path.
    """

    folder: Path
    library: Library
    today: date
    state: State | None
    files: dict[str, bytes] = field(default_factory=dict)

    def bring(self, made: Made, gone: Iterable[UnitName], *, steady: bool) -> list[Download]:
        """Work out what the files are to hold.

        Args:
            made: what was made anew, records as open data among it.
            gone: units that are no longer there.
            steady: whether there are the same records as before, in the same order.

        Returns:
            What is offered.
        """
        fresh = {(name, key): outcome for name, key, outcome, _ in made.units if name.startswith(DATA)}
        if not steady or not self._exchange(fresh):
            self.files = {
                RECORDS: self._join(self.list_records(fresh, gone)).encode(),
                SCHEMA: export_schema().encode(),
            }
        return [
            Download(path, *said, len(self.files[path]) if path in self.files else (self.folder / path).stat().st_size)
            for path, said in DATA_FILES.items()
        ]

    def _exchange(self, fresh: Mapping[UnitName, str]) -> bool:
        """Exchange records where the files are as the last build has left them; tell whether they were."""
        known = json.loads((self.state.read(_NOTE) if self.state is not None else None) or "{}")
        if self.state is None or any(known.get(path) != sign_file(f"{self.folder}/{path}") for path in DATA_FILES):
            return False
        before = {unit: self.state.unit(unit) for unit in fresh}
        changes = [
            (name.removeprefix(DATA), str(before[name, key]), now)
            for (name, key), now in fresh.items()
            if before[name, key] != now
        ]
        joined = (self.folder / RECORDS).read_bytes()
        exchanged = replace_records(joined, self.library.settings, self.today, changes)
        if exchanged is not None and exchanged != joined:
            self.files = {RECORDS: exchanged}
        return exchanged is not None

    def list_records(self, fresh: Mapping[UnitName, str], gone: Iterable[UnitName]) -> dict[UnitName, str]:
        """List all records as open data."""
        records: dict[UnitName, str] = {} if self.state is None else self.state.outcomes(DATA)
        for unit in gone:
            records.pop(unit, None)
        records.update(fresh)
        return records

    def _join(self, records: Mapping[UnitName, str]) -> str:
        of_kind = {kind: [records[f"{DATA}{kind}", one] for one in ids] for kind, ids in list_ids(self.library).items()}
        return join_records(self.library.settings, self.today, of_kind)

    def keep(self, state: State) -> None:
        """Keep what the file system says of the files, once they are written."""
        state.note(_NOTE, json.dumps({path: sign_file(f"{self.folder}/{path}") for path in DATA_FILES}))
