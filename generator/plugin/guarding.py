"""Rule 12 from build to build: what may not be published is numbered source by source, and looked for in what is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks import Leaks, Runs, Sieve, number_runs
from generator.state import StateError, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.checks import Leak
    from generator.derive import Views
    from generator.link import Library
    from generator.reads import Reads
    from generator.state import State, UnitName

RUNS = "runs "
"""Names of units: the runs of words of a source."""


class Guard:
    """Knows the words that may not be published.

    Attributes:
        leaks: looks for them in a text.
        units: the sources whose words were numbered anew.
    """

    def __init__(
        self, library: Library, views: Views, reads: Reads, state: State | None, chosen: Sequence[UnitName]
    ) -> None:
        """Number the words of some sources, and take the others from the state.

        Raises:
            StateError: the state does not hold them.
        """
        self._before: Sieve | None = None
        self._sources = len(library.sources)
        self.units: list[Unit] = []
        for unit in chosen:
            with reads.apart() as seen:
                runs = number_runs(library, views, library.sources[unit[1]])
            self.units.append(Unit(unit, runs.write(), dict(seen)))
        self._sieve = self._read_sieve(state, {unit.name: unit for unit in self.units}, library)
        self.leaks = Leaks(library, views, self._sieve)

    def _read_sieve(self, state: State | None, made: dict[UnitName, Unit], library: Library) -> Sieve:
        known = None if state is None else (state.read_bytes("withheld"), state.read_bytes("sieve"))
        if state is not None and known is not None and known[0] is not None and known[1] is not None:
            self._before = Sieve.read((known[0], known[1]))
            same = all(unit.outcome == state.unit(name) for name, unit in made.items())
            if same and state.read("guarded") == str(self._sources):
                return self._before
        names: Iterator[UnitName] = ((f"{RUNS}source", one) for one in library.sources)
        return Sieve([Runs.read(self._runs_of(name, made, state)) for name in names])

    def _runs_of(self, name: UnitName, made: dict[UnitName, Unit], state: State | None) -> list[str]:
        runs = made[name].outcome if name in made else state.unit(name) if state is not None else None
        if runs is None:
            raise StateError("the words of a source are not numbered")
        return list(runs)

    def keep(self, state: State) -> None:
        """Keep what was numbered."""
        if self._sieve is self._before:
            return
        withheld, bits = self._sieve.write()
        state.note_bytes("withheld", withheld)
        state.note_bytes("sieve", bits)
        state.note("guarded", str(self._sources))

    @property
    def withholds_more(self) -> bool:
        """Whether words are withheld by now that were not before."""
        before = self._before
        return before is not None and self._sieve is not before and self._sieve.newly_withheld(before)

    def look_again(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Leak]]:
        """Look through what is not made anew, where words are withheld by now that were not before.

        Args:
            texts: path and text of each; not touched where there is no need.
        """
        if not self.withholds_more:
            return
        for path, text in texts:
            yield from ((path, leak) for leak in self.leaks.find(path, text))
