"""Opening files that somebody else may exchange meanwhile: whatever stands there, reading it ends, and soon."""

from __future__ import annotations

import errno
import os
import stat
import time
from typing import TYPE_CHECKING, BinaryIO

from generator.state.signature import UNPROVEN, signature

if TYPE_CHECKING:
    from pathlib import Path

_TRIES = 5  # of a file that has just been written, two equal readings count


def read_bytes(path: Path, *, most: int, follow: bool = False) -> bytes:
    """Read a regular file as it stood at one moment, never more than one byte past the largest that is accepted.

    Nothing waits here: a pipe or a device is opened without blocking, looked at, and closed again.

    Args:
        path: the file.
        most: how many bytes are accepted.
        follow: whether the file may be reached through a link that bears its name.

    Raises:
        OSError: it cannot be read, is no regular file, or was written to each time it was being read.
    """
    known = None
    for _ in range(_TRIES):
        now = time.time_ns()
        with _open(path, follow=follow) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "It is not a regular file", str(path))
            before, data = signature(status, now), stream.read(most + 1)
            after = signature(os.fstat(stream.fileno()), now)
        if before == after != UNPROVEN or data == known:
            return data
        known = data
    raise OSError(errno.EBUSY, "It is being written to", str(path))


def _open(path: Path, *, follow: bool) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.fdopen(os.open(path, flags), "rb")
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, "It has an impossible name", str(path)) from error
