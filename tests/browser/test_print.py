"""On paper: a fact sheet is a handout of a few pages, nothing is cut off, and no button is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import yaml
from kinds import each

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tree, Visitor
    from kinds import Kind
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

POINTS_A_MM = 72 / 25.4
WIDTH = 210 * POINTS_A_MM
EDGE = 8 * POINTS_A_MM  # most printers print no closer to the edge of the paper
TOPIC = "exchange-1000"
ARTICLE = "flga-2025-05-22"
CLAIM = "total-1000-each"
FOLDED = str.maketrans("‘’“”„«»–—\u00a0", '\'\'"""""-- ')
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class Print:
    """A printed page of the site: its sheets of paper, and how far to the left and right its letters reach."""

    sheets: tuple[str, ...]
    left: float
    right: float

    @property
    def text(self) -> str:
        """The words on all sheets, with plain quotation marks and single blanks."""
        return fold(" ".join(self.sheets))


def fold(text: str) -> str:
    """A text with plain quotation marks, dashes and single blanks, without links and broken words."""
    return " ".join(LINK.sub(r"\1", text).replace("\ufffe\r\n", "").translate(FOLDED).split())


def print_page(page: Page) -> Print:
    """Print a page on A4 as a browser does by default, and read the PDF with another program than printed it."""
    document = pypdfium2.PdfDocument(page.pdf(width="210mm", height="297mm", prefer_css_page_size=True))
    try:
        texts = [sheet.get_textpage() for sheet in document]
        sheets = tuple(text.get_text_range() for text in texts)
        boxes = [
            text.get_charbox(index, loose=False)
            for text, words in zip(texts, sheets, strict=True)
            for index in range(text.count_chars())
            if words and text.get_text_range(index, 1).strip()
        ]
        assert all(abs(sheet.get_width() - WIDTH) < 1 for sheet in document)
    finally:
        document.close()
    return Print(sheets, min(left for left, _, _, _ in boxes), max(right for _, _, right, _ in boxes))


@each()
def test_nothing_is_cut_off_and_no_button_is_printed(visit_kind: Callable[[Kind], Page], kind: Kind) -> None:
    page = visit_kind(kind)
    title = page.locator("h1").inner_text()
    printed = print_page(page)
    assert fold(title) in printed.text
    assert printed.left > EDGE
    assert printed.right < WIDTH - EDGE
    assert [word for word in ("Skip to the content", "Menu", "Narrow down", "Reset") if word in printed.text] == []


def record(tree: Tree, kind: str, name: str) -> dict[str, Any]:
    return next(one for one in tree.records(kind) if one["id"] == name)


def label(tree: Tree, verdict: str) -> str:
    vocabulary = yaml.safe_load((tree.content / "vocabulary.yml").read_text("utf-8"))
    return str(vocabulary["verdicts"][verdict]["label"])


def test_the_fact_sheet_is_a_handout_of_a_few_pages(visitor: Visitor, built_site: Tree) -> None:
    topic = record(built_site, "topics", TOPIC)
    lead = [record(built_site, "claims", name) for name in topic["lead"]]
    visitor.visit(f"topics/{TOPIC}/")
    printed = print_page(visitor.page)
    assert len(printed.sheets) <= 6
    assert fold(topic["question"]) in printed.text
    assert fold(topic["answer"]) in printed.text
    assert [claim["says"] for claim in lead if fold(claim["says"]) not in printed.text] == []
    assert [word for claim in lead if (word := label(built_site, claim["verdict"])) not in printed.text] == []
    assert all(len(sheet.split()) > 40 for sheet in printed.sheets[:-1])


def test_a_claim_fits_a_few_sheets_with_its_verdict_and_its_reason(visitor: Visitor, built_site: Tree) -> None:
    claim = record(built_site, "claims", CLAIM)
    visitor.visit(f"claims/{CLAIM}/")
    printed = print_page(visitor.page)
    assert len(printed.sheets) <= 5
    assert fold(claim["says"]) in printed.text
    assert fold(claim["why"]) in printed.text
    assert label(built_site, claim["verdict"]) in printed.text
    findings = [one.get("finding") or one["quote"] for one in (*claim["seen"], *claim["evidence"])]
    assert [said for said in findings if fold(said) not in printed.text] == []


def test_the_x_ray_is_printed_with_every_passage(visitor: Visitor, built_site: Tree) -> None:
    visitor.visit(f"sources/{ARTICLE}/")
    printed = print_page(visitor.page)
    assert len(printed.sheets) <= 12
    items = chain.from_iterable(
        (*one.get("seen", ()), *one.get("evidence", ())) for one in built_site.records("claims")
    )
    quoted = [
        part for item in items if item["in"] == ARTICLE and "quote" in item for part in item["quote"].split("[...]")
    ]
    assert len(quoted) > 30
    squeezed = printed.text.replace(" ", "")
    assert [part for part in quoted if fold(part).replace(" ", "") not in squeezed] == []


def test_the_timeline_is_printed_with_every_event(visitor: Visitor, built_site: Tree) -> None:
    visitor.visit("timeline/")
    printed = print_page(visitor.page)
    assert len(printed.sheets) <= 12
    assert [one["title"] for one in built_site.records("events") if fold(one["title"]) not in printed.text] == []
