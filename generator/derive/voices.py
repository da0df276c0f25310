"""Whose voice an entity speaks with: the steps by which it folds to the root that counts as one origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.derive.roots import root_of
from generator.derive.wording import join, name_of

if TYPE_CHECKING:
    from generator.dates import When
    from generator.link import Library

Relation = Literal["speaks_for", "owned_by", "part_of"]

_WORDS: dict[Relation, str] = {"speaks_for": "speaks for", "owned_by": "is owned by", "part_of": "is part of"}


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One affiliation as typed.

    Attributes:
        relation: the field.
        words: the field in words, to stand between the two names.
        who: the entity behind it.
        since: first day, where it changed.
        until: last day, where it changed.
    """

    relation: Relation
    words: str
    who: str
    since: When | None
    until: When | None


def affiliations_of(library: Library, one: str) -> tuple[Affiliation, ...]:
    """List all that stands behind an entity, whichever way."""
    entity = library.entities[one]
    return tuple(
        Affiliation(relation, words, item.who, item.since, item.until)
        for relation, words in _WORDS.items()
        for item in getattr(entity, relation)
    )


def explain_voice(library: Library, one: str) -> str:
    """Explain in one sentence how an entity counts as an origin; empty where it counts as itself.

    Example:
        `In the count of origins this is Russia: Dmitry Peskov speaks for the Kremlin, the Kremlin is part of Russia.`
    """
    root = root_of(library.entities, one)
    if root == one:
        return ""
    steps: list[str] = []
    seen = {one}
    while one != root:
        step = next((a for a in affiliations_of(library, one) if a.until is None), None)
        if step is None or step.who in seen:
            break
        steps.append(f"{name_of(library, one)} {step.words} {name_of(library, step.who)}")
        seen.add(step.who)
        one = step.who
    return f"In the count of origins this is {name_of(library, root)}: {join(steps)}."
