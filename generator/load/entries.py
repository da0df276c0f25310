"""Reading what stands below `content/`, on the disk or in a revision in git."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Place
from generator.documents import Document, parse
from generator.load.names import REFUSED, SUFFIXES, Entry, advise, find_odd, find_shadowed, has_odd, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def _find_odd_names(entries: list[Entry]) -> Iterator[Diagnostic]:
    """Say which files another editor could not have, or not beside each other."""
    paths = {entry.path: entry.shown for entry in entries if entry.what in ("file", "link")}
    if not has_odd(paths):
        return
    for path, shown in paths.items():
        said, mend = find_odd(path)
        if said:
            yield Diagnostic(Place(shown), "odd-name", said, mend)
    for path, other in find_shadowed(paths):
        said = f"On many computers this file would take the place of {paths[other]}: the names differ in capitals or accents only."
        yield Diagnostic(Place(paths[path]), "odd-name", said, "Give one of them another name.")


def read_entries(
    entries: Iterable[Entry],
    read: Callable[[str], bytes],
    note: Callable[[str, bytes, Document], None] | None = None,
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Parse what stands below `content/`.

    Args:
        entries: in any order.
        read: gives the bytes of a file by its path, at most one more than is accepted; raises OSError.
        note: told of each file that was parsed: its path, its bytes, the document.

    Returns:
        The documents, files of a folder before those of its folders, and what could not be read, with the file and
        line. A file that could not be parsed is there without data, so that its records are known to be unread.
    """
    documents: list[Document] = []
    diagnostics: list[Diagnostic] = []
    kept = select(entries)
    diagnostics += _find_odd_names(kept)
    for entry in kept:
        name = entry.shown
        suffix = PurePosixPath(entry.path).suffix
        if entry.what != "file" and (entry.what != "special" or suffix in SUFFIXES):
            code, message, mend = REFUSED[entry.what]
            diagnostics.append(Diagnostic(Place(name), code, message, mend))
        elif suffix not in SUFFIXES:
            diagnostics.append(
                Diagnostic(
                    Place(name), "unknown-place", "The build does not read files of this kind.", advise(entry.shown)
                )
            )
        else:
            try:
                data = read(entry.path)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                diagnostics.append(
                    Diagnostic(Place(name), "unreadable-file", f"This file cannot be read: {reason}.", "")
                )
                documents.append(Document(name, None))
                continue
            document, problems = parse(name, data)
            diagnostics += problems
            if note is not None and document is not None and not problems:
                note(name, data, document)
            documents.append(document if document is not None else Document(name, None))
    return tuple(documents), tuple(diagnostics)
