"""The machine that is measured on, and the small environment that every process is given."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.rivals import read_versions

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = ("factsheet", "mkdocs", "pagefind-bin")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured.

    Attributes:
        day: when, an ISO date.
        cores: how many processors the processes may use.
        processor: their name.
        memory: bytes.
        versions: of Python and of all that is compared.
    """

    day: str
    cores: int
    processor: str
    memory: int
    versions: Mapping[str, str]


def make_environment(folder: Path) -> dict[str, str]:
    """Make the variables of the processes, so that what they keep or leave behind stays below a folder."""
    own = {"HOME": folder / "home", "TMPDIR": folder / "tmp", "HUGO_CACHEDIR": folder / "tmp" / "hugo"}
    for path in own.values():
        path.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_MKDOCS_2_WARNING": "1",  # Material's, about a version that is not installed
        **{name: str(path) for name, path in own.items()},
    }


def describe_machine(others: Path | None) -> Machine:
    """Describe this one; `others` is the virtual environment of the rivals."""
    versions = {"Python": platform.python_version(), **{name: version(name) for name in _OURS}}
    return Machine(
        day=datetime.now(UTC).date().isoformat(),
        cores=len(os.sched_getaffinity(0)),
        processor=_read_field("/proc/cpuinfo", "model name") or platform.machine(),
        memory=int(_read_field("/proc/meminfo", "MemTotal").split()[0]) * 1024,
        versions=versions | (read_versions(others) if others else {}),
    )


def read_load() -> float:
    """Give the load average of the last minute: how many processes want a processor."""
    return os.getloadavg()[0]


def _read_field(path: str, name: str) -> str:
    for line in Path(path).read_text("utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
