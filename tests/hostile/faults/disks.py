"""Disks that are full, read-only or broken: a message in plain words, the site whole, and all as ever when there is room."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

from hostile.faults.kills import judge
from hostile.faults.signals import give, open_to_all
from hostile.faults.starting import NOBODY, REFUSALS, count_touches
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site, Version
    from hostile.outcome import Scale

_SIZE = 64 << 20
_BLOCK = 4096


def attack(scale: Scale, folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Refuse builds what they ask of the disk."""
    yield _refuse_touches(ring.lend(), ring, scale)
    yield _fill(folder / "full", ring, scale)
    yield _forbid(ring, scale)


def _judge(site: Site, before: dict[str, bytes], version: Version, code: int, reason: str = "") -> str:
    said = site.said
    if "Traceback" in said:
        return f"a traceback: {said[-400:]}"
    if code not in (0, 2):
        return f"exit code {code}: {said[-300:]}"
    if code == 2 and (reason or "Error: ") not in said:
        return f"not said why: {said[-300:]}"
    return judge(site, before, version, 1)


def _refuse_touches(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Let the system answer one touch of the disk with an error; at every stage of a build."""
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    site.write(ring.versions[1].typed)
    touches = count_touches(site.order())
    last = range(max(1, touches - 60), touches + 1)
    few = scale.pick(1, 16)
    places = [*random.sample(range(1, touches), few), *random.sample(last, few)]
    failures, refused = [], 0
    for turn, place in enumerate(places):
        version, before = ring.versions[turn % 2], site.whole()
        site.write(version.typed)
        reason = random.choice(REFUSALS)
        code = site.build(at=place, then=reason)
        refused += bool(code)
        wrong = _judge(site, before, version, code)
        failures += [f"{errno.errorcode[reason]} at touch {place} of {touches}: {wrong}"] if wrong else []
    what = "touches of the disk refused; a traceback, a site neither whole nor healed"
    return Outcome(what, len(places), tuple(failures), f"{refused} builds stopped")


# --- full ---


@contextmanager
def _mounted(folder: Path) -> Iterator[str]:
    """Mount a small disk; gives the reason why that cannot be done here, else nothing."""
    folder.mkdir(parents=True)
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        yield "only root can mount a small disk"
        return
    command = [mount, "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"no small disk can be mounted here: {done.stderr.strip()}"
        return
    try:
        yield ""
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _leave(disk: Path, room: int) -> None:
    """Fill a disk until there is only so much room."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    free = os.statvfs(disk)
    size = free.f_bavail * free.f_frsize - room
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(_BLOCK, size // _BLOCK * _BLOCK))


def _fill(folder: Path, ring: Ring, scale: Scale) -> Outcome:
    what = "builds on a disk that fills up; no clear message, a site neither whole nor healed"
    with _mounted(folder) as reason:
        if reason:
            return Outcome(what, 0, skipped=reason)
        site = ring.copy(folder / "project")
        site_said = folder.parent / "full.said"
        failures, full = [], 0
        rooms = [0, 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1280, 1536]
        for turn, room in enumerate(rooms if scale.whole else rooms[9:10]):
            version = ring.versions[(turn + 1) % 2]
            (folder / "filler").unlink(missing_ok=True)
            site.write(version.typed)
            if turn % 2:
                shutil.rmtree(site.root / "build")
            before = site.whole()
            _leave(folder, room * _BLOCK)
            code = site.build(said=site_said)
            full += bool(code)
            (folder / "filler").unlink()
            wrong = _judge(site, before, version, code, "No space left on device" if code else "")
            if code and "full" in site.said and wrong.startswith("not said why"):
                wrong = judge(site, before, version, 1)  # SQLite has its own words
            failures += [f"room for {room} blocks: {wrong}"] if wrong else []
        tried = turn + 1
    return Outcome(what, tried, tuple(failures), f"{full} builds found no room")


# --- forbidden ---


def _lock(*names: str) -> Callable[[Path], None]:
    def lock(root: Path) -> None:
        for name in names:
            path = root / name
            path.chmod(0o555 if path.is_dir() else 0o444)
            os.chown(path, 0, 0)

    return lock


def _hide(name: str) -> Callable[[Path], None]:
    def hide(root: Path) -> None:
        (root / name).chmod(0)
        os.chown(root / name, 0, 0)

    return hide


_FORBIDDEN: dict[str, Callable[[Path], None]] = {
    "site/ may not be written": _lock("site"),
    "a folder of site/ may not be written": _lock("site/claims", "site/claims/bridge-closed", "site/data", "site/assets"),
    "build/ may not be written": _lock("build"),
    "the project may not be written": _lock(".", "site", "build"),
    "build/pages and build/site may not be written": _lock("build/pages", "build/site"),
    "build/static may not be written": _lock("build/static"),
    "build/pagefind may not be written": _lock("build/pagefind", "build/pagefind/fragment", "build/pagefind/index"),
    "the state may not be written": _lock("build/state.db"),
    "the state may not be read": _hide("build/state.db"),
    "the seal may not be read": _hide("build/state.db.seal"),
    "the notes of the search may not be read": _hide("build/pagefind.json"),
    "the lock may not be read": _hide("build/build.lock"),
    "site/ may not be read": _hide("site"),
    "a page may not be read": _hide("site/index.html"),
}  # fmt: skip


def _forbid(ring: Ring, scale: Scale) -> Outcome:
    """Let an ordinary user build where something may not be read or written."""
    what = "builds by a user who may not write or read; no clear message, a site neither whole nor healed"
    if os.geteuid() != 0:
        return Outcome(what, 0, skipped="only root can start a build as another user")
    failures, refused = [], 0
    names = list(_FORBIDDEN)[: scale.pick(1, len(_FORBIDDEN))]
    with open_to_all() as folder:
        site = ring.copy(folder / "project")
        for turn, name in enumerate(names):
            version = ring.versions[(turn + 1) % 2]
            site.write(version.typed)
            for one in (site.root, *site.root.rglob("*")):
                os.chown(one, NOBODY, NOBODY)
            give(site.root)
            before = site.whole()
            _FORBIDDEN[name](site.root)
            code = site.build(user=NOBODY)
            refused += bool(code)
            said = site.said
            give(site.root)
            wrong = _judge(site, before, version, code)
            failures += [f"{name}: {wrong} ({said[-200:]})"] if wrong else []
    return Outcome(what, len(names), tuple(failures), f"{refused} refused")
