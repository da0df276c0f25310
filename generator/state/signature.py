"""How a file is known to be the one that was read, without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

_TICK = 50_000_000
"""Nanoseconds. A file that changed so shortly ago may change again without another time: its signature is no proof."""

UNPROVEN = ""


def sign(status: os.stat_result) -> str:
    """Write down what the file system says of a file: size, times, inode and mode, as git's index does."""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}.{status.st_mode}"


def signature(status: os.stat_result, now: int) -> str:
    """Sign a file that other people write.

    Args:
        status: from `os.stat`.
        now: the time before the file was looked at, in nanoseconds.

    Returns:
        The signature; the empty string, which equals none that was kept, where the file has just been written.
    """
    return UNPROVEN if max(status.st_mtime_ns, status.st_ctime_ns) > now - _TICK else sign(status)
