"""Numbers in prose: what figures a statement holds, which of them its quotations lack, and whether sums are right."""

from __future__ import annotations

from generator.figures.equations import Equation, EquationError, evaluate
from generator.figures.figure import Figure
from generator.figures.guard import dropped_qualifiers, missing, read

__all__ = ["Equation", "EquationError", "Figure", "dropped_qualifiers", "evaluate", "missing", "read"]
