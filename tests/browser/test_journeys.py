"""Ways through the site that readers go, by keyboard alone: from the answer to the words it rests on, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from kinds import STAYING
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visitor
    from kinds import Kind
    from playwright.sync_api import Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

TOPIC = "topics/exchange-1000/"
ARTICLE = "sources/flga-2025-05-22/"
CLAIM = "claims/kyiv-yet-to-respond/"
QUOTED = "Kyiv has yet to respond"
PHONE: ViewportSize = {"width": 320, "height": 640}
FAR = 400  # more stops than any way should need


def tab_to(page: Page, selector: str, *, within: int = FAR) -> Locator:
    """Press Tab until what has the focus matches a selector; fails after `within` stops."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return page.locator(":focus")
    where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    pytest.fail(f"{selector} was not reached with {within} times Tab; the focus is at {where}")


def follow(page: Page, selector: str, *, within: int = FAR) -> None:
    """Go to a link with Tab, press Enter, and wait for where it leads."""
    address = tab_to(page, selector, within=within).evaluate("(link) => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def seen_status(page: Page) -> Locator:
    return page.locator("form.filters output")


# --- every page ---


def test_the_first_tab_of_every_page_leads_past_the_menu(visitor: Visitor, visit_kind: Callable[[Kind], Page]) -> None:
    page = visitor.page
    page.set_viewport_size(PHONE)
    for kind in STAYING:
        visit_kind(kind)
        if page.evaluate("document.activeElement.matches('main [type=search]')"):
            continue  # the search: its field has the focus already
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert (kind.name, inside) == (kind.name, True)


def test_the_menu_of_a_phone_opens_and_leads_on(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size(PHONE)
    visitor.visit("")
    expect(page.locator("header nav a").first).to_be_hidden()
    expect(tab_to(page, "header summary", within=6)).to_have_text("Menu")
    page.keyboard.press("Enter")
    follow(page, "header nav a[href='timeline/']", within=6)
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")


# --- who doubts an answer ---


@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_fact_sheet_to_the_passage_and_back(visitor: Visitor, width: int) -> None:
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    visitor.visit(TOPIC)
    follow(page, f"main a[href$='{CLAIM}']")
    words = page.get_by_role("heading", level=1).inner_text()
    assert QUOTED in page.locator("main").inner_text()

    follow(page, f"main a[href*='{ARTICLE}#']")
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text(QUOTED)
    assert target.evaluate("(place) => !!(place.closest('mark') ?? place.querySelector('mark'))")

    # Tab goes on from the passage: the way back is near.
    note = tab_to(page, f"a[href*='{CLAIM}'], a[href^='#note-']", within=3)
    if not note.evaluate("(link) => link.hash !== '' && link.pathname !== location.pathname"):
        page.keyboard.press("Enter")
        note = tab_to(page, f"a[href*='{CLAIM}']", within=4)
    expect(note).to_have_text(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{CLAIM}#*")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text(QUOTED)


def test_from_a_name_over_its_timeline_to_the_claims_of_an_event(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("entities/turkiye/")
    follow(page, "main a[href*='timeline/entities/turkiye/']")
    follow(page, "main ol a[href*='events/']")
    title = page.get_by_role("heading", level=1).inner_text()
    follow(page, "main a[href*='claims/']")
    assert title in page.locator("main").inner_text()  # the claim names the event that rests on it


def test_from_a_question_of_the_fact_sheet_to_what_a_side_says(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(TOPIC)
    follow(page, "main a[href*='contradictions/exchange-1000/#who-proposed-it']")
    expect(page.locator(":target")).to_be_in_viewport()
    claim = tab_to(page, "a[href*='claims/']", within=6).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(claim)
    page.go_back()
    page.wait_for_url("**/contradictions/exchange-1000/#who-proposed-it")


def test_from_the_search_to_a_person_and_on(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(TOPIC)
    page.keyboard.press("/")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Песков")
    expect(page.get_by_role("dialog").locator("a.hit").first).to_contain_text("Dmitry Peskov")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/dmitry-peskov/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dmitry Peskov")
    follow(page, "main a[href*='claims/']")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Peskov")


# --- who looks for something in a long list ---


def test_a_timeline_is_narrowed_down_read_and_found_again_as_it_was(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("timeline/")
    whole = seen_status(page).inner_text()
    expect(tab_to(page, "form.filters summary")).to_contain_text("Party")
    tab_to(page, "form.filters summary", within=1)
    page.keyboard.press("Enter")
    tab_to(page, "form.filters input[value='planned']", within=6)
    page.keyboard.press("Space")
    expect(seen_status(page)).to_have_text(re.compile(rf"^\d+ of {whole}$"))
    page.keyboard.press("Escape")
    assert page.url.endswith("timeline/?phase=planned")
    left = page.locator("main ol [data-key]:visible")
    assert 0 < left.count() < 10
    assert {one.get_attribute("data-phase") for one in left.all()} == {"planned"}

    follow(page, "main ol a[href*='events/']")
    page.go_back()
    page.wait_for_url("**/timeline/?phase=planned")
    expect(seen_status(page)).to_have_text(re.compile(rf"^\d+ of {whole}$"))


def test_claims_are_narrowed_down_and_put_in_order(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit("claims/")
    whole = seen_status(page).inner_text()
    tab_to(page, "form.filters select")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"\?sort=-date$"))
    page.reload()  # what was chosen stands in the address
    expect(tab_to(page, "form.filters summary")).to_contain_text("Verdict")
    page.keyboard.press("Enter")
    tab_to(page, "form.filters input[value='refuted']", within=8)
    page.keyboard.press("Space")
    expect(seen_status(page)).to_have_text(re.compile(rf"^\d+ of {whole}$"))
    page.keyboard.press("Escape")
    left = page.locator("#main [data-key]:visible")
    dates = [one.get_attribute("data-date") or "" for one in left.all()]
    assert len(dates) > 5
    assert dates == sorted(dates, reverse=True)
    title = left.first.locator("a").first.inner_text()
    follow(page, "main [data-key] a[href]")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert "Refuted" in page.locator("main").inner_text()


# --- who asks what changed ---


def test_from_a_fact_sheet_back_in_time_and_to_the_correction(visitor: Visitor, sample_address: str) -> None:
    page = visitor.page
    visitor.address = sample_address
    visitor.visit("topics/mill-bridge-repair/")
    follow(page, "main a[href*='as-of/2031-07-02']")
    follow(page, "main a[href*='2031-05-20']")
    expect(page.locator("main strong").first).to_have_text("This is not the current sheet.")
    expect(page.get_by_role("heading", level=1)).to_have_text("The repair of the Mill Bridge")
    follow(page, "main a[href*='corrections/']")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("20 May 2031")


def test_every_page_leads_to_those_above_it(visitor: Visitor, visit_kind: Callable[[Kind], Page]) -> None:
    above: dict[str, list[str]] = {}
    for kind in STAYING:
        if kind.kind in {"home", "missing"}:
            continue
        crumbs = visit_kind(kind).locator("nav[aria-label='You are here'] a")
        expect(crumbs.first).to_have_text("Home")
        above[kind.name] = [crumb.evaluate("(link) => link.href") for crumb in crumbs.all()]
        assert (kind.name, len(above[kind.name]) > min(kind.path.count("/") - 1, 1)) == (kind.name, True)
    addresses = {address for crumbs in above.values() for address in crumbs}
    assert [address for address in sorted(addresses) if not visitor.page.request.get(address).ok] == []
