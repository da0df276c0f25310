"""Rule 12: of a source that is not ours to publish, only quoted characters reach the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import quotations
from generator.checks.rule import Context, Finding
from generator.derive import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.derive import Views
    from generator.link import Library

RUN = 6
"""As many consecutive words of a text, not all of them quoted, count as a leak."""

_WORD = re.compile(r"\w+")


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


def _folded(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(quotations.fold(text).text)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _forbidden(library: Library, views: Views) -> dict[tuple[str, ...], tuple[str, int]]:
    """Map every run of words of which one may not be published to its source and line.

    What is quoted may be published, and so may the title, which is part of the citation.
    """
    found: dict[tuple[str, ...], tuple[str, int]] = {}
    for one, coverage in views.coverage.items():
        source = library.sources[one]
        if source.publish == "full":
            continue
        stored = library.texts[one]
        folded = quotations.fold(stored.text)
        spans = [segment.span for segment in coverage.segments]
        words = [(w.group().lower(), folded.offsets[w.start()]) for w in _WORD.finditer(folded.text)]
        quoted = [any(span.start <= start < span.end for span in spans) for _, start in words]
        allowed = set(_runs(_folded(source.title or "")))
        for i in range(len(words) - RUN + 1):
            run = tuple(word for word, _ in words[i : i + RUN])
            if all(quoted[i : i + RUN]):
                allowed.add(run)
            else:
                missing = quoted.index(False, i)
                found.setdefault(run, (one, stored.line_at(words[missing][1])))
        found = {run: place for run, place in found.items() if run not in allowed or place[0] != one}
    return found


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
        for one, line, words in _leaks_in(_folded(text), forbidden):
            found.setdefault((one, line, words), path)
    for (one, line, words), path in found.items():
        yield Finding(
            context.library.text_place(one, line),
            f"Words of this line that no quotation covers would be published on {path}: “{words}”.",
            "Reword our own text there, or quote the passage in a claim.",
        )
