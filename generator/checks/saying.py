"""Rule 7: that somebody says something never makes it so, neither for a verdict nor for an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding
from generator.checks.verdicts import UNJUDGED, take_sides, verdict_place, weighed
from generator.derive import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Tally
    from generator.records import Claim, Event


def check_said(context: Context) -> Iterator[Finding]:
    """Find verdicts and events that rest on nothing but somebody's having said so."""
    for claim in weighed(context, "bar-for", "bar-against"):
        stance, counted, items, _ = take_sides(context, claim)
        if claim.kind == "absence" or counted.origins:
            continue
        what = (
            "nothing that counts: hearsay, discounted items and origins that are not traced do not"
            if items
            else "no evidence at all, only on its having been said"
        )
        yield Finding(
            verdict_place(context, claim),
            f"`{claim.verdict}` rests on {what}. That somebody says it never makes it so.",
            f"Add evidence with `stance: {stance}` and the basis act, witness or document, or choose another verdict.",
        )
    yield from _check_events(context)


def _bears(context: Context, claim: Claim) -> bool:
    """Tell whether a claim can bear that something took place: not by its being said, guessed or felt, and not refuted."""
    refuted = context.library.vocabulary.rule_of(claim.verdict) == "bar-against"
    return claim.kind not in {*UNJUDGED, "statement"} and not refuted


def _check_events(context: Context) -> Iterator[Finding]:
    for event in context.scope.events:
        claims = [context.library.claims[one] for one in event.rests_on if one in context.library.claims]
        if event.phase != "done" or len(claims) < len(event.rests_on) or not (claims or event.evidence):
            continue
        if not any(_bears(context, claim) for claim in claims) and not _support_of(context, event).origins:
            field = "rests_on" if event.rests_on else "evidence"
            yield Finding(
                context.library.place("event", event.id, field),
                "This event is `done`, and it rests only on what somebody says, expects or feels, on what is refuted, or on "
                "evidence that does not count. That somebody says it never makes it so.",
                "Let it rest on a claim of kind fact or number, add `evidence:` that counts, or choose another phase.",
            )


def _support_of(context: Context, event: Event) -> Tally:
    """Count what supports that an event took place."""
    items = [item for item in event.evidence if item.stance == "supports"]
    return tally(context.library, items, event.when)


def check_speaker(context: Context) -> Iterator[Finding]:
    """Find statements without a speaker."""
    for claim in context.scope.claims:
        if claim.kind == "statement" and claim.speaker is None:
            yield Finding(
                context.library.place("claim", claim.id, "kind"),
                "A statement needs the one who made it.",
                "Add `speaker:` with the id of an entity.",
            )
