"""Hostile YAML and hostile files: a diagnostic each, in bounded time and memory; never a traceback, never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.files import giants, moving, names, trees, yaml_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.outcome import Outcome, Scale


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Try all of it, each part in a folder of its own."""
    for part in (yaml_cases, names, moving, trees, giants):
        place = folder / part.__name__.rpartition(".")[2]
        place.mkdir()
        yield from part.attack(scale, place, tell)
