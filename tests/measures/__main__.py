"""Loads pages of the built site in Chromium, cold, and prints what was sent and how fast it showed beside the targets.

Bytes are those that the host sent, headers and the page's icon included. Nothing here is a test: clocks differ.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from system_tools import CHROMIUM_FLAGS, ToolMissingError, find_chromium

from measures.host import Host, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
# Of each kind the heaviest page there is.
KINDS = {
    "claim": "claims/*/index.html",
    "fact sheet": "topics/*/index.html",
    "home": "index.html",
    "timeline": "timeline/**/index.html",
    "X-ray": "sources/*/index.html",
    "matrix": "contradictions/*/index.html",
}
QUERY = "Peskov"
KB = 1000
RUNS = 5
# Chrome's own "slow 4G": what the bytes of 1.6 Mbit/s and a round trip of 150 ms cost.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

PAINT = """() => new Promise((resolve) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => resolve(seen.at(-1)?.startTime ?? null), 300);
})"""
# As the field measures it: the worst session window, shifts less than a second apart and five seconds in all.
SHIFT = """() => new Promise((resolve) => {
  const seen = [];
  new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => {
    let [worst, sum, first, last] = [0, 0, 0, 0];
    for (const {startTime, value, hadRecentInput} of seen) {
      if (hadRecentInput) continue;
      if (startTime - last > 1000 || startTime - first > 5000) [sum, first] = [0, startTime];
      [sum, last] = [sum + value, startTime];
      worst = Math.max(worst, sum);
    }
    resolve(worst);
  }, 300);
})"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and its target: not more than `most`; no target where that is None."""

    what: str
    value: float
    unit: str
    most: float | None = None

    @property
    def missed(self) -> bool:
        """Whether the value is beyond its target."""
        return self.most is not None and self.value > self.most

    def row(self) -> tuple[str, str, str, str]:
        """The cells of a table: what, value, target, whether it is met."""
        if self.most is None:
            return self.what, self._write(self.value), "", ""
        return self.what, self._write(self.value), f"<= {self._write(self.most)}", "missed" if self.missed else "met"

    def _write(self, value: float) -> str:
        digits = {"kB": 1, "s": 2, "shift": 3}.get(self.unit, 0)
        return f"{value:.{digits}f} {self.unit}".removesuffix(" shift").strip()


def find_heaviest(site: Path) -> dict[str, str]:
    """Return for each kind of page the address of the heaviest, as sent."""

    def weight(page: Path) -> int:
        return len(gzip.compress(page.read_bytes()))

    pages = {kind: max(site.glob(pattern), key=weight, default=None) for kind, pattern in KINDS.items()}
    return {kind: f"{page.parent.relative_to(site)}/".removeprefix("./") for kind, page in pages.items() if page}


def load(browser: Browser, address: str, *, slowly: bool = False, viewport: Any = DESK) -> Page:
    """Open a page in a fresh profile with nothing in its cache, and read it to its end."""
    page = browser.new_context(viewport=viewport).new_page()
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slowly:
        protocol.send("Network.emulateNetworkConditions", SLOW)
    page.goto(address, wait_until="networkidle")
    return page


def fetch_icon(page: Page) -> None:
    """Ask for the page's icon, where a browser without windows has not done so."""
    page.evaluate("fetch(document.querySelector('link[rel~=icon]').href).then((answer) => answer.arrayBuffer())")


def weigh(browser: Browser, host: Host, path: str) -> tuple[int, float]:
    """Return the requests and the kilobytes of a page's first load."""
    host.forget()
    page = load(browser, f"{host.address}/{path}")
    if not any(answer.path.endswith("icon.svg") for answer in host.answers):
        fetch_icon(page)
    page.context.close()
    return len(host.answers), sum(answer.size for answer in host.answers) / KB


def weigh_pages(browser: Browser, host: Host, pages: dict[str, str]) -> list[Measure]:
    """Measure the first load of each page."""
    most: dict[str, tuple[int | None, float | None]] = {"claim": (4, 20), "fact sheet": (None, 60)}
    found = []
    for name, path in pages.items():
        requests, size = weigh(browser, host, path)
        most_requests, most_size = most.get(name, (None, None))
        found.append(Measure(f"{name}: requests", requests, "", most_requests))
        found.append(Measure(f"{name}: sent (/{path})", size, "kB", most_size))
    return found


def weigh_search(browser: Browser, host: Host, path: str) -> list[Measure]:
    """Measure what the search sends beyond the page on which it is opened by its key, and with one query answered."""
    page = load(browser, f"{host.address}/{path}")
    host.forget()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    field.wait_for()
    page.wait_for_load_state("networkidle")
    opened = sum(answer.size for answer in host.answers) / KB
    field.fill(QUERY)
    page.get_by_role("link", name=QUERY).first.wait_for()
    page.wait_for_load_state("networkidle")
    page.context.close()
    total = sum(answer.size for answer in host.answers) / KB
    return [
        Measure("search: opened", opened, "kB"),
        Measure(f"search: opened and “{QUERY}” answered", total, "kB", 250),
    ]


def time_paint(browser: Browser, host: Host, path: str, viewport: Any) -> float:
    """Return the median of the largest contentful paint over a slow line, in seconds."""
    times: list[float] = []
    for _ in range(RUNS):
        page = load(browser, f"{host.address}/{path}", slowly=True, viewport=viewport)
        times.append(float(page.evaluate(PAINT)) / 1000)
        page.context.close()
    return statistics.median(times)


def measure_shift(browser: Browser, host: Host, path: str, viewport: Any) -> float:
    """Return the layout shift of a page that is loaded over a slow line and read to its end."""
    page = load(browser, f"{host.address}/{path}", slowly=True, viewport=viewport)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(300)
    shift = float(page.evaluate(SHIFT))
    page.context.close()
    return shift


def measure_all(browser: Browser, host: Host, pages: dict[str, str]) -> list[Measure]:
    """Take all measures, in the order of the table."""
    found = [*weigh_pages(browser, host, pages), *weigh_search(browser, host, pages["claim"])]
    for name, viewport in (("phone", PHONE), ("desk", DESK)):
        paint = time_paint(browser, host, pages["fact sheet"], viewport)
        found.append(Measure(f"fact sheet: largest contentful paint, {name}", paint, "s", 1))
    for page, path in pages.items():
        shift = max(measure_shift(browser, host, path, viewport) for viewport in (PHONE, DESK))
        found.append(Measure(f"{page}: layout shift", shift, "shift", 0.01))
    return found


@click.command()
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "site")
@click.option("--strict", is_flag=True, help="Exit with 1 if a target is missed.")
def main(*, site: Path, strict: bool) -> None:
    """Print what the pages of a built site weigh and how fast they show."""
    try:
        executable = find_chromium()
    except ToolMissingError as missing:
        raise click.ClickException(str(missing)) from None
    with serve(site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        measures = measure_all(browser, host, find_heaviest(site))
        browser.close()
    caption = f"Paint and shift: over a line of 1.6 Mbit/s with 150 ms; paint: median of {RUNS}."
    table = Table(
        "measure", "value", "target", "", title="First load of the heaviest page of each kind", caption=caption
    )
    for measure in measures:
        table.add_row(*measure.row(), style="red" if measure.missed else None)
    Console(width=120).print(table)
    sys.exit(1 if strict and any(measure.missed for measure in measures) else 0)


if __name__ == "__main__":
    main()
