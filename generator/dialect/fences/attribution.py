"""`attribution`: how a statement came from its origins to the pages that print it."""

from __future__ import annotations


def draw_attribution(payload: str) -> str:
    """Draw the picture."""
    raise ValueError(payload)
