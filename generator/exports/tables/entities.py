"""The tables of the entities: people, organisations, outlets, places and documents, and who stands behind whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.tables.columns import ID, PAGE, POSITION, Column, Table, address, choices_of
from generator.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_RELATIONS = ("speaks_for", "owned_by", "part_of")
_OF = Column("entity", "The entity.", required=True, to="entities")


def _entities(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    entity = library.entities[one]
    yield one, entity.type, entity.name, entity.description, entity.wikidata, address(library, kind, one)


def _names(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for language, name in library.entities[one].names.items():
        yield one, language, name


def _affiliations(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    entity = library.entities[one]
    for relation in _RELATIONS:
        for position, item in enumerate(getattr(entity, relation), 1):
            since, until = (when.text if when else None for when in (item.since, item.until))
            yield one, relation, position, item.who, since, until


ENTITIES = (
    Table(
        "entities",
        "Entities",
        "Each row is a person, an organisation, an outlet, a place or a document that other records name.",
        (
            ID,
            Column("type", "What sort of thing it is.", required=True, choices=choices_of(Entity, "type")),
            Column("name", "The name that readers see.", required=True),
            Column("description", "One sentence that tells who or what it is."),
            Column("wikidata", "The number of its item in Wikidata."),
            PAGE,
        ),
        ("id",),
        ("entity",),
        _entities,
        label="name",
        search=("name", "description"),
        facets=("type",),
    ),
    Table(
        "entity_names",
        "Names in other languages",
        "Each row is the name of an entity in another language.",
        (
            _OF,
            Column("language", "The language of the name, as a BCP 47 tag.", required=True),
            Column("name", "The name in that language.", required=True),
        ),
        ("entity", "language"),
        ("entity",),
        _names,
        search=("name",),
        facets=("language",),
    ),
    Table(
        "affiliations",
        "Affiliations",
        "Each row says who stands behind an entity. Voices that fold to one entity count as one origin.",
        (
            _OF,
            Column(
                "relation",
                "`speaks_for` whom it speaks for, `owned_by` who owns the outlet, `part_of` the larger body it belongs to.",
                required=True,
                choices=_RELATIONS,
            ),
            POSITION,
            Column("who", "The entity that stands behind it.", required=True, to="entities"),
            Column("since", "When that began, where it is known. In EDTF (ISO 8601-2)."),
            Column("until", "When that ended, where it has. In EDTF (ISO 8601-2)."),
        ),
        ("entity", "relation", "position"),
        ("entity",),
        _affiliations,
        facets=("relation",),
    ),
)
