"""A random sequence of edits, built after each one, and compared with clean builds of the same content."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from generator import pipeline
from generator.state import sign
from incremental.edits import make_edit
from incremental.fields import change_field
from incremental.project import TODAY, Outcome, Project, differ
from incremental.typed import Typed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from incremental.project import Files

MOST_EDITS = 5
SOMETIMES = 0.3


@dataclass(slots=True)
class Bench:
    """Two projects side by side: one that is built again and again, and one for clean builds.

    Attributes:
        folder: where both stand.
        edited: the one that is built again and again.
        other: the one for clean builds.
    """

    folder: Path
    edited: Project = field(init=False)
    other: Project = field(init=False)

    def __post_init__(self) -> None:
        """Lay the project out, and build it once."""
        self.edited = Project(self.folder / "edited").lay_out()
        typed = Typed.read(self.edited)
        typed.save(*typed.sheets)  # an edit then moves no lines but its own
        self.other = Project(self.folder / "other").lay_out()
        self._keep()

    @property
    def _kept(self) -> Path:
        return self.folder / "kept"

    def _keep(self) -> None:
        self.edited.today = TODAY
        outcome = self.edited.build()
        assert outcome.code == 0, outcome.said
        shutil.rmtree(self._kept, ignore_errors=True)
        self._kept.mkdir()
        for name in ("content", "build", "site"):
            shutil.copytree(self.edited.root / name, self._kept / name)

    def begin(self) -> Project:
        """Put the edited project back to how it was when it had first been built, state included."""
        project = self.edited
        project.today = TODAY
        before = project.read()
        project.write(self._original(before))
        for name in ("content", "build", "site"):
            shutil.rmtree(project.root / name, ignore_errors=True)
            shutil.copytree(self._kept / name, project.root / name)
        if self._templates_touched(before):
            self._keep()
        state = project.root / "build" / "state.db"
        state.with_name(f"{state.name}.seal").write_text(sign(state.stat()), "utf-8")  # the copy has times of its own
        return project

    def _original(self, now: dict[str, bytes]) -> dict[str, bytes]:
        clean = Project(self.folder / "original")
        if not clean.root.exists():
            clean.lay_out()
        files = {path: data for path, data in clean.read().items() if not path.startswith("content/")}
        return files | {path: data for path, data in now.items() if path.startswith("content/")}

    def _templates_touched(self, before: dict[str, bytes]) -> bool:
        return any(
            before.get(path) != data for path, data in self.edited.read().items() if path.startswith("templates/")
        )

    def build_clean(self) -> Outcome:
        """Build what the edited project holds in the other folder, from nothing."""
        self.other.forget()
        self.other.write(self.edited.read())
        self.other.today = self.edited.today
        return self.other.build()

    def compare(self, outcome: Outcome, *, pages: bool = True) -> None:
        """See that a build of the edited project ended as a clean one does.

        Args:
            outcome: how the build ended.
            pages: whether to look at the pages in Markdown too.
        """
        clean = self.build_clean()
        assert clean.code == 0, clean.said
        assert outcome.said == clean.said, f"other words:\n{outcome}\n{clean}"
        expect_same("site/", self.edited.site(), self.other.site())
        if pages:
            expect_same("build/pages/", self.edited.pages(), self.other.pages())
        found, expected = self.edited.settle(), pipeline.check(self.other.root, today=self.other.today).diagnostics
        assert found == expected, f"the check says {[*map(str, set(found) ^ set(expected))]}"


def expect_same(what: str, found: Files, expected: Files) -> None:
    """See that two folders hold the same; the message says where they do not."""
    differences = differ(found, expected)
    assert differences == [], f"{what} differs from that of a clean build:\n  " + "\n  ".join(differences[:20])


def run_sequence(bench: Bench, seed: str) -> None:
    """Edit and build, and compare at the end; a failure names the seed and what was done.

    The first edit is one of a field, another field in each sequence; so two hundred come to each of them thrice.

    Raises:
        AssertionError: the builds differ.
    """
    random = Random(seed)  # noqa: S311 - to be tried again, not to be secret
    project = bench.begin()
    steps: list[str] = []
    sound = project.read(), project.today
    try:
        steps.append(change_field(random, Typed.read(project), int(seed.rpartition("-")[2])))
        if project.build().code:
            _take_back(project, sound, steps)
        for _ in range(random.randint(1, MOST_EDITS)):
            if _take_step(bench, project, random, steps):
                sound = project.read(), project.today
            elif random.random() > SOMETIMES:
                _take_back(project, sound, steps)
        if project.build().code:
            _take_back(project, sound, steps)
        bench.compare(project.build(), pages=not any("harm_folders" in step for step in steps))
    except BaseException as error:
        error.add_note(f"sequence {seed}:\n  " + "\n  ".join(steps))
        raise


def _take_back(project: Project, sound: tuple[Files, date], steps: list[str]) -> None:
    files, project.today = sound
    project.write(files)
    steps.append("  taken back")


def _take_step(bench: Bench, project: Project, random: Random, steps: list[str]) -> bool:
    """Make an edit or several, and build; tell whether the content was sound."""
    steps.append(make_edit(random, project))
    while random.random() < SOMETIMES:
        steps.append("and " + make_edit(random, project))
    site = project.site()
    outcome = project.build()
    steps.append(f"  -> exit {outcome.code}, {outcome.counts}")
    if outcome.code:
        expect_same(f"site/ after a build that failed ({outcome.said})", project.site(), site)
        clean = bench.build_clean()
        assert outcome == clean, f"other errors than those of a clean build:\n{outcome}\n{clean}"
    return outcome.code == 0
