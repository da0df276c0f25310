"""The search of a large site, whose index is in parts: it answers as one index does, and weighs no more for a reader."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Tree, Visitor, serve
from playwright.sync_api import expect
from test_search import ASK, QUERIES, results_of, search

from generator.publish.search import write_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

SELDOM = ["Izium", "Vučić spoke", "Macron Merz", "Malkoç"]  # a part that lacks a word answers for its beginning
COUNT = """async (query) => {
  const { countChoices, nothing } = await import("/assets/finding.js");
  return countChoices(query, nothing());
}"""


@pytest.fixture(scope="module")
def in_parts(built_site: Tree, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The real site with an index in parts, and its address."""
    site = tmp_path_factory.mktemp("parts") / "site"
    shutil.copytree(built_site.site, site, ignore=shutil.ignore_patterns("pagefind"))
    write_index(site, site / "pagefind", most_pages=200)
    with serve(site) as address:
        yield site, address


def answers(visitor: Visitor, query: str) -> Any:
    return visitor.page.evaluate(ASK.replace("=> 100", "=> 1000"), query), visitor.page.evaluate(COUNT, query)


def test_parts_answer_as_one_index_does(visitor: Visitor, in_parts: tuple[Path, str]) -> None:
    visitor.visit("search/")
    whole = {query: answers(visitor, query) for query in (*QUERIES, *SELDOM)}
    visitor.address = in_parts[1]
    visitor.visit("search/")
    parts = {query: answers(visitor, query) for query in whole}
    for query, (found, counts) in whole.items():
        found_in_parts, counts_in_parts = parts[query]
        assert counts_in_parts == counts, query
        assert {kind: set(pages) for kind, pages in found_in_parts} == {kind: set(pages) for kind, pages in found}, (
            query
        )
    assert len(list(in_parts[0].glob("pagefind/*/pagefind-entry.json"))) > 2


def test_a_name_is_found_in_parts_with_its_passage_and_its_page(visitor: Visitor, in_parts: tuple[Path, str]) -> None:
    visitor.address = in_parts[1]
    page = search(visitor, "Пескова")
    expect(results_of(page).first.locator("a.hit")).to_have_attribute("href", "/entities/dmitry-peskov/")
    claim = page.locator("#search .results a.hit[href^='/claims/']").first
    claim.click()
    page.wait_for_url(re.compile("/claims/"))
    expect(page.get_by_role("main")).to_contain_text("Peskov")


def test_a_search_that_could_not_load_a_part_says_so_and_tries_again(
    visitor: Visitor, in_parts: tuple[Path, str]
) -> None:
    visitor.address = in_parts[1]
    page, part = visitor.page, next(in_parts[0].glob("pagefind/*/pagefind-entry.json")).parent.name
    page.route(f"**/pagefind/{part}/pagefind-entry.json*", lambda route: route.abort())
    visitor.visit("search/")
    page.get_by_role("searchbox").fill("Interfax")
    status = page.get_by_role("status")
    expect(status).to_have_text("The search could not be loaded. Typing again tries again.")
    page.unroute(f"**/pagefind/{part}/pagefind-entry.json*")
    page.get_by_role("searchbox").fill("Interfax ")
    expect(status).to_have_text(re.compile(r"^\d+ results$"))
    hits = page.locator("#search .results a.hit").evaluate_all("links => links.map((link) => link.href)")
    assert len(hits) == len(set(hits)) > 0
    visitor.problems.clear()  # the request that failed, as it should
