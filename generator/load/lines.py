"""Reading the lines of single content files again, for a report that shows them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.documents import LIMITS
from generator.load.opening import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CONTENT = "content"


def read_lines(root: Path, paths: Iterable[str], *, text_dir: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """Read the lines of some content files, counted as the build counts them.

    Args:
        root: the project's folder.
        paths: POSIX paths relative to it, as in the places of diagnostics; each file is read once.
        text_dir: the folder outside `content/` that holds stored texts, as in the settings.

    Returns:
        The lines by path, without line ends. Left out is what is no regular file below `content/` or the folder of
        texts, is reached through a link, is too large, cannot be read, or is not UTF-8.
    """
    folders = tuple(PurePosixPath(folder) for folder in (_CONTENT, text_dir) if folder)
    found = ((path, _read(root, path, folders)) for path in sorted(set(paths)))
    return {path: lines for path, lines in found if lines is not None}


def _read(root: Path, path: str, folders: tuple[PurePosixPath, ...]) -> tuple[str, ...] | None:
    named = PurePosixPath(path)
    folder = next((folder for folder in folders if named.is_relative_to(folder)), None)
    if folder is None or "\0" in path or ".." in named.relative_to(folder).parts:
        return None
    try:
        top = (root / folder).resolve(strict=True)
        file = top / named.relative_to(folder)
        if file.resolve(strict=True) != file or not file.is_file():
            return None
        data = read_bytes(file, most=LIMITS.text_bytes)
        text = data.decode("utf-8-sig")
    except (OSError, ValueError, RuntimeError):  # Python 3.11 tells a link that leads to itself by the last one
        return None
    if len(data) > LIMITS.text_bytes:
        return None
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
