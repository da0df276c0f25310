"""A source: what was read, where and when, and how much of its text is stored and may be shown."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.fields import Day, Id, Ids, Line, Many, Model, Names, Prose, Quotation, Record, Url, When


class Skipped(Model):
    """A passage of a stored text that holds nothing to check.

    Attributes:
        quote: the passage, letter for letter; it is never published.
        why: the reason.
    """

    quote: Quotation
    why: Line


class Source(Record):
    """A text that was read. The body of its Markdown file, if it has one, is the stored text.

    Attributes:
        title: as printed; left out where it is not known.
        outlet: the entity that published it.
        authors: names as printed.
        published: the date printed on it.
        accessed: the day on which it was read.
        url: its address.
        archived: the address of a copy.
        language: BCP 47 tag of the text.
        genre: a word of the vocabulary.
        written: when it was written (EDTF), where the printed date is missing or plainly wrong.
        stored: how much of the text is kept here.
        publish: how much of it the site may show.
        skipped: passages that hold nothing to check.
        reprints: sources whose text this one repeats; they count as one origin.
        summary: what it says, in our own words.
    """

    title: Line | None = None
    outlet: Id
    authors: Many[Line] = ()
    published: When | None = None
    accessed: Day
    url: Url | None = None
    archived: Url | None = None
    language: str = Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    genre: Line
    written: When | None = None
    stored: Literal["whole", "excerpt", "none"]
    publish: Literal["full", "excerpts", "none"]
    skipped: tuple[Skipped, ...] = ()
    reprints: Ids = ()
    summary: Prose | None = None
    translated_title: Names = Field(default_factory=dict)

    @property
    def dated(self) -> When | None:
        """The date to go by: `written` overrides the printed stamp."""
        return self.written or self.published
