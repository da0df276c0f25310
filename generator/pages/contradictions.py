"""The contradiction matrix of each topic, and the pairs of claims that cannot both be so, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive import NO_SOURCE, OTHERS, Cited, count, join
from generator.derive.disputes import find_opponents, is_contested
from generator.derive.naming import cite_source, name_record
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import CONTRADICTIONS, Link, matrix_path, page_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Answer, Row
    from generator.records import Source, Topic

_NAMED = 3
_OPEN = 3
"""So many sayings of a cell are shown at once; the rest unfold."""
_MOST = 100
"""So many pairs of each manner stand on the overview."""
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
    anchor = cited.anchor if shown else f"by-{cited.anchor}"
    return Saying(
        claim_line(site, claim.id),
        (item.quote or "") if shown else "",
        item.finding or "",
        Link(page_path("source", source.id), cite_source(site.library, source), anchor),
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


def _sheet(site: Site, topic: Topic) -> Sheet:
    matrix = site.views.matrices[topic.id]
    return Sheet(
        topic.id,
        link_to(site, "topic", topic.id),
        Link(matrix_path(topic.id), topic.title),
        tuple(
            Question(
                row.question.id,
                Link(matrix_path(topic.id), row.question.text, row.question.id),
                is_contested(site.library, row),
                tuple(_cells(site, topic, matrix.columns, row)),
            )
            for row in matrix.rows
        ),
        sum(is_contested(site.library, row) for row in matrix.rows),
    )


def _pairs(site: Site) -> tuple[Pair, ...]:
    """List every contradiction once, from the claim in which it was typed; rivals before different counts."""
    pairs = [
        Pair(claim_line(site, one), claim_line(site, rival.claim), rival.manner == "rival", rival.why or "")
        for one, rivals in site.library.rivals.items()
        for rival in rivals
        if rival.typed
    ]
    once: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        once.setdefault(frozenset((pair.first.id, pair.second.id)), pair)
    return tuple(sorted(once.values(), key=lambda pair: not pair.is_rival))


def plan_contradictions(site: Site) -> Iterator[PlannedPage]:
    """Plan the overview with every pair of rivals, and the matrix of each topic."""
    pairs = _pairs(site)
    sheets = tuple(_sheet(site, topic) for topic in site.library.topics.values() if topic.questions)
    for sheet in sheets:
        yield plan_page(
            sheet.matrix.path,
            "matrix",
            f"Who says what: {sheet.link.label}",
            kind="matrix",
            description=f"{count(len(sheet.questions), 'question', 'questions')}, and what each side answers.",
            crumbs=(Link(CONTRADICTIONS, "Contradictions"),),
            sheet=sheet,
        )
    questions = sum(len(sheet.questions) for sheet in sheets)
    rivals, counts = ([pair for pair in pairs if pair.is_rival is manner] for manner in (True, False))
    yield plan_page(
        CONTRADICTIONS,
        "contradictions",
        "Contradictions",
        kind="list",
        description=f"{count(questions, 'question', 'questions')}, and what each side answers.",
        sheets=sheets,
        rivals=rivals[:_MOST],
        counts=counts[:_MOST],
        unlisted=max(0, len(rivals) - _MOST) + max(0, len(counts) - _MOST),
    )
