"""Rule 8 against a base: a verdict goes by the same word and means the same as when claims were published with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.additions import write_fields
from generator.checks.keeping import CORRECTIONS, fold, list_pairs, match_corrections, quote
from generator.checks.rule import Finding
from generator.diagnostics import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.link import Library

_VOCABULARY = "content/vocabulary.yml"


def find_relabelled(library: Library, base: Library) -> Iterator[Finding]:
    """Find verdicts that published claims keep, and that readers see as another word or rating, or under another rule.

    Changing the word of a verdict judges every claim again that has it; one correction with both words tells of all.
    """
    told = {(fold(one.was), fold(one.now)) for one, _ in match_corrections(library, base)[0]}
    kept = {before.verdict for before, now in list_pairs(library, base) if before.verdict == now.verdict}
    for word in sorted(kept):
        before, now = base.vocabulary.verdicts[word], library.vocabulary.verdicts[word]
        if (before.label, before.rating, before.rule) == (now.label, now.rating, now.rule):
            continue
        if (fold(before.label), fold(now.label)) in told:
            continue
        words = write_fields({"was": before.label, "now": now.label})[1:-1]
        same = before.label == now.label
        said = "has another `rating` or `rule` now" if same else f"is called {quote(now.label)} now"
        yield Finding(
            Place(_VOCABULARY),
            f"Claims were published with the verdict `{word}` as {quote(before.label)}, and it {said}: that judges them again, and no correction says so.",
            f"Add one entry to {CORRECTIONS} with `{words}`, or add a new verdict beside it.",
        )
