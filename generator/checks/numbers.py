"""Rule 2, the number guard: every figure of a claim stands in what it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import figures
from generator.checks.rule import Context, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from generator.records import Claim, Seen

HUNDRED = 100
_PER_CENT = re.compile(r"[*×·]\s*100(?![0-9.,])")
"""A hundred that turns a share into per cent is arithmetic, no cited figure."""


def _exempt(claim: Claim) -> Sequence[tuple[date | None, date | None]]:
    return [(claim.when.earliest, claim.when.latest)] if claim.when else []


def _words(items: Sequence[Seen]) -> list[str]:
    return [item.words for item in items]


def cited_words(claim: Claim) -> list[str]:
    """List the words a claim's figures may stand in: quotations, findings where it is said, and supporting findings.

    A refuted or conflicting claim is cited through `seen`; evidence against it never lends it a figure.
    """
    return _words([*claim.seen, *(item for item in claim.evidence if item.stance == "supports")])


def _results(claim: Claim) -> list[str]:
    found = []
    for equation in claim.computed:
        try:
            worked = figures.evaluate(equation)
        except figures.EquationError:
            continue
        if worked.holds:
            found.append(f"{worked.result:f} %" if _PER_CENT.search(equation) else f"{worked.result:f}")
    return found


def check_figure(context: Context) -> Iterator[Finding]:
    """Find figures of `says` that stand in none of the claim's quotations and findings."""
    for claim in context.library.claims.values():
        words = [*cited_words(claim), *_results(claim)]
        for figure in figures.missing(claim.says, words, exempt=_exempt(claim)):
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"The figure “{figure.text}” stands in none of the quotations and findings of this claim.",
                "Correct the figure, cite a passage that has it, or show how it follows from cited figures with `computed:`.",
            )


def check_equation(context: Context) -> Iterator[Finding]:
    """Find equations that cannot be read, do not hold, or use figures that are not cited."""
    for claim in context.library.claims.values():
        words = cited_words(claim)
        for index, equation in enumerate(claim.computed):
            place = context.library.place("claim", claim.id, "computed", index)
            try:
                worked = figures.evaluate(equation)
            except figures.EquationError as error:
                yield Finding(
                    place, f"“{equation}” cannot be worked out: {error}.", "Write it like `390 + 307 + 303 = 1000`."
                )
                continue
            if not worked.holds:
                yield Finding(place, f"“{equation}” does not hold.", "Correct the figures.")
            for operand in worked.operands:
                constant = operand == HUNDRED and _PER_CENT.search(equation)
                if not constant and figures.missing(f"{operand:f}", words):
                    yield Finding(
                        place,
                        f"The figure {operand:f} in “{equation}” stands in none of the quotations and findings of this claim.",
                        "Cite a passage that has it.",
                    )


def check_number_is_carried(context: Context) -> Iterator[Finding]:
    """For a claim of kind `number`, find counted supporting items that lack the figure."""
    for claim in context.library.claims.values():
        if claim.kind != "number" or claim.computed:
            continue
        supports = [(i, item) for i, item in enumerate(claim.evidence) if item.stance == "supports"]
        uncounted = context.views.standings[claim.id].support.uncounted
        for position, (index, item) in enumerate(supports):
            lacking = (
                figures.missing(claim.says, _words([item]), exempt=_exempt(claim)) if position not in uncounted else ()
            )
            if lacking:
                yield Finding(
                    context.library.place("claim", claim.id, "evidence", index),
                    f"In a claim of kind `number` every item that counts carries the figure; this one lacks “{lacking[0].text}”.",
                    "Say the figure this source gives, make the item `stance: context`, or use `kind: fact`.",
                )


def check_qualifier(context: Context) -> Iterator[Finding]:
    """Find figures whose "at least", "about", "up to" or "more than" is dropped by `says`."""
    for claim in context.library.claims.values():
        for figure, qualifier in figures.dropped_qualifiers(claim.says, cited_words(claim)):
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"The cited words say “{qualifier} {figure.text}”; the claim says “{figure.text}” without it.",
                f"Write “{qualifier}”, or cite a passage that gives the plain figure.",
            )
