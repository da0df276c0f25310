"""By keyboard alone: Tab reaches everything in order, what has the focus is seen, and there is a way past the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import OPEN_DETAILS, each

if TYPE_CHECKING:
    from collections.abc import Callable

    from kinds import Kind
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Numbers what Tab should reach, in the order of the document, and notes what the focus does reach, and how that looks.
WATCH_FOCUS = """() => {
  const able = 'a[href], area[href], button, input, select, textarea, summary, [tabindex], [contenteditable], audio, video, iframe';
  const shown = (one) => one.checkVisibility({visibilityProperty: true}) && !one.closest('[inert]') && one.getClientRects().length;
  window.stops = [...document.querySelectorAll(able)].filter((one) => one.tabIndex >= 0 && !one.disabled && shown(one));
  window.reached = [];
  document.activeElement.blur(); // Tab still goes on from there, and how everything looks without the focus is noted first
  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor, style.borderColor].join();
  };
  const before = new Map(window.stops.map((one) => [one, look(one)]));
  document.addEventListener('focusin', ({target}) => {
    const rects = [...target.getClientRects()];
    const inside = rects.some((rect) => rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth);
    const seen = rects.some((rect) => {
      const [x, y] = [(Math.max(rect.left, 0) + Math.min(rect.right, innerWidth)) / 2, (rect.top + rect.bottom) / 2];
      const top = document.elementFromPoint(x, y);
      return top && (target.contains(top) || top.closest('label')?.control === target);
    });
    const name = `${target.tagName} ${(target.getAttribute('aria-label') ?? target.textContent).trim().replace(/\\s+/g, ' ').slice(0, 50)}`;
    window.reached.push({
      index: window.stops.indexOf(target), name,
      marked: before.get(target) !== look(target) && getComputedStyle(target).outlineStyle !== 'none',
      inside, seen: seen || !inside,
    });
  });
  return window.stops.length;
}"""
MISSED = """() => window.stops.filter((one) => !window.reached.some(({index}) => window.stops[index] === one))
    .map((one) => one.outerHTML.slice(0, 120))"""
STUCK = "() => document.activeElement === window.stops.at(-1)"


def press_tab(page: Page, times: int) -> None:
    """Hold Tab down, straight through the protocol: pages have hundreds of links."""
    protocol = page.context.new_cdp_session(page)
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    for _ in range(times):
        protocol.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    protocol.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    protocol.detach()


@each()
def test_tab_reaches_everything_in_order_and_shows_where_it_is(visit_kind: Callable[[Kind], Page], kind: Kind) -> None:
    page = visit_kind(kind)
    page.evaluate(OPEN_DETAILS)
    stops = page.evaluate(WATCH_FOCUS)
    assert stops > 8
    press_tab(page, stops + 1)
    reached = page.evaluate("() => window.reached")
    assert page.evaluate(MISSED) == []
    first = reached[0]["index"]  # not 0 where a page puts the focus into its own field
    assert [stop["index"] for stop in reached] == [(first + number) % stops for number in range(len(reached))]
    assert not page.evaluate(STUCK), "the focus cannot leave the page"
    assert [stop["name"] for stop in reached if not stop["marked"]] == [], "no outline"
    assert [stop["name"] for stop in reached if not stop["inside"]] == [], "outside of the window"
    assert [stop["name"] for stop in reached if not stop["seen"]] == [], "covered by something"
