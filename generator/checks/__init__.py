"""The rules: what the build demands of the content's meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.publication import find_leaks
from generator.checks.rule import Context, Finding, Rule
from generator.checks.table import LEAK, RULES

if TYPE_CHECKING:
    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library

__all__ = ["LEAK", "RULES", "Context", "Finding", "Rule", "find_leaks", "run"]


def run(library: Library, views: Views, base: Library | None = None) -> tuple[Diagnostic, ...]:
    """Check the content by every rule.

    Args:
        library: the linked records.
        views: what follows from them.
        base: the library of an earlier revision, for the rules that compare.

    Returns:
        Every breach of every rule, in the order of the rules.
    """
    context = Context(library, views, base)
    return tuple(diagnostic for rule in RULES for diagnostic in rule.run(context))
