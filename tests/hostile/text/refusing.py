"""What the rules refuse: each hostile text that may not stand is told at its line, and harmless words take its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import pipeline
from generator.faults import FAULTS
from hostile.text.laying import ORDER, STORED, Laid, Spot, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from generator.diagnostics import Diagnostic

_ROUNDS = 12  # a rule is asked only once what it rests on is sound
_CORRECTION = ("correction.was", "correction.now", "correction.why")


@dataclass(frozen=True, slots=True)
class Settled:
    """How it ended.

    Attributes:
        failures: errors at no line of a hostile text, and texts that are refused again although they are gone.
        warnings: the other diagnostics of the content as it stands now.
    """

    failures: tuple[str, ...]
    warnings: Sequence[Diagnostic]


def settle(root: Path, laid: Laid, today: date) -> Settled:
    """Check the content, take out what is refused, and check again until nothing stops a build."""
    lay_out(root / "content", laid)
    for _ in range(_ROUNDS):
        found = pipeline.check(root, today=today).diagnostics
        errors = [one for one in found if one.severity == "error"]
        if not errors:
            return Settled((), found)
        said: dict[Spot, str] = {}
        for error in errors:
            for spot in _find_spots(laid, error):
                said.setdefault(spot, error.code)
        fresh = {spot: code for spot, code in said.items() if spot not in laid.refused}
        if not fresh:
            break
        laid.refused |= fresh
        lay_out(root / "content", laid, frozenset(spot.number for spot in fresh))
    return Settled(tuple(f"{one.place}: {one.code}: {one.message[:200]}" for one in errors), ())


def _find_spots(laid: Laid, error: Diagnostic) -> Iterator[Spot]:
    """Find the hostile texts that an error is about; none where it is about something else."""
    spot = laid.lines.get((error.place.path, error.place.line))
    if error.place.path.endswith("corrections.yml") and (spot is None or spot.leaf not in ORDER):
        yield from _find_correction(laid, error.place.line)
        return
    if spot is None or spot.leaf not in ORDER or not (error.message and (error.code in FAULTS or error.code in _RULES)):
        return
    yield spot
    if error.code == "unresolved-reference":  # said once for all places that name the same record
        yield from (one for one in laid.spots() if laid.text_at(one) == laid.text_at(spot))
    if error.code.startswith("quotation-not"):  # the stored text below the quotation may have been too deep to be read
        yield Spot(STORED, spot.number)


def _find_correction(laid: Laid, line: int) -> Iterator[Spot]:
    """Find the texts of a correction of which one has a link that may not be; what is told is the line at which it begins."""
    behind = ((number, spot) for (path, number), spot in laid.lines.items() if path.endswith("corrections.yml"))
    number = min((number, spot) for number, spot in behind if number > line)[1].number
    spots = [Spot(leaf, number) for leaf in _CORRECTION]
    linking = [spot for spot in spots if any(mark in laid.text_at(spot) for mark in ("](", "<", "]:"))]
    yield from (spots if all(spot in laid.refused for spot in linking) else linking)


_RULES = frozenset(
    {
        "prose-link",
        "quotation-not-found",
        "quotation-not-unique",
        "quotation-too-long",
        "quotation-too-short",
        "share-too-large",
    }
    | {
        "same-entity",
        "unresolved-reference",
        "figure-not-cited",
        "draft-judged",
        "linked-figure",
        "foreseen",
        "unquoted-text",
    }
    | {"quotation-stitched", "as-stated-not-quoted"}
)
