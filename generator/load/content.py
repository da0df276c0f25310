"""Reading the files below `content/` and the stored texts that are kept elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents import LIMITS, Document, parse_text
from generator.load.entries import read_entries
from generator.load.names import CONTENT, REFUSED, Entry, What
from generator.load.opening import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TEXT_SUFFIXES = (".md", ".txt")


def _walk(root: Path) -> Iterator[Entry]:
    """List everything below `content/`; links are not followed and hidden folders not entered."""
    if (root / CONTENT).is_symlink():
        yield Entry(CONTENT, "linked-folder")
    waiting = [CONTENT]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = list(found)
        except OSError:
            yield Entry(folder, "closed-folder")
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name == ".git":  # a commit holds the name of such a folder, and none of its files
                yield Entry(folder, "repository")
            what = look(entry)
            yield Entry(path, what)
            if what == "folder" and not entry.name.startswith("."):
                waiting.append(path)


def is_folder(path: Path) -> bool:
    """Tell whether a folder stands at a path; what may not be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def look(entry: os.DirEntry[str]) -> What:
    """Tell what stands in a folder under a name; a link is told by what it leads to, and not followed."""
    try:
        if entry.is_symlink():
            return "linked-folder" if entry.is_dir() else "link"
        return "folder" if entry.is_dir() else "file" if entry.is_file() else "special"
    except OSError:  # where even that may not be asked, or a link leads in a circle
        return "link" if entry.is_symlink() else "file"


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
    if not is_folder(root / CONTENT):
        return (), (Diagnostic(Place(CONTENT), "unreadable-file", "There is no folder `content/` here.", ""),)
    return read_entries(_walk(root), lambda path: read_bytes(root / path, most=LIMITS.text_bytes), note)


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
    if not folder:
        return {}, ()
    try:
        with os.scandir(root / folder) as found:
            entries = {entry.name: look(entry) for entry in found if Path(entry.name).suffix in TEXT_SUFFIXES}
    except FileNotFoundError:
        return {}, ()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is impossible"
        return {}, (Diagnostic(Place(folder), "unreadable-file", f"This folder cannot be opened: {reason}.", ""),)
    odd = [
        Diagnostic(Place(Entry(f"{folder}/{name}", what).shown), *REFUSED[what])
        for name, what in sorted(entries.items())
        if what != "file" and not name.startswith(".")
    ]
    names = [name for name, what in entries.items() if what == "file"]
    texts, problems = parse_texts(folder, names, lambda name: read_bytes(root / folder / name, most=LIMITS.text_bytes))
    return texts, (*odd, *problems)
