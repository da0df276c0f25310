"""Arithmetic typed by an editor, such as ``390 + 307 + 303 = 1,000``, checked without `eval`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


class EquationError(ValueError):
    """An equation that cannot be read; the message is for an editor."""


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation as typed: `operands` in order on the left, `result` on the right, and whether it `holds`."""

    operands: tuple[Decimal, ...]
    result: Decimal
    holds: bool


def evaluate(equation: str) -> Equation:
    """Read and check an equation; raises EquationError."""
    raise EquationError(equation)
