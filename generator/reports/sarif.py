"""Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and text editors read."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator import __version__
from generator.diagnostics import sort
from generator.reports.catalogue import CATALOGUE
from generator.reports.escaping import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.diagnostics import Diagnostic, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"

_Json = dict[str, Any]


def format_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as a SARIF 2.1.0 log with one run.

    Columns count characters (`unicodeCodePoints`). Addresses of files are relative to `SRCROOT`, the project's folder,
    whose place on the machine is not told. A fingerprint holds the path, the code and the message, and no line, so that a
    finding stays the same one when lines are added above it.
    """
    found = sort(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in found})
    driver = {"name": "factsheet", "semanticVersion": __version__, "rules": [_describe_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The project's folder, which holds content/."}}},
        "results": _results(found, codes),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _describe_rule(code: str) -> _Json:
    entry = CATALOGUE.get(code)
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": _write_message(entry.title)},
        "fullDescription": {"text": _write_message(entry.reason)},
        "help": {"text": _write_message(f"{entry.title} {entry.reason} `factsheet explain {code}` shows an example.")},
        "defaultConfiguration": {"level": entry.severity},
    }


def _results(found: Sequence[Diagnostic], codes: Sequence[str]) -> list[_Json]:
    seen: Counter[tuple[str, str, str]] = Counter()
    results: list[_Json] = []
    for diagnostic in found:
        same = diagnostic.place.path, diagnostic.code, diagnostic.message
        text = "\n".join(part for part in (diagnostic.message, diagnostic.help) if part)
        result: _Json = {
            "ruleId": diagnostic.code,
            "ruleIndex": codes.index(diagnostic.code),
            "level": diagnostic.severity,
            "message": {"text": _write_message(text)},
            "locations": [{"physicalLocation": _locate(diagnostic.place)}],
            "partialFingerprints": {"pathCodeMessage/v1": _fingerprint(*same, str(seen[same]))},
        }
        if fixes := _mend(diagnostic):
            result["fixes"] = fixes
        seen[same] += 1
        results.append(result)
    return results


def _write_message(text: str) -> str:
    """Write text as a SARIF message: braces doubled (3.11.5), and nothing that a viewer would take for a link (3.11.6)."""
    plain = "\n".join(escape_line(line) for line in text.split("\n"))
    return plain.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _fingerprint(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _address(path: str) -> _Json:
    return {"uri": quote(path.encode("utf-8", "backslashreplace")), "uriBaseId": _ROOT}


def _locate(place: Place) -> _Json:
    location: _Json = {"artifactLocation": _address(place.path)}
    if place.line:
        location["region"] = _region(place)
    return location


def _region(place: Place) -> _Json:
    spots = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: number for name, number in spots.items() if number}


def _mend(diagnostic: Diagnostic) -> list[_Json]:
    """Describe the change that mends it; nothing where none is known, or not what it replaces."""
    place = diagnostic.place
    if diagnostic.fix is None or not place.column or not place.end_line:
        return []
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": diagnostic.fix}}
    change = {"artifactLocation": _address(place.path), "replacements": [replacement]}
    fix: _Json = {"artifactChanges": [change]}
    if diagnostic.help:
        fix["description"] = {"text": _write_message(diagnostic.help)}
    return [fix]
