"""The tables of the fact sheets: each question with its answer, and the matrix of who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.tables.columns import ID, PAGE, POSITION, Column, Reference, Table, address, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_OF = Column("topic", "The fact sheet.", required=True, to="topics")


def _topics(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    topic = library.topics[one]
    yield one, topic.title, topic.question, topic.answer, address(library, kind, one)


def _leads(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.topics[one].lead)


def _parties(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.topics[one].parties)


def _questions(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for position, question in enumerate(library.topics[one].questions, 1):
        yield one, position, question.id, question.text


def _answers(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for place, question in enumerate(library.topics[one].questions, 1):
        for position, claim in enumerate(question.claims, 1):
            yield one, place, position, claim


TOPICS = (
    Table(
        "topics",
        "Topics",
        "Each row is a fact sheet: a question and its short answer.",
        (
            ID,
            Column("title", "The name of the fact sheet.", required=True),
            Column("question", "The question that it answers.", required=True),
            Column("answer", "The short answer.", required=True),
            PAGE,
        ),
        ("id",),
        ("topic",),
        _topics,
        label="title",
        search=("title", "question", "answer"),
    ),
    Table(
        "topic_leads",
        "First claims of topics",
        "Each row is a claim that its fact sheet shows first.",
        (_OF, POSITION, Column("claim", "The claim.", required=True, to="claims")),
        ("topic", "position"),
        ("topic",),
        _leads,
    ),
    Table(
        "topic_parties",
        "Parties",
        "Each row is a column of a fact sheet's matrix of who says what.",
        (_OF, POSITION, Column("entity", "The party.", required=True, to="entities")),
        ("topic", "position"),
        ("topic",),
        _parties,
    ),
    Table(
        "questions",
        "Questions",
        "Each row is a question, a row of a fact sheet's matrix of who says what.",
        (
            _OF,
            POSITION,
            Column("name", "Its name within the fact sheet, the end of its address.", required=True),
            Column("text", "The question.", required=True),
        ),
        ("topic", "position"),
        ("topic",),
        _questions,
    ),
    Table(
        "question_claims",
        "Questions and claims",
        "Each row is a claim that answers a question of a fact sheet.",
        (
            _OF,
            Column("question", "The place of the question in `questions`.", "integer", required=True),
            POSITION,
            Column("claim", "The claim.", required=True, to="claims"),
        ),
        ("topic", "question", "position"),
        ("topic",),
        _answers,
        joins=(Reference(("topic", "question"), "questions", ("topic", "position")),),
    ),
)
