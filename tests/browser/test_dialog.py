"""The search dialog on every page, copying a citation, and folded parts that open where an address points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser

CLAIM = "claims/russia-handed-over-list/"
ARTICLE = "sources/flga-2025-05-22/"
SEARCH_FILES = re.compile(r"/pagefind/|/assets/(search|finding|readings)\.js")
CYRILLIC_K = """document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key: "л", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true }))"""


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search")


def field_of(page: Page) -> Locator:
    return dialog_of(page).get_by_role("searchbox")


def hits_of(page: Page) -> Locator:
    return dialog_of(page).locator("a.hit")


def ask(visitor: Visitor, query: str) -> Page:
    """Open the dialog on a claim's page and ask."""
    visitor.visit(CLAIM)
    visitor.page.keyboard.press("/")
    field_of(visitor.page).fill(query)
    expect(hits_of(visitor.page).first).to_be_visible()
    return visitor.page


@pytest.mark.parametrize("path", ["", CLAIM, ARTICLE, "timeline/", "404.html"])
def test_a_key_opens_the_search_on_every_page(visitor: Visitor, path: str) -> None:
    visitor.visit(path)
    visitor.page.keyboard.press("/")
    expect(field_of(visitor.page)).to_be_focused()
    expect(field_of(visitor.page)).to_have_value("")


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k", "Control+K"])
def test_a_chord_opens_the_search(visitor: Visitor, keys: str) -> None:
    visitor.visit(CLAIM)
    visitor.page.keyboard.press(keys)
    expect(field_of(visitor.page)).to_be_focused()


def test_the_chord_is_known_on_a_cyrillic_keyboard(visitor: Visitor) -> None:
    visitor.visit(CLAIM)
    visitor.page.evaluate(CYRILLIC_K)
    expect(field_of(visitor.page)).to_be_focused()


@pytest.mark.parametrize("keys", ["Alt+/", "Control+/", "k", "Control+Shift+k", "Alt+k"])
def test_other_keys_open_nothing(visitor: Visitor, keys: str) -> None:
    visitor.visit(CLAIM)
    visitor.page.keyboard.press(keys)
    visitor.page.wait_for_timeout(300)
    expect(dialog_of(visitor.page)).to_have_count(0)


def test_the_link_in_the_header_opens_the_dialog_and_stays_a_link(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(CLAIM)
    link = page.get_by_role("banner").get_by_role("link", name="Search")
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/search/")
    expect(dialog_of(page)).to_have_count(0)
    link.click()
    expect(field_of(page)).to_be_focused()
    assert page.url.endswith(CLAIM)


def test_what_is_typed_while_the_search_loads_is_not_lost(visitor: Visitor) -> None:
    page = visitor.page
    held: list[Route] = []
    page.route("**/assets/search.js", lambda route: held.append(route))  # noqa: PLW0108 - a method cannot be a handler
    visitor.visit(CLAIM)
    with page.expect_request("**/assets/search.js"):
        page.keyboard.press("/")
    page.keyboard.type("Interfax")
    expect(dialog_of(page)).to_have_count(0)
    held[0].continue_()
    expect(field_of(page)).to_have_value("Interfax")
    expect(hits_of(page).first).to_have_text("Interfax")


def test_the_link_leads_to_the_page_where_the_script_does_not_come(visitor: Visitor) -> None:
    page = visitor.page
    page.route("**/assets/finding.js", lambda route: route.abort())
    visitor.visit(CLAIM)
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")
    assert all("finding.js" in problem or "ERR_FAILED" in problem for problem in visitor.problems)
    visitor.problems.clear()


def test_nothing_of_the_search_is_loaded_before_somebody_searches(visitor: Visitor) -> None:
    page, asked = visitor.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    visitor.visit(CLAIM)
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if SEARCH_FILES.search(address)] == []
    page.keyboard.press("/")
    field_of(page).fill("Peskov")
    expect(hits_of(page).first).to_be_visible()
    assert len([address for address in asked if SEARCH_FILES.search(address)]) > 5


def test_the_key_is_a_letter_where_somebody_types(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("search/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("a/b")
    expect(field).to_have_value("a/b")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("a/b")
    expect(dialog_of(page)).to_have_count(0)


def test_the_key_can_be_switched_off_for_good(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(CLAIM)
    page.keyboard.press("/")
    switch = dialog_of(page).get_by_role("checkbox", name="/ opens the search")
    expect(switch).to_be_checked()
    switch.uncheck()
    visitor.visit(ARTICLE)
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    expect(dialog_of(page)).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(switch).not_to_be_checked()
    switch.check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(field_of(page)).to_be_focused()


@pytest.mark.parametrize("leave", ["Escape", "Close", "outside"])
def test_leaving_the_dialog_gives_the_focus_back(visitor: Visitor, leave: str) -> None:
    page = visitor.page
    visitor.visit(CLAIM)
    link = page.get_by_role("banner").get_by_role("link", name="Search")
    link.focus()
    page.keyboard.press("Enter")
    field_of(page).fill("typed")
    if leave == "Escape":
        page.keyboard.press("Escape")
    elif leave == "Close":
        dialog_of(page).get_by_role("button", name="Close").click()
    else:
        page.mouse.click(5, 5)
    expect(dialog_of(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(field_of(page)).to_have_value("typed")


@pytest.mark.parametrize("query", ["Песков", "Peskov", "Пєсков", "Пєскова", "Песковым"])
def test_a_person_comes_first_in_the_dialog(visitor: Visitor, query: str) -> None:
    page = ask(visitor, query)
    expect(hits_of(page).first).to_have_attribute("href", "/entities/dmitry-peskov/")


def test_arrow_keys_walk_through_the_results_and_enter_opens_one(visitor: Visitor) -> None:
    page = ask(visitor, "Peskov")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(hits_of(page).nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    address = hits_of(page).nth(1).get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    expect(dialog_of(page)).to_have_count(0)


def test_the_focus_stays_in_the_dialog(visitor: Visitor) -> None:
    page = ask(visitor, "Peskov")
    outside = (
        "!document.hasFocus() || document.activeElement === document.body || !!document.activeElement.closest('dialog')"
    )
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(outside)


def test_all_results_lead_to_the_page_with_query_and_filters(visitor: Visitor) -> None:
    page = ask(visitor, "Interfax")
    expect(dialog_of(page).locator(".facets input")).to_have_count(0)
    dialog_of(page).get_by_text("Narrow down").click()
    dialog_of(page).get_by_text("Verdict").click()
    dialog_of(page).get_by_role("checkbox", name=re.compile("^Refuted, ")).check()
    expect(dialog_of(page).get_by_role("status")).not_to_have_text("")
    status = dialog_of(page).get_by_role("status")
    expect(hits_of(page).first.locator("xpath=..")).to_contain_text("Refuted")
    said = status.inner_text()
    dialog_of(page).get_by_role("link", name="All results").click()
    page.wait_for_url("**/search/?q=Interfax&verdict=Refuted")
    expect(page.get_by_role("status")).to_have_text(said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_open_dialog_has_no_accessibility_violation_and_fits(visitor: Visitor, scheme: str, width: int) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.page.set_viewport_size({"width": width, "height": 700})
    page = ask(visitor, "Interfax")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    dialog_of(page).get_by_text("Narrow down").click()
    dialog_of(page).get_by_text("Verdict").click()
    expect(dialog_of(page).get_by_role("checkbox", name=re.compile("^Refuted, "))).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    inside = dialog_of(page).locator(".found").evaluate("(box) => box.scrollWidth - box.clientWidth")
    assert [inside, page.evaluate("document.documentElement.scrollWidth")] == [0, width]


# --- citations and folded parts ---


def test_a_citation_is_copied(visitor: Visitor) -> None:
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.visit(CLAIM)
    text = page.locator(".cite pre").first.inner_text().strip()
    page.locator(".cite").get_by_role("button", name="Copy").first.click()
    expect(page.locator(".cite").get_by_role("status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_a_citation_is_selected_where_it_cannot_be_copied(visitor: Visitor) -> None:
    page = visitor.page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visitor.visit(CLAIM)
    page.locator(".cite").get_by_role("button", name="Copy").first.click()
    expect(page.locator(".cite").get_by_role("status").first).to_have_text("Selected")
    assert page.evaluate("getSelection().toString().trim()") == page.locator(".cite pre").first.inner_text().strip()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_copy_button_takes_no_room(visitor: Visitor, width: int) -> None:
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    page.route("**/assets/site.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    visitor.visit(CLAIM)
    before = page.locator(".cite pre").first.bounding_box()
    page.unroute("**/assets/site.js")
    visitor.visit(CLAIM)
    button = page.locator(".cite").get_by_role("button", name="Copy").first
    expect(button).to_be_visible()
    assert page.locator(".cite pre").first.bounding_box() == before
    text, box = page.locator(".cite code").first.bounding_box(), button.bounding_box()
    assert text is not None
    assert box is not None
    assert box["x"] >= text["x"] + text["width"] or box["y"] + box["height"] <= text["y"]
    assert box["height"] >= 24


@pytest.mark.parametrize("how", ["visit", "hash"])
def test_a_folded_part_opens_where_the_address_points(visitor: Visitor, how: str) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 800})
    visitor.visit(f"{ARTICLE}#note-5" if how == "visit" else ARTICLE)
    if how == "hash":
        expect(page.locator("details:has(#note-5)")).not_to_have_attribute("open", "")
        page.evaluate("location.hash = '#note-5'")
    expect(page.locator("details:has(#note-5)")).to_have_attribute("open", "")
    expect(page.locator("#note-5")).to_be_in_viewport()
