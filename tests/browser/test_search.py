"""The search page: names in three languages, kinds and filters, the passage, the keyboard, the address, the weight."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from conftest import Tree, Visitor, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Response

pytestmark = pytest.mark.browser

PESKOV = "/entities/dmitry-peskov/"
ZELENSKY = "/entities/volodymyr-zelensky/"
HOSTILE = "<img/src=zzzqx/onerror=document.title=1>%00&q=</script>{{7*7}}${7*7}//"
QUERIES = ["Interfax", "prisoners of war", "Peskov list", "Песков", "list", "exchange", "zzzznothing"]
BUDGET = 250_000  # bytes from opening the search to the first answer
PACKED = (".html", ".js", ".css", ".json", ".svg")

# Asks as the page does; the answer is addresses in their order, kind by kind.
ASK = """async (query) => {
  const { find, nothing } = await import("/assets/finding.js");
  const { groups } = await find(query, nothing(), () => 100);
  return groups.map(({ kind, hits }) => [kind, hits.map(({ page }) => page.url)]);
}"""
READ = """async (query) => {
  const { readings } = await import("/assets/readings.js");
  return [...readings(query)].map(({ words }) => words);
}"""
# What stands at the place to which the address points, and the three hundred characters after it.
READ_ON = """(() => {
  const range = document.createRange();
  range.setStart(document.querySelector(":target"), 0);
  range.setEndAfter(document.querySelector("main"));
  return range.toString().slice(0, 300);
})()"""
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
    .observe({ type: "layout-shift", buffered: true });
"""


def results_of(page: Page) -> Locator:
    return page.locator("#search .results li")


def search(visitor: Visitor, query: str, filters: str = "") -> Page:
    """Open the search page with a query in its address, and wait for the answer."""
    visitor.visit(f"search/?{filters}")
    field = visitor.page.get_by_role("searchbox")
    field.fill(query)
    expect(visitor.page.get_by_role("status")).to_have_text(re.compile(r"result"))
    return visitor.page


def narrow(page: Page, verdict: str) -> Locator:
    """Choose a verdict, and wait until as many results are left as stood beside it."""
    box = page.get_by_role("checkbox", name=re.compile(f"^{verdict}, "))
    number = (box.get_attribute("aria-label") or "").rsplit(" ", 1)[1]
    box.check()
    expect(page.get_by_role("status")).to_have_text(f"{number} results")
    return box


def first_address(page: Page) -> str | None:
    expect(results_of(page).first).to_be_visible()
    return results_of(page).first.locator("a.hit").get_attribute("href")


# --- names ---


@pytest.mark.parametrize(
    "query",
    ["Песков", "Peskov", "Пєсков", "Dmitry Peskov", "Дмитрий Песков", "Дмитро Пєсков", "песков", "пЕСКОВ", "PESKOV"],
)
def test_a_person_comes_first_by_every_name(visitor: Visitor, query: str) -> None:
    assert first_address(search(visitor, query)) == PESKOV


def test_a_name_is_not_given_up_for_a_reading_that_finds_more(visitor: Visitor) -> None:
    page = search(visitor, "Україна")
    assert first_address(page) == PESKOV.replace("dmitry-peskov", "ukraine")


@pytest.mark.parametrize("query", ["Пескова", "Пєскова", "Песковым", "Пєсковим", "Пескову", "о Дмитрии Пескове"])
def test_a_person_comes_first_with_another_ending(visitor: Visitor, query: str) -> None:
    assert first_address(search(visitor, query)) == PESKOV


@pytest.mark.parametrize("query", ["Песк", "Pesko", "Gtcrjd", "g'crjd", "Зуылщм", "Пёсков"])
def test_a_person_comes_first_by_part_of_the_name_and_from_the_wrong_keyboard(visitor: Visitor, query: str) -> None:
    assert first_address(search(visitor, query)) == PESKOV


@pytest.mark.parametrize("query", ["Зеленский", "Зеленський", "Зеленского", "Зеленському", "Zelensky", "Zelenskyy"])
def test_a_name_with_many_spellings_is_one_person(visitor: Visitor, query: str) -> None:
    assert first_address(search(visitor, query)) == ZELENSKY


def test_a_name_in_another_language_finds_what_the_site_says_under_its_own(visitor: Visitor) -> None:
    page = search(visitor, "Песков")
    expect(page.get_by_role("status")).to_contain_text("for “Dmitry Peskov”")
    expect(results_of(page).first.locator("mark", has_text="Песков")).to_have_text("Песков")
    expect(page.get_by_role("heading", name=re.compile("^Claims"))).to_be_visible()


def test_a_query_is_read_with_other_endings_letters_and_keyboards(visitor: Visitor) -> None:
    visitor.visit("search/")
    readings = {
        query: visitor.page.evaluate(READ, query) for query in ("Києві", "Меркелем", "Зуылщм", "prisoners", '"a b"')
    }
    assert readings == {
        "Києві": ["Києві", "києв", "киів", "kyiev", "kyiv", "rb'ds"],
        "Меркелем": ["Меркелем", "меркел", "меркіл", "merkel", "merkil", "vthrtktv"],
        "Зуылщм": ["Зуылщм", "zuylshchm", "peskov"],
        "prisoners": ["prisoners", "зкшыщтукы", "зкшіщтукі"],
        '"a b"': ['"a b"'],
    }


# --- results ---


def test_results_stand_by_kind_with_counts_that_add_up(visitor: Visitor) -> None:
    page = search(visitor, "Interfax")
    headings = page.locator("#search .results h2").all_inner_texts()
    assert headings[0].startswith("People and organisations")
    assert len(headings) > 2
    total = sum(int(heading.rsplit(" ", 1)[1]) for heading in headings)
    expect(page.get_by_role("status")).to_have_text(f"{total} results")


def test_a_verdict_is_told_by_sign_and_word(visitor: Visitor) -> None:
    page = search(visitor, "Interfax", "verdict=Refuted")
    for verdict in page.locator("#search .results .verdict").all():
        expect(verdict).to_have_text("Refuted")
        expect(verdict).to_have_class("verdict verdict-cross")
    assert page.locator("#search .results .verdict").count() == results_of(page).count() > 1


def test_a_result_shows_the_passage_and_leads_to_it(visitor: Visitor) -> None:
    page = search(visitor, "trap", "kind=claim")
    result = results_of(page).filter(has=page.locator(".parts a")).first
    words = result.locator(".excerpt mark").first.inner_text()
    assert words.lower().startswith("trap")
    result.locator(".parts a").first.click()
    page.wait_for_url(re.compile("/claims/.*#."))
    assert words.lower() in page.evaluate(READ_ON).lower()
    expect(page.locator(":target")).to_be_in_viewport()


def test_more_results_of_a_kind_are_shown_when_asked_for(visitor: Visitor) -> None:
    page = search(visitor, "exchange")
    claims = page.locator("#search .results h2", has_text="Claims").locator("xpath=following-sibling::ol[1]/li")
    before = claims.count()
    page.get_by_role("button", name="More claims").click()
    expect(claims).to_have_count(before + 20)
    expect(claims.nth(before).locator("a.hit")).to_be_focused()


def test_a_filter_narrows_and_the_counts_beside_the_others_stay(visitor: Visitor) -> None:
    page = search(visitor, "Interfax")
    before = page.get_by_role("status").inner_text()
    others = page.get_by_role("checkbox", name=re.compile("^Supported, "))
    name = others.get_attribute("aria-label")
    refuted = narrow(page, "Refuted")
    expect(others).to_have_attribute("aria-label", name or "")
    expect(refuted).to_be_focused()
    refuted.uncheck()
    expect(page.get_by_role("status")).to_have_text(before)


def test_a_word_that_is_nowhere_is_answered_plainly(visitor: Visitor) -> None:
    page = search(visitor, "zzzznothing")
    expect(page.get_by_role("status")).to_have_text("There are no results for “zzzznothing”.")
    expect(results_of(page)).to_have_count(0)


def test_words_in_quotation_marks_are_found_as_they_stand(visitor: Visitor) -> None:
    page = search(visitor, "“held by Kyiv”")
    for result in results_of(page).all():
        expect(result).to_contain_text("held by Kyiv", ignore_case=True)
    assert 0 < results_of(page).count() < 10


# --- keyboard and address ---


def test_a_result_opens_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("held by Kyiv")
    expect(results_of(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(results_of(page).first.locator("a.hit")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(results_of(page).first.locator("a.hit")).to_be_focused()
    address = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_search_can_be_sent_to_somebody_as_an_address(visitor: Visitor) -> None:
    page = search(visitor, "Interfax")
    narrow(page, "Refuted")
    expect(page).to_have_url(re.compile(r"\?q=Interfax&verdict=Refuted$"))
    expect(page.get_by_role("checkbox", name=re.compile("^Refuted, "))).to_be_checked()
    status, shared, first = page.get_by_role("status").inner_text(), page.url, results_of(page).first.inner_text()
    visitor.visit("")
    page.goto(shared)
    expect(page.get_by_role("status")).to_have_text(status)
    expect(page.get_by_role("searchbox")).to_have_value("Interfax")
    expect(page.get_by_role("checkbox", name=re.compile("^Refuted, "))).to_be_checked()
    expect(results_of(page).first).to_have_text(first, use_inner_text=True)


def test_hostile_words_stay_words(visitor: Visitor) -> None:
    page = search(visitor, HOSTILE)
    expect(page.get_by_role("status")).to_contain_text("<img/src=zzzqx/onerror=")
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value(HOSTILE)
    expect(page.get_by_role("status")).to_contain_text("<img/src=zzzqx/onerror=")
    assert page.locator("main img, main script").count() == 0
    assert page.title().startswith("Search")


# --- weight, shifts, without a script ---


def test_opening_the_search_and_one_answer_weigh_little(visitor: Visitor) -> None:
    page, sent = visitor.page, dict[str, int]()

    def weigh(response: Response) -> None:
        body = response.body()
        path = response.url.split("?")[0]
        sent[response.url] = len(gzip.compress(body)) if path.endswith((*PACKED, "/")) else len(body)

    page.on("response", weigh)
    search(visitor, "Peskov")
    expect(results_of(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(sent) > 20
    assert sum(sent.values()) <= BUDGET


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_results_come_in(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.page.add_init_script(WATCH_SHIFTS)
    page = search(visitor, "list")
    expect(results_of(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") == []


def test_without_a_script_the_page_leads_to_the_lists(browser: Browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}/search/")
    seen = [
        page.get_by_role("searchbox").is_visible(),
        page.locator("main").get_by_role("link", name="Claims").is_visible(),
    ]
    context.close()
    assert seen == [False, True]


def test_two_builds_answer_alike(visitor: Visitor, built_elsewhere: Tree) -> None:
    page = visitor.page
    visitor.visit("search/")
    here = [page.evaluate(ASK, query) for query in QUERIES]
    with serve(built_elsewhere.site) as address:
        visitor.address = address
        visitor.visit("search/")
        there = [page.evaluate(ASK, query) for query in QUERIES]
    assert here == there
    assert all(here[:-1])
    assert here[-1] == []
