"""Fuzzing, the small part of it: what was found before is mended, drawn inputs keep the laws, and no expression goes back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile.fuzz import TARGETS, replay, try_expressions, try_few
from hostile.fuzz.findings import Collector, attempt, list_findings, shrink
from hostile.fuzz.patterns import Pattern
from hostile.fuzz.pumping import measure
from hostile.outcome import SEED, Scale

from generator import filters
from generator.dates import DateError, parse
from generator.dates.mending import mend

if TYPE_CHECKING:
    from pathlib import Path

_FEW = {"yaml": 100, "dates": 150, "quotations": 150, "markdown": 120, "imports": 120, "cache": 60}


@pytest.mark.parametrize("name", TARGETS)
def test_what_broke_a_law_once_breaks_it_no_more(name: str) -> None:
    outcome = replay(name)
    assert outcome.failures == ()
    assert outcome.tried == len(list_findings(name))


def test_findings_are_kept() -> None:
    assert sum(len(list_findings(name)) for name in TARGETS) > 5


@pytest.mark.parametrize("name", TARGETS)
def test_drawn_inputs_keep_all_laws(name: str, tmp_path: Path) -> None:
    outcome = try_few(name, SEED, tmp_path, _FEW[name])
    assert outcome.failures == ()
    assert outcome.tried >= _FEW[name]


def test_no_regular_expression_goes_back_and_forth() -> None:
    outcome = try_expressions(Scale())
    assert outcome.failures == ()
    assert outcome.tried > 350


@pytest.mark.parametrize(
    ("text", "method"),
    [(r"(a+)+$", "match"), (r"(?:\d|\d\d)*x", "fullmatch"), (r"\s*\s*\s*;", "search"), (r"(`+).*?\1!", "search")],
)
def test_an_expression_that_goes_back_and_forth_is_found(text: str, method: str) -> None:
    assert measure(Pattern("here:1", text, 0, frozenset({method})), 2_048, 0.25).seconds > 0.025


def test_a_plain_expression_is_not_taken_for_one() -> None:
    assert measure(Pattern("here:1", r"[a-z]+(?:-[a-z]+)*", 0, frozenset({"fullmatch"})), 2_048, 0.25).seconds < 0.025


def test_a_broken_law_is_found_kept_and_made_smaller(tmp_path: Path) -> None:
    def run(data: bytes) -> None:
        assert b"x" not in data, "no x: here"

    failure = attempt(run, b"abc x def")
    assert failure is not None
    collector = Collector(tmp_path)
    assert collector.keep(failure, b"abc x def")
    assert not collector.keep(failure, b"x def")
    assert [path.read_bytes() for path in tmp_path.glob("*.input")] == [b"x def"]
    assert shrink(run, b"abc x def", failure.mark) == b"x"
    assert attempt(run, b"abc") is None


# --- found by texts that grow ---


def test_a_long_text_in_the_place_of_a_date_is_refused_at_once() -> None:
    for text in ("-" + "." * 20_000 + "\n", "1 May 2025T0:00" + "\t" * 20_000 + "!", " " * 20_000 + "x"):
        assert mend(text) is None
        with pytest.raises(DateError):
            parse(text)


def test_twenty_thousand_backticks_beside_a_quotation_mark_are_read_at_once() -> None:
    assert filters.curl_quotes('"a" ' + "`" * 20_000) == "“a” " + "`" * 20_000
    assert filters.curl_quotes('`"a"` ``"`"`` "c"') == '`"a"` ``"`"`` “c”'
