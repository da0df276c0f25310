"""The desk: what is left to do, in the terminal and on a page that only the preview has."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE, SAMPLE_DATE_EPOCH, copy_inputs
from test_derive import back, build, cite, claims

from generator import checks, load, pipeline
from generator.derive import derive
from generator.derive.desk import DONE, OF_CLAIMS, Desk, Item, list_work
from generator.diagnostics import Place
from generator.dialect import render_page
from generator.pages import open_site
from generator.pages.desk import FEW, MOST, MOST_FILES, plan_desk
from generator.paths import DESK
from generator.plugin.searching import PreviewSearch
from generator.render import render
from generator.reports import SHOWN_ITEMS, format_desk, format_desk_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conftest import Tree

    from generator.pipeline import Checked

TODAY = date(2031, 7, 3)
TEMPLATES = load.read_templates(ROOT)
JUDGED = {"verdict": "supported", "why": "x", "checked": {"on": "2025-01-01", "by": ["a", "b"]}}


def check_sample(today: date = TODAY) -> Checked:
    checked = pipeline.check(SAMPLE, today=today)
    assert checked.ok
    return checked


def desk_of(checked: Checked) -> Desk:
    assert checked.library
    assert checked.views
    return list_work(checked.library, checked.views)


def found(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """The id and detail of everything on a desk, by section."""
    return {one.key: [(item.id, item.detail) for item in one.items] for one in desk.sections if one.items}


def work_of(*rows: Mapping[str, Any], **files: str) -> dict[str, list[tuple[str, str]]]:
    """What is left to do in the small world of `test_derive` with these claims."""
    return found(list_work(*build(claims=claims(*rows), **files)))


# --- what is listed ---


@pytest.mark.parametrize(
    ("claim", "section", "detail"),
    [
        ({}, "unchecked", ""),
        ({**JUDGED, "review_by": "2025-01-14"}, "overdue", "1 day overdue, checked on 1 January 2025"),
        ({**JUDGED, "review_by": "2025-01-15"}, "overdue", None),
        ({**JUDGED, "review_by": "2025-01-15"}, "due-soon", "by 15 January 2025"),
        ({**JUDGED, "review_by": "2025-02-14"}, "due-soon", "by 14 February 2025"),
        ({**JUDGED, "review_by": "2025-02-15"}, "due-soon", None),
        ({**JUDGED, "checked": {"on": "2024-01-15", "by": ["a", "b"]}}, "overdue", "1 day overdue, checked on 15 January 2024"),
        ({**JUDGED, "checked": {"on": "2024-01-16", "by": ["a", "b"]}}, "due-soon", "by 15 January 2025"),
        ({**JUDGED, "checked": {"on": "9999-12-31", "by": ["a", "b"]}}, "overdue", None),
        ({**JUDGED, "evidence": [back("courier-1", "anna-reed"), back("post-1", "lower-council")]}, "single-origin", "goes back to Lower Brook (Anna Reed and the Lower Brook council)"),
        ({**JUDGED, "evidence": [back("courier-1", "anna-reed"), back("post-1", "jonas-hill")]}, "single-origin", None),
        ({**JUDGED, "verdict": "refuted", "evidence": [cite("courier-1", "ferryman", stance="refutes", basis="act")], "seen": [cite("post-1", "own")]}, "single-origin", None),
        ({"seen": [cite("post-1", "own")]}, "single-origin", None),
        ({**JUDGED, "seen": [cite("courier-1", [{"unnamed": "carters"}])]}, "unnamed-origin", "goes back to an unnamed voice (carters)"),
        ({**JUDGED, "seen": [cite("courier-1", [{"unnamed": "carters"}])]}, "single-origin", None),
        ({"seen": [cite("courier-1", [{"unnamed": "carters"}])]}, "unnamed-origin", None),
        ({**JUDGED, "seen": [cite("courier-1", ["ferryman", "valley-wire"]), cite("post-1", ["hermit", "valley-wire"])]}, "one-relay", "all through Valley Wire"),
        ({**JUDGED, "checked": {"on": "2025-01-01", "by": ["a", "a"]}}, "one-checker", "only a, on 1 January 2025"),
        (JUDGED, "one-checker", None),
        ({**JUDGED, "verdict": "not-enough-evidence", "unknown": ["y", "z"]}, "open-questions", "2 unknowns, checked on 1 January 2025"),
        ({**JUDGED, "verdict": "supported", "unknown": ["y"]}, "open-questions", None),
    ],
)  # fmt: skip
def test_a_claim_is_listed_where_something_is_to_be_done(
    claim: dict[str, Any], section: str, detail: str | None
) -> None:
    listed = work_of({"id": "c", **claim}).get(section, [])
    assert listed == ([] if detail is None else [("c", detail)])


def test_what_is_most_urgent_comes_first_within_a_section() -> None:
    late = [{**JUDGED, "id": f"c{day}", "review_by": f"2025-01-{day}"} for day in ("09", "03", "12")]
    assert [one for one, _ in work_of(*late)["overdue"]] == ["c03", "c09", "c12"]
    asked = [
        {"id": f"q{day}", **JUDGED, "verdict": "not-enough-evidence", "unknown": ["y"], "checked": {"on": f"2025-01-{day}", "by": "a"}}
        for day in ("09", "03")
    ]  # fmt: skip
    assert [one for one, _ in work_of(*asked)["open-questions"]] == ["q03", "q09"]


TOPIC = "- {id: ferry, title: The ferry, question: Who?, answer: Nobody.}\n- {id: idle, title: Nothing, question: Who?, answer: Nobody.}"
USED = '[{"id": "e1", "title": "One", "when": "2024", "phase": "done", "rests_on": ["b"], "part_of": "e2"}, {"id": "e2", "title": "Two", "when": "2024", "phase": "done", "rests_on": ["d"], "topics": ["ferry"], "where": "bridge"}, {"id": "e3", "title": "Three", "when": "2024", "phase": "done", "rests_on": ["d"]}]'


def test_records_are_orphans_only_where_nothing_at_all_leads_to_them() -> None:
    listed = work_of(
        {"id": "a", "topics": ["ferry"], "seen": [cite("courier-1", ["ferryman", "hermit"])]},
        {"id": "b"},
        {"id": "d", "says": "As [it](claim:f) was, by [them](entity:guild)."},
        {"id": "f"},
        {"id": "g"},
        topics=TOPIC,
        events=USED,
    )["orphans"]
    assert {why: [one for one, other in listed if other == why] for _, why in listed} == {
        "nothing cites it": ["post-1", "valley-wire-1", "lower-gazette-1", "lower-council-1", "echo-1", "stored"],
        "it stands on no fact sheet, and nothing refers to it": ["g"],
        "it belongs to no fact sheet, and nothing refers to it": ["e3"],
        "nothing refers to it": ["anna-reed", "jonas-hill", "envoy"],
        "it has no claim and no event": ["idle"],
    }


def test_a_page_written_by_hand_and_a_correction_use_what_they_link_to(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    entities = tmp_path / "content/entities/names.yml"
    added = "".join(f"- {{id: {one}, type: person, name: {one}}}\n" for one in ("anna", "bert", "carl"))
    entities.write_text(f"{entities.read_text('utf-8')}{added}", "utf-8")
    about, log = tmp_path / "content/pages/about.md", tmp_path / "content/corrections.yml"
    about.write_text(f"{about.read_text('utf-8')}\nThanks to [Anna](entity:anna).\n", "utf-8")
    correction = "- {on: 2031-07-01, records: [bridge-closed], kind: error, why: 'As [Bert](entity:bert) wrote.'}\n"
    log.write_text(f"{log.read_text('utf-8')}{correction}", "utf-8")
    checked = pipeline.check(tmp_path, today=TODAY)
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    assert found(desk_of(checked))["orphans"] == [("carl", "nothing refers to it")]


def test_the_desk_of_the_sample_holds_what_its_warnings_say() -> None:
    checked = check_sample()
    warned = Counter(one.code for one in checked.diagnostics)
    listed = {section.key: len(section.items) for section in desk_of(checked).sections}
    pairs = {"one-checker": "one-checker", "not-archived": "not-archived", "review-overdue": "overdue", "sentence-unaccounted": "sentences", "one-conduit": "one-relay", "text-absent": "absent"}  # fmt: skip
    assert {code: warned[code] for code in pairs} == {code: listed[key] for code, key in pairs.items()}
    assert sum(warned[code] for code in pairs) > 10


def test_every_line_of_the_desk_is_the_line_on_which_to_type() -> None:
    starts = {"overdue": "checked:", "one-checker": "checked:", "open-questions": "unknown:", "not-archived": "url:"}
    for section in desk_of(check_sample()).sections:
        for item in section.items:
            typed = (SAMPLE / item.place.path).read_text("utf-8").split("\n")[item.place.line - 1]
            if section.key == "sentences":
                assert item.label.split()[-1] in typed
            else:
                assert typed.strip().removeprefix("- ").startswith(starts.get(section.key, f"id: {item.id}"))


def test_of_a_text_that_is_stored_in_excerpts_no_sentence_is_missed(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    source = tmp_path / "content/sources/council-minutes-2031-04-01.md"
    source.write_text(source.read_text("utf-8").replace("stored: whole", "stored: excerpt"), "utf-8")
    checked = pipeline.check(tmp_path, today=TODAY)
    assert [one for one, _ in found(desk_of(checked))["sentences"]] == ["marn-courier-2031-04-03"]


def test_texts_that_are_not_at_hand_are_listed_with_what_was_not_checked(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    settings = tmp_path / "content/settings.yml"
    settings.write_text(f"{settings.read_text('utf-8')}text_dir: elsewhere\n", "utf-8")
    source = tmp_path / "content/sources/marn-courier-2031-04-03.md"
    source.write_text(source.read_text("utf-8").rpartition("---\n")[0] + "---\n", "utf-8")
    ((one, detail),) = found(desk_of(pipeline.check(tmp_path, today=TODAY)))["absent"]
    assert one == "marn-courier-2031-04-03"
    assert re.fullmatch(r"\d+ quotations not checked", detail)


# --- how far a sheet is ---


def test_each_claim_of_a_sheet_is_counted_once_by_the_most_urgent_thing() -> None:
    lone = {"checked": {"on": "2025-01-01", "by": "a"}}
    rows: list[dict[str, Any]] = [
        {"id": "a", "topics": ["ferry"]},
        {"id": "b", "topics": ["ferry"], **JUDGED, **lone, "review_by": "2025-01-01"},
        {"id": "c", "topics": ["ferry"], **JUDGED, **lone, "evidence": [back("courier-1", "ferryman")]},
        {"id": "d", "topics": ["ferry"], **JUDGED, **lone},
        {"id": "e", "topics": ["ferry"], **JUDGED},
        {"id": "f", **JUDGED},
    ]
    sheets = {sheet.topic: sheet for sheet in list_work(*build(claims=claims(*rows), topics=TOPIC)).sheets}
    assert dict(sheets["ferry"].left) == {"unchecked": 1, "overdue": 1, "single-origin": 1, "one-checker": 1, DONE: 1}
    assert (sheets["ferry"].claims, sheets["idle"].claims) == (5, 0)
    assert dict(sheets[""].left) == {DONE: 1}


def test_the_sections_that_measure_a_sheet_stand_in_the_order_of_urgency() -> None:
    keys = [section.key for section in desk_of(check_sample()).sections]
    assert [key for key in keys if key in OF_CLAIMS] == list(OF_CLAIMS)


# --- in the terminal ---


def many(number: int, path: str = "content/claims/a.yml") -> Desk:
    """A desk with so many claims that one person alone has checked."""
    desk = desk_of(check_sample())
    items = tuple(Item("claim", "bridge-closed", "Closed.", Place(path, line, 1)) for line in range(1, number + 1))
    return replace(
        desk,
        sections=tuple(replace(one, items=items if one.key == "one-checker" else ()) for one in desk.sections),
    )


def test_the_desk_in_the_terminal_is_what_it_was(assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(ROOT / "tests/preview/desk.txt", format_desk(desk_of(check_sample())))


def test_a_long_section_is_cut_and_says_how_to_see_the_rest() -> None:
    text = format_desk(many(SHOWN_ITEMS + 3))
    assert text.count("content/claims/a.yml:") == SHOWN_ITEMS
    assert "  ... and 3 more (--section one-checker --all lists every one)\n" in text
    whole = format_desk(many(SHOWN_ITEMS + 3), everything=True)
    assert (whole.count("content/claims/a.yml:"), "... and" in whole) == (SHOWN_ITEMS + 3, False)


def test_an_empty_desk_says_so() -> None:
    assert format_desk(many(0)).startswith("Nothing is left to do.\n")
    assert format_desk(many(0).narrow(section="orphans")) == "0 records that are used nowhere.\n"


def test_a_desk_without_claims_says_how_to_begin() -> None:
    hint = "There are no claims here yet: `factsheet new claim` types the first one.\n"
    assert format_desk(replace(many(0), sheets=())).startswith(f"Nothing is left to do.\n{hint}")
    assert hint not in format_desk(many(0))
    begin = "There are no claims yet: [factsheet new claim]{as=code} types the first one."
    assert begin in page_of(replace(many(0), sheets=()))
    assert begin not in page_of(many(0))


def test_nothing_in_the_content_can_steer_the_terminal() -> None:
    desk = many(1)
    item = Item("claim", "x", "\x1b[2J\r\nfine\u202e", Place("content/\x1b.yml", 1), "\x9b\n0 errors")
    hostile = replace(desk, sections=tuple(replace(one, items=(item,)) for one in desk.sections))
    text = format_desk(replace(hostile, accounts={item.place.path: next(iter(desk.accounts.values()))}))
    assert not [c for c in text if c != "\n" and (ord(c) < 32 or 126 < ord(c) < 160 or c == "\u202e")]
    assert "\n0 errors" not in text
    assert "\\x1b[2J\\r\\nfine\\u202e" in text


def test_json_holds_everything() -> None:
    value = json.loads(format_desk_json(many(SHOWN_ITEMS * 3)))
    (section,) = [one for one in value["sections"] if one["count"]]
    assert (value["total"], section["key"], len(section["items"])) == (SHOWN_ITEMS * 3, "one-checker", SHOWN_ITEMS * 3)
    assert section["items"][2] == {
        "kind": "claim", "id": "bridge-closed", "label": "Closed.", "path": "content/claims/a.yml", "line": 3, "column": 1,
        "detail": "", "topics": [], "sources": [],
    }  # fmt: skip


@pytest.fixture
def sample(tmp_path: Path) -> Tree:
    return copy_inputs(ROOT, SAMPLE, to=tmp_path / "tree")


def run(tree: Tree, *arguments: str) -> tuple[int, str, str]:
    done = tree.run("desk", *arguments, SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH, PYTHONPATH=str(ROOT))
    return done.returncode, done.stdout, done.stderr


def test_the_command_narrows_the_desk_down(sample: Tree) -> None:
    code, text, said = run(sample, "--section", "overdue")
    assert (code, said) == (0, "")
    assert text.split("\n")[0] == "1 claim whose review is overdue [overdue]"
    of_topic = json.loads(run(sample, "--topic", "mill-bridge-repair", "--format", "json")[1])
    assert (of_topic["total"], [sheet["topic"] for sheet in of_topic["sheets"]]) == (20, ["mill-bridge-repair"])
    of_source = json.loads(run(sample, "--source", "valley-radio-2031-04-03", "--format", "json")[1])
    ids = {item["id"] for section in of_source["sections"] for item in section["items"]}
    assert ids == {"valley-radio-2031-04-03", "bridge-is-safe", "lind-says-safe"}
    sentences = json.loads(run(sample, "--source", "council-minutes-2031-04-01", "--section", "sentences", "--format", "json")[1])  # fmt: skip
    assert sentences["total"] == 4


def test_an_earlier_id_will_do(sample: Tree) -> None:
    topic = sample.content / "topics/mill-bridge-repair.yml"
    topic.write_text(f"{topic.read_text('utf-8')}was: [mill-bridge]\n", "utf-8")
    assert run(sample, "--topic", "mill-bridge") == run(sample, "--topic", "mill-bridge-repair")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--section", "overdo"], "There is no section `overdo`. Did you mean `overdue`?"),
        (["--section", "zzz"], "There is no section `zzz`. There are: unchecked, absent, overdue, "),
        (["--topic", "mill-bridge-repairs"], "There is no topic `mill-bridge-repairs`. Did you mean `mill-bridge-repair`?"),
        (["--source", "\x1bzz"], "There is no source `\\x1bzz`. `content/sources/` has all of them."),
    ],
)  # fmt: skip
def test_what_there_is_not_is_misuse(sample: Tree, arguments: list[str], said: str) -> None:
    code, text, error = run(sample, *arguments)
    assert (code, text) == (2, "")
    assert said in " ".join(error.split())


def test_errors_come_first(sample: Tree) -> None:
    broken = sample.content / "claims/broken.yml"
    broken.write_text("id: broken\nsays: Nothing\nnonsense: yes\n", "utf-8")
    for form in ("text", "json"):
        code, text, said = run(sample, "--format", form)
        assert (code, text) == (1, "")
        assert "content/claims/broken.yml:3:1 error[unknown-key]" in said
        assert "as soon as the content has no errors" in said


# --- as a page ---


def page_of(desk: Desk | None = None, today: date = TODAY) -> str:
    """The desk as Markdown, without its front matter."""
    checked = check_sample(today)
    assert checked.library
    assert checked.views
    site = open_site(checked.library, checked.views)
    texts, problems = render([plan_desk(site, desk)], TEMPLATES)
    assert problems == ()
    return texts[DESK].split("\n---\n", 1)[1]


def test_the_page_is_what_it_was(assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(ROOT / "tests/preview/desk.md", page_of())


def test_what_is_much_is_folded_file_by_file_and_never_without_bound() -> None:
    assert "::: details" not in page_of(many(FEW))
    folded = page_of(many(MOST + 7))
    assert f"::: details content/claims/a.yml · {MOST + 7}\n" in folded
    assert (folded.count("· line ") + folded.count("[line "), "\n7 more; " in folded) == (MOST, True)
    wide = many(MOST_FILES + 4)
    spread = tuple(
        replace(item, place=Place(f"content/claims/{number}.yml", 1)) for number, item in enumerate(wide.sections[8].items)
    )  # fmt: skip
    page = page_of(replace(wide, sections=tuple(replace(one, items=spread[: len(one.items)]) for one in wide.sections)))
    assert (page.count("::: details"), "\n4 more files; " in page) == (MOST_FILES, True)


def test_a_path_cannot_break_the_page() -> None:
    page = page_of(many(FEW + 1, "content/claims/{x} <b> `y` :::.yml"))
    assert "<summary>content/claims/{x} &lt;b&gt; `y` :::.yml · 16</summary>" in render_page(page).html


def test_every_jump_leads_to_a_section() -> None:
    rendered = render_page(page_of())
    jumps = re.findall(r'href="#([^"]+)"', rendered.html)
    assert set(jumps) <= set(rendered.anchors)
    assert {"unchecked", "overdue", "sentences", "single-origin"} <= set(jumps)


def test_an_empty_desk_is_a_page_too() -> None:
    page = page_of(replace(many(0), sheets=()))
    assert page.startswith("\n# Desk {#top}\n\n{.lead}\nNothing is left to do.\n")
    assert "##" not in page


# --- only in the preview ---


def test_only_a_preview_has_the_desk_and_nothing_else_differs(sample: Tree) -> None:
    published = pipeline.build(sample.root, today=TODAY)
    preview = pipeline.build(sample.root, today=TODAY, preview=True)
    assert set(preview.pages) - set(published.pages) == {DESK}
    assert {path: text for path, text in preview.pages.items() if path != DESK} == published.pages
    assert preview.files == published.files


def test_the_desk_may_show_what_no_published_page_may(sample: Tree) -> None:
    source = sample.content / "sources/marn-courier-2031-04-03.md"
    unquoted = "Not one of the villagers who live at the river was asked before the gate was shut"
    source.write_text(f"{source.read_text('utf-8').rstrip()}\n\n{unquoted}.\n", "utf-8")
    preview = pipeline.build(sample.root, today=TODAY, preview=True)
    assert preview.ok, preview.diagnostics
    assert unquoted in preview.pages[DESK]
    assert preview.library
    assert preview.views
    leaks = checks.find_leaks(preview.library, preview.views, preview.pages)
    assert {(leak.code, DESK in leak.message) for leak in leaks} == {("unquoted-text", True)}
    assert [path for path, text in preview.pages.items() if unquoted in text] == [DESK]


def test_the_built_site_knows_no_desk(built_sample: Tree, built_site: Tree) -> None:
    for tree in (built_sample, built_site):
        files = [path for path in tree.site.rglob("*") if path.is_file() and "pagefind" not in path.parts]
        assert len(files) > 50
        assert [path for path in files if "desk" in path.relative_to(tree.site).parts] == []
        html = [path for path in files if path.suffix in (".html", ".xml")]
        assert [path.name for path in html if re.search(r"[\"'/>]desk/", path.read_text("utf-8"))] == []


def test_a_page_written_by_hand_gives_way_to_the_desk(sample: Tree) -> None:
    (sample.content / "pages/desk.md").write_text("---\ntitle: Our desk\n---\nWe.\n", "utf-8")
    pages = pipeline.build(sample.root, today=TODAY, preview=True).pages
    assert "Our desk" in pages["pages/desk.md"]
    assert "Our desk" not in pages[DESK]


def test_the_day_decides_what_is_overdue() -> None:
    checked = check_sample()
    assert checked.library
    later = derive(checked.library, date(2040, 1, 1))
    (overdue,) = [one for one in list_work(checked.library, later).sections if one.key == "overdue"]
    assert len(overdue.items) == sum(claim.checked is not None for claim in checked.library.claims.values())


# --- the search of the preview ---


def write_page(site: Path, text: str) -> None:
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text(f'<html lang="en"><body data-pagefind-body><h1>A</h1><p>{text}</p></body></html>')


def fragments(site: Path) -> set[str]:
    return {path.name for path in (site / "pagefind/fragment").iterdir()}


def test_the_search_index_of_the_preview_is_made_when_it_is_asked_for_and_when_pages_changed(tmp_path: Path) -> None:
    site, search = tmp_path / "site", PreviewSearch()
    write_page(site, "one")
    search.begin()
    search.end(site, tmp_path / "index")
    assert not (site / "pagefind").exists()
    search.bring_up_to_date()
    first = fragments(site)
    write_page(site, "two")
    search.bring_up_to_date()
    assert fragments(site) == first  # nobody said that there are new pages
    search.begin()
    asking = Thread(target=search.bring_up_to_date)
    asking.start()  # waits until the pages are made
    search.end(site, tmp_path / "index")
    asking.join()
    assert len(fragments(site)) == 1
    assert fragments(site) != first


def test_a_search_index_that_cannot_be_made_ends_no_preview(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: tmp_path / "missing")
    (tmp_path / "site").mkdir()
    search = PreviewSearch()
    search.end(tmp_path / "site", tmp_path / "index")
    search.bring_up_to_date()
    assert "Pagefind, which makes the search index" in caplog.text
