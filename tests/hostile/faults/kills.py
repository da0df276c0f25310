"""`kill -9` at random moments and at every touch of the disk: of all processes, of the first one, of a worker."""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from hostile.faults.projects import tell_mixture
from hostile.faults.starting import count_touches, gone_within, start
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site, Version
    from hostile.faults.starting import Started
    from hostile.outcome import Scale

_HOW = ("all", "all", "first", "worker")
_LAST = 40  # touches of the disk; with them a build of this size publishes and keeps


def attack(scale: Scale, _folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Kill builds."""
    site = ring.lend()
    yield _kill_at_random(site, ring, Random(scale.seed), scale.pick(3, 200))  # noqa: S311
    yield _kill_at_touches(ring.lend(), ring, scale)


def _kill_at_random(site: Site, ring: Ring, random: Random, number: int) -> Outcome:
    failures, counts, journals = [], {"done": 0, "killed": 0}, 0
    long = _measure(site)
    for turn in range(number):
        version = random.choice([one for one in ring.versions if one.typed != site.typed()])
        site.write(version.typed)
        clean = turn % 3 == 0
        if clean:
            shutil.rmtree(site.root / "build")
        moment, how = random.uniform(0.03, long[clean]), _HOW[turn % len(_HOW)]
        label = f"{'clean' if clean else 'incremental'} build {turn}, {how} killed after {moment:.3f} s"
        before = site.whole()
        started = start(site.order())
        time.sleep(moment)
        _kill(started, how)
        counts["killed" if started.wait() else "done"] += 1
        if not gone_within(started, 10.0):
            failures.append(f"{label}: a process goes on")
        journals += (site.root / "build" / "publication.json").exists()
        wrong = judge(site, before, version, turn)
        failures += [f"{label}: {wrong}"] if wrong else []
        started.kill()
    note = f"{counts['killed']} before they were done, {journals} within a publication"
    return Outcome("builds killed at random moments; a site neither whole nor healed", number, tuple(failures), note)


def _measure(site: Site) -> dict[bool, float]:
    """Take the time of a clean build and of one after an edit."""
    took = {}
    for clean in (True, False):
        shutil.rmtree(site.root / "build" if clean else site.root / "site")
        begun = time.monotonic()
        site.build()
        took[clean] = time.monotonic() - begun
    return took


def _kill(started: Started, how: str) -> None:
    with suppress(ProcessLookupError):
        if how == "all":
            started.kill()
        elif how == "first":
            os.kill(started.number, signal.SIGKILL)
        else:
            for one in started.group()[1:2]:
                os.kill(one, signal.SIGKILL)


def _kill_at_touches(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Kill a build at each of its last touches, where it publishes and keeps, and at some of those before."""
    failures, tried, journals = [], 0, 0
    first, second = ring.versions[:2]
    site.write(second.typed)
    touches = count_touches(site.order())
    site.write(first.typed)
    site.build()
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    last = [*range(max(1, touches - _LAST), touches + 1)]
    places = sorted(
        {*random.sample(last, scale.pick(2, len(last))), *random.sample(range(1, touches), scale.pick(1, 10))}
    )
    versions = (first, second)
    for place in places:
        before, version = site.whole(), versions[(tried + 1) % 2]
        site.write(version.typed)
        code = site.build(at=place)
        tried += 1
        journals += (site.root / "build" / "publication.json").exists()
        wrong = judge(site, before, version, tried)
        if code not in (0, -signal.SIGKILL):
            wrong = wrong or f"it exited {code} instead: {site.said[-200:]}"
        failures += [f"killed at touch {place} of {touches}: {wrong}"] if wrong else []
    note = f"{touches} touches in all, {journals} within a publication"
    return Outcome(
        "builds killed at a touch of the disk; a site neither whole nor healed", tried, tuple(failures), note
    )


def judge(site: Site, before: dict[str, bytes], version: Version, turn: int) -> str:
    """Say what is wrong with a site after a build was stopped, and then with what the next build makes of it."""
    if site.typed() != version.typed:
        return "content/ was written"
    now = site.whole()
    wrong = tell_mixture(now, before, version, site)
    if (site.root / "build" / "publication.json").exists():
        if turn % 2 and not wrong:
            wrong = _finish_though_broken(site, version)
    elif now != before and not wrong:
        wrong = site.differs_from(version)
    return wrong or site.heal(version)


def _finish_though_broken(site: Site, version: Version) -> str:
    """See that a publication is finished even if the content has an error by now."""
    broken = site.root / "content" / "claims" / "broken.yml"
    broken.write_text("- id: [\n", "utf-8")
    code = site.build()
    broken.unlink()
    if code != 1:
        return f"broken content exits {code}"
    wrong = site.differs_from(version)
    return f"what the journal finished differs: {wrong}" if wrong else ""
