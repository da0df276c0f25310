"""Pages in a real browser: accessible in light and dark, whole on a phone, readable without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from conftest import Visitor
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ARTICLE = "sources/flga-2025-05-22/"
CLAIM = "claims/ukrainians-held-by-kyiv/"
TOPIC = "topics/exchange-1000/"
PAGES = ["", TOPIC, CLAIM, ARTICLE, "timeline/", "search/"]
MORE_PAGES = [
    *PAGES,
    "claims/",
    "sources/",
    "entities/",
    "entities/dmitry-peskov/",
    "contradictions/",
    "corrections/",
    "method/",
    "data/",
    "404.html",
]
PHONE = 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", MORE_PAGES)
def test_a_page_has_no_accessibility_violation(visitor: Visitor, path: str, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.visit(path)
    results = Axe().run(visitor.page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", MORE_PAGES)
def test_a_page_fits_a_phone(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": PHONE, "height": 740})
    visitor.visit(path)
    widths = visitor.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths == [PHONE, PHONE]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_without_javascript(browser: Browser, site_address: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}/{path}")
    text = page.locator("main").inner_text()
    context.close()
    if path == "search/":
        assert "JavaScript" in text
    else:
        assert len(text.split()) > 50


def test_the_keyboard_reaches_the_content_first(visitor: Visitor) -> None:
    visitor.visit(TOPIC)
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    inside = "document.querySelector('main').contains(document.querySelector(location.hash || 'html'))"
    assert visitor.page.evaluate(f"location.hash !== '' && ({inside} || document.querySelector(location.hash).matches('main'))")
