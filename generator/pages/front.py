"""The home page and the log of corrections: what there is, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.changes import Day, list_changes
from generator.pages.changes import Corrected, describe_correction, list_corrections
from generator.pages.lines import ClaimLine, claim_line
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.topic import sheet_link
from generator.paths import CLAIMS, CORRECTIONS, HOME, SOURCES, TIMELINE, Link, corrections_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from generator.vocabulary import Verdict

_MOST_DAYS = 8
_MOST_CORRECTIONS = 30
_MOST_CHANGES = 50
_MOST_OF_YEAR = 500
_MOST_OF_DAY = 6
_FEW = 3


@dataclass(frozen=True, slots=True)
class Revised:
    """A claim that was judged again, with another verdict."""

    on: date
    claim: ClaimLine
    before: Verdict
    after: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """What changed on one day; first judgements only as a number, or as lines where they are few.

    Attributes:
        on: the day.
        corrections: published corrections.
        revised: claims whose verdict changed, the first few.
        more: how many more there are.
        judged: claims that were judged for the first time, where they are few.
        judged_count: how many there are.
    """

    on: date
    corrections: tuple[Corrected, ...]
    revised: tuple[Revised, ...]
    more: int
    judged: tuple[ClaimLine, ...]
    judged_count: int


def _revised(site: Site, day: Day) -> list[Revised]:
    """Describe the verdicts that changed; a claim that was judged again as before is left to its own page."""
    verdicts = site.library.vocabulary.verdicts
    return [
        Revised(
            day.on,
            claim_line(site, r.claim, "history"),
            verdicts[r.before],
            verdicts[r.entry.verdict],
            r.entry.note or "",
        )
        for r in day.revised
        if r.before != r.entry.verdict
    ]


def _latest_days(site: Site) -> tuple[ChangeDay, ...]:
    """Describe the latest days on which something changed."""
    days = []
    for day in list_changes(site.library)[:_MOST_DAYS]:
        revised = _revised(site, day)
        days.append(
            ChangeDay(
                day.on,
                tuple(describe_correction(site, correction) for correction in day.corrections),
                tuple(revised[:_MOST_OF_DAY]),
                max(0, len(revised) - _MOST_OF_DAY),
                tuple(claim_line(site, one) for one in day.judged) if len(day.judged) <= _FEW else (),
                len(day.judged),
            )
        )
    return tuple(days)


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
        days=_latest_days(site),
    )


def _plan_year(
    site: Site, year: int, corrections: Sequence[Corrected], changes: Sequence[Revised], years: tuple[Link, ...]
) -> PlannedPage:
    return plan_page(
        corrections_path(year),
        "corrections",
        f"Corrections of {year}",
        kind="list",
        description=f"What was corrected in {year}, and which verdicts changed.",
        crumbs=(Link(CORRECTIONS, "Corrections"),),
        year=str(year),
        corrections=[item for item in corrections if item.correction.on.year == year],
        earlier=0,
        changes=changes[:_MOST_OF_YEAR],
        unlisted=max(0, len(changes) - _MOST_OF_YEAR),
        years=years,
        contact=site.library.settings.contact,
    )


def plan_corrections(site: Site) -> Iterator[PlannedPage]:
    """Plan the log of corrections, the latest first, and a page for each year, on which they stay.

    The first page exists even where nothing was corrected; verdicts that changed stand beneath.
    """
    corrections = list_corrections(site)[::-1]
    of_year: dict[int, list[Revised]] = {item.correction.on.year: [] for item in corrections}
    changes = [item for day in list_changes(site.library) for item in _revised(site, day)]
    for item in changes:
        of_year.setdefault(item.on.year, []).append(item)
    years = tuple(Link(corrections_path(year), str(year)) for year in sorted(of_year, reverse=True))
    yield plan_page(
        CORRECTIONS,
        "corrections",
        "Corrections",
        kind="list",
        description="What was published and had to be changed, and why.",
        year="",
        corrections=corrections[:_MOST_CORRECTIONS],
        earlier=max(0, len(corrections) - _MOST_CORRECTIONS),
        changes=changes[:_MOST_CHANGES],
        unlisted=max(0, len(changes) - _MOST_CHANGES),
        years=years,
        contact=site.library.settings.contact,
    )
    for year, of_it in of_year.items():
        yield _plan_year(site, year, corrections, of_it, years)
