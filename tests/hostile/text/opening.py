"""A built site opened in Chromium, page by page, by somebody who watches: what ran, what was asked for, what is there."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conftest import serve
from playwright.sync_api import sync_playwright
from system_tools import CHROMIUM_FLAGS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Dialog, Page, Request, Response, Route

WIDTHS = (360, 1280)
"""Of the screen, in pixels: a phone's and a desk's."""
_FRAMES = 4  # pages that are open at once
_LOT = 100  # pages that are asked for at once
_WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
_LOOK = Path(__file__).with_name("look.js").read_text("utf-8").partition("\n")[2]  # an expression, without its comment
_HOST = "/the-page-around-the-frames"


@dataclass(slots=True)
class Watched:
    """What became known while pages were open.

    Attributes:
        opened: how many pages.
        ran: calls of anything that a hostile text could call, exceptions, dialogs, new windows, other pages.
        requests: how many were made.
        foreign: those to other hosts, and those for what is not there.
        broken: pages that are too wide, lack a part or hold what no template makes.
        lost: texts that their page does not show.
    """

    opened: int = 0
    ran: list[str] = field(default_factory=list)
    requests: int = 0
    foreign: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@contextmanager
def start_browser() -> Iterator[Browser]:
    """Start the system's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@contextmanager
def watch(browser: Browser, site: Path, *, policy: bool, width: int = WIDTHS[1]) -> Iterator[tuple[Page, str, Watched]]:
    """Serve a site and give a page in a fresh profile whose every call, request and window is noted.

    Args:
        browser: the browser.
        site: the folder of the site.
        policy: whether the site's security policy holds; without it, the first line of defence stands alone.
        width: of the window.
    """
    seen = Watched()
    with serve(site) as address:
        context = browser.new_context(bypass_csp=not policy, viewport={"width": width, "height": 800}, locale="en-GB")
        context.add_init_script(_WATCH)
        own = urlsplit(address).netloc

        def on_route(route: Route) -> None:
            seen.foreign.append(f"{route.request.frame.url}: {route.request.url[:200]}")
            route.abort()

        def on_response(response: Response) -> None:
            if response.status >= 400 and "/favicon" not in response.url:
                seen.foreign.append(f"not there: {response.url[:200]}")

        def on_dialog(dialog: Dialog) -> None:
            seen.ran.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        def on_request(_request: Request) -> None:
            seen.requests += 1

        context.on("request", on_request)
        context.on("response", on_response)
        context.route(lambda url: urlsplit(url).netloc not in {own, ""}, on_route)
        context.route(
            f"{address}{_HOST}", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html")
        )
        page = context.new_page()
        context.on("page", lambda other: seen.ran.append(f"a window was opened: {other.url}"))
        page.on("dialog", on_dialog)
        page.on("pageerror", lambda error: seen.ran.append(f"exception: {error}"))
        yield page, address, seen
        context.close()


def open_pages(
    browser: Browser,
    site: Path,
    pages: Mapping[str, Sequence[tuple[str, str]]],
    allowed: frozenset[str],
    *,
    policy: bool,
) -> Watched:
    """Open pages one after the other, several at once, at both widths.

    Args:
        browser: the browser.
        site: the folder of the site.
        pages: the texts that each page shows, with their names, by its path.
        allowed: what pages may be made of: elements, and elements with an attribute (see `list_made`).
        policy: as for `watch`.
    """
    with watch(browser, site, policy=policy) as (page, address, seen):
        asked = [[path, list(texts)] for path, texts in pages.items()]
        for start in range(0, len(asked), _LOT):
            page.goto(f"{address}{_HOST}")
            for told in _look(page, asked[start : start + _LOT]):
                where: str = told["path"]
                seen.opened += 1
                seen.broken += [f"{where}: {said[:300]}" for said in told["problems"]]
                seen.broken += [
                    f"{where}: {made}, which no template makes" for made in {*told["made"]} - allowed if allowed
                ]
                seen.lost += [f"{where}: {name}" for name in told["lost"]]
            seen.ran += page.evaluate("() => window.noted")
            if page.url != f"{address}{_HOST}":
                seen.ran.append(f"the window was taken elsewhere: {page.url}")
        return seen


def list_made(browser: Browser, site: Path) -> frozenset[str]:
    """List what the pages of a harmless site are made of: `a`, `a href`, ..."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    with watch(browser, site, policy=False) as (page, address, _):
        page.goto(f"{address}{_HOST}")
        return frozenset(made for told in _look(page, [[path, []] for path in pages]) for made in told["made"])


def _look(page: Page, asked: Sequence[Any]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = page.evaluate(_LOOK, {"asked": asked, "widths": WIDTHS, "frames": _FRAMES})
    return told
