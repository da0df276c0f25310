"""The JSON Schemas (draft 2020-12) of the published records, made from the record models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.exports.published import Digest, Offer
from generator.records import FOLDERS, KINDS, Correction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.settings import Settings


def _write(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_COMPUTED: dict[str, Any] = {
    "type": "object",
    "description": "What the build computed about the claim: never a verdict.",
    "required": ["said", "hops", "reports", "support", "against", "flags"],
    "properties": {
        "said": {"enum": ["at-the-origin", "relayed", "unnamed-origin", "untraced", "not-seen"]},
        "hops": {"type": "integer", "minimum": 0},
        "reports": {"$ref": "#/$defs/Tally"},
        "support": {"$ref": "#/$defs/Tally"},
        "against": {"$ref": "#/$defs/Tally"},
        "flags": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}
_TALLY: dict[str, Any] = {
    "type": "object",
    "description": "How many sources report it, and the independent origins they go back to.",
    "required": ["reports", "origins"],
    "properties": {
        "reports": {"type": "integer", "minimum": 0},
        "conduit": {"type": "string"},
        "origins": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["root", "voices"],
                "properties": {"root": {"type": "string"}, "voices": {"type": "array", "items": {"type": "string"}}},
            },
        },
    },
    "additionalProperties": False,
}


_LICENCE: dict[str, Any] = {
    "type": "object",
    "required": ["name", "url"],
    "properties": {"name": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
}


def export_schema() -> str:
    """Write the JSON Schema (draft 2020-12) of `records.json`, made from the record models."""
    definitions: dict[str, Any] = {"Tally": _TALLY, "Standing": _COMPUTED}
    lists: dict[str, Any] = {}
    for kind, model in KINDS.items():
        schema = model.model_json_schema(ref_template="#/$defs/{model}", by_alias=True, mode="validation")
        definitions |= schema.pop("$defs", {})
        if kind == "claim":
            schema["properties"]["computed_standing"] = {"$ref": "#/$defs/Standing"}
        definitions[model.__name__] = schema
        lists[FOLDERS[kind]] = {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
    definitions["Correction"] = Correction.model_json_schema(by_alias=True, mode="validation")
    lists["corrections"] = {"type": "array", "items": {"$ref": "#/$defs/Correction"}}
    return _write(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Fact-sheet records",
            "type": "object",
            "required": ["title", "publisher", "licence", *lists],
            "properties": {
                "$schema": {"type": "string"},
                "title": {"type": "string"},
                "publisher": {"type": "string"},
                "licence": _LICENCE,
                "data_as_of": {"type": "string", "format": "date"},
                **lists,
            },
            "$defs": definitions,
        }
    )


def export_record_schema() -> str:
    """Write the JSON Schema of the file of one record: its head, and the record below the name of its kind."""
    head: dict[str, Any] = {
        "$schema": {"type": "string"},
        "url": {"type": "string", "format": "uri"},
        "publisher": {"type": "string"},
        "licence": _LICENCE,
    }
    records = {kind: {"$ref": f"schema.json#/$defs/{model.__name__}"} for kind, model in KINDS.items()}
    return _write(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "One record of the fact sheets",
            "type": "object",
            "required": ["url", "publisher", "licence"],
            "oneOf": [{"required": [kind]} for kind in records],
            "properties": {**head, **records},
            "additionalProperties": False,
        }
    )


def _make_schema(_settings: Settings, _files: Mapping[str, bytes]) -> bytes:
    return export_schema().encode()


def _make_record_schema(_settings: Settings, _files: Mapping[str, bytes]) -> bytes:
    return export_record_schema().encode()


SCHEMA = Digest(
    "data/schema.json",
    Offer(
        "JSON Schema of all records",
        "The form of records.json, for programs that read or check it.",
        "Whole data set",
        "jsonschema --instance records.json schema.json",
    ),
    (),
    _make_schema,
)
RECORD_SCHEMA = Digest(
    "data/record-schema.json",
    Offer("JSON Schema of one record", "The form of record.json; it refers to the other schema.", "Whole data set"),
    (),
    _make_record_schema,
)
