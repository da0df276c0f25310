"""The Data page in a real browser: files are saved or shown as the page promises, and nothing drowns anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Tree, Visitor

pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll('.downloads > li')].filter((row) => row.checkVisibility()).map((row) => {
  const name = row.querySelector('em').getBoundingClientRect();
  const title = document.createRange();
  title.selectNode(row.querySelector('p a, p strong').firstChild);
  return [title.getBoundingClientRect(), name].map(({top, left, right, bottom}) => ({top, left, right, bottom}));
})"""


@pytest.mark.parametrize("name", ["records.json", "claims.csv", "records.db", "sources.bib"])
def test_a_file_that_browsers_show_badly_is_saved(
    visitor: Visitor, built_site: Tree, name: str, tmp_path: Path
) -> None:
    visitor.visit("data/")
    with visitor.page.expect_download() as saved:
        visitor.page.locator(f".downloads a[href='{name}'], .downloads a[href$='/{name}']").click()
    assert saved.value.suggested_filename == name
    saved.value.save_as(tmp_path / name)
    original = next((built_site.site / "data").rglob(name))
    assert (tmp_path / name).read_bytes() == original.read_bytes()


def test_the_file_of_one_record_is_shown(visitor: Visitor) -> None:
    visitor.visit("data/")
    link = visitor.page.get_by_role("link", name="/record.json")
    address = link.get_attribute("href")
    link.click()
    visitor.page.wait_for_url("**/record.json")
    assert address is not None
    assert visitor.page.url.endswith(address.removeprefix(".."))
    assert visitor.page.evaluate("JSON.parse(document.body.innerText).claim.id") == visitor.page.url.split("/")[-2]


def test_few_tables_stand_there_until_the_others_are_asked_for(visitor: Visitor, built_site: Tree) -> None:
    visitor.visit("data/")
    links = visitor.page.locator(".downloads a", has_text=".csv, ")
    there = len(list((built_site.site / "data" / "csv").glob("*.csv")))
    assert links.count() == there
    assert links.filter(visible=True).count() == 6
    visitor.page.locator("summary", has_text=f"{there - 6} more tables").click()
    assert links.filter(visible=True).count() == there


def test_each_group_is_one_step_away(visitor: Visitor) -> None:
    visitor.visit("data/")
    headings = visitor.page.locator("article h2").all_text_contents()
    assert visitor.page.locator(".jump a").all_text_contents() == headings
    for heading in headings:
        visitor.page.locator(".jump").get_by_role("link", name=heading, exact=True).click()
        assert visitor.page.locator("h2:target").text_content() == heading


@pytest.mark.parametrize(("program", "name"), [("a feed reader", "changes.atom"), ("a calendar program", "events.ics")])
def test_an_address_to_subscribe_to_can_be_copied(visitor: Visitor, program: str, name: str) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.visit("data/")
    row = (
        visitor.page.locator(".downloads > li").filter(has_text=f"{program} this address").filter(has_text=f" {name}, ")
    )
    row.get_by_role("button", name="Copy").click()
    row.get_by_text("Copied").wait_for()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == f"https://example.org/data/{name}"


def test_the_name_of_a_file_stands_at_the_end_of_its_line_or_below_its_title(visitor: Visitor) -> None:
    visitor.visit("data/")
    for width, is_wide in ((1280, True), (320, False)):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        rows = visitor.page.evaluate(ROWS)
        assert len(rows) > 20
        for title, name in rows:
            if is_wide:
                assert name["left"] > title["right"]
                assert name["top"] < title["bottom"]
                assert name["right"] == pytest.approx(rows[0][1]["right"], abs=1)
            else:
                assert name["top"] >= title["bottom"] - 2
                assert name["left"] == pytest.approx(title["left"], abs=1)


def test_the_page_runs_no_script_of_its_own(built_site: Tree) -> None:
    page = (Path(built_site.site) / "data" / "index.html").read_text("utf-8")
    assert page.count("<script") == 1
    assert '<script type="module" src="../assets/site.js">' in page
