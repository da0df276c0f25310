"""Rule 8: every verdict has a history, and the history is in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def check_log(context: Context) -> Iterator[Finding]:
    """Find judged claims whose log does not end with their verdict."""
    for claim in context.library.claims.values():
        if context.library.vocabulary.rule_of(claim.verdict) == "unjudged" and not claim.log:
            continue
        if not claim.log:
            yield Finding(
                context.library.place("claim", claim.id, "verdict"),
                f"The verdict `{claim.verdict}` is not in the claim's log.",
                "Add `log: [{on: ..., verdict: " + claim.verdict + ", note: First judged.}]`.",
            )
        elif claim.log[-1].verdict != claim.verdict:
            yield Finding(
                context.library.place("claim", claim.id, "verdict"),
                f"The verdict is `{claim.verdict}`, and the last entry of the log says `{claim.log[-1].verdict}`.",
                f"Add `- {{on: ..., verdict: {claim.verdict}, note: ...}}` at the end of `log:`; earlier entries stay as they are.",
            )


def _tomorrow(context: Context) -> date:
    """The day after the build's, which is counted in UTC: where the editor is, it may have begun."""
    return context.views.today + timedelta(days=1)


def check_log_order(context: Context) -> Iterator[Finding]:
    """Find log entries that are out of order or lie in the future."""
    for claim in context.library.claims.values():
        for index, entry in enumerate(claim.log):
            place = context.library.place("claim", claim.id, "log", index, "on")
            if index and entry.on < claim.log[index - 1].on:
                yield Finding(
                    place,
                    f"This entry of {entry.on} follows one of {claim.log[index - 1].on}.",
                    "The first judgement comes first.",
                )
            if entry.on > _tomorrow(context):
                yield Finding(
                    place,
                    f"This entry is dated {entry.on}, after the day of the build ({context.views.today}).",
                    "Correct the day.",
                )


def check_future(context: Context) -> Iterator[Finding]:
    """Find checks and corrections that are dated after the day of the build."""
    today = context.views.today
    dated = [
        (context.library.place("claim", claim.id, "checked", "on"), "check", claim.checked.on)
        for claim in context.library.claims.values()
        if claim.checked is not None
    ]
    dated += [(place, "correction", correction.on) for correction, place in context.library.corrections]
    for place, what, day in dated:
        if day > _tomorrow(context):
            yield Finding(
                place, f"This {what} is dated {day}, after the day of the build ({today}).", "Correct the day."
            )


def check_checked(context: Context) -> Iterator[Finding]:
    """Find judged claims that do not say who checked them, and when."""
    for claim in context.library.claims.values():
        if context.library.vocabulary.rule_of(claim.verdict) != "unjudged" and claim.checked is None:
            yield Finding(
                context.library.place("claim", claim.id, "verdict"),
                "A judged claim says who checked it, and when.",
                "Add `checked: {on: ..., by: [...]}`.",
            )
