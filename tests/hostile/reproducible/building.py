"""Lays a project out on a machine, builds it there, and reads what was published."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hostile.reproducible.machines import PLAIN

if TYPE_CHECKING:
    from hostile.reproducible.machines import Machine

PROJECT = Path(__file__).parents[3]
SAMPLE = PROJECT / "tests" / "sample"
LAUNCH = Path(__file__).with_name("launch.py")
_INPUTS = ("mkdocs.yml", ".gitattributes", "content", "templates")
_PATIENCE = 300  # seconds for one build
_GIT = ("-c", "user.name=desk", "-c", "user.email=desk@news.example", "-c", "commit.gpgsign=false")
_NOTHING_KNOWN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


class MachineMissingError(RuntimeError):
    """There can be no such machine here; the text says why."""


@dataclass(frozen=True, slots=True)
class Project:
    """What is built.

    Args:
        name: in words.
        origins: folders with what a build reads; a later one replaces whole folders of an earlier one.
        day: the day of the build.
        program: the folder with the generator.
    """

    name: str
    origins: tuple[Path, ...]
    day: datetime
    program: Path = PROJECT

    def files(self) -> dict[str, Path]:
        """Every file that a build reads, by its path in the project, sorted."""
        found: dict[str, Path] = {}
        for origin in self.origins:
            for name in _INPUTS:
                if (origin / name).is_dir():
                    found = {path: file for path, file in found.items() if not path.startswith(f"{name}/")}
                    inside = [file for file in (origin / name).rglob("*") if file.is_file()]
                    found |= {file.relative_to(origin).as_posix(): file for file in inside}
                elif (origin / name).is_file():
                    found[name] = origin / name
        return dict(sorted(found.items()))


def freeze(project: Project, folder: Path) -> Project:
    """Copy what is built, and with what, so that an edit in between makes no difference of its own."""
    _lay_out(folder, project.files())
    _copy_program(PROJECT, folder)
    return replace(project, origins=(folder,), program=folder)


SAMPLE_SITE = Project("the sample", (PROJECT, SAMPLE), datetime(2031, 7, 3, 11, tzinfo=UTC))


def make_real(day: datetime) -> Project:
    """The content of this repository, built on a day."""
    return Project("the real content", (PROJECT,), day)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build on a machine gave.

    Attributes:
        seen: what the build could see of the machine.
        files: the bytes of each published file.
        modes: the rights of each published file and folder.
        said: what the build said, if it failed.
    """

    seen: dict[str, object]
    files: dict[str, bytes]
    modes: dict[str, int]
    said: str


def build(project: Project, machine: Machine, folder: Path) -> Built:
    """Build a project on a machine, in an empty folder, and take the folder away.

    Raises:
        MachineMissingError: there can be no such machine here.
    """
    root = folder / machine.folder
    try:
        _bring(project, machine, root, folder / "origin")
        if machine.program:
            _copy_program(project.program, folder / "the program")
        seen = _run(machine, project, root, folder, "seen")
        if machine.history == "edited":
            _build_another(project, machine, root, folder)
        done = _run(machine, project, root, folder, *machine.command)
        site = root / "site"
        paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*"))}
        return Built(
            json.loads(seen[1]),
            {name: path.read_bytes() for name, path in paths.items() if path.is_file()},
            {name: path.stat().st_mode & 0o7777 for name, path in paths.items()},
            done[1] if done[0] else "",
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bring(project: Project, machine: Machine, root: Path, origin: Path) -> None:
    """Lay the project out as it comes to this machine."""
    files = project.files()
    if machine.history in {"clone", "crlf"}:
        _lay_out(origin, files)
        dated = {"GIT_COMMITTER_DATE": project.day.isoformat(), "GIT_AUTHOR_DATE": project.day.isoformat()}
        _git("init", "--quiet", str(origin))
        _git("-C", str(origin), "add", "--all", "--force")
        _git("-C", str(origin), *_GIT, "commit", "--quiet", "--message", "All", **dated)
        root.parent.mkdir(parents=True, exist_ok=True)
        wished = ("-c", f"core.autocrlf={'true' if machine.history == 'crlf' else 'false'}")
        _git(*wished, "clone", "--quiet", *wished, str(origin), str(root))
        if machine.backwards:  # git writes in its own order
            for path in files:
                (root / path).unlink()
            _lay_out(root, dict(reversed(files.items())))
    else:
        _lay_out(root, dict(reversed(files.items())) if machine.backwards else files)
    if machine.times is not None:
        drawn = random.Random(machine.times)  # noqa: S311 - nothing secret
        for path in files:
            os.utime(root / path, (moment := drawn.randrange(1, 2_000_000_000), moment))


def _copy_program(origin: Path, folder: Path) -> None:
    shutil.copytree(origin / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))


def _lay_out(root: Path, files: dict[str, Path]) -> None:
    for path, source in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


def _git(*arguments: str, **environment: str) -> None:
    subprocess.run(
        ["git", *arguments],
        env={**os.environ, **_NOTHING_KNOWN, **environment},
        check=True,
        capture_output=True,
        timeout=60,
    )


def _build_another(project: Project, machine: Machine, root: Path, folder: Path) -> None:
    """Build another site here first: with other words, one claim file less, and no search."""
    about = root / "content/pages/about.md"
    words = about.read_bytes()
    about.write_bytes(words + b"\nAnother word stood here, once upon a time.\n")
    settings = root / "content/settings.yml"
    typed = settings.read_bytes()
    settings.write_bytes(re.sub(rb"^title: ", b"title: Another ", typed, flags=re.MULTILINE))
    assert settings.read_bytes() != typed
    changed = [path for path in sorted((root / "content/claims").glob("*.yml")) if b"\n  why: " in path.read_bytes()]
    kept = {path: path.read_bytes() for path in changed}
    for path, before in kept.items():
        path.write_bytes(before.replace(b"\n  why: ", b"\n  why: Otherwise. ", 1))
    code, said = _run(machine, project, root, folder, *machine.command)
    assert code == 0, said
    for path, before in {about: words, settings: typed, **kept}.items():
        path.write_bytes(before)


def _run(machine: Machine, project: Project, root: Path, folder: Path, *command: str) -> tuple[int, str]:
    """Run a module on a machine; returns its exit code and what it said."""
    typed = [sys.executable, *machine.python, str(LAUNCH), str(machine.cores), str(machine.shuffled), *command]
    if machine.user is not None:
        typed = ["unshare", "--user", f"--map-user={machine.user}", f"--map-group={machine.user}", *typed]
    day = {} if machine.history in {"clone", "crlf"} else {"SOURCE_DATE_EPOCH": str(int(project.day.timestamp()))}
    program = folder / "the program" if machine.program else project.program
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(program),
        **_NOTHING_KNOWN,
        **PLAIN,
        **day,
        **machine.environment,
    }
    if "LOCPATH" not in given and "LOCPATH" in os.environ:
        given["LOCPATH"] = os.environ["LOCPATH"]
    environment = {name: value for name, value in given.items() if value is not None}
    if not machine.terminal:
        done = subprocess.run(
            typed, cwd=root, env=environment, umask=machine.umask, check=False, timeout=_PATIENCE,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8", "replace")
    outside, inside = pty.openpty()
    process = subprocess.Popen(
        typed, cwd=root, env=environment, umask=machine.umask, stdin=inside, stdout=inside, stderr=inside
    )
    os.close(inside)
    said = b""
    while True:
        try:
            chunk = os.read(outside, 65_536)
        except OSError:  # the terminal is closed once nobody is left in it
            break
        said += chunk
    os.close(outside)
    return process.wait(_PATIENCE), said.decode("utf-8", "replace")


def find_memory() -> Path | None:
    """A folder that lies in memory, if there is one to write to."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder with a random name is made in it
    return shared if shared.is_dir() and os.access(shared, os.W_OK) else None


def can_be(user: int) -> bool:
    """Whether a process can have another user's number here; systems may forbid that."""
    done = subprocess.run(["unshare", "--user", f"--map-user={user}", "true"], capture_output=True, check=False)
    return done.returncode == 0


def make_locale(name: str, folder: Path) -> bool:
    """Make a locale in a folder, for LOCPATH; False where its sources are not installed."""
    language, encoding = name.split(".")
    folder.mkdir(parents=True, exist_ok=True)
    typed = ["localedef", "--inputfile", language, "--charmap", encoding, str(folder / name)]
    try:
        subprocess.run(typed, capture_output=True, check=False, timeout=60)
    except FileNotFoundError:
        return False
    return (folder / name / "LC_CTYPE").exists()
