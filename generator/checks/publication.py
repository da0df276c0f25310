"""Rule 12: of a source that is not ours to publish, only quoted characters reach the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator import quotations
from generator.checks.rule import Context, Finding
from generator.derive import count_words
from generator.diagnostics import Place

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
    """Map every run of words that may not be published to its source and line.

    The title is part of the citation and always published, and so is what is quoted.
    """
    found: dict[tuple[str, ...], tuple[str, int]] = {}
    for one, coverage in views.coverage.items():
        source = library.sources[one]
        if source.publish == "full":
            continue
        text = library.texts[one].text
        allowed = {
            run for segment in coverage.segments for run in _runs(_folded(text[segment.span.start : segment.span.end]))
        }
        allowed |= set(_runs(_folded(source.title or "")))
        allowed |= {
            run for p in views.in_source.get(one, ()) if p.cited.field != "skipped" for run in _runs(_folded(p.quote))
        }
        for sentence in coverage.sentences:
            words = _folded(text[sentence.span.start : sentence.span.end])
            runs = list(_runs(words)) if len(words) >= RUN else [tuple(words)] if len(words) > RUN // 2 else []
            for run in runs:
                if run not in allowed:
                    found.setdefault(run, (one, sentence.line))
    return found


def _leaks_in(words: list[str], forbidden: Mapping[tuple[str, ...], tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """List source, line and words of each stretch of a text that may not be published."""
    for length in sorted({len(run) for run in forbidden}):
        end = -1
        for start in range(len(words) - length + 1):
            leak = forbidden.get(tuple(words[start : start + length]))
            if leak is not None and start > end:
                end = start
                while tuple(words[end + 1 : end + 1 + length]) in forbidden:
                    end += 1
                yield *leak, " ".join(words[start : end + length])


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
            Place(context.library.place("source", one).path, line, 1),
            f"Words of this line that no quotation covers would be published on {path}: “{words}”.",
            "Reword our own text there, or quote the passage in a claim.",
        )
