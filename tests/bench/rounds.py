"""One round of measurements at one size: ours and the others by turns, each from the state that its case is about."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.cases import TARGET_SIZE, Case
from bench.rivals import write_sites
from bench.runs import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.corpus import Corpus, Edit
    from bench.rivals import Rivals
    from bench.runs import Run

_AGAIN = "\nIt was read once more.\n"


@dataclass(frozen=True, slots=True)
class Bench:
    """What the measurements of one size are made with.

    Attributes:
        project: the repository, where the generator is.
        corpus: the made-up project that is built.
        records: its size.
        rivals: the other generators; None leaves them out.
        environment: the variables of every process.
    """

    project: Path
    corpus: Corpus
    records: int
    rivals: Rivals | None
    environment: Mapping[str, str]

    def run(self, *command: str) -> Run:
        """Measure a command, once the disk has what was written before."""
        os.sync()
        return measure(command, self.project, self.environment)

    def check(self) -> Run:
        """Measure our check."""
        return self.run(sys.executable, "-m", "generator", "check", "--root", str(self.corpus.root))

    def build(self, *options: str) -> Run:
        """Measure our build."""
        root = str(self.corpus.root)
        return self.run(sys.executable, "-m", "generator", "build", "--root", root, "--timings", *options)

    def empty(self) -> None:
        """Remove all that was built or kept for the next build."""
        for name in ("build", "site"):
            shutil.rmtree(self.corpus.root / name, ignore_errors=True)


@contextmanager
def edited(corpus: Corpus, edit: Edit) -> Iterator[None]:
    """Have an edit made for a while."""
    edit.apply(corpus.root)
    try:
        yield
    finally:
        edit.revert(corpus.root)


def run_round(bench: Bench, *, first: bool) -> Iterator[tuple[Case, Run]]:
    """Measure every case once.

    Args:
        bench: what to measure.
        first: whether this is the first round. Material and MkDocs build a corpus of the size that the targets are for
            in that one only, and no larger one; of larger ones, later rounds measure checks and clean builds only.

    Yields:
        Each case with its run, as soon as it has ended.
    """
    corpus = bench.corpus
    bench.empty()
    yield Case.CHECK_COLD, bench.check()
    yield Case.CHECK_WARM, bench.check()
    with edited(corpus, corpus.why):
        yield Case.CHECK_EDITED, bench.check()

    bench.empty()
    yield Case.CLEAN, bench.build("--no-search")
    if bench.rivals:
        if first:
            write_sites(corpus.root / "build" / "pages", bench.rivals.folder)
        yield from _build_rivals(bench, bench.rivals, first=first)
    if bench.records > TARGET_SIZE and not first:
        return
    yield Case.SAME, bench.build("--no-search")
    yield Case.YARDSTICK, bench.run(sys.executable, "-m", "mkdocs", "--version")
    for case, edit in zip(
        (Case.EDIT_WHY, Case.EDIT_VERDICT, Case.EDIT_TITLE, Case.EDIT_TEMPLATE), corpus.edits, strict=True
    ):
        with edited(corpus, edit):
            yield case, bench.build("--no-search")
        bench.build("--no-search")

    if bench.rivals:
        yield from _rebuild_rivals(bench, bench.rivals)
    if first:
        yield Case.SEARCH_ADDED, bench.build()
    bench.empty()
    yield Case.CLEAN_SEARCH, bench.build()
    yield Case.SAME_SEARCH, bench.build()
    with edited(corpus, corpus.why):
        yield Case.EDIT_SEARCH, bench.build()


def _build_rivals(bench: Bench, rivals: Rivals, *, first: bool) -> Iterator[tuple[Case, Run]]:
    shutil.rmtree(rivals.public, ignore_errors=True)
    yield Case.HUGO, bench.run(*rivals.hugo())
    if first or bench.records <= TARGET_SIZE:
        yield Case.PAGEFIND, bench.run(*rivals.index())
    if bench.records < TARGET_SIZE or (first and bench.records == TARGET_SIZE):
        for case, theme in ((Case.MKDOCS, "mkdocs"), (Case.MATERIAL, "material")):
            shutil.rmtree(rivals.folder / theme / "site", ignore_errors=True)
            yield case, bench.run(*rivals.mkdocs(theme))


def _rebuild_rivals(bench: Bench, rivals: Rivals) -> Iterator[tuple[Case, Run]]:
    """Edit the page of the claim that we edit, and build again over what was built before."""
    page = rivals.folder / "hugo" / "content" / "claims" / f"{bench.corpus.claim}.md"
    text = page.read_text("utf-8")
    page.write_text(text + _AGAIN, "utf-8")
    yield Case.HUGO_EDIT, bench.run(*rivals.hugo())
    yield Case.PAGEFIND_EDIT, bench.run(*rivals.index())
    page.write_text(text, "utf-8")
