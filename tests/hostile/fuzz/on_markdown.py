"""The Markdown dialect: whatever is typed, the HTML holds only what is allowed, and the quick readers read what markdown-it does."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import html5lib
from markdown_it import MarkdownIt

from generator import dialect
from generator.dialect import phrases
from generator.dialect.attributes import ATTRIBUTES, install_attributes
from generator.dialect.blocks import write_blocks
from generator.dialect.containers import install_containers
from generator.dialect.escaping import tidy
from generator.dialect.limits import MAX_NESTING
from generator.dialect.located import POSITION, LocatedMarkdown
from generator.dialect.page import _PLACEHOLDER, _TAGS, _cleaner
from generator.dialect.parser import page_parser
from generator.dialect.usual_blocks import write_usual_blocks
from generator.dialect.usual_phrases import read_usual_phrase
from hostile.fuzz.inputs_markdown import WORDS, seeds, strategy
from hostile.fuzz.laws import as_text, hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from generator.dialect.sheet import Sheet

__all__ = ["INSIDE", "MAX_LEN", "WORDS", "seeds", "strategy", "target"]

_VOID = frozenset({"br", "hr", "img", "input"})
_OF_PICTURES = frozenset({"svg", "rect", "g", "path", "circle", "line", "text", "title", "use", "tspan", "form", "fieldset", "legend", "label",
                          "input", "select", "option", "button", "output", "b", "ul", "li", "figure", "figcaption", "div", "span", "p", "a", "details", "summary"})  # fmt: skip
_SCHEMES = frozenset({"http", "https", "mailto", ""})
_FORBIDDEN = frozenset({"style", "srcdoc", "data-picture", "formaction", "action", "xlink:href"})
_LONGEST_ORACLE = 1_500  # characters; html5lib takes its time


def target(data: bytes) -> None:
    """Write a text as a page, as prose, as a page by hand and as data, and hold all of it to the laws of HTML."""
    text = as_text(data)
    if _can_be_drawn(text):
        html = _check_page(text)
        if len(text) <= _LONGEST_ORACLE:
            _check_as_browsers_read_it(html)
        _check_quick_ways(text)
    _check_written(dialect.prose_markdown(text, _resolve), "prose")
    _check_written(dialect.escape(text), "escaped", {"p"}, tidy(text))
    _check_written(dialect.body_markdown(text, _resolve), "a page by hand")
    dialect.prose_links(text)
    dialect.prose_plain(text)
    dialect.body_links(text)
    for problem in dialect.prose_problems(text):
        hold("what is wrong with prose is said on one line", problem.strip() and "\n" not in problem, problem)
    _check_stored(text)


def _resolve(scheme: str, one: str) -> str | None:
    return None if one == "nowhere" else f"../{scheme}s/{one}.md"


class _Reader(HTMLParser):
    """Reads HTML back, and sees that each element ends in the one in which it began."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.events: list[tuple[Any, ...]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        hold("every element ends", not self._open, self._open, html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._flush()
        self.events.append((tag, *sorted((name, value or "") for name, value in attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that it is the element that began last."""
        if tag in _VOID:
            return
        hold("an element ends in the one in which it began", self._open and self._open[-1] == tag, self._open, tag)
        self._open.pop()
        self._flush()
        self.events.append(("/", tag))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """There are none."""
        hold("no comments", False, data)  # noqa: FBT003

    def handle_decl(self, decl: str) -> None:
        """There are none."""
        hold("no declarations", False, decl)  # noqa: FBT003

    def handle_pi(self, data: str) -> None:
        """There are none."""
        hold("no processing instructions", False, data)  # noqa: FBT003

    def unknown_decl(self, data: str) -> None:
        """There are none."""
        hold("no unknown declarations", False, data)  # noqa: FBT003

    def _flush(self) -> None:
        if said := "".join(self.words):
            self.events.append(("text", said))
        self.words.clear()

    def read(self) -> list[tuple[Any, ...]]:
        """Give all that was read."""
        self._flush()
        return self.events


def _can_be_drawn(text: str) -> bool:
    """Tell whether the pictures of a page can be drawn, whichever way it is read; where not, the build says so."""
    try:
        dialect.render_page(text)
    except ValueError as error:
        hold("only pictures are refused", "```" in text or "~~~" in text, error)
        return False
    return True


def _check_page(text: str) -> str:
    sheet = write_usual_blocks(text, "To {}") or write_blocks(text, "To {}")
    bare = sheet.finish(None)
    page = dialect.render_page(text)
    cleaned = _cleaner().clean(bare)
    hold(
        "the second line of defence finds nothing to do", _without_hosts(bare) == _without_hosts(cleaned), bare, cleaned
    )
    drawn = _PLACEHOLDER.search(bare) is not None
    _check_allowed(_Reader(page.html), _TAGS | _OF_PICTURES if drawn else _TAGS, drawn=drawn)
    hold("an anchor stands once", set(page.anchors) == {value for _, name, value in _Reader(bare).attributes if name == "id"}, page.anchors)  # fmt: skip
    return page.html


def _without_hosts(html: str) -> list[tuple[Any, ...]]:
    """Read HTML without the addresses of other hosts: nh3 drops those whose host no browser could ask for, which harms nobody."""
    return [tuple(part for part in event if not _is_far(part)) for event in _Reader(html).read()]


def _is_far(part: object) -> bool:
    return isinstance(part, tuple) and part[0] in ("href", "src") and re.match(r"(?i)https?:", part[1]) is not None


def _check_allowed(read: _Reader, tags: frozenset[str], *, drawn: bool = False) -> None:
    hold("only allowed elements", set(read.tags) <= tags, set(read.tags) - tags)
    allowed = ATTRIBUTES | {"href", "src", "alt", "rel"}
    for tag, name, value in read.attributes:
        hold("no attribute that runs something", not name.startswith("on") and name not in _FORBIDDEN, tag, name, value)
        hold("only allowed attributes", drawn or name in allowed or name.startswith("data-"), tag, name, value)
        if name in ("href", "src"):
            _check_address(tag, value)


def _check_address(tag: str, address: str) -> None:
    plain = re.sub(r"[\x00-\x20]", "", address).lower()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
    hold("only schemes that run nothing", (scheme[1] if scheme else "") in _SCHEMES, address)
    hold("no address of another host without a scheme", not re.match(r"[/\\]{2}|[/\\]", plain), address)
    hold("no picture from elsewhere", tag != "img" or not scheme, address)
    if scheme and scheme[1] in ("http", "https"):
        hold("no user name in an address", "@" not in urlsplit(address).netloc, address)


def _check_as_browsers_read_it(html: str) -> None:
    """Let html5lib read the page as a browser does: it stays where it was put, and the elements are the same."""
    tree = html5lib.parse(f"<main>{html}</main><footer></footer>", treebuilder="etree", namespaceHTMLElements=False)
    body = tree.find("body")
    hold("a page stays in its place", body is not None and [one.tag for one in body] == ["main", "footer"], html)
    if body is not None:
        names = [one.tag.rpartition("}")[2].lower() for one in body[0].iter() if isinstance(one.tag, str)][1:]
        hold("a browser sees the elements that were written", names == _Reader(html).tags, names, html)


def _check_written(markdown: str, what: str, tags: set[str] | None = None, said: str | None = None) -> None:
    """See that what was written as Markdown of ours has no powers of the page dialect."""
    try:
        page = dialect.render_page(markdown)
    except ValueError as error:
        hold(f"{what} draws no picture", False, error)  # noqa: FBT003
        return
    read = _Reader(page.html)
    _check_allowed(read, _TAGS)
    if tags is not None:
        hold(f"{what} stays in one paragraph", set(read.tags) <= tags, read.tags, markdown)
    if said is not None:
        words = "".join(event[1] for event in read.read() if event[0] == "text").removesuffix("\n")
        hold(f"{what} is shown as it was typed", words == said, words, said)
    powers = {name for _, name, _ in read.attributes} - {
        "href",
        "rel",
        "id",
        "class",
        "aria-label",
        "data-pagefind-ignore",
        "start",
    }
    hold(f"{what} has no powers of a page", not powers, powers, markdown)


def _check_stored(text: str) -> None:
    stored = dialect.read_text(text, 7)
    lines = [stored.line_at(place) for place in range(0, len(stored.text) + 1, max(1, len(stored.text) // 50))]
    last = 7 + len(re.split("\r\n|\r|\n", text)) - 1
    hold("lines of a stored text never run back", lines == sorted(lines) and lines[0] >= 7 and lines[-1] <= last, lines)
    hold("its blocks are all of it", "\n\n".join(stored.text[one.start : one.end] for one in stored.blocks) == stored.text, stored)  # fmt: skip
    if not stored.problem:
        plain = _commonmark().parse(text)
        located = LocatedMarkdown().parse(text)
        hold("a stored text is read as by CommonMark", list(_tokens(located)) == list(_tokens(plain)), text)


def _check_quick_ways(text: str) -> None:
    """See that what is read in a quick way is what markdown-it makes of it."""
    usual = write_usual_blocks(text, "To {}")
    hold(
        "blocks read line by line are those of markdown-it",
        usual is None or _tell(usual) == _tell(write_blocks(text, "To {}")),
        text,
    )
    phrase = read_usual_phrase(text)
    hold(
        "a phrase read in one pass is that of markdown-it",
        phrase is None or phrase == phrases._read(text, {}).finish(),
        text,
    )
    hasty, whole = page_parser().parse(text, {}), _page_parser().parse(text, {})
    hold(
        "hastened rules find the same blocks",
        [one.as_dict() for one in hasty] == [one.as_dict() for one in whole],
        text,
    )


def _tell(sheet: Sheet) -> tuple[Any, ...]:
    return sheet.finish(lambda address: f"to/{address}"), sheet.headings, sheet.anchors, sheet.pictures


def _tokens(tokens: Sequence[Token]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        for child in token.children or ():
            child.meta.pop(POSITION, None)
            for part in child.children or ():
                part.meta.pop(POSITION, None)
        yield dict(token.as_dict())


@cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})


@cache
def _page_parser() -> MarkdownIt:
    md = type(page_parser())("js-default", {"html": False, "linkify": False, "typographer": False})
    md.disable(["strikethrough", "inline", "linkify", "replacements", "smartquotes", "text_join"])
    install_attributes(md)
    install_containers(md)
    return md


MAX_LEN = 1_024
INSIDE = ("generator.dialect",)
