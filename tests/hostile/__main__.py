"""Attacks the generator with all that is kept for it, and prints a number for each: `make hostile`.

Everything happens in folders of its own below `build/hostile/`, on this machine; nothing is asked of the network.
"""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hostile.outcome import SEED, Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile.outcome import Attack

PROJECT = Path(__file__).parents[2]
# In this order: what is soon done comes first.
PARTS = ("files", "text", "faults", "reproducible", "supply", "load", "fuzz")
_TOLD = 10  # failures of one kind that are printed


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="One part; again for more. [all]")
@click.option("--minutes", type=float, default=1.0, show_default=True, help="How long each target is fuzzed.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="What everything random is drawn from.")
@click.option("--quick", is_flag=True, help="Only as much as `make test` tries.")
def main(only: tuple[str, ...], minutes: float, seed: int, *, quick: bool) -> None:
    """Attack the generator, print a number for each attack, and exit 1 if one succeeded."""
    scale = Scale(whole=not quick, seed=seed, minutes=minutes)
    rows = []
    for part in PARTS:
        if not only or part in only:
            for outcome in map(_refuse_empty, _run(part, scale)):
                rows.append((part, outcome))
                _print(part, outcome)
    tried, failed = sum(one.tried for _, one in rows), sum(len(one.failures) for _, one in rows)
    skipped = sum(bool(one.skipped) for _, one in rows)
    click.echo(f"\n{tried:,} attempts, {failed:,} succeeded; {skipped} attacks left out. Seed {seed}.")
    sys.exit(1 if failed or not rows else 0)


def _run(part: str, scale: Scale) -> Iterator[Outcome]:
    """Run one part in an empty folder; an attack that falls over itself has not shown anything, and is a failure."""
    attack: Attack = import_module(f"hostile.{part}").attack
    folder = PROJECT / "build" / "hostile" / part
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    begun = time.monotonic()
    try:
        yield from attack(scale, folder, lambda said: click.echo(f"  {part}: {said}", err=True))
    except Exception as error:  # noqa: BLE001 - told, and the other parts go on
        yield Outcome(f"the attack {part} itself", 1, (f"{type(error).__name__}: {error}",))
    click.echo(f"  {part}: {time.monotonic() - begun:.0f} s", err=True)


def _refuse_empty(outcome: Outcome) -> Outcome:
    """An attack that has tried nothing, and does not say why, has shown nothing."""
    if outcome.tried or outcome.skipped or outcome.failures:
        return outcome
    return replace(outcome, failures=("nothing was tried",))


def _print(part: str, outcome: Outcome) -> None:
    if outcome.skipped:
        click.echo(f"{part:<13}{'left out':>10}  {outcome.what}: {outcome.skipped}")
        return
    note = f" ({outcome.note})" if outcome.note else ""
    click.echo(f"{part:<13}{outcome.tried:>10,}  {len(outcome.failures):>3} failed  {outcome.what}{note}")
    for failure in outcome.failures[:_TOLD]:
        click.echo(f"{'':<13}{'':>10}  {failure}")
    if (more := len(outcome.failures) - _TOLD) > 0:
        click.echo(f"{'':<13}{'':>10}  and {more:,} more")


if __name__ == "__main__":
    main(prog_name="hostile")
