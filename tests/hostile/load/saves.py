"""An editor, or a program of theirs, that saves and saves: soundly, brokenly, half, by renaming, by deleting, at once."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conftest import Tree, copy_inputs

from hostile.load.hosts import look_at, preview, settle
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.load.hosts import Held, Host
    from hostile.outcome import Scale

_WHY = re.compile(r"^(  why: [A-Z][^\"'\[\]{}#:]*)\.$", re.MULTILINE)
_ID = re.compile(r"^- id: ([a-z0-9-]+)$", re.MULTILINE)
_MEMORY = 60  # MB; what SQLite, Jinja and the allocator keep grows at first
_FAST, _SLOW, _SELDOM = 0.01, 0.4, 0.05  # seconds between two saves, and how often the longer
_MADE = ("pagefind/", ".made-by")  # not compared: the index is made when somebody searches


@dataclass(slots=True)
class Editor:
    """Saves files of claims.

    Attributes:
        folder: their folder.
        chance: what decides.
        texts: what each file holds when it is sound, by name.
        saves: how often was saved.
    """

    folder: Path
    chance: random.Random
    texts: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    saves: int = 0

    def __post_init__(self) -> None:
        """Read the files in which there is something to change."""
        found = {path.name: path.read_text("utf-8") for path in sorted(self.folder.glob("*.yml"))}
        self.first = {name: text for name, text in found.items() if _WHY.search(text)}
        self.texts = dict(self.first)

    def save(self) -> None:
        """Save once, in one of the ways."""
        self.saves += 1
        name = self.chance.choice(sorted(self.first))
        ways = [
            self._soundly,
            self._by_renaming,
            self._half,
            self._again,
            self._brokenly,
            self._beside,
            self._many,
            self._touch,
        ]
        self.chance.choices(ways, (6, 3, 2, 2, 3, 1, 1, 1))[0](name)

    def save_last(self, words: str) -> str:
        """Save once more, after all that was broken is mended, with words in it; gives the page that shows them."""
        for path in self.folder.iterdir():
            if path.name not in self.texts and path.suffix != ".yml":
                path.unlink()
        for name, text in self.texts.items():
            (self.folder / name).write_text(text, "utf-8")
        self.saves += 1
        name = self.chance.choice(sorted(self.first))
        match = next(iter(_WHY.finditer(self.first[name])))
        before = self.first[name][: match.start()]
        self.texts[name] = f"{before}{match[1]} {words}.{self.first[name][match.end() :]}"
        (self.folder / name).write_text(self.texts[name], "utf-8")
        return f"/claims/{_ID.findall(before)[-1]}/"

    def _change(self, name: str) -> str:
        text = self.first[name]
        match = self.chance.choice(list(_WHY.finditer(text)))
        self.texts[name] = f"{text[: match.start()]}{match[1]} at save {self.saves}.{text[match.end() :]}"
        return self.texts[name]

    def _soundly(self, name: str) -> None:
        (self.folder / name).write_text(self._change(name), "utf-8")

    def _by_renaming(self, name: str) -> None:
        temporary = self.folder / f".{name}.{self.saves}"
        temporary.write_text(self._change(name), "utf-8")
        temporary.replace(self.folder / name)

    def _half(self, name: str) -> None:
        text = self._change(name).encode()
        with (self.folder / name).open("wb") as file:
            file.write(text[: len(text) // 2])
            file.flush()
            time.sleep(self.chance.choice((0.0, 0.01, 0.15)))
            file.write(text[len(text) // 2 :])

    def _again(self, name: str) -> None:
        (self.folder / name).unlink()
        time.sleep(self.chance.choice((0.0, 0.01, 0.15)))
        self._soundly(name)

    def _brokenly(self, name: str) -> None:
        text = self.texts[name]
        broken = (
            text.replace("  why:", "\twhy:", 1),
            text[: len(text) // 3],
            "",
            text + "- id: [",
            text.replace("- id:", "- di:", 1),
        )
        (self.folder / name).write_text(self.chance.choice(broken), "utf-8")

    def _beside(self, name: str) -> None:
        """What editors leave beside a file while it is open."""
        (self.folder / f".{name}.swp").write_bytes(b"b0VIM 9.0\0" + self.chance.randbytes(400))
        (self.folder / f"{name}~").write_text(self.texts[name][:100], "utf-8")
        (self.folder / f"#{name}#").write_text("half a wo", "utf-8")
        (self.folder / "4913").touch()
        (self.folder / "4913").unlink()
        self._by_renaming(name)

    def _many(self, _: str) -> None:
        for name in self.first:
            self._soundly(name)

    def _touch(self, name: str) -> None:
        os.utime(self.folder / name)


def save_and_save(scale: Scale, tree: Tree, other: Path, tell: Callable[[str], None] = print) -> Iterator[Outcome]:
    """Save in rounds, each with a last save whose words have to show; then compare with a preview that never saw any of it.

    Args:
        scale: 40 saves, or 500.
        tree: a project with claims; the content is changed.
        other: an empty folder, for the preview that is compared with.
        tell: told how far it is.
    """
    rounds, number = scale.pick(2, 5), scale.pick(20, 100)
    chance = random.Random(scale.seed)  # noqa: S311
    editor, wrong, times, held = Editor(tree.content / "claims", chance), [], [], None
    shutil.rmtree(tree.root / "build" / "preview", ignore_errors=True)
    with preview(tree) as host:
        for lap in range(rounds):
            for _ in range(number - 1):
                editor.save()
                time.sleep(chance.uniform(0, 2 * (_SLOW if chance.random() < _SELDOM else _FAST)))
            words = f"with the last word of round {lap}"
            page, begun = editor.save_last(words), time.monotonic()
            shown = host.wait_for(page, words, but='role="alert"')
            times.append(time.monotonic() - begun)
            if not shown:
                wrong.append(f"round {lap}: what was saved last does not show on {page}")
                break
            held = held or _look_when_quiet(host)
            tell(f"{editor.saves} saves")
        leaks = settle(host.process, held, _MEMORY) if host.process.poll() is None else ["the preview has ended"]
        log = host.log.read_text("utf-8", "replace")
        now = look_at(host.process)
        host.ask("/desk/")
        port, after = host.port, read_site(host.folder)
    wrong += [f"a traceback: {part[-300:]}" for part in log.split("Traceback")[1:]]
    yield Outcome(
        "saves under `serve`; the last of a round that does not show, a traceback, a preview that ends",
        editor.saves, tuple(wrong), f"seed {scale.seed}; the last of a round shows after {max(times):.1f} s at most",
    )  # fmt: skip
    memory = f"{held.memory} MB after the first round, {now.memory} MB after the last" if held and now else ""
    yield Outcome(
        "rounds of saves under `serve`; more threads, open files, processes or memory than after the first",
        rounds if held else 0, tuple(leaks), memory, "" if held else "only Linux tells what a process holds",
    )  # fmt: skip
    fresh = copy_inputs(tree.root, to=other)
    with preview(fresh, port) as host:
        host.ask("/desk/")
        expected = read_site(host.folder)
    differing = sorted(path for path in {*after, *expected} if after.get(path) != expected.get(path))
    yield Outcome(
        "files of the preview after all saves; other bytes than a preview has that begins with the last",
        len(expected), tuple(differing),
    )  # fmt: skip


def _look_when_quiet(host: Host) -> Held | None:
    time.sleep(1)
    with contextlib.suppress(OSError):
        host.ask("/")
    return look_at(host.process)


def read_site(folder: Path) -> dict[str, bytes]:
    """Read what a preview shows."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {path: file.read_bytes() for path, file in paths.items() if not path.startswith(_MADE)}
