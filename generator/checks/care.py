"""Warnings: what a careful editor would look at again. They never stop the build."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding
from generator.derive import count, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SEVERAL = 2
SHOWN = 80


def check_conduit(context: Context) -> Iterator[Finding]:
    """Find claims for which everything passes through one relay."""
    for claim in context.library.claims.values():
        tally = context.views.standings[claim.id].reports
        if tally.conduit is not None and tally.reports >= SEVERAL:
            yield Finding(
                context.library.place("claim", claim.id),
                f"Every report of this claim that names a relay names {name_of(context.library, tally.conduit)}.",
                "Look for a report that heard it elsewhere.",
            )


def check_one_checker(context: Context) -> Iterator[Finding]:
    """Find judged claims that one person alone has checked."""
    for claim in context.library.claims.values():
        if claim.checked is not None and len(set(claim.checked.by)) < SEVERAL:
            yield Finding(
                context.library.place("claim", claim.id, "checked"),
                f"Only {claim.checked.by[0]} has checked this claim.",
                "Let a second person check it.",
            )


def check_archived(context: Context) -> Iterator[Finding]:
    """Find sources on the web without an archived copy."""
    for source in context.library.sources.values():
        if source.url is not None and source.archived is None:
            yield Finding(
                context.library.place("source", source.id, "url"),
                "No archived copy is named.",
                "Save the page in an archive and add `archived:`.",
            )


def check_review(context: Context) -> Iterator[Finding]:
    """Find claims whose review is overdue."""
    for claim in context.library.claims.values():
        if "stale" in context.views.standings[claim.id].flags and claim.checked is not None:
            yield Finding(
                context.library.place("claim", claim.id, "checked"),
                f"This claim was checked on {claim.checked.on} and should have been looked at again.",
                "Check it, add a log entry and a new `checked:`.",
            )


def check_absent(context: Context) -> Iterator[Finding]:
    """Find sources whose text is kept elsewhere and was not at hand, so that their quotations were not checked."""
    waiting = Counter(p.source for p in context.views.passages.values() if p.cited.field != "skipped")
    for one in context.library.sources:
        if one in context.library.absent_texts:
            quotations = count(waiting[one], "quotation", "quotations")
            yield Finding(
                context.library.place("source", one, "stored"),
                f"The text of this source is not in `{context.library.settings.text_dir}/`, so {quotations} of it could not be checked in this build.",
                "Build where the texts are before you publish.",
            )


def check_sentences(context: Context) -> Iterator[Finding]:
    """Find sentences of whole stored texts that nobody has looked at."""
    for coverage in context.views.coverage.values():
        source = context.library.sources[coverage.source]
        if source.stored != "whole":
            continue
        for sentence in coverage.sentences:
            if sentence.state == "unchecked":
                words = context.library.texts[source.id].text[sentence.span.start : sentence.span.end]
                shown = shorten(words, SHOWN, placeholder=" …")
                yield Finding(
                    context.library.text_place(source.id, sentence.line),
                    f"No claim quotes this sentence, and it is not marked as skipped: “{shown}”.",
                    "Cite it in a claim, or list it under `skipped:` with a reason.",
                )
