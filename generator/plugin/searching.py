"""The search of the preview: its index is made when a page first asks for it, so that no saved change waits for it."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from threading import Event, Lock
from typing import TYPE_CHECKING

from generator import write
from generator.publish import search
from generator.publish.staging import collect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.factsheet")

FOLDER = "pagefind"
_PATIENCE = 60.0  # seconds; a request waits so long for a build that has begun


class PreviewSearch:
    """Knows whether the pages that are served have an index, and sees to it before it is read.

    MkDocs empties the served folder at every build, so the index is kept elsewhere, and made anew only if a page changed.
    """

    def __init__(self, turn: AbstractContextManager[object] | None = None) -> None:
        """Begin without pages.

        Args:
            turn: held while the pages are made, and while something is made of them.
        """
        self._turn = turn or nullcontext()
        self._pages: Path | None = None
        self._index: Path | None = None
        self._changed: set[str] | None = None  # since the index was made; None where nobody knows
        self._built = Event()
        self._one_at_a_time = Lock()

    def begin(self) -> None:
        """Note that the pages are being made: whoever asks for the index waits."""
        self._built.clear()

    def end(self, pages: Path, index: Path, changed: Iterable[str] | None = None) -> None:
        """Note that there are new pages.

        Args:
            pages: the served folder.
            index: where the index is kept.
            changed: the files of that folder that were written or deleted since the last time; None may be any.
        """
        with self._one_at_a_time:
            self._pages, self._index = pages, index
            self._changed = None if self._changed is None or changed is None else self._changed.union(changed)
        self.go_on()

    def go_on(self) -> None:
        """Note that nobody makes pages any more: whoever asks for the index need not wait."""
        self._built.set()

    def bring_up_to_date(self) -> None:
        """Make the index of the pages, unless that has been done since they were made."""
        self._built.wait(_PATIENCE)
        with self._turn, self._one_at_a_time:
            if self._pages is None or self._index is None:
                return
            try:
                search.write_index(self._pages, self._index, self._changed)
                write.sync(collect(self._index), self._pages / FOLDER)
                self._pages, self._changed = None, set()
            except (search.SearchIndexError, OSError) as error:
                log.warning("%s", error)

    def watch(self, server: LiveReloadServer) -> None:
        """See to the index whenever the server is asked for a part of it."""
        application = server.get_app()
        if application is not None:
            server.set_app(self._before(application))

    def _before(self, application: WSGIApplication) -> WSGIApplication:
        def answer(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if f"/{FOLDER}/" in environment.get("PATH_INFO", ""):
                self.bring_up_to_date()
            return application(environment, start_response)

        return answer
