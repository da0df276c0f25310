"""What Datasette says of the database: https://docs.datasette.io/en/stable/metadata.html."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.exports.published import Digest, Offer
from generator.exports.tables.catalogue import CATALOGUE, READING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.exports.tables.columns import Column, Table
    from generator.settings import Settings

_DATABASE = "records"
"""What Datasette calls the database: the name of its file without `.db`."""


def _describe_column(column: Column) -> str:
    flag = " 1 is yes, 0 is no." if column.kind == "boolean" else ""
    return f"{column.description}{flag}"


def _describe(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "description": table.description,
        "columns": {column.name: _describe_column(column) for column in table.columns},
        **({"facets": list(table.facets)} if table.facets else {}),
        **({"label_column": table.label} if table.label else {}),
        **({"fts_table": f"{table.name}_fts"} if table.search else {}),
    }


def _make(settings: Settings, _: Mapping[str, bytes]) -> bytes:
    about = {
        "title": settings.title,
        "description": f"{settings.description} {READING}",
        "license": settings.licence.name,
        "license_url": settings.licence.url,
        "source": settings.publisher,
        "source_url": settings.address,
    }
    tables = {table.name: _describe(table) for table in CATALOGUE}
    metadata = {**about, "databases": {_DATABASE: {**about, "tables": tables}}}
    return f"{json.dumps(metadata, ensure_ascii=False, indent=1)}\n".encode()


METADATA = Digest(
    "data/metadata.json",
    Offer(
        "Metadata for Datasette",
        "What the tables and columns of the database mean, in the form that Datasette reads.",
        "Whole data set",
        "datasette -i records.db -m metadata.json",
    ),
    (),
    _make,
)
"""`data/metadata.json`."""
