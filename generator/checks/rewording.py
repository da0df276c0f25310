"""The words that stand in the source, offered where a quotation differs from them by little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import quotations
from generator.quotations import Found, Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.checks.rule import Context
    from generator.derive import Passage

_LOOSE_DOTS = re.compile(r"\s*(?<!\[)(?:\.{3,}|…)(?!\])\s*|\s*\((?:\.{3,}|…)\)\s*")
_MARKS = "\"'“”„«»‘’‹›"
_MOST_DIFFERENCES = 2
_LEAST_SHARE = 0.7  # of the typed words
MOST_SEARCHED = 50
"""So many quotations that are not found are looked for in all other sources too."""


def has_loose_dots(quote: str) -> bool:
    """Tell whether words seem to be left out with dots alone, without square brackets."""
    return _LOOSE_DOTS.search(quote) is not None


def _candidates(passage: Passage, stored: str) -> Iterator[tuple[str, str]]:
    """List what may have been meant: no marks around the words, `[...]` for dots, the stored words."""
    quote = passage.quote
    if quote[:1] in _MARKS or quote[-1:] in _MARKS:
        yield quote.strip(_MARKS), "The words stand there without quotation marks; leave those out."
    if has_loose_dots(quote):
        dotted = _LOOSE_DOTS.sub(" [...] ", quote.strip(_MARKS)).strip()
        yield dotted, "Both parts stand there; to leave out words between them, write `[...]`."
    match = passage.match
    if not isinstance(match, Missing) or match.nearest is None or "[" in quote or has_loose_dots(quote):
        return
    differing = sum(len(difference.typed.split()) for difference in match.differences)
    invented = any(difference.kind == "added" and difference.typed.strip(_MARKS) for difference in match.differences)
    few = len(match.differences) <= _MOST_DIFFERENCES and not invented
    if few and differing <= (1 - _LEAST_SHARE) * len(quote.split()):
        words = " ".join(stored[match.nearest.start : match.nearest.end].split())
        difference = quotations.show(match.differences)
        yield words, f"What differs: {difference}. Compare with the source, and copy its words letter for letter."


def reword(context: Context, passage: Passage) -> tuple[str | None, str]:
    """Write a quotation as its source has it, where it differs by little and the words stand there once.

    That the editor meant this passage is likely, never sure: the message asks to compare.

    Returns:
        The YAML to type, or None, and how the quotation is mended.
    """
    cited, stored = passage.cited, context.library.texts[passage.source].text
    located = context.library.located[cited.kind, cited.id]
    loc = (*located.loc, cited.field, cited.index, "quote")
    for words, how in _candidates(passage, stored):
        item = getattr(located.record, cited.field)[cited.index]
        around = {side: getattr(item, side, None) or "" for side in ("prefix", "suffix")}
        if isinstance(quotations.find(words, quotations.fold(stored), **around), Found):
            return located.document.rewrite(loc, words), how
    return None, "Copy the words letter for letter."


def differing_words(passage: Passage) -> str:
    """Give the first typed words that differ, as typed; empty where they cannot be pointed at."""
    match = passage.match
    typed = [one.typed for one in match.differences if one.typed] if isinstance(match, Missing) else []
    return typed[0] if typed and passage.quote.count(typed[0]) == 1 else ""


def find_elsewhere(context: Context, passage: Passage) -> str | None:
    """Find another source in which the words stand, letter for letter and once."""
    words = quotations.fold(passage.quote).text
    for one, text in context.library.texts.items():
        folded = quotations.fold(text.text) if one != passage.source else None
        if folded and words in folded.text and isinstance(quotations.find(passage.quote, folded), Found):
            return one
    return None
