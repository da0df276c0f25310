"""Where a long list goes on: which of its pages has a record that other pages link to.

The pages fill up in the order in which records are typed, so that what is added later moves nothing.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.reads import AtOnce, OnDemand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.link import Library
    from generator.records import Correction

CORRECTIONS_A_PAGE = 100
"""So many corrections of a year stand on one page."""
READINGS_A_PAGE = 100
"""So many records that cite a source stand on one page with what they take from it."""

_ROLES = frozenset({"seen", "evidence"})


def page_corrections(library: Library) -> Mapping[Correction, int]:
    """Give the page, from 1, that each correction has among those of its year."""

    def number() -> Mapping[Correction, int]:
        of_year: Counter[int] = Counter()
        pages = {}
        for correction, _ in library.corrections:
            pages[correction] = of_year[correction.on.year] // CORRECTIONS_A_PAGE + 1
            of_year[correction.on.year] += 1
        return pages

    return AtOnce(number, library.reads)


def page_readings(library: Library) -> Mapping[str, Mapping[tuple[str, str], int]]:
    """Give, by source, the page, from 1, that each claim and event (by kind and id) has among those that cite it."""

    def number(source: str) -> Mapping[tuple[str, str], int]:
        citing = dict.fromkeys((r.kind, r.id) for r in library.references_to("source", source) if r.role in _ROLES)
        return MappingProxyType({key: place // READINGS_A_PAGE + 1 for place, key in enumerate(citing)})

    return OnDemand(lambda: iter(library.sources), number, library.reads)
