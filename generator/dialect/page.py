"""Generated pages: Markdown in the page dialect becomes HTML, with its headings and anchors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import nh3

from generator.dialect.attributes import ATTRIBUTES, SPAN_ELEMENTS
from generator.dialect.blocks import write_blocks
from generator.dialect.containers import ELEMENTS, TITLES
from generator.dialect.links import WEB_SCHEMES
from generator.dialect.sheet import Heading
from generator.dialect.usual_blocks import write_usual_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Heading", "RenderedPage", "render_page"]

# Text cannot forge this: its angle brackets are escaped, and no attribute list may hold `data-picture`.
_PLACEHOLDER = re.compile(r'<div data-picture="(\d+)"></div>')
_TAGS = (
    ELEMENTS
    | SPAN_ELEMENTS
    | frozenset(TITLES.values())
    | frozenset(
        [
            "a",
            "blockquote",
            "br",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ],
    )
)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML.

    Attributes:
        html: safe HTML without inline script or style.
        headings: its headings in order.
        anchors: every id on the page.
    """

    html: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]


def render_page(
    markdown: str,
    *,
    resolve: Callable[[str], str] | None = None,
    permalink: str = "Link to this section: {}",
) -> RenderedPage:
    """Render a generated page.

    Its HTML is safe by construction; nh3 with an allow-list is the second line of defence over everything but the
    pictures, whose SVG it would break.

    Args:
        markdown: the page without its front matter.
        resolve: gives the address to write for each relative link or image of the page.
        permalink: the accessible name of a heading's own link, `{}` stands for the heading.

    Raises:
        ValueError: the payload of a picture cannot be drawn.
    """
    sheet = write_usual_blocks(markdown, permalink) or write_blocks(markdown, permalink)
    html = _cleaner().clean(sheet.finish(resolve))
    html = _PLACEHOLDER.sub(lambda match: sheet.pictures[int(match[1])], html)
    return RenderedPage(html, tuple(sheet.headings), frozenset(sheet.anchors))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={"*": set(ATTRIBUTES - {"rel"}) | {"data-picture"}, "a": {"href", "rel"}, "img": {"src", "alt"}},
        url_schemes=set(WEB_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )
