"""Rule 1: a quotation is found exactly once, letter for letter, in the stored text of its source."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from generator import quotations
from generator.checks.rewording import MOST_SEARCHED, differing_words, find_elsewhere, has_loose_dots, reword
from generator.checks.rule import Context, Finding
from generator.quotations import Ambiguous, Apart, Found, Fragment, Missing, TooShort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Cited, Passage
    from generator.diagnostics import Place


_TELLING = re.compile(
    r"[.!?…][»”\"')\]]*(?=\s)"
    r"|\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|unless|if|\w+n['’]t)\b"
    r"|\b(?:не|ни|нет|без|никогда|никто|ничего|если|ні|немає|ніколи|ніхто|нічого|якщо|якби)\b",
    re.IGNORECASE,
)
"""What turns a sense round where it is left out: a denial, a condition, or the end of a sentence."""


def _place(context: Context, cited: Cited) -> Place:
    return context.library.place(cited.kind, cited.id, cited.field, cited.index, "quote")


def _missed(context: Context) -> Iterator[Passage]:
    yield from (passage for passage in context.scope.passages if not passage.spans)


def _source_line(context: Context, passage: Passage, start: int) -> str:
    place = context.library.text_place(passage.source, context.library.texts[passage.source].line_at(start))
    return f"{place.path}, line {place.line}"


def _set_off(words: str) -> str:
    """Put words in quotation marks, single ones where they hold double ones themselves."""
    return f"‘{words}’" if any(mark in words for mark in '"“”„«»') else f"“{words}”"


def check_not_found(context: Context) -> Iterator[Finding]:
    """Find quotations that do not stand in the text, and name the nearest passage and the words that differ."""
    missing = [passage for passage in _missed(context) if isinstance(passage.match, Missing)]
    found = find_elsewhere(context, missing[:MOST_SEARCHED])
    for passage in _missed(context):
        if not isinstance(passage.match, Missing):
            continue
        message = f"This quotation does not stand in `{passage.source}`: {_set_off(passage.quote)}."
        elsewhere = found.get(passage.cited)
        nearest = passage.match.nearest
        if elsewhere is not None:
            mend = f"These words stand in `{elsewhere}`: write `in: {elsewhere}`."
            yield Finding(_place(context, passage.cited), message, mend)
            continue
        if nearest is None or nearest.end - nearest.start < quotations.MINIMUM_LENGTH:
            mend = "Nothing like it was found there. Is it another source, or a translation? A quotation is in the language of the text."
            yield Finding(_place(context, passage.cited), message, mend)
            continue
        words = context.library.texts[passage.source].text[nearest.start : nearest.end]
        where = _source_line(context, passage, nearest.start)
        fix, mend = reword(context, passage)
        if fix is None:
            difference = quotations.show(passage.match.differences)
            dots = " To leave out words between two parts, write `[...]`." if has_loose_dots(passage.quote) else ""
            mend = f"{f'What differs: {difference}. ' if difference else ''}{mend}{dots}"
        yield Finding(
            _place(context, passage.cited),
            f"{message} The nearest passage ({where}) is {_set_off(' '.join(words.split()))}.",
            mend,
            differing_words(passage),
            fix,
        )


def check_not_unique(context: Context) -> Iterator[Finding]:
    """Find quotations that stand in the text more than once, and show the candidates."""
    for passage in _missed(context):
        if not isinstance(passage.match, Ambiguous):
            continue
        text = context.library.texts[passage.source].text
        shown = [
            f"line {context.library.texts[passage.source].line_at(parts[0].start)}: {_set_off(quotations.context(parts[0], text))}"
            for parts in passage.match.candidates[:5]
        ]
        yield Finding(
            _place(context, passage.cited),
            f"This quotation stands more than once in `{passage.source}`: {_set_off(passage.quote)}. {'; '.join(shown)}.",
            "Quote a few words more, or add `prefix:` or `suffix:` with the words next to it; `all: true` cites every occurrence.",
        )


def check_too_short(context: Context) -> Iterator[Finding]:
    """Find quotations of fewer than 12 characters."""
    for passage in _missed(context):
        if isinstance(passage.match, TooShort):
            yield Finding(
                _place(context, passage.cited),
                f"This quotation has {passage.match.length} characters; 12 is the least that identifies a passage: {_set_off(passage.quote)}.",
                "Quote a few words more.",
            )


def check_stitched(context: Context) -> Iterator[Finding]:
    """Find quotations put together from single words, or from more than one paragraph."""
    for passage in _missed(context):
        if isinstance(passage.match, Fragment):
            yield Finding(
                _place(context, passage.cited),
                f"“{passage.match.part}” stands between omissions as a single word: {_set_off(passage.quote)}.",
                "Between two `[...]` quote two words or more; from single words a text can be made to say anything.",
                passage.match.part if passage.match.part in passage.quote else "",
            )
        elif isinstance(passage.match, Apart):
            lines = [_source_line(context, passage, span.start) for span in passage.match.parts]
            text = context.library.texts[passage.source].text
            last = _source_line(context, passage, text.rindex("\n", 0, passage.match.parts[-1].end) + 1)
            where = " and ".join(dict.fromkeys((lines[0], last)))
            yield Finding(
                _place(context, passage.cited),
                f"This quotation joins words of more than one paragraph of `{passage.source}` ({where}): {_set_off(passage.quote)}.",
                "Quote within one paragraph, heading or list item; cite the other words by a second item.",
            )


def check_omission(context: Context) -> Iterator[Finding]:
    """Find quotations whose omissions hold a denial or the end of a sentence."""
    for passage in context.scope.passages:
        if not isinstance(passage.match, Found) or passage.cited.field == "skipped":
            continue
        text = context.library.texts[passage.source].text
        for before, after in pairwise(passage.match.parts):
            telling = _TELLING.search(text, before.end, after.start)
            if telling:
                yield Finding(
                    _place(context, passage.cited),
                    f"The words that this quotation leaves out hold “{telling.group().strip()}”: {_set_off(passage.quote)}.",
                    "See that the quotation still says what the passage says.",
                )
                break


def check_without_text(context: Context) -> Iterator[Finding]:
    """Find quotations from sources whose text is not stored."""
    for passage in _missed(context):
        if passage.match is not None or passage.source in context.library.absent_texts:
            continue
        if passage.source in context.library.sources:
            yield Finding(
                _place(context, passage.cited),
                f"`{passage.source}` has no stored text, so this quotation cannot be checked: {_set_off(passage.quote)}.",
                "Say what the source says in your own words as `finding:`, or store its text.",
            )
