"""Each table as a CSV file that is put together from the rows of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.published import Collection, Offer, Section
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.exports.tables.lines import write_rows

if TYPE_CHECKING:
    from datetime import date

    from generator.derive import Views
    from generator.exports.published import Plain
    from generator.exports.tables.columns import Table
    from generator.link import Library
    from generator.settings import Settings


def _give_example(table: Table) -> str:
    """Show how a table is used that is usually sorted out by a column."""
    if not (table.facets and table.label):
        return ""
    name, column = table.name, table.facets[0]
    sql = f"SELECT {column}, count(*) FROM {name} GROUP BY {column}"  # noqa: S608 - the names are ours
    return f"sqlite3 -cmd '.import --csv {name}.csv {name}' :memory: '{sql}'"


def _collect(table: Table) -> Collection:
    """Make the collection that is a table's CSV file."""
    sections = (Section(table.kinds, opening=write_rows((table.names,))),)

    def compose(library: Library, views: Views, kind: str, one: str) -> Plain:
        return [list(row) for row in table.rows(library, views, kind, one)] or None

    def lay_out(_: Settings, __: date) -> tuple[Section, ...]:
        return sections

    return Collection(
        path_of(table.name),
        Offer(f"{table.title} as CSV", table.description, "Tables", _give_example(table)),
        compose,
        write_rows,
        lay_out,
    )


TABLES: tuple[Collection, ...] = tuple(map(_collect, CATALOGUE))
"""The CSV files, in the order of the catalogue."""
