"""With scripts off everything is there to read: compared with the records as typed, not with what our code makes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import Visitor
from html_pages import fold
from kinds import MOVED, OPEN_DETAILS, STAYING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tree
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ARTICLE = "flga-2025-05-22"
FULL = "council-minutes-2031-04-01"
VISIBLE_LINKS = """() => [...document.querySelectorAll('main a[href]')]
    .filter((link) => link.checkVisibility({visibilityProperty: true, opacityProperty: true}) && link.getClientRects().length)
    .map((link) => link.getAttribute('href').startsWith('#') ? link.getAttribute('href') : link.pathname.slice(1))"""
# Whatever a reader could press and nothing would happen.
IDLE = "button, input, select, textarea, [role=button], dialog"
ENOUGH = {"missing": 20, "search": 15, "data": 40, "list": 30}


@pytest.fixture
def reader(browser: Browser, site_address: str) -> Iterator[Visitor]:
    """A reader whose browser runs no script."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    reader = Visitor(context.new_page(), site_address)
    reader.watch()
    yield reader
    context.close()
    assert reader.problems == []


@pytest.fixture
def sample_reader(reader: Visitor, sample_address: str) -> Visitor:
    reader.address = sample_address
    return reader


def read(reader: Visitor, path: str) -> str:
    """The visible words of a page's content, with plain quotation marks and single blanks."""
    reader.visit(path)
    return fold(reader.page.locator("main").inner_text())


def linked(reader: Visitor, folder: str) -> set[str]:
    """The ids of the records of a kind to which visible links of the page lead."""
    found = reader.page.evaluate(VISIBLE_LINKS)
    return {match[1] for link in found if (match := re.fullmatch(rf"{folder}/([^/]+)/", link))}


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def ids_of(tree: Tree, kind: str) -> set[str]:
    return {str(record["id"]) for record in tree.records(kind)} | {
        path.stem for path in (tree.content / kind).rglob("*.md")
    }


def test_every_page_can_be_read(reader: Visitor, site_address: str, sample_address: str) -> None:
    idle = {}
    for kind in STAYING:
        reader.address = sample_address if kind.sample else site_address
        words = read(reader, kind.path)
        assert (kind.name, len(words.split()) > ENOUGH.get(kind.kind, 60)) == (kind.name, True)
        assert (kind.name, reader.page.locator("h1").is_visible()) == (kind.name, True)
        assert reader.page.locator("header nav a").count() > 4
        shown = [control for control in reader.page.locator(IDLE).all() if control.is_visible()]
        idle[kind.name] = [control.evaluate("(one) => one.outerHTML") for control in shown]
    assert {name: shown for name, shown in idle.items() if shown} == {}


def test_a_page_that_moved_leads_on(sample_reader: Visitor) -> None:
    sample_reader.page.goto(f"{sample_reader.address}/{MOVED.path}")
    sample_reader.page.wait_for_url("**/claims/bridge-closed/")
    assert "closed" in sample_reader.page.locator("h1").inner_text()


def test_the_search_page_says_what_it_needs_and_what_else_there_is(reader: Visitor) -> None:
    assert "JavaScript" in read(reader, "search/")
    assert {"claims/", "entities/"} <= set(reader.page.evaluate(VISIBLE_LINKS))


# --- timelines ---


def test_the_whole_timeline_is_there(reader: Visitor, built_site: Tree) -> None:
    words = read(reader, "timeline/")
    events = built_site.records("events")
    assert len(events) > 50
    assert ids_of(built_site, "events") - linked(reader, "events") == set()
    assert [event["title"] for event in events if fold(event["title"]) not in words] == []
    years = {event["when"][:4] for event in events}
    assert [year for year in sorted(years) if year not in words] == []


def test_every_topic_and_every_name_has_its_events_on_its_timeline(reader: Visitor, built_site: Tree) -> None:
    pages = [
        path
        for path in sorted((built_site.site / "timeline").glob("*/*/index.html"))
        if not path.parent.parent.name.isdigit()
    ]
    assert len(pages) > 5
    events = built_site.records("events")
    lost = {}
    for page in pages:
        group, name = page.parent.parent.name, page.parent.name
        fields = {"topics": ("topics",), "entities": ("involves", "where")}[group]
        reader.visit(f"timeline/{group}/{name}/")
        expected = {
            str(event["id"]) for event in events if any(name in _listed(event.get(field, [])) for field in fields)
        }
        assert (group, name, bool(expected)) == (group, name, True)
        lost[name] = expected - linked(reader, "events")
    assert {name: ids for name, ids in lost.items() if ids} == {}


def test_every_year_has_its_events_on_its_timeline(reader: Visitor, built_site: Tree) -> None:
    events = built_site.records("events")
    lost = {}
    for year in sorted({event["when"][:4] for event in events}):
        reader.visit(f"timeline/{year}/")
        lost[year] = {str(event["id"]) for event in events if event["when"][:4] == year} - linked(reader, "events")
    assert len(lost) > 4
    assert {year: ids for year, ids in lost.items() if ids} == {}


# --- the X-ray ---


def quotations_from(tree: Tree, source: str) -> dict[str, list[str]]:
    """The ids of the claims that quote a source, each with the parts of its quotations."""
    found: dict[str, list[str]] = {}
    for claim in tree.records("claims"):
        for item in (*claim.get("seen", ()), *claim.get("evidence", ())):
            if item["in"] == source and "quote" in item:
                found.setdefault(str(claim["id"]), []).extend(part.strip() for part in item["quote"].split("[...]"))
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_the_x_ray_shows_every_passage_and_links_every_claim(reader: Visitor, built_site: Tree, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    quoted = quotations_from(built_site, ARTICLE)
    assert len(quoted) > 30
    words = read(reader, f"sources/{ARTICLE}/")
    assert [part for parts in quoted.values() for part in parts if fold(part) not in words] == []
    reader.page.evaluate(OPEN_DETAILS)
    assert set(quoted) - linked(reader, "claims") == set()


def test_a_text_that_may_be_shown_in_full_is_there_in_full(sample_reader: Visitor, built_sample: Tree) -> None:
    typed = (built_sample.content / "sources" / f"{FULL}.md").read_text("utf-8").split("\n---\n", 1)[1]
    shown = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", typed)
    blocks = [fold(line.lstrip("#- ")) for line in shown.splitlines() if line.strip()]
    assert len(blocks) > 4
    words = read(sample_reader, f"sources/{FULL}/")
    assert [block for block in blocks if block not in words] == []


# --- lists ---


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("claims/", "claims", "says"),
        ("sources/", "sources", "title"),
        ("entities/", "entities", "name"),
        ("events/", "events", "title"),
        ("topics/", "topics", "question"),
    ],
)
def test_a_list_is_complete(reader: Visitor, built_site: Tree, path: str, kind: str, title: str) -> None:
    words = read(reader, path)
    expected = ids_of(built_site, kind)
    assert expected
    assert expected - linked(reader, kind) == set()
    titles = [record[title] for record in built_site.records(kind) if title in record]
    assert [one for one in titles if fold(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", one)) not in words] == []


def test_a_fact_sheet_links_all_its_claims_and_its_matrix_all_that_are_asked_about(
    reader: Visitor, built_site: Tree
) -> None:
    for topic in built_site.records("topics"):
        reader.visit(f"topics/{topic['id']}/")
        reader.page.evaluate(OPEN_DETAILS)
        claims = {str(claim["id"]) for claim in built_site.records("claims") if topic["id"] in claim.get("topics", [])}
        assert claims - linked(reader, "claims") == set()
        words = read(reader, f"contradictions/{topic['id']}/")
        assert [row["text"] for row in topic["questions"] if fold(row["text"]) not in words] == []
        reader.page.evaluate(OPEN_DETAILS)
        asked = {str(one) for row in topic["questions"] for one in row["claims"]}
        assert asked - linked(reader, "claims") == set()
