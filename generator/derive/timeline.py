"""Timelines: events in order, whole, per year, topic and entity; claims in the order of what they are about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.link import Library
    from generator.records import Claim, Event

_UNDATED = (date.max.toordinal() + 1,)


@dataclass(frozen=True, slots=True)
class Timelines:
    """Event ids in order.

    Attributes:
        every: all events.
        of_topic: by topic.
        of_entity: by entity that is involved, or where it took place.
        of_claim: by claim that bears the event.
        parts_of: by the larger event that they are part of.
    """

    every: tuple[str, ...]
    of_topic: Mapping[str, tuple[str, ...]]
    of_entity: Mapping[str, tuple[str, ...]]
    of_claim: Mapping[str, tuple[str, ...]]
    parts_of: Mapping[str, tuple[str, ...]]


def _group(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    grouped: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        grouped[key][value] = None
    return MappingProxyType({key: tuple(values) for key, values in grouped.items()})


def _entities_of(event: Event) -> tuple[str, ...]:
    return (*event.involves, *((event.where,) if event.where else ()))


def first_year(event: Event) -> str:
    """Give the year in which an event begins; the empty string where its start is open or unknown."""
    return str(event.when.earliest.year) if event.when.earliest else ""


def arrange(library: Library) -> Timelines:
    """Put all events in order of time; events of one time keep the order in which they were typed."""
    events = sorted(library.events.values(), key=lambda event: dates.sort_key(event.when))
    return Timelines(
        every=tuple(event.id for event in events),
        of_topic=_group((topic, event.id) for event in events for topic in event.topics),
        of_entity=_group((entity, event.id) for event in events for entity in _entities_of(event)),
        of_claim=_group((claim, event.id) for event in events for claim in event.rests_on),
        parts_of=_group((event.part_of, event.id) for event in events if event.part_of),
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
        before = [other for other in waiting[one] & set(position) if other not in placed and other not in visiting]
        if one in placed or not before:
            placed[stack.pop()] = None
            visiting.discard(one)
        else:
            visiting.add(one)
            stack.extend(sorted(before, key=position.__getitem__, reverse=True))
    return tuple(placed)
