"""The settings of a site: who publishes it, where, in which languages, and within which limits."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from generator.records import Model
from generator.records.fields import Line, Prose, Url


class Licence(Model):
    """The licence of the content and of the data files."""

    name: Line
    url: Url


class ExcerptLimit(Model):
    """How much of a source that is not ours to publish may stand on the site.

    Attributes:
        words: the longest quotation, in words.
        share: the largest part of a source's words, in per cent.
    """

    words: int = Field(default=40, ge=1, le=1000)
    share: int = Field(default=60, ge=1, le=100)


class Settings(Model):
    """What `content/settings.yml` says.

    Attributes:
        title: the site's name.
        publisher: who publishes it.
        description: one sentence for search engines and shared links.
        address: the site's own address, ending in a slash.
        languages: BCP 47 tags; the first is the site's language.
        time_zone: IANA name, for clock times.
        licence: of the content and the data files.
        contact: where errors are reported.
        excerpt_limit: how much of a source may be shown.
        review_after_days: when a checked claim without `review_by` counts as stale.
        text_dir: a folder outside `content/`, relative to the project's, that holds stored texts which are not public:
            `<source id>.md` or `.txt`. Where it is missing, what could not be checked is reported.
        reading_note: how the sources were read, shown on the Method page.
    """

    title: Line
    publisher: Line
    description: Prose
    address: Url
    languages: tuple[Line, ...] = ("en",)
    time_zone: Line = "UTC"
    licence: Licence
    contact: Line | None = None
    excerpt_limit: ExcerptLimit = ExcerptLimit()
    review_after_days: int = Field(default=365, ge=1, le=10_000)
    reading_note: Prose | None = None
    text_dir: Line | None = None

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
