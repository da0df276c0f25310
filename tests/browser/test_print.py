"""On paper: a fact sheet is a handout of a few pages, nothing is cut off, and no button is printed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import yaml
from html_pages import fold
from kinds import each

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tree, Visitor
    from kinds import Kind
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

POINTS_A_MM = 72 / 25.4
WIDTH = 210 * POINTS_A_MM
PAPER = 718  # CSS pixels between the margins of a sheet
EDGE = 8 * POINTS_A_MM  # most printers print no closer to the edge of the paper
TOPIC = "exchange-1000"
ARTICLE = "flga-2025-05-22"
CLAIM = "total-1000-each"
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed letter and the box around its ink, in points from the lower left corner of the sheet."""

    text: str
    left: float
    bottom: float
    right: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper: its words in the order of the document, its letters where they stand."""

    words: str
    letters: tuple[Letter, ...]

    @property
    def last_line(self) -> str:
        """The lowest line, without blanks."""
        lowest = min(letter.bottom for letter in self.letters)
        line = [letter for letter in self.letters if letter.bottom < lowest + 5]
        return unbreak("".join(letter.text for letter in sorted(line, key=lambda letter: letter.left)))


def unbreak(text: str) -> str:
    """A text of records or of a sheet to be compared: folded, without links and broken words."""
    return fold(LINK.sub(r"\1", text).replace("\ufffe\r\n", ""))


def read_sheet(sheet: Any) -> Sheet:
    """Read a sheet of a PDF."""
    assert abs(sheet.get_width() - WIDTH) < 1
    page = sheet.get_textpage()
    letters = (
        Letter(text, left, bottom, right)
        for index in range(page.count_chars())
        if (text := page.get_text_range(index, 1).strip())
        for left, bottom, right, _ in [page.get_charbox(index)]
    )
    return Sheet(page.get_text_range(), tuple(letters))


def print_page(page: Page) -> list[Sheet]:
    """Print a page on A4 as a browser does by default, and read the PDF with another program than printed it."""
    document = pypdfium2.PdfDocument(page.pdf(width="210mm", height="297mm", prefer_css_page_size=True))
    try:
        return [read_sheet(sheet) for sheet in document]
    finally:
        document.close()


def words_of(sheets: list[Sheet]) -> str:
    """The words on all sheets, folded."""
    return unbreak(" ".join(sheet.words for sheet in sheets))


def lost_words(page: Page, printed: str) -> list[str]:
    """The words that a page shows to a printer and that are not on paper: a browser drops what is beyond the edge."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    shown = Counter(re.findall(r"\w{4,}", fold(page.locator("main").inner_text())))
    letters = "".join(re.findall(r"\w+", printed))  # a PDF does not tell for sure where a word ends
    return [word for word, times in shown.items() if letters.count(word) < times]


@each()
def test_nothing_is_cut_off_and_no_button_is_printed(visit_kind: Callable[[Kind], Page], kind: Kind) -> None:
    page = visit_kind(kind)
    headings = [unbreak(text) for text in page.locator("h1, h2, h3").all_inner_texts()]
    sheets = print_page(page)
    words = words_of(sheets)
    assert headings[0] in words
    assert lost_words(page, words) == []
    assert min(letter.left for sheet in sheets for letter in sheet.letters) > EDGE
    assert max(letter.right for sheet in sheets for letter in sheet.letters) < WIDTH - EDGE
    assert [word for word in ("Skip to the content", "Menu", "Narrow down", "Reset") if word in words] == []
    parted = {heading.replace(" ", "") for heading in headings} & {sheet.last_line for sheet in sheets[:-1]}
    assert parted == set(), "a heading stands on another sheet than what it heads"


def record(tree: Tree, kind: str, name: str) -> dict[str, Any]:
    return next(one for one in tree.records(kind) if one["id"] == name)


def label(tree: Tree, verdict: str) -> str:
    vocabulary = yaml.safe_load((tree.content / "vocabulary.yml").read_text("utf-8"))
    return str(vocabulary["verdicts"][verdict]["label"])


def test_the_fact_sheet_is_a_handout_of_a_few_pages(visitor: Visitor, built_site: Tree) -> None:
    topic = record(built_site, "topics", TOPIC)
    lead = [record(built_site, "claims", name) for name in topic["lead"]]
    visitor.visit(f"topics/{TOPIC}/")
    sheets = print_page(visitor.page)
    words = words_of(sheets)
    assert len(sheets) <= 6
    assert unbreak(topic["question"]) in words
    assert unbreak(topic["answer"]) in words
    assert [claim["says"] for claim in lead if unbreak(claim["says"]) not in words] == []
    assert [word for claim in lead if (word := label(built_site, claim["verdict"])) not in words] == []
    assert all(len(sheet.words.split()) > 40 for sheet in sheets[:-1])


def test_a_claim_fits_a_few_sheets_with_its_verdict_and_its_reason(visitor: Visitor, built_site: Tree) -> None:
    claim = record(built_site, "claims", CLAIM)
    visitor.visit(f"claims/{CLAIM}/")
    sheets = print_page(visitor.page)
    words = words_of(sheets)
    assert len(sheets) <= 5
    assert unbreak(claim["says"]) in words
    assert unbreak(claim["why"]) in words
    assert label(built_site, claim["verdict"]) in words
    findings = [one.get("finding") or one["quote"] for one in (*claim["seen"], *claim["evidence"])]
    assert [said for said in findings if unbreak(said) not in words] == []


def test_the_x_ray_is_printed_with_every_passage(visitor: Visitor, built_site: Tree) -> None:
    visitor.visit(f"sources/{ARTICLE}/")
    sheets = print_page(visitor.page)
    words = words_of(sheets)
    assert len(sheets) <= 12
    items = chain.from_iterable(
        (*one.get("seen", ()), *one.get("evidence", ())) for one in built_site.records("claims")
    )
    quoted = [
        part for item in items if item["in"] == ARTICLE and "quote" in item for part in item["quote"].split("[...]")
    ]
    assert len(quoted) > 30
    squeezed = words.replace(" ", "")
    assert [part for part in quoted if unbreak(part).replace(" ", "") not in squeezed] == []


def test_the_timeline_is_printed_with_every_event(visitor: Visitor, built_site: Tree) -> None:
    visitor.visit("timeline/")
    sheets = print_page(visitor.page)
    words = words_of(sheets)
    assert len(sheets) <= 12
    assert [one["title"] for one in built_site.records("events") if unbreak(one["title"]) not in words] == []
