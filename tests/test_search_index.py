"""The search index: what is searched of a page, the parts of a large site, and what is indexed again after a change."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publish.search import split, write_index
from generator.publish.searched import extract

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Tree

FRAME = """<!DOCTYPE html>
<html lang="uk">
<head><title>Site</title></head>
<body><nav>Menu</nav><main>
<article data-pagefind-body>

<div hidden>
<span data-pagefind-meta="title[data-value]" data-value="A &lt;b&gt;"></span>

</div>
{body}
</article>
</main><footer>Foot</footer></body>
</html>"""
MARKS = '<div hidden><span data-pagefind-meta="title[data-value]" data-value="A &lt;b&gt;"></span></div>'

# What stands on a page, and what is searched of it.
SEARCHED = {
    "prose": ("<p>Two <em>small</em>\n words &amp; <a href='x'>a link</a>.</p>", ["<p>Two small words &amp; a link.</p>"]),
    "a heading with its anchor": (
        '<div class="heading"><h2 id="why">Why</h2><a class="permalink" data-pagefind-ignore="all">#</a></div><p>So.</p>',
        ['<h2 id="why">Why</h2>', "<p>So.</p>"],
    ),
    "headings without words": ('<h2 id="a">A</h2><h3 id="b">B</h3><h2 id="c">C</h2><p>c</p>', ['<h2 id="c">C</h2>', "<p>c</p>"]),
    "a citation": (
        """<h2 id="seen">Said</h2><div id="seen-1" class="citation"><blockquote><p>quoted</p></blockquote>
        <p class="from"><a href="x">Title of a source</a></p><ol class="route"><li>Reuters</li></ol></div>""",
        ['<h2 id="seen">Said</h2>', '<div id="seen-1"></div>', "<p>quoted</p>", "<p>Reuters</p>"],
    ),
    "a passage in a text": (
        '<p>[…] <span id="q1-a"><mark data-number="1">some words</mark></span><sup><a class="verdict verdict-check"></a></sup></p>',
        ['<p>[…] <span id="q1-a"></span>some words</p>'],
    ),
    "claims in a list": ('<ul class="claims same"><li>Another <ul><li>claim</li></ul></li></ul><p>own</p>', ["<p>own</p>"]),
    "a line that begins with a verdict": (
        '<p><span class="verdict verdict-check">Supported</span> <a href="x">Another claim.</a></p><p>Why not.</p>',
        ["<p>Why not.</p>"],
    ),
    "a picture": ("<figure><svg><text>drawn</text></svg></figure><p>own</p>", ["<p>own</p>"]),
    "an attribute that looks like markup": ('<p title="> <ul class=">one</p>', ["<p>one</p>"]),
    "words that look like an attribute": ('<p>one class="claims" data-pagefind-ignore two</p>', [
        '<p>one class="claims" data-pagefind-ignore two</p>'
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "searched"), SEARCHED.values(), ids=SEARCHED)
def test_of_a_page_its_own_words_are_searched(body: str, searched: list[str]) -> None:
    page = extract(FRAME.format(body=body))
    assert page is not None
    assert page.splitlines() == ['<html lang="uk">', "<body data-pagefind-body>", MARKS, *searched]


def test_a_page_that_the_theme_does_not_mark_is_not_searched() -> None:
    assert extract("<html><body><main><p>words</p></main></body></html>") is None


# --- parts ---


@settings(max_examples=30)
@given(st.integers(0, 1200), st.integers(20, 200))
def test_parts_hold_every_page_once_and_only_one_changes_when_a_page_is_added(count: int, most: int) -> None:
    *pages, added = paths(f"claims/{number}" for number in range(count + 1))
    before, after = split(pages, most), split([added, *pages], most)
    assert sorted(path for part in before.values() for path in part) == sorted(pages)
    touched = [name for name in before if before[name] != after.get(name)]
    assert len(touched) == 1
    made = [path for name in after if before.get(name) != after[name] for path in after[name]]
    assert sorted(made) == sorted([*before[touched[0]], added])


def test_a_small_site_is_one_part() -> None:
    assert list(split(f"{number}.html" for number in range(3_500))) == ["all"]


def write_pages(site: Path, words: dict[str, str]) -> None:
    for name, text in words.items():
        (site / name).mkdir(parents=True, exist_ok=True)
        (site / name / "index.html").write_text(FRAME.format(body=f"<h1>{name}</h1><p>{text}</p>"), "utf-8")


def found(index: Path) -> dict[str, str]:
    """What the index holds, by address."""
    pages = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in index.rglob("*.pf_fragment")
    ]
    assert len({page["url"] for page in pages}) == len(pages)
    return {page["url"]: page["content"] for page in pages}


def times(index: Path) -> dict[str, int]:
    """When each part was made, by its folder."""
    return {entry.parent.name: entry.stat().st_mtime_ns for entry in index.rglob("pagefind-entry.json")}


def paths(names: Iterable[str]) -> list[str]:
    return [f"{name}/index.html" for name in names]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_pages(tmp_path / "site", {f"page-{number}": f"words of page {number}" for number in range(24)})
    return tmp_path / "site"


def index_in_parts(site: Path, changed: Iterable[str] | None = None) -> bool:
    return write_index(site, site.with_name("index"), changed, most_pages=8)


def test_a_site_in_parts_holds_every_page_once_and_says_which_parts_there_are(site: Path) -> None:
    assert index_in_parts(site)
    index = site.with_name("index")
    assert found(index) == {f"/page-{n}/": f"page-{n}. words of page {n}." for n in range(24)}
    others = json.loads((index / "parts.json").read_text("utf-8"))
    assert len(others) > 1
    assert times(index).keys() == {"index", *others}
    assert [path.parent.name for path in index.rglob("pagefind.js")] == ["index"]


def test_only_the_part_of_a_page_whose_words_changed_is_made_anew(site: Path) -> None:
    index_in_parts(site)
    index = site.with_name("index")
    before = times(index)
    write_pages(site, {"page-7": "other words"})
    assert index_in_parts(site, paths(["page-7"]))
    after = times(index)
    assert len([part for part in before if before[part] != after[part]]) == 1
    assert found(index)["/page-7/"] == "page-7. other words."
    assert len(found(index)) == 24


def test_a_page_whose_markup_alone_changed_is_not_indexed_again(site: Path) -> None:
    index_in_parts(site)
    before = times(site.with_name("index"))
    page = site / "page-7/index.html"
    page.write_text(page.read_text("utf-8").replace("<p>", '<p class="new">').replace("Menu", "Other menu"), "utf-8")
    assert not index_in_parts(site, paths(["page-7"]))
    assert not index_in_parts(site)
    assert times(site.with_name("index")) == before


def test_pages_that_are_told_of_come_and_go_as_if_all_were_looked_at(site: Path) -> None:
    index_in_parts(site)
    write_pages(site, {f"new-{number}": "new words" for number in range(9)})
    for name in ("page-1", "page-2"):
        (site / name / "index.html").unlink()
    changed = paths(["page-1", "page-2", *(f"new-{number}" for number in range(9))])
    assert index_in_parts(site, [*changed, "assets/style.css"])
    told = found(site.with_name("index"))
    folders = times(site.with_name("index")).keys()
    write_index(site, site.with_name("clean"), most_pages=8)
    assert told == found(site.with_name("clean"))
    assert folders - {"index"} == times(site.with_name("clean")).keys() - {"clean"}
    assert not index_in_parts(site)


def test_a_site_that_grows_is_split_and_one_that_shrinks_is_joined(site: Path) -> None:
    index = site.with_name("index")
    write_index(site, index)
    assert json.loads((index / "parts.json").read_text("utf-8")) == []
    whole = found(index)
    index_in_parts(site, paths(["page-0"]))
    assert found(index) == whole
    assert len(times(index)) > 1
    write_index(site, index, paths(["page-0"]))
    assert found(index) == whole
    assert times(index).keys() == {"index"}


@pytest.mark.parametrize("damage", ["", "{", '{"pages": {}}', '{"made_by": "?", "pages": {}, "parts": {}}', "[]", None])
def test_notes_that_are_missing_or_foreign_are_not_trusted(site: Path, damage: str | None) -> None:
    index_in_parts(site)
    notes = site.with_name("index.json")
    notes.unlink() if damage is None else notes.write_text(damage, "utf-8")
    (site.with_name("index") / "stray").mkdir()
    write_pages(site, {"page-3": "changed unseen"})
    assert index_in_parts(site, [])
    assert found(site.with_name("index"))["/page-3/"] == "page-3. changed unseen."
    assert not (site.with_name("index") / "stray").exists()


def test_kept_words_that_were_damaged_are_taken_from_the_page_again(site: Path) -> None:
    index_in_parts(site)
    whole = found(site.with_name("index"))
    for kept in site.with_name("index.texts").rglob("*.html"):
        kept.write_text("<html>damaged", "utf-8")
    write_pages(site, {f"page-{number}": f"words of page {number} and more" for number in range(0, 24, 6)})
    index_in_parts(site, paths(f"page-{number}" for number in range(0, 24, 6)))
    assert found(site.with_name("index")).keys() == whole.keys()
    assert not [url for url, words in found(site.with_name("index")).items() if "damaged" in words]


def test_a_part_that_is_gone_is_made_anew_with_all_others(site: Path) -> None:
    index_in_parts(site)
    whole = found(site.with_name("index"))
    next(site.with_name("index").glob("*/pagefind-entry.json")).unlink()
    assert index_in_parts(site, [])
    assert found(site.with_name("index")) == whole


# --- the real site ---


def test_what_a_claim_says_is_searched_at_its_own_page_and_hardly_elsewhere(built_site: Tree) -> None:
    words = found(built_site.site / "pagefind")
    elsewhere = {
        url: others
        for url in words
        if url.startswith("/claims/")
        and (others := [o for o, text in words.items() if o != url and words[url].split(". ", 1)[0] in text])
    }
    assert len(words) > 600
    assert len(elsewhere) < 5, elsewhere


# --- what others did to the index ---


@pytest.mark.parametrize("harm", ["cut", "gone", "added"])
def test_an_index_that_somebody_has_touched_is_made_anew(tmp_path: Path, harm: str) -> None:
    site, output = tmp_path / "site", tmp_path / "pagefind"
    (site / "a").mkdir(parents=True)
    (site / "a/index.html").write_text(FRAME.format(body="<p>The bridge was shut.</p>"), "utf-8")
    write_index(site, output)
    assert not write_index(site, output)
    fragment = next((output / "fragment").iterdir())
    before = fragment.read_bytes()
    match harm:
        case "cut":
            fragment.write_bytes(before[:20])
        case "gone":
            fragment.unlink()
        case _:
            (output / "foreign.js").write_text("foreign", "utf-8")
    assert write_index(site, output)
    assert fragment.read_bytes() == before
    assert not (output / "foreign.js").exists()


@pytest.mark.parametrize("where", ["parts", "pages"])
def test_notes_that_lead_out_of_the_index_are_not_followed(tmp_path: Path, where: str) -> None:
    site, output, outside = tmp_path / "site", tmp_path / "pagefind", tmp_path / "outside"
    (site / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "index.html").write_text(FRAME.format(body="<p>precious</p>"), "utf-8")
    (site / "a/index.html").write_text(FRAME.format(body="<p>The bridge was shut.</p>"), "utf-8")
    write_index(site, output)
    notes = tmp_path / "pagefind.json"
    forged = json.loads(notes.read_text("utf-8"))
    forged[where]["../outside" if where == "parts" else "../outside/index.html"] = "0" * 32
    notes.write_text(json.dumps(forged), "utf-8")
    write_index(site, output, ["a/index.html"])
    assert [path.name for path in outside.iterdir()] == ["index.html"]
    assert json.loads(notes.read_text("utf-8"))[where].keys() <= {"", "a/index.html"}
