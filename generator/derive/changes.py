"""What changed on the site, day by day, from the logs of the claims and the corrections alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
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


def find_corrected(library: Library) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Find the corrections that concern each record, by kind and id, as places in the log."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (correction, _) in enumerate(library.corrections):
        for key in concerned(library, correction):
            found[key].append(place)
    return MappingProxyType({key: tuple(places) for key, places in found.items()})


def anchor_corrections(library: Library) -> tuple[str, ...]:
    """Give each correction an anchor of its day and first record, so that newer ones change none.

    Of several on one day about one record, those typed later carry letters made from their own words besides.
    """
    anchors: dict[str, None] = {}
    for correction, _ in library.corrections:
        anchor = f"c-{correction.on.isoformat()}-{correction.records[0].rpartition(':')[2]}"
        if anchor in anchors:
            words = "\n".join((correction.kind, correction.was or "", correction.now or "", correction.why))
            anchor = f"{anchor}-{sha256(words.encode(errors='replace')).hexdigest()[:4]}"
        while anchor in anchors:
            anchor += "-again"
        anchors[anchor] = None
    return tuple(anchors)


def last_days(library: Library) -> Mapping[str, date | None]:
    """Give the last day on which something of each fact sheet changed, as the logs of its claims and the corrections say."""
    corrected = find_corrected(library)

    def last(topic: str) -> date | None:
        claims = [r.id for r in library.references_to("topic", topic) if r.kind == "claim" and r.role == "topics"]
        places = {
            place for key in (("topic", topic), *(("claim", one) for one in claims)) for place in corrected.get(key, ())
        }
        days = [entry.on for one in claims for entry in library.claims[one].log]
        return max([*days, *(library.corrections[place][0].on for place in places)], default=None)

    return {topic: last(topic) for topic in library.topics}


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
