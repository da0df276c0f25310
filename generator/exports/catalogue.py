"""Everything that is published as data, in the order of the Data page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.annotations import ANNOTATIONS
from generator.exports.bibliography import BIBTEX, CSL
from generator.exports.calendar_file import CALENDAR
from generator.exports.claim_review import CLAIM_REVIEWS
from generator.exports.feeds import FEEDS
from generator.exports.llms import list_for_models
from generator.exports.manifest import MANIFEST, VERIFY
from generator.exports.open_data import RECORDS
from generator.exports.record_schemas import RECORD_SCHEMA, SCHEMA
from generator.exports.tables import DATA_PACKAGE, DATABASE, METADATA, TABLES
from generator.exports.timelinejs import ALL_EVENTS, TIMELINES

if TYPE_CHECKING:
    from generator.exports.published import Collection, Digest, Leaf

GROUPS = (
    "Whole data set",
    "Tables",
    "For fact-check aggregators",
    "For timelines and calendars",
    "For bibliographies",
    "Evidence",
    "News",
)
"""The headings of the Data page."""

COLLECTIONS: tuple[Collection, ...] = (
    RECORDS,
    *TABLES,
    CLAIM_REVIEWS,
    ALL_EVENTS,
    CALENDAR,
    CSL,
    BIBTEX,
    MANIFEST,
    ANNOTATIONS,
)
DIGESTS: tuple[Digest, ...] = (SCHEMA, RECORD_SCHEMA, DATA_PACKAGE, DATABASE, METADATA, VERIFY)
"""Each is made of what stands before it."""

LEAVES: tuple[Leaf, ...] = (
    list_for_models((one.path, one.offer) for one in COLLECTIONS),
    *TIMELINES,
    FEEDS,
)

FILES = (*(one.path for one in COLLECTIONS), *(one.path for one in DIGESTS))
"""The files whose addresses are the same on every site, but for those of leaves."""
