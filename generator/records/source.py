"""A source: what was read, where and when, and how much of its text is stored and may be shown."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.records.fields import (
    Day,
    Id,
    Ids,
    Language,
    Line,
    Many,
    Model,
    Names,
    Prose,
    Quotation,
    Record,
    Url,
    When,
)


class Skipped(Model):
    """A passage of a stored text that holds nothing to check.

    Attributes:
        quote: the passage, letter for letter. It is never published.
        why: why there is nothing to check in it.
    """

    quote: Quotation = Field(examples=["Read more about the town on page 4."])
    why: Line = Field(examples=["A pointer to another page."])


class Source(Record):
    """A text that was read. In a Markdown file the text below the fields is the stored text.

    Attributes:
        title: its title as printed; left out where it is not known, never invented.
        outlet: who published it: an entity of type `outlet`, by its id.
        authors: the names of the authors, as printed.
        published: the date printed on it.
        accessed: the day on which it was read.
        url: its address.
        archived: the address of an archived copy.
        language: the language tag of the text.
        genre: what sort of text it is.
        written: when it was written, where the printed date is missing or plainly wrong.
        stored: how much of the text is kept here. `excerpt` can be quoted, but gives no figure of how much was checked.
        publish: how much of the text the site may show. `excerpts` shows the quoted words only.
        skipped: passages that hold nothing to check, each with the reason.
        reprints: sources whose text this one repeats, by their ids. They count as one origin.
        summary: what it says, in our own words. It is needed where no text is stored.
        translated_title: the title in other languages, each behind its language tag.
    """

    title: Line | None = Field(default=None, examples=["Council agrees to repair the bridge"])
    outlet: Id = Field(examples=["example-gazette"])
    authors: Many[Line] = Field(default=(), examples=[["Tom Vale"]])
    published: When | None = Field(default=None, examples=["2025-06-01", "2025-06", "2025-06-01T12:30+03:00"])
    accessed: Day = Field(examples=["2025-06-02"])
    url: Url | None = Field(default=None, examples=["https://gazette.example/bridge"])
    archived: Url | None = Field(default=None, examples=["https://archive.example/gazette-bridge"])
    language: Language = Field(examples=["en", "uk", "ru", "zh-Hans"])
    genre: Line = Field(examples=["news"])
    written: When | None = Field(default=None, examples=["2025-05~", "2025-05-31"])
    stored: Literal["whole", "excerpt", "none"] = Field(examples=["whole"])
    publish: Literal["full", "excerpts", "none"] = Field(examples=["excerpts"])
    skipped: tuple[Skipped, ...] = Field(default=(), examples=[[{"quote": "Read more about the town on page 4.", "why": "A pointer to another page."}]])  # fmt: skip
    reprints: Ids = Field(default=(), examples=[["agency-2025-06-01"]])
    summary: Prose | None = Field(default=None, examples=["The council has agreed to repair the bridge."])
    translated_title: Names = Field(default_factory=dict, examples=[{"de": "Rat beschließt Reparatur der Brücke"}])

    @property
    def dated(self) -> When | None:
        """The date to go by: `written` overrides the printed stamp."""
        return self.written or self.published
