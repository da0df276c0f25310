"""The parser of generated pages: blocks only; their inline content is read by `phrases`."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt

from generator.dialect.attributes import install_attributes
from generator.dialect.containers import install_containers
from generator.dialect.links import is_page_link
from generator.dialect.rulers import hasten


class _PageMarkdown(MarkdownIt):
    """Takes as links only what a page may link to; markdown-it's own test lets `//host` and unknown schemes pass."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Tell whether a link may carry this address."""
        return is_page_link(url)


@cache
def page_parser() -> MarkdownIt:
    """Return the parser of generated pages.

    `js-default` with HTML, strikethrough and bare links off, plus attribute lists (`attributes`) and containers
    (`containers`). It leaves the inline content of blocks as it is typed: see `read_phrase`.
    """
    md = _PageMarkdown("js-default", {"html": False, "linkify": False, "typographer": False})
    md.disable(["strikethrough", "inline", "linkify", "replacements", "smartquotes", "text_join"])
    install_attributes(md)
    install_containers(md)
    hasten(md)
    return md
