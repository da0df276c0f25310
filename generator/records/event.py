"""An event: something that happened, was planned or is disputed, resting on claims or evidence."""

from __future__ import annotations

from generator.records.claim import Evidence
from generator.records.fields import Id, Ids, Line, Prose, Record, When


class Event(Record):
    """A point or stretch on the timeline.

    Attributes:
        title: a short name.
        when: the time (EDTF).
        as_stated: the source's own date words; they stand in one of its quotations.
        phase: proposed, planned, under-way, done, cancelled or disputed.
        where: an entity of type place.
        involves: entities that took part.
        topics: the fact sheets it belongs to.
        rests_on: claims that bear it.
        evidence: what bears it directly.
        part_of: a larger event.
        summary: one or two sentences.
    """

    title: Line
    when: When
    as_stated: Line | None = None
    phase: Line
    where: Id | None = None
    involves: Ids = ()
    topics: Ids = ()
    rests_on: Ids = ()
    evidence: tuple[Evidence, ...] = ()
    part_of: Id | None = None
    summary: Prose | None = None
