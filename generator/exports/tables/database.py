"""The tables as one SQLite file, with references and full-text search.

The file is always made anew from the CSV files, in one transaction and in their order, so the same files give the same bytes.
An edit in place would not: it moves counters and parts of the search index. In the head of the file SQLite says which version
of it wrote the file (bytes 96 to 99); here they are zero. Another version may lay out pages or the index in another way, so
the same bytes are promised for one version of SQLite only.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from generator.exports.published import Digest, Offer
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.exports.tables.lines import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.exports.tables.columns import Column, Table
    from generator.settings import Settings

_TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}
_VALUES = {"boolean": "CASE nullif(?, '') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"}
_VALUE = "nullif(?, '')"
_VERSION = slice(96, 100)


def _declare_column(column: Column, table: Table) -> str:
    demands = " NOT NULL" if column.required or column.name in table.key else ""
    key = " PRIMARY KEY" if table.key == (column.name,) else ""
    reference = f" REFERENCES {column.to} (id)" if column.to else ""
    return f"{column.name} {_TYPES[column.kind]}{demands}{key}{reference}"


def _declare(table: Table) -> str:
    """Write how a table is made, with what each column means: whoever looks at the schema reads it there.

    A table whose words can be searched has rowids, which its index goes by. Others with a key of several columns are kept by that
    key alone.
    """
    parts = [(_declare_column(column, table), column.description) for column in table.columns]
    if len(table.key) > 1:
        parts.append((f"PRIMARY KEY ({', '.join(table.key)})", ""))
    parts += [
        (f"FOREIGN KEY ({', '.join(join.columns)}) REFERENCES {join.table} ({', '.join(join.key)})", "")
        for join in table.joins
    ]
    lines = [
        f"  {part}{',' if number < len(parts) else ''}{f' -- {said}' if said else ''}"
        for number, (part, said) in enumerate(parts, 1)
    ]
    kept = " WITHOUT ROWID" if len(table.key) > 1 and not table.search else ""
    return "\n".join((f"CREATE TABLE {table.name} ( -- {table.description}", *lines, f"){kept}"))


def _index(table: Table) -> Iterator[str]:
    """Write how the indexes are made: one for each reference that the key does not begin with."""
    for reference in table.references:
        if table.key[: len(reference.columns)] != reference.columns:
            name = "_".join((table.name, *reference.columns))
            yield f"CREATE INDEX {name} ON {table.name} ({', '.join(reference.columns)})"


def _fill(table: Table) -> str:
    values = ", ".join(_VALUES.get(column.kind, _VALUE) for column in table.columns)
    return f"INSERT INTO {table.name} VALUES ({values})"  # noqa: S608 - the names are ours


def _make_searchable(table: Table) -> Iterator[str]:
    """Write how the full-text search of a table is made; it holds no words of its own."""
    index = f"{table.name}_fts"
    how = f"content='{table.name}', tokenize='unicode61 remove_diacritics 2'"
    yield f"CREATE VIRTUAL TABLE {index} USING fts5({', '.join(table.search)}, {how})"
    yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608 - the names are ours
    yield f"INSERT INTO {index} ({index}) VALUES ('optimize')"  # noqa: S608


def _make(_: Settings, files: Mapping[str, bytes]) -> bytes:
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # References may lead to rows further down, and to tables that come later. Nothing is asked of them here: a record that
        # leads nowhere stops the build long before.
        for setting in ("page_size = 4096", "encoding = 'UTF-8'", "foreign_keys = OFF"):
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for table in CATALOGUE:
            database.execute(_declare(table))
            rows = read_rows(files[path_of(table.name)])
            next(rows)  # the head
            database.executemany(_fill(table), rows)
        for table in CATALOGUE:
            for statement in _index(table):
                database.execute(statement)
        for table in CATALOGUE:
            for statement in _make_searchable(table) if table.search else ():
                database.execute(statement)
        database.execute("COMMIT")
        made = bytearray(database.serialize())
    finally:
        database.close()
    made[_VERSION] = bytes(4)
    return bytes(made)


DATABASE = Digest(
    "data/records.db",
    Offer(
        "All tables as a database",
        "One SQLite file with every table, its references, and full-text search; Datasette shows it with metadata.json.",
        "Whole data set",
        "datasette -i records.db -m metadata.json",
    ),
    tuple(path_of(table.name) for table in CATALOGUE),
    _make,
)
"""`data/records.db`."""
