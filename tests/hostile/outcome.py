"""How much is tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SEED = 20261123


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of each attack is tried.

    Args:
        whole: everything (`make hostile`), or the small part that `make test` has time for.
        seed: what everything random is drawn from, so that a run can be had again.
        minutes: how long each fuzz target is fuzzed; what is not whole has a number of executions instead.
    """

    whole: bool = False
    seed: int = SEED
    minutes: float = 1.0

    def pick(self, few: int, many: int) -> int:
        """Give the number to try: `few` under `make test`, `many` under `make hostile`."""
        return many if self.whole else few


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attack.

    Args:
        what: what was tried, with what counts as a failure: “payloads opened in Chromium; one executed”.
        tried: how many.
        failures: each that failed, told so that it can be had again (the seed, the payload, the file).
        note: what else was measured, in words with units.
        skipped: why nothing was tried here; empty where it was.
    """

    what: str
    tried: int
    failures: tuple[str, ...] = ()
    note: str = ""
    skipped: str = ""


class Attack(Protocol):
    """One part of `make hostile`: it works in a folder of its own, which is empty, and tells how far it is."""

    def __call__(self, scale: Scale, folder: Path, tell: Callable[[str], None], /) -> Iterable[Outcome]:
        """Try it, and give outcomes as they become known."""
        ...
