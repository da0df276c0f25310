"""The same content gives the same bytes, wherever, whenever and by whomever it is built: one machine against many."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, time
from os import environ
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from generator import load
from hostile.outcome import Outcome, Scale
from hostile.reproducible.building import (
    PROJECT,
    SAMPLE_SITE,
    Built,
    build,
    can_be,
    find_memory,
    freeze,
    make_locale,
    make_real,
)
from hostile.reproducible.machines import ALONE, FIRST, TOGETHER, TURKISH, UKRAINIAN, Machine, as_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHOWN = 5  # files that differ, of one machine


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Build the sample and the real content on machines that differ in one thing, and in all of them."""
    day = datetime.combine(
        load.read_today(PROJECT, environ), time(11), UTC
    )  # another day in some zones ahead, and in some behind
    others = (*ALONE, TOGETHER) if scale.whole else (TOGETHER,)
    for project, machines in ((SAMPLE_SITE, (TOGETHER,)), (make_real(day), others)):
        failures: list[str] = []
        missing: list[str] = []
        files = tried = 0
        with _folders(folder / project.name.replace(" ", "-")) as place:
            frozen = freeze(project, place(in_memory=False))
            first = build(frozen, FIRST, place(in_memory=False))
            assert not first.said, first.said
            failures += _find_odd_rights(FIRST, first)
            for machine in machines:
                able, lacks = _adapt(machine, folder)
                if lacks:
                    missing.append(lacks)
                if able is None:
                    continue
                tell(f"{project.name}: {able.name}")
                other = build(frozen, able, place(in_memory=able.in_memory))
                tried += 1
                files = len(other.files)
                failures += compare(able, first, other)
        note = f"{files:,} files each, the search index too"
        if missing:
            note += "; not here: " + ", ".join(missing)
        yield Outcome(
            f"machines that built {project.name}; a file, or its rights, differ", tried, tuple(failures), note
        )


class _folders:  # noqa: N801 - read as a word of the language
    """Hands out empty folders, on the disk and in memory, and takes them away at the end."""

    def __init__(self, folder: Path) -> None:
        self._disk = folder
        self._memory: Path | None = None
        self._count = 0

    def __enter__(self) -> Callable[..., Path]:
        return self._make

    def __exit__(self, *_: object) -> None:
        if self._memory is not None:
            rmtree(self._memory, ignore_errors=True)

    def _make(self, *, in_memory: bool) -> Path:
        self._count += 1
        if in_memory and self._memory is None:
            self._memory = Path(tempfile.mkdtemp(dir=find_memory()))
        made = (self._memory if in_memory and self._memory else self._disk) / f"{self._count}"
        made.mkdir(parents=True)
        return made


def _adapt(machine: Machine, folder: Path) -> tuple[Machine | None, str]:
    """Make of a machine what there can be here; and tell what cannot, as no attempt that was made in truth.

    What differs in one thing that there is not here is left out; what differs in many goes without it.
    """
    lacks = []
    if machine.user is not None and not can_be(machine.user):
        lacks.append("another user")
        machine = as_(machine, user=None, seen=tuple(one for one in machine.seen if one != "user"))
    if machine.in_memory and find_memory() is None:
        lacks.append("a file system in memory")
        machine = as_(machine, in_memory=False, seen=tuple(one for one in machine.seen if one != "disk"))
    if machine in (TURKISH, UKRAINIAN):
        name = str(machine.environment["LC_ALL"])
        if make_locale(name, folder / "locales"):
            machine = as_(machine, environment={**machine.environment, "LOCPATH": str(folder / "locales")})
        else:
            lacks.append(machine.name)
    alone = machine.name != TOGETHER.name
    return (None if lacks and alone else machine), " and ".join(lacks)


def compare(machine: Machine, first: Built, other: Built) -> list[str]:
    """Tell what another machine made otherwise than the first, each with the machine's name."""
    found = [f"there is no difference in {what}" for what in machine.seen if first.seen[what] == other.seen[what]]
    if other.said:
        found.append(f"the build failed: {other.said[-1500:]}")
    else:
        both = first.files.keys() | other.files.keys()
        differ = sorted(path for path in both if first.files.get(path) != other.files.get(path))
        found += [f"{path} differs" for path in differ[:_SHOWN]]
        if differ[_SHOWN:]:
            found.append(f"and {len(differ) - _SHOWN:,} more")
        found += _find_odd_rights(machine, other)
    return [f"{machine.name}: {said}" for said in found]


def _find_odd_rights(machine: Machine, built: Built) -> list[str]:
    """Every file may be read and written by whom the umask lets, and run by nobody; as `cp` and `git` have it."""
    odd = [
        path for path, mode in built.modes.items() if mode != (0o666 if path in built.files else 0o777) & ~machine.umask
    ]
    return [f"{path} has the rights {built.modes[path]:o} under umask {machine.umask:03o}" for path in odd[:_SHOWN]]
