"""Generated pages: Markdown in the page dialect becomes HTML, with its headings and anchors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape as escape_html
from typing import TYPE_CHECKING, Any

import nh3
from markdown_it import MarkdownIt

from generator.dialect.attributes import ATTRIBUTES, SPAN_ELEMENTS, check_attributes, install_attributes
from generator.dialect.containers import ELEMENTS, TITLES, install_containers
from generator.dialect.fences import FENCES
from generator.dialect.links import WEB_SCHEMES, is_page_link, is_relative, split_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_PERMALINK_SIGN = "#"
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")
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
class Heading:
    """A heading of a page: its level (1-6), its id (empty where it has none) and its plain text."""

    level: int
    id: str
    text: str


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

    Args:
        markdown: the page without its front matter.
        resolve: gives the address to write for each relative link or image of the page.
        permalink: the accessible name of a heading's own link, `{}` stands for the heading.

    Raises:
        ValueError: the payload of a picture cannot be drawn.
    """
    env: dict[str, Any] = {"resolve": resolve, "permalink": permalink, "pictures": []}
    md = page_parser()
    tokens = md.parse(markdown, env)
    html = _cleaner().clean(md.renderer.render(tokens, md.options, env))
    html = _PLACEHOLDER.sub(lambda match: env["pictures"][int(match[1])], html)
    return RenderedPage(html, tuple(env["headings"]), frozenset(env["anchors"]))


class _PageMarkdown(MarkdownIt):
    """Takes as links only what a page may link to; markdown-it's own test lets `//host` and unknown schemes pass."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Tell whether a link may carry this address."""
        return is_page_link(url)


@cache
def page_parser() -> MarkdownIt:
    """Return the parser of generated pages.

    `js-default` with HTML, strikethrough and bare links off, plus attribute lists (`attributes`), containers
    (`containers`) and pictures (`fences`). Its HTML is safe by construction; `render_page` adds the second line of
    defence (nh3 with an allow-list over everything but the pictures, whose SVG it would break).
    """
    md = _PageMarkdown("js-default", {"html": False, "linkify": False, "typographer": False})
    md.disable(["strikethrough"])
    install_attributes(md)
    install_containers(md)
    md.core.ruler.push("page", _finish_tokens)
    md.add_render_rule("fence", _render_fence)
    md.add_render_rule("heading_open", _render_heading)
    md.add_render_rule("heading_close", _render_heading)
    return md


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes={"*": set(ATTRIBUTES - {"rel"}) | {"data-picture"}, "a": {"href", "rel"}, "img": {"src", "alt"}},
        url_schemes=set(WEB_SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _finish_tokens(state: StateCore) -> None:
    """Check every attribute and address once more, resolve links, and note headings and anchors."""
    anchors: set[str] = set()
    headings: list[Heading] = []
    opening: Token | None = None
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            _finish_token(part, state.env)
            if part.attrs.get("id"):
                anchors.add(str(part.attrs["id"]))
        if token.children:
            _name_spans(token.children)
        if token.type == "heading_open":
            opening = token
        elif opening and token.type == "inline":
            title = "".join(_plain(child) for child in token.children or ()).strip()
            opening.meta["title"] = title
            headings.append(Heading(int(opening.tag[1:]), str(opening.attrs.get("id", "")), title))
            opening = None
    _name_row_headings(state.tokens)
    state.env["headings"] = headings
    state.env["anchors"] = anchors


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(map(_plain, token.children or ())) if token.type == "image" else token.content


def _finish_token(token: Token, env: MutableMapping[str, Any]) -> None:
    resolve: Callable[[str], str] | None = env.get("resolve")
    if not token.attrs:
        return
    address = token.attrs.pop("href", None) or token.attrs.pop("src", None)
    alignment = _ALIGNMENT.match(str(token.attrs.pop("style", "")))
    if alignment:
        token.attrJoin("class", f"align-{alignment[1]}")
    check_attributes(token)
    if token.type == "link_open":
        address = str(address or "")
        if split_scheme(address)[0] in ("http", "https"):
            token.attrs.setdefault("rel", "external")
        elif resolve and is_relative(address):
            address = resolve(address)
        token.attrs = {"href": address, **token.attrs}
    elif token.type == "image":
        address = str(address or "")
        if is_relative(address):
            token.attrs = {"src": resolve(address) if resolve else address, **token.attrs}
        else:  # a picture from another host would be a request that leaves the site
            token.type, token.content, token.children = "text", _plain(token), None


def _name_spans(tokens: Sequence[Token]) -> None:
    """Turn `[text]{as=mark}` into `<mark>`."""
    names: list[str] = []
    for token in tokens:
        if token.type == "span_open":
            name = str(token.attrs.pop("as", "span"))
            names.append(name if name in SPAN_ELEMENTS else "span")
            token.tag = names[-1]
        elif token.type == "span_close":
            token.tag = names.pop()


def _name_row_headings(tokens: Sequence[Token]) -> None:
    """Give header cells their scope, and turn a cell with `{scope=row}` into a header cell."""
    name = "td"
    for token in tokens:
        if token.type == "th_open":
            token.attrs.setdefault("scope", "col")
        elif token.type == "td_open":
            name = "th" if "scope" in token.attrs else "td"
            token.tag = name
        elif token.type == "td_close":
            token.tag = name


def _render_fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    name = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    if name in FENCES and "pictures" in env:
        env["pictures"].append(FENCES[name](token.content))
        return f'<div data-picture="{len(env["pictures"]) - 1}"></div>\n'
    code = escape_html(token.content, quote=False)
    return f"<pre{renderer.renderAttrs(token)}><code>{code}</code></pre>\n"


def _render_heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """Put a heading with an id beside its own link, which is no part of the heading's text."""
    token = tokens[index]
    opening = token if token.nesting > 0 else tokens[index - 2]
    anchor = str(opening.attrs.get("id", ""))
    if not anchor or token.tag == "h1":
        return renderer.renderToken(tokens, index, options, env)
    if token.nesting > 0:
        return f'<div class="heading"><{token.tag}{renderer.renderAttrs(token)}>'
    label = env.get("permalink", "{}").replace("{}", opening.meta.get("title", ""))
    link = (
        f'<a class="permalink" href="#{escape_html(anchor)}" aria-label="{escape_html(label)}"'
        f' data-pagefind-ignore="all">{_PERMALINK_SIGN}</a>'
    )
    return f"</{token.tag}>{link}</div>\n"
