"""One build of a folder at a time: a lock on a file, which the system itself takes away from whoever ends, however that ends.

The lock belongs to all processes that may still write: workers and Pagefind inherit it. If only the one that began the build
is killed, the next build waits until the others are gone too, which they are within moments, and never writes beside them.
"""

from __future__ import annotations

import errno
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "build.lock"
PATIENCE = 10.0
"""Seconds for the processes that a build leaves behind which was killed."""

_GRACE = 3.0  # seconds for one who has only just taken it and not yet said so, or only looks whether somebody has
_PAUSE = 0.02
_NOTE = re.compile(r"([0-9]{1,10}) ([0-9]{2}:[0-9]{2})\n")
_UNKNOWN = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What systems answer that have no such locks, as some network folders."""


class BusyError(Exception):
    """Somebody else holds the folder; the text says who, and what to do."""


@dataclass(slots=True)
class Held:
    """A folder that is held.

    Attributes:
        file: the descriptor of the lock, to be handed on to programs that write there; None where the system knows no locks.
    """

    file: int | None

    @property
    def files(self) -> tuple[int, ...]:
        """What a program has to inherit that writes into the folder."""
        return () if self.file is None else (self.file,)

    def release(self) -> None:
        """Let others have the folder."""
        if self.file is not None:
            with suppress(OSError):
                os.truncate(self.file, 0)
            os.close(self.file)
            self.file = None


def hold(folder: Path, what: str = "build") -> Held:
    """Hold a folder in which a build keeps what it makes.

    Args:
        folder: it is made where it is missing.
        what: what is one at a time, for the message.

    Raises:
        BusyError: somebody else holds it.
        OSError: the disk says no.
    """
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return Held(None)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK
    begun = time.monotonic()
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _NOTE.fullmatch(os.read(file, 64).decode("ascii", "replace"))
            os.close(file)
            if error.errno in _UNKNOWN:
                return Held(None)
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise OSError(error.errno, error.strerror, str(path)) from error
            patience = PATIENCE if holder and not _is_there(int(holder[1])) else 0 if holder else _GRACE
            if time.monotonic() - begun < patience:
                time.sleep(_PAUSE)
                continue
            raise BusyError(_tell(holder, what)) from None
        if _is_same(file, path):
            break
        os.close(file)  # somebody has deleted the file meanwhile
    with suppress(OSError):  # a full disk: then nobody can say who it is
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()} {time.strftime('%H:%M')}\n".encode())
    return Held(file)


def is_held(folder: Path) -> bool:
    """Tell whether somebody else holds a folder; nothing is written."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere

        file = os.open(folder / LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EACCES)
    finally:
        os.close(file)
    return False


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _is_same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.lstat(path))
    except FileNotFoundError:
        return False


def _tell(holder: re.Match[str] | None, what: str) -> str:
    who = f" (process {holder[1]}, begun at {holder[2]})" if holder else ""
    return f"Another {what} of this folder is running{who}. Wait until it is done, or stop it; nothing was changed."
