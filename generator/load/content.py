"""Reading the files below `content/` and the stored texts that are kept elsewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents import LIMITS, Document, parse, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTENT = "content"
_SUFFIXES = frozenset({".yml", ".yaml", ".md"})
_BACKUP = re.compile(r".*~|#.*#")  # what text editors leave beside a file while it is open
_NOT_CONTENT = frozenset({"content/README.md"})


def _walk(root: Path) -> Iterator[tuple[str, Path, str | None]]:
    """List files below `content/` in order, each with its POSIX path and the reason why it is refused, if it is."""
    top = root / CONTENT
    closed: list[Path] = []
    for folder, folders, names in os.walk(top, followlinks=False, onerror=lambda e: closed.append(Path(e.filename))):
        folders.sort()
        for name in folders:
            path = Path(folder, name)
            if path.is_symlink():
                yield path.relative_to(root).as_posix(), path, "a link to a folder is not followed"
            elif path.suffix in _SUFFIXES:
                yield path.relative_to(root).as_posix(), path, None
        for name in sorted(names):
            path = Path(folder, name)
            shown = path.relative_to(root).as_posix()
            if name.startswith(".") or _BACKUP.fullmatch(name) or shown in _NOT_CONTENT:
                continue
            if path.is_symlink():
                yield shown, path, "links are not followed"
            else:
                yield shown, path, None
        folders[:] = [name for name in folders if not name.startswith(".")]
    yield from ((path.relative_to(root).as_posix(), path, None) for path in closed)


def _read_bytes(path: Path) -> bytes:
    """Read a regular file, never more than one byte past the largest that is accepted."""
    with path.open("rb") as stream:
        return stream.read(LIMITS.text_bytes + 1)


def read(root: Path) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Read and parse every file below `content/`.

    Args:
        root: the project's folder, which holds `content/`.

    Returns:
        The documents, files of a folder before those of its folders, and what could not be read, with the file and
        line. A file that could not be parsed is there without data, so that its records are known to be unread.
    """
    documents: list[Document] = []
    diagnostics: list[Diagnostic] = []
    if not (root / CONTENT).is_dir():
        return (), (Diagnostic(Place(CONTENT), "unreadable-file", "There is no folder `content/` here.", ""),)
    for shown, path, refused in _walk(root):
        name = shown.encode("utf-8", "backslashreplace").decode()
        if refused is not None:
            diagnostics.append(
                Diagnostic(
                    Place(name), "outside-content", f"This is a link, and {refused}.", "Put here what it leads to."
                )
            )
        elif path.is_dir():
            what = "has the name of a file" if path.suffix in _SUFFIXES else "cannot be opened"
            mend = "Give it a name without an ending." if path.suffix in _SUFFIXES else "Let everybody read it."
            diagnostics.append(Diagnostic(Place(name), "unreadable-file", f"This is a folder, and it {what}.", mend))
        elif path.suffix not in _SUFFIXES:
            diagnostics.append(
                Diagnostic(
                    Place(name),
                    "unknown-place",
                    "The build does not read files of this kind.",
                    "Records end in .yml, sources with a stored text and pages in .md. Rename the file, or move it out of content/.",
                )
            )
        elif not path.is_file():
            diagnostics.append(Diagnostic(Place(name), "unreadable-file", "This is not a regular file.", "Remove it."))
        else:
            try:
                data = _read_bytes(path)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                diagnostics.append(
                    Diagnostic(Place(name), "unreadable-file", f"This file cannot be read: {reason}.", "")
                )
                documents.append(Document(name, None))
                continue
            document, problems = parse(name, data)
            diagnostics += problems
            documents.append(document if document is not None else Document(name, None))
    return tuple(documents), tuple(diagnostics)


def read_texts(root: Path, folder: str | None) -> tuple[Mapping[str, Document], tuple[Diagnostic, ...]]:
    """Read the stored texts that are kept outside `content/`.

    Args:
        root: the project's folder.
        folder: `text_dir` of the settings, relative to the project's folder; None where all texts are in `content/`.

    Returns:
        The texts by source id (the file's stem), and what could not be read. A folder that is not there gives nothing;
        the rules report what could not be checked.
    """
    texts: dict[str, Document] = {}
    diagnostics: list[Diagnostic] = []
    for path in sorted((root / folder).glob("*")) if folder else ():
        if path.suffix not in (".md", ".txt") or not path.is_file():
            continue
        name = f"{folder}/{path.name}".encode("utf-8", "backslashreplace").decode()
        try:
            document, problems = parse_text(name, _read_bytes(path))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems = (Diagnostic(Place(name), "unreadable-file", f"This file cannot be read: {reason}.", ""),)
            document = None
        diagnostics += problems
        if document is not None:
            texts[path.stem] = document
    return texts, tuple(diagnostics)
