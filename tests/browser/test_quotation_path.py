"""A reader doubts a claim: from its quotation to the very passage of the source, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Visitor

pytestmark = pytest.mark.browser

ARTICLE = "sources/flga-2025-05-22/"
CLAIM = "claims/ukrainians-held-by-kyiv/"
QUOTED = "1,000 Russian prisoners of war for 1,000 Ukrainian soldiers or civilians held by Kyiv"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_quotation_leads_to_its_marked_passage(visitor: Visitor, width: int) -> None:
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 800})
    visitor.visit(CLAIM)
    expect(page.locator("main")).to_contain_text(QUOTED)
    page.locator(f"main a[href*='{ARTICLE}#']").first.click()
    page.wait_for_url(f"**/{ARTICLE}#*")

    target = page.locator(":target")
    expect(target).to_be_visible()
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text(QUOTED)
    marked = target.evaluate("(node) => node.matches('mark') || !!node.querySelector('mark') || !!node.closest('mark')")
    assert marked


def test_the_marked_passage_leads_back_to_the_claim(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(ARTICLE)
    page.locator(f"main a[href*='{CLAIM.removeprefix('claims/')}']").first.click()
    page.wait_for_url(f"**/{CLAIM}*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
