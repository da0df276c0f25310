"""The settings of a site: who publishes it, where, in which languages, and within which limits."""

from __future__ import annotations

from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from generator.records import Model
from generator.records.fields import Line, Prose, Url

_NO_PLACE_FOR_TEXTS = frozenset({"content", "site", "build", "templates", "generator", ".git", ".github"})
"""What stands there is published, thrown away, or read by the build."""


class Licence(Model):
    """The licence of the content and of the data files.

    Attributes:
        name: what it is called.
        url: where it can be read.
    """

    name: Line = Field(examples=["Creative Commons Attribution 4.0"])
    url: Url = Field(examples=["https://creativecommons.org/licenses/by/4.0/"])


class ExcerptLimit(Model):
    """How much of a source that is not ours to publish may stand on the site.

    Attributes:
        words: the longest quotation, in words.
        share: the largest part of a source's words, in per cent.
    """

    words: int = Field(default=40, ge=1, le=1000, examples=["40"])
    share: int = Field(default=60, ge=1, le=100, examples=["60"])


class Settings(Model):
    """What is so for the whole site: who publishes it, where, and within which limits.

    Attributes:
        title: the site's name.
        publisher: who publishes it.
        description: one sentence for search engines and shared links.
        address: the site's own address, ending in a slash.
        first_address: the address at which the site was first published, where that was another one: readers of the feed are not
            given everything again.
        languages: language tags; the first is the language of the site.
        time_zone: the time zone of clock times that name none.
        licence: the licence of the content and of the data files.
        contact: where readers report errors: an address that begins with `https://` or `mailto:`.
        excerpt_limit: how much may be shown of a source whose text belongs to somebody else.
        review_after_days: after how many days a checked claim without `review_by` should be looked at again.
        reading_note: how the sources were read; the Method page shows it.
        text_dir: a folder beside `content/` with stored texts that are not public, one `<source id>.md` or `.txt` each.
            Where it is missing, the build says what it could not check.
    """

    title: Line = Field(examples=["Bridge Fact Sheets"])
    publisher: Line = Field(examples=["Example Desk"])
    description: Prose = Field(examples=["Sources, claims and events on the old bridge."])
    address: Url = Field(examples=["https://bridge.example/"])
    first_address: Url | None = Field(default=None, examples=["https://old-bridge.example/"])
    languages: tuple[Line, ...] = Field(default=("en",), examples=[["en"], ["en", "uk"]])
    time_zone: Line = Field(default="UTC", examples=["Europe/Vienna", "Europe/Kyiv", "UTC"])
    licence: Licence = Field(examples=[{"name": "Creative Commons Attribution 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}])  # fmt: skip
    contact: Line | None = Field(default=None, examples=["mailto:desk@bridge.example"])
    excerpt_limit: ExcerptLimit = Field(default=ExcerptLimit(), examples=[{"words": "40", "share": "60"}])
    review_after_days: int = Field(default=365, ge=1, le=10_000, examples=["365"])
    reading_note: Prose | None = Field(default=None, examples=["All sources were read whole."])
    text_dir: Line | None = Field(default=None, examples=["private-texts"])

    @field_validator("time_zone")
    @classmethod
    def _is_known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise PydanticCustomError(
                "zone", "“{zone}” is not a time zone such as Europe/Vienna", {"zone": value}
            ) from None
        return value

    @field_validator("contact")
    @classmethod
    def _is_reachable(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://", "mailto:")):
            raise PydanticCustomError("contact", "a contact is an address that begins with https:// or mailto:")
        return value

    @field_validator("text_dir")
    @classmethod
    def _is_beside_content(cls, value: str | None) -> str | None:
        parts = PurePosixPath(value).parts if value is not None else ("x",)
        odd = (
            not parts or parts[0] in _NO_PLACE_FOR_TEXTS or any(part == ".." or part.startswith("/") for part in parts)
        )
        if odd or (value is not None and any(letter in value for letter in "\\:\0")):
            raise PydanticCustomError(
                "text_dir", "the folder of the texts is one beside content/, named from there, such as private-texts"
            )
        return value
