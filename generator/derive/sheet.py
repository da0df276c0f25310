"""A fact sheet's claims, sorted by what their verdicts say: known, refuted, disputed, not known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.timeline import order_claims
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from generator.link import Library
    from generator.records import Claim
    from generator.vocabulary import Rule, Vocabulary

_GROUPS: tuple[tuple[str, str, str, frozenset[Rule]], ...] = (
    ("known", "Known", "Two independent origins or one primary document say so, and nothing credible speaks against it.", frozenset({"bar-for"})),
    ("refuted", "Refuted", "By the same bar: independent origins or a primary document say otherwise.", frozenset({"bar-against"})),
    ("incomplete", "Accurate but incomplete", "The words are right, and they leave out something that matters.", frozenset({"names-what-is-missing"})),
    ("disputed", "Disputed", "Credible accounts disagree. Both are shown.", frozenset({"names-a-rival"})),
    ("not-known", "Not known", "We looked and could not tell.", frozenset({"lists-unknowns"})),
    ("not-judged", "Opinions and forecasts", "They are recorded, not judged.", frozenset({"not-judged"})),
    ("unchecked", "Not checked yet", "These wait for somebody to look.", frozenset({"unjudged"})),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one kind of verdict.

    Attributes:
        id: an anchor.
        title: a heading.
        meaning: one sentence that says what belongs here.
        claims: ids in the order of what they are about, those that the sheet leads with first.
    """

    id: str
    title: str
    meaning: str
    claims: tuple[str, ...]


def group_by_topic(library: Library) -> Mapping[str, tuple[Claim, ...]]:
    """Gather the claims of each fact sheet, in reading order."""

    def gather(one: str) -> tuple[Claim, ...]:
        naming = library.references_to("topic", one)
        return tuple(library.claims[r.id] for r in naming if r.kind == "claim" and r.role == "topics")

    return OnDemand(lambda: iter(library.topics), gather, library.reads)


def group_by_verdict(library: Library, claims: Iterable[Claim], lead: Iterable[str] = ()) -> tuple[Group, ...]:
    """Sort claims into what is known, refuted, incomplete, disputed, not known, not judged and not checked.

    Groups without a claim are left out. It goes by each verdict's rule, so that a vocabulary of other words works too.
    """
    pool = list(claims)
    verdicts = {claim.id: claim.verdict for claim in pool}
    order = dict.fromkeys((*(one for one in lead if one in verdicts), *order_claims(pool)))
    return group_in_order(library.vocabulary, {one: verdicts[one] for one in order})


def group_in_order(vocabulary: Vocabulary, verdicts: Mapping[str, str]) -> tuple[Group, ...]:
    """Sort claims as `group_by_verdict` does, given their verdicts by id, in the order in which they are to stand."""
    rules = {one: vocabulary.rule_of(verdict) for one, verdict in verdicts.items()}
    groups = (
        Group(id_, title, meaning, tuple(one for one, rule in rules.items() if rule in held))
        for id_, title, meaning, held in _GROUPS
    )
    return tuple(group for group in groups if group.claims)


def count_verdicts(vocabulary: Vocabulary, verdicts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Count the verdicts of claims, in the order of the vocabulary; those that none has are left out."""
    counts = Counter(verdicts)
    return tuple((word, counts[word]) for word in vocabulary.verdicts if counts[word])


def last_checked(claims: Iterable[Claim]) -> date | None:
    """Give the latest day on which one of the claims was checked."""
    return max((claim.checked.on for claim in claims if claim.checked is not None), default=None)
