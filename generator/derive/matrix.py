"""The contradiction matrix: questions by parties; each cell holds the claims through which that side answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.derive.origins import UNNAMED, origin_of
from generator.derive.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.link import Library
    from generator.records import Claim, Question, Topic

OTHERS = "others"
NO_SOURCE = "no-source-given"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says on one question.

    Attributes:
        claim: the claim.
        field: `seen` or `evidence`: where its words stand.
        index: the position in that list.
        voices: who says it there, as typed: entity ids, or words for unnamed voices; nobody who says it elsewhere.
        others: how many other sources have the side say it.
    """

    claim: str
    field: Literal["seen", "evidence"]
    index: int
    voices: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answers of each column."""

    question: Question
    cells: Mapping[str, tuple[Answer, ...]]

    @property
    def is_disputed(self) -> bool:
        """Whether two parties answer through different claims."""
        sides = [
            frozenset(a.claim for a in answers)
            for column, answers in self.cells.items()
            if column not in (OTHERS, NO_SOURCE) and answers
        ]
        return len(sides) > 1 and len(set(sides)) > 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions by parties.

    Attributes:
        columns: the topic's parties, then `others`, then `no-source-given`; only those that say something.
        rows: one for each question.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def _columns_of(library: Library, topic: Topic, claim: Claim) -> Iterator[tuple[str, str, int, str | None]]:
    """List column, field, index and voice, where one is given, of every chain that says a claim."""
    if claim.speaker is not None:
        root = root_of(library.entities, claim.speaker, claim.when)
        column = root if root in topic.parties else OTHERS
        for field, index, item in claim.cited:
            if field == "seen" or getattr(item, "stance", "") == "supports":
                yield column, field, index, claim.speaker
        return
    for field, index, item in claim.cited:
        if field == "evidence" and getattr(item, "stance", "") != "supports":
            continue
        for chain in item.paths:
            origin = origin_of(library, item, chain, claim.when)
            if origin is None:
                yield NO_SOURCE, field, index, None
            else:
                root, voice = origin
                yield (root if root in topic.parties else NO_SOURCE if root == UNNAMED else OTHERS), field, index, voice


def _answers(library: Library, topic: Topic, claim: Claim) -> Iterator[tuple[str, Answer]]:
    """Give each column one answer for a claim: its first words, whose they are, and how many more sources have them."""
    items = {(field, index): item for field, index, item in claim.cited}
    found: dict[str, dict[tuple[str, int], dict[str, None]]] = {}
    for column, field, index, voice in _columns_of(library, topic, claim):
        voices = found.setdefault(column, {}).setdefault((field, index), {})
        voices |= {voice: None} if voice else {}
    for column, said in found.items():
        if column == NO_SOURCE and len(found) > 1:
            continue
        (field, index), voices = next(iter(said.items()))
        others = {items[place].source for place in said} - {items[field, index].source}
        yield column, Answer(claim.id, "seen" if field == "seen" else "evidence", index, tuple(voices), len(others))


def _row(library: Library, topic: Topic, question: Question) -> Row:
    cells: dict[str, list[Answer]] = {}
    for one in question.claims:
        if one in library.claims:
            for column, answer in _answers(library, topic, library.claims[one]):
                cells.setdefault(column, []).append(answer)
    return Row(question, {column: tuple(answers) for column, answers in cells.items()})


def lay_out(library: Library, topic: Topic) -> Matrix:
    """Lay out the matrix of one topic."""
    rows = tuple(_row(library, topic, question) for question in topic.questions)
    used = {column for row in rows for column in row.cells}
    extra = tuple(column for column in (OTHERS, NO_SOURCE) if column in used)
    return Matrix((*topic.parties, *extra), rows)
