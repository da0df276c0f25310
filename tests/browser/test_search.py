"""The search page: type, narrow down, open with the keyboard; the same results from every build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import Tree, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

RESULTS = "#search-results li"
QUERIES = ["Interfax", "prisoners of war", "Peskov list", "Песков", "zzzznothing"]

# Asks the index itself, as the page's script does; the answer is addresses, best first.
ASK = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(query);
  const pages = await Promise.all(found.results.map((result) => result.data()));
  return pages.map((page) => page.url).sort();
}"""


def results_of(page: Page) -> Locator:
    return page.locator(RESULTS)


def test_a_typed_word_finds_records_and_a_filter_narrows_them(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    page.get_by_role("searchbox").fill("Interfax")
    expect(results_of(page).first).to_be_visible()
    before = page.get_by_role("status").inner_text()
    refuted = page.get_by_role("checkbox", name="Refuted")
    refuted.check()
    expect(page.get_by_role("status")).not_to_have_text(before)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ results?"))
    for result in results_of(page).all():
        expect(result).to_contain_text("Refuted", ignore_case=True)


def test_a_result_opens_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    page.get_by_role("searchbox").press_sequentially("held by Kyiv")
    expect(results_of(page).first).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"!!document.activeElement.closest('{RESULTS}')"):
            break
    address = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_word_that_is_nowhere_is_answered_plainly(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    page.get_by_role("searchbox").fill("zzzznothing")
    expect(page.get_by_role("status")).to_contain_text("no", ignore_case=True)
    expect(results_of(page)).to_have_count(0)


def test_a_search_can_be_sent_to_somebody_as_an_address(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    page.get_by_role("searchbox").fill("Interfax")
    expect(results_of(page).first).to_be_visible()
    shared, first = page.url, results_of(page).first.inner_text()
    visitor.visit("")
    page.goto(shared)
    expect(page.get_by_role("searchbox")).to_have_value("Interfax")
    expect(results_of(page).first).to_have_text(first, use_inner_text=True)


def test_two_builds_answer_alike(visitor: Visitor, built_elsewhere: Tree) -> None:
    page = visitor.page
    visitor.visit("search/")
    here = [page.evaluate(ASK, query) for query in QUERIES]
    with serve(built_elsewhere.site) as address:
        visitor.address = address
        visitor.visit("search/")
        there = [page.evaluate(ASK, query) for query in QUERIES]
    assert here == there
    assert all(here[:3])
    assert here[-1] == []
