"""Rule 14: what a claim says is put in our own words before it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding
from generator.records.drafts import is_draft

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_drafts(context: Context) -> Iterator[Finding]:
    """Find judged claims whose words are still those of the draft that `new claims` wrote."""
    for claim in context.library.claims.values():
        if is_draft(claim.says) and context.library.vocabulary.rule_of(claim.verdict) != "unjudged":
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"These words are still the draft’s, and the claim is judged `{claim.verdict}`.",
                "Say under `says:` in your own words what is claimed, as one statement that can be true or false.",
            )
