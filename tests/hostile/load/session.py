"""A reader's session in Chromium: from the answer to the words it rests on, and a search; each page within 100 ms."""

from __future__ import annotations

import os
import statistics
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright
from system_tools import CHROMIUM_FLAGS, ToolMissingError, find_chromium

from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

    from hostile.outcome import Scale

TOPIC, CLAIM, XRAY = "topics/exchange-1000/", "claims/kyiv-yet-to-respond/", "sources/flga-2025-05-22/"
QUERY = "Peskov"
MOST = 100  # milliseconds from the request to the page on the screen
ANSWER = "first answer of the search"
ANSWERED = 1000
"""Milliseconds from typing to the first result: no page, but the engine and its index are fetched and compiled first.

Nielsen (Response Times: The 3 Important Limits, 1993): up to a second the flow of thought stays uninterrupted.
"""
_SLOWER = 4  # as Lighthouse slows a desk down to a middling phone

# From the start of the navigation to the last of: the largest thing painted, the document ready for use. A page that opens at
# an anchor is scrolled, and tells only of its first paint then.
_RENDERED = """() => new Promise((resolve) => {
  let largest = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) largest = entry.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  const look = () => {
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const {domContentLoadedEventEnd} = performance.getEntriesByType('navigation')[0];
    if (first && domContentLoadedEventEnd || performance.now() > 9999) resolve(Math.max(first ?? 9999, largest, domContentLoadedEventEnd));
    else setTimeout(look, 20);
  };
  setTimeout(look, 50);
})"""
# From typing to the first result on the screen: told by the page's own clock.
_ANSWERED = """(query) => new Promise((resolve) => {
  const field = document.querySelector('main [type=search]'), begun = performance.now();
  const look = () => {
    if (document.querySelector('.results a') || performance.now() - begun > 9999) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    else requestAnimationFrame(look);
  };
  field.value = query;
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  look();
})"""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def go_through(scale: Scale, address: str, *, timed: bool, browser: Browser | None = None) -> Iterator[Outcome]:
    """Go through the site several times, and say what went wrong on the way and how long each page took.

    Args:
        scale: how many sessions.
        address: of the site, without a final slash.
        timed: whether a page that takes longer than `MOST` in the median is a failure.
        browser: one that is open already.
    """
    if browser is not None:
        yield from _go(scale, browser, address, timed=timed)
        return
    try:
        with open_browser() as own:
            yield from _go(scale, own, address, timed=timed)
    except ToolMissingError as missing:
        yield Outcome("a reader's session", 0, skipped=str(missing))


def _go(scale: Scale, browser: Browser, address: str, *, timed: bool) -> Iterator[Outcome]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"exception: {error}"))
    page.on("console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: problems.append(f"{request.url}: {request.failure}"))
    protocol = page.context.new_cdp_session(page)
    number = scale.pick(1, 9)
    taken = [_visit(page, protocol, address) for _ in range(number + 1)][
        1 if timed else 0 :
    ]  # the first starts the browser up
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    slow = [_visit(page, protocol, address) for _ in range(3)] if timed else []
    page.context.close()
    middle = {name: statistics.median(one[name] for one in taken) for name in taken[0]}
    if timed:
        problems += [
            f"{name}: {took:.0f} ms" for name, took in middle.items() if took > (ANSWERED if name == ANSWER else MOST)
        ]
    note = ", ".join(f"{name} {took:.0f}" for name, took in middle.items()) + " ms (medians)" if timed else ""
    if timed:
        note += f", while {os.getloadavg()[0]:.1f} processes wanted one of {os.cpu_count()} processors"
    if slow:
        worst = {name: statistics.median(one[name] for one in slow) for name in slow[0]}
        note += f"; with a processor {_SLOWER} times slower: " + ", ".join(
            f"{name} {took:.0f}" for name, took in worst.items()
        )
    bound = f", a page after {MOST} ms, a search's first answer after {ANSWERED} ms" if timed else ""
    yield Outcome(
        f"pages of a reader's session; one with an error{bound}", len(taken) * len(middle), tuple(problems), note
    )


def _visit(page: Page, protocol: CDPSession, address: str) -> dict[str, float]:
    """Go through the site once with nothing in the cache, as a reader does, by its links; gives milliseconds by page."""
    protocol.send("Network.clearBrowserCache")
    took: dict[str, float] = {}
    page.goto(f"{address}/")
    took["home"] = _rendered(page)
    _follow(page, f"main a[href*='{TOPIC}']", TOPIC)
    took["sheet"] = _rendered(page)
    _follow(page, f"main a[href*='{CLAIM}']", CLAIM)
    took["claim"] = _rendered(page)
    _follow(page, f"main a[href*='{XRAY}#']", XRAY)
    took["X-ray"] = _rendered(page)
    page.goto(f"{address}/search/")
    took["search"] = _rendered(page)
    page.wait_for_load_state("networkidle")
    took[ANSWER] = float(page.evaluate(_ANSWERED, QUERY))
    page.evaluate("document.querySelector('main [type=search]').value = ''")
    result = page.locator(".results a").first
    path = str(result.get_attribute("href"))
    result.click()
    page.wait_for_url(lambda url: "/search/" not in url)
    took["result"] = _rendered(page)
    if not path:
        raise Error("a result leads nowhere")
    return took


def _follow(page: Page, selector: str, path: str) -> None:
    address = page.evaluate("(selector) => document.querySelector(selector).href", selector)
    page.evaluate("(address) => { location.href = address; }", address)
    page.wait_for_url(f"**/{path}*")


def _rendered(page: Page) -> float:
    page.wait_for_load_state("load")
    taken: Any = page.evaluate(_RENDERED)
    return float(taken)
