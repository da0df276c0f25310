"""Real git repositories for tests: made in a folder of their own, changed, committed, cloned."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from generator import load

ROOT = Path(__file__).parents[1]
_QUIET = (
    *("-c", "user.name=desk", "-c", "user.email=desk@news.example", "-c", "commit.gpgsign=false"),
    *("-c", "core.autocrlf=false", "-c", "init.defaultBranch=main", "-c", "core.hooksPath=.git/hooks"),
    *("-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false", "-c", "gc.auto=0"),
)


def run_git(folder: Path, *arguments: str | bytes) -> str:
    """Run git in a folder; what it refuses fails the test."""
    done = subprocess.run(["git", "-C", folder, *_QUIET, *arguments], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class Repository:
    """A project in git.

    Attributes:
        root: the project's folder.
    """

    root: Path

    def git(self, *arguments: str) -> str:
        """Run git in the project's folder."""
        return run_git(self.root, *arguments)

    def write(self, path: str, text: str) -> Repository:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return self

    def remove(self, path: str) -> Repository:
        """Delete a file."""
        (self.root / path).unlink()
        return self

    def move(self, old: str, new: str) -> Repository:
        """Give a file another path."""
        self.git("mv", old, new)
        return self

    def edit(self, path: str, *changes: tuple[str, str]) -> Repository:
        """Replace texts in a file, each of which must be there."""
        text = (self.root / path).read_text("utf-8")
        for old, new in changes:
            assert old in text, f"{path} does not hold {old!r}"
            text = text.replace(old, new, 1)
        (self.root / path).write_text(text, "utf-8")
        return self

    def commit(self, message: str = "A change") -> str:
        """Commit everything and return the commit's id."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def refuse(self, name: str) -> str:
        """Read a revision that cannot be read, and return what is said."""
        try:
            load.read_revision(self.root, name)
        except load.RevisionError as error:
            return str(error)
        raise AssertionError(f"{name} was read")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m generator` in the project, as a user would."""
        return subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.root,
            env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def make_repository(root: Path, *origins: Path) -> Repository:
    """Put copies of folders and files into a new repository and commit them."""
    root.mkdir(parents=True)
    run_git(root, "init", "--quiet", "--initial-branch=main")
    for origin in origins:
        if origin.is_dir():
            shutil.copytree(origin, root / origin.name, symlinks=True)
        else:
            shutil.copyfile(origin, root / origin.name)
    made = Repository(root)
    made.commit()
    return made
