"""The tables of the sources: what was read, by whom it was written, and what it repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.naming import name_source
from generator.exports.tables.columns import (
    ID,
    PAGE,
    POSITION,
    Column,
    Table,
    address,
    bound_columns,
    choices_of,
    number,
    write_when,
)
from generator.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_OF = Column("source", "The source.", required=True, to="sources")


def _sources(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    source = library.sources[one]
    yield (
        one,
        name_source(library, source),
        source.title,
        source.outlet,
        source.published.text if source.published else None,
        source.written.text if source.written else None,
        *write_when(source.dated)[1:],
        source.accessed.isoformat(),
        source.url,
        source.archived,
        source.language,
        source.genre,
        source.stored,
        source.publish,
        source.summary,
        address(library, kind, one),
    )


def _titles(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for language, title in library.sources[one].translated_title.items():
        yield one, language, title


def _authors(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.sources[one].authors)


def _reprints(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.sources[one].reprints)


SOURCES = (
    Table(
        "sources",
        "Sources",
        "Each row is a text that was read. The text itself is not in it.",
        (
            ID,
            Column("name", "Its title, or its outlet and date where the title is not known.", required=True),
            Column("title", "The title as printed."),
            Column("outlet", "Who published it.", required=True, to="entities"),
            Column("published", "The date printed on it. In EDTF (ISO 8601-2), as precise as it is known."),
            Column(
                "written",
                "When it was written, where the printed date is missing or plainly wrong. In EDTF (ISO 8601-2).",
            ),
            *bound_columns("dated", "its date (`written`, else `published`)"),
            Column("accessed", "The day on which it was read.", "date", required=True),
            Column("url", "Its address."),
            Column("archived", "The address of an archived copy."),
            Column("language", "The language of the text, as a BCP 47 tag.", required=True),
            Column("genre", "What sort of text it is.", required=True, words="genres"),
            Column(
                "stored", "How much of the text the editors keep.", required=True, choices=choices_of(Source, "stored")
            ),
            Column(
                "publish",
                "How much of the text may be shown. With `none` no table holds a quotation from it.",
                required=True,
                choices=choices_of(Source, "publish"),
            ),
            Column("summary", "What it says, in the editors' words."),
            PAGE,
        ),
        ("id",),
        ("source",),
        _sources,
        label="name",
        search=("name", "summary"),
        facets=("outlet", "genre", "language"),
    ),
    Table(
        "source_titles",
        "Translated titles of sources",
        "Each row is the title of a source in another language.",
        (
            _OF,
            Column("language", "The language of the title, as a BCP 47 tag.", required=True),
            Column("title", "The title in that language.", required=True),
        ),
        ("source", "language"),
        ("source",),
        _titles,
        search=("title",),
        facets=("language",),
    ),
    Table(
        "source_authors",
        "Authors of sources",
        "Each row is one author of a source.",
        (_OF, POSITION, Column("author", "The name as printed.", required=True)),
        ("source", "position"),
        ("source",),
        _authors,
        facets=("author",),
    ),
    Table(
        "source_reprints",
        "Reprints",
        "Each row is a source that repeats the text of another. The two count as one origin.",
        (_OF, POSITION, Column("repeats", "The source whose text it repeats.", required=True, to="sources")),
        ("source", "position"),
        ("source",),
        _reprints,
    ),
)
