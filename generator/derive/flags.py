"""The computed flags in words: a label, and the sentence that says what it means."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.derive.standing import Flag

FLAGS: Mapping[Flag, tuple[str, str]] = MappingProxyType(
    {
        "single-origin": (
            "Single origin",
            "What counts for it goes back to one voice, however many reports there are; where nothing counts, everything that says so does.",
        ),
        "both-sides-say": ("Both sides say so", "The parties to the dispute say the same."),
        "unnamed-origin": ("Unnamed origin", "Nobody who says so is named."),
        "no-source-found": ("No source found", "We searched for where it comes from and found nothing."),
        "outdated": ("Outdated", "True or not at its time, a later claim has taken its place."),
        "stale": ("Review overdue", "It should have been looked at again by now."),
    }
)
"""Label and definition of each flag, in the order in which they are shown. None of them is a verdict."""
