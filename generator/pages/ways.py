"""The ways by which a claim came to the reports on record: through whom, for or against it, counted or not.

What counts, and as which origin, is asked of the tally, so that no page says anything else than the sentence beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.derive import origin_of
from generator.derive.roots import texts_of
from generator.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.dates import When
    from generator.derive import Origin, Tally
    from generator.link import Library
    from generator.pages.planned import Site
    from generator.records import Chain, Claim, Hop, Seen

Stance = Literal["for", "against"]


class Report(NamedTuple):
    """A source, with all that one side cites it for.

    Attributes:
        source: its id.
        items: indexes of the side's citations.
        words: what it does: `Said`, `For`, `Against`, `Said, for`, `Said, not counted` or `Said; for, not counted`.
        anchor: of its first citation on the claim's page.
        ways: by which the claim came to it, in the order of its citations.
    """

    source: str
    items: tuple[int, ...]
    words: str
    anchor: str
    ways: tuple[Way, ...]


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


class Way(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class _Cited:
    """The citations of one side, and what is asked of all of them; the fields are those of `Side`, and the claim's."""

    library: Library
    when: When | None
    items: tuple[Seen, ...]
    tally: Tally
    speaker: str | None


def sides_of(site: Site, claim: Claim) -> tuple[Side, ...]:
    """Gather where a claim is said with what supports it, and apart from that what refutes it."""
    standing = site.views.standings[claim.id]
    speaker = claim.speaker if claim.kind == "statement" else None
    said = [(f"seen-{index}", item) for index, item in enumerate(claim.seen, 1)]
    found = [(f"evidence-{index}", item) for index, item in enumerate(claim.evidence, 1)]
    sides: tuple[tuple[Stance, list[tuple[str, Seen]], Tally], ...] = (
        ("for", [*said, *((at, item) for at, item in found if item.stance == "supports")], standing.reports),
        ("against", [(at, item) for at, item in found if item.stance == "refutes"], standing.against),
    )
    return tuple(
        Side(stance, items, _reports(cited, [at for at, _ in pairs]), tally, speaker)
        for stance, pairs, tally in sides
        if (items := tuple(item for _, item in pairs))
        and (cited := _Cited(site.library, claim.when, items, tally, speaker))
    )


def _reports(cited: _Cited, anchors: Sequence[str]) -> tuple[Report, ...]:
    grouped: dict[str, list[int]] = {}
    for index, item in enumerate(cited.items):
        grouped.setdefault(item.source, []).append(index)
    return tuple(
        Report(
            source,
            tuple(found),
            _tell(cited, found),
            anchors[found[0]],
            tuple(way for index in found for way in _ways_to(cited, index)),
        )
        for source, found in grouped.items()
    )


def _tell(cited: _Cited, found: Sequence[int]) -> str:
    words: dict[str, bool] = {}
    for index in found:
        word = _word(cited.library, cited.items[index])
        words[word] = words.get(word, False) or index not in cited.tally.uncounted
    told = ", ".join(word for word, counts in words.items() if counts)
    rest = ", ".join(word for word, counts in words.items() if not counts)
    text = "; ".join(filter(None, (told, f"{rest}, not counted" if rest else "")))
    return text[:1].upper() + text[1:]


def _word(library: Library, item: Seen) -> str:
    word = library.vocabulary.stances[item.stance].label if isinstance(item, Evidence) else "said"
    return word[:1].lower() + word[1:]


def _ways_to(cited: _Cited, index: int) -> Iterator[Way]:
    """List the ways to one citation; what a reprint calls its own came by the ways of the text it repeats."""
    sources, item = cited.library.sources, cited.items[index]
    texts = set(texts_of(sources, item.source)) - {item.source} if sources[item.source].reprints else ()
    repeated = [(other, way) for other in cited.items if other.source in texts for way in other.paths] if texts else []
    for chain in item.paths:
        for way in repeated if repeated and chain.reach == "own" else [(item, chain)]:
            yield _way(cited, index, *way)


def _way(cited: _Cited, index: int, item: Seen, chain: Chain) -> Way:
    library = cited.library
    root, voice = origin_of(library, item, chain, cited.when, cited.speaker) or ("", "")
    origin = next((o for o in cited.tally.origins if index in o.items and voice in o.voices), None)
    named = [hop.who or hop.claimed or hop.unnamed for hop in chain.hops]
    outlet = library.sources[item.source].outlet
    after = []
    if chain.reach == "own" or (root and voice not in named):
        after.append(voice or outlet)
    relayed = item is not cited.items[index]
    if relayed and (not after or after[-1] != outlet) and (not named or named[-1] != outlet):
        after.append(outlet)
    return Way(chain.hops, chain.reach != "untraced", tuple(after), origin, voice)
