"""Every kind of page in a real browser: accessible in every look, whole at every width, silent towards other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from kinds import KINDS, OPEN_DETAILS, STAYING, each, find_ids, find_kinds, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tree, Visitor
    from kinds import Kind
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HEIGHT = 900
WIDTHS = (320, 360, 640, 768, 1280)  # phones; a desk at 200 % zoom; a tablet; a desk


# --- every kind is looked at ---


def test_no_kind_of_page_and_no_kind_of_address_is_left_out(built_site: Tree, built_sample: Tree) -> None:
    ids = find_ids(built_site) | find_ids(built_sample)
    found = {True: set(find_kinds(built_sample)), False: set(find_kinds(built_site))}
    assert [kind.name for kind in KINDS if (kind.kind, kind.path) not in found[kind.sample]] == []
    shapes = {(kind, shape_of(path, ids)) for kind, path in found[True] | found[False]}
    assert shapes == {(kind.kind, shape_of(kind.path, ids)) for kind in KINDS}


# --- for everybody ---

# All rules of WCAG 2.2 A and AA and axe's own of good practice; that of the size of targets is off unless asked for.
AXE_OPTIONS: dict[str, object] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
ONLY_CONTRAST: dict[str, object] = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
AXE_RUN = """async (options) => (await axe.run(options)).violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 160)}`))"""


def violations(page: Page, options: dict[str, object] = AXE_OPTIONS) -> list[str]:
    """What axe finds on a page as it is shown now."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE_RUN, options)
    return found


@each()
def test_a_page_has_no_accessibility_violation(visit_kind: Callable[[Kind], Page], kind: Kind) -> None:
    page = visit_kind(kind)
    page.evaluate(OPEN_DETAILS)
    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme="light")
        found[width, "light"] = violations(page)
        page.emulate_media(color_scheme="dark")
        found[width, "dark"] = violations(page)
    assert {look: said for look, said in found.items() if said} == {}


def test_the_strong_looks_keep_every_contrast(visit_kind: Callable[[Kind], Page]) -> None:
    found = {}
    one_of_each = {kind.kind: kind for kind in reversed(STAYING)}
    for kind in one_of_each.values():
        page = visit_kind(kind)
        page.evaluate(OPEN_DETAILS)
        page.emulate_media(contrast="more", forced_colors="none")
        found[kind.name, "more contrast"] = violations(page, ONLY_CONTRAST)
        page.emulate_media(contrast="no-preference", forced_colors="active")
        found[kind.name, "forced colours"] = violations(page, ONLY_CONTRAST)
    assert {look: said for look, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<p class='pale'>Words that hardly differ from the paper.</p>", "color-contrast"),
        ("<img src='data:,'>", "image-alt"),
        ("<a class='tiny' href='#a'>a</a><a class='tiny' href='#b'>b</a>", "target-size"),
        ("<h4>A heading that is two steps too deep</h4>", "heading-order"),
        ("<a href='#a'></a>", "link-name"),
    ],
)
def test_a_planted_violation_is_seen(visitor: Visitor, planted: str, rule: str) -> None:
    visitor.visit("data/")
    visitor.page.evaluate(
        ADD_STYLE, ".pale { color: #ccc; background: #fff } .tiny { display: inline-block; width: 9px }"
    )
    visitor.page.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", planted)
    assert {said.split(":")[0] for said in violations(visitor.page)} == {rule}


# --- at every width ---

# The policy of the pages forbids style elements, but not sheets that the browser's own tools put together.
ADD_STYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# WCAG 1.4.12: a reader may space out the text like this, and nothing is lost. Pictures repeat what a list beside them says.
SPACED_OUT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
svg * { letter-spacing: normal !important; word-spacing: normal !important; }"""
TWICE_AS_LARGE = "html { font-size: 200% !important; }"

# Visible text that lies outside the window or is cut off by a box that does not scroll.
CUT_OFF = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > window.innerWidth)
    found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${window.innerWidth}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest('title, desc, noscript') || !parent.checkVisibility({visibilityProperty: true}))
      continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const rect = range.getBoundingClientRect();
    if (!rect.width || !rect.height) continue;
    let [left, right] = [0, window.innerWidth];
    let hidden = false;
    let lost = false;
    for (let box = parent; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      const outer = box.getBoundingClientRect();
      if ((outer.width <= 1 || outer.height <= 1) && style.overflow !== 'visible') hidden = true; // for screen readers
      if (/absolute|fixed/.test(style.position) && (outer.right <= 0 || outer.bottom + scrollY <= 0)) hidden = true; // skip link
      if (/auto|scroll/.test(style.overflowX)) [left, right] = [-Infinity, Infinity];
      if (/hidden|clip/.test(style.overflowX) && (rect.left < outer.left - 1 || rect.right > outer.right + 1)) lost = true;
      if (/hidden|clip/.test(style.overflowY) && (rect.top < outer.top - 1 || rect.bottom > outer.bottom + 1)) lost = true;
    }
    if (!hidden && (lost || rect.left < left - 1 || rect.right > right + 1))
      found.push(`${parent.tagName} ${parent.className?.baseVal ?? parent.className}: ${text.data.trim().slice(0, 60)}`);
  }
  return found;
}"""

# In pictures: text that is too small as it is shown, or lies on another text of the same picture.
CROWDED = """(least) => [...document.querySelectorAll('svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const texts = [...svg.querySelectorAll('text')].filter((text) => text.checkVisibility() && text.textContent.trim());
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const said = (index) => texts[index].textContent.trim().slice(0, 40);
  const small = texts.flatMap((text, index) =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a < least ? [`too small: ${said(index)}`] : []);
  const over = boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b, j) => {
    const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    return wide > 2 && high > 4 ? [`one on the other: ${said(i)} / ${said(i + 1 + j)}`] : [];
  }));
  return [...small, ...over];
})"""


@each()
def test_a_page_is_whole_at_every_width(visit_kind: Callable[[Kind], Page], kind: Kind) -> None:
    page = visit_kind(kind)
    page.evaluate(OPEN_DETAILS)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[width, "as it is"] = page.evaluate(CUT_OFF) + page.evaluate(CROWDED, 10 if width < 360 else 11.5)
    for width, look, style in ((1280, "twice as large", TWICE_AS_LARGE), (320, "spaced out", SPACED_OUT)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(ADD_STYLE, style)
        found[width, look] = page.evaluate(CUT_OFF)
    assert {look: said for look, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("css", "planted", "said"),
    [
        (".x { width: 400px }", "<p class='x'>Words.</p>", "the page scrolls sideways: "),
        (
            ".x { overflow: hidden; height: 12px }",
            "<p class='x'>Words in a box that is too low for them.</p>",
            "P x: Words",
        ),
        (".x { white-space: nowrap; overflow: hidden }", f"<p class='x'>{'Words ' * 30}</p>", "P x: Words"),
        (
            "html, body { overflow-x: hidden } .x { margin-left: 300px; white-space: nowrap }",
            "<p class='x'>Words, words</p>",
            "P x: Words",
        ),
    ],
)
def test_planted_text_that_is_cut_off_is_seen(visitor: Visitor, css: str, planted: str, said: str) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 320, "height": HEIGHT})
    visitor.visit("data/")
    assert page.evaluate(CUT_OFF) == []
    page.evaluate(ADD_STYLE, css)
    page.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", planted)
    assert [line for line in page.evaluate(CUT_OFF) if line.startswith(said)] != []


def test_planted_crowded_labels_are_seen(visitor: Visitor) -> None:
    visitor.visit("data/")
    svg = """<svg viewBox="0 0 720 100" width="360" height="50"><text x="10" y="50" font-size="16">First of May</text>
        <text x="40" y="50" font-size="30">Second of May</text></svg>"""
    visitor.page.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", svg)
    assert visitor.page.evaluate(CROWDED, 11.5) == [
        "too small: First of May",
        "one on the other: First of May / Second of May",
    ]


# --- alone on its own host ---


def test_no_page_read_to_its_end_asks_another_host(visitor: Visitor, visit_kind: Callable[[Kind], Page]) -> None:
    for kind in STAYING:
        page = visit_kind(kind)
        page.evaluate(OPEN_DETAILS)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    visitor.page.wait_for_load_state("networkidle")
    assert len(visitor.requests) > len(STAYING)
    hosts = {urlsplit(url).hostname for url in visitor.requests if not url.startswith("data:")}
    assert hosts == {urlsplit(visitor.address).hostname}
    assert visitor.problems == []


def test_a_planted_request_to_another_host_is_counted_and_blocked(browser: Browser, visitor: Visitor) -> None:
    context = browser.new_context(bypass_csp=True)  # the policy of the page would stop it before
    loose = type(visitor)(context.new_page(), visitor.address)
    loose.watch()
    loose.visit("data/")
    loose.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://tracker.example/a.png'}))")
    loose.page.wait_for_load_state("networkidle")
    context.close()
    assert "https://tracker.example/a.png" in loose.requests
    assert "foreign request: https://tracker.example/a.png" in loose.problems


def test_an_address_that_is_nowhere_is_answered_by_a_whole_page(visitor: Visitor) -> None:
    response = visitor.page.goto(f"{visitor.address}/claims/no-such-claim/deeper/", wait_until="load")
    assert response is not None
    assert response.status == 404
    assert visitor.page.evaluate(CUT_OFF) == []
    assert violations(visitor.page) == []
    visitor.page.locator("main a").first.click()
    assert visitor.page.url.startswith(visitor.address)
    assert [said for said in visitor.problems if "404" not in said] == []
    visitor.problems.clear()  # the browser notes the answer itself
