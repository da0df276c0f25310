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
        label: the word that readers see.
        definition: what it means, in one or two sentences; the Method page shows it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=1, max_length=60, examples=["Planned"])
    definition: str = Field(min_length=1, max_length=400, examples=["It was agreed or announced."])


class Verdict(Term):
    """A verdict, and the built-in rule that holds it.

    Attributes:
        sign: the shape drawn beside the label.
        rating: from 1 (false) to 5 (true); left out where a number would mislead.
        rule: the built-in rule that holds it: what the build demands before this verdict may be given.
    """

    sign: Sign = Field(examples=["check"])
    rating: int | None = Field(default=None, ge=1, le=5, examples=["5"])
    rule: Rule = Field(examples=["bar-for"])


class Vocabulary(BaseModel):
    """The words of the desk, in the order in which they are shown.

    Attributes:
        verdicts: how a claim can be judged.
        kinds: sorts of claim.
        genres: sorts of source.
        phases: how far an event came.
        stances: what a piece of evidence does for its claim.
        bases: how the origin of a piece of evidence knows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdicts: dict[str, Verdict] = Field(examples=[{"supported": {"label": "Supported", "definition": "Two independent origins say so.", "sign": "check", "rating": "5", "rule": "bar-for"}}])  # fmt: skip
    kinds: dict[str, Term] = Field(
        examples=[{"fact": {"label": "Fact", "definition": "A statement about what is so."}}]
    )
    genres: dict[str, Term] = Field(examples=[{"news": {"label": "News report", "definition": "A report of events."}}])
    phases: dict[str, Term] = Field(examples=[{"done": {"label": "Done", "definition": "It has taken place."}}])
    stances: dict[str, Term] = Field(examples=[{"supports": {"label": "For", "definition": "It bears out the claim."}}])
    bases: dict[str, Term] = Field(
        examples=[{"act": {"label": "Own act", "definition": "Somebody tells what they did."}}]
    )

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
