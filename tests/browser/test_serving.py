"""The preview while somebody types: what was saved shows itself in the open page; the desk, which no reader ever sees."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE, copy_inputs
from kinds import OPEN_DETAILS
from playwright.sync_api import expect
from test_pages import CROWDED, CUT_OFF, HEIGHT, WIDTHS, violations
from test_preview import serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tree, Visitor
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # milliseconds; a page comes in a second or two, but the machine may be busy
CLAIM = "claims/bridge-closed/"
WHY = "The council’s own minutes order it, and a reporter saw the barrier."


@pytest.fixture(scope="module")
def preview(shared_folder: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Tree, str]]:
    """A preview of the sample, and its address without a final slash; each worker has its own."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    tree = copy_inputs(ROOT, SAMPLE, to=shared_folder / f"preview-{worker}")
    with serving(tree) as address:
        assert "Mill Bridge" in wait_for(address, lambda text: "Mill Bridge" in text)
        yield tree, address.rstrip("/")


@pytest.fixture
def tree(preview: tuple[Tree, str], visitor: Visitor) -> Tree:
    """The tree that is served to the visitor."""
    visitor.address = preview[1]
    return preview[0]


@contextmanager
def typing(path: Path) -> Iterator[str]:
    """Give a file back as it was."""
    text = path.read_text("utf-8")
    try:
        yield text
    finally:
        path.write_text(text, "utf-8")


def count_loads(page: Page) -> list[str]:
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads


def test_a_saved_change_shows_itself_and_a_slip_does_too(visitor: Visitor, tree: Tree) -> None:
    page, main, alert = visitor.page, visitor.page.locator("main"), visitor.page.get_by_role("alert")
    visitor.visit(CLAIM)
    loads = count_loads(page)
    expect(main).to_contain_text(WHY)
    with typing(tree.content / "claims/bridge.yml") as good:
        changed = good.replace(WHY, "Two villagers wrote it down.")
        (tree.content / "claims/bridge.yml").write_text(changed, "utf-8")
        expect(main).to_contain_text("Two villagers wrote it down.", timeout=PATIENCE)
        expect(main).not_to_contain_text(WHY)
        expect(alert).to_have_count(0)
        assert len(loads) == 1  # the page itself came again; nobody pressed a key

        (tree.content / "claims/bridge.yml").write_text(changed.replace("  kind: fact", "\tkind: fact", 1), "utf-8")
        expect(alert).to_contain_text("content/claims/bridge.yml:4:", timeout=PATIENCE)
        expect(main).to_contain_text("Two villagers wrote it down.")

        (tree.content / "claims/bridge.yml").write_text(changed, "utf-8")
        expect(alert).to_have_count(0, timeout=PATIENCE)
        expect(main).to_contain_text("Two villagers wrote it down.")
    expect(main).to_contain_text(WHY, timeout=PATIENCE)


def test_the_search_of_the_preview_finds_what_was_just_saved(visitor: Visitor, tree: Tree) -> None:
    page = visitor.page
    visitor.visit(CLAIM)
    with typing(tree.content / "claims/bridge.yml") as good:
        (tree.content / "claims/bridge.yml").write_text(
            good.replace(WHY, "A quincunx of lanterns hung there."), "utf-8"
        )
        expect(page.locator("main")).to_contain_text("quincunx", timeout=PATIENCE)
        visitor.visit("search/?q=quincunx")
        expect(page.locator(".results a").first).to_have_attribute("href", f"/{CLAIM}", timeout=PATIENCE)
        visitor.visit("search/?q=“only+the+preview+has+this+page”")
        expect(page.locator(".status")).to_contain_text("There are no results", timeout=PATIENCE)
    visitor.visit(CLAIM)
    expect(page.locator("main")).to_contain_text(WHY, timeout=PATIENCE)


def test_the_desk_is_one_step_away_and_leads_to_what_is_to_be_done(visitor: Visitor, tree: Tree) -> None:
    page = visitor.page
    visitor.visit("")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Desk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")
    page.get_by_role("link", name="1 claim whose review is overdue", exact=True).click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("link", name="The Mill Bridge is the oldest bridge in the valley.").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("oldest bridge")
    assert (tree.root / "build/preview/pages/desk/index.md").is_file()


def test_the_desk_is_accessible_and_whole_at_every_width(visitor: Visitor, tree: Tree) -> None:  # noqa: ARG001
    page, found = visitor.page, {}
    visitor.visit("desk/")
    page.evaluate(OPEN_DETAILS)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found[f"at {width}"] = page.evaluate(CUT_OFF) + page.evaluate(CROWDED, 10 if width < 360 else 11.5)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[f"{scheme} at {width}"] = violations(page)
    assert {look: said for look, said in found.items() if said} == {}


def test_a_build_after_a_preview_takes_the_desk_away(tree: Tree, visitor: Visitor) -> None:
    visitor.visit("desk/")
    copy = copy_inputs(tree.root, to=tree.root.with_name(f"{tree.root.name}-built"))
    (copy.root / "build/pages/desk").mkdir(parents=True)
    (copy.root / "build/pages/desk/index.md").write_text("# Desk\n", "utf-8")  # as the preview leaves it
    copy.build(SOURCE_DATE_EPOCH="1940803200", PYTHONPATH=str(ROOT))
    assert not (copy.root / "build/pages/desk").exists()
    assert not (copy.site / "desk").exists()
