"""An event: something that happened, was planned or is disputed, resting on claims or evidence."""

from __future__ import annotations

from pydantic import Field

from generator.records.claim import Evidence
from generator.records.fields import WHEN_EXAMPLES, Id, Ids, Line, Prose, Record, When


class Event(Record):
    """Something on the timeline that happened, was planned or is disputed. It rests on claims or on evidence.

    Attributes:
        title: a short name.
        when: when it was, or is to be.
        as_stated: the source's own words for the date. They stand in one of the event's quotations.
        phase: how far it came.
        where: where it was: an entity of type `place`, by its id.
        involves: who took part: entities, by their ids.
        topics: the fact sheets it belongs to, by their ids.
        rests_on: the claims that bear it out, by their ids.
        evidence: what bears it out without a claim.
        part_of: the larger event that it belongs to, by its id.
        summary: what it was, in one or two sentences.
    """

    title: Line = Field(examples=["Work on the old bridge begins"])
    when: When = Field(examples=list(WHEN_EXAMPLES))
    as_stated: Line | None = Field(default=None, examples=["in July"])
    phase: Line = Field(examples=["planned"])
    where: Id | None = Field(default=None, examples=["old-bridge-place"])
    involves: Ids = Field(default=(), examples=[["council"]])
    topics: Ids = Field(default=(), examples=[["old-bridge"]])
    rests_on: Ids = Field(default=(), examples=[["mayor-says-work-begins-in-july"]])
    evidence: tuple[Evidence, ...] = Field(default=(), examples=[[{"in": "example-2025-06-01", "quote": "Work begins in July", "stance": "supports", "basis": "act", "chain": ["anna-berg"]}]])  # fmt: skip
    part_of: Id | None = Field(default=None, examples=["bridge-repair"])
    summary: Prose | None = Field(default=None, examples=["The council said that work would begin in July."])
