"""Rule 12: of a source that is not ours to publish, only quoted characters reach the site."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from generator import quotations
from generator.checks.rule import Context, Finding
from generator.derive import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.derive import Views
    from generator.link import Library
    from generator.records import Source

RUN = 6
"""As many consecutive words of a text, not all of them quoted, count as a leak."""

_WORD = re.compile(r"[^\W_]+")
# In pages as they are written: the address of a link, an attribute list; then the marks that may stand within a word.
_UNSEEN = re.compile(r"(?<=\])\([^()\s]*\)|\{[^{}\n]*\}")
_MARKS = re.compile(r"[\[{*`\\_&]")
# Where one block of a page ends: words on its two sides are not read as one text.
_BORDER = re.compile(r"\n(?=[ \t]*(?:\n|[-*>|:{#]|[0-9]+[.)]))|(?<!\\)\|")
_BRACKETS = re.compile(r"[\[\]*`\\_]")


def check_quotation_length(context: Context) -> Iterator[Finding]:
    """Find quotations that are longer than the settings allow."""
    most = context.library.settings.excerpt_limit.words
    for passage in context.views.passages.values():
        source = context.library.sources.get(passage.source)
        if source is None or source.publish == "full" or passage.cited.field == "skipped":
            continue
        words = count_words(passage.quote)
        if words > most:
            yield Finding(
                context.library.place(
                    passage.cited.kind, passage.cited.id, passage.cited.field, passage.cited.index, "quote"
                ),
                f"This quotation has {words} words; `{passage.source}` may be quoted with {most} at most.",
                "Shorten it to the phrase that is checked.",
            )


def check_share(context: Context) -> Iterator[Finding]:
    """Find sources of which more is quoted than the settings allow."""
    most = context.library.settings.excerpt_limit.share
    for coverage in context.views.coverage.values():
        source = context.library.sources[coverage.source]
        if source.publish != "full" and source.stored == "whole" and coverage.share * 100 > most:
            yield Finding(
                context.library.place("source", source.id, "publish"),
                f"{coverage.share * 100:.0f} % of the words of this source are quoted ({coverage.quoted_words} of {coverage.words}); {most} % is the limit.",
                "Shorten quotations to the phrases that are checked.",
            )


def _words(text: str) -> list[str]:
    folded = text if text.isascii() else quotations.fold(text).text  # folding changes no word of ASCII
    return [word.casefold() for word in _WORD.findall(folded)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from (name, *_strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _unwrap(path: str, text: str) -> Iterator[str]:
    """Give a text as it is published and as it is read: without what markup puts between two words, or into one."""
    for block in _strings(json.loads(text)) if path.endswith(".json") else _BORDER.split(text):
        yield html.unescape(block)
        if _MARKS.search(block):
            yield html.unescape(_BRACKETS.sub("", _UNSEEN.sub("", block)))


def _shown(library: Library, views: Views, source: Source) -> list[bool]:
    """Tell of each word of a stored text whether it may be published, in order."""
    stored = library.texts[source.id]
    folded = quotations.fold(stored.text)
    starts = [folded.offsets[word.start()] for word in _WORD.finditer(folded.text)]
    if source.publish != "excerpts":
        return [source.publish == "full"] * len(starts)
    segments = [segment.span for segment in views.coverage[source.id].segments]
    ends = [span.end for span in segments]
    places = [(start, bisect_right(ends, start)) for start in starts]
    return [at < len(segments) and segments[at].start <= start for start, at in places]


def _forbidden(library: Library, views: Views) -> dict[tuple[str, ...], tuple[str, int]]:
    """Map every run of words of which one may not be published to its source and line.

    What is quoted may be published, and so may the title, which is part of the citation; of a source with
    `publish: none` only the title. What one source lets out is out, whoever else has the same words.
    """
    found: dict[tuple[str, ...], tuple[str, int]] = {}
    allowed = {run for source in library.sources.values() for run in _runs(_words(source.title or ""))}
    for one in views.coverage:
        stored = library.texts[one]
        folded = quotations.fold(stored.text)
        places = [(word.group().casefold(), word.start()) for word in _WORD.finditer(folded.text)]
        shown = _shown(library, views, library.sources[one])
        for i, run in enumerate(_runs([word for word, _ in places])):
            if all(shown[i : i + RUN]):
                allowed.add(run)
            else:
                found.setdefault(run, (one, stored.line_at(folded.offsets[places[shown.index(False, i)][1]])))
    return {run: place for run, place in found.items() if run not in allowed}


def _leaks_in(words: list[str], forbidden: Mapping[tuple[str, ...], tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """List source, line and words of each stretch of a text that may not be published."""
    end = -1
    for start, run in enumerate(_runs(words)):
        leak = forbidden.get(run)
        if leak is not None and start > end:
            end = start
            while tuple(words[end + 1 : end + 1 + RUN]) in forbidden:
                end += 1
            yield *leak, " ".join(words[start : end + RUN])


def check_unquoted(context: Context) -> Iterator[Finding]:
    """On the finished texts: find words of sources that would reach the site without being quoted."""
    forbidden = _forbidden(context.library, context.views) if context.texts else {}
    if not forbidden:
        return
    found: dict[tuple[str, int, str], str] = {}
    for path, text in context.texts.items():
        for read in _unwrap(path, text):
            for one, line, words in _leaks_in(_words(read), forbidden):
                found.setdefault((one, line, words), path)
    for (one, line, words), path in found.items():
        yield Finding(
            context.library.text_place(one, line),
            f"Words of this line that no quotation covers would be published on {path}: “{words}”.",
            "Reword our own text there, or quote the passage in a claim.",
        )
