"""`verdict-tree`: which questions lead to which verdict."""

from __future__ import annotations


def draw_verdict_tree(payload: str) -> str:
    """Draw the picture."""
    raise ValueError(payload)
