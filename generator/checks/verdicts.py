"""Rules 4 to 6: a verdict meets its definition, by the same bar for both directions and for every side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import dates
from generator.checks.rule import Context, Finding
from generator.derive import explain_reports, origin_of, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.derive import Tally
    from generator.diagnostics import Place
    from generator.records import Chain, Claim, Evidence
    from generator.vocabulary import Rule as VerdictRule

PRIMARY_GENRES = frozenset({"document", "dataset"})
"""Genres in which a record itself can be; a party's press statement, a news report and a handbook are not among them.

A transcript is the record of what was said, so only a statement can rest on it.
"""

UNJUDGED = frozenset({"forecast", "opinion"})
ENOUGH = 2


def verdict_place(context: Context, claim: Claim) -> Place:
    """Find where the verdict of a claim was typed."""
    return context.library.place("claim", claim.id, "verdict")


def judged(context: Context, *rules: VerdictRule) -> Iterator[Claim]:
    """List the claims whose verdict is held by one of these rules.

    An opinion or forecast that is judged breaks rule 6 whatever its evidence, and is left to it.
    """
    for claim in context.scope.claims:
        rule = context.library.vocabulary.rule_of(claim.verdict)
        if rule in rules and (rule == "not-judged" or claim.kind not in UNJUDGED):
            yield claim


def weighed(context: Context, *rules: VerdictRule) -> Iterator[Claim]:
    """List the claims whose evidence is counted: not those that cite what is not there, which is told first."""
    sources, entities = context.library.sources, context.library.entities
    for claim in judged(context, *rules):
        cited = {item.source for item in claim.evidence}
        voices = {hop.who for item in claim.evidence for path in item.paths for hop in path.hops if hop.who}
        if all(one in sources for one in cited) and all(one in entities for one in voices):
            yield claim


def _items(claim: Claim, stance: str) -> list[Evidence]:
    return [item for item in claim.evidence if item.stance == stance]


def take_sides(context: Context, claim: Claim) -> tuple[str, Tally, list[Evidence], Tally]:
    """Give the stance a verdict rests on, its tally and items, and the tally of the other side."""
    standing = context.views.standings[claim.id]
    if context.library.vocabulary.rule_of(claim.verdict) == "bar-for":
        return "supports", standing.support, _items(claim, "supports"), standing.against
    return "refutes", standing.against, _items(claim, "refutes"), standing.support


def _is_primary(claim: Claim, genre: str) -> bool:
    return genre in PRIMARY_GENRES or (claim.kind == "statement" and genre == "transcript")


def _has_primary_document(context: Context, claim: Claim, items: Sequence[Evidence], tally: Tally) -> bool:
    """Tell whether one item that counts is the record itself; one that nobody answers for by name is not enough."""
    named = {index for origin in tally.named for index in origin.items}
    return any(
        item.basis == "document" and index in named and _is_primary(claim, context.library.sources[item.source].genre)
        for index, item in enumerate(items)
        if item.source in context.library.sources
    )


def check_bar(context: Context) -> Iterator[Finding]:
    """Find `supported` and `refuted` verdicts without two independent origins or one primary document."""
    for claim in weighed(context, "bar-for", "bar-against"):
        stance, tally, items, _ = take_sides(context, claim)
        if claim.kind == "absence" or not tally.origins:
            continue
        if len(tally.origins) < ENOUGH and not _has_primary_document(context, claim, items, tally):
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` needs two independent origins or one primary document; what {stance} this claim has one: "
                f"{explain_reports(context.library, tally)}",
                "Cite an independent origin; or say `not-enough-evidence` with what is not known; "
                "or, where one voice is all there is, record a `statement` by its speaker.",
            )


def check_opposition(context: Context) -> Iterator[Finding]:
    """Find `supported` and `refuted` verdicts with something credible on the other side."""
    for claim in weighed(context, "bar-for", "bar-against"):
        _, _, _, other = take_sides(context, claim)
        against_absence = claim.kind == "absence" and context.library.vocabulary.rule_of(claim.verdict) == "bar-against"
        if other.origins and not against_absence:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` needs nothing credible on the other side, and there is: {explain_reports(context.library, other)}",
                "Weigh it again: `conflicting` shows both accounts; `discount: why` takes one item out of the count, in print.",
            )
        if context.library.vocabulary.rule_of(claim.verdict) != "bar-for":
            continue
        for rival in context.library.rivals.get(claim.id, ()):
            theirs = context.library.claims[rival.claim]
            if rival.manner != "rival":
                continue
            if context.library.vocabulary.rule_of(theirs.verdict) == "bar-for":
                yield Finding(
                    verdict_place(context, claim),
                    f"This claim and its rival `{rival.claim}` cannot both be `{claim.verdict}`.",
                    "Judge both `conflicting`, or say `as: different-count` where they count different things.",
                )
            elif context.views.standings[rival.claim].support.roots - context.views.standings[claim.id].support.roots:
                yield Finding(
                    verdict_place(context, claim),
                    f"`{claim.verdict}` needs nothing credible on the other side, and its rival `{rival.claim}` has: "
                    f"{explain_reports(context.library, context.views.standings[rival.claim].support)}",
                    "Weigh it again: `conflicting` shows both accounts; `discount: why` takes one item out of the count, in print; "
                    "`as: different-count` says that they count different things.",
                )


def check_search(context: Context) -> Iterator[Finding]:
    """Find absences judged supported without a search: testimony never shows that something does not exist."""
    for claim in judged(context, "bar-for"):
        if claim.kind == "absence" and claim.searched is None:
            yield Finding(
                verdict_place(context, claim),
                "That something has not happened is never shown by testimony, only by a search that found nothing.",
                "Add `searched: {where: ..., terms: [...], until: ...}`, or choose another verdict.",
            )
        elif claim.kind == "absence" and claim.searched is not None and claim.when is not None:
            end = claim.when.latest
            if end is not None and claim.searched.until < end:
                yield Finding(
                    context.library.place("claim", claim.id, "searched", "until"),
                    f"The search ended on {claim.searched.until}, before the time the claim is about was over ({claim.when.text}).",
                    "Search again, or correct `when:` or `until:`.",
                )


def _is_instance(context: Context, claim: Claim, item: Evidence, chain: Chain) -> bool:
    origin = origin_of(context.library, item, chain, claim.when)
    if origin is None or claim.when is None:
        return False
    actors = {root_of(context.library.entities, one, claim.when) for one in claim.about}
    source = context.library.sources.get(item.source)
    said = (chain.hops[0].on if chain.hops else None) or (source.dated if source else None)
    return origin[0] in actors and said is not None and dates.overlaps(said, claim.when)


def check_instance(context: Context) -> Iterator[Finding]:
    """Find absences judged refuted without one counted instance within `when`, from the actor or its counterpart."""
    for claim in judged(context, "bar-against"):
        if claim.kind != "absence":
            continue
        tally = context.views.standings[claim.id].against
        items = [item for index, item in enumerate(_items(claim, "refutes")) if index not in tally.uncounted]
        if not any(_is_instance(context, claim, item, chain) for item in items for chain in item.paths):
            yield Finding(
                verdict_place(context, claim),
                "That something has not happened is refuted by one instance of it within the claim's `when`, told by the actor or its counterpart; none is cited.",
                "Give `when:`, name actor and counterpart in `about:`, and date the voice: `chain: [{who: ..., on: 2025-05-22}]`.",
            )


def check_document(context: Context) -> Iterator[Finding]:
    """Find items called a document whose source is a report about one."""
    for claim in context.scope.claims:
        for index, item in enumerate(claim.evidence):
            source = context.library.sources.get(item.source)
            if item.basis == "document" and source is not None and not _is_primary(claim, source.genre):
                yield Finding(
                    context.library.place("claim", claim.id, "evidence", index, "basis"),
                    f"`{item.source}` is of genre `{source.genre}`: a report or a press statement is not the record itself.",
                    "Use `act`, `witness` or `hearsay`, or cite the document.",
                )


def _origins_of(context: Context, claim: Claim) -> frozenset[str]:
    standing = context.views.standings[claim.id]
    return standing.support.roots or standing.reports.roots


def check_rival(context: Context) -> Iterator[Finding]:
    """Find conflicting claims without a rival from a different folded origin."""
    for claim in weighed(context, "names-a-rival"):
        mine = _origins_of(context, claim)
        rivals = [r for r in context.library.rivals.get(claim.id, ()) if r.manner == "rival"]
        if not rivals:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` needs the claim it conflicts with.",
                "Name it: `contradicts: [{claim: ..., as: rival, why: ...}]`; it is typed in one of the two.",
            )
        elif not any(_origins_of(context, context.library.claims[r.claim]) - mine for r in rivals):
            yield Finding(
                verdict_place(context, claim),
                "Both accounts go back to the same origin: one voice that changes its figure is no conflict.",
                "Use `superseded_by:`, or cite the other side's account.",
            )


def check_unknowns(context: Context) -> Iterator[Finding]:
    """Find conflicting and undecided claims that do not list what is not known."""
    for claim in judged(context, "names-a-rival", "lists-unknowns"):
        if not claim.unknown:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` needs a list of what is not known.",
                "Add `unknown: [...]`.",
            )


def check_missing(context: Context) -> Iterator[Finding]:
    """Find claims that need context and do not name what is missing."""
    for claim in judged(context, "names-what-is-missing"):
        if not claim.missing:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` needs a list of what the words leave out.",
                "Add `missing: [...]`.",
            )


def check_why(context: Context) -> Iterator[Finding]:
    """Find judged claims without a reason."""
    for claim in context.scope.claims:
        if context.library.vocabulary.rule_of(claim.verdict) != "unjudged" and not claim.why:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` is given without a reason.",
                "Add `why:` with one or two sentences that stand alone.",
            )


def check_opinion(context: Context) -> Iterator[Finding]:
    """Find opinions and forecasts that are judged true or false."""
    for claim in context.scope.claims:
        if claim.kind in UNJUDGED and context.library.vocabulary.rule_of(claim.verdict) not in (
            "not-judged",
            "unjudged",
        ):
            yield Finding(
                verdict_place(context, claim),
                f"This claim is of kind `{claim.kind}`, and `{claim.verdict}` judges it.",
                "Use `not-checkable`; a forecast may carry `outcome:`, an opinion `implies:`, with a claim that can be judged.",
            )


def check_checkable(context: Context) -> Iterator[Finding]:
    """Find checkable claims that are called not checkable."""
    for claim in judged(context, "not-judged"):
        if claim.kind not in UNJUDGED:
            yield Finding(
                verdict_place(context, claim),
                f"`{claim.verdict}` is for opinions and forecasts; this claim is of kind `{claim.kind}`.",
                "Judge it, say `not-enough-evidence`, or correct the kind.",
            )
