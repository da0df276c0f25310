"""An entity: a person, an organisation, an outlet, a place or a document that records refer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.records.fields import Id, Line, Model, Names, Prose, Record, When


class Affiliation(Model):
    """Whose voice an entity speaks with, or whose part it is, with the time where that changed.

    Attributes:
        who: the entity that stands behind it, by its id.
        since: when that began, where it is known.
        until: when that ended, where it has.
    """

    who: Id = Field(examples=["council"])
    since: When | None = Field(default=None, alias="from", examples=["2020", "2020-05-01"])
    until: When | None = Field(default=None, examples=["2024-12-31", "2024"])


def read_affiliations(value: object) -> object:
    """Turn what an editor types (one id or item, or a list of either) into the fields of affiliations."""
    items = value if isinstance(value, list) else [value]
    return [{"who": item} if isinstance(item, str) else item for item in items]


Affiliations = Annotated[tuple[Affiliation, ...], BeforeValidator(read_affiliations)]


class Entity(Record):
    """A person, an organisation, an outlet, a place or a document that other records name.

    Attributes:
        type: what sort of thing it is.
        name: the name that readers see.
        names: the name in other languages, each behind its language tag.
        description: one sentence that tells who or what it is.
        speaks_for: for whom this voice speaks. Both count as one origin.
        owned_by: who owns an outlet, where that makes the two one origin.
        part_of: the larger body that it belongs to. Both count as one origin.
        wikidata: the number of its item in Wikidata, only where it is known.
    """

    type: Literal["person", "organisation", "outlet", "place", "document"] = Field(examples=["person"])
    name: Line = Field(examples=["Anna Berg"])
    names: Names = Field(default_factory=dict, examples=[{"uk": "Анна Берг"}])
    description: Prose | None = Field(default=None, examples=["Mayor of the town since 2020."])
    speaks_for: Affiliations = Field(default=(), examples=[{"who": "council", "from": "2020"}])
    owned_by: Affiliations = Field(default=(), examples=["council"])
    part_of: Affiliations = Field(default=(), examples=["council"])
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9][0-9]{0,11}$", examples=["Q42"])

    @property
    def affiliations(self) -> tuple[Affiliation, ...]:
        """All that stands behind it, whichever way."""
        return self.speaks_for + self.owned_by + self.part_of
