"""Where a claim stands: its first badge, its counts of origins, and the flags that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from generator.derive.origins import UNNAMED, Tally, tally
from generator.derive.said import Said, was_it_said

if TYPE_CHECKING:
    from generator.derive.calendar import Calendar
    from generator.link import Library
    from generator.records import Claim

Flag = Literal["single-origin", "outdated", "stale", "unnamed-origin", "no-source-found", "both-sides-say"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is computed about one claim. None of it is a verdict.

    Attributes:
        said: was it said?
        reports: everything that says it: where it is seen and what supports it; for a statement, those who heard it.
        support: what counts for it.
        against: what counts against it.
        flags: single origin, outdated, stale, unnamed origin, no source found, both sides say.
    """

    said: Said
    reports: Tally
    support: Tally
    against: Tally
    flags: tuple[Flag, ...]


def review_day(library: Library, claim: Claim) -> date | None:
    """Give the day by which a claim should be looked at again; None where nobody has checked it or named a day."""
    if claim.review_by is not None or claim.checked is None:
        return claim.review_by
    ordinal = claim.checked.on.toordinal() + library.settings.review_after_days
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def _both_sides_say(library: Library, claim: Claim, reports: Tally) -> bool:
    return any(
        len(library.topics[topic].parties) > 1 and set(library.topics[topic].parties) <= reports.roots
        for topic in claim.topics
        if topic in library.topics
    )


def stand(library: Library, claim: Claim, calendar: Calendar) -> Standing:
    """Compute where one claim stands.

    Args:
        library: the linked records.
        claim: the claim.
        calendar: the day of the build, for what is overdue.
    """
    speaker = claim.speaker if claim.kind == "statement" else None
    supports = [item for item in claim.evidence if item.stance == "supports"]
    refutes = [item for item in claim.evidence if item.stance == "refutes"]
    support = tally(library, supports, claim.when, speaker)
    reports = tally(library, [*claim.seen, *supports], claim.when, speaker) if claim.seen else support
    said = was_it_said(library, claim.seen or supports)
    judgeable = library.vocabulary.rule_of(claim.verdict) != "not-judged"
    lone = len(support.origins) == 1 or (not support.origins and len(reports.origins) == 1)
    due = review_day(library, claim)
    unsourced = said.reach in ("untraced", "unnamed-origin") and claim.searched is not None
    marks: tuple[tuple[Flag, bool], ...] = (
        ("single-origin", judgeable and lone),
        ("both-sides-say", _both_sides_say(library, claim, support)),
        ("unnamed-origin", UNNAMED in reports.roots and not reports.named),
        ("no-source-found", unsourced),
        ("outdated", claim.superseded_by is not None),
        ("stale", due is not None and calendar.is_over(due)),
    )
    return Standing(
        said=said,
        reports=reports,
        support=support,
        against=tally(library, refutes, claim.when, speaker),
        flags=tuple(flag for flag, holds in marks if holds),
    )
