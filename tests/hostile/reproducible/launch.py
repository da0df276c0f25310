"""Starts a module on a machine of some kind, or tells what it sees there: `launch.py CORES SEED MODULE ARGUMENT...`.

A file that is run, never imported: it stands for `python -m MODULE`. The seed is of the order in which folders are listed.
"""

from __future__ import annotations

import json
import locale
import os
import runpy
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Run a module as the main program; the module `seen` prints what a build could see of the machine."""
    sys.path[0] = ""  # as `python -m` has it
    _, cores, seed, module, *arguments = sys.argv
    os.sched_getaffinity = lambda _process: set(range(int(cores)))  # the system's answer on another machine
    if int(seed):
        _shuffle_listings(Random(int(seed)))  # noqa: S311 - nothing secret
    if module == "seen":
        sys.stdout.write(f"{json.dumps(_look())}\n")
        return
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


class _Listing(AbstractContextManager["_Listing"]):
    """What `os.scandir` gives, in another order."""

    def __init__(self, entries: list[os.DirEntry[Any]]) -> None:
        self._entries = entries

    def __iter__(self) -> _Listing:
        return self

    def __next__(self) -> os.DirEntry[Any]:
        if not self._entries:
            raise StopIteration
        return self._entries.pop()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._entries.clear()


def _shuffle_listings(drawn: Random) -> None:
    """List every folder in an order of its own, each time another; `os.walk`, `glob` and `pathlib` list with these two."""
    scan: Callable[..., Any] = os.scandir
    name: Callable[..., list[Any]] = os.listdir

    def shuffle(found: list[Any]) -> list[Any]:
        drawn.shuffle(found)
        return found

    def scan_shuffled(*place: Any) -> _Listing:
        with scan(*place) as found:
            return _Listing(shuffle(list(found)))

    os.scandir = scan_shuffled  # type: ignore[assignment]
    os.listdir = lambda *place: shuffle(name(*place))


def _look() -> dict[str, object]:
    mask = os.umask(0)
    os.umask(mask)
    here = Path()
    return {
        "path": os.fsencode(Path.cwd()).hex(),
        "program": os.fsencode(_find_program()).hex(),
        "disk": here.stat().st_dev,
        "order": [os.fsencode(name).hex() for _, _, names in os.walk("content") for name in names],
        "times": Path("mkdocs.yml").stat().st_mtime_ns // 10**12,
        "user": os.getuid(),
        "name": os.environ.get("USER"),
        "home": os.environ.get("HOME"),
        "locale": [locale.setlocale(locale.LC_ALL, ""), sys.getfilesystemencoding(), locale.getpreferredencoding()],
        "zone": time.strftime("%z", time.localtime(0)),
        "hash": hash("a word"),
        "umask": mask,
        "cores": len(os.sched_getaffinity(0)),
        "terminal": sys.stdout.isatty(),
        "optimised": sys.flags.optimize,
        "development": sys.flags.dev_mode,
        "repository": Path(".git").exists(),
    }


def _find_program() -> str:
    from importlib.util import find_spec  # noqa: PLC0415 - after sys.path is as it will be

    found = find_spec("generator")
    return str(found.origin) if found else ""


if __name__ == "__main__":
    main()
