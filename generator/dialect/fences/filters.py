"""`filters`: the form that narrows down and orders a list."""

from __future__ import annotations


def draw_filters(payload: str) -> str:
    """Draw the picture."""
    raise ValueError(payload)
