"""The X-ray of a text: what a reader sees of it, by the words that may be shown, and how passages and notes are tied."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from conftest import ROOT, SAMPLE

from generator import pipeline
from generator.dialect import render_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = date(2031, 7, 3)

FERRY = """---
title: The ferry
outlet: marn-courier
accessed: 2031-04-05
url: https://courier.example/ferry
archived: https://archive.example/ferry
language: en
genre: news
stored: {stored}
publish: {publish}
skipped:
  - {{quote: Nobody asked about the dogs, why: A remark.}}
summary: Of the ferry.
---

# News from the quay of the lower town

The ferry sails at noon, the harbour master says, and it carries forty cars. Nobody asked about the dogs.

This whole paragraph is quoted by nobody, and it goes on for a while about the weather on the river that day.

Nor is this one, which tells how the old ferryman learned his trade from his father many years ago on the same river.

- The ferry was late again yesterday, by an hour or more than that, as the passengers on the quay told the paper.
- The ferry was late again yesterday.
"""

CLAIMS = """
- {id: sails, says: The ferry sails at noon., kind: fact, verdict: unchecked,
   seen: [{in: ferry, quote: "The ferry sails at noon [...] it carries forty cars", chain: own}]}
- {id: cars, says: It carries many cars., kind: opinion, verdict: not-checkable, why: A word of praise.,
   checked: {on: 2031-04-05, by: [Ida]}, log: [{on: 2031-04-05, verdict: not-checkable, note: First judged.}],
   seen: [{in: ferry, quote: carries forty cars, chain: own}],
   evidence: [{in: ferry, stance: context, basis: witness, quote: the harbour master says, chain: own}]}
- {id: master, says: The harbour master says so., kind: fact, verdict: unchecked,
   seen: [{in: ferry, quote: the harbour master says, chain: own}]}
- {id: late, says: The ferry was late., kind: fact, verdict: unchecked,
   seen: [{in: ferry, quote: The ferry was late again yesterday, all: true, chain: own}]}
"""


def build(root: Path, publish: str, stored: str = "whole") -> Mapping[str, str]:
    """The sample with the ferry, as Markdown pages."""
    shutil.copytree(SAMPLE / "content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "content/sources/ferry.md").write_text(FERRY.format(publish=publish, stored=stored), "utf-8")
    (root / "content/claims/ferry.yml").write_text(CLAIMS, "utf-8")
    built = pipeline.build(root, today=TODAY)
    assert [str(d) for d in built.diagnostics if d.severity == "error"] == []
    return built.pages


def html_of(pages: Mapping[str, str], path: str = "sources/ferry.md") -> str:
    return render_page(pages[path].split("\n---\n", 1)[1]).html


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of the ferry as HTML for each way of publishing its text."""
    return {mode: html_of(build(tmp_path_factory.mktemp(mode), mode)) for mode in ("excerpts", "full", "none")}


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def blocks_of(html: str) -> list[str]:
    """The text as a reader sees it: marks between « and », the number of the note behind each."""
    read = []
    for block in re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL):
        numbered = re.sub(r'<sup><a[^>]* data-number="(\d+)"[^>]*></a></sup>', r"^\1", block)
        marked = re.sub(r"<mark[^>]*>", "«", numbered).replace("</mark>", "»")
        read.append(text_of(marked))
    return read


def test_of_excerpts_only_quoted_words_are_read_and_gaps_show_where_words_are_left_out(
    shown: Mapping[str, str],
) -> None:
    assert blocks_of(shown["excerpts"]) == [
        "[…]",
        "«The ferry sails at noon»^1 «the harbour master says»^2 […] «it »«carries forty cars»^1 […]",
        "[…]",
        "«The ferry was late again yesterday»^3 […]",
        "«The ferry was late again yesterday»^4",
    ]


def test_a_full_text_is_read_as_it_is_stored(shown: Mapping[str, str]) -> None:
    assert blocks_of(shown["full"]) == [
        "News from the quay of the lower town",
        "«The ferry sails at noon»^1, «the harbour master says»^2, and «it »«carries forty cars»^1. Nobody asked about the dogs.",
        "This whole paragraph is quoted by nobody, and it goes on for a while about the weather on the river that day.",
        "Nor is this one, which tells how the old ferryman learned his trade from his father many years ago on the same river.",
        "«The ferry was late again yesterday»^3, by an hour or more than that, as the passengers on the quay told the paper.",
        "«The ferry was late again yesterday»^4.",
    ]


def test_a_text_that_may_not_be_shown_is_not_but_what_was_checked_is(shown: Mapping[str, str]) -> None:
    html = shown["none"]
    assert blocks_of(html) == []
    assert "ferry sails" not in re.sub(r'"[^"]*"', "", html).replace("The ferry sails at noon.</a>", "")
    assert "text=" not in html
    assert "3 of 7 sentences cited" in html
    assert [a for a in re.findall(r'<a href="#([^"]*)" tabindex', html) if f'id="{a}"' not in html] == []
    assert '<a href="#by-q1-master" tabindex="-1">' in html


@pytest.mark.parametrize("mode", ["excerpts", "full"])
def test_each_note_says_by_number_verdict_and_claim_what_its_passage_is_to_whom(
    shown: Mapping[str, str], mode: str
) -> None:
    notes = re.findall(r'<details[^>]* class="remark.*?</details>', shown[mode], re.DOTALL)
    told = [text_of(note.split("</summary>")[0]) for note in notes]
    assert told == [
        "1 · 2 claims: Not checked yet, Not checkable",
        "2 · 2 claims: Not checked yet, Not checkable",
        "3 Not checked yet",
        "4 Not checked yet",
    ]
    assert [re.findall(r'href="\.\./claims/([a-z]+)\.md#([a-z]+)-1"', note) for note in notes] == [
        [("sails", "seen"), ("cars", "seen")], [("master", "seen"), ("cars", "evidence")], [("late", "seen")], [("late", "seen")],
    ]  # fmt: skip
    assert 'on “<span lang="en">carries forty cars</span>”' in notes[0]
    assert re.findall(r'data-verdict="([^"]*)"', " ".join(notes)) == [
        "unchecked not-checkable", "unchecked not-checkable", "unchecked", "unchecked",
    ]  # fmt: skip


@pytest.mark.parametrize("mode", ["excerpts", "full"])
def test_a_sign_stands_only_where_what_is_said_has_one_verdict(shown: Mapping[str, str], mode: str) -> None:
    signs = re.findall(r'<sup><a href="#note-(\d)"([^>]*)></a></sup>', shown[mode])
    assert [
        (number, re.findall(r"verdict-(\w+)", rest), re.findall(r'label="([^"]*)"', rest)) for number, rest in signs
    ] == [
        ("1", [], ["Note 1: Not checked yet, Not checkable"]),
        ("2", ["dash"], ["Note 2: Not checked yet, Not checkable"]),
        ("1", [], ["Note 1: Not checked yet, Not checkable"]),
        ("3", ["dash"], ["Note 3: Not checked yet"]),
        ("4", ["dash"], ["Note 4: Not checked yet"]),
    ]
    marks = {words: attributes for attributes, words in re.findall(r"<mark([^>]*)>([^<]*)", shown[mode])}
    assert "verdict-dash" in marks["it "]
    assert "verdict-" not in marks["carries forty cars"]


@pytest.mark.parametrize("mode", ["excerpts", "full", "none"])
def test_anchors_are_given_once_and_every_link_within_the_page_finds_its_own(
    shown: Mapping[str, str], mode: str
) -> None:
    ids = re.findall(r'\sid="([^"]*)"', shown[mode])
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', shown[mode])) - set(ids) == set()
    assert set(re.findall(r'data-key="([^"]*)"', shown[mode])) - set(ids) == set()
    passages = {"q1-sails", "q1-cars", "q1-master", "q1-late"}
    assert passages - {one.removeprefix("by-") for one in ids} == set()


def test_a_cell_for_each_sentence_leads_to_its_passages_and_is_told_by_shape(shown: Mapping[str, str]) -> None:
    picture = re.search(r'<figure class="coverage-strip">.*?</figure>', shown["excerpts"], re.DOTALL)
    assert picture is not None
    assert "<figcaption>3 of 7 sentences cited</figcaption>" in picture[0]
    cells = re.findall(
        r'(?:<a href="#([^"]*)" tabindex="-1">)?<rect class="([^"]*)"[^>]*? height="(\d+(?:\.\d+)?)"', picture[0]
    )
    assert cells[:10] == [
        ("", "unchecked", "19"),
        ("q1-sails", "cited verdict-dash", "19"),
        ("e1-cars", "cited verdict-quote", "19"),
        ("q1-master", "cited verdict-dash", "19"),
        ("q1-cars", "cited verdict-quote", "19"),
        ("", "skipped", "8"),
        ("", "unchecked", "19"),
        ("", "unchecked", "19"),
        ("q1-late", "cited verdict-dash", "19"),
        ("q1-late", "cited verdict-dash", "19"),
    ]
    assert picture[0].count('<path class="unchecked"') == 3 + 1  # and in the legend


@pytest.mark.parametrize("mode", ["excerpts", "full"])
def test_each_passage_leads_to_its_words_on_the_live_page_and_in_the_archive(
    shown: Mapping[str, str], mode: str
) -> None:
    links = re.findall(r'href="(https://[^"#]*)#:~:([^"]*)"[^>]*aria-label="([^"]*)"', shown[mode])
    assert [(address, unquote(unescape(words)), name) for address, words, name in links][:4] == [
        (
            "https://courier.example/ferry",
            "text=The ferry sails at noon&text=it carries forty cars",
            "Passage 1 on courier.example",
        ),
        (
            "https://archive.example/ferry",
            "text=The ferry sails at noon&text=it carries forty cars",
            "Passage 1 in the archived copy",
        ),
        ("https://courier.example/ferry", "text=the harbour master says", "Passage 2 on courier.example"),
        ("https://archive.example/ferry", "text=the harbour master says", "Passage 2 in the archived copy"),
    ]
    assert len(links) == 8


def test_scripts_are_loaded_only_where_there_are_passages(tmp_path: Path) -> None:
    pages = build(tmp_path, "excerpts")
    assert "\nscripts:\n- lists\n- xray\n" in pages["sources/ferry.md"]
    assert "\nscripts:" not in pages["sources/valley-radio-2031-04-03.md"]


def test_evidence_is_called_evidence_and_an_event_an_event(tmp_path: Path) -> None:
    html = html_of(build(tmp_path, "excerpts"), "sources/council-minutes-2031-04-01.md")
    assert [text_of(one) for one in re.findall(r"<summary>(\d.*?)</summary>", html)] == [
        "1 · Evidence: Supported", "2 · Evidence: Conflicting accounts", "3 · An event",
    ]  # fmt: skip
