"""What can be remarked about a row, by code: one sentence each, which holds for one row as for a thousand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, str] = MappingProxyType(
    {
        # Dates
        "date-ambiguous": "The date can be read in two ways, so no date is set. It is kept in the notes.",
        "date-unread": "The date cannot be read, so no date is set. It is kept in the notes.",
        "date-out-of-range": "The date lies outside the years 1 to 9999. It is kept in the notes.",
        "date-reduced": "Less of the date can be written than the file says. The whole of it is kept in the notes.",
        "date-after-review": "The claim is dated after the text that reports it, so no date is set. It is kept in the notes.",
        "midnight-as-day": "A clock time of exactly midnight is taken for no clock time. The day is set as printed.",
        "interval-reversed": "The end lies before the start, so only the start is set. The end is kept in the notes.",
        # Ratings
        "rating-unknown": "There is neither a label nor a number in the rating. What there is is kept in the notes.",
        "rating-out-of-scale": "The rating lies outside its own scale. It is kept in the notes as it stood.",
        "rating-reversed": "The best number of the scale is the lowest. It is kept in the notes as it stood.",
        # Fields and values
        "field-missing": "A field is missing that the format expects.",
        "field-unknown": "A field is not known to the format. It is kept in the notes.",
        "word-unknown": "A word is not in the vocabulary. It is kept in the notes.",
        "value-unread": "A value does not have the form that its field needs. It is kept in the notes.",
        "too-long": "A text is longer than its field. The whole of it is kept in the notes.",
        "url-refused": "An address does not have the form of one. It is kept in the notes and nothing is repaired.",
        "author-unknown": "It is not said who made the claim.",
        "outlet-from-address": "No outlet is named; the host of the address stands for it.",
        "control-characters": "Invisible control characters stood in a text. They are left out; the notes show where they stood.",
        "skipped": "The mapping says that a column is not wanted. It is kept nowhere.",
        "markup-dropped": "Markup was left out of a text; its words are kept.",
        "left-out": "A part of the page that is no text of the article was left out.",
        # Forms of the file
        "broken-json": "A part of the file is no JSON.",
        "double-key": "A name stands twice in one object. The last value is taken, and the others are kept in the notes.",
        # Records that are there, or that two rows share
        "similar": "A claim with the same words is there already. Is it the same?",
        "changed": "The row says something else than the record that was made of it. Nothing is changed.",
        "duplicate-differs": "Another row with the same key says something else. The first one is taken; the other is kept in its notes.",
        "differs": "Rows do not agree about a record that they share. The first one is taken, the others are kept in its notes.",
        "same-address": "A source with this address is there already and is taken.",
        "not-kept": "The record is there already and is not changed, so this is kept nowhere.",
        "id-taken": "The id that the row asks for is taken or is no id. Another one is given.",
    }
)
"""The sentence for each code. A report says it once, with the number of rows and an example."""


def explain(code: str) -> str:
    """Give the sentence of a code; the code itself where it has none."""
    return CODES.get(code, f"{code}.")
