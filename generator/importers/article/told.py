"""What is read out of an article, whatever its form: its text, what it says of itself, which sources it lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.importers.rows import Remark


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a file says of itself.

    Attributes:
        what: the field of a source that it can fill; empty where there is none.
        field: how the file calls it.
        value: as it stands there.
    """

    what: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A source that an article lists, as Wikinews does.

    Attributes:
        at: where it stands.
        raw: all that is said of it.
        fields: `url`, `title`, `author`, `pub`, `date`, `archiveurl`, as far as they are there.
    """

    at: str
    raw: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """What is read out of a file with one article.

    Attributes:
        markdown: its text as it can be stored.
        told: what it says of itself; of two things about one field the first counts.
        listed: the sources that it lists.
        remarks: what was left out.
        said: how it was read, as sentences.
        problem: why it cannot be read, as a sentence; else empty.
    """

    markdown: str = ""
    told: tuple[Told, ...] = ()
    listed: tuple[Listed, ...] = ()
    remarks: tuple[Remark, ...] = ()
    said: tuple[str, ...] = field(default=())
    problem: str = ""
