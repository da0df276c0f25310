"""Every page of a tiny made-up site, as Markdown that a person can read, and what no content may do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import ROOT, SAMPLE

from generator import checks, load, paths
from generator.decode import decode
from generator.derive import derive
from generator.dialect import render_page
from generator.filters import curl_quotes, write_address
from generator.link import link
from generator.pages import Download, PlannedPage, plan
from generator.records import SITE_PAGES
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from generator.derive import Views
    from generator.documents import Document
    from generator.link import Library

GOLDEN = ROOT / "tests" / "golden"
TODAY = date(2031, 7, 3)
TEMPLATES = load.read_templates(ROOT)
DOWNLOADS = (
    Download("data/records.json", "records.json", "Every record.", 48_213, "Whole data set", "jq .claims records.json"),
)


def read_library(documents: tuple[Document, ...]) -> tuple[Library, Views]:
    decoded, undecoded = decode(documents)
    library, unlinked = link(decoded)
    assert library is not None
    assert [d for d in (*undecoded, *unlinked) if d.severity == "error"] == []
    return library, derive(library, TODAY)


def render_all(library: Library, views: Views) -> Mapping[str, str]:
    texts, problems = render(plan(library, views, DOWNLOADS), TEMPLATES)
    assert problems == ()
    return texts


DOCUMENTS, UNREAD = load.read(SAMPLE)
LIBRARY, VIEWS = read_library(DOCUMENTS)
PAGES = render_all(LIBRARY, VIEWS)


def body_of(text: str) -> str:
    return text.split("\n---\n", 1)[1]


def meta_of(text: str) -> dict[str, Any]:
    front_matter: dict[str, Any] = yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))
    return front_matter


def html_of(path: str, pages: Mapping[str, str] = PAGES) -> str:
    return render_page(body_of(pages[path])).html


def links_of(path: str, pages: Mapping[str, str] = PAGES) -> Iterator[tuple[str, str]]:
    """The pages (by path) and anchors that a page links to within the site."""
    for address in re.findall(r'href="([^"]*)"', html_of(path, pages)):
        if re.match(r"[a-z]+:", address):
            continue
        target, _, anchor = address.partition("#")
        yield (normpath(join(dirname(path), target)) if target else path), anchor


# --- the pages as they are ---


def test_the_sample_has_no_error() -> None:
    assert UNREAD == ()
    assert [d for d in checks.run(LIBRARY, VIEWS) if d.severity == "error"] == []


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_page_is_what_it_was(path: str, assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(GOLDEN / path, PAGES[path])


def test_no_page_is_missing_and_none_is_left_over() -> None:
    assert sorted(p.relative_to(GOLDEN).as_posix() for p in GOLDEN.rglob("*.md")) == sorted(PAGES)


def test_the_sample_uses_every_kind_and_every_verdict() -> None:
    words = LIBRARY.vocabulary
    assert {claim.kind for claim in LIBRARY.claims.values()} == set(words.kinds)
    assert {claim.verdict for claim in LIBRARY.claims.values()} == set(words.verdicts)


def test_pages_do_not_depend_on_the_day_of_the_build_where_nothing_is_overdue() -> None:
    tomorrow = derive(LIBRARY, date(2031, 7, 4))
    assert render_all(LIBRARY, tomorrow) == PAGES


# --- links ---


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_link_leads_to_a_page_and_an_anchor_that_exist(path: str) -> None:
    files = {download.path for download in DOWNLOADS}
    broken = [
        f"{target}#{anchor}"
        for target, anchor in links_of(path)
        if target not in files
        and (target not in PAGES or (anchor and anchor not in render_page(body_of(PAGES[target])).anchors))
    ]
    assert broken == []


@pytest.mark.parametrize("key", sorted(LIBRARY.located))
def test_a_record_links_to_everything_that_refers_to_it(key: tuple[str, str]) -> None:
    referrers = {paths.page_path(r.kind, r.id) for r in LIBRARY.references_to(*key)}
    assert referrers - {target for target, _ in links_of(paths.page_path(*key))} == set()


def test_a_quotation_leads_to_its_passage_and_the_passage_back() -> None:
    claim, source = "claims/bridge-is-safe.md", "sources/marn-courier-2031-04-03.md"
    assert (source, "q1-bridge-is-safe") in links_of(claim)
    assert (claim, "seen-1") in links_of(source)
    marked = re.search(r'<span id="q1-bridge-is-safe">(.*)</span>', html_of(source))
    assert marked is not None
    assert re.sub(r"<[^>]+>", "", marked[1]) == "It is perfectly safe to walk on"


def test_an_old_id_leads_to_the_record() -> None:
    text = PAGES["claims/bridge-shut.md"]
    assert meta_of(text)["moved_to"] == "claims/bridge-closed/"
    assert "(bridge-closed.md)" in text
    assert "search" not in meta_of(text)


# --- what every page owes its readers ---


@pytest.mark.parametrize("path", sorted(PAGES))
def test_headings_begin_with_one_h1_leave_no_level_out_and_have_ids(path: str) -> None:
    headings = render_page(body_of(PAGES[path])).headings
    levels = [heading.level for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [heading.text for heading in headings if not heading.id] == []


@pytest.mark.parametrize("path", sorted(PAGES))
def test_no_anchor_is_used_twice(path: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html_of(path))
    assert sorted(ids) == sorted(set(ids))


def test_no_two_pages_share_a_title() -> None:
    titles = [meta_of(text)["title"] for text in PAGES.values()]
    assert sorted(titles) == sorted(set(titles))


def test_only_records_and_written_pages_are_searched() -> None:
    indexed = {meta_of(text)["kind"] for text in PAGES.values() if "search" in meta_of(text)}
    assert indexed == {"claim", "source", "event", "entity", "topic", "page"}


def test_no_front_matter_chooses_a_template() -> None:
    assert {key for text in PAGES.values() for key in meta_of(text)} == {
        "title", "description", "kind", "crumbs", "search", "moved_to", "scripts", "sign",
    }  # fmt: skip


# --- other people's words ---


@pytest.mark.parametrize(
    "words",
    [
        "Nobody was seen at the toll house",  # unchecked
        "The river was high that week",  # skipped
        "all traffic since Tuesday. Clerk",  # across the edge of a quotation
        "Mr Lind expects",  # before one
        "We can do the work",  # quoted, but the source may not be shown
        "scaffolding included",
    ],
)
def test_what_may_not_be_shown_is_on_no_page(words: str) -> None:
    stored = " ".join(text.text for text in LIBRARY.texts.values())
    assert words in stored
    assert [path for path, text in PAGES.items() if words in text] == []


def test_a_text_published_in_full_is_shown_in_full() -> None:
    shown = re.sub(r"<[^>]+>", "", html_of("sources/council-minutes-2031-04-01.md"))
    for block in LIBRARY.texts["council-minutes-2031-04-01"].blocks:
        assert LIBRARY.texts["council-minutes-2031-04-01"].text[block.start : block.end] in shown


# --- content is data ---

HOSTILE = (  # short enough for the shortest field
    "<script>alert(1)</script><b onclick=x>",
    "[x](javascript:alert(1)) <https://evil.example>",
    "![i](https://evil.example/i.png)",
    "# Big {#stolen .verdict}",
    "a ]{#stolen .verdict} b {#stolen}",
    "::: details\n\n# Big\n\n:::",
    "```verdict-bar\nx: 1\n```",
    "1. {.phase-done}\n\n> quoted | cell |",
    "{{ 7*7 }} {% raw %} {/* x */}",
    "x\n---\ntemplate: 404.html\n---\n# Big",
    "**a *b _c` ``d \\ <!-- &lt;u&gt; &amp;",
)
TEXT_FIELDS = frozenset(
    {
        "says", "why", "missing", "unknown", "finding", "title", "name", "names", "description", "summary", "question",
        "answer", "text", "note", "discount", "unnamed", "where", "terms", "was", "now", "authors", "by", "publisher",
        "label", "definition", "reading_note",
    },
)  # fmt: skip


def poison(node: object, payload: str, *, is_text: bool = False) -> Any:
    """Replace every text that an editor writes; ids, dates, addresses and quotations stay."""
    if isinstance(node, dict):
        return {
            key: poison(
                value,
                payload,
                is_text=(key in TEXT_FIELDS and not (key == "was" and isinstance(value, list))) or is_text,
            )
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [poison(item, payload, is_text=is_text) for item in node]
    return payload if is_text and isinstance(node, str) and not re.fullmatch(r"[a-z0-9-]+", node) else node


def shape_of(html: str) -> list[tuple[str, str]]:
    """The blocks, pictures and marks of a page, with their ids."""
    tags = re.findall(r"<(h\d|div|section|ol|ul|li|blockquote|figure|svg|details|pre|mark|table|img)\b([^>]*)", html)
    return [(tag, "".join(re.findall(r' id="([^"]*)"', rest))) for tag, rest in tags]


def pages_with(payload: str) -> Mapping[str, str]:
    return render_all(*read_library(tuple(replace(d, data=poison(d.data, payload)) for d in DOCUMENTS)))


@pytest.fixture(scope="module")
def plain_pages() -> Mapping[str, str]:
    return pages_with("Plain words")


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_content_becomes_markup(payload: str, plain_pages: Mapping[str, str]) -> None:
    pages = pages_with(payload)
    assert pages.keys() == PAGES.keys()
    for path in sorted(PAGES):
        html = html_of(path, pages)
        assert shape_of(html) == shape_of(html_of(path, plain_pages)), path
        assert not re.search(r"<script|<b onclick|<!--|<u>", html), path
        assert not re.search(r'(?:href|src)="(?:javascript|data):|src="https?:|id="stolen"|>49\b', html), path
        assert meta_of(pages[path]).keys() == meta_of(PAGES[path]).keys(), path
    poisoned = sum(payload.partition("\n")[0][:7] in str(meta_of(text)) for text in pages.values())
    assert poisoned > len(pages) / 3


# --- pictures ---


def test_a_coverage_strip_says_its_counts_in_words() -> None:
    html = render_page("```coverage-strip\nsentences: ccsu\n```").html
    legend = re.findall(r"<li>.*?</svg><b>(\d+)</b> (\w+)</li>", html)
    assert legend == [("2", "cited"), ("1", "skipped"), ("1", "unchecked")]
    assert re.findall(r'class="(cited|skipped|unchecked)" x="([\d.]+)"', html)[:4] == [
        ("cited", "0.5"), ("cited", "150.5"), ("skipped", "300.5"), ("unchecked", "450.5"),
    ]  # fmt: skip
    assert "style" not in html


def test_a_coverage_strip_of_unknown_states_is_a_fault_of_the_template() -> None:
    with pytest.raises(ValueError, match="no state of a sentence: 'x'"):
        render_page("```coverage-strip\nsentences: cx\n```")


# --- templates that are wrong ---


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("# {{ title }}\n\n{% if %}\n", 3, "Expected an expression"),
        ("# {{ title }}\n\n{{ no_such_name }}\n", 3, "'no_such_name' is undefined"),
        ("# {{ title }}\n{{ none }}\n", 2, "a template printed a value of type NoneType"),
        ("\n{% include 'parts/none.md.jinja' %}", 2, "there is no template parts/none.md.jinja"),
    ],
)
def test_a_broken_template_is_named_with_its_line(template: str, line: int, said: str) -> None:
    page = PlannedPage("x.md", "pages/x.md.jinja", {"title": "X"}, {"title": "X", "none": None})
    texts, problems = render([page], {"pages/x.md.jinja": template})
    assert texts == {}
    (problem,) = problems
    assert (problem.place.path, problem.place.line) == ("templates/pages/x.md.jinja", line)
    assert said in problem.message


# --- addresses ---


@pytest.mark.parametrize(
    ("here", "there", "anchor", "expected"),
    [
        ("index.md", "claims/a.md", "", "claims/a.md"),
        ("claims/a.md", "index.md", "", "../index.md"),
        ("claims/a.md", "claims/b.md", "seen-1", "b.md#seen-1"),
        ("claims/a.md", "claims/a.md", "why", "#why"),
        ("timeline/topics/t.md", "topics/t.md", "", "../../topics/t.md"),
    ],
)
def test_links_are_relative(here: str, there: str, anchor: str, expected: str) -> None:
    assert paths.link(here, there, anchor) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("index.md", ""), ("claims/index.md", "claims/"), ("claims/a.md", "claims/a/"), ("about.md", "about/")],
)
def test_a_page_has_one_address(path: str, expected: str) -> None:
    assert paths.page_url(path) == expected


def test_no_record_or_written_page_takes_the_place_of_a_list() -> None:
    assert paths.page_path("claim", "index") != paths.CLAIMS
    assert paths.hand_page_path("claims") == "pages/claims.md"
    assert paths.hand_page_path("about") == "about.md"


def test_an_address_cannot_end_its_link() -> None:
    assert write_address("https://a.example/(x) y>") == "https://a.example/%28x%29%20y%3E"


# --- quotation marks in our own prose ---


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('a "confidence-building measure".', "a “confidence-building measure”."),
        ("the outlet's 'own' words", "the outlet’s ‘own’ words"),
        ('"\'a\' b" and "c"', "“‘a’ b” and “c”"),
        ('[it "is"](claim:x-y) `"code"` \\"kept\\"', '[it “is”](claim:x-y) `"code"` \\"kept\\"'),
        ("„so“ and “so”", "„so“ and “so”"),
    ],
)
def test_straight_quotation_marks_of_our_prose_become_typographic(typed: str, shown: str) -> None:
    assert curl_quotes(typed) == shown


def test_every_page_that_a_link_may_name_has_an_address_and_is_planned() -> None:
    assert set(paths.NAMED) == SITE_PAGES
    assert set(paths.NAMED.values()) <= set(PAGES)
