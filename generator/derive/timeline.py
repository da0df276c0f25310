"""Timelines: events in order, whole, per year, topic and entity; claims in the order of what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator import dates
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.link import Library
    from generator.records import Claim, Event

_UNDATED = (date.max.toordinal() + 1,)


@dataclass(frozen=True, slots=True)
class Timelines:
    """Event ids in order of time; events of one time keep the order in which they were typed.

    Attributes:
        whole: all events, under the one key `every`.
        of_topic: by topic.
        of_entity: by entity that is involved, or where it took place.
        of_claim: by claim that bears the event.
        parts_of: by the larger event that they are part of.
    """

    whole: Mapping[str, tuple[str, ...]]
    of_topic: Mapping[str, tuple[str, ...]]
    of_entity: Mapping[str, tuple[str, ...]]
    of_claim: Mapping[str, tuple[str, ...]]
    parts_of: Mapping[str, tuple[str, ...]]

    @property
    def every(self) -> tuple[str, ...]:
        """All events."""
        return self.whole[_EVERY]


ENTITY_FROM = 2
"""An entity has a timeline of its own from this many events on."""

_EVERY = "every"


def _order(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(event.id for event in sorted(events, key=lambda event: dates.sort_key(event.when)))


def _naming(library: Library, kind: str, records: Mapping[str, object], *roles: str) -> Mapping[str, tuple[str, ...]]:
    """Order the events that name a record in one of some roles, by record."""

    def arrange_one(one: str) -> tuple[str, ...]:
        named = [r.id for r in library.references_to(kind, one) if r.kind == "event" and r.role in roles]
        return _order(library.events[event] for event in dict.fromkeys(named))

    return OnDemand(lambda: iter(records), arrange_one, library.reads)


def first_year(event: Event) -> str:
    """Give the year in which an event begins; the empty string where its start is open or unknown."""
    return str(event.when.earliest.year) if event.when.earliest else ""


def arrange(library: Library) -> Timelines:
    """Put events in order of time: all of them, and those of each topic, entity, claim and larger event."""
    return Timelines(
        whole=OnDemand(lambda: iter((_EVERY,)), lambda _: _order(library.events.values()), library.reads),
        of_topic=_naming(library, "topic", library.topics, "topics"),
        of_entity=_naming(library, "entity", library.entities, "involves", "where"),
        of_claim=_naming(library, "claim", library.claims, "rests_on"),
        parts_of=_naming(library, "event", library.events, "part_of"),
    )


def order_claims(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Order claims by the time they are about, then by `after`, then as typed; undated ones come last.

    A circle in `after` is reported by a rule; here it falls back to the order of typing.
    """
    pool = sorted(claims, key=lambda claim: dates.sort_key(claim.when) if claim.when else _UNDATED)
    waiting = {claim.id: set(claim.after) for claim in pool}
    position = {claim.id: index for index, claim in enumerate(pool)}
    placed: dict[str, None] = {}
    stack = [claim.id for claim in reversed(pool)]
    visiting: set[str] = set()
    while stack:
        one = stack[-1]
        before = [
            other for other in waiting[one] if other in position and other not in placed and other not in visiting
        ]
        if one in placed or not before:
            placed[stack.pop()] = None
            visiting.discard(one)
        else:
            visiting.add(one)
            stack.extend(sorted(before, key=position.__getitem__, reverse=True))
    return tuple(placed)
