"""Diagnostics as JSON, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.diagnostics import sort
from generator.reports.catalogue import reason_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as a JSON list of objects.

    Lines and columns are 1-based, counted in characters, and 0 where they are not known; the end is just behind the
    last character. `fix` is what is to be typed in the stead of what stands from the place to its end, or null.
    """
    rows = [
        {
            "path": diagnostic.place.path,
            "line": diagnostic.place.line,
            "column": diagnostic.place.column,
            "end_line": diagnostic.place.end_line,
            "end_column": diagnostic.place.end_column,
            "severity": diagnostic.severity,
            "code": diagnostic.code,
            "title": title_of(diagnostic.code),
            "reason": reason_of(diagnostic.code),
            "message": diagnostic.message,
            "help": diagnostic.help,
            "fix": diagnostic.fix,
        }
        for diagnostic in sort(diagnostics)
    ]
    return json.dumps(rows, indent=2) + "\n"
