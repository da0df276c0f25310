"""A project on the disk that is edited and built in this process, as `factsheet build --no-search` does."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from generator import pipeline
from generator.cli import main

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from generator.diagnostics import Diagnostic

ROOT = Path(__file__).parents[2]
CONTENT = (ROOT / "tests" / "sample" / "content", Path(__file__).parent / "content")
TODAY = date(2031, 7, 3)
WRITTEN = ("content", "templates", "texts", "mkdocs.yml")
"""What people write: folders and a file."""

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended.

    Attributes:
        code: the exit code.
        said: what it printed, but for how many files of the site were written.
        counts: what it said of the files of the site.
    """

    code: int
    said: tuple[str, ...]
    counts: str = ""


@contextmanager
def day_of_build(today: date) -> Iterator[None]:
    """Let every build take this for its day."""
    epoch = str(int(datetime.combine(today, time(), UTC).timestamp()))
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = epoch
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def read_files(folder: Path, *, hidden: bool = False) -> Files:
    """Read every file below a folder, by path; those at a hidden place only where that is asked for."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if hidden or not name.startswith(".")]
        for name in names:
            if hidden or not name.startswith("."):
                path = Path(place, name)
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def differ(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Name the files that are not the same in both, and the first line in which they differ."""
    found = [f"{path}: only in the first" for path in one.keys() - other.keys()]
    found += [f"{path}: only in the second" for path in other.keys() - one.keys()]
    for path in one.keys() & other.keys():
        if one[path] != other[path]:
            lines = zip([*one[path].splitlines(), b""], [*other[path].splitlines(), b""], strict=False)
            first, second = next(((a, b) for a, b in lines if a != b), (b"(more lines)", b""))
            found.append(f"{path}: {first[:300]!r} | {second[:300]!r}")
    return sorted(found)


@dataclass(slots=True)
class Project:
    """A folder with all that a build reads, and what it writes.

    Attributes:
        root: the folder.
        today: the day of the next build.
    """

    root: Path
    today: date = TODAY

    def lay_out(self) -> Project:
        """Put the small project there."""
        self.root.mkdir(parents=True)
        for origin in CONTENT:
            shutil.copytree(origin, self.root / "content", dirs_exist_ok=True)
        shutil.copytree(ROOT / "templates", self.root / "templates")
        shutil.copyfile(ROOT / "mkdocs.yml", self.root / "mkdocs.yml")
        return self

    def build(self) -> Outcome:
        """Build the site; what goes wrong other than by an exit fails the test."""
        with day_of_build(self.today):
            done = CliRunner().invoke(main, ["build", "--no-search", "--root", str(self.root)])
        gc.unfreeze()  # a build leaves its garbage to the end of the process, which is far away here
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        said = done.output.splitlines()
        counts = [line for line in said if line.startswith("site/:")]
        return Outcome(done.exit_code, tuple(line for line in said if line not in counts), "".join(counts))

    def settle(self) -> tuple[Diagnostic, ...]:
        """Say what a check finds that uses the state, and leave the state as it is."""
        settled = pipeline.settle(self.root, today=self.today)
        found = tuple(settled.checked.diagnostics)
        if settled.state is not None:
            settled.state.give_up()
        return found

    def start_build(self, cores: Collection[int]) -> subprocess.Popen[bytes]:
        """Start a build in a process of its own, on some of the machine's cores."""
        words = f"import os; os.sched_setaffinity(0, {set(cores)}); from generator.cli import main; main()"
        with day_of_build(self.today):
            return subprocess.Popen(
                [sys.executable, "-c", words, "build", "--no-search", "--root", str(self.root)],
                cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    # --- what is there ---

    def site(self) -> Files:
        """Read the published site, without its search index."""
        return {p: d for p, d in read_files(self.root / "site").items() if not p.startswith("pagefind/")}

    def pages(self) -> Files:
        """Read the pages as Markdown."""
        return read_files(self.root / "build" / "pages")

    def read(self) -> Files:
        """Read all that people wrote."""
        found: Files = {}
        for name in WRITTEN:
            path = self.root / name
            if path.is_dir():
                found |= {f"{name}/{inner}": data for inner, data in read_files(path, hidden=True).items()}
            elif path.is_file():
                found[name] = path.read_bytes()
        return found

    def write(self, files: Files) -> None:
        """Leave exactly these files, and touch none that holds its bytes already."""
        now = self.read()
        for path in now.keys() - files.keys():
            self.remove(path)
        for path, data in files.items():
            if now.get(path) != data:
                target = self.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)

    def remove(self, path: str) -> None:
        """Delete a file and the folders that it leaves empty."""
        target = self.root / path
        target.unlink()
        while target.parent != self.root and not any(target.parent.iterdir()):
            target = target.parent
            target.rmdir()

    def forget(self) -> None:
        """Delete all that builds have written."""
        for name in ("build", "site"):
            shutil.rmtree(self.root / name, ignore_errors=True)
