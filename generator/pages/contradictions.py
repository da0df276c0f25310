"""The contradiction matrix of each topic, and the pairs of claims that cannot both be so, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive import NO_SOURCE, OTHERS, Cited, count, join
from generator.derive.disputes import find_opponents, is_contested
from generator.derive.naming import cite_source, name_record
from generator.pages.citations import reading_link
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.pages.parts import leaf_through
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import CONTRADICTIONS, Link, matrix_path, page_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.derive import Answer, Row
    from generator.link import Rival
    from generator.records import Source, Topic

_NAMED = 3
_OPEN = 3
"""So many sayings of a cell are shown at once; the rest unfold."""
_MOST = 100
"""So many pairs of each manner stand on the overview."""
_MOST_SHEETS = 25
"""So many fact sheets with their questions stand on one page of it."""
_UNATTRIBUTED = {OTHERS: "Others", NO_SOURCE: "No source given"}
_IN_SENTENCE = {OTHERS: "others"}


@dataclass(frozen=True, slots=True)
class Saying:
    """What one side says, through one claim.

    Attributes:
        claim: the claim.
        quote: the words, where they may be shown.
        finding: our words (prose) otherwise.
        source: where they stand.
        voices: who says so there, in words; empty where it is the source itself.
        others: how many more texts have this side say so.
        against: the other sides that say what cannot be so together with it.
    """

    claim: ClaimLine
    quote: str
    finding: str
    source: Link
    voices: str
    others: int
    against: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One side's answers to a question; empty where it says nothing on record.

    Attributes:
        id: an anchor.
        name: of the side.
        who: its page, for a party of the sheet.
        first: the sayings that are shown at once.
        rest: those that unfold.
    """

    id: str
    name: str
    who: Link | None
    first: tuple[Saying, ...]
    rest: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the matrix: a cell for each column of the sheet."""

    id: str
    link: Link
    is_disputed: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The matrix of one topic."""

    id: str
    link: Link
    matrix: Link
    questions: tuple[Question, ...]
    disputed: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that contradict each other."""

    first: ClaimLine
    second: ClaimLine
    is_rival: bool
    why: str


def _voices(site: Site, column: str, answer: Answer, source: Source) -> list[str]:
    """Name who says so in the source that is cited, but for its own outlet; where no source is given, in words as typed."""
    if column == NO_SOURCE:
        return [*answer.voices]
    return [name_record(site.library, "entity", voice) for voice in answer.voices if voice != source.outlet]


def _name_some(names: list[str]) -> str:
    """Name at most three; a longer list ends in how many more there are."""
    if len(names) <= _NAMED:
        return join(names)
    return f"{', '.join(names[: _NAMED - 1])} and {len(names) - _NAMED + 1} others"


def _saying(site: Site, column: str, answer: Answer, against: str) -> Saying:
    claim = site.library.claims[answer.claim]
    item = (claim.seen if answer.field == "seen" else claim.evidence)[answer.index]
    source = site.library.sources[item.source]
    shown = item.quote is not None and site.library.shows_words(item.source)
    cited = Cited("claim", claim.id, answer.field, answer.index)
    label = cite_source(site.library, source)
    return Saying(
        claim_line(site, claim.id),
        (item.quote or "") if shown else "",
        item.finding or "",
        Link(page_path("source", source.id), label, cited.anchor)
        if shown
        else reading_link(site, cited, source.id, label),
        _name_some(_voices(site, column, answer, source)),
        answer.others,
        against,
    )


def _name_column(site: Site, column: str) -> str:
    return _UNATTRIBUTED.get(column) or name_record(site.library, "entity", column)


def _cells(site: Site, topic: Topic, columns: tuple[str, ...], row: Row) -> Iterator[Cell]:
    opponents = find_opponents(site.library, row)
    for column in columns:
        sayings = tuple(
            _saying(
                site,
                column,
                answer,
                join([_IN_SENTENCE.get(o) or _name_column(site, o) for o in opponents.get((column, answer.claim), ())]),
            )
            for answer in row.cells.get(column, ())
        )
        yield Cell(
            f"{row.question.id}--{column}",
            _name_column(site, column),
            link_to(site, "entity", column) if column in topic.parties else None,
            sayings[:_OPEN],
            sayings[_OPEN:],
        )


def _sheet(site: Site, topic: Topic, *, with_cells: bool) -> Sheet:
    """Describe the matrix of a topic; the overview asks for its questions alone."""
    matrix = site.views.matrices[topic.id]
    questions = tuple(
        Question(
            row.question.id,
            Link(matrix_path(topic.id), row.question.text, row.question.id),
            is_contested(site.library, row),
            tuple(_cells(site, topic, matrix.columns, row)) if with_cells else (),
        )
        for row in matrix.rows
    )
    return Sheet(
        topic.id,
        link_to(site, "topic", topic.id),
        Link(matrix_path(topic.id), topic.title),
        questions,
        sum(question.is_disputed for question in questions),
    )


def _pairs(site: Site, manner: str) -> tuple[tuple[str, Rival], ...]:
    """List the contradictions of a manner, each once, from the claim in which it was typed."""
    once: dict[frozenset[str], tuple[str, Rival]] = {}
    for one, rivals in site.library.rivals.items():
        for rival in rivals:
            if rival.typed:
                once.setdefault(frozenset((one, rival.claim)), (one, rival))
    return tuple(pair for pair in once.values() if pair[1].manner == manner)


def _describe(site: Site, pairs: Sequence[tuple[str, Rival]]) -> tuple[Pair, ...]:
    return tuple(
        Pair(claim_line(site, one), claim_line(site, rival.claim), rival.manner == "rival", rival.why or "")
        for one, rival in pairs[:_MOST]
    )


def plan_matrix(site: Site, topic: Topic) -> Iterator[PlannedPage]:
    """Plan the matrix of a topic that has questions."""
    if topic.questions:
        sheet = _sheet(site, topic, with_cells=True)
        yield plan_page(
            sheet.matrix.path,
            "matrix",
            f"Who says what: {sheet.link.label}",
            kind="matrix",
            description=f"{count(len(sheet.questions), 'question', 'questions')}, and what each side answers.",
            crumbs=(Link(CONTRADICTIONS, "Contradictions"),),
            sheet=sheet,
        )


def plan_contradictions(site: Site) -> Iterator[PlannedPage]:
    """Plan the overview, with every pair of rivals; where too many fact sheets ask questions, it goes on."""
    topics = [topic for topic in site.library.topics.values() if topic.questions]
    rivals, counts = _pairs(site, "rival"), _pairs(site, "different-count")
    for leaf in leaf_through(topics, CONTRADICTIONS, "Contradictions", _MOST_SHEETS):
        questions = sum(len(topic.questions) for topic in (leaf.rows if leaf.range else topics))
        yield plan_page(
            leaf.path,
            "contradictions",
            f"Contradictions, {leaf.range}" if leaf.range else "Contradictions",
            kind="list",
            description=f"{count(questions, 'question', 'questions')}, and what each side answers.",
            crumbs=(Link(CONTRADICTIONS, "Contradictions"),) if leaf.range else (),
            sheets=tuple(_sheet(site, topic, with_cells=False) for topic in leaf.rows),
            parts=leaf.parts,
            rivals=() if leaf.range else _describe(site, rivals),
            counts=() if leaf.range else _describe(site, counts),
            unlisted=0 if leaf.range else sum(max(0, len(pairs) - _MOST) for pairs in (rivals, counts)),
        )
