"""The X-ray in a real browser: notes in the margin or folded, the way from passage to passage, the filter, the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ARTICLE = "sources/flga-2025-05-22/"
CLAIM = "ukrainians-held-by-kyiv"
SCRIPTED = "() => document.querySelector('.stepper a:not([href])') !== null"  # Previous leads nowhere at the beginning
FOCUSED = "() => document.activeElement.id"


def open_article(visitor: Visitor, *, width: int = 1280, query: str = "", anchor: str = "") -> Page:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.visit(f"{ARTICLE}{query}{anchor}")
    return visitor.page


def anchors_of(page: Page) -> list[str]:
    """The anchors of the passages in the order of the text."""
    anchors: list[str] = page.locator(".remark").evaluate_all("(notes) => notes.map((note) => note.dataset.key)")
    return anchors


def test_on_a_wide_screen_a_note_stands_open_beside_its_passage(browser: Browser, site_address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}/{ARTICLE}")
    note = page.locator(f".remark[data-key='q1-{CLAIM}']")
    passage, margin = page.locator(f"#q1-{CLAIM}").bounding_box(), note.locator(".notes").bounding_box()
    assert passage
    assert margin
    assert margin["x"] > passage["x"] + passage["width"]
    expect(note.locator(".verdict")).to_be_visible()
    expect(note.locator(f"a[href*='{CLAIM}']")).to_be_visible()
    expect(note.locator("summary")).to_be_hidden()
    expect(page.locator(".stepper")).to_be_hidden()
    context.close()


def test_on_a_narrow_screen_a_note_is_folded_tells_the_verdict_and_unfolds_without_a_script(
    browser: Browser, site_address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}/{ARTICLE}")
    note = page.locator(f".remark[data-key='q1-{CLAIM}']")
    link, summary = note.locator(f"a[href*='{CLAIM}']"), note.locator("summary")
    expect(link).to_be_hidden()
    expect(summary).to_contain_text("Refuted")
    sign = summary.locator("strong").evaluate("(word) => getComputedStyle(word, '::before').maskImage")
    assert sign.startswith("url(")
    summary.click()
    expect(link).to_be_visible()
    page.reload()
    expect(link).to_be_hidden()
    page.locator(f"#q1-{CLAIM} + sup a").click()  # the number behind the passage leads to its note, which opens
    expect(link).to_be_visible()
    expect(link).to_be_in_viewport()
    context.close()


def test_the_keyboard_goes_from_passage_to_passage_and_the_address_goes_along(visitor: Visitor) -> None:
    page = open_article(visitor)
    anchors = anchors_of(page)
    bar = page.locator(".stepper li").first
    expect(bar).to_have_text(f"Passage – of {len(anchors)}")
    page.locator(".stepper a", has_text="Next").focus()
    page.keyboard.press("Enter")
    for key, place in [("", 0), ("n", 1), ("j", 2), ("p", 1), ("k", 0), ("p", 0), ("n", 1)]:
        if key:
            page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == anchors[place]
        assert page.evaluate("location.hash") == f"#{anchors[place]}"
        expect(page.locator(":target")).to_have_id(anchors[place])
        expect(page.locator(":target")).to_be_in_viewport()
        expect(bar).to_have_text(f"Passage {place + 1} of {len(anchors)}")
    page.keyboard.press("Control+p")
    assert page.evaluate("location.hash") == f"#{anchors[1]}"


def test_a_single_key_means_nothing_outside_the_xray(visitor: Visitor) -> None:
    page = open_article(visitor)
    page.locator(".publication a").first.focus()
    for key in "njpk":
        page.keyboard.press(key)
    assert page.evaluate("location.hash") == ""


def test_who_comes_from_a_claim_goes_on_from_its_passage(visitor: Visitor) -> None:
    page = open_article(visitor, anchor=f"#q1-{CLAIM}")
    anchors = anchors_of(page)
    place = anchors.index(f"q1-{CLAIM}")
    expect(page.locator(".stepper li").first).to_have_text(f"Passage {place + 1} of {len(anchors)}")
    page.locator(".stepper a", has_text="Next").click()
    assert page.evaluate(FOCUSED) == anchors[place + 1]


def test_the_last_passage_leads_no_further(visitor: Visitor) -> None:
    page = open_article(visitor)
    anchors = anchors_of(page)
    page.goto(f"{page.url}#{anchors[-1]}")
    expect(page.locator(".stepper li").first).to_have_text(f"Passage {len(anchors)} of {len(anchors)}")
    assert page.locator(".stepper a", has_text="Next").get_attribute("href") is None
    page.locator(".stepper a", has_text="Previous").click()
    assert page.evaluate(FOCUSED) == anchors[-2]


def test_a_filter_by_verdict_dims_the_other_passages_and_steps_over_them(visitor: Visitor) -> None:
    page = open_article(visitor, query="?verdict=refuted")
    kept = page.locator(".remark[data-verdict~=refuted]")
    anchors = kept.evaluate_all("(notes) => notes.map((note) => note.dataset.key)")
    assert 1 < len(anchors) < page.locator(".remark").count()
    expect(page.locator(".remark:not(.out)")).to_have_count(len(anchors))
    expect(page.locator("#q1-ukrainians-held-by-kyiv mark")).not_to_have_class("out")
    dimmed = page.locator("#q1-russia-handed-over-list")
    expect(dimmed).to_be_visible()  # the words stay in the text
    assert dimmed.locator("mark").evaluate("(mark) => getComputedStyle(mark).backgroundColor") == "rgba(0, 0, 0, 0)"
    expect(page.locator(".remark[data-key=q1-russia-handed-over-list]")).to_be_hidden()
    page.locator(".stepper a", has_text="Next").click()
    assert page.evaluate(FOCUSED) == anchors[0]
    page.keyboard.press("n")
    assert page.evaluate(FOCUSED) == anchors[1]
    assert page.evaluate("location.search") == "?verdict=refuted"


def test_the_picture_leads_to_passages_and_is_out_of_the_way_of_the_keyboard(visitor: Visitor) -> None:
    page = open_article(visitor)
    cells = page.locator(".coverage-strip a")
    assert cells.count() >= 18
    assert set(cells.evaluate_all("(links) => links.map((link) => link.tabIndex)")) == {-1}
    cells.nth(3).click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target mark").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_the_page_loads(visitor: Visitor, width: int) -> None:
    visitor.page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.moved += one.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page = open_article(visitor, width=width, query="", anchor="")
    page.wait_for_function(SCRIPTED)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") == 0


@pytest.mark.parametrize("width", [320, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_and_unfolded_or_narrowed_down_it_stays_accessible_and_fits(
    visitor: Visitor, width: int, scheme: str
) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page = open_article(visitor, width=width, query="?verdict=refuted&verdict=supported", anchor=f"#q1-{CLAIM}")
    page.locator(".remark:not(.out) summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_on_paper_the_notes_are_open_and_what_is_for_the_screen_is_gone(visitor: Visitor) -> None:
    page = open_article(visitor, width=640)
    page.emulate_media(media="print")
    expect(page.locator(f".remark[data-key='q1-{CLAIM}'] a[href*='{CLAIM}']")).to_be_visible()
    expect(page.locator(".stepper")).to_be_hidden()
