"""Ratings of other desks, kept word for word: no scale is taken for ours, and no label for a verdict."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.importers.cells import note
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.importers.claimreview.nodes import Node

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)
_KNOWN = frozenset(
    {"ratingExplanation", "image", "author", "description", "reviewAspect", "url", "@id"}
    | {"name", "alternateName", "ratingValue", "bestRating", "worstRating"}
)


def read_rating(rating: Node | str, field: str) -> tuple[list[str], list[Remark]]:
    """Write a rating as notes, the first of them `rating: LABEL (VALUE of WORST to BEST)`.

    Args:
        rating: what `reviewRating` holds; a text is a label.
        field: what that field is called in the file.
    """
    if isinstance(rating, str):
        return ([note("rating", rating)], []) if rating else ([], [Remark("rating-unknown", field)])
    label = rating.text("alternateName", "name")
    value, best, worst = (rating.text(name) for name in ("ratingValue", "bestRating", "worstRating"))
    scale = f"{worst} to {best}" if worst and best else f"best {best}" if best else f"worst {worst}" if worst else ""
    joint = " of " if worst and best else ", "
    number = joint.join(filter(None, (value, scale))) if value else scale and f"no number, {scale}"
    said = f"{label} ({number})" if label and number else label or number
    notes = [note("rating", said)] if said else []
    remarks = [Remark(code, rating.field("ratingValue"), number) for code in _find_odd(value, best, worst)]
    if not label and not value:
        remarks.append(Remark("rating-unknown", field, said))
    return [*notes, *rating.notes()], [*remarks, *rating.remarks(_KNOWN)]


def _find_odd(value: str, best: str, worst: str) -> Iterator[str]:
    numbers = [Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None for text in (value, best, worst)]
    at, high, low = numbers
    if high is not None and low is not None and high < low:
        yield "rating-reversed"
    outside = at is not None and high is not None and low is not None and not min(high, low) <= at <= max(high, low)
    if outside:
        yield "rating-out-of-scale"
