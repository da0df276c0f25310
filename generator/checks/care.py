"""Warnings: what a careful editor would look at again. They never stop the build."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from generator.checks.rule import Context, Finding
from generator.derive import attention, count, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 80


def check_conduit(context: Context) -> Iterator[Finding]:
    """Find claims for which everything passes through one relay."""
    for claim, relay in attention.find_relayed_by_one(context.scope.claims, context.views):
        yield Finding(
            context.library.place("claim", claim.id),
            f"Every report of this claim that names a relay names {name_of(context.library, relay)}.",
            "Look for a report that heard it elsewhere.",
        )


def check_one_checker(context: Context) -> Iterator[Finding]:
    """Find judged claims that one person alone has checked."""
    for claim, checked in attention.find_checked_by_one(context.scope.claims):
        yield Finding(
            context.library.place("claim", claim.id, "checked"),
            f"Only {checked.by[0]} has checked this claim.",
            "Let a second person check it.",
        )


def check_archived(context: Context) -> Iterator[Finding]:
    """Find sources on the web without an archived copy."""
    for source, _ in attention.find_unarchived(context.scope.sources):
        yield Finding(
            context.library.place("source", source.id, "url"),
            "No archived copy is named.",
            "Save the page in an archive and add `archived:`.",
        )


def check_review(context: Context) -> Iterator[Finding]:
    """Find claims whose review is overdue."""
    for claim, checked in attention.find_overdue(context.scope.claims, context.views):
        yield Finding(
            context.library.place("claim", claim.id, "checked"),
            f"This claim was checked on {checked.on} and should have been looked at again.",
            "Check it, add a log entry and a new `checked:`.",
        )


def check_absent(context: Context) -> Iterator[Finding]:
    """Find sources whose text is kept elsewhere and was not at hand, so that their quotations were not checked."""
    for one, waiting in attention.count_waiting(context.library, context.views).items():
        quotations = count(waiting, "quotation", "quotations")
        yield Finding(
            context.library.place("source", one, "stored"),
            f"The text of this source is not in `{context.library.settings.text_dir}/`, so {quotations} of it could not be checked in this build.",
            "Build where the texts are before you publish.",
        )


def check_sentences(context: Context) -> Iterator[Finding]:
    """Find sentences of whole stored texts that nobody has looked at; not while a claim that may cite them is unread."""
    if "claim" in context.unread:
        return
    for coverage, sentences in attention.find_unaccounted(context.library, context.scope.coverage):
        text = context.library.texts[coverage.source].text
        for sentence in sentences:
            words = " ".join(text[sentence.span.start : sentence.span.end].split())
            shown = words if len(words) <= SHOWN else shorten(words, SHOWN, placeholder=" …")
            yield Finding(
                context.library.text_place(coverage.source, sentence.line),
                f"No claim quotes this sentence, and it is not marked as skipped: “{shown}”.",
                "Cite it in a claim, or list it under `skipped:` with a reason.",
            )
