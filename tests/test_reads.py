"""What a computation has read: its own notes, those of what it asked for, and nothing of what it did not look at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import SAMPLE

from generator import pipeline
from generator.derive import derive
from generator.link.facts import parts_of
from generator.link.watched import watch
from generator.pages import open_site
from generator.pages.lines import claim_line
from generator.reads import AtOnce, OnDemand, Reads

if TYPE_CHECKING:
    from collections.abc import Iterator

A, B, C = ("claim", "a"), ("claim", "b"), ("source", "c")


def test_parts_of_a_fact_add_up() -> None:
    reads = Reads()
    for part in (1, 4, 4):
        reads.note(A, part)
    reads.note(B)
    reads.add({A: 2, C: 8})
    assert reads.seen == {A: 7, B: 1, C: 8}


def test_a_computation_apart_leaves_no_note_with_the_one_that_asked() -> None:
    reads = Reads()
    reads.note(A)
    with reads.apart() as seen:
        reads.note(B)
        with reads.apart() as deeper:
            reads.note(C)
    assert (reads.seen, seen, deeper) == ({A: 1}, {B: 1}, {C: 1})


def test_notes_go_on_where_they_were_after_a_computation_that_failed() -> None:
    reads = Reads()

    def fail() -> None:
        with reads.apart():
            reads.note(B)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    reads.note(A)
    assert reads.seen == {A: 1}


def test_what_is_told_of_a_record_on_several_pages_is_read_by_each_of_them() -> None:
    plain = pipeline.check(SAMPLE).library
    assert plain is not None
    reads = Reads()
    library = watch(plain, reads)
    site = open_site(library, derive(library, date(2031, 7, 3)))
    one = next(iter(library.claims))
    with reads.apart() as first:
        line = claim_line(site, one)
    with reads.apart() as again:
        assert claim_line(site, one) is line
    with reads.apart() as anchored:
        assert claim_line(site, one, "seen-1").link.anchor == "seen-1"
    assert first == again == anchored
    assert first["claim", one] & parts_of("claim")["says"]


class Doubles:
    """Doubles numbers, and counts how often it was asked to; a number stands for the fact of its name."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.asked: list[int] = []

    def double(self, number: int) -> int:
        """Double a number below 3; there are no others."""
        self.asked.append(number)
        self.reads.note(("number", str(number)))
        if number > 2:
            raise KeyError(number)
        return 2 * number

    def keys(self) -> Iterator[int]:
        """List the numbers."""
        return iter((1, 2))


def test_a_value_is_computed_once_and_what_it_read_is_noted_for_everybody_who_asks() -> None:
    reads = Reads()
    doubles = Doubles(reads)
    values = OnDemand(doubles.keys, doubles.double, reads)
    for _ in range(2):
        with reads.apart() as seen:
            assert values[2] == 4
        assert seen == {("number", "2"): 1}
    assert doubles.asked == [2]
    assert (list(values), len(values), dict(values)) == ([1, 2], 2, {1: 2, 2: 4})
    assert OnDemand(doubles.keys, doubles.double)[1] == 2  # where nobody wants notes


def test_that_there_is_no_value_was_read_too() -> None:
    reads = Reads()
    doubles = Doubles(reads)
    values = OnDemand(doubles.keys, doubles.double, reads)
    with reads.apart() as seen:
        assert values.get(7) is None
        assert 8 not in values
    assert seen == {("number", "7"): 1, ("number", "8"): 1}


def test_who_asks_for_one_value_of_a_whole_has_read_all_that_it_was_made_of() -> None:
    reads = Reads()
    made: list[str] = []

    def make() -> dict[str, int]:
        made.append("whole")
        reads.note(A)
        reads.note(C, 2)
        return {"x": 1, "y": 2}

    whole = AtOnce(make, reads)
    asks = (lambda: whole["x"], lambda: whole.get("z"), lambda: list(whole), lambda: len(whole))
    for ask in asks:
        with reads.apart() as seen:
            ask()
        assert seen == {A: 1, C: 2}
    assert made == ["whole"]
    assert dict(whole) == {"x": 1, "y": 2}
