"""A page while it is written: its HTML so far, and the headings, anchors and pictures met on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.common.utils import escapeHtml

from generator.dialect.fences import FENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.dialect.phrase_writer import Phrase

_PERMALINK_SIGN = "#"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level (1-6), its id (empty where it has none) and its plain text."""

    level: int
    id: str
    text: str


class Sheet:
    """Takes what is written.

    Attributes:
        html: HTML and phrases in order; phrases are written last, as they alone need the addresses of the page.
        headings: in order.
        anchors: every id.
        pictures: what fences drew; in the HTML stands `<div data-picture="0"></div>` for the first.
    """

    def __init__(self, permalink: str) -> None:
        self.permalink = permalink
        self.html: list[str | Phrase] = []
        self.headings: list[Heading] = []
        self.anchors: set[str] = set()
        self.pictures: list[str] = []

    def append(self, other: Sheet) -> None:
        """Add what stands on another sheet, which has no pictures."""
        self.html += other.html
        self.headings += other.headings
        self.anchors |= other.anchors

    def open(self, html: str, anchor: str) -> None:
        """Write an opening tag, whose id is `anchor`."""
        self.html.append(html)
        if anchor:
            self.anchors.add(anchor)

    def write_phrase(self, phrase: Phrase) -> None:
        """Write the words of a block."""
        pieces = phrase.pieces
        self.html.append(phrase if len(pieces) > 1 else pieces[0])
        if phrase.anchors:
            self.anchors.update(phrase.anchors)

    def close_heading(self, tag: str, anchor: str, phrase: Phrase) -> None:
        """Note a heading and close it; one with an id stands beside its own link, which is no part of its text."""
        heading = Heading(int(tag[1:]), anchor, phrase.text.strip())
        self.headings.append(heading)
        if not is_linked(tag, anchor):
            self.html.append(f"</{tag}>\n")
            return
        label = self.permalink.replace("{}", heading.text)
        self.html.append(
            f'</{tag}><a class="permalink" href="#{escapeHtml(anchor)}" aria-label="{escapeHtml(label)}"'
            f' data-pagefind-ignore="all">{_PERMALINK_SIGN}</a></div>\n'
        )

    def write_code(self, info: str, code: str, opening: str) -> None:
        """Write code as it is typed, or draw the picture that it describes.

        Args:
            info: what stands behind the mark of the fence.
            code: the text of the block.
            opening: the tag that opens it where it is no picture.
        """
        name = info.split(maxsplit=1)[0] if info.strip() else ""
        if name in FENCES:
            try:
                self.pictures.append(FENCES[name](code))
            except (TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
                raise ValueError(f"the payload of a picture ({name}) cannot be read: {error}") from error
            self.html.append(f'<div data-picture="{len(self.pictures) - 1}"></div>\n')
        else:
            self.html.append(f"{opening}<code>{escapeHtml(code)}</code></pre>\n")

    def finish(self, resolve: Callable[[str], str] | None) -> str:
        """Write all; `resolve` is as in `render_page`."""
        return "".join([piece if isinstance(piece, str) else piece.write(resolve) for piece in self.html])


def is_linked(tag: str, anchor: str) -> bool:
    """Tell whether a heading stands beside its own link, in a `<div class="heading">`."""
    return bool(anchor) and tag != "h1"
