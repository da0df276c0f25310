"""The home page and the log of corrections: what there is, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.derive.changes import Day, last_days, list_changes
from generator.pages.changes import Corrected, describe_correction, list_corrections
from generator.pages.lines import ClaimLine, claim_line
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.topic import sheet_link
from generator.paths import CLAIMS, CORRECTIONS, HOME, SOURCES, TIMELINE, TOPICS, Link, corrections_path, leaf_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.records import Topic
    from generator.vocabulary import Verdict

_MOST_SHEETS = 24
_MOST_DAYS = 8
_MOST_CORRECTIONS = 30
_MOST_CHANGES = 50
_MOST_OF_YEAR = 200
"""So many verdicts that changed in a year stand on one page, beside corrections as `derive.places` has them."""
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
        corrections: published corrections, the first few.
        unlisted: how many more there are.
        revised: claims whose verdict changed, the first few.
        more: how many more there are.
        judged: claims that were judged for the first time, where they are few.
        judged_count: how many there are.
    """

    on: date
    corrections: tuple[Corrected, ...]
    unlisted: int
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
                tuple(describe_correction(site, correction) for correction in day.corrections[:_MOST_OF_DAY]),
                max(0, len(day.corrections) - _MOST_OF_DAY),
                tuple(revised[:_MOST_OF_DAY]),
                max(0, len(revised) - _MOST_OF_DAY),
                tuple(claim_line(site, one) for one in day.judged) if len(day.judged) <= _FEW else (),
                len(day.judged),
            )
        )
    return tuple(days)


def _latest_sheets(site: Site) -> Sequence[Topic]:
    """Give all fact sheets as typed, or where they are too many those on which something changed last."""
    topics = [*site.library.topics.values()]
    if len(topics) <= _MOST_SHEETS:
        return topics
    last = last_days(site.library)
    return sorted(topics, key=lambda one: last[one.id] or date.min, reverse=True)[:_MOST_SHEETS]


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
        sheets=tuple(sheet_link(site, topic) for topic in _latest_sheets(site)),
        sheets_total=len(library.topics),
        every_sheet=Link(TOPICS, "Fact sheets"),
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
) -> Iterator[PlannedPage]:
    """Plan the page of a year, and those on which it goes on: the earliest stand on the first, for good.

    Args:
        site: the records and views.
        year: the year.
        corrections: of that year, the latest first.
        changes: of verdicts in that year, the latest first.
        years: the pages of all years.
    """
    of_page: dict[int, list[Corrected]] = {}
    for item in corrections:
        of_page.setdefault(site.views.correction_pages[item.correction], []).append(item)
    chunks = [changes[::-1][start : start + _MOST_OF_YEAR][::-1] for start in range(0, len(changes), _MOST_OF_YEAR)]
    name, first = f"Corrections of {year}", corrections_path(year)
    last = max([1, len(chunks), *of_page])
    links = [Link(leaf_path(first, number), f"{name}, part {number}") for number in range(1, last + 1)]
    for place, link in enumerate(links):
        yield plan_page(
            link.path,
            "corrections",
            link.label if place else name,
            kind="list",
            description=f"What was corrected in {year}, and which verdicts changed.",
            crumbs=(Link(CORRECTIONS, "Corrections"), *([Link(first, name)] if place else ())),
            year=str(year),
            part=place + 1,
            corrections=of_page.get(place + 1, []),
            earlier=0,
            changes=chunks[place] if place < len(chunks) else (),
            unlisted=0,
            parts=links[place - 1 : place] + links[place + 1 : place + 2] if place else links[1:],
            years=() if place else years,
            contact=site.library.settings.contact,
        )


def plan_corrections(site: Site) -> Iterator[PlannedPage]:
    """Plan the log of corrections, the latest first, and a page for each year, on which they stay.

    The first page exists even where nothing was corrected; verdicts that changed stand beneath.
    """
    corrections = list_corrections(site)[::-1]
    changes = [item for day in list_changes(site.library) for item in _revised(site, day)]
    of_year: dict[int, tuple[list[Corrected], list[Revised]]] = {}
    for one in corrections:
        of_year.setdefault(one.correction.on.year, ([], []))[0].append(one)
    for item in changes:
        of_year.setdefault(item.on.year, ([], []))[1].append(item)
    years = tuple(Link(corrections_path(year), str(year)) for year in sorted(of_year, reverse=True))
    yield plan_page(
        CORRECTIONS,
        "corrections",
        "Corrections",
        kind="list",
        description="What was published and had to be changed, and why.",
        year="",
        part=1,
        corrections=corrections[:_MOST_CORRECTIONS],
        earlier=max(0, len(corrections) - _MOST_CORRECTIONS),
        changes=changes[:_MOST_CHANGES],
        unlisted=max(0, len(changes) - _MOST_CHANGES),
        parts=(),
        years=years,
        contact=site.library.settings.contact,
    )
    for year, (corrected, changed) in of_year.items():
        yield from _plan_year(site, year, corrected, changed, years)
