"""Watching folders that may be away for a while, as when git checks out another branch or a folder is moved and put back.

MkDocs watches with `watchdog`, which gives a folder up for good as soon as it finds it gone.
"""

from __future__ import annotations

import time
from contextlib import suppress
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
            if not server.observer.should_keep_running():  # the server ends, and gives all of them up
                return
            if _watch_again(server, folder):
                gone.discard(folder)
            elif folder not in gone:
                gone.add(folder)
            else:
                continue
            mark.write_text(f"{time.time_ns()}\n", "utf-8")


def _list_given_up(server: LiveReloadServer, folders: Sequence[Path]) -> Collection[Path]:
    alive = {emitter.watch.path for emitter in tuple(server.observer.emitters) if emitter.is_alive()}
    return [folder for folder in folders if str(folder) not in alive]


def _watch_again(server: LiveReloadServer, folder: Path) -> bool:
    """Watch a folder that was given up; False as long as it is away."""
    if not folder.is_dir():
        return False
    with suppress(
        KeyError
    ):  # of a folder that went away again just as it came to be watched, and of a server that ends
        server.unwatch(str(folder))
    try:
        server.watch(str(folder))
    except OSError:
        return False
    return True
