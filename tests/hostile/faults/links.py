"""Symbolic links, folders and pipes where the site or what builds keep should be: nothing outside is written or deleted."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site
    from hostile.outcome import Scale

_OF_BUILD = (
    *("build", "build/pages", "build/site", "build/static", "build/none", "build/pagefind", "build/pagefind.texts"),
    *("build/state.db", "build/state.db.seal", "build/pagefind.json", "build/publication.json", "build/build.lock"),
    *("build/.publication.json.part", "build/.pagefind.json.part", "build/pages/.made-by", "build/site/.made-by"),
    *("build/pages/claims", "build/site/claims", "build/site/data", "build/static/assets", "build/pagefind/fragment"),
    *("build/pagefind.texts/all", "build/pagefind.texts/all/claims", "build/site/index.html", "build/pages/index.md"),
    *("build/preview", "site"),
)


def attack(scale: Scale, _folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Put things in the way."""
    yield _replace_published(ring.lend(), ring, scale)
    yield _link_kept(ring.lend(), ring, scale)
    yield _forge(ring.lend(), ring, scale)


def _read_outside(folder: Path) -> str:
    """Give one fingerprint of all that stands in a folder."""
    found = [
        f"{path} {path.lstat().st_mode} {path.read_bytes()!r}" if path.is_file() else str(path)
        for path in sorted(folder.rglob("*"))
    ]
    return sha256("\n".join(found).encode()).hexdigest()


def _prepare_outside(folder: Path) -> None:
    """Put something precious into a folder, under names that a build may write or delete too."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("precious.txt", "index.html", "style.css", "claims/index.html", "index.md", ".hidden"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"precious: {name}\n", "utf-8")


def _to_file(path: Path, outside: Path) -> None:
    _clear(path)
    path.symlink_to(outside / "precious.txt")


def _to_folder(path: Path, outside: Path) -> None:
    _clear(path)
    path.symlink_to(outside)


def _moved(path: Path, outside: Path) -> None:
    """Move a file or folder outside and link to it: nothing in it has changed."""
    shutil.move(path, outside / "moved")
    path.symlink_to(outside / "moved")


def _loop(path: Path, _outside: Path) -> None:
    _clear(path)
    path.symlink_to(path.name)


def _folder(path: Path, _outside: Path) -> None:
    _clear(path)
    (path / "inner").mkdir(parents=True)
    (path / "inner" / "file.html").write_text("foreign", "utf-8")


def _file(path: Path, _outside: Path) -> None:
    _clear(path)
    path.write_text("foreign", "utf-8")


def _pipe(path: Path, _outside: Path) -> None:
    _clear(path)
    os.mkfifo(path)


def _hard(path: Path, outside: Path) -> None:
    _clear(path)
    os.link(outside / "precious.txt", path)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)


_HOW: tuple[Callable[[Path, Path], None], ...] = (_to_file, _to_folder, _moved, _loop, _folder, _file, _pipe, _hard)


def _replace_published(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Replace files and folders of the site, and build the next version."""
    random, outside = Random(scale.seed), site.root.with_name("outside")  # noqa: S311
    failures, number = [], scale.pick(2, 24)
    for turn in range(number):
        version = ring.versions[(turn + 1) % 2]
        _prepare_outside(outside)
        files = sorted(path for path in (site.root / "site").rglob("*") if "pagefind" not in path.parts)
        put = random.sample(files, 1 + turn % 3)
        how = [random.choice(_HOW) for _ in put]
        done = []
        for path, one in zip(put, how, strict=True):
            if path.parent.is_dir() and os.path.lexists(path) and not any(up.is_symlink() for up in path.parents):
                if one is _moved and (outside / "moved").exists():
                    continue
                one(path, outside)
                done.append(f"{path.relative_to(site.root)} {one.__name__}")
        if turn % 4:
            site.write(version.typed)
        else:
            version = next(one for one in ring.versions if one.typed == site.typed())
        signed = _read_outside(outside)
        wrong = site.heal(version)
        if _read_outside(outside) != signed:
            wrong = "something outside was written or deleted"
        failures += [f"{', '.join(done)}: {wrong}"] if wrong else []
    return Outcome(
        "things put in the place of published files; outside changed, or not healed", number, tuple(failures)
    )


def _link_kept(site: Site, ring: Ring, scale: Scale) -> Outcome:
    """Let what builds keep lead outside, as somebody's branch might."""
    outside = site.root.with_name("outside")
    failures, refused = [], 0
    names = _OF_BUILD if scale.whole else ("build/pages", "build/site/claims")
    ways = (_to_folder, _to_file) if scale.whole else (_to_folder,)
    tries = [(name, way) for name in names for way in ways]
    for turn, (name, way) in enumerate(tries):
        version = ring.versions[(turn + 1) % 2]
        if turn % 2:
            shutil.rmtree(site.root / "build", ignore_errors=True)
        site.write(version.typed)
        _prepare_outside(outside)
        way(site.root / name, outside)
        signed = _read_outside(outside)
        code = site.build()
        refused += bool(code)
        wrong = f"a traceback: {site.said[-300:]}" if "Traceback" in site.said else ""
        if code not in (0, 2) or (code == 2 and f"{name.rpartition('/')[2]}" not in site.said):
            wrong = wrong or f"exit code {code}: {site.said[-200:]}"
        if code == 0:
            wrong = wrong or site.differs_from(version)
        if (site.root / name).is_symlink():
            (site.root / name).unlink()
        wrong = wrong or site.heal(version)
        if _read_outside(outside) != signed:
            wrong = "something outside was written or deleted"
        failures += [f"{name} {way.__name__}: {wrong}"] if wrong else []
    what = "links in the place of what builds keep; outside changed, not said why, or not healed"
    return Outcome(what, len(tries), tuple(failures), f"{refused} refused")


# --- notes of builds that no build has written ---


def _forge_journal(site: Site, outside: Path, turn: int) -> None:
    source = outside / "precious.txt"
    entry = {
        "target": str(outside if turn % 2 else site.root / "site"),
        "files": {("index.html", "../escaped.html", "claims/index.html")[turn % 3]: [str(source), _digest(source)]},
        "deleted": ["precious.txt", "../content/settings.yml", ".hidden"][turn % 3 : turn % 3 + 1],
    }
    (site.root / "build" / "publication.json").write_text(json.dumps(entry), "utf-8")


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _forge_notes(site: Site, outside: Path, turn: int) -> None:
    """Let the notes of the search name folders and pages outside; all else in them is as the program has written it."""
    file = site.root / "build" / "pagefind.json"
    notes = json.loads(file.read_text("utf-8"))
    shutil.copy(site.root / "build" / "pagefind" / "pagefind-entry.json", outside / "pagefind-entry.json")
    way = os.path.relpath(outside, site.root / "build" / "pagefind")
    (notes["parts"] if turn % 2 else notes["pages"])[way if turn % 2 else f"{way}/index.html"] = "0" * 32
    file.write_text(json.dumps(notes), "utf-8")


def _forge(site: Site, ring: Ring, scale: Scale) -> Outcome:
    outside = site.root.with_name("outside")
    failures, number = [], scale.pick(2, 12)
    for turn in range(number):
        version = ring.versions[(turn + 1) % 2]
        site.write(version.typed)
        _prepare_outside(outside)
        (_forge_journal if turn % 3 else _forge_notes)(site, outside, turn // 3 if turn % 3 == 0 else turn)
        signed = _read_outside(outside)
        wrong = site.heal(version)
        if _read_outside(outside) != signed or (site.root / "escaped.html").exists():
            wrong = "something outside was written or deleted"
        failures += [f"forgery {turn}: {wrong}"] if wrong else []
    what = "journals and notes that no build has written; outside changed, or a site that differs"
    return Outcome(what, number, tuple(failures))
