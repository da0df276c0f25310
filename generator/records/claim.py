"""A claim: one testable statement, where it is said, what bears on it, and how it is judged."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.records.chains import Chain, ChainField
from generator.records.fields import (
    WHEN_EXAMPLES,
    Day,
    Flag,
    Id,
    Ids,
    Line,
    Many,
    Model,
    Prose,
    Quotation,
    Record,
    When,
)


class Seen(Model):
    """One place where the claim is said. It shows that it was said, never that it is so.

    Attributes:
        source: the source in which it stands, by its id.
        quote: the words of the source, letter for letter, 12 characters at least. `[...]` leaves out words between two
            parts of one paragraph.
        finding: what the source says, in our words, where its text is not stored. Give either `quote` or `finding`.
        prefix: the words just before the quotation; only where the build says that it stands there more than once.
        suffix: the words just after the quotation; only where the build says that it stands there more than once.
        every: `true` where the quotation stands in the text more than once and each of its places is meant.
        chain: through whom it reached the source, the one who said it first in front. `own` is the outlet's own
            reporting or judgement; `untraced` means that the source names no origin.
        chains: several chains, where one text passes on what several said. Give either `chain` or `chains`.
    """

    source: Id = Field(alias="in", examples=["example-2025-06-01"])
    quote: Quotation | None = Field(default=None, examples=["Work begins in July"])
    finding: Prose | None = Field(default=None, examples=["The mayor says that work begins in July."])
    prefix: Line | None = Field(default=None, examples=["to repair the old bridge."])
    suffix: Line | None = Field(default=None, examples=["Mayor Anna Berg told"])
    every: Flag = Field(default=False, alias="all", examples=["true"])
    chain: ChainField | None = Field(default=None, examples=[["anna-berg", "example-agency"]])
    chains: tuple[ChainField, ...] = Field(default=(), examples=[[["anna-berg", "example-agency"], "own"]])

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
        stance: what it does for the claim.
        basis: how the origin, who stands first in the chain, knows it.
        discount: why this item is taken out of the count. Readers see the reason.
    """

    stance: Line = Field(examples=["supports"])
    basis: Line = Field(examples=["act"])
    discount: Line | None = Field(default=None, examples=["The agency withdrew this report on 3 June 2025."])


class Search(Model):
    """A search that found nothing.

    Attributes:
        where: what was searched.
        terms: the words that were searched for.
        until: the last day that the search covered.
    """

    where: Line = Field(examples=["the council's website"])
    terms: Annotated[Many[Line], Field(min_length=1, examples=[["old bridge", "repair"]])]
    until: Day = Field(examples=["2025-06-30"])


class Contradiction(Model):
    """A claim that cannot be so together with this one.

    Attributes:
        claim: the other claim, by its id.
        manner: `rival` where the two accounts exclude each other; `different-count` where they count different things.
        why: what sets the two apart.
    """

    claim: Id = Field(examples=["company-says-work-begins-in-may"])
    manner: Literal["rival", "different-count"] = Field(default="rival", alias="as", examples=["rival"])
    why: Prose | None = Field(default=None, examples=["The company names an earlier month."])


class Check(Model):
    """Who checked the claim, and when.

    Attributes:
        on: the day of the last check.
        by: who checked it, by name or initials; two are better than one.
    """

    on: Day = Field(examples=["2025-06-02"])
    by: Annotated[Many[Line], Field(min_length=1, examples=[["mia", "tom"]])]


class Words(Model):
    """Earlier words, kept in the log when they change.

    Attributes:
        says: what the claim said before.
        why: the reason that was given before.
    """

    says: Prose | None = Field(default=None, examples=["The mayor said that work would begin in June."])
    why: Prose | None = Field(default=None, examples=["Nobody else had reported it."])


class LogEntry(Model):
    """One judgement in the claim's history.

    Attributes:
        on: the day of the judgement.
        verdict: the verdict that was given on that day.
        note: what happened, in one sentence.
        was: the earlier words, where `says` or `why` changed.
    """

    on: Day = Field(examples=["2025-06-02"])
    verdict: Line = Field(examples=["not-enough-evidence"])
    note: Prose | None = Field(default=None, examples=["First judged."])
    was: Words | None = Field(default=None, examples=[{"says": "The mayor said that work would begin in June."}])


def read_contradictions(value: object) -> object:
    """Turn what an editor types (one id or item, or a list of either) into the fields of contradictions."""
    items = value if isinstance(value, list) else [value]
    return [{"claim": item} if isinstance(item, str) else item for item in items]


class Claim(Record):
    """One testable statement: where it is said, what bears on it, and how it is judged.

    Attributes:
        says: the statement, in our words.
        kind: what sort of statement it is.
        topics: the fact sheets it belongs to, by their ids.
        about: whom or what it concerns: entities, by their ids.
        when: the time that the statement is about.
        after: claims of the same day that come before it, by their ids.
        speaker: who said it, for a statement: an entity, by its id.
        content: the claim that a statement makes, by its id; whether that is so is judged there.
        seen: where it is said. This shows that it was said, never that it is so.
        evidence: what bears on whether it is so.
        computed: sums of cited figures that give a figure in `says`.
        searched: a search that found nothing.
        contradicts: claims that cannot be so together with this one. It is typed in one of the two.
        superseded_by: a later claim that makes this one outdated, by its id. The verdict stays as it is.
        outcome: what became of a forecast: a claim, by its id.
        implies: what an opinion takes for granted: claims, by their ids.
        verdict: how the claim is judged, as of its `when`.
        why: the reason for the verdict, in one or two sentences that stand alone.
        missing: what the words leave out, for a claim that needs context.
        unknown: what is not known.
        checked: who checked it, and when.
        review_by: the day by which it should be looked at again.
        log: every judgement, the first one first. A changed verdict needs a new entry.
    """

    says: Prose = Field(examples=["The mayor said that work on the bridge would begin in July."])
    kind: Line = Field(examples=["statement"])
    topics: Ids = Field(default=(), examples=[["old-bridge"]])
    about: Ids = Field(default=(), examples=[["council"]])
    when: When | None = Field(default=None, examples=list(WHEN_EXAMPLES))
    after: Ids = Field(default=(), examples=[["council-agrees-to-repair"]])
    speaker: Id | None = Field(default=None, examples=["anna-berg"])
    content: Id | None = Field(default=None, examples=["work-begins-in-july"])
    seen: tuple[Seen, ...] = Field(default=(), examples=[[{"in": "example-2025-06-01", "quote": "Work begins in July", "chain": ["anna-berg", "example-agency"]}]])  # fmt: skip
    evidence: tuple[Evidence, ...] = Field(default=(), examples=[[{"in": "agency-2025-07-02", "finding": "The council says that work has begun.", "stance": "supports", "basis": "act", "chain": ["council"]}]])  # fmt: skip
    computed: Many[Line] = Field(default=(), examples=[["60 - 12 = 48"]])
    searched: Search | None = Field(default=None, examples=[{"where": "the council's website", "terms": ["old bridge"], "until": "2025-06-30"}])  # fmt: skip
    contradicts: Annotated[tuple[Contradiction, ...], BeforeValidator(read_contradictions)] = Field(default=(), examples=[[{"claim": "company-says-work-begins-in-may", "as": "rival", "why": "The company names an earlier month."}]])  # fmt: skip
    superseded_by: Id | None = Field(default=None, examples=["mayor-says-work-begins-in-august"])
    outcome: Id | None = Field(default=None, examples=["work-began-in-july"])
    implies: Ids = Field(default=(), examples=[["bridge-is-unsafe"]])
    verdict: Line = Field(default="unchecked", examples=["not-enough-evidence"])
    why: Prose | None = Field(default=None, examples=["One report of it was read."])
    missing: Many[Prose] = Field(default=(), examples=[["The bridge was closed to lorries only."]])
    unknown: Many[Prose] = Field(default=(), examples=[["Whether anybody else heard her say so."]])
    checked: Check | None = Field(default=None, examples=[{"on": "2025-06-02", "by": ["mia", "tom"]}])
    review_by: Day | None = Field(default=None, examples=["2025-08-01"])
    log: tuple[LogEntry, ...] = Field(default=(), examples=[[{"on": "2025-06-02", "verdict": "not-enough-evidence", "note": "First judged."}]])  # fmt: skip

    @property
    def cited(self) -> tuple[tuple[str, int, Seen], ...]:
        """Every citation with its list and index: `("seen", 0, ...)`, then `("evidence", 0, ...)`."""
        seen = [("seen", i, item) for i, item in enumerate(self.seen)]
        evidence = [("evidence", i, item) for i, item in enumerate(self.evidence)]
        return (*seen, *evidence)
