"""What stands below `content/`: one set of naming rules for a folder on the disk and for a revision in git."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

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

_RENAME = "Name it with letters, digits and hyphens; the ids of the records in it may stay."
_NO_LETTERS = "\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff"
_UNSEEN = re.compile(f"[{_NO_LETTERS}]")
_FORBIDDEN = re.compile(r'[<>:"\\|?*]|[. ]$')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?: *\..*)?", re.IGNORECASE)
# The three above in one, over names that stand below each other: nearly always nothing is found.
_ODD = re.compile(
    rf"""[{_NO_LETTERS}<>:"\\|?*]|[. ](?:[/\n]|\Z)|(?:/|^)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?: *\.|[/\n]|\Z)""".replace(
        "\x00-\x1f", "\x00-\x09\x0b-\x1f"
    ),
    re.IGNORECASE | re.MULTILINE,
)

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


def find_odd(path: str) -> tuple[str, str]:
    """Say why a name below `content/` cannot be had on every system, with the mend; empty texts where it can."""
    for name in path.split("/"):
        if _UNSEEN.search(name):
            return "An invisible or unreadable character stands in this name.", _RENAME
        if found := _FORBIDDEN.search(name):
            end = "A dot or a blank at the end of a name is left out by Windows."
            return f"Windows allows no name with `{found[0]}` in it." if found[0].strip(". ") else end, _RENAME
        if _DEVICE.fullmatch(name):
            return f"Windows keeps the name `{name.partition('.')[0]}` for a device.", _RENAME
    return "", ""


def find_shadowed(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find names that are one and the same where capitals or the ways to write an accent are not told apart.

    Returns:
        Each name that another would take the place of, and that other, which comes before it.
    """
    first: dict[str, str] = {}
    for path in paths:
        key = path.lower() if path.isascii() else normalize("NFC", normalize("NFC", path).casefold())
        if key in first:
            yield path, first[key]
        else:
            first[key] = path


def has_odd(paths: Collection[str]) -> bool:
    """Tell whether a name cannot be had on every system, or two of them not beside each other."""
    joined = "\n".join(paths)
    broken = joined.count("\n") >= max(len(paths), 1)
    return broken or _ODD.search(joined) is not None or next(find_shadowed(paths), None) is not None


def select(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out what is not content (hidden names, an editor's copies, the guide), and put the rest in order."""
    return sorted(filter(_is_content, entries), key=_order)
