"""What builds keep, cut at every length, altered, exchanged or hidden: the next build works and gives the same bytes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from random import Random
from typing import TYPE_CHECKING

from generator.publish.journal import find_interrupted
from generator.state import State, StateError, sign
from hostile.faults.starting import count_touches
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site
    from hostile.outcome import Scale

_SMALL = ("build/state.db.seal", "build/pages/.made-by", "build/site/.made-by", "build/build.lock", "build/pagefind.json",
          "build/pagefind/pagefind-entry.json", "build/pagefind/parts.json")  # fmt: skip


def attack(scale: Scale, folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Harm what builds keep."""
    site = ring.lend()
    yield _cut_seal(site)
    yield _cut_journal(ring.lend(), ring, scale)
    yield _harm(site, ring, scale)
    yield _exchange(ring.lend(), ring, folder, scale)


def _cut_seal(site: Site) -> Outcome:
    """Cut the seal of the state at every length, and alter each of its bits: no state is read."""
    path = site.root / "build" / "state.db"
    seal = path.with_name("state.db.seal")
    whole = seal.read_bytes()
    harmed = [whole[:length] for length in range(len(whole))]
    harmed += [
        whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for at in range(len(whole)) for bit in range(8)
    ]
    failures = []
    for data in harmed:
        seal.write_bytes(data)
        try:
            State.open(path).close()
        except StateError:
            continue
        failures.append(f"{data!r} is taken for {whole!r}")
    seal.write_bytes(whole)
    State.open(path).close()
    return Outcome(
        "seals cut at every length or altered in one bit; a state read all the same", len(harmed), tuple(failures)
    )


def _cut_journal(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Stop a publication, and cut its journal at every length: what is cut is none, and the next build heals the site."""
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    journal, target = site.root / "build" / "publication.json", site.root / "site"
    site.write(ring.versions[1].typed)
    touches = count_touches(site.order())
    site.write(ring.versions[0].typed)
    site.build()
    site.write(ring.versions[1].typed)
    for place in range(touches - 12, 0, -8):
        site.build(at=place)
        if journal.exists():
            break
        site.heal(ring.versions[1])
        site.write(ring.versions[0].typed)
        site.build()
        site.write(ring.versions[1].typed)
    what = "journals cut at every length; one that was followed, or a site not healed"
    if not journal.exists():
        return Outcome(what, 1, ("no publication could be stopped",))
    whole = journal.read_bytes()
    lengths = (
        range(len(whole)) if scale.whole and len(whole) < 20_000 else sorted(random.sample(range(len(whole)), 200))
    )
    failures = []
    for length in lengths:
        journal.write_bytes(whole[:length])
        if find_interrupted(journal, target) is not None:
            failures.append(f"cut at {length:,} of {len(whole):,}")
    wrong = site.heal(ring.versions[1])
    failures += [wrong] if wrong else []
    return Outcome(what, len(lengths), tuple(failures), f"{len(whole):,} bytes")


def _cut(random: Random, path: Path) -> str:
    length = random.randrange(max(1, path.stat().st_size))
    os.truncate(path, length)
    return f"cut at {length:,}"


def _flip(random: Random, path: Path) -> str:
    data, status = bytearray(path.read_bytes()), path.stat()
    if not data:
        return "empty"
    at, bit = random.randrange(len(data)), random.randrange(8)
    data[at] ^= 1 << bit
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if nothing had happened
    return f"bit {bit} of byte {at:,} altered"


def _empty(_random: Random, path: Path) -> str:
    path.write_bytes(b"")
    return "emptied"


def _garble(random: Random, path: Path) -> str:
    path.write_bytes(random.randbytes(300))
    return "garbled"


def _remove(_random: Random, path: Path) -> str:
    path.unlink()
    return "deleted"


def _swap(random: Random, path: Path) -> str:
    other = random.choice(sorted(one for one in path.parent.iterdir() if one.is_file()))
    data = other.read_bytes()
    path.write_bytes(data)
    return f"exchanged for {other.name}"


_HARM: tuple[Callable[[Random, Path], str], ...] = (_cut, _cut, _cut, _flip, _flip, _empty, _garble, _remove, _swap)


def _harm(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Harm some files below `build/`, and build: the same version again, or the next one."""
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    failures, number, harmed = [], scale.pick(2, 45), 0
    for turn in range(number):
        version = ring.versions[(turn // 2 + 1) % 2]
        site.write(version.typed)
        build = site.root / "build"
        every = sorted(path for path in build.rglob("*") if path.is_file())
        small = [site.root / name for name in _SMALL if (site.root / name).is_file()]
        kept = [path for path in every if path.parent == build]
        chosen = {random.choice(small), random.choice(every)} if turn % 3 else {random.choice(kept)}
        if turn % 3 == 2:
            chosen |= set(random.sample(every, 8))
        done = [
            f"{path.relative_to(build)} {random.choice(_HARM)(random, path)}"
            for path in sorted(chosen)
            if path.exists()
        ]
        harmed += len(done)
        wrong = site.heal(version)
        failures += [f"{', '.join(done)}: {wrong}"] if wrong else []
    what = "caches cut or altered; a build that failed or differed"
    return Outcome(what, number, tuple(failures), f"{harmed} files harmed")


def _of_format(site: Site, form: str) -> None:
    """Let the state be one of another version of the program, sealed by that."""
    path = site.root / "build" / "state.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'stamp'", (form,))
    connection.close()
    path.with_name("state.db.seal").write_text(sign(path.stat()), "utf-8")


def _with_other_tables(site: Site, _form: str) -> None:
    path = site.root / "build" / "state.db"
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (name TEXT, value TEXT, version TEXT)")
        connection.execute("INSERT INTO meta VALUES ('stamp', 'of a newer one', '99')")
    connection.close()
    path.with_name("state.db.seal").write_text(sign(path.stat()), "utf-8")


def _of_other_notes(site: Site, form: str) -> None:
    file = site.root / "build" / "pagefind.json"
    file.write_text(file.read_text("utf-8").replace('"made_by": "', f'"made_by": "{form}'), "utf-8")


def _exchange(site: Site, ring: Ring, folder: Path, scale: Scale) -> Outcome:
    """Put the build folder of another site in the place of ours, whole or in part; or one of another version."""
    other = ring.copy(folder / "other")
    (other.root / "content" / "settings.yml").write_bytes(
        (other.root / "content" / "settings.yml").read_bytes().replace(b"title: ", b"title: Another ", 1)
    )
    other.build()
    names = (
        "",
        "state.db",
        "pages",
        "site",
        "pagefind",
        "pagefind.json",
        "static",
        "state.db state.db.seal",
        "pagefind.texts",
    )
    failures, tried = [], 0
    for copy in (_copy, _move_and_link) if scale.whole else (_copy,):
        for group in names if scale.whole else names[:1]:
            version = ring.versions[(tried + 1) % 2]
            for name in group.split() or [""]:
                copy(other.root / "build" / name, site.root / "build" / name)
            site.write(version.typed)
            tried += 1
            wrong = site.heal(version)
            failures += [f"{group or 'all'} of another site, {copy.__name__}: {wrong}"] if wrong else []
    changes = (_of_format, _with_other_tables, _of_other_notes)
    for change in changes if scale.whole else ():
        for form in ("older", "newer"):
            version = ring.versions[(tried + 1) % 2]
            change(site, form)
            site.write(version.typed)
            tried += 1
            wrong = site.heal(version)
            failures += [f"{change.__name__} {form}: {wrong}"] if wrong else []
    return Outcome("caches of another site or version; a build that failed or differed", tried, tuple(failures))


def _copy(source: Path, target: Path) -> None:
    """Copy with times and modes, as `cp -a` and the caches of workflows do."""
    if target.is_dir():
        shutil.rmtree(target)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        target.unlink(missing_ok=True)
        shutil.copy2(source, target)


def _move_and_link(source: Path, target: Path) -> None:
    """Give files that are the other site's very own, as hard links."""
    if target.is_dir():
        shutil.rmtree(target)
    if source.is_dir():
        shutil.copytree(source, target, copy_function=os.link)
    else:
        target.unlink(missing_ok=True)
        os.link(source, target)
