"""Being told to stop, being left without a reader, being starved: a clean end, and a lock that is free again."""

from __future__ import annotations

import os
import resource
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.write import is_held
from hostile.faults.kills import judge
from hostile.faults.starting import NOBODY, gone_within, start
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile.faults.projects import Ring, Site, Version
    from hostile.outcome import Scale

_CODES = {signal.SIGINT: (1, 130), signal.SIGTERM: (143,), signal.SIGHUP: (129,)}
_MEGABYTES = (2, 0, 1, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 96)
_LIMITS = (
    ("a largest file of 4 kB", resource.RLIMIT_FSIZE, 4_096),
    ("a largest file of 100 kB", resource.RLIMIT_FSIZE, 100_000),
    ("a largest file of 1 MB", resource.RLIMIT_FSIZE, 1_000_000),
    ("12 open files", resource.RLIMIT_NOFILE, 12),
    ("18 open files", resource.RLIMIT_NOFILE, 18),
    ("1 second of the processor", resource.RLIMIT_CPU, 1),
)


def attack(scale: Scale, _folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Stop builds, and starve them."""
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    yield _stop(ring.lend(), ring, random, scale.pick(1, 24))
    site = ring.lend()
    yield _starve(site, ring, random, _MEGABYTES[: scale.pick(1, len(_MEGABYTES))])
    yield _limit(site, ring, _LIMITS[: scale.pick(1, len(_LIMITS))])
    yield _refuse_processes(ring, scale.pick(1, 4))


def _turn(site: Site, ring: Ring, number: int) -> Version:
    """Write the version that is not there."""
    typed = site.typed()
    version = next(one for one in ring.versions[number % 2 :] + ring.versions if one.typed != typed)
    site.write(version.typed)
    return version


def _stop(site: Site, ring: Ring, random: Random, number: int) -> Outcome:
    failures, ended = [], 0
    for turn in range(number):
        version, before = _turn(site, ring, turn), site.whole()
        if turn % 6 == 5:  # nobody reads what it prints
            started = start(site.order(said=None))
            codes: tuple[int, ...] = (0, 1)
            label = f"{turn}: nobody reads"
        else:
            number_of = random.choice(list(_CODES))
            started = start(site.order())
            moment = random.uniform(0.05, 1.0)
            time.sleep(moment)
            with suppress(ProcessLookupError):
                (os.killpg if turn % 2 else os.kill)(started.number, number_of)
            codes = (0, *_CODES[number_of], -number_of)
            label = f"{turn}: {number_of.name} after {moment:.3f} s"
        code = started.wait()
        ended += bool(code)
        if code not in codes:
            failures.append(f"{label}: exit code {code}")
        if not gone_within(started, 5.0):
            failures.append(f"{label}: a process goes on")
        if is_held(site.root / "build"):
            failures.append(f"{label}: the lock is still held")
        if "Traceback" in started.text():
            failures.append(f"{label}: a traceback: {started.text()[-200:]}")
        wrong = judge(site, before, version, 1)
        failures += [f"{label}: {wrong}"] if wrong else []
    what = "builds told to stop, or left without a reader; no clean end, or not healed"
    return Outcome(what, number, tuple(failures), f"{ended} before they were done")


def _starve(site: Site, ring: Ring, random: Random, sizes: tuple[int, ...]) -> Outcome:
    failures, refused = [], 0
    for turn, size in enumerate(sizes):
        most = (size << 20) + random.randrange(1 << 20)
        wrong, code, _ = _try(site, ring, turn, limits=((resource.RLIMIT_AS, most),))
        refused += bool(code)
        failures += [f"{most:,} bytes more than at the start: {wrong}"] if wrong else []
    what = "builds with too little memory; a traceback, or not healed"
    return Outcome(what, len(sizes), tuple(failures), f"{refused} were refused")


def _limit(site: Site, ring: Ring, limits: tuple[tuple[str, int, int], ...]) -> Outcome:
    failures = []
    for turn, (label, which, most) in enumerate(limits):
        wrong, _, _ = _try(site, ring, turn, limits=((which, most),))
        failures += [f"{label}: {wrong}"] if wrong else []
    return Outcome("builds under another limit of the system; a traceback, or not healed", len(limits), tuple(failures))


def _refuse_processes(ring: Ring, number: int) -> Outcome:
    what = "builds that may have no second process; one that failed or was not healed"
    if os.geteuid() != 0:
        return Outcome(what, 0, skipped="only root can start a build as another user")
    failures = []
    with open_to_all() as folder:
        site = ring.copy(folder / "poor")
        for turn in range(number):
            give(site.root)  # what is healed by us belongs to us
            wrong, code, said = _try(site, ring, turn, user=NOBODY, limits=((resource.RLIMIT_NPROC, 0),))
            if code and "Pagefind" not in said:  # which cannot be started
                wrong = wrong or f"exit code {code}: {said[-200:]}"
            failures += [wrong] if wrong else []
    return Outcome(what, number, tuple(failures))


@contextmanager
def open_to_all() -> Iterator[Path]:
    """Make a folder that other users come to, as the folders of tests are closed to them."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def give(folder: Path) -> None:
    """Let anybody write below a folder."""
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o777 if one.is_dir() else 0o666)
    output = folder.with_name(f"{folder.name}.said")
    output.touch()
    output.chmod(0o666)


def _try(site: Site, ring: Ring, turn: int, **changes: object) -> tuple[str, int, str]:
    """Build the other version under some change; say what is wrong, the exit code, and what it printed."""
    version, before = _turn(site, ring, turn), site.whole()
    code = site.build(**changes)
    said = site.said
    wrong = f"a traceback: {site.said[-300:]}" if "Traceback" in site.said else ""
    if code not in (0, 1, 2, -signal.SIGKILL, -signal.SIGXCPU):
        wrong = wrong or f"exit code {code}: {site.said[-300:]}"
    if code in (1, 2) and "Error" not in site.said and "Aborted" not in site.said:
        wrong = wrong or f"it says nothing of it: {site.said[-300:]}"
    return wrong or judge(site, before, version, 0), code, said
