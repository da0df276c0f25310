"""What a state depends on as a whole: the program, its settings and vocabulary, texts that are kept elsewhere."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

import generator
from generator.load.opening import read_bytes
from generator.state import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PROGRAM = Path(generator.__file__).parent
_ENDINGS = (".py", ".json")
_MOST = 4_000_000  # bytes; a larger file is none that the build reads


def _list(folder: str, endings: tuple[str, ...] = ()) -> Iterator[str]:
    """Describe the files of a folder and its folders by what the file system says of them."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (OSError, ValueError):  # it is not there, may not be opened, or has an impossible name
        yield f"{folder} closed"
    else:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _list(entry.path, endings)
            elif not endings or entry.name.endswith(endings):
                yield f"{entry.path} {_describe(entry)}"


def _describe(entry: os.DirEntry[str]) -> str:
    try:
        status = entry.stat()
    except OSError:  # a link that leads nowhere, such as text editors leave while a file is open
        return "nothing"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _bytes(path: Path) -> str:
    try:
        return sha256(read_bytes(path, most=_MOST, follow=True)).hexdigest()
    except OSError:
        return "none"


def stamp_program() -> str:
    """Name the program: its own files, the Python that runs it, and what is installed beside it.

    The folder of all packages changes when one is put in or exchanged.
    """
    packages = Path(click.__file__).parent.parent
    return _digest((FORMAT, sys.version, *_list(str(_PROGRAM), _ENDINGS), f"{packages} {packages.stat().st_mtime_ns}"))


def stamp_content(root: Path, text_dir: str | None) -> str:
    """Name what all of the content depends on: settings, vocabulary, and the texts that are kept elsewhere."""
    parts = [_bytes(root / "content" / name) for name in ("settings.yml", "vocabulary.yml")]
    if text_dir is not None:
        parts += _list(str(root / text_dir))
    return _digest((stamp_program(), str(text_dir), *parts))


def stamp_pages(root: Path) -> str:
    """Name what all pages depend on besides: templates, and how MkDocs is set up."""
    templates = root / "templates"
    return _digest((*(_list(str(templates)) if templates.is_dir() else ()), _bytes(root / "mkdocs.yml")))
