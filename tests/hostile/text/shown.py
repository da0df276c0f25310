"""What a page has to show of each hostile text, asked of somebody else's renderer: CommonMark with HTML off."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from generator.records import FOLDERS
from hostile.text.laying import ATTACKED, STORED, Laid, Spot
from hostile.text.recipes import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSHOWN = frozenset(
    leaf
    for leaf in ATTACKED
    if leaf.split(".", 1)[1].startswith(("notes", "imported"))
    or leaf.endswith((".prefix", ".suffix", "skipped[].quote", "skipped[].why", "translated_title{}"))
)
"""Fields that no page shows: what concerns the desk, and what only tells places of a text apart; translated titles are data."""

TITLES = ("source.title", "entity.name", "claim.says", "event.title", "topic.title", "page.title")
"""What the pages are called by."""

HEAD = frozenset({"page.description"})
"""Fields that stand in the head of a page and nowhere else, shortened; `look.js` looks there. They are read as inline Markdown."""

BLOCKS = frozenset({STORED, "page.body"})
"""Fields of CommonMark with blocks."""

CORRECTIONS = "corrections/"
"""Where corrections stand: on one of the pages below it."""

PROSE = frozenset(
    {
        *("source.summary", "entity.description", "claim.says", "claim.why", "claim.missing[]", "claim.unknown[]"),
        *("claim.contradicts[].why", "claim.log[].note", "claim.log[].was.says", "claim.log[].was.why"),
        *(
            "claim.seen[].finding",
            "claim.evidence[].finding",
            "event.evidence[].finding",
            "event.summary",
            "topic.answer",
        ),
        *("correction.was", "correction.now", "correction.why"),
    }
)
"""Fields of inline Markdown."""

PAST = frozenset({"claim.log[].was.says", "claim.log[].was.why"})
"""Earlier words, whose links are not asked for: of one that may not be, the label alone is shown."""

_LINK = re.compile(r"]\(|<[A-Za-z][A-Za-z0-9+.-]*:")
_COMMONMARK = MarkdownIt("commonmark", {"html": False})


def path_of(leaf: str, number: int) -> str:
    """Give the path of the page that shows a field."""
    kind = leaf.split(".", maxsplit=1)[0]
    if kind == "correction":
        return CORRECTIONS
    folder = "" if kind == "page" else f"{FOLDERS[kind]}/"
    return f"{folder}x-{number}/index.html"


def list_shown(laid: Laid, number: int) -> Iterator[tuple[str, str, str]]:
    """List what the pages of a number show: the path, the field, and the text."""
    for leaf in ATTACKED:
        spot = Spot(leaf, number)
        if leaf in UNSHOWN or laid.is_refused(spot):
            continue
        for text in read_text(leaf, laid.text_at(spot)):
            yield path_of(leaf, number), leaf, text


def read_text(leaf: str, typed: str) -> Iterator[str]:
    """Give the pieces of text that a field shows, each on one line."""
    if leaf in BLOCKS:
        for token in _COMMONMARK.parse(typed):
            text = (
                _read_html(_COMMONMARK.renderer.render([token], _COMMONMARK.options, {}))
                if token.type == "inline"
                else token.content
            )
            yield fold(text)
    elif leaf in PAST and _LINK.search(typed):
        return
    elif leaf in PROSE | HEAD:
        yield fold(_read_html(_COMMONMARK.renderInline(typed)))
    else:
        yield fold(typed)


class _Words(HTMLParser):
    """Keeps the words of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a piece."""
        self.words.append(data)

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Keep the end of a line."""
        if tag == "br":
            self.words.append("\n")


def _read_html(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    return re.sub("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", "".join(words.words))
