"""Machines that die in the middle of a build: afterwards the last good site is whole, or the next build heals it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile.faults import caches, clocks, disks, kills, links, signals, together
from hostile.faults.projects import Ring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.outcome import Outcome, Scale


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Try every fault on small sites, each build a process of its own."""
    tell("building what the builds are compared with")
    ring = Ring.make(folder / "ring", scale.seed, scale.pick(2, 6))
    for part in (kills, signals, together, disks, links, caches, clocks):
        tell(part.__name__.rpartition(".")[2])
        yield from part.attack(scale, folder / part.__name__.rpartition(".")[2], ring)
