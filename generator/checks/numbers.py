"""Rule 2, the number guard: every figure of a claim stands in what it cites."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from generator import figures
from generator.checks.rule import Context, Finding
from generator.derive.naming import name_record
from generator.dialect import prose_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from generator.records import Claim, Seen

HUNDRED = 100
LEAST_OPERANDS = 2
_PER_CENT = re.compile(r"[*×·]\s*100(?![0-9.,])")
"""A hundred that turns a share into per cent is arithmetic, no cited figure."""


def _exempt(claim: Claim) -> Sequence[tuple[date | None, date | None]]:
    return [(claim.when.earliest, claim.when.latest)] if claim.when else []


def _words(context: Context, items: Sequence[Seen]) -> list[str]:
    """Give the quotation of each item; a finding only where no text is stored in which the figure could be looked up."""
    sources = context.library.sources
    return [
        item.quote or item.finding or ""
        for item in items
        if item.quote or item.source not in sources or sources[item.source].stored == "none"
    ]


def cited_words(context: Context, claim: Claim) -> list[str]:
    """List the words a claim's figures may stand in: quotations, findings where it is said, and supporting findings.

    A refuted or conflicting claim is cited through `seen`; evidence against it never lends it a figure.
    """
    return _words(context, [*claim.seen, *(item for item in claim.evidence if item.stance == "supports")])


def _sums(claim: Claim) -> Iterator[tuple[str, figures.Equation]]:
    """List the equations of a claim that can be read and that hold."""
    for equation in claim.computed:
        with suppress(figures.EquationError):
            worked = figures.evaluate(equation)
            if worked.holds:
                yield equation, worked


def _results(claim: Claim) -> list[str]:
    return [
        f"{worked.result:f} %" if _PER_CENT.search(equation) else f"{worked.result:f}"
        for equation, worked in _sums(claim)
    ]


def _with_commas(figure: str) -> str:
    """Write a figure with commas where dots stand between its thousands; empty where none do."""
    return figure.replace(".", ",") if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", figure) else ""


def check_figure(context: Context) -> Iterator[Finding]:
    """Find figures of `says` that stand in none of the claim's quotations and findings."""
    for claim in context.scope.claims:
        words = [*cited_words(context, claim), *_results(claim)]
        for figure in figures.missing(claim.says, words, exempt=_exempt(claim)):
            meant = _with_commas(figure.text)
            if meant and not figures.missing(meant, words):
                located = context.library.located["claim", claim.id]
                mended = claim.says.replace(figure.text, meant)
                yield Finding(
                    located.place("says"),
                    f"The figure “{figure.text}” stands in none of the quotations and findings of this claim; they have “{meant}”.",
                    f"A dot is read as a decimal point. Write `{meant}`.",
                    figure.text,
                    located.document.rewrite((*located.loc, "says"), mended),
                )
                continue
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"The figure “{figure.text}” stands in none of the quotations and findings of this claim.",
                "Correct the figure, cite a passage that has it, or show how it follows from cited figures with `computed:`.",
                figure.text,
            )


def check_linked_figure(context: Context) -> Iterator[Finding]:
    """Find figures in the words of a link to a record that stand neither in that record nor in what the claim cites."""
    for claim in context.scope.claims:
        for link in prose_links(claim.says):
            if (link.scheme, link.target) not in context.library.located:
                continue
            named = name_record(context.library, link.scheme, link.target)
            for figure in figures.missing(link.label, [named, *cited_words(context, claim)], exempt=_exempt(claim)):
                yield Finding(
                    context.library.place("claim", claim.id, "says"),
                    f"The figure “{figure.text}” stands in a link to `{link.scheme}:{link.target}`, and not in what that record says.",
                    "Correct the figure, or link to the record that has it.",
                    figure.text,
                )


def check_equation(context: Context) -> Iterator[Finding]:
    """Find equations that cannot be read, do not hold, or use figures that are not cited."""
    for claim in context.scope.claims:
        words = cited_words(context, claim) if claim.computed else []
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
            if len(worked.operands) < LEAST_OPERANDS:
                yield Finding(place, f"“{equation}” computes nothing.", "Write the figures that it is computed from.")
            for operand in worked.operands:
                constant = operand == HUNDRED and _PER_CENT.search(equation)
                if not constant and figures.missing(f"{operand:f}", words):
                    yield Finding(
                        place,
                        f"The figure {operand:f} in “{equation}” stands in none of the quotations and findings of this claim.",
                        "Cite a passage that has it.",
                        f"{operand:f}" if f"{operand:f}" in equation else "",
                    )


def _carries(context: Context, claim: Claim, item: Seen) -> figures.Figure | None:
    """Return the first figure of a claim that an item lacks; an item may carry figures that it is computed from instead."""
    lacking = figures.missing(claim.says, _words(context, [item]), exempt=_exempt(claim))
    if not lacking:
        return None
    operands = [f"{operand:f}" for _, worked in _sums(claim) for operand in worked.operands]
    if any(not figures.missing(operand, _words(context, [item])) for operand in operands):
        return None
    return lacking[0]


def check_number_is_carried(context: Context) -> Iterator[Finding]:
    """For a claim of kind `number`, find counted supporting items that lack the figure."""
    for claim in context.scope.claims:
        if claim.kind != "number":
            continue
        supports = [(i, item) for i, item in enumerate(claim.evidence) if item.stance == "supports"]
        uncounted = context.views.standings[claim.id].support.uncounted
        for position, (index, item) in enumerate(supports):
            lacking = None if position in uncounted else _carries(context, claim, item)
            if lacking is not None:
                yield Finding(
                    context.library.place("claim", claim.id, "evidence", index),
                    f"In a claim of kind `number` every item that counts carries the figure; this one lacks “{lacking.text}”.",
                    "Say the figure this source gives, make the item `stance: context`, or use `kind: fact`.",
                )


def check_qualifier(context: Context) -> Iterator[Finding]:
    """Find figures whose "at least", "about", "up to" or "more than" is dropped by `says`."""
    for claim in context.scope.claims:
        for figure, qualifier in figures.dropped_qualifiers(claim.says, cited_words(context, claim)):
            yield Finding(
                context.library.place("claim", claim.id, "says"),
                f"The cited words say “{qualifier} {figure.text}”; the claim says “{figure.text}” without it.",
                f"Write “{qualifier}”, or cite a passage that gives the plain figure.",
                figure.text,
            )
