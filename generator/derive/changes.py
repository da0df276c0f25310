"""What changed on the site, day by day, from the logs of the claims and the corrections alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from generator.records import KINDS

if TYPE_CHECKING:
    from datetime import date

    from generator.link import Library
    from generator.records import Correction, LogEntry


@dataclass(frozen=True, slots=True)
class Revision:
    """A later entry of a claim's log.

    Attributes:
        claim: its id.
        before: the verdict before it.
        entry: the entry.
    """

    claim: str
    before: str
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class Day:
    """All changes of one day.

    Attributes:
        on: the day.
        corrections: published corrections.
        revised: claims that were judged again.
        judged: claims that were judged for the first time.
    """

    on: date
    corrections: tuple[Correction, ...]
    revised: tuple[Revision, ...]
    judged: tuple[str, ...]


def concerned(library: Library, correction: Correction) -> tuple[tuple[str, str], ...]:
    """List the records that a correction concerns, as kind and id in use.

    An id without its kind concerns every record of that id, as the rule against silent edits has it.
    """
    found: dict[tuple[str, str], None] = {}
    for name in correction.records:
        kind, _, one = name.rpartition(":")
        for each in (kind,) if kind else KINDS:
            key = (each, library.redirects.get((each, one), one))
            if key in library.located:
                found[key] = None
    return tuple(found)


def list_changes(library: Library) -> tuple[Day, ...]:
    """List the days on which something changed, the latest first."""
    judged: dict[date, list[str]] = {}
    revised: dict[date, list[Revision]] = {}
    for claim in library.claims.values():
        for index, entry in enumerate(claim.log):
            if index:
                revised.setdefault(entry.on, []).append(Revision(claim.id, claim.log[index - 1].verdict, entry))
            else:
                judged.setdefault(entry.on, []).append(claim.id)
    corrected = {
        on: tuple(correction for correction, _ in found)
        for on, found in groupby(library.corrections, key=lambda pair: pair[0].on)
    }
    return tuple(
        Day(on, corrected.get(on, ()), tuple(revised.get(on, ())), tuple(judged.get(on, ())))
        for on in sorted({*judged, *revised, *corrected}, reverse=True)
    )
