"""Watching folders that may be away for a while, as when git checks out another branch or a folder is moved and put back.

MkDocs watches with `watchdog`, which gives a folder up for good as soon as it finds it gone.
"""

from __future__ import annotations

import time
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from mkdocs.livereload import LiveReloadServer

_PAUSE = 0.5  # seconds


def watch(server: LiveReloadServer, folders: Sequence[Path], mark: Path) -> None:
    """Let the server build again whenever something in the folders changes, and also when one of them goes or comes back.

    Args:
        server: MkDocs' server, which has not begun to serve.
        folders: those that are there are watched from now on.
        mark: a file of our own, which is watched too; it is written to in order to have the server build.
    """
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    server.watch(str(mark))
    watched = [folder for folder in folders if folder.is_dir()]
    for folder in watched:
        server.watch(str(folder))
    Thread(target=_look_after, args=(server, watched, mark), daemon=True).start()


def _look_after(server: LiveReloadServer, folders: Sequence[Path], mark: Path) -> None:
    gone: set[Path] = set()
    while not server.observer.is_alive():
        time.sleep(_PAUSE)
    while server.observer.is_alive():
        time.sleep(_PAUSE)
        for folder in _list_given_up(server, folders):
            if folder.is_dir():
                server.unwatch(str(folder))
                server.watch(str(folder))
                gone.discard(folder)
            elif folder not in gone:
                gone.add(folder)
            else:
                continue
            mark.write_text(f"{time.time_ns()}\n", "utf-8")


def _list_given_up(server: LiveReloadServer, folders: Sequence[Path]) -> Collection[Path]:
    alive = {emitter.watch.path for emitter in server.observer.emitters if emitter.is_alive()}
    return [folder for folder in folders if str(folder) not in alive]
