"""The ways by which a claim came to the reports on record: through whom, for or against it, counted or not.

What counts, and as which origin, is asked of the tally, so that no page says anything else than the sentence beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.derive import origin_of
from generator.derive.roots import texts_of
from generator.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Origin, Tally
    from generator.link import Library
    from generator.pages.planned import Site
    from generator.records import Chain, Claim, Hop, Seen

Stance = Literal["for", "against"]


@dataclass(frozen=True, slots=True)
class Report:
    """A source, with all that one side cites it for.

    Attributes:
        source: its id.
        items: indexes of the side's citations.
        words: what it does: `Said`, `For`, `Against`, `Said, for`, `Said, not counted` or `Said; for, not counted`.
        anchor: of its first citation on the claim's page.
    """

    source: str
    items: tuple[int, ...]
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Side:
    """All that says so, or all that speaks against it.

    Attributes:
        stance: for or against the claim.
        items: citations in the order of the record.
        reports: the same by source.
        tally: what they amount to.
        speaker: for a statement, who said it; the origins are those who heard it.
    """

    stance: Stance
    items: tuple[Seen, ...]
    reports: tuple[Report, ...]
    tally: Tally
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a report.

    Attributes:
        hops: the voices as typed, the origin first; empty for the outlet's own words and where no origin is given.
        traced: whether an origin is given.
        after: outlets through which it came beyond the hops: the one that heard the words, or whose text is repeated.
        origin: the origin it counts as; None where it counts for nothing.
        voice: the hop or outlet that is that origin, as it was typed.
    """

    hops: tuple[Hop, ...]
    traced: bool
    after: tuple[str, ...]
    origin: Origin | None
    voice: str


def sides_of(site: Site, claim: Claim) -> tuple[Side, ...]:
    """Gather where a claim is said with what supports it, and apart from that what refutes it."""
    library, standing = site.library, site.views.standings[claim.id]
    speaker = claim.speaker if claim.kind == "statement" else None
    pro, con = (
        [(index, item) for index, item in enumerate(claim.evidence) if item.stance == stance]
        for stance in ("supports", "refutes")
    )
    items = (*claim.seen, *(item for _, item in pro))
    anchors = [f"seen-{i + 1}" for i in range(len(claim.seen))] + [f"evidence-{i + 1}" for i, _ in pro]
    against = tuple(item for _, item in con)
    refuting = [f"evidence-{i + 1}" for i, _ in con]
    sides = (
        Side("for", items, _reports(library, items, anchors, standing.reports), standing.reports, speaker),
        Side("against", against, _reports(library, against, refuting, standing.against), standing.against, speaker),
    )
    return tuple(side for side in sides if side.items)


def _reports(library: Library, items: tuple[Seen, ...], anchors: list[str], counted: Tally) -> tuple[Report, ...]:
    grouped: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        grouped.setdefault(item.source, []).append(index)
    reports = []
    for source, found in grouped.items():
        words = {_word(library, items[index]): False for index in found}
        for index in found:
            words[_word(library, items[index])] |= index not in counted.uncounted
        told = ", ".join(word for word, counts in words.items() if counts)
        rest = ", ".join(word for word, counts in words.items() if not counts)
        text = "; ".join(filter(None, (told, f"{rest}, not counted" if rest else "")))
        reports.append(Report(source, tuple(found), text[:1].upper() + text[1:], anchors[found[0]]))
    return tuple(reports)


def _word(library: Library, item: Seen) -> str:
    word = library.vocabulary.stances[item.stance].label if isinstance(item, Evidence) else "said"
    return word[:1].lower() + word[1:]


def ways_to(site: Site, claim: Claim, side: Side, index: int) -> Iterator[Way]:
    """List the ways to one citation of a side; what a reprint calls its own came by the ways of the text it repeats."""
    library, item = site.library, side.items[index]
    texts = {one for one in texts_of(library.sources, item.source) if one != item.source}
    for chain in item.paths:
        first = [(other, way) for other in side.items if other.source in texts for way in other.paths]
        if first and chain.reach == "own":
            for other, way in first:
                yield _way(library, claim, side, index, (other, way))
        else:
            yield _way(library, claim, side, index, (item, chain))


def _way(library: Library, claim: Claim, side: Side, index: int, cited: tuple[Seen, Chain]) -> Way:
    item, chain = cited
    root, voice = origin_of(library, item, chain, claim.when, side.speaker) or ("", "")
    origin = next((o for o in side.tally.origins if index in o.items and voice in o.voices), None)
    named = [hop.who or hop.claimed or hop.unnamed for hop in chain.hops]
    outlet = library.sources[item.source].outlet
    after = []
    if chain.reach == "own" or (root and voice not in named):
        after.append(voice or outlet)
    if item is not side.items[index] and (not after or after[-1] != outlet) and (not named or named[-1] != outlet):
        after.append(outlet)
    return Way(chain.hops, chain.reach != "untraced", tuple(after), origin, voice)
