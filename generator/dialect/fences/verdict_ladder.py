"""`verdict-ladder`: the verdicts of a sheet on each date on which something changed."""

from __future__ import annotations


def draw_verdict_ladder(payload: str) -> str:
    """Draw the picture."""
    raise ValueError(payload)
