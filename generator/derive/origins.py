"""Reports versus origins: which independent voices a set of citations goes back to.

An origin is a distinct first hop after folding `speaks_for`, `owned_by`, `part_of` and `reprints`, transitively, to a
root. Two arms of one government are one origin, and so is a voice with two owners together with either of them; unnamed
voices count as at most one together; untraced and claimed hops, hearsay and discounted items count for nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.roots import root_of, roots_of, texts_of
from generator.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.dates import When
    from generator.link import Library
    from generator.records import Chain, Hop, Seen

UNNAMED = "?"
"""Key of the one origin that all unnamed voices make together; no id can be equal to it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent voice.

    Attributes:
        root: the entity that the voices fold to, or `UNNAMED`.
        voices: the first hops as they were typed: entity ids, or words for unnamed voices.
        items: indexes of the citations that go back to it.
    """

    root: str
    voices: tuple[str, ...]
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a list of citations amounts to.

    Attributes:
        reports: how many different sources report it.
        origins: the independent voices they go back to, most reports first.
        conduit: an entity through which every chain with relays passes, if there is one.
        uncounted: indexes of the items that count for nothing.
        is_traced: whether any of them names an origin, be it one that does not count.
    """

    reports: int = 0
    origins: tuple[Origin, ...] = ()
    conduit: str | None = None
    uncounted: tuple[int, ...] = ()
    is_traced: bool = False

    @property
    def roots(self) -> frozenset[str]:
        """The roots of the origins."""
        return frozenset(origin.root for origin in self.origins)

    @property
    def named(self) -> tuple[Origin, ...]:
        """The origins that have a name."""
        return tuple(origin for origin in self.origins if origin.root != UNNAMED)


def _heard(chain: Chain, voices: frozenset[str | None]) -> tuple[Hop, ...]:
    """Drop the speaker's own hops: what is left are those who heard the words."""
    hops = chain.hops
    while hops and hops[0].who in voices:
        hops = hops[1:]
    return hops


def _outlet_of(library: Library, item: Seen, when: When | None, spoken: When | None) -> tuple[str, str] | None:
    """Give the root and the name of the outlet whose own text this is."""
    base = library.sources.get(texts_of(library.sources, item.source)[0])
    return (root_of(library.entities, base.outlet, when, spoken), base.outlet) if base is not None else None


def origin_of(
    library: Library, item: Seen, chain: Chain, when: When | None, speaker: str | None = None
) -> tuple[str, str] | None:
    """Find the origin of one chain.

    Args:
        library: the linked records.
        item: the citation.
        chain: one of its chains.
        when: the time the claim is about, for affiliations that changed.
        speaker: for a statement, who said it; its origins are those who heard it.

    Returns:
        The root and the voice as typed, or None where the chain counts for nothing.
    """
    source = library.sources.get(item.source)
    spoken = source.dated if source else None
    hops = chain.hops
    if speaker is not None and chain.reach == "hops":
        root = root_of(library.entities, speaker, when, spoken)
        voices = {hop.who for hop in hops[:1] if hop.who and root_of(library.entities, hop.who, when, spoken) == root}
        hops = _heard(chain, frozenset({*voices, speaker}))
        if not hops:
            return _outlet_of(library, item, when, spoken)
    if chain.reach == "own":
        return _outlet_of(library, item, when, spoken)
    if chain.reach == "untraced" or not hops or hops[0].claimed is not None:
        return None
    first = hops[0]
    if first.unnamed is not None:
        return UNNAMED, first.unnamed
    return (root_of(library.entities, first.who, when, first.on or spoken), first.who) if first.who else None


def _all_roots(
    library: Library, item: Seen, chain: Chain, when: When | None, origin: tuple[str, str]
) -> frozenset[str]:
    """List every root behind an origin: several for a voice with several owners and for a text put together from several."""
    root, voice = origin
    source = library.sources.get(item.source)
    if root == UNNAMED or source is None:
        return frozenset({root})
    spoken = next((hop.on for hop in chain.hops if hop.who == voice and hop.on), None) or source.dated
    found = roots_of(library.entities, voice, when, spoken)
    if not any(hop.who == voice for hop in chain.hops):
        bases = [library.sources[one].outlet for one in texts_of(library.sources, source.id) if one in library.sources]
        if voice in bases and bases != [voice]:
            found = found.union(*(roots_of(library.entities, outlet, when, spoken) for outlet in bases))
    return found | {root}


def _paths(library: Library, items: Sequence[Seen], item: Seen) -> Iterator[tuple[Seen, Chain]]:
    """List the chains of an item; what a reprint calls its own goes the ways of the cited text that it repeats."""
    texts = {one for one in texts_of(library.sources, item.source) if one != item.source}
    if not texts:
        yield from ((item, chain) for chain in item.paths)
        return
    for chain in item.paths:
        first = [(other, way) for other in items if other.source in texts for way in other.paths]
        yield from first if first and chain.reach == "own" else [(item, chain)]


def _conduit(library: Library, items: Sequence[Seen]) -> str | None:
    """Find the entity through which every relayed chain passes, nearest to the origin."""
    chains = [chain for item in items for chain in item.paths]
    if any(chain.reach == "own" for chain in chains):
        return None
    relays = [{hop.who for hop in chain.hops[1:] if hop.who} for chain in chains if chain.reach == "hops"]
    if not relays or not (common := set.intersection(*relays)):
        return None
    common -= {library.sources[item.source].outlet for item in items if item.source in library.sources}
    order = [hop.who for chain in chains for hop in chain.hops[1:] if hop.who in common]
    return order[0] if order else None


def _counts(item: Seen) -> bool:
    return not (isinstance(item, Evidence) and (item.basis == "hearsay" or item.discount is not None))


def tally(library: Library, items: Sequence[Seen], when: When | None = None, speaker: str | None = None) -> Tally:
    """Count the reports and the independent origins of a list of citations.

    Args:
        library: the linked records.
        items: `seen` or `evidence` items.
        when: the time the claim is about.
        speaker: for a statement, who said it.
    """
    if not items:
        return Tally()
    found: list[tuple[int, tuple[str, str], frozenset[str]]] = []
    uncounted: list[int] = []
    for index, item in enumerate(items):
        ways = _paths(library, items, item) if _counts(item) else ()
        origins = [(way, origin_of(library, *way, when, speaker)) for way in ways]
        counted = [(index, origin, _all_roots(library, *way, when, origin)) for way, origin in origins if origin]
        found += counted
        if not counted:
            uncounted.append(index)
    voices: dict[str, dict[str, None]] = {}
    members: dict[str, dict[int, None]] = {}
    covered: dict[str, frozenset[str]] = {}
    # Voices with one root come first, so that one with several joins what is there and never parts or adds to it.
    for index, (root, voice), roots in sorted(found, key=lambda one: (len(one[2]), one[0])):
        key = next((key for key in sorted(covered) if covered[key] & roots), root)
        covered.setdefault(key, roots)
        voices.setdefault(key, {})[voice] = None
        members.setdefault(key, {})[index] = None
    reports = Counter({root: len({items[i].source for i in found}) for root, found in members.items()})
    conduit = _conduit(library, items)
    return Tally(
        reports=len({item.source for item in items}),
        origins=tuple(
            Origin(root, tuple(voices[root]), tuple(sorted(members[root])))
            for root in sorted(voices, key=lambda root: (-reports[root], root == UNNAMED, root))
        ),
        conduit=None if any(conduit in names for names in voices.values()) else conduit,
        uncounted=tuple(uncounted),
        is_traced=any(chain.reach != "untraced" for item in items for chain in item.paths),
    )
