"""The text of a web page as blocks: one walk, without a tree, however deep the page nests.

What is no text of the article (navigation, scripts, forms, what is hidden) is left out, and counted with its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.importers.article.blocks import Block, clean_text, count_words, part_lines
from generator.importers.article.html_tokens import Cut, End, Raw, Start, Text, read_tokens
from generator.importers.article.outline import KEPT_OPEN, Outline
from generator.importers.article.pages import Page, PrintedTime, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WIKI = "mw-parser-output"
"""The class of the element with the text of a page of MediaWiki."""

_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "noembed", "noframes", "xmp", "object", "embed", "audio", "video", "canvas", "textarea"}
)  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer", "aside", "form", "button", "select", "dialog"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HEADINGS: Mapping[str, int] = MappingProxyType({f"h{level}": level for level in range(1, 7)})
_BREAKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav",
        "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", *_HEADINGS,
    }
)  # fmt: skip
_ENDED_BY_THEIR_LIKE = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
_NOT_SHOWN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WIKI_EXTRAS = frozenset({"mw-editsection", "infobox", "noprint", "toc"})
_WHITE = re.compile("[\t\n\f\r ]+")
_LINE_END = re.compile("\r\n?")
_ORDER = re.compile("[0-9]{1,6}")


def walk(html: str, *, whole: bool = False, left_out: frozenset[str] = frozenset()) -> Page:
    """Walk through a page.

    Args:
        html: the page, or a piece of one.
        whole: keep navigation, headers, asides and forms too.
        left_out: names of further elements that are no text.
    """
    walker = _Walker(html, left_out, whole=whole)
    for token in read_tokens(html):
        if isinstance(token, Text):
            walker.add_text(token.text)
        elif isinstance(token, Start):
            walker.start(token)
        elif isinstance(token, End):
            walker.end(token.name)
        elif isinstance(token, Raw):
            walker.add_raw(token)
        else:
            walker.add_cut(token)
    walker.finish()
    return walker.page


@dataclass(slots=True)
class _Skip:
    """An element that is left out: its tag, what it counts as, and how many of its kind are open."""

    tag: str
    name: str
    depth: int = 1


class _Walker:
    def __init__(self, html: str, left_out: frozenset[str], *, whole: bool) -> None:
        self.page = Page()
        self.whole = whole
        self.unseen = _UNSEEN | left_out
        self.closing = left_out | {"svg", "math"}  # what a slash before the end of the tag ends
        self.is_wiki = WIKI in html
        self.pieces: list[str] = []
        self.outline = Outline()
        self.heading = 0
        self.skip: _Skip | None = None
        self.divisions = 0
        self.wiki_at = 0
        self.links: list[str] = []
        self.is_source = False
        self.time: PrintedTime | None = None
        self.starts: Mapping[str, Callable[[Start], None]] = {
            "br": lambda _tag: self.pieces.append("\n"),
            "q": lambda _tag: self.pieces.append("“"),
            "td": lambda _tag: self.pieces.append(" "),
            "th": lambda _tag: self.pieces.append(" "),
            "meta": self.page.read_meta,
            "link": self.page.read_link,
            "img": self.page.count_picture,
            "html": lambda tag: self.page.note_language("html", tag),
            "body": lambda tag: self.page.note_language("html", tag),
            "a": self.start_link,
            "time": self.start_time,
            "span": self.read_span,
            "div": self.start_division,
        }  # fmt: skip

    # --- what is read ---

    def add_text(self, text: str) -> None:
        if self.skip is not None:
            self.page.left_out[self.skip.name].words += count_words(text)
            return
        clean, dropped = clean_text(text if self.outline.open["pre"] else _WHITE.sub(" ", text))
        self.page.dropped += dropped
        self.pieces.append(_LINE_END.sub("\n", clean) if self.outline.open["pre"] else clean)
        if self.time is not None:
            self.time.add(clean)

    def add_raw(self, raw: Raw) -> None:
        if raw.name == "title":
            self.page.title = self.page.title or " ".join(clean_text(raw.text)[0].split())
        elif self.skip is not None and self.skip.tag == raw.name:
            self.page.left_out[self.skip.name].words += count_words(raw.text)

    def add_cut(self, cut: Cut) -> None:
        words = count_words(cut.text)
        if cut.what != "declaration" and cut.is_closed:
            self.page.count(cut.what, words)
        elif not cut.is_closed:
            self.page.unclosed[cut.what] = words

    # --- elements ---

    def start(self, tag: Start) -> None:
        if self.skip is not None and not self.goes_on(tag):
            return
        name = tag.name
        left_out = self.name_left_out(tag)
        if name in _BREAKS or name == "hr":
            self.flush()
            if name in _HEADINGS or name in {"p", "li"}:
                self.heading = _HEADINGS.get(name, 0)
        if left_out:
            if name not in _VOID and not (tag.is_closed and name in self.closing):
                self.skip = _Skip(name, left_out)
            self.page.left_out[left_out].times += 1
        elif name in KEPT_OPEN:
            self.push(tag)
        if name in self.starts and not left_out:
            self.starts[name](tag)

    def goes_on(self, tag: Start) -> bool:
        """Tell whether what is left out ends here, and the walk goes on."""
        skip = self.skip
        if skip is None:
            return True
        wraps = skip.name == "form" and tag.name in {"article", "main", "h1"}  # the form is the whole page then
        ends = skip.tag in _ENDED_BY_THEIR_LIKE and (tag.name == skip.tag or (skip.tag == "p" and tag.name in _BREAKS))
        if wraps or ends:
            self.skip = None
            return True
        skip.depth += tag.name == skip.tag
        return False

    def name_left_out(self, tag: Start) -> str:
        """Name what an element is left out as; empty where it is kept."""
        attributes, name = tag.attributes, tag.name
        if name in self.unseen:
            return name
        inside = self.outline.open["article"] or self.outline.open["main"] or self.wiki_at
        if name in _AROUND and not self.whole and not (name == "header" and inside):
            return name
        is_hidden = "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style", ""))
        if is_hidden and name not in {"html", "body"}:  # scripts show these when they are done
            return "hidden"
        if self.is_wiki and not self.whole:
            classes = _WIKI_EXTRAS.intersection(attributes.get("class", "").split())
            if classes or attributes.get("id") == "toc":
                return f".{min(classes)}" if classes else "#toc"
            if name == "sup" and "reference" in attributes.get("class", "").split():
                return "sup.reference"
        return ""

    def push(self, tag: Start) -> None:
        first = _ORDER.fullmatch(tag.attributes.get("start", "").strip())
        self.outline.push(tag.name, int(first[0]) if first else 1)
        if tag.name in {"article", "main"}:
            self.page.found[tag.name] += 1
            self.page.note_language(tag.name, tag)

    def end(self, name: str) -> None:
        if self.skip is not None:
            if name == self.skip.tag:
                self.skip.depth -= 1
                self.skip = self.skip if self.skip.depth else None
            return
        if name in _BREAKS:
            self.flush()
            self.heading = 0 if name in _HEADINGS else self.heading
        if name == "q":
            self.pieces.append("”")
        elif name == "time":
            self.end_time()
        elif name == "div" and self.divisions:
            self.divisions -= 1
            self.wiki_at = self.wiki_at if self.divisions >= self.wiki_at else 0
        elif name in KEPT_OPEN:
            self.outline.end(name)

    def finish(self) -> None:
        self.flush()
        self.end_time()
        if self.skip is not None:
            self.page.unclosed[self.skip.tag] = self.page.left_out[self.skip.name].words

    def flush(self) -> None:
        """End a block: what has been read since the last one becomes paragraphs."""
        if not self.pieces:
            return
        paragraphs = part_lines("".join(self.pieces))
        self.pieces.clear()
        links, is_source = tuple(self.links), self.is_source
        self.links, self.is_source = [], False
        if not paragraphs:
            return
        parts = {name: self.outline.open[name] > 0 for name in ("article", "main")} | {WIKI: self.wiki_at > 0}
        regions = frozenset(name for name, inside in parts.items() if inside)
        texts = (
            [" ".join(line for lines in paragraphs for line in lines)]
            if self.heading
            else ["\n".join(lines) for lines in paragraphs]
        )
        for text in texts:
            self.page.blocks.append(
                Block(text, self.heading, tuple(self.outline.containers), regions, links, is_source)
            )

    # --- what the page says of itself ---

    def start_link(self, tag: Start) -> None:
        self.page.read_anchor(tag)
        address = tag.attributes.get("href", "").strip()
        if self.is_wiki and address and "external" in tag.attributes.get("class", "").split():
            self.links.append(address)

    def start_time(self, tag: Start) -> None:
        self.end_time()
        self.time = PrintedTime(tag.attributes, frozenset(one for one in ("article", "main") if self.outline.open[one]))

    def end_time(self) -> None:
        found = self.time.finish() if self.time is not None else None
        self.time = None
        self.page.times += [found] if found else []

    def read_span(self, tag: Start) -> None:
        """Read what Wikinews says in the classes of its spans: a source of the article, the date of the article."""
        if not self.is_wiki:
            return
        title, classes = tag.attributes.get("title", "").strip(), tag.attributes.get("class", "").split()
        self.is_source = self.is_source or "sourceTemplate" in classes
        if title and (tag.attributes.get("id") == "publishDate" or "value-title" in classes):
            self.page.times.append(Time(title, is_marked=True, regions=frozenset({WIKI})))

    def start_division(self, tag: Start) -> None:
        self.divisions += 1
        if not self.wiki_at and WIKI in tag.attributes.get("class", "").split():
            self.wiki_at = self.divisions
            self.page.found[WIKI] += 1
            self.page.note_language(WIKI, tag)
