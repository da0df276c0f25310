"""Reading the files below `content/` and the stored texts that are kept elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents import LIMITS, Document, parse_text
from generator.load.entries import read_entries
from generator.load.names import CONTENT, Entry, What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TEXT_SUFFIXES = (".md", ".txt")


def _walk(root: Path) -> Iterator[Entry]:
    """List everything below `content/`; links are not followed and hidden folders not entered."""
    closed: list[Path] = []
    if (root / CONTENT).is_symlink():
        yield Entry(CONTENT, "linked-folder")
    for folder, folders, names in os.walk(root / CONTENT, onerror=lambda e: closed.append(Path(e.filename))):
        top = Path(folder)
        if ".git" in (*folders, *names):  # a commit holds the name of such a folder, and none of its files
            yield Entry(top.relative_to(root).as_posix(), "repository")
        for name in folders:
            path = top / name
            yield Entry(path.relative_to(root).as_posix(), "linked-folder" if path.is_symlink() else "folder")
        for name in names:
            path = top / name
            what: What = "link" if path.is_symlink() else "file" if path.is_file() else "special"
            yield Entry(path.relative_to(root).as_posix(), what)
        folders[:] = [name for name in folders if not name.startswith(".")]
    yield from (Entry(path.relative_to(root).as_posix(), "closed-folder") for path in closed)


def _read_bytes(path: Path) -> bytes:
    """Read a regular file, never more than one byte past the largest that is accepted."""
    with path.open("rb") as stream:
        return stream.read(LIMITS.text_bytes + 1)


def read(
    root: Path, note: Callable[[str, bytes, Document], None] | None = None
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Read and parse every file below `content/`.

    Args:
        root: the project's folder, which holds `content/`.
        note: told of each file that was parsed: its path, its bytes, the document.

    Returns:
        The documents, files of a folder before those of its folders, and what could not be read, with the file and
        line. A file that could not be parsed is there without data, so that its records are known to be unread.
    """
    if not (root / CONTENT).is_dir():
        return (), (Diagnostic(Place(CONTENT), "unreadable-file", "There is no folder `content/` here.", ""),)
    return read_entries(_walk(root), lambda path: _read_bytes(root / path), note)


def parse_texts(
    folder: str, names: Iterable[str], read: Callable[[str], bytes]
) -> tuple[Mapping[str, Document], tuple[Diagnostic, ...]]:
    """Parse the stored texts of one folder; `read` gives the bytes of a file by its name, or raises OSError."""
    texts: dict[str, Document] = {}
    diagnostics: list[Diagnostic] = []
    for name in sorted(names):
        shown = f"{folder}/{name}".encode("utf-8", "backslashreplace").decode()
        try:
            document, problems = parse_text(shown, read(name))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems = (Diagnostic(Place(shown), "unreadable-file", f"This file cannot be read: {reason}.", ""),)
            document = None
        diagnostics += problems
        if document is not None:
            texts[Path(name).stem] = document
    return texts, tuple(diagnostics)


def read_texts(root: Path, folder: str | None) -> tuple[Mapping[str, Document], tuple[Diagnostic, ...]]:
    """Read the stored texts that are kept outside `content/`.

    Args:
        root: the project's folder.
        folder: `text_dir` of the settings, relative to the project's folder; None where all texts are in `content/`.

    Returns:
        The texts by source id (the file's stem), and what could not be read. A folder that is not there gives nothing;
        the rules report what could not be checked.
    """
    top = root / folder if folder else None
    names = [path.name for path in top.glob("*") if path.suffix in TEXT_SUFFIXES and path.is_file()] if top else ()
    return parse_texts(folder or "", names, lambda name: _read_bytes(root / (folder or "") / name))
