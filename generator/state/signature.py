"""How a file is known to be the one that was read, without reading it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TICK = 50_000_000
"""Nanoseconds. A file that changed so shortly ago may change again without another time: its signature is no proof."""

UNPROVEN = ""


def signature(status: os.stat_result, now: int) -> str:
    """Write down what the file system says of a file: size, times and inode, as git's index does.

    Args:
        status: from `os.stat`.
        now: the time before the file was looked at, in nanoseconds.

    Returns:
        The signature; the empty string, which equals none that was kept, where the file has just been written.
    """
    if max(status.st_mtime_ns, status.st_ctime_ns) > now - _TICK:
        return UNPROVEN
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}.{status.st_mode}"


def sign_files(root: str, paths: Iterable[str]) -> Mapping[str, str]:
    """Sign files by their paths below a folder; those that are not there are left out."""
    now = time.time_ns()
    found = {}
    for path in paths:
        try:
            found[path] = signature(os.lstat(f"{root}/{path}"), now)
        except OSError:
            continue
    return found
