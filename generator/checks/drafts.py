"""Drafts: what a claim says is put in our own words before it is judged (rule 14), and before readers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding
from generator.records.drafts import is_draft

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_judged_drafts(context: Context) -> Iterator[Finding]:
    """Find judged claims whose words are still those of the draft that `new claims` wrote."""
    for claim in context.scope.claims:
        if is_draft(claim.says) and context.library.vocabulary.rule_of(claim.verdict) != "unjudged":
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"These words are still the draft’s, and the claim is judged `{claim.verdict}`.",
                "Say under `says:` in your own words what is claimed, as one statement that can be true or false.",
            )


def check_unfinished_drafts(context: Context) -> Iterator[Finding]:
    """Find drafts that nobody has put in words and judged yet: the site shows them as claims that nobody has checked."""
    for claim in context.scope.claims:
        if is_draft(claim.says) and context.library.vocabulary.rule_of(claim.verdict) == "unjudged":
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                "This is still a draft; published as it is, it stands on the site as a claim that nobody has checked.",
                "Say it in your own words and judge it, or take it out until somebody does.",
            )
