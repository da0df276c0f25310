"""Rule 8: every verdict has a history, and the history is in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from generator.diagnostics import Place


def check_log(context: Context) -> Iterator[Finding]:
    """Find judged claims whose log does not end with their verdict."""
    for claim in context.scope.claims:
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


def check_log_order(context: Context) -> Iterator[Finding]:
    """Find log entries that are out of order or lie in the future."""
    for claim in context.scope.claims:
        for index, entry in enumerate(claim.log):
            path = ("claim", claim.id, "log", index, "on")
            if index and entry.on < claim.log[index - 1].on:
                yield Finding(
                    context.library.place(*path),
                    f"This entry of {entry.on} follows one of {claim.log[index - 1].on}.",
                    "The first judgement comes first.",
                )
            if context.views.calendar.is_ahead(entry.on):
                yield Finding(
                    context.library.place(*path),
                    f"This entry is dated {entry.on}, after the day of the build ({context.views.today}).",
                    "Correct the day.",
                )


def check_future(context: Context) -> Iterator[Finding]:
    """Find checks and corrections that are dated after the day of the build."""
    for claim in context.scope.claims:
        if claim.checked is not None and context.views.calendar.is_ahead(claim.checked.on):
            place = context.library.place("claim", claim.id, "checked", "on")
            yield _ahead(context, place, "check", claim.checked.on)
    for correction, place in context.scope.corrections:
        if context.views.calendar.is_ahead(correction.on):
            yield _ahead(context, place, "correction", correction.on)


def _ahead(context: Context, place: Place, what: str, day: date) -> Finding:
    said = f"This {what} is dated {day}, after the day of the build ({context.views.today})."
    return Finding(place, said, "Correct the day.")


def check_checked(context: Context) -> Iterator[Finding]:
    """Find judged claims that do not say who checked them, and when."""
    for claim in context.scope.claims:
        if context.library.vocabulary.rule_of(claim.verdict) != "unjudged" and claim.checked is None:
            yield Finding(
                context.library.place("claim", claim.id, "verdict"),
                "A judged claim says who checked it, and when.",
                "Add `checked: {on: ..., by: [...]}`.",
            )
