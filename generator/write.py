"""The only writer: bring a folder to exactly the given files, touching nothing that is already right."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TEMPORARY = ".part"


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
    deleted = _prune(folder, frozenset(files), keep)
    written: list[str] = []
    unchanged: list[str] = []
    for path in sorted(files):
        content = _read(files[path])
        (written if _write_changed(folder, path, content) else unchanged).append(path)
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
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    for path in files:
        parts = path.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise UnsafePathError(f"not a plain relative path: {path!r}")
        if path in folders:
            raise UnsafePathError(f"both a file and a folder: {path!r}")


def _prune(folder: Path, wanted: frozenset[str], keep: Callable[[str], bool]) -> list[str]:
    """Delete files, links and folders that are not wanted; return the deleted files and links."""
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
            shutil.rmtree(entry.path)
        elif path not in wanted or entry.is_symlink():
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


def _write_changed(folder: Path, path: str, content: bytes) -> bool:
    target = folder / path
    if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}{_TEMPORARY}")
    temporary.unlink(missing_ok=True)
    with temporary.open("xb") as file:
        file.write(content)
    temporary.replace(target)
    return True
