"""The end of a build: sitemap, publication, and what is kept of it for the next one."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import write
from generator.paths import page_url
from generator.plugin.listing import SITEMAPS, list_files
from generator.plugin.stopping import RefusedError
from generator.publish.settled import pack
from generator.publish.staging import collect
from generator.publish.target import Published, publish, sign_file

if TYPE_CHECKING:
    from pathlib import Path

    from generator.plugin.finished import Finished, Folders
    from generator.state import State

_NOTE, _SITEMAP = "site", "sitemap"


def add_sitemap(folder: Path, site_url: str, finished: Finished, state: State | None) -> Finished:
    """Write the sitemap (https://www.sitemaps.org/protocol.html) of all pages, and its compressed twin.

    It gives no dates: when the words of a page last changed stands in its own history. Where there are the same pages as
    before, it is there.

    Returns:
        What was made, with it.
    """
    paths = finished.paths
    if paths is None:
        if state is None or state.read(_SITEMAP) == _sign_sitemap(folder):
            return finished
        paths = tuple(state.paths())
    paths = tuple(path for path in paths if path.endswith(".md"))
    entries = "".join(
        f"    <url>\n         <loc>{html.escape(site_url + page_url(path), quote=False)}</loc>\n    </url>\n"
        for path in paths
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()
    files = dict(zip(SITEMAPS, (text, pack(text)), strict=True))
    put = {name: write.put(folder, name, content) for name, content in files.items()}
    written = {
        name for name, fresh in put.items() if fresh or finished.whole
    }  # a build that was stopped may have put it there
    if state is not None:
        state.note(_SITEMAP, _sign_sitemap(folder))
    return replace(finished, written=finished.written | written)


def _sign_sitemap(folder: Path) -> str:
    return " ".join(sign_file(f"{folder}/{name}") for name in SITEMAPS)


def index_site(folders: Folders, finished: Finished, state: State | None, inherited: Sequence[int]) -> None:
    """Bring the search index up to date.

    Args:
        folders: where it is.
        finished: what was made.
        state: None where nothing is kept.
        inherited: file descriptors that Pagefind holds while it runs.

    Raises:
        RefusedError: it could not be made.
    """
    from generator.publish import search  # noqa: PLC0415 (not for `--no-search`)

    indexed = state is not None and state.read("searched") == "yes"
    changed = finished.changed if indexed else None  # what was built without the search is looked at too
    try:
        search.write_index(folders.html, folders.index, changed, inherited=inherited)
    except search.SearchIndexError as error:
        raise RefusedError(f"Error: {error}") from error


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a publication.

    Attributes:
        published: what was done, and what is there now.
        staged: what the file system says of the files that others have made: MkDocs, Pagefind.
        before: what it said of the published files when they were last published.
    """

    published: Published
    staged: Mapping[str, str]
    before: Mapping[str, str]


class _Staged(Mapping[str, "Path"]):
    """The files of a site by their paths, without a `Path` for each of many thousand."""

    def __init__(self, folder: Path, names: AbstractSet[str], others: Mapping[str, Path]) -> None:
        self._folder = folder
        self._names = {*names, *others}
        self._others = others

    def __getitem__(self, path: str) -> Path:
        if path not in self._names:
            raise KeyError(path)
        return self._others.get(path) or self._folder / path

    def __contains__(self, path: object) -> bool:
        return path in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def publish_site(journal: Path, target: Path, folders: Folders, finished: Finished, state: State | None) -> Kept:
    """Bring the published folder to what was made."""
    others = {**collect(folders.index, "pagefind/"), **collect(folders.static)}
    known = json.loads((state.read(_NOTE) if state is not None else None) or "{}")
    same = state is not None and known.get("target") == str(target)
    before = state.published() if state is not None and same else {}
    of_others = known["staged"] if same else {}
    staged = {path: sign_file(str(source)) for path, source in others.items()}
    remade = {path for path, mark in staged.items() if of_others.get(path) != mark}
    own = finished.files
    if own is None and state is not None:
        own = frozenset(before.keys() - of_others.keys()) if before else list_files(state.paths())
    files = _Staged(folders.html, own or frozenset(), others)
    return Kept(publish(journal, target, files, finished.written | remade, before), staged, before)


def keep_published(state: State | None, target: Path, kept: Kept, said: str, *, searched: bool) -> None:
    """Keep what was published and what was said of it, and finish the state.

    Args:
        state: None where nothing is kept.
        target: the published folder.
        kept: what is kept of the publication.
        said: the lines that a build says at its end which finds nothing to do; empty where it has to look again.
        searched: whether the search index is up to date.
    """
    if state is None:
        return
    files, before = kept.published.signatures, kept.before
    fresh = {path: mark for path, mark in files.items() if before.get(path) != mark}
    state.keep_published(fresh, before.keys() - files.keys(), anew=not before)
    state.note(_NOTE, json.dumps({"target": str(target), "staged": kept.staged}))
    state.note("said", said)
    state.note("searched", "yes" if searched else "no")
    state.finish()
