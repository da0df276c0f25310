"""“Was it said?”: how near the stored words are to whoever said them first. Computed, never judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.link import Library
    from generator.records import Chain, Seen

Reach = Literal["at-the-origin", "relayed", "unnamed-origin", "untraced", "not-seen"]

_ORDER: tuple[Reach, ...] = ("at-the-origin", "relayed", "unnamed-origin", "untraced", "not-seen")


@dataclass(frozen=True, slots=True)
class Said:
    """The first badge of a claim.

    Attributes:
        reach: `at-the-origin` where the origin's own words are stored and quoted; `relayed` through one or more hops;
            `unnamed-origin`; `untraced`; `not-seen` where no citation says where it is said.
        hops: for `relayed`, how many voices stand before the page on the shortest way.
    """

    reach: Reach
    hops: int = 0


def _reach(library: Library, item: Seen, chain: Chain) -> Said:
    if chain.reach == "untraced":
        return Said("untraced")
    if chain.reach == "own":
        return Said("at-the-origin") if item.quote is not None and item.source in library.texts else Said("relayed", 1)
    first = chain.hops[0]
    if first.source is not None and first.source in library.texts:
        return Said("at-the-origin")
    if first.claimed is not None:
        return Said("untraced")
    if first.unnamed is not None:
        return Said("unnamed-origin")
    source = library.sources.get(item.source)
    if (
        item.quote is not None
        and item.source in library.texts
        and source
        and source.outlet == first.who
        and len(chain.hops) == 1
    ):
        return Said("at-the-origin")
    return Said("relayed", len(chain.hops))


def was_it_said(library: Library, items: Iterable[Seen]) -> Said:
    """Compute the badge from every place where the claim is said; the nearest to the origin counts."""
    found = [_reach(library, item, chain) for item in items for chain in item.paths]
    return min(found, key=lambda said: (_ORDER.index(said.reach), said.hops), default=Said("not-seen"))
