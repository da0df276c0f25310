"""Looking over `content/` without reading it: which files there are, and whether they are the ones that were read."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from posixpath import splitext
from typing import TYPE_CHECKING

from generator.load.names import CONTENT, SUFFIXES, Entry, has_odd, select
from generator.state import signature

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands below `content/`.

    Attributes:
        files: the signature of each file, by path, in reading order; empty for one that was written just now.
        odd: whether something else stands there: a link, a file of another kind, a folder that cannot be opened.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    odd: bool = False


def survey(root: Path) -> Survey:
    """Look over `content/`; nothing is opened but folders."""
    now = time.time_ns()
    entries: list[Entry] = []
    signatures: dict[str, str] = {}
    top = str(root / CONTENT)
    try:
        odd = (root / CONTENT).is_symlink()
        folders = [(top, CONTENT)]
        while folders:
            folder, shown = folders.pop()
            with os.scandir(folder) as found:
                for entry in found:
                    path = f"{shown}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        odd |= entry.name == ".git"
                        entries.append(Entry(path, "folder"))
                        if not entry.name.startswith("."):
                            folders.append((entry.path, path))
                    elif entry.is_file(follow_symlinks=False):
                        odd |= entry.name == ".git"
                        entries.append(Entry(path, "file"))
                        signatures[path] = signature(entry.stat(follow_symlinks=False), now)
                    else:
                        entries.append(Entry(path, "link"))
    except OSError:
        return Survey(odd=True)
    kept = select(entries)
    odd |= any(one.what != "file" or splitext(one.path)[1] not in SUFFIXES for one in kept)
    odd |= has_odd([one.path for one in kept])
    return Survey({one.path: signatures[one.path] for one in kept if one.what == "file"}, odd)
