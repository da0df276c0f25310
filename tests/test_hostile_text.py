"""Hostile text: a part of what `make hostile` tries, and that every text field there is is attacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile.outcome import Scale
from hostile.text import attack_in
from hostile.text.laying import ATTACKED, FORMED, OF_SITE, STORED, Laid, lay_out, quote
from hostile.text.leaves import list_leaves
from hostile.text.payloads import NAMES, draw, read_collection
from hostile.text.shown import BLOCKS, HEAD, PROSE, UNSHOWN
from hostile.text.tricks import TRICKS
from hostile.text.typed import list_typed
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import parse

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.browser
@pytest.mark.long
def test_no_hostile_text_runs_breaks_a_page_or_a_file_or_gets_lost(browser: Browser, tmp_path: Path) -> None:
    outcomes = list(attack_in(browser, Scale(), tmp_path, print))
    assert {one.what: one.failures for one in outcomes if one.failures} == {}
    assert [one.what for one in outcomes if not one.tried] == []
    assert sum(one.tried for one in outcomes) > 5_000


def test_every_field_that_takes_text_is_attacked_and_every_other_one_too(tmp_path: Path) -> None:
    laid = Laid(("=1", "<b>"))
    for name in ("settings", "vocabulary"):
        (tmp_path / f"{name}.yml").write_text("{}", "utf-8")
    lay_out(tmp_path, laid)
    laid_out = {spot.leaf for spot in laid.lines.values()}
    assert set(ATTACKED) - laid_out == {"event.as_stated"}  # the words of a quotation, to which its line belongs
    assert {STORED, *list_leaves()} == {*ATTACKED, *OF_SITE, *list_typed(), *_not_of_records()}


def _not_of_records() -> set[str]:
    """Fields with a form in settings, vocabulary, corrections and pages, and the ways of a chain, which are no text."""
    others = ("settings.", "vocabulary.", "correction.", "page.id")
    leaves = list_leaves().items()
    return {leaf for leaf, form in leaves if (form == "typed" or leaf in FORMED) and leaf.startswith(others)} | {
        leaf for leaf, _ in leaves if leaf.endswith(".reach")
    }


def test_what_is_said_of_fields_is_said_of_fields_that_are_attacked() -> None:
    assert set(ATTACKED) >= (BLOCKS | HEAD | PROSE | UNSHOWN)
    assert set(list_leaves()) >= FORMED


def test_all_texts_are_drawn_for_a_whole_run_and_the_same_few_for_the_same_seed() -> None:
    drawn = "\n".join(draw(Scale(whole=True)))
    assert [text for text in TRICKS if text not in drawn] == []
    assert [name for name in NAMES if not any(text in drawn for text in read_collection(name)[-20:])] == []
    assert draw(Scale()) == draw(Scale())
    assert draw(Scale()) != draw(Scale(seed=1))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_typed_so_that_yaml_reads_it_back_or_says_what_is_wrong(text: str) -> None:
    document, problems = parse("x.yml", f"x: {quote(text)}\n".encode())
    assert problems or (document is not None and document.data == {"x": text})
