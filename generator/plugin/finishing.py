"""The end of a build: sitemap, publication, and what is kept of it for the next one."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from generator import write
from generator.paths import page_url
from generator.publish.staging import collect
from generator.publish.target import Published, publish

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


def publish_site(journal: Path, target: Path, folders: Folders, finished: Finished, state: State | None) -> Published:
    """Bring the published folder to what was made."""
    static, index = collect(folders.static), collect(folders.index, "pagefind/")
    files = {**{path: folders.html / path for path in finished.files}, **index, **static}
    known = json.loads((state.read("published") if state is not None else None) or "{}")
    signatures = known.get("files", {}) if known.get("target") == str(target) else {}
    always = {*static, *index}  # few, and written by others: compared each time
    return publish(journal, target, files, finished.written | always, signatures)


def keep_published(state: State | None, target: Path, published: Published, said: str, *, searched: bool) -> None:
    """Keep what was published and what was said of it, and finish the state.

    Args:
        state: None where nothing is kept.
        target: the published folder.
        published: what was published.
        said: the lines that a build says at its end which finds nothing to do; empty where it has to look again.
        searched: whether the search index is up to date.
    """
    if state is None:
        return
    state.note("published", json.dumps({"target": str(target), "files": published.signatures}))
    state.note("said", said)
    state.note("searched", "yes" if searched else "no")
    state.finish()
