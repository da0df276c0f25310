"""Rule 12: of a source that is not ours to publish, only quoted characters reach the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.leaks import Leak, Leaks
from generator.checks.rule import Context, Finding
from generator.derive import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.link import Library


def check_quotation_length(context: Context) -> Iterator[Finding]:
    """Find quotations that are longer than the settings allow."""
    most = context.library.settings.excerpt_limit.words
    for passage in context.scope.passages:
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
    for coverage in context.scope.coverage:
        source = context.library.sources[coverage.source]
        if source.publish != "full" and source.stored == "whole" and coverage.share * 100 > most:
            yield Finding(
                context.library.place("source", source.id, "publish"),
                f"{coverage.share * 100:.0f} % of the words of this source are quoted ({coverage.quoted_words} of {coverage.words}); {most} % is the limit.",
                "Shorten quotations to the phrases that are checked.",
            )


def check_unquoted(context: Context) -> Iterator[Finding]:
    """On the finished texts: find words of sources that would reach the site without being quoted."""
    if not context.texts:
        return
    leaks = Leaks(context.library, context.views)
    found = ((path, leak) for path, text in context.texts.items() for leak in leaks.find(path, text))
    yield from tell_leaks(context.library, found)


def tell_leaks(library: Library, leaks: Iterable[tuple[str, Leak]]) -> Iterator[Finding]:
    """Tell each leak once, on the first path that has it.

    Args:
        library: the linked records.
        leaks: paths with what was found there, in the order of the site.
    """
    first: dict[Leak, str] = {}
    for path, leak in leaks:
        first.setdefault(leak, path)
    for leak, path in first.items():
        yield Finding(
            library.text_place(leak.source, leak.line),
            f"Words of this line that no quotation covers would be published on {path}: “{leak.words}”.",
            "Reword our own text there, or quote the passage in a claim.",
        )
