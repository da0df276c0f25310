"""Files and folders that change, grow, shrink, become something else or vanish while they are read."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

from generator import load
from generator.load.opening import read_bytes
from hostile.files.sites import lay_out
from hostile.outcome import Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LENGTH = 300_000  # letters: read in more than one go
_PATIENCE = 20.0  # seconds for one reading


def _write_record(letter: str) -> bytes:
    return f"says: {letter}\nkind: fact\n".encode() + b"".join(
        b"# %s\n" % (letter.encode() * 98) for _ in range(_LENGTH // 100)
    )


_WHOLE = {letter: _write_record(letter) for letter in "abcd"}


def _exchange(path: Path, data: bytes) -> None:
    other = path.with_name(".other")
    other.write_bytes(data)
    other.replace(path)


def _overwrite(path: Path, data: bytes) -> None:
    """Write over a file that stays as long as it is, in one go."""
    with path.open("r+b") as file:
        file.write(data)


def _become_pipe(path: Path, _data: bytes) -> None:
    other = path.with_name(".pipe")
    with contextlib.suppress(FileNotFoundError):
        other.unlink()
    os.mkfifo(other)
    other.replace(path)


def _become_link(path: Path, _data: bytes) -> None:
    other = path.with_name(".link")
    with contextlib.suppress(FileNotFoundError):
        other.unlink()
    other.symlink_to("/dev/zero")
    other.replace(path)


def _vanish(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    _exchange(path, data)


def _cut(path: Path, data: bytes) -> None:
    os.truncate(path, len(data) // 3)
    _exchange(path, data)


def _move_folder(path: Path, data: bytes) -> None:
    aside = path.parents[3] / "aside"  # beside content/
    path.parent.replace(aside)
    aside.replace(path.parent)
    _exchange(path, data)


WAYS: dict[str, tuple[Callable[[Path, bytes], None], ...]] = {
    "exchanged": (_exchange,),
    "written over": (_overwrite,),
    "cut": (_cut,),
    "gone and back": (_vanish,),
    "a pipe for a while": (_become_pipe, _exchange),
    "a link to /dev/zero for a while": (_become_link, _exchange),
    "its folder elsewhere for a while": (_move_folder,),
}


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Read a site again and again while one of its files is never the same."""
    tell("files that change while they are read")
    chance = random.Random(scale.seed)  # noqa: S311 - what is written when
    failures: list[str] = []
    tried = 0
    for number, (way, changes) in enumerate(WAYS.items()):
        site = lay_out(folder / f"site-{number}")
        place = site / "content" / "claims" / "moving"
        place.mkdir()
        file = place / "moving.yml"
        file.write_bytes(_WHOLE["a"])
        done = threading.Event()
        mover = threading.Thread(target=_move, args=(file, changes, chance, done), daemon=True)
        mover.start()
        try:
            for _ in range(scale.pick(5, 60)):
                tried += 1
                failures += [f"{way}: {said}" for said in _read_once(site)]
        finally:
            done.set()
            mover.join(_PATIENCE)
        shutil.rmtree(site)
    yield Outcome(
        "readings of a file that changes meanwhile; a traceback, a wait, half of each", tried, tuple(failures)
    )


def _move(
    file: Path, changes: tuple[Callable[[Path, bytes], None], ...], chance: random.Random, done: threading.Event
) -> None:
    while not done.is_set():
        for change in changes:
            with contextlib.suppress(OSError):
                change(file, _WHOLE[chance.choice("abcd")])
            time.sleep(chance.choice((0, 0, 0.001, 0.01)))


def _read_once(site: Path) -> Iterator[str]:
    read: list[Any] = []

    def work() -> None:
        try:
            read.append(load.read(site))
            load.survey(site)
            load.read_lines(site, ["content/claims/moving/moving.yml"])
            read_bytes(site / "content/claims/moving/moving.yml", most=1_000_000)
        except OSError:
            read.append("refused")
        except Exception as error:  # noqa: BLE001 - a traceback is what is looked for
            read.insert(0, f"{type(error).__name__}: {error}")

    reader = threading.Thread(target=work, daemon=True)
    reader.start()
    reader.join(_PATIENCE)
    if reader.is_alive() or isinstance(read[0], str):
        yield f"it did not end within {_PATIENCE:.0f} s" if reader.is_alive() else read[0]
        return
    documents, found = read[0]
    for document in documents:
        if document.path.endswith("moving.yml") and document.data is not None and not found:
            says = document.data["says"] if isinstance(document.data, dict) else None
            if says not in _WHOLE:
                yield f"it was read as {says!r}"
    others = {one.place.path for one in found} - {"content/claims/moving/moving.yml", "content/claims/moving"}
    if others:
        yield f"something is said of {sorted(others)}"
