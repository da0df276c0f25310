"""A crowded site: no page grows without bound, everything can be reached by links, and links find their anchors."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_cases import SITE
from test_derive import ENTITIES, SOURCES, TEXT

from generator import load
from generator.decode import decode
from generator.derive import Cited, derive
from generator.derive.places import CORRECTIONS_A_PAGE, READINGS_A_PAGE
from generator.documents import parse
from generator.link import link
from generator.pages import plan
from generator.pages.parts import MOST, leaf_through, part_path
from generator.pages.timeline import MOST as MOST_EVENTS
from generator.paths import CLAIMS, leaf_path, page_path
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.derive import Views
    from generator.link import Library

SHEETS, CLAIMS_OF_A = 60, MOST + 30
FIRST = date(2024, 1, 1)
HEAVIEST = 160_000
"""No page of a crowded site has more characters of Markdown."""


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def verdict_log(number: int) -> list[dict[str, str]]:
    """A claim that is judged, and judged anew on a day of its own."""
    first = {"on": day(0), "verdict": "unchecked", "note": "Typed."}
    return [first, {"on": day(1 + number % 100), "verdict": "not-enough-evidence", "note": "Looked at."}]


@cache
def crowded() -> tuple[Library, Views, Mapping[str, str]]:
    """One source, one outlet and one sheet on which everything meets, many other sheets, events and corrections."""
    seen = [{"in": "courier-1", "finding": "It says so.", "chain": "own"}]
    quoted = [{"in": "stored", "quote": "Nobody knows the reason", "chain": ["ferryman"]}]
    rows = [
        {
            "id": f"c-{number}",
            "says": f"Statement {number} is so.",
            "kind": "fact",
            "topics": ["t-0"] if number < CLAIMS_OF_A else [f"t-{number % SHEETS}"],
            "about": ["bridge", "ferryman"],
            "when": day(number % 50),
            "seen": quoted if number % 5 == 0 else seen,
            "verdict": "not-enough-evidence",
            "unknown": ["What is the reason?"],
            "log": verdict_log(number),
            "contradicts": [{"claim": f"c-{number + 1}", "as": "rival", "why": "Not both."}] if number % 4 == 0 else [],
        }
        for number in range(CLAIMS_OF_A + 120)
    ]
    topics = [
        {
            "id": f"t-{number}",
            "title": f"Sheet {number}",
            "question": "Is it so?",
            "answer": "Nobody knows.",
            "lead": [],
            "parties": ["lower-brook", "upper-brook"],
            "questions": [{"id": "q", "text": "Why?", "claims": ["c-1", "c-251"]}],
        }
        for number in range(SHEETS)
    ]
    events = [
        {
            "id": f"e-{number}",
            "title": f"Event {number}",
            "when": day(number % 300),
            "phase": "done",
            "where": "bridge",
            "topics": ["t-0"],
            "rests_on": ["c-0"],
        }
        for number in range(MOST + MOST_EVENTS)
    ]
    corrections = [
        {"on": day(number), "records": [f"claim:c-{number % 20}"], "kind": "update", "was": "a", "now": f"b {number}", "why": "More is known."}
        for number in range(2 * CORRECTIONS_A_PAGE + 10)
    ]  # fmt: skip
    typed = {"claims/b.yml": rows, "topics/b.yml": topics, "events/b.yml": events, "corrections.yml": corrections}
    library = read({name: json.dumps(records) for name, records in typed.items()})
    views = derive(library, date(2025, 1, 15))
    pages, problems = render(plan(library, views), load.read_templates(ROOT))
    assert problems == ()
    return library, views, dict(pages)


def read(typed: Mapping[str, str]) -> Library:
    """Link the small world of other tests with more files."""
    files = {"entities/a.yml": ENTITIES, "sources/a.yml": SOURCES, "sources/stored.md": TEXT, **typed}
    parsed = [parse(f"content/{name}", text.encode()) for name, text in files.items()]
    settings = [one for one in load.read(SITE)[0] if one.path in ("content/settings.yml", "content/vocabulary.yml")]
    records, _ = decode((*settings, *(document for document, _ in parsed if document)))
    library, problems = link(records)
    assert problems == ()
    assert library
    return library


def targets(path: str, text: str) -> list[tuple[str, str]]:
    """List the pages and anchors that the links of a page lead to."""
    found = re.findall(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)", text)
    return [(normpath(join(dirname(path), to)) if to else path, anchor) for to, anchor in found]


def anchors(text: str) -> set[str]:
    return {one for attributes in re.findall(r"\{([^{}]*)\}", text) for one in re.findall(r"#([^\s#]+)", attributes)}


def test_every_link_of_a_crowded_site_finds_its_page_and_its_anchor() -> None:
    _, _, pages = crowded()
    known = {path: anchors(text) for path, text in pages.items()}
    broken = {
        f"{path} -> {to}#{anchor}"
        for path, text in pages.items()
        for to, anchor in targets(path, text)
        if to.endswith(".md") and (to not in known or (anchor and anchor not in known[to]))
    }
    assert sorted(broken)[:10] == []


def test_every_page_of_a_crowded_site_can_be_reached_from_the_home_page() -> None:
    _, _, pages = crowded()
    reached, waiting = set(), ["index.md", *(f"{name}/index.md" for name in ("claims", "sources", "topics", "timeline", "entities", "events", "contradictions", "corrections", "method", "data", "search"))]  # fmt: skip
    while waiting:
        path = waiting.pop()
        if path in pages and path not in reached:
            reached.add(path)
            waiting += [to for to, _ in targets(path, pages[path])]
    assert sorted(pages.keys() - reached)[:10] == []


def test_no_page_of_a_crowded_site_is_too_heavy() -> None:
    _, _, pages = crowded()
    assert {path: len(text) for path, text in pages.items() if len(text) > HEAVIEST} == {}


@pytest.mark.parametrize(
    "path",
    [
        "sources/courier-1/2.md",
        "corrections/2024/2.md",
        "corrections/2024/3.md",
        "contradictions/-/2.md",
        "topics/-/2.md",
        "claims/-/2.md",
        "claims/t-0-/2.md",
        "topics/t-0/as-of/-/2.md",
        "entities/bridge/referred-claim-about.md",
        "timeline/2024/2.md",
    ],
)
def test_lists_that_are_too_long_go_on(path: str) -> None:
    assert path in crowded()[2]


@pytest.mark.parametrize("path", ["claims/index.md", "claims/-/2.md"])
def test_no_two_links_of_the_claims_of_all_sheets_say_the_same_and_lead_elsewhere(path: str) -> None:
    found = set(re.findall(r"\[([^\[\]]+)\]\(([^)#]+)\)", crowded()[2][path]))
    assert len(found) > 20
    assert len({words for words, _ in found}) == len(found)


def test_what_a_source_is_cited_for_stands_once_on_its_pages() -> None:
    library, _, pages = crowded()
    found = [
        anchor
        for path, text in pages.items()
        if path == "sources/courier-1.md" or re.fullmatch(r"sources/courier-1/\d+\.md", path)
        for anchor in re.findall(r"#(by-[^\s}]+)", text)
    ]
    citing = [one for one, claim in library.claims.items() if claim.seen[0].source == "courier-1"]
    assert sorted(found) == sorted(f"by-{Cited('claim', one, 'seen', 0).anchor}" for one in citing)
    assert len(found) > READINGS_A_PAGE


def test_a_correction_typed_later_moves_no_other() -> None:
    """The first page of a year keeps what it has: its address is for good."""
    library, views, pages = crowded()
    first = [c for c, _ in library.corrections if c.on.year == FIRST.year][:CORRECTIONS_A_PAGE]
    stands = re.findall(r"^## .*\{#(c-[^}]+)\}$", pages["corrections/2024.md"], re.MULTILINE)
    assert stands == [views.anchors[one] for one in reversed(first)]


@given(st.integers(0, 60), st.integers(1, 9), st.integers(0, 9))
def test_a_list_goes_on_without_losing_a_row(size: int, most: int, before: int) -> None:
    leaves = leaf_through(range(size), "topics/index.md", "Sheets", most, before)
    assert [row for leaf in leaves for row in leaf.rows] == list(range(size))
    assert all(len(leaf.rows) <= most for leaf in leaves)
    assert [leaf.path for leaf in leaves] == [leaf_path("topics/index.md", n) for n in range(1, len(leaves) + 1)]
    assert [link.path for link in leaves[0].parts] == [leaf.path for leaf in leaves[1:]]


def test_pages_of_a_list_are_named_by_their_rows_and_link_to_their_neighbours() -> None:
    first, second, third = leaf_through("abcde", "corrections/2025.md", "Corrections", 2)
    assert (first.path, first.range, [link.label for link in first.parts]) == (
        "corrections/2025.md", "", ["Corrections, 3–4", "Corrections, 5"]
    )  # fmt: skip
    assert (second.path, second.range, [link.path for link in second.parts]) == (
        "corrections/2025/2.md", "3–4", ["corrections/2025.md", "corrections/2025/3.md"]
    )  # fmt: skip
    assert (third.range, [link.label for link in third.parts]) == ("5", ["Corrections, 3–4"])


def test_no_record_can_stand_where_a_list_goes_on() -> None:
    assert leaf_path("topics/index.md", 2) == "topics/-/2.md"
    assert page_path("topic", "2") == "topics/2.md"
    assert part_path(CLAIMS, "t", 2) == "claims/t-/2.md"
