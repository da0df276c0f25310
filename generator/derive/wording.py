"""The sentences that explain what was computed, in plain words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive.origins import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.derive.origins import Origin, Tally
    from generator.derive.said import Said
    from generator.link import Library

CORRECTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "error": "Error",
        "update": "Update",
        "clarification": "Clarification",
        "retraction": "Retraction",
    }
)
"""What readers call the kinds of correction."""


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: `1 report`, `3 reports`, `1,000 reports`."""
    return f"{number:,} {one if number == 1 else many}"


def join(words: Sequence[str]) -> str:
    """Join names as in a sentence: `A`, `A and B`, `A, B and C`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def name_of(library: Library, one: str) -> str:
    """Give an entity's name; an unnamed voice is given in its own words."""
    entity = library.entities.get(one)
    return one if entity is None else entity.name


def name_origin(library: Library, origin: Origin) -> str:
    """Name an origin: the single voice, or the root with the voices that folded into it."""
    if origin.root == UNNAMED:
        return (
            f"unnamed voices ({join(origin.voices)})"
            if len(origin.voices) > 1
            else f"an unnamed voice ({origin.voices[0]})"
        )
    if len(origin.voices) == 1:
        return name_of(library, origin.voices[0])
    others = [name_of(library, voice) for voice in origin.voices if voice != origin.root]
    return f"{name_of(library, origin.root)} ({join(others)})" if others else name_of(library, origin.root)


def explain_reports(library: Library, tally: Tally) -> str:
    """Explain reports and origins in one sentence.

    Example:
        `3 reports, 1 origin: all go back to Dmitry Peskov, through Interfax.`
    """
    if not tally.reports:
        return "No report of it is on record."
    reports = count(tally.reports, "report", "reports")
    through = f", through {name_of(library, tally.conduit)}" if tally.conduit else ""
    if not tally.origins:
        return f"{reports}, no origin {'that counts' if tally.is_traced else 'given'}{through}."
    origins = count(len(tally.origins), "origin", "origins" if len(tally.origins) == 1 else "independent origins")
    names = [name_origin(library, origin) for origin in tally.origins]
    if len(names) == 1:
        goes = "it goes" if tally.reports == 1 else "all go" if not tally.uncounted else "those that count go"
        return f"{reports}, {origins}: {goes} back to {names[0]}{through}."
    return f"{reports}, {origins}: {join(names)}{through}."


def label_said(said: Said) -> str:
    """Label the badge *Was it said?*."""
    if said.reach == "relayed":
        return f"Relayed, {count(said.hops, 'hop', 'hops')}"
    return {
        "at-the-origin": "At the origin",
        "unnamed-origin": "Unnamed origin",
        "untraced": "Untraced",
        "not-seen": "No place on record",
    }[said.reach]
