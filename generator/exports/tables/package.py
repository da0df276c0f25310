"""The description of the tables as a Data Package (version 2): https://datapackage.org/standard/."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.exports.published import Digest, Offer
from generator.exports.tables.catalogue import CATALOGUE, READING, VOCABULARY, path_of
from generator.exports.tables.lines import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.exports.tables.columns import Column, Reference, Table
    from generator.settings import Settings

_PATH = "data/datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def _read_words(vocabulary: bytes) -> Mapping[str, list[str]]:
    """List the words of the vocabulary by section."""
    words: dict[str, list[str]] = {}
    head, *rows = read_rows(vocabulary)
    section, word = head.index("section"), head.index("word")
    for row in rows:
        words.setdefault(row[section], []).append(row[word])
    return words


def _describe_column(column: Column, table: Table, words: Mapping[str, list[str]]) -> dict[str, Any]:
    choices = words.get(column.words, []) if column.words else list(column.choices)
    constraints = {
        **({"required": True} if column.required else {}),
        **({"unique": True} if table.key == (column.name,) else {}),
        **({"enum": choices} if choices else {}),
    }
    return {
        "name": column.name,
        "type": column.kind,
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }


def _describe_reference(reference: Reference, table: Table) -> dict[str, Any]:
    """Describe a foreign key; one that stays within its table names none."""
    other = {} if reference.table == table.name else {"resource": reference.table}
    return {"fields": list(reference.columns), "reference": {**other, "fields": list(reference.key)}}


def _describe_table(table: Table, data: bytes, words: Mapping[str, list[str]]) -> dict[str, Any]:
    references = [_describe_reference(reference, table) for reference in table.references]
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": path_of(table.name).removeprefix("data/"),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": {
            "fields": [_describe_column(column, table, words) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _name(settings: Settings) -> str:
    """Name the package after the host of the site, in the letters that are allowed."""
    return re.sub(r"[^a-z0-9.-]", "", urlsplit(settings.address).hostname or "").strip(".-") or "records"


def _make(settings: Settings, files: Mapping[str, bytes]) -> bytes:
    words = _read_words(files[VOCABULARY])
    package = {
        "$schema": _PROFILE,
        "name": _name(settings),
        "id": f"{settings.address}{_PATH}",
        "title": settings.title,
        "description": f"{settings.description} {READING}",
        "homepage": settings.address,
        "licenses": [{"title": settings.licence.name, "path": settings.licence.url}],
        "contributors": [{"title": settings.publisher, "roles": ["publisher"]}],
        "resources": [_describe_table(table, files[path_of(table.name)], words) for table in CATALOGUE],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


DATA_PACKAGE = Digest(
    _PATH,
    Offer(
        "All tables as a Data Package",
        "Describes every CSV file: its columns, keys and references, its size and hash (Data Package, version 2).",
        "Whole data set",
        "frictionless validate datapackage.json",
    ),
    tuple(path_of(table.name) for table in CATALOGUE),
    _make,
)
"""`data/datapackage.json`."""
