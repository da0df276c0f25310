"""An entity: a person, an organisation, an outlet, a place or a document that records refer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.records.fields import Id, Line, Model, Names, Prose, Record, When


class Affiliation(Model):
    """Whose voice an entity speaks with, or whose part it is, with the time where that changed.

    Attributes:
        who: the entity that stands behind it.
        since: first day or year (typed `from`).
        until: last day or year.
    """

    who: Id
    since: When | None = Field(default=None, alias="from")
    until: When | None = None


def _read_affiliations(value: object) -> object:
    items = value if isinstance(value, list) else [value]
    return [{"who": item} if isinstance(item, str) else item for item in items]


Affiliations = Annotated[tuple[Affiliation, ...], BeforeValidator(_read_affiliations)]


class Entity(Record):
    """Somebody or something with a name.

    Attributes:
        type: what it is.
        name: the name readers see.
        names: the name in other languages, by BCP 47 tag.
        description: one sentence that tells who or what it is.
        speaks_for: the same voice: both are one origin.
        owned_by: an outlet's owner, where that makes them one origin.
        part_of: the larger body it belongs to; they are one origin.
        wikidata: item number, only where it is known.
    """

    type: Literal["person", "organisation", "outlet", "place", "document"]
    name: Line
    names: Names = Field(default_factory=dict)
    description: Prose | None = None
    speaks_for: Affiliations = ()
    owned_by: Affiliations = ()
    part_of: Affiliations = ()
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9][0-9]{0,11}$")

    @property
    def affiliations(self) -> tuple[Affiliation, ...]:
        """All that stands behind it, whichever way."""
        return self.speaks_for + self.owned_by + self.part_of
