"""The quotation as its source has it, offered where no word of it differs: only marks, capitals and look-alike letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import quotations
from generator.documents.letters import fold_look_alikes
from generator.quotations import Found, Missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.checks.rule import Context
    from generator.derive import Cited, Passage

_LOOSE_DOTS = re.compile(r"(?:(?<!\s)\s++)?(?:(?<!\[)(?:\.{3,}|…)(?!\])|\((?:\.{3,}|…)\))\s*+")
_MARKS = "\"'“”„«»‘’‹›"
_BETWEEN = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")  # marks between digits are part of a figure
MOST_SEARCHED = 50
"""So many quotations that are not found are looked for in all other sources too."""


def has_loose_dots(quote: str) -> bool:
    """Tell whether words seem to be left out with dots alone, without square brackets."""
    return _LOOSE_DOTS.search(quote) is not None


def _candidates(passage: Passage, stored: str) -> Iterator[tuple[str, str]]:
    """List what may have been meant: no marks around the words, `[...]` for dots, the stored words."""
    quote = passage.quote
    if quote[:1] in _MARKS or quote[-1:] in _MARKS:
        yield quote.strip(f"{_MARKS} \u00a0\u202f"), "The words stand there without quotation marks; leave those out."
    if has_loose_dots(quote):
        dotted = _LOOSE_DOTS.sub(" [...] ", quote.strip(_MARKS)).strip()
        yield dotted, "Both parts stand there; to leave out words between them, write `[...]`."
    match = passage.match
    if not isinstance(match, Missing) or match.nearest is None or "[" in quote or has_loose_dots(quote):
        return
    words = " ".join(stored[match.nearest.start : match.nearest.end].split())
    if _letters(quote) == _letters(words):
        difference = quotations.show(match.differences)
        yield words, f"What differs: {difference}. Compare with the source, and copy its words letter for letter."


def _letters(text: str) -> str:
    """Give the letters and digits of a text, whatever their case, and whatever stands between them."""
    return _BETWEEN.sub("", fold_look_alikes(text).casefold())


def reword(context: Context, passage: Passage) -> tuple[str | None, str]:
    """Write a quotation as its source has it, where all its words stand there, and once.

    A word that differs is never replaced: the quotation may be of another passage, and the claim may rest on that word.

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
    return None, "Compare with the source, and copy its words letter for letter."


def differing_words(passage: Passage) -> str:
    """Give the first typed words that differ, as typed; empty where they cannot be pointed at."""
    match = passage.match
    typed = [one.typed for one in match.differences if one.typed] if isinstance(match, Missing) else []
    return typed[0] if typed and passage.quote.count(typed[0]) == 1 else ""


def find_elsewhere(context: Context, passages: Sequence[Passage]) -> Mapping[Cited, str]:
    """Find for quotations another source in which their words stand, letter for letter and once.

    Each text is folded once for all of them: with many sources, folding is what takes time.
    """
    elsewhere: dict[Cited, str] = {}
    words = {passage.cited: quotations.fold(passage.quote).text for passage in passages}
    for one, text in context.library.texts.items() if passages else ():
        folded = quotations.fold(text.text)
        for passage in passages:
            new = passage.cited not in elsewhere and one != passage.source and words[passage.cited] in folded.text
            if new and isinstance(quotations.find(passage.quote, folded), Found):
                elsewhere[passage.cited] = one
    return elsewhere
