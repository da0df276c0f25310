"""Imports: each row is placed once, nothing is guessed, dropped or written over, and nothing unsound is written."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLE, copy_inputs
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline, write
from generator.cli.bringing import Source, bring_in
from generator.cli.editing import fmt
from generator.cli.importing import import_data
from generator.cli.proving import read_shelf
from generator.diagnostics import Diagnostic, Place
from generator.documents import parse
from generator.importers.checking import blame, prove
from generator.importers.files import MOST_RECORDS, Target, lay_out
from generator.importers.identity import Library, read_library, stored_key
from generator.importers.naming import Ids
from generator.importers.notes import LONGEST, part, write_notes
from generator.importers.placing import plan
from generator.importers.plans import OUTCOMES
from generator.importers.remarks import CODES
from generator.importers.report import Report
from generator.importers.rows import Draft, Handle, Reading, Remark, Row
from generator.records import KINDS
from generator.records.fields import LONGEST_ID
from generator.scaffold.ids import make_free

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.importers.plans import Item

SITE = ROOT / "tests" / "cases" / "_site" / "content"
TODAY = date(2031, 7, 3)
FEED = Source("claimreview", "feed.json", "feed")
NOWHERE = Target("imported", "feed", frozenset())


# --- a small reader: rows by hand ---


def digest(*said: object) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def review(url: str, outlet: str = "Example Desk", **fields: Any) -> Draft:
    """The page of a review, as a source."""
    typed: dict[str, Any] = {
        "title": "A review",
        "outlet": Handle("entity", outlet, "outlet"),
        "published": "2024-05-09",
        "accessed": "2031-07-03",
        "url": url,
        "language": "en",
        "genre": "news",
        "stored": "none",
        "publish": "none",
        "summary": "Reviews a claim.",
    }
    return Draft("source", url, typed | fields)


def claim(key: str, says: str, page: str, *notes: str, **more: Any) -> Draft:
    seen = {"in": Handle("source", page), "finding": f"Reviews the claim: {says}", "chain": "untraced"}
    fields = {"says": says, "kind": "fact", "seen": [seen], "verdict": "unchecked"}
    return Draft("claim", key, fields | more, notes, words=says)


def row(number: int, *drafts: Draft, said: object = None, **more: Any) -> Row:
    return Row(
        number, f"line {number + 1}", digest(said or drafts), drafts, raw=json.dumps(str(said or number)), **more
    )


def simple(number: int, says: str = "", page: str = "https://desk.example/reviews", *notes: str) -> Row:
    says = says or f"The ferry number {number} was painted green."
    return row(number, claim(f"{page}#{number}", says, page, *notes), review(page))


def bring(root: Path, *rows: Row, **more: Any) -> Report:
    return bring_in(root, "imported", more.pop("source", FEED), lambda _: Reading(rows), **more)


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    """The small sound site that case files start from."""
    root = tmp_path / "valley"
    shutil.copytree(SITE, root / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1940803200")


def files(root: Path) -> dict[str, bytes]:
    content = root / "content"
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def outcomes(report: Report) -> list[str]:
    return [item.outcome for item in report.items]


def said(item: Item) -> list[tuple[str, str, str]]:
    return [(one.code, one.field, one.value) for one in item.remarks]


def errors(root: Path) -> list[Diagnostic]:
    return [one for one in pipeline.check(root, today=TODAY).diagnostics if one.severity == "error"]


def find(root: Path, kind: str, one: str) -> dict[str, Any]:
    """A record as typed."""
    for path in (root / "content" / kind).rglob("*.yml"):
        document, _ = parse(path.name, path.read_bytes())
        for item in document.data if document and isinstance(document.data, list) else ():
            if isinstance(item, dict) and item["id"] == one:
                return item
    raise LookupError(one)


# --- one row ---


def test_a_row_becomes_records_as_an_editor_would_type_them(valley: Path) -> None:
    page = "https://desk.example/ferry"
    drafts = (
        claim(
            f"{page}#1",
            "The ferry was sold.",
            page,
            "rating: False (1 of 1 to 5)",
            "date: 12-8-2020",
            when="2024-05-01",
        ),
        review(page),
        Draft("entity", "Example Desk", {"type": "outlet", "name": "Example Desk"}, ("url: https://desk.example/",)),
    )
    before = files(valley)
    report = bring(valley, row(1, *drafts, said="ferry"))
    new = {path: data.decode() for path, data in files(valley).items() if path not in before}
    short = digest("ferry")[:16]
    assert new == {
        "entities/imported/feed-001.yml": (
            "# yaml-language-server: $schema=../../.schemas/entities.json\n"
            "- id: example-desk\n"
            "  type: outlet\n"
            "  name: Example Desk\n"
            '  notes: ["url: https://desk.example/"]\n'
            '  imported: {format: claimreview, key: "outlet: example desk"}\n'
        ),
        "sources/imported/feed-001.yml": (
            "# yaml-language-server: $schema=../../.schemas/sources.json\n"
            "- id: example-desk-2024-05-09\n"
            "  title: A review\n"
            "  outlet: example-desk\n"
            "  published: 2024-05-09\n"
            "  accessed: 2031-07-03\n"
            "  url: https://desk.example/ferry\n"
            "  language: en\n"
            "  genre: news\n"
            "  stored: none\n"
            "  publish: none\n"
            "  summary: Reviews a claim.\n"
            "  imported: {format: claimreview, key: https://desk.example/ferry}\n"
        ),
        "claims/imported/feed-001.yml": (
            "# yaml-language-server: $schema=../../.schemas/claims.json\n"
            "- id: the-ferry-was-sold\n"
            "  says: The ferry was sold.\n"
            "  kind: fact\n"
            "  when: 2024-05-01\n"
            "  seen:\n"
            "    - in: example-desk-2024-05-09\n"
            '      finding: "Reviews the claim: The ferry was sold."\n'
            "      chain: untraced\n"
            "  verdict: unchecked\n"
            '  notes: ["rating: False (1 of 1 to 5)", "date: 12-8-2020"]\n'
            f'  imported: {{format: claimreview, key: "https://desk.example/ferry#1", digest: {short}}}\n'
        ).replace('"https://desk.example/ferry#1"', "https://desk.example/ferry#1"),
    }
    assert errors(valley) == []
    assert report.items[0].records == (
        "claim:the-ferry-was-sold",
        "entity:example-desk",
        "source:example-desk-2024-05-09",
    )


def test_an_article_becomes_one_markdown_file_with_its_text(valley: Path) -> None:
    article = review("https://courier.example/ferry", "Brook Courier", stored="whole", publish="excerpts")
    text = "The ferry was sold on Monday.\n\nNobody knows to whom.\n"
    draft = Draft("source", article.key, {k: v for k, v in article.fields.items() if k != "summary"}, text=text)
    report = bring(valley, row(1, draft), source=Source("article", "ferry.html", "ferry"))
    assert outcomes(report) == ["written"]
    written = (valley / "content/sources/imported/brook-courier-2024-05-09.md").read_text("utf-8")
    fields, _, body = written.removeprefix("---\n").partition("---\n\n")
    assert (body, fields.splitlines()[1]) == (text, "outlet: brook-courier")
    assert errors(valley) == []
    assert outcomes(bring(valley, row(1, draft), source=Source("article", "ferry.html", "ferry"))) == ["already-there"]


def test_what_is_written_is_in_the_form_that_fmt_gives(valley: Path) -> None:
    long = "a remark that takes a line of its own, " * 4
    tagged = Draft("entity", "Example Desk", {"names": {"uk": "Стіл"}, "description": "A desk.", "type": "outlet"})
    page = "https://desk.example/2"
    rows = [
        simple(1, "", "https://desk.example/reviews", "a: b", long, f"{long}: {long}"),
        row(
            2,
            claim("2", "The ferry sank.", page, when="2024", about=[Handle("entity", "Anna Reed", "person")]),
            review(page),
            tagged,
        ),
    ]
    bring(valley, *rows)
    before = files(valley)
    found = CliRunner().invoke(
        fmt, ["--root", str(valley), *sorted(str(path) for path in valley.rglob("imported/*.yml"))]
    )
    assert (found.exit_code, files(valley) == before) == (0, True), found.output
    assert found.output == "Nothing to change.\n"


# --- the same again ---


def test_the_same_file_again_writes_nothing(valley: Path) -> None:
    rows = [simple(number) for number in range(1, 8)]
    bring(valley, *rows)
    once = files(valley)
    report = bring(valley, *rows)
    assert outcomes(report) == ["already-there"] * 7
    assert report.items[3].records == ("claim:the-ferry-number-4-was-painted",)
    assert files(valley) == once


def test_a_record_that_was_edited_renamed_and_moved_is_there(valley: Path) -> None:
    bring(valley, simple(1), simple(2))
    listed = valley / "content/claims/imported/feed-001.yml"
    text = listed.read_text("utf-8").replace("says: The ferry number 1 was painted green.", "says: Ferry 1 is green.")
    text = text.replace(
        "- id: the-ferry-number-1-was-painted\n", "- id: ferry-is-green\n  was: [the-ferry-number-1-was-painted]\n"
    )
    text = text.replace("  notes:", "  about: [mill-bridge]\n  notes:").replace(
        "verdict: unchecked", "verdict: not-checkable"
    )
    (valley / "content/claims/ferries").mkdir()
    (valley / "content/claims/ferries/green.yml").write_text(text, "utf-8")
    listed.unlink()
    before = files(valley)
    report = bring(valley, simple(1), simple(2))
    assert outcomes(report) == ["already-there", "already-there"]
    assert report.items[0].records == ("claim:ferry-is-green",)
    assert files(valley) == before


def test_a_record_that_cannot_be_read_as_one_is_there_all_the_same(valley: Path) -> None:
    bring(valley, simple(1), simple(2))
    listed = valley / "content/claims/imported/feed-001.yml"
    listed.write_text(listed.read_text("utf-8").replace("kind: fact", "kind: rumour", 1), "utf-8")
    assert len(errors(valley)) == 1
    before = files(valley)
    assert outcomes(bring(valley, simple(1), simple(2))) == ["already-there", "already-there"]
    assert files(valley) == before


def test_a_record_that_was_deleted_is_imported_again(valley: Path) -> None:
    bring(valley, simple(1), simple(2))
    listed = valley / "content/claims/imported/feed-001.yml"
    whole = listed.read_text("utf-8")
    listed.write_text(whole[: whole.index("- id: the-ferry-number-2")], "utf-8")
    report = bring(valley, simple(1), simple(2))
    assert outcomes(report) == ["already-there", "written"]
    assert sorted(path for path in files(valley) if "imported" in path) == [
        "claims/imported/feed-001.yml",
        "claims/imported/feed-002.yml",
        "entities/imported/feed-001.yml",
        "sources/imported/feed-001.yml",
    ]
    assert (
        listed.read_text("utf-8")
        + (valley / "content/claims/imported/feed-002.yml").read_text("utf-8").partition("\n")[2]
        == whole
    )


def test_a_row_that_says_something_else_by_now_is_told_and_not_written(valley: Path) -> None:
    page = "https://desk.example/reviews"
    bring(valley, simple(1, "The ferry was sold.", page, "rating: False"))
    before = files(valley)
    again = row(
        1, claim(f"{page}#1", "The ferry was sold twice.", page, "rating: True", when="2024-05-01"), review(page)
    )
    item = bring(valley, again).items[0]
    old = digest(simple(1, "The ferry was sold.", page, "rating: False").drafts)[:16]
    assert (item.outcome, item.records) == ("changed-since", ("claim:the-ferry-was-sold",))
    assert item.reason == f"Its digest was {old} and is {again.digest[:16]}."
    assert said(item) == [
        ("changed", "says", "The ferry was sold twice."),
        ("changed", "when", "2024-05-01"),
        ("changed", "rating", "True"),
    ]
    assert files(valley) == before


def test_a_next_import_takes_the_next_number_and_what_is_there_stays(valley: Path) -> None:
    bring(valley, simple(1))
    (valley / "content/claims/imported/feed-007.yml").write_text("# an editor was here\n[]\n", "utf-8")
    before = files(valley)
    report = bring(valley, simple(1), simple(2))
    assert outcomes(report) == ["already-there", "written"]
    assert {path: data for path, data in files(valley).items() if path in before} == before
    assert {*files(valley)} - {*before} == {"claims/imported/feed-008.yml"}


def test_where_a_file_cannot_be_read_nothing_is_imported(valley: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (valley / "content/claims/imported").mkdir()
    (valley / "content/claims/imported/feed-001.yml").write_text("- id: [\n", "utf-8")
    before = files(valley)
    with pytest.raises(click.exceptions.Exit) as stopped:
        bring(valley, simple(1))
    assert stopped.value.exit_code == 2
    assert "content/claims/imported/feed-001.yml cannot be read, so it is not known" in capsys.readouterr().err
    assert files(valley) == before


# --- twice in one file ---


def test_a_row_that_comes_twice_is_a_duplicate(valley: Path) -> None:
    report = bring(valley, simple(1), Row(2, "line 9", simple(1).digest, simple(1).drafts))
    assert [(item.outcome, item.reason) for item in report.items] == [
        ("written", ""),
        ("duplicate", "It says what row 1 says."),
    ]
    assert report.items[1].records == ("claim:the-ferry-number-1-was-painted",)
    assert report.records == {"entities": 1, "sources": 1, "claims": 1, "events": 0}


def test_what_a_row_of_the_same_key_says_beside_is_noted(valley: Path) -> None:
    page = "https://desk.example/reviews"
    twin = row(2, claim(f"{page}#1", "The ferry was lost.", page), review(page), said="the ferry was lost")
    report = bring(valley, simple(1), twin)
    assert outcomes(report) == ["written", "duplicate"]
    assert said(report.items[1]) == [("duplicate-differs", "", '"the ferry was lost"')]
    typed = find(valley, "claims", "the-ferry-number-1-was-painted")
    assert typed["notes"] == ['another row of the same key: "the ferry was lost"']
    assert outcomes(bring(valley, simple(1), twin)) == ["already-there", "duplicate"]
    other = row(2, claim(f"{page}#1", "The ferry was found.", page), review(page), said="the ferry was found")
    assert outcomes(bring(valley, simple(1), other)) == ["already-there", "changed-since"]


def test_rows_that_do_not_agree_about_a_source_are_noted_in_it(valley: Path) -> None:
    page = "https://desk.example/reviews"
    other = review(page, title="Another title", authors=["Ann Reed"])
    report = bring(valley, simple(1), row(2, claim(f"{page}#2", "The ferry sank.", page), other))
    typed = find(valley, "sources", "example-desk-2024-05-09")
    assert (typed["title"], typed["authors"]) == ("A review", ["Ann Reed"])
    assert typed["notes"] == ["title (row 2): Another title"]
    assert said(report.items[0]) == [("differs", "title", "Another title")]


def test_claims_with_the_same_words_are_told(valley: Path) -> None:
    theirs = simple(1, "Lower Brook closed the Mill Bridge to carts.")
    report = bring(valley, theirs, simple(2, "The ferry sank."), simple(3, "The  ferry sank."))
    assert [said(item) for item in report.items] == [
        [("similar", "says", "bridge-closed")],
        [],
        [("similar", "says", "the-ferry-sank")],
    ]


# --- what is there already ---


def test_entities_and_sources_that_an_editor_typed_are_taken(valley: Path) -> None:
    page = "https://courier.example/mill-bridge"
    source = review(page, "brook  COURIER", title="The bridge")
    item = bring(valley, row(1, claim("k", "The ferry was sold.", page), source)).items[0]
    assert item.records == ("claim:the-ferry-was-sold",)
    typed = find(valley, "claims", "the-ferry-was-sold")
    assert typed["seen"][0]["in"] == "courier-2024-05-02"
    assert typed["notes"] == [
        "source courier-2024-05-02: title: The bridge",
        "source courier-2024-05-02: published: 2024-05-09",
    ]


def test_a_name_without_a_type_is_the_one_entity_of_that_name(valley: Path) -> None:
    known = row(
        1,
        claim("a", "The ferry sank.", "p", about=[Handle("entity", "Anna Reed")]),
        review("https://a.example/", "Valley Post"),
    )
    known = row(
        1, claim("a", "The ferry sank.", "https://a.example/", about=[Handle("entity", "anna reed")]), known.drafts[1]
    )
    unknown = row(
        2, claim("b", "The ferry swam.", "https://a.example/", about=[Handle("entity", "Nobody")]), known.drafts[1]
    )
    report = bring(valley, known, unknown)
    assert find(valley, "claims", "the-ferry-sank")["about"] == ["anna-reed"]
    assert [(item.outcome, item.reason) for item in report.items][1] == (
        "kept-back",
        "It names “Nobody”, and what that is, a person or a body, is not said.",
    )


def test_two_addresses_that_are_one_make_one_source(valley: Path) -> None:
    one, other = "https://desk.example/reviews", "another key"
    drafts = claim("2", "The ferry sank.", other), Draft("source", other, review(one).fields)
    report = bring(valley, simple(1), row(2, *drafts))
    assert report.records["sources"] == 1
    assert find(valley, "claims", "the-ferry-sank")["seen"][0]["in"] == "example-desk-2024-05-09"


def test_an_entity_that_nothing_refers_to_is_noted_and_not_made(valley: Path) -> None:
    loose = Draft(
        "entity", "Nobody", {"type": "person", "description": "A mayor."}, ("image: https://x.example/n.png",)
    )
    base = simple(1)
    report = bring(valley, row(1, *base.drafts, loose))
    assert report.records["entities"] == 1
    assert find(valley, "claims", "the-ferry-number-1-was-painted")["notes"] == [
        "entity Nobody: description: A mayor.",
        "entity Nobody: image: https://x.example/n.png",
    ]


def test_a_record_of_our_own_export_is_the_record_of_that_id(valley: Path) -> None:
    page = "https://desk.example/reviews"
    fields = claim("k", "Lower Brook closed the Mill Bridge to carts.", page, when="2024-05-02").fields
    ours = Draft("claim", "ours", fields, ("rating: Supported",), wish="bridge-closed", ours=True)
    other = Draft("claim", "other", {**fields, "when": "2024-05-03"}, wish="bridge-closed", ours=True)
    theirs = Draft("claim", "theirs", fields, wish="bridge-closed")
    report = bring(valley, row(1, ours, review(page)), row(2, other, review(page)), row(3, theirs, review(page)))
    assert [(item.outcome, item.records[0]) for item in report.items] == [
        ("already-there", "claim:bridge-closed"),
        ("changed-since", "claim:bridge-closed"),
        ("written", "claim:bridge-closed-2"),
    ]
    assert report.items[1].reason == "It has the id of this record and says something else."
    assert said(report.items[1]) == [("changed", "when", "2024-05-03")]


# --- ids ---


@pytest.mark.parametrize(
    ("wish", "words", "key", "made"),
    [
        ("ferry-sold", "The ferry was sold", "k", "ferry-sold"),
        ("Ferry Sold", "The ferry was sold", "k", "the-ferry-was-sold"),
        ("bridge-closed", "", "k", "bridge-closed-2"),
        ("", "Пором продано", "k", f"claim-{hashlib.sha256(b'k').hexdigest()[:10]}"),
    ],
)
def test_a_claim_gets_the_id_it_wishes_for_or_one_of_its_words(
    valley: Path, wish: str, words: str, key: str, made: str
) -> None:
    page = "https://desk.example/reviews"
    fields = claim(key, "The ferry was sold.", page).fields
    report = bring(valley, row(1, Draft("claim", key, fields, wish=wish, words=words), review(page)))
    assert report.items[0].records[0] == f"claim:{made}"
    missed = [("id-taken", "id", wish)] if wish and wish != made else []
    assert said(report.items[0]) == missed


def test_an_earlier_id_of_a_record_is_taken(valley: Path) -> None:
    listed = valley / "content/claims/bridge.yml"
    listed.write_text(
        listed.read_text("utf-8").replace("- id: bridge-closed\n", "- id: bridge-closed\n  was: [ferry]\n"), "utf-8"
    )
    page = "https://desk.example/reviews"
    draft = Draft("claim", "k", claim("k", "The ferry was sold.", page).fields, wish="ferry")
    assert bring(valley, row(1, draft, review(page))).items[0].records[0] == "claim:ferry-2"
    assert errors(valley) == []


@given(
    st.sets(st.sampled_from(["a", "a-2", "a-3", "b", "b-2", "c" * LONGEST_ID])),
    st.lists(st.sampled_from(["a", "b", "a-2", "c" * LONGEST_ID]), max_size=12),
)
def test_ids_are_those_that_counting_would_find(taken: set[str], wanted: list[str]) -> None:
    ids, known = Ids(taken), set(taken)
    for one in wanted:
        free = make_free(one, known)
        known.add(free)
        assert ids.take(one) == free


# --- all or nothing ---


def test_a_row_that_would_bring_an_error_is_kept_back_and_the_others_are_written(valley: Path) -> None:
    page = "https://desk.example/reviews"
    wrong = Draft("claim", "2", {**claim("2", "The ferry cost 300 crowns.", page).fields, "seen": [
        {"in": Handle("source", page), "finding": "Tells of the ferry.", "chain": "untraced"}
    ]})  # fmt: skip
    report = bring(valley, simple(1), row(2, wrong, review(page)), simple(3))
    assert outcomes(report) == ["written", "kept-back", "written"]
    assert (
        report.items[1].reason
        == "The figure “300” stands in none of the quotations and findings of this claim. (figure-not-cited)"
    )
    assert errors(valley) == []


def test_every_row_that_needs_a_wrong_source_is_kept_back(valley: Path) -> None:
    rows = [
        row(n, claim(str(n), f"Ferry {n} sank.", page), review(page, language=language))
        for n, page, language in (
            (1, "https://a.example/", "en"),
            (2, "https://b.example/", "English!"),
            (3, "https://b.example/", "English!"),
        )
    ]
    report = bring(valley, *rows)
    assert outcomes(report) == ["written", "kept-back", "kept-back"]
    assert report.items[1].reason == report.items[2].reason != ""
    assert errors(valley) == []


def test_every_row_that_names_what_is_not_there_is_kept_back(valley: Path) -> None:
    page = "https://desk.example/reviews"
    wrong = [row(n, claim(str(n), f"Ferry {n} sank.", page, topics=["old-brige"]), review(page)) for n in range(1, 31)]
    report = bring(valley, *wrong, simple(31))
    assert outcomes(report) == ["kept-back"] * 30 + ["written"]
    assert report.items[29].reason.startswith("There is no topic with the id `old-brige`.")


def test_errors_that_were_there_before_keep_nothing_back(valley: Path) -> None:
    listed = valley / "content/claims/bridge.yml"
    listed.write_text(listed.read_text("utf-8").replace("about: [lower-brook]", "about: [nobody-known]", 1), "utf-8")
    before = errors(valley)
    assert outcomes(bring(valley, simple(1))) == ["written"]
    assert errors(valley) == before != []


def test_a_twin_of_a_row_that_is_kept_back_takes_its_place_if_it_says_something_else(valley: Path) -> None:
    page = "https://desk.example/reviews"
    long, right = claim("1", "x " * 700, page), claim("1", "The ferry sank.", page)
    rows = row(1, long, review(page)), row(2, long, review(page)), row(3, right, review(page))
    report = bring(valley, *rows)
    assert outcomes(report) == ["kept-back", "kept-back", "written"]
    assert report.items[1].reason.startswith("It says what row 1 says, which is kept back: `says` is too long")


def test_a_row_that_needs_a_row_that_is_kept_back_is_kept_back(valley: Path) -> None:
    base = simple(1)
    kept = Row(1, "line 2", digest("x"), kept_back="There is no claim in it.", raw="{}")
    needs = row(
        2, claim("2", "The ferry sank.", base.drafts[1].key, superseded_by=Handle("claim", "1")), base.drafts[1]
    )
    report = bring(valley, kept, needs, simple(3))
    assert [(item.outcome, item.reason) for item in report.items] == [
        ("kept-back", "There is no claim in it."),
        ("kept-back", "It needs the claim “1”, which is not there or is kept back."),
        ("written", ""),
    ]


def test_rows_may_refer_to_each_other(valley: Path) -> None:
    page = "https://desk.example/reviews"
    first = row(1, claim("1", "The ferry sinks today.", page, superseded_by=Handle("claim", "2")), review(page))
    second = row(2, claim("2", "The ferry sank.", page), review(page))
    assert outcomes(bring(valley, first, second)) == ["written", "written"]
    assert find(valley, "claims", "the-ferry-sinks-today")["superseded_by"] == "the-ferry-sank"


def test_where_errors_do_not_go_away_nothing_is_written() -> None:
    rows = [simple(number) for number in range(1, 9)]
    seen: list[int] = []

    def complain(texts: Any) -> Sequence[Diagnostic]:
        seen.append(len(texts))
        path = next(path for path in texts if path.startswith("content/claims/"))
        return (Diagnostic(Place(path, 2, 1), "odd", "There is always something."),)

    proven = prove("claimreview", rows, Library(), NOWHERE, complain)
    assert len(seen) == 4
    assert (proven.files, proven.plan.records) == ((), ())
    assert [item.outcome for item in proven.plan.items] == ["kept-back"] * 8
    assert proven.problem == "Nothing of this file can be written: There is always something. (odd)"


def test_an_error_is_put_down_to_the_rows_of_its_record() -> None:
    rows = [
        simple(1),
        simple(2),
        row(3, claim("3", "The boat sank.", "https://b.example/"), review("https://b.example/", "Other")),
    ]
    new = lay_out(plan("claimreview", rows, Library(), {}).records, NOWHERE)
    claims = next(file for file in new if file.path.startswith("content/claims/"))
    sources = next(file for file in new if file.path.startswith("content/sources/"))

    def blamed(path: str, line: int, message: str = "Wrong.") -> tuple[list[int], int]:
        found, others = blame([Diagnostic(Place(path, line, 1), "odd", message)], new)
        return sorted(found), len(others)

    assert blamed(claims.path, claims.lines[1]) == ([2], 0)
    assert blamed(claims.path, claims.lines[2] - 1) == ([2], 0)
    assert blamed(sources.path, sources.lines[0] + 3) == ([1, 2], 0)
    assert blamed(claims.path, 0) == ([1, 2, 3], 0)
    assert blamed("content/entities/valley.yml", 3, "`other` and `valley` have the same name.") == ([3], 0)
    assert blamed("content/entities/valley.yml", 3, "Something else.") == ([], 1)


@pytest.mark.parametrize("written", range(5))
def test_an_import_that_broke_off_is_completed_by_the_next(valley: Path, written: int) -> None:
    event = Draft("event", "e", {"title": "The ferry is sold", "when": "2024-05-02", "phase": "done", "rests_on": [Handle("claim", "1")]}, words="The ferry is sold")  # fmt: skip
    page = "https://desk.example/reviews"
    rows = row(1, event, claim("1", "The ferry was sold.", page), review(page)), simple(2)
    shelf = read_shelf(valley)
    new = lay_out(plan("claimreview", rows, read_library(shelf.documents), {}).records, NOWHERE)
    assert len(new) == 5
    for file in new[:written]:
        write.create(valley, file.path, file.text)
    assert errors(valley) == []
    bring(valley, *rows)
    assert errors(valley) == []
    names = [(kind, one["id"]) for kind in ("claims", "sources", "entities", "events") for one in records(valley, kind)]
    assert len(names) == len({*names}) == 5
    assert outcomes(bring(valley, *rows)) == ["already-there", "already-there"]


def records(root: Path, kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted((root / "content" / kind / "imported").glob("*.yml")):
        document, problems = parse(path.name, path.read_bytes())
        assert problems == ()
        assert document is not None
        assert isinstance(document.data, list)
        for item in document.data:
            assert isinstance(item, dict)
            yield item


def test_two_imports_at_once_write_each_record_once(valley: Path) -> None:
    rows = [simple(number) for number in range(1, 301)]
    found: dict[str, list[str]] = {}
    start = threading.Barrier(2)

    def work(name: str) -> None:
        start.wait()
        found[name] = outcomes(bring(valley, *rows, source=Source("claimreview", f"{name}.json", name)))

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found.values()) == [["already-there"] * 300, ["written"] * 300]
    assert len([*records(valley, "claims")]) == 300
    assert errors(valley) == []


def test_a_trial_writes_nothing_and_tells_the_same(valley: Path) -> None:
    rows = simple(1), simple(2, "x " * 700), simple(3)
    before = files(valley)
    trial = bring(valley, *rows, dry=True)
    assert files(valley) == before
    real = bring(valley, *rows)
    assert outcomes(trial) == outcomes(real) == ["written", "kept-back", "written"]
    assert [item.records for item in trial.items] == [item.records for item in real.items]


# --- notes ---

TEXT = st.text(st.characters(codec=None) | st.sampled_from("\r\n\t\x85:#- {}[]'\"\\"), max_size=60)


@given(st.text("ab.\n ", max_size=300), st.integers(1, 200), st.sampled_from(["", "body: ", "description: "]))
def test_a_long_note_is_parted_and_nothing_of_it_is_lost(text: str, times: int, field: str) -> None:
    note = field + text * times
    parts = part(note)
    assert all(len(piece) <= LONGEST for piece in parts)
    if len(parts) < 2:
        assert parts == ((note,) if note else ())
        return
    heads = [f"{field.removesuffix(': ')} ({n} of {len(parts)}): ".lstrip() for n in range(1, len(parts) + 1)]
    assert field + "".join(one.removeprefix(head) for head, one in zip(heads, parts, strict=True)) == note
    assert all(one.startswith(head) for head, one in zip(heads, parts, strict=True))


def test_a_long_note_is_parted_at_line_ends() -> None:
    lines = [f"Line {number} of the body of a review.\n" for number in range(200)]
    parts = part("body: " + "".join(lines))
    assert [len(parts), parts[0][:23], parts[1][:23]] == [2, "body (1 of 2): Line 0 o", "body (2 of 2): Line 119"]


def test_what_cannot_be_typed_is_written_so_that_it_is_seen(valley: Path) -> None:
    report = bring(valley, simple(1, "The \x85ferry\u202e sank.", "https://desk.example/", "raw: \x00a\ud800b\r\nc"))
    typed = find(valley, "claims", "the-ferry-sank")
    assert typed["says"] == "The  ferry sank."
    assert typed["notes"] == [
        "raw: \\u0000a\\ud800b\nc",
        "says: The \\u0085ferry\\u202e sank.",
        "seen.finding: Reviews the claim: The \\u0085ferry\\u202e sank.",
    ]
    assert {code for code, _, _ in said(report.items[0])} == {"control-characters"}
    assert outcomes(bring(valley, simple(1, "The \x85ferry\u202e sank.", "https://desk.example/", "raw: \x00a\ud800b\r\nc"))) == ["already-there"]  # fmt: skip


def test_notes_and_marks_reach_nothing_that_is_published(tmp_path: Path) -> None:
    root = copy_inputs(ROOT, SAMPLE, to=tmp_path / "sample").root
    desk = Draft("entity", "Example Desk", {"type": "outlet"}, ("url: quuxmarker",))
    page = review("https://desk.example/reviews")
    noted = Draft("source", "quuxmarker", page.fields, ("body: quuxmarker words that somebody else wrote",))
    bring(root, row(1, claim("quuxmarker", "The ferry sank.", "quuxmarker", "rating: quuxmarker"), noted, desk))
    assert sum(data.count(b"quuxmarker") for data in files(root).values()) == 5
    built = pipeline.build(root, today=TODAY)
    assert built.ok
    assert any("the-ferry-sank" in path for path in built.pages)
    assert [path for path, text in built.pages.items() if "quuxmarker" in text] == []
    assert [path for path, data in built.files.items() if b"quuxmarker" in data] == []
    assert b"the-ferry-sank" in built.files["data/records.json"]


# --- any rows ---

NAMES = st.sampled_from(["Ann", "ANN", "The Desk", "Пост", "#", "- x", "a: b"]) | TEXT
KEYS = st.sampled_from(["a", "b", "https://x.example/1"]) | TEXT
HANDLES = st.builds(Handle, st.sampled_from(["entity", "source", "claim", "event"]), NAMES | KEYS, st.sampled_from(["", "person", "outlet"]))  # fmt: skip
SCALARS = TEXT | HANDLES | st.none()
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.lists(st.dictionaries(st.sampled_from(["in", "finding", "chain", "x: y"]), SCALARS, max_size=3), max_size=2)  # fmt: skip


def drafts(kind: str) -> st.SearchStrategy[Draft]:
    names = sorted({*KINDS[kind].model_fields} - {"id", "notes", "imported", "url"})
    fields = st.dictionaries(st.sampled_from(names), VALUES, max_size=4)
    notes = st.lists(TEXT | TEXT.map(lambda text: (text + "-") * 200), max_size=2).map(tuple)
    return st.builds(Draft, st.just(kind), KEYS, fields, notes, st.sampled_from(["", "a", "A b"]), TEXT)


ROWS = st.lists(
    st.builds(
        lambda own, others, digest: (own, *others, digest),
        st.sampled_from([*KINDS][:4]).filter(lambda kind: kind != "topic").flatmap(drafts),
        st.lists(st.sampled_from(["source", "entity", "claim", "event"]).flatmap(drafts), max_size=3),
        st.sampled_from(["0" * 64, "1" * 64, ""]),
    ),
    max_size=6,
)


@given(ROWS)
def test_any_drafts_are_written_so_that_they_read_back(found: list[Any]) -> None:
    rows = [Row(number, f"line {number}", digest, tuple(made)) for number, (*made, digest) in enumerate(found, 1)]
    planned = plan("csv", rows, Library(), {})
    report = Report("csv", "x.csv", (), prove("csv", rows, Library(), NOWHERE, lambda _: ()))
    assert sum(report.outcomes.values()) == len(rows)
    new = lay_out(planned.records, NOWHERE)
    for file in new:
        document, problems = parse(file.path, file.text.encode())
        assert problems == ()
        assert document is not None
        blank_is_none = json.loads(
            json.dumps([{"id": one.id, **one.fields} for one in file.records]).replace('""', '""')
        )
        assert document.data == blank_is_none
        assert [document.place((index,)).line for index in range(len(file.records))] == [*file.lines]
    again = plan("csv", rows, read_library(doc for file in new if (doc := parse(file.path, file.text.encode())[0])), {})
    if "kept-back" not in {item.outcome for item in planned.items}:
        assert again.records == ()
        assert {item.outcome for item in again.items} <= {"already-there", "duplicate"}


@given(KEYS)
def test_a_key_is_stored_in_one_line_and_stays_what_it_is(key: str) -> None:
    stored = stored_key(key)
    assert 0 < len(stored) <= 300
    assert stored_key(stored) == stored
    assert "\n" not in stored
    assert write_notes([stored]) == [stored]


def test_long_keys_that_begin_alike_stay_apart() -> None:
    assert stored_key("x" * 301) != stored_key("x" * 302)
    assert stored_key("a\n") != stored_key("a")


# --- many rows ---


def test_five_thousand_rows_are_all_accounted_for(valley: Path) -> None:
    rows = []
    for number in range(1, 5001):
        page = f"https://desk{number % 7}.example/{number // 3}"
        if number % 100 == 0:
            rows.append(Row(number, f"line {number}", digest(number), raw="{}"))
        elif number % 101 == 0:
            rows.append(Row(number, f"line {number}", digest(number), kept_back="There is no claim in it.", raw="{}"))
        elif number % 103 == 0:
            rows.append(Row(number, f"line {number}", rows[0].digest, rows[0].drafts))
        else:
            says = "x " * 700 if number % 107 == 0 else f"Ferry number {number} was painted green."
            rows.append(
                row(number, claim(f"{page}#{number}", says, page, "rating: False"), review(page, f"Desk {number % 7}"))
            )
    report = bring(valley, *rows)
    blank = 5000 // 100
    kept = {n for n in range(1, 5001) if n % 100 and (n % 101 == 0 or (n % 107 == 0 and n % 103))}
    twice = {n for n in range(1, 5001) if n % 100 and n % 101 and n % 103 == 0}
    assert report.outcomes == {
        "written": 5000 - blank - len(kept) - len(twice),
        "already-there": 0,
        "changed-since": 0,
        "duplicate": len(twice),
        "kept-back": len(kept),
        "blank": blank,
    }
    assert sum(report.outcomes.values()) == len(report.items) == 5000
    assert [item.row.number for item in report.items] == [*range(1, 5001)]
    assert report.records["claims"] == report.outcomes["written"]
    listed = [*(valley / "content/claims/imported").iterdir()]
    assert len(listed) == -(-report.outcomes["written"] // MOST_RECORDS)
    assert errors(valley) == []
    before = files(valley)
    again = bring(valley, *rows)
    assert again.outcomes == {**report.outcomes, "written": 0, "already-there": report.outcomes["written"]}
    assert files(valley) == before


# --- the house ---


def test_every_remark_has_a_sentence() -> None:
    used = set()
    for path in sorted((ROOT / "generator/importers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remark" and node.args:
                found = (one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant))
                used |= {one for one in found if isinstance(one, str)}
    assert used - set(CODES) == set()
    assert "date-ambiguous" in used
    assert Remark("similar").code in CODES
    assert len(OUTCOMES) == 6


def test_the_command_line_starts_without_what_only_an_import_needs() -> None:
    code = (
        "import sys; import generator.cli.importing; "
        "print(sorted(name for name in sys.modules if name.startswith('generator.') and name.split('.')[1] in "
        "{'decode', 'link', 'records', 'pipeline', 'dates', 'scaffold', 'importers'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "['generator.importers', 'generator.scaffold', 'generator.scaffold.fields']\n"
    assert import_data.name == "import"
