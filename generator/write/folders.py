"""Folders of what was made: brought to exactly the given files, changed files only, each written whole."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TEMPORARY = ".part"


class UnsafePathError(ValueError):
    """A path leads out of the folder, through a symbolic link, or clashes with another path."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What `sync` did, as sorted POSIX paths relative to the folder."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: tuple[str, ...]


def keep_nothing(_path: str) -> bool:
    """Prune everything that is not in the mapping."""
    return False


def keep_hidden(path: str) -> bool:
    """Leave what begins with a dot at the top of the folder (`.gitignore`, `.git`) as it is."""
    return path.startswith(".")


def sync(
    files: Mapping[str, str | bytes | Path],
    folder: Path,
    *,
    keep: Callable[[str], bool] = keep_nothing,
) -> Changes:
    """Write each file if its bytes differ, replacing it whole, and delete what is not in the mapping.

    Args:
        files: content by POSIX path relative to the folder: text (written as UTF-8), bytes, or a file to copy.
        folder: made where it is missing. Symbolic links inside it are never followed: one in the way is replaced.
        keep: tells of a path that is not in the mapping whether it stays.

    Raises:
        UnsafePathError: a path is absolute, holds `..`, is a folder of another path, or the folder is a symbolic link.
        OSError: the disk says no.
    """
    check_paths(files)
    if folder.is_symlink():
        raise UnsafePathError(f"{folder} is a symbolic link; it is not written through")
    folder.mkdir(parents=True, exist_ok=True)
    deleted = prune(folder, files, keep)
    written: list[str] = []
    unchanged: list[str] = []
    for path in sorted(files):
        content = _read(files[path])
        (written if put(folder, path, content) else unchanged).append(path)
    return Changes(tuple(written), tuple(deleted), tuple(unchanged))


def _read(source: str | bytes | Path) -> bytes:
    if isinstance(source, Path):
        return source.read_bytes()
    return source.encode() if isinstance(source, str) else source


def check_paths(files: Mapping[str, object]) -> None:
    """Refuse paths that could leave the folder or that cannot stand beside each other.

    Raises:
        UnsafePathError: as `sync` says.
    """
    folders: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    for path in files:
        parts = path.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise UnsafePathError(f"not a plain relative path: {path!r}")
        if path in folders:
            raise UnsafePathError(f"both a file and a folder: {path!r}")


def refuse_links(folder: Path) -> None:
    """See that neither a folder of what builds make nor anything directly in it leads elsewhere.

    Raises:
        UnsafePathError: it does. A link may have come with somebody's branch, so nothing is written or deleted behind it.
    """
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name) if folder.is_dir() else []
    for path in (folder, *(Path(entry.path) for entry in entries if entry.is_symlink())):
        if path.is_symlink():
            raise UnsafePathError(f"{path} is a symbolic link; it is not written through. Delete it, and build again")


def clear_way(folder: Path, path: str) -> None:
    """Delete what stands where a file below a folder needs folders, and a folder that stands in its place."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        place = folder / parent
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            place.unlink()
    if (folder / path).is_dir() and not (folder / path).is_symlink():
        shutil.rmtree(folder / path)


def remove(folder: Path, path: str) -> None:
    """Delete one file below a folder, and the folders that it leaves empty; nothing behind a symbolic link."""
    if _is_linked(folder, path):
        return
    target = folder / path
    with suppress(NotADirectoryError):
        target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except OSError:
            return


def prune(
    folder: Path, wanted: Iterable[str], keep: Callable[[str], bool] = keep_hidden, *, only_list: bool = False
) -> list[str]:
    """Delete files, links and folders that are not wanted; return the deleted files and links.

    Args:
        folder: the folder.
        wanted: POSIX paths of files below it that stay.
        keep: tells of a path that is not wanted whether it stays too.
        only_list: whether nothing is deleted yet.
    """
    wanted = frozenset(wanted)
    folders = {str(parent) for path in wanted for parent in PurePosixPath(path).parents}
    deleted: list[str] = []

    def prune(entry: os.DirEntry[str], path: str) -> None:
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and path in folders:
            for child in sorted(os.scandir(entry.path), key=lambda child: child.name):
                prune(child, f"{path}/{child.name}")
        elif path not in wanted and path not in folders and keep(path):
            return
        elif is_folder:
            deleted.extend(_list_files(Path(entry.path), path))
            if not only_list:
                shutil.rmtree(entry.path)
        elif path not in wanted or entry.is_symlink():
            if not only_list:
                Path(entry.path).unlink()
            deleted.extend([path] if path not in wanted else [])

    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        prune(entry, entry.name)
    return deleted


def _list_files(folder: Path, prefix: str) -> list[str]:
    found = []
    for place, _, names in os.walk(folder):
        relative = Path(place).relative_to(folder)
        found += [PurePosixPath(prefix, relative, name).as_posix() for name in names]
    return sorted(found)


def put(folder: Path, path: str, content: bytes) -> bool:
    """Write one file below a folder, whole, unless it holds these bytes already; tell whether it was written.

    What is in the way (a symbolic link, a file where a folder has to be) is replaced. Where the disk says no, the file is as
    it was.
    """
    target = f"{folder}/{path}"
    linked = _is_linked(folder, path)
    if not linked and _holds(target, content):
        return False
    if linked:
        clear_way(folder, path)
    try:
        _replace(target, content)
    except (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError):
        clear_way(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        _replace(target, content)
    return True


def _is_linked(folder: Path, path: str) -> bool:
    """Tell whether a folder on the way to a file is a symbolic link."""
    end = path.find("/")
    while end > 0:
        if os.path.islink(f"{folder}/{path[:end]}"):  # noqa: PTH114 - asked for every file
            return True
        end = path.find("/", end + 1)
    return False


def _holds(path: str, content: bytes) -> bool:
    """Tell whether a file holds some bytes; a symbolic link or a pipe holds none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        os.close(descriptor)
        return False
    with open(descriptor, "rb") as file:  # noqa: PTH123
        return file.read() == content


def _replace(target: str, content: bytes) -> None:
    """Write beside a file, and put that in its place in one step; nothing half written is left."""
    temporary = f"{os.path.dirname(target)}/.{os.path.basename(target)}{TEMPORARY}"  # noqa: PTH119, PTH120
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108
    try:
        with open(temporary, "xb") as file:  # noqa: PTH123
            file.write(content)
        os.replace(temporary, target)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
