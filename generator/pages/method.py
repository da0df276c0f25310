"""The Method page: what every word means and which rules the build enforces, from the tables the build itself uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generator.derive.flags import FLAGS
from generator.faults import FAULTS
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import METHOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.vocabulary import Term


class RuleWords(Protocol):
    """What this page needs to know of a rule."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def severity(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Words:
    """One section of the vocabulary."""

    id: str
    title: str
    lead: str
    terms: tuple[tuple[str, Term], ...]


_SECTIONS = (
    ("kinds", "Kinds of claim", "What can be checked depends on what is said."),
    ("bases", "What evidence rests on", "Every piece of evidence says how its origin knows."),
    ("stances", "What evidence does", ""),
    ("phases", "Phases of an event", ""),
    ("genres", "Kinds of source", ""),
)


def plan_method(site: Site, rules: Sequence[RuleWords]) -> PlannedPage:
    """Plan the Method page.

    Args:
        site: the records and views.
        rules: the table of rules that the build runs.
    """
    vocabulary = site.library.vocabulary
    return plan_page(
        METHOD,
        "method",
        "Method",
        kind="method",
        description="What the verdicts mean, which rules the build enforces, and what it cannot prove.",
        verdicts=tuple(vocabulary.verdicts.items()),
        sections=tuple(
            Words(id_, title, lead, tuple(getattr(vocabulary, id_).items())) for id_, title, lead in _SECTIONS
        ),
        flags=tuple(FLAGS.items()),
        rules=tuple(rule for rule in rules if rule.severity == "error"),
        warnings=tuple(rule for rule in rules if rule.severity != "error"),
        faults=tuple(FAULTS.values()),
        reading_note=site.library.settings.reading_note or "",
        limit=site.library.settings.excerpt_limit,
    )
