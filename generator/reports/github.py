"""Diagnostics as workflow commands, which GitHub shows as annotations beside the lines they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import sort
from generator.reports.catalogue import title_of
from generator.reports.escaping import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as workflow commands of GitHub Actions, one a line."""
    return "".join(_format_command(diagnostic) for diagnostic in sort(diagnostics))


def _format_command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    one_line = place.end_line in (0, place.line)  # GitHub takes columns only where an annotation keeps to one line
    title = title_of(diagnostic.code)
    properties = {
        "file": place.path,
        "line": str(place.line or ""),
        "endLine": str(place.end_line or ""),
        "col": str(place.column or "") if one_line else "",
        "endColumn": str(place.end_column or "") if one_line else "",
        "title": f"{diagnostic.code}: {title}" if title else diagnostic.code,
    }
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items() if value)
    message = "\n".join(part for part in (diagnostic.message, diagnostic.help) if part)
    return f"::{diagnostic.severity} {written}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    """Escape the message of a workflow command as GitHub's toolkit does; other controls become visible."""
    kept = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escape_line(kept)


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
