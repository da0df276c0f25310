"""Filters of a list: the form, what it offers with which counts, and lists too long for one page."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE
from hypothesis import given
from hypothesis import strategies as st

from generator import dates, load, pipeline
from generator.dialect import render_page
from generator.dialect.fences.filters import draw_filters
from generator.pages import open_site
from generator.pages.choices import Facet, Item, date_keys, filters_payload, slug, year_facet
from generator.pages.explorer import NO_SHEET, plan_claims, plan_claims_of
from generator.pages.lists import plan_entities, plan_sources
from generator.pages.parts import MOST, section_of, split
from generator.pages.planned import PlannedPage
from generator.paths import CLAIMS
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = date(2031, 7, 3)
HOSTILE = '<script>canary(1)</script> "quoted" {{ 7*6 }} ``` ![x](y) \u2028 \x85 {.c #i}'

# --- the form ---

PAYLOAD = """
{"for": "claims-list", "title": "Narrow down", "one": "claim", "many": "claims", "total": 1232, "csv": "claims.csv"}
{"name": "verdict", "title": "Verdict", "options": [["supported", "Supported", 47, "check"], ["refuted", "Refuted", 14]]}
{"name": "sort", "title": "Order", "options": [["", "As listed"], ["-date", "Newest first"]]}
"""
FORM = """
<form class="filters" aria-label="Narrow down" autocomplete="off" data-for="claims-list" data-one="claim"
  data-many="claims" data-csv="claims.csv" data-pagefind-ignore="all">
<div class="groups"><details><summary>Verdict <b></b></summary><div role="group" aria-label="Verdict">
<label><input type="checkbox" name="verdict" value="supported"><span class="verdict verdict-check">Supported</span> <b>47</b></label>
<label><input type="checkbox" name="verdict" value="refuted"><span>Refuted</span> <b>14</b></label>
</div></details></div>
<div class="state"><output>1,232 claims</output><button type="reset">Reset</button>
<label>Order <select name="sort"><option value="">As listed</option><option value="-date">Newest first</option></select></label>
<button type="button" aria-label="Download as CSV">CSV</button></div>
</form>
"""


def test_a_form_of_native_controls_is_drawn_with_counts() -> None:
    assert draw_filters(PAYLOAD) == re.sub(r"\n *(?=<)", "", FORM).replace("\n ", "").strip()


def test_words_of_content_are_escaped_in_the_form() -> None:
    head = {"for": HOSTILE, "title": HOSTILE, "one": HOSTILE, "many": HOSTILE, "total": 2, "csv": HOSTILE}
    group = {"name": "verdict", "title": HOSTILE, "options": [["a", HOSTILE, 1]], "note": HOSTILE}
    form = draw_filters("\n".join(map(json.dumps, (head, group))))
    assert "<script" not in form
    places = ["title", "for", "one", "many", "csv", "status", "summary", "name of the group", "option", "note"]
    assert form.count("&lt;script&gt;") == len(places)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("", "no first line"),
        ("{}", "the filters lack 'for', 'title', 'one', 'many', 'total'"),
        (
            '{"for": "x", "title": "x", "one": "x", "many": "x", "total": 1}\n{"name": "x"}',
            "'title' of a group, 'options'",
        ),
        (PAYLOAD.replace('"refuted"', '"re futed"'), "'verdict' is empty or holds a blank: \"re futed\""),
        (PAYLOAD.replace('"refuted"', '""'), "'verdict' is empty or holds a blank"),
        ("[1]", "every line of the block must be a JSON object"),
    ],
)
def test_a_payload_that_cannot_be_drawn_is_refused(payload: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        draw_filters(payload)


# --- what is offered ---

ITEMS = [
    Item("a", {"verdict": ("supported",), "kind": ("fact",), "entity": ("ukraine", "russia"), "year": ("2025",)}),
    Item("b", {"verdict": ("supported",), "kind": ("fact",), "entity": ("ukraine",), "year": ("2024", "2025")}),
    Item("c", {"verdict": ("refuted",), "kind": ("fact",), "entity": ("peskov", "ukraine"), "year": ()}),
]
VERDICTS = Facet(
    "verdict",
    "Verdict",
    {"refuted": "Refuted", "unchecked": "Unchecked", "supported": "Supported"},
    {"refuted": "cross"},
)
NAMES = {"peskov": "Peskov", "russia": "Russia", "ukraine": "Ukraine"}


def rows_of(*facets: Facet, items: list[Item] = ITEMS, **extra: str) -> list[dict[str, object]]:
    lines = filters_payload(items, facets, target="x-list", one="claim", many="claims", **extra)  # type: ignore[arg-type]
    return [json.loads(line) for line in lines]


def test_options_are_counted_and_stand_in_the_order_of_their_labels() -> None:
    assert rows_of(VERDICTS, year_facet(ITEMS)) == [
        {"for": "x-list", "title": "Narrow down", "one": "claim", "many": "claims", "total": 3},
        {
            "name": "verdict",
            "title": "Verdict",
            "options": [["refuted", "Refuted", 1, "cross"], ["supported", "Supported", 2]],
        },
        {"name": "year", "title": "Year", "options": [["2025", "2025", 2], ["2024", "2024", 1]]},
    ]


def test_of_many_values_the_commonest_are_offered_and_it_is_said_how_many_there_are() -> None:
    who = Facet("entity", "Who", NAMES, most=2, noun="people")
    options = [["ukraine", "Ukraine", 3], ["peskov", "Peskov", 1]]
    assert rows_of(who)[1] == {
        "name": "entity",
        "title": "Who",
        "options": options,
        "note": "The 2 most frequent of 3 people.",
    }


def test_a_facet_that_tells_nothing_apart_and_a_list_of_one_have_no_filter() -> None:
    assert len(rows_of(Facet("kind", "Kind", {"fact": "Fact"}), Facet("topic", "Fact sheet", {"x": "X"}))) == 1
    assert rows_of(VERDICTS, items=ITEMS[:1]) == []


def test_what_is_typed_in_a_record_stays_text_through_template_and_page() -> None:
    facet = Facet("entity", HOSTILE, {"peskov": HOSTILE})
    template = (
        '{% include "parts/filters.md.jinja" %}\n::: list {#x-list}\n{.c}\n- { {{- item.data | data }}}\n  x\n:::\n'
    )
    templates = {**load.read_templates(ROOT), "pages/x.md.jinja": template}
    item = Item("a", {"verdict": ('"><script> {x}',)}, {"label": HOSTILE})
    filters = filters_payload(ITEMS, [facet], target="x-list", one="claim", many=HOSTILE)
    pages, problems = render(
        [PlannedPage("x.md", "pages/x.md.jinja", {}, {"filters": filters, "item": item})], templates
    )
    html = render_page(pages["x.md"]).html
    assert problems == ()
    assert "<script" not in html
    assert 'data-verdict="%22%3E%3Cscript%3E%20%7Bx%7D"' in html
    assert "<li data-key=" in html
    places = ["noun", "status", "title", "name of the group", "option", "label of the item"]
    assert html.count("&lt;script&gt;canary(1)&lt;/script&gt;") == html.count("{{ 7*6 }}") == len(places)


@given(st.lists(st.text(min_size=1), unique=True))
def test_values_in_attributes_hold_no_blank_and_stay_different(values: list[str]) -> None:
    written = [slug(value) for value in values]
    assert all(one.split() == [one] for one in written)
    assert len(set(written)) == len(values)


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_an_id_is_its_own_value(one: str) -> None:
    assert slug(one) == one


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("2025-05-22", {"date": "2025-05-22", "when": ""}),
        ("2025-05~", {"date": "2025-05-01", "when": "2025-05~"}),
        ("2025-05-23/2025-05-25", {"date": "2025-05-23", "when": "2025-05-23/2025-05-25"}),
        ("../2025-06-08", {"date": "2025-06-08", "when": "../2025-06-08"}),
    ],
)
def test_a_date_is_sorted_by_its_first_known_day_and_kept_as_typed(typed: str, keys: Mapping[str, str]) -> None:
    assert date_keys(dates.parse(typed)) == keys


def test_nothing_is_sorted_by_a_date_that_is_not_there() -> None:
    assert date_keys(None) == {}


# --- long lists ---


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 12))
def test_a_long_list_is_cut_without_losing_a_row(sizes: list[int], most: int) -> None:
    sections = [section_of(f"s{n}", f"S {n}", [(n, row) for row in range(size)]) for n, size in enumerate(sizes)]
    whole, parts = split(sections, "claims/index.md", most)
    shown = [row for section in whole for row in section.rows] + [row for part in parts for row in part.section.rows]
    assert sorted(shown) == [row for section in sections for row in section.rows]
    assert sum(len(section.rows) for section in whole) <= most
    assert all(0 < len(part.section.rows) <= most for part in parts)
    assert len({part.path for part in parts}) == len(parts)
    assert [link.path for section in whole for link in section.parts] == [part.path for part in parts]


def test_a_part_says_which_rows_it_has_and_where_it_stands() -> None:
    sections = [section_of("exchange-1000", "The exchange", list("abcde")), section_of("no-sheet", "No sheet", ["f"])]
    whole, parts = split(sections, "claims/index.md", 2)
    assert [(part.path, part.title) for part in parts] == [
        ("claims/exchange-1000-.md", "The exchange, 1–2"),
        ("claims/exchange-1000-/2.md", "The exchange, 3–4"),
        ("claims/exchange-1000-/3.md", "The exchange, 5"),
        ("claims/no-sheet-.md", "No sheet"),
    ]
    assert [(link.path, link.label) for section in whole for link in section.parts] == [
        (p.path, p.title) for p in parts
    ]


def lists_of(most: int) -> dict[str, str]:
    """The lists of the sample as Markdown by path, with so many rows on a page."""
    checked = pipeline.check(SAMPLE, today=TODAY)
    assert checked.library
    assert checked.views
    site = open_site(checked.library, checked.views)
    planned = [*plan_claims(site, most), *plan_sources(site, most), *plan_entities(site, most)]
    planned += [page for one in (*checked.library.topics, NO_SHEET) for page in plan_claims_of(site, one, most)]
    pages, problems = render(planned, load.read_templates(ROOT))
    assert problems == ()
    return dict(pages)


def test_no_page_of_a_list_has_more_rows_than_it_may_and_every_record_is_on_one() -> None:
    rows = {path: re.findall(r'^- \{ data-key="([^"]+)"', text, re.MULTILINE) for path, text in lists_of(3).items()}
    library = pipeline.check(SAMPLE, today=TODAY).library
    assert library
    assert {path: len(found) for path, found in rows.items() if len(found) > 3} == {}
    assert sum(len(found) for found in rows.values()) > 3
    for folder, records in (("claims", library.claims), ("sources", library.sources), ("entities", library.entities)):
        assert sorted({key for path, found in rows.items() if path.startswith(folder) for key in found}) == sorted(
            records
        )


def test_a_list_that_is_cut_keeps_its_anchors_and_leads_to_its_parts() -> None:
    whole, cut = lists_of(MOST)[CLAIMS], lists_of(3)[CLAIMS]
    sheet = "{#sheet-mill-bridge-repair}"
    assert sheet in whole
    assert sheet in cut
    assert "(mill-bridge-repair-.md)" in cut
    assert "mill-bridge-repair-.md" not in whole
    assert "```filters" in whole
    assert "```filters" not in cut
