"""What scripts draw from hostile words: results of the search, filters of lists; asked in the box and by the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from hostile.text.opening import WIDTHS, watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from hostile.text.opening import Watched

_WORD = re.compile(r"[^\W_]{4,}")
_WAIT = 20_000  # milliseconds, for an answer
_ANSWERED = "() => /result|nothing|^no /i.test(document.querySelector('#search [role=status]')?.textContent ?? '')"
LISTS = ("claims/", "timeline/", "sources/", "entities/", "events/", "")


def search(browser: Browser, site: Path, texts: Sequence[str]) -> tuple[int, int, Watched]:
    """Search for each text by the address, and open each list with it as the state of its filters.

    Returns:
        How many addresses were opened, how many searches had an answer, and what was noticed.
    """
    opened = answered = 0
    with watch(browser, site, policy=False, width=WIDTHS[0]) as (page, address, seen):
        for number, text in enumerate(texts):
            page.goto(f"{address}/search/?q={quote(text[:60])}&kind={quote(text)}&verdict={quote(text)}")
            page.goto(f"{address}/search/?q={quote(' '.join(_WORD.findall(text)[:2]) or 'words')}")
            page.wait_for_function(_ANSWERED, timeout=_WAIT)
            answered += page.locator("#search .results li").count() > 0
            opened += 2
            seen.ran += page.evaluate("() => window.noted")
            path = LISTS[number % len(LISTS)]
            for state in (
                f"?q={quote(text)}&verdict={quote(text)}&sort={quote(text)}&year={quote(text)}",
                f"#{quote(text)}",
            ):
                page.goto(f"{address}/{path}{state}")
                opened += 1
                seen.ran += page.evaluate("() => window.noted")
        seen.broken += page.evaluate(
            "() => document.documentElement.scrollWidth > innerWidth ? ['the last list is too wide'] : []"
        )
    return opened, answered, seen
