"""The path that an editor typed, of one in a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.documents import Document, Loc


def typed_loc(document: Document, loc: Loc) -> Loc:
    """Keep the steps of a model's path that the editor typed; a model may add steps of its own."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.values:
            kept = (*kept, step)
    return kept
