"""A MkDocs page that is rendered by our own dialect instead of Python-Markdown."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from generator.dialect import Heading, render_page
from generator.paths import page_url
from generator.publish.target import sign_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_PLAIN_LINK = re.compile(r"((?:\.\./)*)(\w[\w-]*(?:/\w[\w-]*)*)\.md(#[\w.-]+)?", re.ASCII)


class FactPage(Page):
    """A page in the page dialect.

    MkDocs' `Page` promises that `render` fills `content`, `toc`, the title, `present_anchor_ids` and `links_to_anchors`;
    this one does so from `dialect.render_page`. `content` and the titles in `toc` are `Markup`, safe under autoescape.

    Attributes:
        links: what the page links to below the site: paths of pages, with `#anchor` where a link has one.
    """

    def __init__(self, title: str | None, file: File, config: MkDocsConfig) -> None:
        super().__init__(title, file, config)
        self.update_date = ""  # MkDocs would put the time of the build there, and every page would change every day
        self.links: dict[str, None] = {}

    def take(self, meta: Mapping[str, Any], markdown: str) -> None:
        """Take front matter and body as they were written, in the place of reading them from a file."""
        self.meta = dict(meta)
        self.markdown = markdown

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Convert the page's Markdown to HTML."""
        if self.markdown is None:
            raise RuntimeError("the page has not been read")
        rendered = render_page(self.markdown, resolve=self._resolve)
        self.content = Markup(rendered.html)  # noqa: S704 (safe by construction, and cleaned)
        self.toc = table_of_contents(rendered.headings)
        self._title_from_render = next((heading.text for heading in rendered.headings if heading.level == 1), None)
        self.present_anchor_ids = set(rendered.anchors)
        self.links_to_anchors = {}

    def _resolve(self, address: str) -> str:
        """Turn a relative link to a source file into one to its page, and note where it leads."""
        source, base = self.file.src_uri, self.file.url
        folder = posixpath.dirname(source)
        plain = _follow_plain(address, folder) if base == f"{source[:-3]}/" else None
        if plain and not plain.target.startswith(source[:-3]):
            self.links[plain.target + plain.anchor] = None
            return plain.address
        target, url, query, anchor = _follow(address, folder)
        if not target:
            if anchor:
                self.links[f"{source}#{unquote(anchor)}"] = None
            return address
        self.links[f"{target}#{anchor}" if anchor else target] = None
        return urlunsplit(("", "", _relative(url, base), query, anchor))


class _Link(NamedTuple):
    """Where a link leads.

    Attributes:
        target: the file.
        anchor: on its page, after a number sign; or empty.
        address: as seen from the page.
    """

    target: str
    anchor: str
    address: str


def _follow_plain(address: str, folder: str) -> _Link | None:
    """Follow a link as our templates write it, from a page that stands in a folder of its own; None where it is another.

    Its page sees all that its file sees one folder further up.
    """
    match = _PLAIN_LINK.fullmatch(address)
    if not match:
        return None
    up, stem, anchor = match.groups("")
    folders = folder.split("/") if folder else []
    kept = len(folders) - len(up) // 3
    first, _, behind = stem.partition("/")
    is_round = kept < 0 or (kept < len(folders) and folders[kept] == first)  # it leaves the folder that it enters
    if is_round or (behind or first).endswith("index"):
        return None
    return _Link("/".join([*folders[:kept], f"{stem}.md"]), anchor, f"../{up}{stem}/{anchor}")


@lru_cache(maxsize=1 << 12)
def _follow(address: str, folder: str) -> tuple[str, str, str, str]:
    """Find the file to which a link in a folder leads, its address in the site, and the link's query and anchor."""
    _, _, path, query, anchor = urlsplit(address)
    if not path:
        return "", "", query, anchor
    target = posixpath.normpath(posixpath.join(folder, unquote(path)))
    return target, page_url(target) if target.endswith(".md") else target, query, anchor


def _relative(url: str, base: str) -> str:
    """Give an address as seen from a page; pages that stand beside each other see the same."""
    if base in (".", "./") or url.startswith(base) or not base.endswith("/"):
        return get_relative_url(url or "./", base)
    return _from_beside(url, posixpath.dirname(base[:-1]))


@lru_cache(maxsize=1 << 12)
def _from_beside(url: str, folder: str) -> str:
    return get_relative_url(url or "./", f"{folder}/?/" if folder else "?/")


def site_file(path: str) -> str:
    """Give the file in the site of a page, or of what is no page, which stands where it is."""
    return f"{page_url(path)}index.html" if path.endswith(".md") else path


def sign_page(pages: Path, html: Path, path: str) -> str:
    """Write down what the file system says of the two files of a page, below the folders of Markdown and of HTML.

    What is no page, such as the data of one record, has one file, and the first half is empty.
    """
    typed = sign_file(f"{pages}/{path}") if path.endswith(".md") else ""
    return f"{typed} {sign_file(f'{html}/{site_file(path)}')}"


def table_of_contents(headings: Sequence[Heading]) -> TableOfContents:
    """Nest the headings that have an id by their levels."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        if not heading.id:
            continue
        link = AnchorLink(escape(heading.text), heading.id, heading.level)
        while open_links and open_links[-1].level >= heading.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)
