"""The tables of the events: what happened, was planned or is disputed, and what each event rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.open_data import shown_date_words
from generator.exports.tables.columns import (
    ID,
    PAGE,
    POSITION,
    Column,
    Table,
    address,
    number,
    when_columns,
    write_when,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_OF = Column("event", "The event.", required=True, to="events")


def _events(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    event = library.events[one]
    yield (
        one,
        event.title,
        *write_when(event.when),
        shown_date_words(library, one),
        event.phase,
        event.where,
        event.part_of,
        event.summary,
        address(library, kind, one),
    )


def _entities(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.events[one].involves)


def _topics(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.events[one].topics)


def _claims(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.events[one].rests_on)


EVENTS = (
    Table(
        "events",
        "Events",
        "Each row is something that happened, was planned or is disputed.",
        (
            ID,
            Column("title", "A short name.", required=True),
            *when_columns("when", "When it was, or is to be."),
            Column("as_stated", "The source's own words for the date, where they may be shown."),
            Column("phase", "How far it came.", required=True, words="phases"),
            Column("place", "Where it was.", to="entities"),
            Column("part_of", "The larger event that it belongs to.", to="events"),
            Column("summary", "What it was, in one or two sentences."),
            PAGE,
        ),
        ("id",),
        ("event",),
        _events,
        label="title",
        search=("title", "summary"),
        facets=("phase", "place"),
    ),
    Table(
        "event_entities",
        "Events and entities",
        "Each row says who took part in an event.",
        (_OF, POSITION, Column("entity", "Who took part.", required=True, to="entities")),
        ("event", "position"),
        ("event",),
        _entities,
        facets=("entity",),
    ),
    Table(
        "event_topics",
        "Events and topics",
        "Each row puts an event on a fact sheet.",
        (_OF, POSITION, Column("topic", "The fact sheet.", required=True, to="topics")),
        ("event", "position"),
        ("event",),
        _topics,
        facets=("topic",),
    ),
    Table(
        "event_claims",
        "Events and claims",
        "Each row is a claim that bears out an event.",
        (_OF, POSITION, Column("claim", "The claim that bears it out.", required=True, to="claims")),
        ("event", "position"),
        ("event",),
        _claims,
    ),
)
