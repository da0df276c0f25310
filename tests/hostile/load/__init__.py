"""The site under load: many readers at once, requests that no reader sends, a reader's session, and an editor who saves and saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import ROOT, SAMPLE, copy_inputs

from hostile.load.hosts import Host, preview, static_host
from hostile.load.readers import read_at_once
from hostile.load.requests import send_odd_requests
from hostile.load.saves import save_and_save
from hostile.load.session import go_through
from hostile.load.slips import slip_while_pages_are_made
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.outcome import Scale

__all__ = [
    "Host",
    "attack",
    "go_through",
    "preview",
    "read_at_once",
    "save_and_save",
    "send_odd_requests",
    "slip_while_pages_are_made",
    "static_host",
]


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Build the real site, and put it under load; the measures of time need a machine that does nothing else."""
    tell("building the site")
    tree = copy_inputs(ROOT, to=folder / "real")
    done = tree.run("build")
    if done.returncode:
        yield Outcome("the site that is put under load", 1, (f"it could not be built: {done.stderr[-500:]}",))
        return
    with static_host(tree, stays_open=False) as host:
        tell("a reader's session")
        yield from go_through(scale, host.address, timed=True)
    with static_host(tree) as host:
        tell("many readers at a static host")
        yield from read_at_once(scale, host)
        yield send_odd_requests(scale, host)
    with preview(tree) as host:
        tell("many readers at the preview")
        yield from read_at_once(scale, host)
        yield send_odd_requests(scale, host)
    tell("saving")
    yield from save_and_save(scale, tree, folder / "fresh", tell)
    yield slip_while_pages_are_made(scale, copy_inputs(ROOT, SAMPLE, to=folder / "slips"))
