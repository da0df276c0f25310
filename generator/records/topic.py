"""A topic is a fact sheet: a question, its answer, and the matrix of who says what. Corrections stand beside it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from generator.records.fields import Day, Id, Ids, Line, Model, Prose, Record


class Question(Model):
    """One row of the matrix of who says what.

    Attributes:
        id: its name within the fact sheet, the end of its address.
        text: the question.
        claims: the claims that answer it, by their ids.
    """

    id: Id = Field(examples=["begin"])
    text: Line = Field(examples=["When does the work begin?"])
    claims: Ids = Field(default=(), examples=[["mayor-says-work-begins-in-july"]])


class Topic(Record):
    """A fact sheet: one question and its answer.

    Attributes:
        title: the name of the fact sheet.
        question: the question that it answers.
        answer: the short answer: about sixty words, with links to claims.
        lead: the claims that are shown first, by their ids.
        parties: the columns of the matrix of who says what: entities that nobody else stands behind, by their ids.
        questions: the rows of the matrix of who says what.
    """

    title: Line = Field(examples=["The old bridge"])
    question: Line = Field(examples=["When will the old bridge be repaired?"])
    answer: Prose = Field(examples=["[Work was to begin in July](claim:mayor-says-work-begins-in-july)."])
    lead: Ids = Field(default=(), examples=[["mayor-says-work-begins-in-july"]])
    parties: Ids = Field(default=(), examples=[["council"]])
    questions: tuple[Question, ...] = Field(default=(), examples=[[{"id": "begin", "text": "When does the work begin?", "claims": ["mayor-says-work-begins-in-july"]}]])  # fmt: skip


class Correction(Model):
    """A published change of something that was published.

    Attributes:
        on: the day of the correction.
        records: what it concerns: ids, with the kind in front where two records share one (`claim:bridge`).
        kind: what sort of change it is.
        was: what stood there, letter for letter.
        now: what stands there now, letter for letter.
        why: the reason, in one sentence.
    """

    on: Day = Field(examples=["2025-06-03"])
    records: Annotated[tuple[Line, ...], Field(min_length=1, examples=[["mayor-says-work-begins-in-july"]])]
    kind: Literal["error", "update", "clarification", "retraction"] = Field(examples=["error"])
    was: Prose | None = Field(default=None, examples=["The mayor said that work would begin in June."])
    now: Prose | None = Field(default=None, examples=["The mayor said that work would begin in July."])
    why: Prose = Field(examples=["The month was misread."])
