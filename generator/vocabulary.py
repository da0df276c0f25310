"""The vocabulary is data: verdicts, kinds, genres, phases, stances and bases, each with a label and a definition."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from generator.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.documents import Document

Rule = Literal[
    "unjudged", "bar-for", "bar-against", "names-what-is-missing", "names-a-rival", "lists-unknowns", "not-judged"
]
Sign = Literal["dash", "check", "plus", "arrows", "cross", "question", "quote"]
Section = Literal["verdicts", "kinds", "genres", "phases", "stances", "bases"]

REQUIRED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "kinds": frozenset({"fact", "number", "absence", "statement", "forecast", "opinion"}),
        "stances": frozenset({"supports", "refutes", "context"}),
        "bases": frozenset({"document", "act", "witness", "hearsay"}),
        "phases": frozenset({"proposed", "planned", "under-way", "done", "cancelled", "disputed"}),
    }
)
"""Words the rules refer to: they may be relabelled, never left out."""


class Term(BaseModel):
    """One word of the vocabulary.

    Attributes:
        label: what readers see.
        definition: one or two sentences for the Method page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=1, max_length=60)
    definition: str = Field(min_length=1, max_length=400)


class Verdict(Term):
    """A verdict, and the built-in rule that holds it.

    Attributes:
        sign: the shape drawn beside the label.
        rating: 1 (false) to 5 (true); None for a verdict in words only.
        rule: what the build demands before this verdict may be given.
    """

    sign: Sign
    rating: int | None = Field(default=None, ge=1, le=5)
    rule: Rule


class Vocabulary(BaseModel):
    """All words, in the order in which they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdicts: dict[str, Verdict]
    kinds: dict[str, Term]
    genres: dict[str, Term]
    phases: dict[str, Term]
    stances: dict[str, Term]
    bases: dict[str, Term]

    def rule_of(self, verdict: str) -> Rule:
        """Name the built-in rule that holds a verdict."""
        return self.verdicts[verdict].rule

    def words(self, section: Section) -> tuple[str, ...]:
        """List the words of one section."""
        return tuple(getattr(self, section))


def find_lacking(document: Document, vocabulary: Vocabulary) -> tuple[Diagnostic, ...]:
    """Say which words and rules that the build refers to `content/vocabulary.yml` lacks."""
    words = [
        Diagnostic(
            document.place((section,), key=True),
            "vocabulary",
            f"The vocabulary's `{section}` lack {', '.join(f'`{w}`' for w in sorted(absent))}, which the rules refer to.",
            "Add the word; its label may be anything.",
        )
        for section, required in REQUIRED.items()
        if (absent := required - set(getattr(vocabulary, section)))
    ]
    held = {verdict.rule for verdict in vocabulary.verdicts.values()}
    rules = [
        Diagnostic(
            document.place(("verdicts",), key=True),
            "vocabulary",
            f"No verdict is held by the rule `{rule}`.",
            f"Give one of the verdicts `rule: {rule}`.",
        )
        for rule in get_args(Rule)
        if rule not in held
    ]
    return (*words, *rules)
