"""All tables, in the order in which they are listed."""

from __future__ import annotations

from generator.exports.tables.citations import CITATIONS
from generator.exports.tables.claims import CLAIMS
from generator.exports.tables.entities import ENTITIES
from generator.exports.tables.events import EVENTS
from generator.exports.tables.sources import SOURCES
from generator.exports.tables.standings import STANDINGS
from generator.exports.tables.topics import TOPICS
from generator.exports.tables.whole_site import WHOLE_SITE

CATALOGUE = (*CLAIMS, *STANDINGS, *CITATIONS, *SOURCES, *ENTITIES, *EVENTS, *TOPICS, *WHOLE_SITE)

FOLDER = "data/csv"
"""Where their CSV files lie in the site."""

VOCABULARY = f"{FOLDER}/vocabulary.csv"
"""The table with the words of the site."""


def path_of(name: str) -> str:
    """Give the path of a table's CSV file in the site."""
    return f"{FOLDER}/{name}.csv"


READING = (
    "An empty cell means that nothing is known or given. "
    "Dates that may be less precise than a day are in EDTF (ISO 8601-2); beside those of claims, events and sources stand the first "
    "and the last day that they can mean. Sentences of the editors may hold links in Markdown; "
    "`claim:id` and the like lead to a record. "
    "Words of sources that may not be shown are left out. "
    "In the CSV files, which are in UTF-8, an apostrophe stands in front of words that a spreadsheet would run as a formula "
    "(they begin with = + - or @), at the beginning of a cell and behind a semicolon, a tab or a line break; the database has them "
    "without it."
)
"""What everybody who reads the tables should know."""
