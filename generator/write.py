"""The only writer: bring a folder to exactly the given files, or add a new file or new lines to `content/`."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

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
            temporary = target.with_name(f".{target.name}{_TEMPORARY}")
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
