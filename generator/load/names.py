"""What stands below `content/`: one set of naming rules for a folder on the disk and for a revision in git."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT = "content"
What = Literal["file", "link", "linked-folder", "folder", "closed-folder", "repository", "special"]

SUFFIXES = frozenset({".yml", ".yaml", ".md"})
_BACKUP = re.compile(r".*~|#.*#")  # what text editors leave beside a file while it is open
_NOT_CONTENT = frozenset({"content/README.md"})

_OFFICE = "Copy its text into a record or below the fields of a source, and keep the file itself out of content/."
_TABLE = "Type each of its rows as a record, and keep the file itself out of content/."
_PICTURE = (
    "Pictures and scans are not shown; keep the file out of content/, and type its words as the text of a source."
)
_BY_ENDING = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages"), _OFFICE),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".csv", ".tsv", ".numbers"), _TABLE),
    **dict.fromkeys((".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff"), _PICTURE),
    ".txt": "Give a record the ending .yml, a source with its text the ending .md.",
    ".json": "Records are not typed as JSON: type its fields as `name: value` in a .yml file.",
    ".html": "Copy its text below the fields of a source, and keep the file itself out of content/.",
}
_LEFT_BY_SYSTEMS = frozenset({"Thumbs.db", "desktop.ini", "Icon\r"})
_COPIES = frozenset({".bak", ".orig", ".old", ".swp", ".tmp", ".rej"})

REFUSED: dict[What, tuple[str, str, str]] = {
    "link": ("outside-content", "This is a link, and links are not followed.", "Put here what it leads to."),
    "linked-folder": (
        "outside-content",
        "This is a link, and a link to a folder is not followed.",
        "Put here what it leads to.",
    ),
    "folder": (
        "unreadable-file",
        "This is a folder, and it has the name of a file.",
        "Give it a name without an ending.",
    ),
    "closed-folder": (
        "unreadable-file",
        "This is a folder, and it cannot be opened.",
        "Let everybody read it.",
    ),
    "repository": (
        "outside-content",
        "This is another repository inside this one, and its files are not kept here.",
        "Put the files themselves here.",
    ),
    "special": ("unreadable-file", "This is not a regular file.", "Remove it."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A name below `content/`.

    Attributes:
        path: POSIX path relative to the project's root; bytes that are not UTF-8 stand as lone surrogates.
        what: a regular file, or what it is instead.
    """

    path: str
    what: What

    @property
    def shown(self) -> str:
        """The path as it may be printed."""
        return self.path.encode("utf-8", "backslashreplace").decode()


def advise(path: str) -> str:
    """Say what to do with a file that is neither a record nor a page, by its ending."""
    pure = PurePosixPath(path)
    inner = PurePosixPath(pure.stem)
    if pure.name in _LEFT_BY_SYSTEMS or pure.suffix.lower() in _COPIES:
        return "Delete it; a program has left it here."
    if inner.suffix in SUFFIXES:
        return f"Its ending is doubled. Call it {inner}."
    return _BY_ENDING.get(
        pure.suffix.lower(),
        "Records end in .yml, sources with a stored text and pages in .md. Rename the file, or move it out of content/.",
    )


def _is_content(entry: Entry) -> bool:
    *folders, name = entry.path.split("/")
    if any(folder.startswith(".") for folder in folders):
        return False
    if entry.what in ("linked-folder", "closed-folder"):
        return True
    if entry.what == "folder":
        return PurePosixPath(name).suffix in SUFFIXES
    return not (name.startswith(".") or _BACKUP.fullmatch(name) or entry.path in _NOT_CONTENT)


def _order(entry: Entry) -> tuple[tuple[int, str], ...]:
    """Put files of a folder before those of its folders, both by name."""
    *folders, name = entry.path.split("/")
    return (*((1, folder) for folder in folders), (0, name))


def select(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out what is not content (hidden names, an editor's copies, the guide), and put the rest in order."""
    return sorted(filter(_is_content, entries), key=_order)
