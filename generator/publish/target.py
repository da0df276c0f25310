"""Bringing `site/` up to date: what differs is written, what does not belong there is deleted, the rest is not touched.

Where it is known which file was published with which bytes, a file that the file system says nobody has touched since is
not read again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.publish import journal
from generator.state import sign
from generator.write import UnsafePathError, check_paths, keep_hidden, prune, put, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, and what is there now.

    Attributes:
        written: how many files were written.
        deleted: how many were deleted.
        unchanged: how many stayed as they were.
        signatures: what the file system says of each published file, for the next time.
    """

    written: int
    deleted: int
    unchanged: int
    signatures: Mapping[str, str] = field(default_factory=dict)


def sign_file(path: str) -> str:
    """Write down what the file system says of a file; empty where there is none."""
    try:
        return sign(os.lstat(path))
    except OSError:
        return ""


def find_touched(target: Path, signatures: Mapping[str, str]) -> set[str]:
    """List the published files that somebody has changed or deleted since they were published."""
    folder = f"{target}/"
    return {path for path, known in signatures.items() if sign_file(folder + path) != known}


def publish(
    log: Path, target: Path, files: Mapping[str, Path], changed: AbstractSet[str], signatures: Mapping[str, str]
) -> Published:
    """Bring a folder to exactly the given files, but for what is hidden at its top.

    Where nobody but us has touched what was published, nobody looks for files that others have put beside it; as soon as
    anything is amiss, the whole folder is looked through, and they go.

    Args:
        log: the journal, see `journal`.
        target: the published folder.
        files: every file of the site by its path.
        changed: those that were made anew since they were published.
        signatures: what `Published` said the last time; empty where that is not known, and then every file is compared.

    Raises:
        UnsafePathError: as `write.sync` says.
        OSError: the disk says no.
    """
    if not all(path in signatures for path in files):  # what was published was looked at then
        check_paths(files)
    if target.is_symlink():
        raise UnsafePathError(f"{target} is a symbolic link; it is not written through")
    known = {path: mark for path, mark in signatures.items() if path in files}
    touched = find_touched(target, signatures)
    doubtful = {path for path in files if path in changed or path in touched or path not in known}
    gone = [path for path in signatures if path not in files]
    write = {path: files[path] for path in sorted(doubtful) if _differs(target / path, files[path])}
    target.mkdir(parents=True, exist_ok=True)
    everywhere = not signatures or bool(touched) or _is_blocked(target, (*write, *gone))
    if everywhere:
        gone = prune(target, files, keep_hidden, only_list=True)
    journal.begin(log, target, write, gone)
    if everywhere:
        prune(target, files, keep_hidden)
    else:
        for path in gone:
            remove(target, path)
    apply(target, write)
    journal.end(log)
    marks = {path: sign_file(f"{target}/{path}") for path in doubtful}
    return Published(len(write), len(gone), len(files) - len(write), {**known, **marks})


def apply(target: Path, files: Mapping[str, Path]) -> None:
    """Write files below a folder."""
    for path, source in files.items():
        put(target, path, source.read_bytes())


def finish_interrupted(log: Path, target: Path) -> bool:
    """Complete a publication of a folder that was interrupted; tell whether there was one.

    Raises:
        UnsafePathError: the folder is a symbolic link.
        OSError: the disk says no; the next build goes on with it.
    """
    found = journal.find_interrupted(log, target)
    if found is not None:
        if target.is_symlink():
            raise UnsafePathError(f"{target} is a symbolic link; it is not written through")
        for path in found.deleted:
            remove(found.target, path)
        apply(found.target, found.files)
    journal.end(log)
    return found is not None


def _is_blocked(target: Path, paths: Iterable[str]) -> bool:
    """Tell whether something that is no plain folder stands where a folder has to be, or a folder in the place of a file."""
    paths = tuple(paths)
    folders = {target / parent for path in paths for parent in PurePosixPath(path).parents}
    amiss = (one.is_symlink() or (one.exists() and not one.is_dir()) for one in folders)
    return any(amiss) or any((target / path).is_dir() for path in paths)


def _differs(there: Path, source: Path) -> bool:
    if there.is_symlink() or not there.is_file():
        return True
    return there.stat().st_size != source.stat().st_size or there.read_bytes() != source.read_bytes()
