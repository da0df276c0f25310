"""The lists of claims, sources and names: narrowed down, ordered, sent as an address, taken away as CSV, whole without script."""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Tree, Visitor
    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

Record = dict[str, Any]

# What stands on the page in the order in which a reader meets it, told by the page itself.
SHOWN = "list => [...list.querySelectorAll('[data-key]')].filter(item => item.checkVisibility()).map(item => item.dataset.key)"


@pytest.fixture(scope="module")
def claims(built_site: Tree) -> list[Record]:
    """The claims as they were typed."""
    return built_site.records("claims")


def facets_of(claim: Record) -> dict[str, set[str]]:
    """What a claim is filtered by, from its record alone."""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", claim.get("when", ""))
    about = claim.get("about", [])
    span = range(int(years[0]), int(years[-1]) + 1) if years else ()
    return {
        "verdict": {claim.get("verdict", "unchecked")},
        "kind": {claim["kind"]},
        "topic": set(claim.get("topics", [])),
        "entity": {
            *([about] if isinstance(about, str) else about),
            *([claim["speaker"]] if "speaker" in claim else []),
        },
        "year": {str(year) for year in span} if len(span) <= 5 else set(),
    }


def matching(claims: list[Record], chosen: dict[str, set[str]]) -> set[str]:
    return {claim["id"] for claim in claims if all(facets_of(claim)[name] & values for name, values in chosen.items())}


def shown(page: Page, name: str = "claims") -> list[str]:
    found: list[str] = page.locator(f"#{name}-list").evaluate(SHOWN)
    return found


def status(page: Page) -> Locator:
    return page.locator("form.filters output")


def group(page: Page, title: str) -> Locator:
    return page.locator("form.filters details", has=page.locator("summary", has_text=title))


def choose(page: Page, title: str, label: str) -> None:
    """Open a group of filters and click an option, as a reader does."""
    opened = group(page, title)
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    opened.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)} \d")).click()


# --- filters ---


def test_a_filter_narrows_the_list_and_says_so_in_words_and_in_the_address(
    visitor: Visitor, claims: list[Record]
) -> None:
    visitor.visit("claims/")
    page = visitor.page
    expect(status(page)).to_have_text(f"{len(claims)} claims")
    choose(page, "Verdict", "Refuted")
    refuted = matching(claims, {"verdict": {"refuted"}})
    expect(status(page)).to_have_text(f"{len(refuted)} of {len(claims)} claims")
    assert set(shown(page)) == refuted
    assert page.url.endswith("claims/?verdict=refuted")


CHOICES: dict[str, dict[str, set[str]]] = {
    "two of one group": {"verdict": {"refuted", "conflicting"}},
    "one of each of two groups": {"verdict": {"supported"}, "kind": {"number"}},
    "a fact sheet": {"topic": {"exchanges-since-2022"}},
    "three groups": {"topic": {"exchange-1000"}, "year": {"2025"}, "entity": {"dmitry-peskov"}},
    "nothing matches": {"verdict": {"refuted"}, "entity": {"dmitry-peskov"}, "year": {"2022"}},
}


@pytest.mark.parametrize("chosen", CHOICES.values(), ids=CHOICES.keys())
def test_an_address_shows_what_the_records_say_it_should(
    visitor: Visitor, claims: list[Record], chosen: dict[str, set[str]]
) -> None:
    visitor.visit("claims/?" + "&".join(f"{name}={value}" for name, values in chosen.items() for value in values))
    expected = matching(claims, chosen)
    assert set(shown(visitor.page)) == expected
    expect(status(visitor.page)).to_have_text(f"{len(expected)} of {len(claims)} claims")


def test_the_number_beside_an_option_is_what_it_would_leave(visitor: Visitor, claims: list[Record]) -> None:
    chosen = {"verdict": {"refuted"}, "year": {"2025"}}
    visitor.visit("claims/?verdict=refuted&year=2025")
    offered = visitor.page.locator(
        "form.filters label:has(input[type=checkbox]:not([name=said], [name=status]))"
    ).evaluate_all(
        "labels => labels.map(label => [label.firstChild.name, label.firstChild.value, Number(label.lastChild.textContent), label.hidden])"
    )
    assert {name for name, _, _, _ in offered} == {"verdict", "kind", "topic", "year", "entity"}
    for name, value, number, hidden in offered:
        others = {other: values for other, values in chosen.items() if other != name}
        expected = len(matching(claims, {**others, name: {value}}))
        assert (name, value, number) == (name, value, expected)
        assert hidden == (expected == 0)


def test_a_claim_on_two_sheets_is_counted_once_and_listed_on_the_sheet_that_was_asked_for(
    visitor: Visitor, claims: list[Record]
) -> None:
    both = {claim["id"] for claim in claims if len(claim["topics"]) > 1}
    assert both
    visitor.visit("claims/?topic=exchange-1000")
    listed = shown(visitor.page)
    assert both <= set(listed)
    assert len(listed) == len(set(listed))
    headings = visitor.page.locator("#claims-list h2:visible")
    expect(headings).to_have_count(1)
    expect(headings).to_contain_text("1,000-for-1,000")


def test_a_section_says_how_many_of_its_claims_are_left(visitor: Visitor, claims: list[Record]) -> None:
    visitor.visit("claims/?topic=exchange-1000&kind=number")
    known = matching(claims, {"topic": {"exchange-1000"}, "verdict": {"supported"}})
    left = matching(claims, {"topic": {"exchange-1000"}, "verdict": {"supported"}, "kind": {"number"}})
    expect(visitor.page.locator("#exchange-1000-known .count")).to_have_text(f"{len(left)} of {len(known)}")


# --- the address ---


def test_reload_and_back_restore_what_was_chosen(visitor: Visitor) -> None:
    visitor.visit("claims/")
    page = visitor.page
    choose(page, "Verdict", "Refuted")
    page.locator("form.filters select").select_option("-date")
    before, address = shown(page), page.url
    page.reload()
    assert (shown(page), page.url) == (before, address)
    page.locator("#claims-list a:visible").first.click()
    page.wait_for_url("**/claims/*/")
    page.go_back()
    page.wait_for_url(address)
    assert shown(page) == before
    assert page.locator("form.filters input:checked").evaluate_all("all => all.map(box => box.value)") == ["refuted"]


def test_what_the_address_asks_for_in_vain_is_dropped_and_other_words_in_it_are_kept(visitor: Visitor) -> None:
    visitor.visit("claims/?verdict=refuted&verdict=nonsense&kind=%3Cscript%3E&sort=nothing&pagefind-highlight=list#top")
    assert visitor.page.url.endswith("claims/?pagefind-highlight=list&verdict=refuted#top")
    visitor.visit("claims/?verdict=nonsense")
    assert visitor.page.url.endswith("claims/")
    expect(status(visitor.page)).to_have_text(re.compile(r"^\d+ claims$"))


def test_a_link_to_what_is_left_out_takes_the_filters_off(visitor: Visitor) -> None:
    visitor.visit("claims/?verdict=refuted#exchange-1000-known")
    expect(visitor.page.locator("#exchange-1000-known")).to_be_in_viewport()
    assert visitor.page.url.endswith("claims/#exchange-1000-known")


def test_reset_brings_everything_back(visitor: Visitor, claims: list[Record]) -> None:
    visitor.visit("claims/?verdict=refuted&sort=date")
    page = visitor.page
    page.get_by_role("button", name="Reset").click()
    expect(status(page)).to_have_text(f"{len(claims)} claims")
    assert page.url.endswith("claims/")
    expect(page.locator("#sheet-exchange-1000")).to_be_visible()


# --- order ---


def first_days(claims: list[Record]) -> dict[str, date | None]:
    """The first day of each claim's date; the last one where the start is open."""
    found: dict[str, date | None] = {}
    for claim in claims:
        when = claim.get("when", "")
        typed = re.search(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", when)
        if not typed:
            found[claim["id"]] = None
            continue
        at_end = when.startswith("../")
        year, month = int(typed[1]), int(typed[2] or (12 if at_end else 1))
        found[claim["id"]] = date(year, month, int(typed[3] or (monthrange(year, month)[1] if at_end else 1)))
    return found


@pytest.mark.parametrize(("order", "newest_first"), [("-date", True), ("date", False)])
def test_claims_stand_in_the_order_of_their_dates_in_one_list(
    visitor: Visitor,
    claims: list[Record],
    order: str,
    newest_first: bool,  # noqa: FBT001
) -> None:
    visitor.visit("claims/")
    visitor.page.locator("form.filters select").select_option(order)
    listed, day = shown(visitor.page), first_days(claims)
    assert sorted(listed) == sorted(claim["id"] for claim in claims)
    dated = [day[one] for one in listed if day[one]]
    assert dated == sorted(dated, reverse=newest_first)  # type: ignore[type-var]
    assert all(day[one] is None for one in listed[len(dated) :])
    expect(visitor.page.locator("#claims-list section:visible")).to_have_count(0)


def test_claims_stand_in_the_order_of_the_verdicts(visitor: Visitor, claims: list[Record], built_site: Tree) -> None:
    words = re.findall(
        r"^  ([a-z-]+):", (built_site.content / "vocabulary.yml").read_text("utf-8").split("kinds:")[0], re.MULTILINE
    )
    visitor.visit("claims/?sort=verdict")
    verdict = {claim["id"]: claim.get("verdict", "unchecked") for claim in claims}
    places = [words.index(verdict[one]) for one in shown(visitor.page)]
    assert places == sorted(places)
    assert len(set(places)) > 3


def test_claims_with_most_origins_come_first(visitor: Visitor) -> None:
    visitor.visit("claims/?sort=-count")
    told = visitor.page.locator("#claims-list li:visible .flags").all_inner_texts()
    numbers = [int(found[1]) if (found := re.search(r"(\d+) origin", words)) else 0 for words in told]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1]


def test_the_first_order_puts_every_claim_back_where_it_was(visitor: Visitor) -> None:
    visitor.visit("claims/")
    page, inside = visitor.page, "document.querySelector('#claims-list').innerHTML"
    before = page.evaluate(inside)
    for order in ("-date", "verdict", ""):
        page.locator("form.filters select").select_option(order)
    assert page.evaluate(inside) == before


# --- CSV ---


def download(page: Page) -> tuple[str, list[dict[str, str]], bytes]:
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download as CSV").click()
    written = caught.value.path().read_bytes()
    text = written.decode("utf-8-sig")
    return caught.value.suggested_filename, list(csv.DictReader(io.StringIO(text, newline=""), strict=True)), written


def test_the_csv_is_the_view(visitor: Visitor, claims: list[Record]) -> None:
    visitor.visit("claims/?verdict=refuted&verdict=needs-context&sort=-date")
    name, rows, written = download(visitor.page)
    typed = {claim["id"]: claim for claim in claims}
    assert name == "claims.csv"
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == written.count(b"\n") == len(rows) + 1
    assert list(rows[0]) == [
        "id",
        "text",
        "verdict",
        "kind",
        "topic",
        "said",
        "status",
        "year",
        "entity",
        "date",
        "address",
    ]
    assert [row["id"] for row in rows] == shown(visitor.page)
    assert {row["id"]: row["date"] for row in rows} == {one: typed[one].get("when", "") for one in shown(visitor.page)}
    assert {row["verdict"] for row in rows} == {"Refuted", "Needs context"}
    texts = visitor.page.locator("#claims-list li:visible > a").all_inner_texts()
    assert [row["text"] for row in rows] == texts
    assert {row["address"] for row in rows} == {f"{visitor.address}/claims/{row['id']}/" for row in rows}


def test_the_csv_of_everything_has_every_record_once(visitor: Visitor, claims: list[Record]) -> None:
    visitor.visit("claims/")
    _, rows, _ = download(visitor.page)
    assert sorted(row["id"] for row in rows) == sorted(claim["id"] for claim in claims)


@pytest.mark.parametrize("start", list("=+-@\t"))
def test_a_cell_that_a_spreadsheet_would_run_is_defused(visitor: Visitor, start: str) -> None:
    visitor.visit("claims/?verdict=refuted")
    text = f'{start}SUM("1,2";\n3)'
    visitor.page.locator("#claims-list li:visible").first.evaluate(
        "(item, text) => { item.dataset.label = text }", text
    )
    _, rows, _ = download(visitor.page)
    assert rows[0]["text"] == f"'{text}"
    assert not rows[1]["text"].startswith("'")


# --- for everybody ---


def test_without_script_everything_is_listed_and_no_filter_is_shown(
    browser: Browser, site_address: str, built_site: Tree
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in ("claims", "sources", "entities"):
        page.goto(f"{site_address}/{name}/?verdict=refuted&type=person")
        keys = page.locator(f"#{name}-list [data-key]:visible").evaluate_all("all => all.map(item => item.dataset.key)")
        typed = {record["id"] for record in built_site.records(name)}
        if name == "sources":
            typed |= {path.stem for path in (built_site.content / "sources").glob("*.md")}
        assert set(keys) == typed
        expect(page.locator("form.filters")).to_be_hidden()
    context.close()


def test_the_keyboard_alone_filters_orders_and_keeps_its_place(visitor: Visitor, claims: list[Record]) -> None:
    visitor.visit("claims/")
    page, keys = visitor.page, visitor.page.keyboard
    focused = "document.activeElement.value || document.activeElement.textContent.trim()"
    page.locator("form.filters select").focus()
    keys.press("o")  # Oldest first
    assert page.url.endswith("?sort=date")
    assert page.evaluate(focused) == "date"
    for _ in range(1 + page.locator("form.filters summary").count()):  # before the order stand Reset and the groups
        keys.press("Shift+Tab")
    assert page.evaluate(focused) == "Verdict"
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    assert page.evaluate(focused) == "supported"
    supported = matching(claims, {"verdict": {"supported"}})
    expect(status(page)).to_have_text(f"{len(supported)} of {len(claims)} claims")
    keys.press("Escape")
    assert page.evaluate(focused).startswith("Verdict")
    expect(group(page, "Verdict").get_by_role("checkbox").first).to_be_hidden()
    keys.press("Tab")
    assert page.evaluate(focused) == "Kind"


def test_an_open_group_closes_when_the_reader_goes_elsewhere(visitor: Visitor) -> None:
    visitor.visit("claims/")
    page = visitor.page
    choose(page, "Verdict", "Refuted")
    expect(group(page, "Verdict").get_by_role("checkbox").first).to_be_visible()
    page.locator("h1").click()
    expect(group(page, "Verdict").get_by_role("checkbox").first).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_and_narrowed_list_has_no_accessibility_violation(visitor: Visitor, scheme: str, width: int) -> None:
    page = visitor.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    visitor.visit("claims/?verdict=refuted&sort=-date")
    group(page, "Verdict").locator("summary").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_the_page_comes_to_life(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.visit("claims/")
    shifted = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
        .observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done([]), 500))"""
    assert visitor.page.evaluate(shifted) == []


# --- other lists, other modes ---

LISTS: dict[str, tuple[str, Callable[[Record], bool]]] = {
    "sources of one genre": ("sources/?genre=wire", lambda source: source["genre"] == "wire"),
    "sources in Russian": ("sources/?language=ru", lambda source: source["language"] == "ru"),
    "sources of an outlet": ("sources/?outlet=ukrainska-pravda", lambda source: source["outlet"] == "ukrainska-pravda"),
    "people": ("entities/?type=person", lambda entity: entity["type"] == "person"),
    "outlets and places": (
        "entities/?type=outlet&type=place",
        lambda entity: entity["type"] in {"outlet", "place"},
    ),
}


@pytest.mark.parametrize(("address", "holds"), LISTS.values(), ids=LISTS.keys())
def test_sources_and_names_are_filtered_as_their_records_say(
    visitor: Visitor, built_site: Tree, address: str, holds: Callable[[Record], bool]
) -> None:
    name = address.split("/", maxsplit=1)[0]
    expected = {record["id"] for record in built_site.records(name) if holds(record)}
    visitor.visit(address)
    stored = {path.stem for path in (built_site.content / name).glob("*.md")}
    assert expected
    assert set(shown(visitor.page, name)) - stored == expected


def test_sources_that_are_cited_most_and_names_in_one_alphabet_come_first(visitor: Visitor) -> None:
    visitor.visit("sources/?sort=-count")
    told = visitor.page.locator("#sources-list li:visible > .note").all_inner_texts()
    times = [int(found[1]) if (found := re.search(r"cited (\d+) times", words)) else "once" in words for words in told]
    assert times == sorted(times, reverse=True)
    visitor.visit("entities/?sort=label")
    names = visitor.page.locator("#entities-list li:visible > a").all_inner_texts()
    assert names == visitor.page.evaluate("names => [...names].sort(new Intl.Collator('en').compare)", names)
    assert Counter(names).total() > 100


def test_a_page_may_keep_what_does_not_match_in_place(visitor: Visitor, claims: list[Record]) -> None:
    page, every = visitor.page, {claim["id"] for claim in claims}
    refuted = matching(claims, {"verdict": {"refuted"}})
    marked = {min(refuted), min(every - refuted)}
    picture = f"<svg id='picture'>{''.join(f'<g data-key={one}></g>' for one in marked)}</svg></main>"

    def dim(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('data-csv="claims.csv"', 'data-mode="dim"').replace("</main>", picture)
        route.fulfill(response=answer, body=body)

    page.route("**/claims/?*", dim)
    visitor.visit("claims/?verdict=refuted")
    assert set(shown(page)) == every
    keys = "all => all.map(item => item.dataset.key)"
    assert set(page.locator("#claims-list .out").evaluate_all(keys)) == every - refuted
    assert set(page.locator("#picture .out").evaluate_all(keys)) == marked - refuted


def test_other_scripts_hear_of_every_change(visitor: Visitor, claims: list[Record]) -> None:
    page = visitor.page
    page.add_init_script("window.heard = []; addEventListener('factsheet:filtered', event => heard.push(event.detail))")
    visitor.visit("claims/?verdict=refuted")
    page.get_by_role("button", name="Reset").click()
    expect(status(page)).to_have_text(f"{len(claims)} claims")
    refuted = len(matching(claims, {"verdict": {"refuted"}}))
    heard = page.evaluate("heard")
    assert heard[0] == {"shown": refuted, "total": len(claims)}
    assert heard[-1] == {"shown": len(claims), "total": len(claims)}
