"""A claim: one testable statement, where it is said, what bears on it, and how it is judged."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.records.chains import Chain, ChainField
from generator.records.fields import Day, Flag, Id, Ids, Line, Many, Model, Prose, Quotation, Record, When


class Seen(Model):
    """One place where the claim is said. It shows that it was said, never that it is so.

    Attributes:
        source: the source (typed `in`).
        quote: its words, letter for letter; `[...]` joins ordered parts.
        finding: what it says, in our words, where no text is stored.
        prefix: the words just before the quotation, where it would not be unique.
        suffix: the words just after it.
        every: the quotation cites each identical occurrence (typed `all`).
        chain: how it reached the source.
        chains: the same where one text relays several origins.
    """

    source: Id = Field(alias="in")
    quote: Quotation | None = None
    finding: Prose | None = None
    prefix: Line | None = None
    suffix: Line | None = None
    every: Flag = Field(default=False, alias="all")
    chain: ChainField | None = None
    chains: tuple[ChainField, ...] = ()

    @model_validator(mode="after")
    def _has_words_and_a_chain(self) -> Seen:
        if (self.quote is None) == (self.finding is None):
            raise PydanticCustomError("quote_or_finding", "give either `quote` or `finding`, one of the two")
        if self.every and (self.prefix or self.suffix):
            raise PydanticCustomError(
                "quote_or_finding", "`all: true` cites every occurrence; take it out, or `prefix` and `suffix`"
            )
        if self.quote is None and (self.prefix or self.suffix or self.every):
            raise PydanticCustomError("quote_or_finding", "`prefix`, `suffix` and `all` belong to a `quote`")
        if self.chain is None and not self.chains:
            raise PydanticCustomError(
                "chain_required",
                "`chain` is missing; name the voices, the one who said it first in front (`chain: [minister, agency]`), or write `own` or `untraced`",
            )
        if self.chain is not None and self.chains:
            raise PydanticCustomError("chain_required", "give either `chain` or `chains`, one of the two")
        return self

    @property
    def paths(self) -> tuple[Chain, ...]:
        """All chains of this item, whether typed as one or as several."""
        return self.chains or ((self.chain,) if self.chain else ())

    @property
    def words(self) -> str:
        """The quotation, or the finding where there is none."""
        return self.quote or self.finding or ""


class Evidence(Seen):
    """Something that bears on whether the claim is so.

    Attributes:
        stance: supports, refutes or context.
        basis: document, act, witness or hearsay.
        discount: why this item is taken out of the count, in print.
    """

    stance: Line
    basis: Line
    discount: Line | None = None


class Search(Model):
    """A search that found nothing.

    Attributes:
        where: what was searched.
        terms: what was searched for.
        until: the last day of the search.
    """

    where: Line
    terms: Annotated[Many[Line], Field(min_length=1)]
    until: Day


class Contradiction(Model):
    """A claim that cannot be so together with this one.

    Attributes:
        claim: the other claim.
        manner: `rival` account, or `different-count` of different things (typed `as`).
        why: what sets them apart.
    """

    claim: Id
    manner: Literal["rival", "different-count"] = Field(default="rival", alias="as")
    why: Prose | None = None


class Check(Model):
    """Who checked the claim, and when.

    Attributes:
        on: the day.
        by: the checkers.
    """

    on: Day
    by: Annotated[Many[Line], Field(min_length=1)]


class Words(Model):
    """Earlier words, kept in the log when they change."""

    says: Prose | None = None
    why: Prose | None = None


class LogEntry(Model):
    """One judgement in the claim's history.

    Attributes:
        on: the day.
        verdict: the verdict given on that day.
        note: what happened.
        was: the words that it replaced.
    """

    on: Day
    verdict: Line
    note: Prose | None = None
    was: Words | None = None


def _read_contradictions(value: object) -> object:
    items = value if isinstance(value, list) else [value]
    return [{"claim": item} if isinstance(item, str) else item for item in items]


class Claim(Record):
    """One testable statement. See the Method page for what each kind and verdict means.

    Attributes:
        says: the statement in our words.
        kind: fact, number, absence, statement, forecast or opinion.
        topics: the fact sheets it belongs to.
        about: the entities it concerns.
        when: the time the statement is about (EDTF).
        after: claims that come before it within one day.
        speaker: who said it, for a statement.
        content: the claim that a statement makes.
        seen: where it is said.
        evidence: what bears on whether it is so.
        computed: equations over cited figures that yield a figure in `says`.
        searched: a search that found nothing.
        contradicts: claims that cannot be so together with this one; symmetric, typed once.
        superseded_by: a later claim that makes this one outdated; it never changes the verdict.
        outcome: what became of a forecast.
        implies: what an opinion takes for granted.
        verdict: how it is judged as of `when`.
        why: one or two sentences that stand alone.
        missing: what a claim that needs context leaves out.
        unknown: what is not known.
        checked: who checked it, and when.
        review_by: the day by which it should be looked at again.
        log: every judgement, the first one first.
    """

    says: Prose
    kind: Line
    topics: Ids = ()
    about: Ids = ()
    when: When | None = None
    after: Ids = ()
    speaker: Id | None = None
    content: Id | None = None
    seen: tuple[Seen, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    computed: Many[Line] = ()
    searched: Search | None = None
    contradicts: Annotated[tuple[Contradiction, ...], BeforeValidator(_read_contradictions)] = ()
    superseded_by: Id | None = None
    outcome: Id | None = None
    implies: Ids = ()
    verdict: Line = "unchecked"
    why: Prose | None = None
    missing: Many[Prose] = ()
    unknown: Many[Prose] = ()
    checked: Check | None = None
    review_by: Day | None = None
    log: tuple[LogEntry, ...] = ()

    @property
    def cited(self) -> tuple[tuple[str, int, Seen], ...]:
        """Every citation with its list and index: `("seen", 0, ...)`, then `("evidence", 0, ...)`."""
        return tuple(("seen", i, item) for i, item in enumerate(self.seen)) + tuple(
            ("evidence", i, item) for i, item in enumerate(self.evidence)
        )
