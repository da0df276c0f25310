"""What rules found, as data that JSON can hold, and back again."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Diagnostic, Place
from generator.state import Unit

NOTHING = "[[],"
"""An outcome begins so, as JSON, where nothing was found."""


def pack(unit: Unit) -> Unit:
    """Give a unit of rules with its diagnostics as plain data."""
    found, checked, unchecked = unit.outcome
    return Unit(unit.name, [[_write(one) for one in found], checked, unchecked], unit.seen)


def _write(diagnostic: Diagnostic) -> list[Any]:
    place = diagnostic.place
    spot = [place.path, place.line, place.column, place.end_line, place.end_column]
    return [
        spot,
        diagnostic.code,
        diagnostic.message,
        diagnostic.help,
        diagnostic.severity,
        diagnostic.focus,
        diagnostic.fix,
    ]


def unpack(outcome: Any) -> tuple[list[Diagnostic], int, int]:  # noqa: ANN401 - plain data
    """Read what `pack` made of an outcome."""
    found, checked, unchecked = outcome
    return [Diagnostic(Place(*spot), *rest) for spot, *rest in found], checked, unchecked
