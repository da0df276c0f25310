"""The end of a build: sitemap, publication, and what is kept of it for the next one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from generator import write
from generator.paths import page_url
from generator.publish.staging import collect
from generator.publish.target import Published, publish, sign_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.plugin.workshop import Finished, Folders
    from generator.state import State


def write_sitemap(folder: Path, site_url: str, pages: Iterable[str]) -> None:
    """Write the sitemap (https://www.sitemaps.org/protocol.html) of all pages, and its compressed twin.

    It gives no dates: when the words of a page last changed stands in its own history.
    """
    entries = "".join(
        f"    <url>\n         <loc>{escape(site_url + page_url(path))}</loc>\n    </url>\n" for path in pages
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()
    write.put(folder, "sitemap.xml", text)
    write.put(folder, "sitemap.xml.gz", gzip.compress(text, mtime=0))


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a publication.

    Attributes:
        published: what was done, and what is there now.
        staged: what the file system says of the files that others have made: MkDocs, Pagefind.
    """

    published: Published
    staged: Mapping[str, str]


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
    known = json.loads((state.read("published") if state is not None else None) or "{}")
    before = known if known.get("target") == str(target) else {}
    staged = {path: sign_file(str(source)) for path, source in others.items()}
    remade = {path for path, mark in staged.items() if before.get("staged", {}).get(path) != mark}
    files = _Staged(folders.html, finished.files, others)
    return Kept(publish(journal, target, files, finished.written | remade, before.get("files", {})), staged)


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
    files, staged = kept.published.signatures, kept.staged
    state.note("published", json.dumps({"target": str(target), "files": files, "staged": staged}))
    state.note("said", said)
    state.note("searched", "yes" if searched else "no")
    state.finish()
