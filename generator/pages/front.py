"""The home page and the log of corrections: what there is, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.changes import Day, list_changes
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.topic import sheet_link
from generator.paths import CLAIMS, CORRECTIONS, HOME, SOURCES, TIMELINE, Link

if TYPE_CHECKING:
    from datetime import date

    from generator.records import Correction
    from generator.vocabulary import Verdict

_MOST_DAYS = 8
_CORRECTION_WORDS = {
    "error": "Error",
    "update": "Update",
    "clarification": "Clarification",
    "retraction": "Retraction",
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A published correction.

    Attributes:
        kind: in words.
        records: what it concerns.
    """

    correction: Correction
    kind: str
    records: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A claim that was judged again."""

    claim: ClaimLine
    before: Verdict
    after: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """What changed on one day; first judgements only as a number, or as lines where they are few."""

    on: date
    corrections: tuple[Corrected, ...]
    revised: tuple[Revised, ...]
    judged: tuple[ClaimLine, ...]
    judged_count: int


_FEW = 3


def _link_record(site: Site, name: str) -> Link | None:
    kind, _, one = name.rpartition(":")
    kinds = [kind] if kind else [k for k, i in site.library.located if i == one]
    return link_to(site, kinds[0], one) if kinds and (kinds[0], one) in site.library.located else None


def _corrected(site: Site, correction: Correction) -> Corrected:
    links = [_link_record(site, name) for name in correction.records]
    return Corrected(correction, _CORRECTION_WORDS[correction.kind], tuple(link for link in links if link))


def _day(site: Site, day: Day) -> ChangeDay:
    verdicts = site.library.vocabulary.verdicts
    return ChangeDay(
        day.on,
        tuple(_corrected(site, correction) for correction in day.corrections),
        tuple(
            Revised(claim_line(site, r.claim), verdicts[r.before], verdicts[r.entry.verdict], r.entry.note or "")
            for r in day.revised
        ),
        tuple(claim_line(site, one) for one in day.judged) if len(day.judged) <= _FEW else (),
        len(day.judged),
    )


def plan_home(site: Site) -> PlannedPage:
    """Plan the home page."""
    library = site.library
    return plan_page(
        HOME,
        "home",
        library.settings.title,
        kind="home",
        description=library.settings.description,
        settings=library.settings,
        sheets=tuple(sheet_link(site, topic) for topic in library.topics.values()),
        quotations=site.views.quotations_checked,
        unchecked=site.views.quotations_unchecked,
        records=tuple(
            (number, Link(path, one if number == 1 else many))
            for number, path, one, many in (
                (len(library.claims), CLAIMS, "claim with its sources", "claims, each with its sources"),
                (len(library.sources), SOURCES, "source read", "sources read"),
                (len(library.events), TIMELINE, "event on the timeline", "events on the timeline"),
            )
        ),
        days=tuple(_day(site, day) for day in list_changes(library)[:_MOST_DAYS]),
    )


def plan_corrections(site: Site) -> PlannedPage:
    """Plan the log of corrections, the latest first; the page exists even where there is none."""
    corrections = [_corrected(site, correction) for correction, _ in reversed(site.library.corrections)]
    return plan_page(
        CORRECTIONS,
        "corrections",
        "Corrections",
        kind="list",
        description="What was published and had to be changed, and why.",
        corrections=tuple(corrections),
        contact=site.library.settings.contact,
    )
