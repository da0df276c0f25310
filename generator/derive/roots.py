"""Folding: the root of a voice at a time, and the text that a reprint repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.dates import When
    from generator.records import Entity, Source


def _holds(since: When | None, until: When | None, when: When | None) -> bool:
    if when is None:
        return until is None
    return not (since is not None and dates.is_before(when, since)) and not (
        until is not None and dates.is_before(until, when)
    )


def _behind(entities: Mapping[str, Entity], one: str, when: When | None, spoken: When | None) -> tuple[str, ...]:
    """List who stands behind an entity at the time the claim is about, or at the time it spoke."""
    entity = entities.get(one)
    affiliations = () if entity is None else entity.affiliations
    if not affiliations:
        return ()
    return tuple(
        a.who
        for a in affiliations
        if _holds(a.since, a.until, when) or (spoken is not None and _holds(a.since, a.until, spoken))
    )


def _follow(one: str, behind_of: Callable[[str], tuple[str, ...]]) -> str:
    """Go to whoever stands behind, always the first one typed; a circle ends where it would begin again."""
    seen = {one}
    while (behind := behind_of(one)) and behind[0] not in seen:
        one = behind[0]
        seen.add(one)
    return one


def root_of(entities: Mapping[str, Entity], one: str, when: When | None = None, spoken: When | None = None) -> str:
    """Fold an entity to the root of its voice at a time; of several owners the first one typed is followed.

    Args:
        entities: all entities by id.
        one: the entity.
        when: the time the claim is about; None means today's affiliations.
        spoken: the time at which the entity spoke, where it is known: whoever stood behind it then is followed too.

    Returns:
        The id of the root; a circle of affiliations ends where it would begin again.
    """
    behind = _behind(entities, one, when, spoken)  # of most nobody stands behind them
    return _follow(one, lambda member: _behind(entities, member, when, spoken)) if behind else one


def roots_of(
    entities: Mapping[str, Entity], one: str, when: When | None = None, spoken: When | None = None
) -> frozenset[str]:
    """Fold an entity to every root behind it: more than one where it has several owners. See `root_of`."""
    seen: dict[str, tuple[str, ...]] = {}
    for member in (walk := [one]):
        if member not in seen:
            seen[member] = _behind(entities, member, when, spoken)
            walk += seen[member]
    return frozenset({_follow(one, seen.__getitem__), *(member for member, behind in seen.items() if not behind)})


def texts_of(sources: Mapping[str, Source], one: str) -> tuple[str, ...]:
    """Follow `reprints` to the sources whose texts this one repeats, in order of their ids; itself, where it repeats none."""
    if one not in sources or not sources[one].reprints:
        return (one,)
    seen = {one}
    found: set[str] = set()
    for member in (walk := [one]):
        again = [first for first in sources[member].reprints if first in sources] if member in sources else []
        if not again:
            found.add(member)
        walk += [first for first in again if first not in seen]
        seen |= set(again)
    return tuple(sorted(found)) or (one,)
