"""The last good pages of a preview, kept until new ones are known to be sound.

Pages are searched for leaks while they are made, and a template may fail at the last of them. So what a build replaces is
first linked elsewhere, and what it adds is written down; where the build fails, or its process dies, that is put back.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import write
from generator.paths import HOME
from generator.plugin.page import site_file
from generator.publish.staging import collect

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from generator.plugin.finished import Folders

_KEPT, _NEW, _FIRST = "kept", "new", "first"


@dataclass(frozen=True, slots=True)
class LastGood:
    """What a build of the preview replaces.

    Several processes may write through it at once, each its own files.

    Attributes:
        folder: where it is kept; not there where there is nothing to put back.
        places: the folders in which the build writes. Their names differ.
    """

    folder: Path
    places: tuple[Path, ...]

    @classmethod
    def of(cls, folders: Folders) -> LastGood:
        """Keep the pages of a preview beside them."""
        return cls(folders.state / "before", (folders.pages, folders.html))

    def begin(self) -> None:
        """Put back what a build has left that was killed, and keep from now on what is replaced."""
        self.put_back()
        self.folder.mkdir(parents=True)
        if not (self.places[-1] / site_file(HOME)).is_file():
            (self.folder / _FIRST).touch()  # there is nothing that could be put back

    def put(self, folder: Path, path: str, content: bytes) -> bool:
        """Write a file as `write.put` does, and keep what stood there."""
        target = folder / path
        if not (self.folder / _FIRST).exists():
            known = target.read_bytes() if target.is_file() else None
            if known is None:
                self._note(f"{folder.name}/{path}\n")
            elif known != content:
                self._keep(target, f"{folder.name}/{path}")
        return write.put(folder, path, content)

    def _note(self, line: str) -> None:
        """Write down that a file is new: one line in one go, so that processes do not mix them."""
        file = os.open(self.folder / _NEW, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)

    def keep(self, *paths: str) -> None:
        """Keep files that are about to be deleted, in whichever folder they are."""
        for place in self.places:
            for path in paths:
                if (place / path).is_file():
                    self._keep(place / path, f"{place.name}/{path}")

    def keep_others(self, wanted: Container[str]) -> None:
        """Keep all files but those that are wanted."""
        for place in self.places:
            self.keep(*(path for path in collect(place) if path not in wanted))

    def _keep(self, target: Path, name: str) -> None:
        kept = self.folder / _KEPT / name
        if kept.exists():
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(target, kept)
        except OSError:  # a file system without such links
            write.put(self.folder / _KEPT, name, target.read_bytes())

    def put_back(self) -> None:
        """Bring the folders to what they were before the build."""
        if not self.folder.is_dir():
            return
        if (self.folder / _FIRST).exists():
            for place in self.places:
                shutil.rmtree(place, ignore_errors=True)
        for place in self.places:
            kept = self.folder / _KEPT / place.name
            for file in sorted(path for path in kept.rglob("*") if path.is_file()):
                target = place / file.relative_to(kept)
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
            for path in self._list_new(place.name):
                write.remove(place, path)
        self.let_go()

    def _list_new(self, name: str) -> list[str]:
        with suppress(FileNotFoundError):
            lines = (self.folder / _NEW).read_text("utf-8").splitlines()
            return [line.removeprefix(f"{name}/") for line in lines if line.startswith(f"{name}/")]
        return []

    def let_go(self) -> None:
        """Forget it, in one step: the new pages are sound."""
        done = self.folder.with_name(f"{self.folder.name}.gone")
        shutil.rmtree(done, ignore_errors=True)
        with suppress(FileNotFoundError):
            self.folder.rename(done)
        shutil.rmtree(done, ignore_errors=True)
