"""A MkDocs page that is rendered by our own dialect instead of Python-Markdown."""

from __future__ import annotations

import logging
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from markupsafe import Markup, escape
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from generator.dialect import Heading, render_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

log = logging.getLogger("mkdocs.plugins.factsheet")


class FactPage(Page):
    """A page in the page dialect.

    MkDocs' `Page` promises that `render` fills `content`, `toc`, the title, `present_anchor_ids` and `links_to_anchors`;
    this one does so from `dialect.render_page`. `content` and the titles in `toc` are `Markup`, safe under autoescape.
    """

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, *, updated: str) -> None:
        super().__init__(title, file, config)
        self.update_date = updated  # MkDocs would put the time of the build into the sitemap

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown to HTML."""
        if self.markdown is None:
            raise RuntimeError("the page has not been read")
        links: dict[File, dict[str, str]] = {}
        rendered = render_page(self.markdown, resolve=lambda address: self._resolve(address, config, files, links))
        self.content = Markup(rendered.html)  # noqa: S704 (safe by construction, and cleaned)
        self.toc = table_of_contents(rendered.headings)
        self._title_from_render = next((heading.text for heading in rendered.headings if heading.level == 1), None)
        self.present_anchor_ids = set(rendered.anchors)
        self.links_to_anchors = links
        self.update_date = str(self.meta.get("updated") or self.update_date)

    def _resolve(self, address: str, config: MkDocsConfig, files: Files, links: dict[File, dict[str, str]]) -> str:
        """Turn a relative link to a source file into one to its page, and note its anchor for MkDocs to check."""
        _, _, path, query, anchor = urlsplit(address)
        if not path:
            if anchor:
                links.setdefault(self.file, {})[anchor] = address
            return address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.file.src_uri), unquote(path)))
        file = files.get_file_from_path(target)
        if file is None:
            log.log(
                config.validation.links.not_found,
                "Page '%s' contains a link '%s', but there is no '%s'.", self.file.src_uri, address, target,
            )  # fmt: skip
            return address
        if anchor:
            links.setdefault(file, {})[anchor] = address
        return urlunsplit(("", "", get_relative_url(file.url, self.file.url), query, anchor))


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
