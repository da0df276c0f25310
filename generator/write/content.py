"""Files below `content/`, which people type: a new one, new lines at an end, changes all at once or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from typing import IO, TYPE_CHECKING

from generator.write.folders import TEMPORARY, UnsafePathError, check_paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def create(root: Path, path: str, text: str) -> None:
    """Write a new file below `content/`, and never over one that is there, whoever makes it first.

    Args:
        root: the project's folder.
        path: POSIX path relative to it, such as `content/claims/bridge.yml`; folders that are missing are made.
        text: what the file is to hold, written as UTF-8.

    Raises:
        FileExistsError: something of that name is there already.
        UnsafePathError: the path leads out of `content/`, or one of its folders is a symbolic link.
        OSError: the disk says no; nothing half written is left.
    """
    content = text.encode()
    target = _find_below_content(root, path, make=True)
    with target.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            target.unlink()
            raise


def extend(root: Path, path: str, before: bytes, text: str) -> None:
    """Write behind the end of a file below `content/`; what stands in it stays byte for byte.

    Args:
        root: the project's folder.
        path: POSIX path relative to it.
        before: what the file holds; where it holds something else by now, nothing is written.
        text: what is to stand behind it, written as UTF-8.

    Raises:
        FileExistsError: the file has changed since `before` was read.
        UnsafePathError: the path leads out of `content/` or through a symbolic link.
        OSError: the disk says no; the file is as it was.
    """
    content = text.encode()
    target = _find_below_content(root, path, make=False)
    if target.is_symlink():
        raise UnsafePathError(f"{target} is a symbolic link; it is not written through")
    with target.open("r+b") as file:
        _hold(file)
        if file.read() != before:
            raise FileExistsError(errno.EEXIST, "it has changed meanwhile", str(target))
        try:
            file.write(content)
            file.flush()
        except OSError:
            file.truncate(len(before))
            raise


def _hold(file: IO[bytes]) -> None:
    """Let nobody else who asks write a file until it is closed; where the system knows no such thing, go on."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX)


def replace_all(root: Path, before: Mapping[str, bytes], files: Mapping[str, bytes], moves: Mapping[str, str]) -> None:
    """Replace files that are there, each whole and with its permissions kept, and then give some of them other names.

    Everything is written beside the files before the first of them is replaced, so that a full disk changes none.

    Args:
        root: the project's folder.
        before: what files hold, by POSIX path relative to it; where one holds something else by now, none is changed.
        files: what each file is to hold.
        moves: new paths by old ones; a file may be in both.

    Raises:
        FileExistsError: something stands already where a file is to be moved, or a file has changed meanwhile.
        UnsafePathError: a path leads out of the project or through a symbolic link.
        OSError: the disk says no.
    """
    targets = {path: _find_plain(root, path) for path in (*files, *moves, *moves.values())}
    for path in moves.values():
        if os.path.lexists(targets[path]):
            raise FileExistsError(errno.EEXIST, "it is there already", str(targets[path]))
    temporaries: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            target = targets[path]
            temporary = target.with_name(f".{target.name}{TEMPORARY}")
            temporary.unlink(missing_ok=True)
            temporaries[temporary] = target
            with temporary.open("xb") as file:
                file.write(content)
            shutil.copymode(target, temporary)
        for path, known in before.items():
            if _find_plain(root, path).read_bytes() != known:
                raise FileExistsError(errno.EEXIST, "it has changed meanwhile", str(root / path))
        for temporary, target in temporaries.items():
            temporary.replace(target)
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)
    for path, other in moves.items():
        targets[path].rename(targets[other])


def _find_plain(root: Path, path: str) -> Path:
    """Find a file of the project by its path, where no part of the path is a symbolic link."""
    check_paths({path: b""})
    target = root
    for part in path.split("/"):
        target /= part
        if target.is_symlink():
            raise UnsafePathError(f"{target} is a symbolic link; it is not written through")
    return target


def _find_below_content(root: Path, path: str, *, make: bool) -> Path:
    """Find the file at a path below `content/`, through plain folders only; make those that are missing."""
    check_paths({path: b""})
    *folders, name = path.split("/")
    if folders[:1] != ["content"]:
        raise UnsafePathError(f"not below content/: {path!r}")
    folder = root
    for part in folders:
        folder /= part
        if folder.is_symlink():
            raise UnsafePathError(f"{folder} is a symbolic link; it is not written through")
        if make:
            folder.mkdir(exist_ok=True)
    return folder / name
