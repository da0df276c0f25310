"""Clocks and file times that go backwards, lie ahead or stand still: what was changed is seen all the same."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING

from hostile.faults.projects import EPOCH
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site
    from hostile.outcome import Scale

_FAR = (0, 1, 10**9, 1_941_019_200 * 10**9, 4_102_444_800 * 10**9)
"""Nanoseconds: 1970, 2001, the day of the builds, the year 2100."""
_DAYS = (date(1980, 1, 1), date(2031, 7, 2), date(2031, 8, 1), date(2099, 12, 31))


def attack(scale: Scale, _folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Set times."""
    yield _set_times(ring, scale)
    yield _set_days(ring, scale)


def _set_times(ring: Ring, scale: Scale) -> Outcome:
    """Edit files, and give all or some of the files here times that tell nothing of it, or tell it wrongly."""
    site, random = ring.lend(), Random(scale.seed)  # noqa: S311 - not for secrets
    failures, number = [], scale.pick(1, 10)
    for turn in range(number):
        version = ring.versions[(turn + 1) % 2]
        content = site.root / "content"
        before = {path: path.stat().st_mtime_ns for path in content.rglob("*") if path.is_file()}
        site.write(version.typed)
        places = (("content",), ("content", "site"), ("content", "build"), ("site", "build"))[turn % 4]
        moment = random.choice(_FAR)
        for place in places:
            for path in sorted((site.root / place).rglob("*")):
                if path.is_file() and random.random() < 0.5:
                    now = before.get(path, moment) if turn % 2 else moment
                    os.utime(path, ns=(now, now))
        label = f"{turn}: {', '.join(places)} at {'the time from before' if turn % 2 else moment}"
        wrong = site.heal(version) or _edit_letters(site, random)
        failures += [f"{label}: {wrong}"] if wrong else []
    what = "file times set back, ahead, or as they were; an edit that was not seen"
    return Outcome(what, 2 * number, tuple(failures))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _edit_letters(site: Site, random: Random) -> str:
    """Exchange a word for one of the same length, in a file that keeps its size and its time."""
    path, page = site.root / "content" / "pages" / "clock.md", site.root / "site" / "clock" / "index.html"
    status = None
    for _ in range(2):
        word = "".join(random.choice(_LETTERS) for _ in range(12))
        path.write_text(f"---\ntitle: The clock\ndescription: A clock.\n---\n\nIt says {word}.\n", "utf-8")
        if status is not None:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        status = path.stat()
        if site.build():
            return f"a word was changed, and the build fails: {site.said[-200:]}"
        if word not in page.read_text("utf-8"):
            return "a word that was changed in a file of the same size and time is not shown"
    return ""


def _set_days(ring: Ring, scale: Scale) -> Outcome:
    """Let days go by, also backwards, and come back to the day of the clean build."""
    site, failures = ring.lend(), []
    days = _DAYS if scale.whole else _DAYS[:1]
    for turn, day in enumerate(days):
        version = ring.versions[(turn + 1) % 2]
        epoch = str(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()))
        code = site.build(environment={**EPOCH, "SOURCE_DATE_EPOCH": epoch})
        if code not in (0, 1) or "Traceback" in site.said:  # records may be from the future
            failures.append(f"{day}: exit code {code}: {site.said[-200:]}")
        site.write(version.typed)
        wrong = site.heal(version)
        failures += [f"back from {day}: {wrong}"] if wrong else []
    begun = time.time_ns()
    os.utime(site.root / "build" / "state.db", ns=(begun + 10**15, begun + 10**15))
    wrong = site.heal(ring.versions[len(days) % 2])
    failures += [f"a state from the future: {wrong}"] if wrong else []
    return Outcome("days gone back and ahead; a site that differs afterwards", len(days) + 1, tuple(failures))
