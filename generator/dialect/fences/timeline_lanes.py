"""`timeline-lanes`: events on a scale of time, in lanes."""

from __future__ import annotations


def draw_timeline_lanes(payload: str) -> str:
    """Draw the picture."""
    raise ValueError(payload)
