"""Open data: all records as one JSON file, and the JSON Schema it keeps to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.records import FOLDERS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from generator.derive import Standing, Tally, Views
    from generator.link import Library
    from generator.records import Record
    from generator.settings import Settings

_BESIDE = {"__all__": {"prefix", "suffix"}}
_PRIVATE: Mapping[str, Any] = {
    "source": {"skipped"},
    "claim": {"seen": _BESIDE, "evidence": _BESIDE},
    "event": {"evidence": _BESIDE},
}
"""Fields that hold words of a source beside the quotation: never published."""


def _plain(library: Library, kind: str, record: Record) -> dict[str, Any]:
    typed = KINDS[kind].model_construct(**{name: getattr(record, name) for name in KINDS[kind].model_fields})
    plain = typed.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True, exclude=_PRIVATE.get(kind)
    )
    for item in (*plain.get("seen", ()), *plain.get("evidence", ())):
        if not library.shows_words(item["in"]):
            item.pop("quote", None)
    return plain


def _tally(tally: Tally) -> dict[str, Any]:
    origins = [{"root": origin.root, "voices": list(origin.voices)} for origin in tally.origins]
    return {"reports": tally.reports, "origins": origins, **({"conduit": tally.conduit} if tally.conduit else {})}


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "said": standing.said.reach,
        "hops": standing.said.hops,
        "reports": _tally(standing.reports),
        "support": _tally(standing.support),
        "against": _tally(standing.against),
        "flags": list(standing.flags),
    }


def _write(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def export_record(library: Library, views: Views, kind: str, one: str) -> str:
    """Write one record as JSON, with what was computed about a claim.

    Of a source that is not published in full, only quotations are in it; of one with `publish: none` not even those.
    """
    plain = _plain(library, kind, library.located[kind, one].record)
    if kind == "claim":
        plain["computed_standing"] = _standing(views.standings[one])
    return json.dumps(plain, ensure_ascii=False, indent=1)


def join_records(settings: Settings, today: date, records: Mapping[str, Iterable[str]]) -> str:
    """Put all records into one JSON file.

    Args:
        settings: the site's settings.
        today: the day of the build.
        records: what `export_record` wrote, by kind, in reading order.
    """
    lists = (_write_list(FOLDERS[kind], records.get(kind, ())) for kind in FOLDERS)
    return f"{_write_head(settings, today)}{','.join(lists)}\n}}\n"


def replace_records(
    joined: bytes, settings: Settings, today: date, changes: Iterable[tuple[str, str, str]]
) -> bytes | None:
    """Give the file of all records with some of them exchanged, where everything else stays as it is.

    A string in JSON holds no line break, so a line with its indent is found where it was put, and nowhere else.

    Args:
        joined: what `join_records` made, as UTF-8.
        settings: the site's settings.
        today: the day of the build.
        changes: kind of each record that is exchanged, what `export_record` wrote of it before, and what it writes now.

    Returns:
        The same bytes as `join_records` would give; None where the file is not what these changes start from.
    """
    if not joined.startswith(_write_head(settings, today).encode()):
        return None
    places = []
    for kind, before, now in changes:
        section = joined.find(f'\n "{FOLDERS[kind]}": [\n'.encode())
        old = f"\n  {_indent(before)}".encode()
        start = joined.find(old, section) if section >= 0 else -1
        if start < 0:
            return None
        places.append((start, start + len(old), f"\n  {_indent(now)}".encode()))
    parts, end = [], 0
    for start, after, now_written in sorted(places):
        parts += [joined[end:start], now_written]
        end = after
    return b"".join((*parts, joined[end:]))


def _write_head(settings: Settings, today: date) -> str:
    """Write what stands before the first list."""
    head = {
        "$schema": "schema.json",
        "title": settings.title,
        "publisher": settings.publisher,
        "licence": settings.licence.model_dump(),
        "data_as_of": today.isoformat(),
    }
    return f"{json.dumps(head, ensure_ascii=False, indent=1).removesuffix('}').rstrip()},"


def _indent(written: str) -> str:
    return written.replace("\n", "\n  ")


def _write_list(folder: str, written: Iterable[str]) -> str:
    """Write a list as `json.dumps` would with an indent of one blank."""
    items = ",\n  ".join(map(_indent, written))
    return f'\n "{folder}": [\n  {items}\n ]' if items else f'\n "{folder}": []'


def export_records(library: Library, views: Views) -> str:
    """Write every record as JSON; see `export_record`."""
    written: dict[str, list[str]] = {}
    for kind, one in library.located:
        written.setdefault(kind, []).append(export_record(library, views, kind, one))
    return join_records(library.settings, views.today, written)


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
                "licence": {
                    "type": "object",
                    "required": ["name", "url"],
                    "properties": {"name": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
                },
                "data_as_of": {"type": "string", "format": "date"},
                **lists,
            },
            "$defs": definitions,
        }
    )
