"""A topic is a fact sheet: a question, its answer, and the matrix of who says what. Corrections stand beside it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.records.fields import Day, Id, Ids, Line, Model, Prose, Record


class Question(Model):
    """One row of the matrix.

    Attributes:
        id: unique within the topic; an anchor on its page.
        text: the question.
        claims: the claims that answer it.
    """

    id: Id
    text: Line
    claims: Ids = ()


class Topic(Record):
    """A fact sheet.

    Attributes:
        title: its name.
        question: what it answers.
        answer: about sixty words with links to claims.
        lead: claims shown first.
        parties: columns of the matrix: roots of origins.
        questions: rows of the matrix.
    """

    title: Line
    question: Line
    answer: Prose
    lead: Ids = ()
    parties: Ids = ()
    questions: tuple[Question, ...] = ()


class Correction(Model):
    """A published change of something that was published.

    Attributes:
        on: the day.
        records: what it concerns, as `kind:id` or a bare id.
        kind: error, update, clarification or retraction.
        was: what stood there.
        now: what stands there now.
        why: the reason.
    """

    on: Day
    records: Annotated[tuple[Line, ...], Field(min_length=1)]
    kind: Literal["error", "update", "clarification", "retraction"]
    was: Prose | None = None
    now: Prose | None = None
    why: Prose
