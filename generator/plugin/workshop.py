"""A build from the state that was left to the state that is left: what is made, what is kept, what is taken away."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from secrets import token_hex
from typing import TYPE_CHECKING

from generator import pipeline, write
from generator.checks import Leaks, Sieve
from generator.exports import FILES
from generator.load.templates import read_templates
from generator.pages import open_site, plan_data
from generator.paths import DESK
from generator.pipeline.stamps import stamp_pages
from generator.plugin.compiled import CompiledTemplates
from generator.plugin.datafiles import DataFiles
from generator.plugin.finished import Finished, Folders
from generator.plugin.guarding import RUNS, Guard
from generator.plugin.listing import PREFIXES, list_data, list_files, list_wanted, read_mark
from generator.plugin.making import DATA, Maker, join
from generator.plugin.page import sign_page, site_file
from generator.plugin.telling import tell, warn_of_dead_links
from generator.reads import Reads
from generator.render import Renderer
from generator.state import Unit, read_seen
from generator.workers import count_workers, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.link import Library
    from generator.pipeline import Settled
    from generator.plugin.lastgood import LastGood
    from generator.plugin.making import Made, Theme
    from generator.state import PageRow, UnitName

log = logging.getLogger("mkdocs.plugins.factsheet")

_MARK = ".made-by"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The units that are to be made, in the order of the site, and those that are gone."""

    units: list[UnitName]
    gone: set[UnitName] = field(default_factory=set)


@dataclass(slots=True)
class Workshop:
    """One build.

    Attributes:
        root: the project's folder.
        folders: where it keeps what it makes.
        settled: the checked content.
        before: keeps the last good pages until these are known to be sound; only a preview shows pages from where they are
            made.
    """

    root: Path
    folders: Folders
    settled: Settled
    before: LastGood | None = None
    _known: list[str] = field(default_factory=list)
    _mark: str = ""
    _stamp: str = ""
    _compiled: list[CompiledTemplates] = field(default_factory=list)
    _steady: bool = False

    def __post_init__(self) -> None:
        """Name the templates before any of them is read: what changes from now on is seen by the next build."""
        self._stamp = stamp_pages(self.root)

    # --- what is to be made ---

    def _choose(self, library: Library) -> _Chosen:
        """Tell which units are to be made, and which are gone."""
        state = self.settled.state
        self._mark = token_hex(8)
        if state is None:
            return _Chosen(list_wanted(library))
        mark = state.read("mark")
        folders = (self.folders.pages, self.folders.html)
        there = mark is not None and all(read_mark(folder / _MARK) == mark for folder in folders)
        if not there or not self._is_same_theme:
            known = {name for prefix in PREFIXES for name in state.names(prefix)}
            wanted = list_wanted(library)
            return _Chosen(wanted, gone=known - set(wanted))
        self._mark = mark or ""
        marks = state.marks_of_pages()
        self._known = list(marks)
        stale = {name for prefix in PREFIXES for name in state.stale(prefix)} | self.settled.stale
        stale |= {row[1:3] for row in map(state.page, self._list_touched(marks)) if row is not None}
        stale.discard(("", ""))
        if not self._open_data(library).is_known:
            stale |= set(list_data(library))
        self._steady = self.settled.same_records and state.read("complete") == "yes"
        if self._steady:
            return _Chosen(sorted(stale))
        known = {name for prefix in PREFIXES for name in state.names(prefix)}
        wanted = list_wanted(library)
        return _Chosen([unit for unit in wanted if unit in stale or unit not in known], known - set(wanted))

    def make(self, theme: Theme, progress: Callable[[str], None]) -> Finished:
        """Make every page that is to be made, and bring the folders up to date.

        Args:
            theme: what MkDocs has set up.
            progress: told the name of each stage as it begins.
        """
        library, views, state = self.settled.checked.library, self.settled.checked.views, self.settled.state
        if library is None or views is None:
            raise ValueError("content that was not checked cannot be built")
        progress("Making pages")
        choice = self._choose(library)
        chosen, gone = choice.units, choice.gone
        guard = Guard(library, views, self.settled.reads, state, [unit for unit in chosen if unit[0].startswith(RUNS)])
        if guard.withholds_more:  # what the data files hold is looked through while it is made
            chosen = list(dict.fromkeys((*chosen, *list_data(library))))
        maker = Maker(
            theme, open_site(library, views), self.settled.reads,
            Renderer(read_templates(self.root), self.compile_for("pages")), guard.leaks,
            self.before.put if self.before is not None else write.put, self.folders.pages, self.folders.html,
        )  # fmt: skip
        if self.before is not None:
            self.before.begin()
        for folder in (self.folders.pages, self.folders.html):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _MARK).unlink(missing_ok=True)
        others = [unit for unit in chosen if not unit[0].startswith(RUNS)]
        made = join(share(others, maker.make, count_workers(len(others))))
        data = self._open_data(library)
        offered = data.bring(made, gone, steady=self._steady)
        shown = join([maker.make_page(plan_data(maker.site, offered))])
        fresh = _list_fresh(made, shown)
        pages = self._list_pages(fresh, {*gone, *((name, key) for name, key, _, _ in made.units)}, library)
        paths = self._known if pages is None else [row[0] for row in pages]
        again = guard.look_again(self._list_kept(fresh, paths))
        problems = tell(library, (made, shown), again, (*paths, *FILES))
        if problems:
            return Finished(problems)
        put = {path: write.put(self.folders.html, path, content) for path, content in data.files.items()}
        written = {path for path, fresh in put.items() if fresh or not self._known}  # a stopped build may have put it
        written |= {site_file(row[0]) for row in fresh if not self._known or self._digest_of(row[0]) != row[-1]}
        deleted = self._prune(paths)
        self._keep(guard, made, gone, pages, fresh)
        if state is not None:
            data.keep(state)
        there = frozenset(paths)
        warned = warn_of_dead_links(made, there, [file.src_uri for file in theme.files.documentation_pages()])
        return Finished(
            (),
            frozenset(written),
            frozenset(deleted),
            None if pages is None else tuple(paths),
            not self._known,
            warned,
        )

    @property
    def _is_same_theme(self) -> bool:
        return self.settled.state is not None and self.settled.state.read("page stamp") == self._stamp

    def _open_data(self, library: Library) -> DataFiles:
        today = self.settled.checked.views.today if self.settled.checked.views is not None else date.min
        return DataFiles(self.folders.html, library, today, self.settled.state if self._known else None)

    def compile_for(self, name: str) -> CompiledTemplates:
        """Give compiled templates for an environment; see there."""
        compiled = CompiledTemplates(name, self.settled.state if self._is_same_theme else None)
        self._compiled.append(compiled)
        return compiled

    def _list_touched(self, marks: Mapping[str, str]) -> list[str]:
        """List the pages that somebody has changed or deleted since they were made."""
        pages, html = self.folders.pages, self.folders.html
        return [path for path, known in marks.items() if sign_page(pages, html, path) != known]

    def _digest_of(self, path: str) -> str:
        """Give the digest of a finished page as it was before; empty where there was none."""
        row = self.settled.state.page(path) if self.settled.state is not None else None
        return row[-1] if row is not None else ""

    def drop(self) -> None:
        """Throw the state away, and what was made with it; the last good pages come back."""
        if self.before is not None:
            self.before.put_back()
        if self.settled.state is not None:
            self.settled.state.drop()

    def make_desk(self, theme: Theme) -> tuple[Diagnostic, ...]:
        """Make the page that only the preview has: it goes through all there is, so it is made when somebody asks for it.

        Returns:
            What is wrong with it.
        """
        checked = pipeline.check(self.root)
        if checked.library is None or checked.views is None or not checked.ok:
            return ()
        from generator.pages.desk import plan_desk  # noqa: PLC0415 (seldom needed)

        site, renderer = open_site(checked.library, checked.views), Renderer(read_templates(self.root))
        nothing = Leaks(checked.library, checked.views, Sieve(()))  # nobody publishes the desk
        folders = self.folders
        maker = Maker(theme, site, Reads(), renderer, nothing, write.put, folders.pages, folders.html)
        return tell(checked.library, [join([maker.make_page(plan_desk(site))])], (), ())

    def keep_templates(self) -> None:
        """Keep what was compiled, once MkDocs has written its own files too."""
        if self.settled.state is not None:
            for compiled in self._compiled:
                compiled.keep(self.settled.state)

    def finish(self) -> None:
        """Finish the state of a preview, of which nothing is published."""
        if self.settled.state is not None:
            self.keep_templates()
            self.settled.state.finish()
        if self.before is not None:
            self.before.let_go()
        if self.settled.state is not None:
            self.mark_folders()

    def mark_folders(self) -> None:
        """Mark what was made as belonging to the state, once that is finished; what has no mark is made anew."""
        for folder in (self.folders.pages, self.folders.html):
            (folder / _MARK).write_text(self._mark, "utf-8")

    # --- steps ---

    def _list_pages(self, fresh: Sequence[PageRow], made: set[UnitName], library: Library) -> list[PageRow] | None:
        """List all pages there are now, in the order of the site; None where they are the same as before."""
        state = self.settled.state
        paths = {row[0] for row in fresh if row[1]}
        if state is not None and self._steady and paths == {path for unit in made for path in state.pages_of(unit)}:
            return None
        known = state.pages() if state is not None and self._known else []
        places = {unit: place for place, unit in enumerate(list_wanted(library))}
        units = [row for row in known if row[1] and row[1:3] not in made] + [row for row in fresh if row[1]]
        return [*sorted(units, key=lambda row: places[row[1:3]]), *(row for row in fresh if not row[1])]

    def _list_kept(self, fresh: Iterable[PageRow], paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Go through the pages that are published and were not made anew: path and text."""
        left_out = {DESK, *(row[0] for row in fresh)}
        kept = (path for path in paths if path.endswith(".md") and path not in left_out)
        yield from ((path, (self.folders.pages / path).read_text("utf-8")) for path in kept)

    def _prune(self, paths: Sequence[str]) -> set[str]:
        """Take away pages that are no longer there; give their files in the site."""
        if paths is self._known:
            return set()
        if not self._known:
            if self.before is not None:
                self.before.keep_others(list_files(paths).union(paths))
            write.prune(self.folders.pages, paths)
            return set(write.prune(self.folders.html, list_files(paths)))
        there = frozenset(paths)
        gone = [path for path in self._known if path not in there]
        for path in gone:
            if self.before is not None:
                self.before.keep(path, site_file(path))
            write.remove(self.folders.pages, path)
            write.remove(self.folders.html, site_file(path))
        return {site_file(path) for path in gone}

    def _keep(
        self, guard: Guard, made: Made, gone: set[UnitName], pages: Sequence[PageRow] | None, fresh: Sequence[PageRow]
    ) -> None:
        """Keep what was made."""
        state = self.settled.state
        if state is None:
            return
        units = (Unit((name, key), outcome, read_seen(seen)) for name, key, outcome, seen in made.units)
        renewed = {(name, key) for name, key, _, _ in made.units} | {unit.name for unit in guard.units}
        state.keep_units(chain(guard.units, units), gone | renewed)
        guard.keep(state)
        if pages is None:
            state.renew_pages(fresh)
        else:
            state.keep_pages(pages)
        state.note("mark", self._mark)
        state.note("complete", "yes")
        state.note("page stamp", self._stamp)


def _list_fresh(made: Made, shown: Made) -> list[PageRow]:
    """List the pages, and the data files of single records and leaves, that were made anew."""
    units = [
        (name, key, outcome[:-1] if name.startswith(DATA) else outcome)
        for name, key, outcome, _ in (*made.units, *shown.units)
    ]
    return [(path, name, key, marks, digest) for name, key, outcome in units for path, marks, digest in outcome]
