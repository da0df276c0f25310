"""Contradictions: typed in one claim, and held against both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.link.library import Rival
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.link.library import Reference
    from generator.reads import Reads
    from generator.records import Claim


def find_rivals(
    claims: Mapping[str, Claim],
    cited_by: Mapping[tuple[str, str], tuple[Reference, ...]],
    reads: Reads | None = None,
) -> Mapping[str, tuple[Rival, ...]]:
    """Find what each claim contradicts: first what was typed there, then what was typed in other claims, as they are read.

    Args:
        claims: all claims.
        cited_by: who refers to whom.
        reads: takes the notes; None where nobody wants them.
    """

    def contradicted(one: str) -> tuple[Rival, ...]:
        typed = [Rival(item.claim, item.manner, item.why, typed=True) for item in claims[one].contradicts]
        others = (r.id for r in cited_by.get(("claim", one), ()) if r.kind == "claim" and r.role == "contradicts")
        typed += [
            Rival(other, item.manner, item.why, typed=False)
            for other in others
            for item in claims[other].contradicts
            if item.claim == one
        ]
        found: dict[str, Rival] = {}
        for rival in typed:
            if rival.claim in claims:
                found.setdefault(rival.claim, rival)
        return tuple(found.values())

    def every() -> Iterator[str]:
        pairs = ((one, item.claim) for one, claim in claims.items() for item in claim.contradicts)
        return iter(dict.fromkeys(one for pair in pairs for one in pair if one in claims))

    return OnDemand(every, contradicted, reads)
