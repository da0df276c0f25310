"""The rules: what the build demands of the content's meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.leaks import Leak, Leaks
from generator.checks.publication import tell_leaks
from generator.checks.reference import write_reference
from generator.checks.rule import Context, Finding, Rule
from generator.checks.runs import Runs, Sieve, number_runs, split_words
from generator.checks.scope import Scope, everything
from generator.checks.table import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library

__all__ = [
    "COMPARING",
    "LEAK",
    "RULES",
    "Context",
    "Finding",
    "Leak",
    "Leaks",
    "Rule",
    "Runs",
    "Scope",
    "Sieve",
    "everything",
    "find_leaks",
    "number_runs",
    "run",
    "split_words",
    "tell_leaks",
    "write_reference",
]


LEAK = next(rule for rule in RULES if rule.code == "unquoted-text")
"""The one rule that needs the finished pages, since only they show what would be published."""


COMPARING = frozenset(rule.code for rule in RULES if rule.compares)
"""The codes of the rules that compare with a base."""


def run(
    library: Library, views: Views, base: Library | None = None, unread: frozenset[str] = frozenset()
) -> tuple[Diagnostic, ...]:
    """Check the content by every rule.

    Args:
        library: the linked records.
        views: what follows from them.
        base: the library of an earlier revision, for the rules that compare.
        unread: kinds of which a record could not be read; see `Context`.

    Returns:
        Every breach of every rule, in the order of the rules.
    """
    context = Context(library, views, base, unread=unread, scope=everything(library, views))
    return tuple(diagnostic for rule in RULES for diagnostic in rule.run(context))


def find_leaks(library: Library, views: Views, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Find words of sources that would reach the site without being quoted.

    Args:
        library: the linked records.
        views: what follows from them.
        texts: every text that is about to be published, by path.

    Returns:
        One error for each stretch of words that would leak, at its line in the source.
    """
    return tuple(LEAK.run(Context(library, views, texts=texts)))
