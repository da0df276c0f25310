"""The search filters of a record: people and organisations, and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import dates
from generator.derive.naming import name_record

if TYPE_CHECKING:
    from generator.dates import When
    from generator.pages.planned import Site
    from generator.records import Claim

_MOST_YEARS = 5


def year_words(when: When | None) -> list[str]:
    """List the years a date touches, at most five: an age is no filter."""
    years = dates.years(when) if when else ()
    return [str(year) for year in years] if len(years) <= _MOST_YEARS else []


def entities_of(site: Site, claim: Claim) -> list[str]:
    """Name the people and organisations a claim is about, and who said it."""
    ids = dict.fromkeys([*([claim.speaker] if claim.speaker else []), *claim.about])
    return [name_record(site.library, "entity", one) for one in ids]
