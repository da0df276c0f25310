"""The search index: what is searched of the pages, indexed in parts, of which only those are made anew that changed.

A large site is split into parts by a hash of the address, each with an index of its own; the browser joins them. A part
is indexed again when the searched words of one of its pages changed. Beside the index lie those words, as small HTML
pages (`pagefind.texts/`), and notes of what was indexed (`pagefind.json`): what is missing there or does not fit is made
anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from generator.publish import indexing, searched, settled
from generator.publish.indexing import SearchIndexError, index_part
from generator.publish.staging import collect
from generator.state import sign
from generator.write import check_paths, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["SearchIndexError", "split", "write_index"]

MOST_PAGES = 3_500
"""Of a part: one or two seconds to index, and 200 MB of memory."""
_MOST_HALVINGS = 4  # a reader fetches some six files of every part, so there are sixteen at most
_WHOLE = "all"  # the name of the only part of a small site
_FOLDER = re.compile(f"[01]{{0,{_MOST_HALVINGS}}}")
_PARTS = "parts.json"  # the folders that the browser joins with the first part, which lies at the top


@dataclass(frozen=True, slots=True)
class _Notes:
    """What was indexed.

    Attributes:
        pages: of each HTML page, by its path in the site, the fingerprint of its searched text; empty if it has none.
        parts: of each part, by its folder in the index, the fingerprint of all its pages and of how many parts there are.
        files: one fingerprint of what the file system says of all files of the index.
    """

    pages: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    files: str = ""


def write_index(
    site: Path,
    output: Path,
    changed: Iterable[str] | None = None,
    *,
    most_pages: int = MOST_PAGES,
    inherited: Sequence[int] = (),
) -> bool:
    """Index the pages of a built site.

    Only the parts in which the searched words of a page changed are made anew. The index is the same, to the byte, as one
    that is made of all pages at once.

    Args:
        site: the folder with the built pages.
        output: the folder for the index. The words and the notes lie beside it, under its name with other endings.
        changed: the files that were written or deleted since the last time, as POSIX paths in the site; None looks at
            all of them.
        most_pages: of a part.
        inherited: file descriptors that Pagefind holds while it runs.

    Returns:
        Whether any part was made anew.

    Raises:
        SearchIndexError: Pagefind is missing, or it failed.
        UnsafePathError: a symbolic link leads out of the index.
        OSError: the disk says no.
    """
    file = output.with_name(f"{output.name}.json")
    known = _read_notes(file, output)
    if known and changed is not None:
        looked_at = {path for path in changed if path.endswith(".html")}
        if not looked_at:
            return False
        pages = {*(known.pages.keys() - looked_at), *(path for path in looked_at if (site / path).is_file())}
    else:
        pages = looked_at = {path for path in collect(site) if path.endswith(".html")}
    file.unlink(missing_ok=True)  # until all is done, nothing is known
    if not known:
        shutil.rmtree(output, ignore_errors=True)
    texts = _Texts(site, output.with_name(f"{output.name}.texts"))

    def index(texts: Path, folder: str, parts: int) -> None:
        index_part(texts, output / folder, is_first=not folder, parts=parts, inherited=inherited)

    notes = _index_parts(split(pages, most_pages), looked_at, texts, index, known or _Notes())
    for folder in (known.parts if known else {}).keys() - notes.parts.keys():
        shutil.rmtree(output / folder)
    _write_json(output / _PARTS, [folder for folder in notes.parts if folder])
    _write_json(file, {"made_by": _maker(), "pages": notes.pages, "parts": notes.parts, "files": _sign_all(output)})
    return not known or notes.parts != known.parts


def split(paths: Iterable[str], most_pages: int = MOST_PAGES) -> dict[str, list[str]]:
    """Split pages into parts of a size that is quick to index, by a hash of their paths.

    A part that is too large is halved, so a new page moves other pages only where it makes a part too large.

    Returns:
        The sorted paths of each part by its name: the first binary digits of the hashes of its paths.
    """
    hashed = [(f"{hashlib.sha256(path.encode()).digest()[0]:08b}", path) for path in sorted(paths)]
    return dict(_halve(hashed, "", most_pages))


def _halve(pages: Sequence[tuple[str, str]], name: str, most: int) -> Iterator[tuple[str, list[str]]]:
    if len(pages) <= most or len(name) == _MOST_HALVINGS:
        yield name or _WHOLE, [path for _, path in pages]
        return
    for digit in "01":
        yield from _halve([page for page in pages if page[0][len(name)] == digit], name + digit, most)


def _index_parts(
    parts: Mapping[str, Sequence[str]],
    looked_at: set[str],
    texts: _Texts,
    index: Callable[[Path, str, int], None],
    known: _Notes,
) -> _Notes:
    """Take the words out of the pages, part by part, while Pagefind indexes the part before."""
    notes = _Notes()
    with ThreadPoolExecutor(max_workers=1) as indexer:  # two at a time would need twice the memory
        jobs = []
        for name, paths in parts.items():
            fresh = {path: texts.extract(path) for path in paths if path in looked_at}
            found = {path: _fingerprint(fresh[path].encode()) if path in fresh else known.pages[path] for path in paths}
            notes.pages.update(found)
            words = {path: mark for path, mark in found.items() if mark}
            if not words and len(parts) > 1:
                continue
            folder = name if notes.parts else ""
            notes.parts[folder] = _fingerprint(json.dumps([len(parts), words]).encode())
            if notes.parts[folder] != known.parts.get(folder):
                texts.bring(name, words, fresh)
                try:
                    jobs.append(indexer.submit(index, texts.folder / name, folder, len(parts)))
                except RuntimeError:  # the system gives no more threads
                    index(texts.folder / name, folder, len(parts))
        for job in jobs:
            job.result()
    texts.drop_all_but(parts)
    return notes


@dataclass(frozen=True, slots=True)
class _Texts:
    """The searched words of the pages, kept as files in a folder for each part.

    Attributes:
        site: the folder with the built pages.
        folder: where the words are kept.
    """

    site: Path
    folder: Path

    def extract(self, path: str) -> str:
        """Return what is searched of a page; empty where that is nothing."""
        return searched.extract((self.site / path).read_bytes().decode()) or ""

    def bring(self, part: str, words: Mapping[str, str], fresh: Mapping[str, str]) -> None:
        """Bring the folder of a part to exactly its pages; what lies there is trusted only as far as its fingerprint."""
        folder = self.folder / part
        if folder.is_symlink():
            folder.unlink()
        there = collect(folder)
        for path in there.keys() - words.keys():
            there[path].unlink()
        for path, mark in words.items():
            if path in there and _fingerprint(there[path].read_bytes()) == mark:
                continue
            put(folder, path, (fresh[path] if path in fresh else self.extract(path)).encode())

    def drop_all_but(self, parts: Mapping[str, object]) -> None:
        """Delete the words of parts that are no more."""
        for folder in self.folder.glob("*"):
            if folder.is_symlink() or folder.is_file():
                folder.unlink()
            elif folder.name not in parts:
                shutil.rmtree(folder)


def _read_notes(file: Path, output: Path) -> _Notes | None:
    """Return what was indexed, or None where nothing is known for sure."""
    try:
        entry = json.loads(file.read_text("utf-8"))
        notes = _Notes(dict(entry["pages"]), dict(entry["parts"]), entry["files"])
        check_paths(notes.pages)
        made_by = entry["made_by"]
        is_plain = all(isinstance(mark, str) for mark in (*notes.pages.values(), *notes.parts.values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    is_plain = is_plain and all(_FOLDER.fullmatch(folder) for folder in notes.parts)
    return notes if is_plain and made_by == _maker() and notes.files == _sign_all(output) else None


def _write_json(file: Path, content: object) -> None:
    put(file.parent, file.name, json.dumps(content).encode())


def _sign_all(output: Path) -> str:
    """Give one fingerprint of what the file system says of all files of an index, which somebody may have touched."""
    signed = sorted(f"{path} {sign(source.lstat())}" for path, source in collect(output).items())
    return _fingerprint("\n".join(signed).encode())


def _fingerprint(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32] if text else ""


@cache
def _maker() -> str:
    """Tell this program and this Pagefind from others, whose index would be another one."""
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in (searched, indexing, settled))
    try:
        pagefind = metadata.version("pagefind-bin")
    except metadata.PackageNotFoundError:
        pagefind = ""
    return f"{hashlib.sha256(sources + Path(__file__).read_bytes()).hexdigest()} {pagefind}"
