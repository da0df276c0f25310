"""The Method page: what every word means and which rules the build enforces, from the tables the build itself uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generator.derive.flags import FLAGS
from generator.faults import FAULTS
from generator.pages.jsonline import write_json
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import METHOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.vocabulary import Rule as VerdictRule
    from generator.vocabulary import Term, Vocabulary


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


@dataclass(frozen=True, slots=True)
class Branch:
    """One question of the tree of verdicts.

    Attributes:
        rule: the built-in rule of the verdicts it leads to.
        ask: the question; empty for what is left.
        way: the answer that leads there; the other one leads on.
        needs: what the build demands then, each with the code of the rule that does.
    """

    rule: VerdictRule
    ask: str
    way: str
    needs: tuple[tuple[str, str], ...]


TREE: tuple[Branch, ...] = (
    Branch("unjudged", "Has anybody looked into it?", "No", ()),
    Branch("not-judged", "Is it an opinion or a forecast?", "Yes", ()),
    Branch("names-a-rival", "Do credible accounts from different origins exclude each other?", "Yes", (("the other account as a claim of its own", "rival-missing"), ("a list of what is not known", "unknowns-missing"))),
    Branch("bar-against", "Is there enough against it?", "Yes", (("two independent origins or one primary document", "bar-not-met"), ("nothing credible for it", "credible-opposition"), ("for an absence, one instance within its time", "absence-without-instance"))),
    Branch("names-what-is-missing", "Are the words accurate, but leave out what changes their meaning?", "Yes", (("a list of what is missing", "missing-context"),)),
    Branch("bar-for", "Is there enough for it?", "Yes", (("two independent origins or one primary document", "bar-not-met"), ("nothing credible against it", "credible-opposition"), ("for an absence, a search that found nothing", "absence-without-search"))),
    Branch("lists-unknowns", "", "", (("a list of what is not known", "unknowns-missing"),)),
)  # fmt: skip
"""The way to a verdict, as `checks/verdicts.py` holds an editor to it; every rule of the vocabulary is one branch."""


def _tree(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Write the payload of the `verdict-tree` fence: the labels are the vocabulary's."""
    lines: list[dict[str, object]] = [{"title": "How a claim comes to its verdict"}]
    lines += [
        {
            "ask": branch.ask,
            "way": branch.way,
            "verdicts": [[v.sign, v.label] for v in vocabulary.verdicts.values() if v.rule == branch.rule],
            "needs": branch.needs,
        }
        for branch in TREE
    ]
    return tuple(write_json(line) for line in lines)


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
        tree=_tree(vocabulary),
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
