"""A build from the state that was left to the state that is left: what is made, what is kept, what is taken away."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass, field
from itertools import chain
from secrets import token_hex
from typing import TYPE_CHECKING

from generator import load, pipeline, write
from generator.checks import Leaks, Sieve
from generator.exports import export_schema, join_records
from generator.pages import Download, open_site, plan_data
from generator.pages.desk import plan_desk
from generator.paths import DESK
from generator.pipeline.stamps import stamp_pages
from generator.plugin.guarding import RUNS, Guard
from generator.plugin.listing import PREFIXES, list_ids, list_wanted, pages_of, read_mark, site_file
from generator.plugin.making import DATA, PAGE, Maker, join
from generator.plugin.telling import tell, warn_of_dead_links
from generator.reads import Reads
from generator.render import Renderer
from generator.state import Unit, read_seen
from generator.workers import count_workers, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library
    from generator.pipeline import Settled
    from generator.plugin.making import Made, Theme
    from generator.state import UnitName

log = logging.getLogger("mkdocs.plugins.factsheet")

RECORDS, SCHEMA = "data/records.json", "data/schema.json"
_DATA_FILES = {
    RECORDS: ("All records", "Every record as it was typed, with what the build computed about each claim."),
    SCHEMA: ("JSON Schema", "The form of the records, for programs that read or check them."),
}
_MARK = ".made-by"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build keeps what it makes.

    Attributes:
        state: the folder of the state.
        pages: the Markdown of the pages.
        html: the finished pages and data files.
        static: what MkDocs itself writes: files of the theme, templates that are no pages.
        index: the search index.
    """

    state: Path
    pages: Path
    html: Path
    static: Path
    index: Path


@dataclass(frozen=True, slots=True)
class Finished:
    """What a build has made.

    Attributes:
        problems: what stops it; nothing was kept then.
        written: files of `html` that were made in this build, by path in the site.
        deleted: files that are no longer there.
        files: every file of `html`.
        addresses: the pages, for the sitemap.
        whole: whether everything was made anew.
        warned: whether a warning was logged, which is to be told again as long as it is true.
    """

    problems: tuple[Diagnostic, ...] = ()
    written: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    whole: bool = True
    warned: bool = False

    @property
    def changed(self) -> frozenset[str] | None:
        """What changed of the finished files; None where everything was made anew."""
        return None if self.whole else self.written | self.deleted


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
    """

    root: Path
    folders: Folders
    settled: Settled
    _known: dict[str, list[str]] = field(default_factory=dict)
    _mark: str = ""
    _steady: bool = False

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
        if not there or state.read("page stamp") != stamp_pages(self.root):
            known = {name for prefix in PREFIXES for name in state.names(prefix)}
            wanted = list_wanted(library)
            return _Chosen(wanted, gone=known - set(wanted))
        self._mark = mark or ""
        self._known = json.loads(state.read("pages") or "{}")
        stale = {name for prefix in PREFIXES for name in state.stale(prefix)} | self.settled.stale
        stale |= {(row[0], row[1]) for path, row in self._known.items() if not self._is_there(path)}
        stale.discard(("", ""))
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
        maker = Maker(
            theme, open_site(library, views), self.settled.reads,
            Renderer(load.read_templates(self.root)), guard.leaks, write.put, self.folders.pages, self.folders.html,
        )  # fmt: skip
        for folder in (self.folders.pages, self.folders.html):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _MARK).unlink(missing_ok=True)
        others = [unit for unit in chosen if not unit[0].startswith(RUNS)]
        made = join(share(others, maker.make, count_workers(len(others))))
        pages = self._list_pages(made, gone, library)
        records = self._list_records(made, gone)
        files = self._join_data(library, views, records)
        offered = [Download(path, *_DATA_FILES[path], len(text.encode())) for path, text in files.items()]
        shown = join([maker.make_page(plan_data(maker.site, offered))])
        again = guard.look_again(self._list_kept(made, pages, records))
        pages |= {row[0]: ["", "", *row[1:]] for row in pages_of(shown)}
        problems = tell(library, (made, shown), again, (*pages, RECORDS))
        if problems:
            return Finished(problems)
        written = {path for path, text in files.items() if write.put(self.folders.html, path, text.encode())}
        written |= {site_file(path) for path, row in pages.items() if self._known.get(path, [""])[-1] != row[-1]}
        deleted = self._prune(pages)
        self._keep(guard, made, gone, pages, len(library.sources))
        warned = warn_of_dead_links(made, pages, [file.src_uri for file in theme.files.documentation_pages()])
        return Finished(
            (),
            frozenset(written),
            frozenset(deleted),
            frozenset((*map(site_file, pages), RECORDS, SCHEMA)),
            tuple(pages),
            not self._known,
            warned,
        )

    def _is_there(self, path: str) -> bool:
        """Tell whether nobody has deleted a page since it was made: 20 ms for ten thousand of them."""
        isfile = os.path.isfile  # pathlib takes five times as long
        return isfile(f"{self.folders.pages}/{path}") and isfile(f"{self.folders.html}/{site_file(path)}")

    def drop(self) -> None:
        """Throw the state away: what was made no longer fits it."""
        if self.settled.state is not None:
            self.settled.state.drop()

    def make_desk(self, theme: Theme) -> None:
        """Make the page that only the preview has: it goes through all there is, so it is made when somebody asks for it."""
        checked = pipeline.check(self.root)
        if checked.library is None or checked.views is None:
            return
        site, renderer = open_site(checked.library, checked.views), Renderer(load.read_templates(self.root))
        nothing = Leaks(checked.library, checked.views, Sieve(()))  # nobody publishes the desk
        folders = self.folders
        maker = Maker(theme, site, Reads(), renderer, nothing, write.put, folders.pages, folders.html)
        maker.make_page(plan_desk(site))

    def mark_folders(self) -> None:
        """Mark what was made as belonging to the state, once that is finished; what has no mark is made anew."""
        for folder in (self.folders.pages, self.folders.html):
            (folder / _MARK).write_text(self._mark, "utf-8")

    # --- steps ---

    def _list_pages(self, made: Made, gone: set[UnitName], library: Library) -> dict[str, list[str]]:
        """List all pages there are now, in the order of the site, each with its unit and digests."""
        left_out = gone | {(name, key) for name, key, _, _ in made.units}
        before = {path for path, row in self._known.items() if (row[0], row[1]) in left_out}
        fresh = {
            path: [name, key, markdown, html]
            for name, key, outcome, _ in made.units
            if name.startswith(PAGE)
            for path, markdown, html in outcome
        }
        if self._steady and before == fresh.keys():
            return {path: fresh.get(path, row) for path, row in self._known.items() if row[0]}
        places = {unit: place for place, unit in enumerate(list_wanted(library))}
        pages = {path: row for path, row in self._known.items() if row[0] and path not in before} | fresh
        return dict(sorted(pages.items(), key=lambda page: places[page[1][0], page[1][1]]))

    def _list_records(self, made: Made, gone: set[UnitName]) -> dict[UnitName, str]:
        """List all records as open data."""
        state = self.settled.state
        before = {} if state is None or not self._known else state.outcomes(DATA)
        records = {unit: text for unit, text in before.items() if unit not in gone}
        return records | {(name, key): outcome for name, key, outcome, _ in made.units if name.startswith(DATA)}

    def _join_data(self, library: Library, views: Views, records: Mapping[UnitName, str]) -> dict[str, str]:
        """Give the data files."""
        of_kind = {kind: [records[f"{DATA}{kind}", one] for one in ids] for kind, ids in list_ids(library).items()}
        return {RECORDS: join_records(library.settings, views.today, of_kind), SCHEMA: export_schema()}

    def _list_kept(
        self, made: Made, pages: Iterable[str], records: Mapping[UnitName, str]
    ) -> Iterator[tuple[str, str]]:
        """Go through what is published and was not made anew: path and text."""
        units = {(name, key) for name, key, _, _ in made.units}
        fresh = {DESK, *(row[0] for row in pages_of(made))}
        yield from ((path, (self.folders.pages / path).read_text("utf-8")) for path in pages if path not in fresh)
        yield from ((RECORDS, text) for unit, text in records.items() if unit not in units)

    def _prune(self, pages: Mapping[str, list[str]]) -> set[str]:
        """Take away pages that are no longer there; give their files in the site."""
        wanted = {**dict.fromkeys(map(site_file, pages)), RECORDS: None, SCHEMA: None}
        if not self._known:
            write.prune(self.folders.pages, pages)
            return set(write.prune(self.folders.html, wanted))
        gone = [path for path in self._known if path not in pages]
        for path in gone:
            write.remove(self.folders.pages, path)
            write.remove(self.folders.html, site_file(path))
        return {site_file(path) for path in gone}

    def _keep(
        self, guard: Guard, made: Made, gone: set[UnitName], pages: Mapping[str, list[str]], sources: int
    ) -> None:
        """Keep what was made."""
        state = self.settled.state
        if state is None:
            return
        units = (Unit((name, key), outcome, read_seen(seen)) for name, key, outcome, seen in made.units)
        fresh = {(name, key) for name, key, _, _ in made.units} | {unit.name for unit in guard.units}
        state.keep_units(chain(guard.units, units), gone | fresh)
        guard.keep(state, sources)
        state.note("pages", json.dumps(pages, ensure_ascii=False))
        state.note("mark", self._mark)
        state.note("complete", "yes")
        state.note("page stamp", stamp_pages(self.root))
