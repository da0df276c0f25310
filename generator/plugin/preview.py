"""What the preview shows while the content has errors: the last good pages under a list of what is wrong."""

from __future__ import annotations

import gc
import logging
from threading import Lock
from typing import TYPE_CHECKING

from generator.paths import DESK, page_url
from generator.plugin.admitting import admit
from generator.plugin.banner import BELOW_ON_DESK, banner, insert_banner
from generator.plugin.lastgood import LastGood
from generator.plugin.printing import name_fault
from generator.plugin.searching import PreviewSearch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from markupsafe import Markup
    from mkdocs.livereload import LiveReloadServer

    from generator.diagnostics import Diagnostic
    from generator.plugin.finished import Folders
    from generator.reports import Lines

log = logging.getLogger("mkdocs.plugins.factsheet")

COLLECTED = 5
"""After so many builds circular garbage is collected: what MkDocs sets up for each is such, and `spare_garbage` keeps it."""

PLACEHOLDER = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Preview</title></head><body><main>'
    "<h1>Preview</h1><p>There are no pages yet. They appear as soon as the content has no errors.</p>"
    "</main></body></html>\n"
)


DESK_PLACEHOLDER = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Desk</title></head><body><main>'
    "<h1>Desk</h1><p>The desk lists what is left to do as soon as the content has no errors.</p>"
    '<p><a href="../">The last good pages</a></p></main></body></html>\n'
)


class Preview:
    """What a preview serves: the pages that were made, with what is wrong above them, and a search when it is asked for."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._building = False
        self._builds = 0
        self._search = PreviewSearch(self._turn)
        self._banner: Markup | None = None
        self._desk_banner: Markup | None = None
        self._desk: Path | None = None
        self._make_desk: Callable[[], Sequence[Diagnostic]] | None = None

    def begin(self, folders: Folders) -> None:
        """Note that a build begins: nobody makes desk or index of the pages until it ends.

        Args:
            folders: where the pages are; what a build has left there that was killed is put back.
        """
        if not self._building:
            self._turn.acquire()
            self._building = True
        LastGood.of(folders).put_back()
        self._search.begin()

    def tell(self, problems: Sequence[Diagnostic], lines: Lines) -> None:
        """Show what is wrong on every page from now on."""
        self._banner = banner(problems, lines)
        self._desk_banner = banner(problems, lines, below=BELOW_ON_DESK)

    def all_is_well(self) -> None:
        """Show nothing above the pages."""
        self._banner = self._desk_banner = None

    def end(
        self, folders: Folders, changed: Iterable[str] | None, make_desk: Callable[[], Sequence[Diagnostic]]
    ) -> None:
        """Note that the pages are made; where there have never been any, put one there that says so.

        Args:
            folders: where they are.
            changed: the files that were made or deleted; None may be any.
            make_desk: makes the desk, which nobody may have asked for yet; gives what is wrong with it.
        """
        if not (folders.html / "index.html").is_file():
            folders.html.mkdir(parents=True, exist_ok=True)
            (folders.html / "index.html").write_text(PLACEHOLDER, "utf-8")
        self._desk = folders.html / page_url(DESK) / "index.html"
        self._make_desk = make_desk if self._banner is None else None
        self._search.end(folders.html, folders.index, changed)
        self._let_others()

    def _let_others(self) -> None:
        if self._building:
            self._building = False
            self._search.go_on()
            self._turn.release()

    def _bring_desk(self) -> None:
        """Make the desk, unless that was done since the pages were made; with errors there is none but an older one."""
        with self._turn:
            make = self._make_desk
            if make is not None:
                problems = _attempt(make)
                self._desk_banner = banner(problems, below=BELOW_ON_DESK) if problems else None
                self._make_desk = make if problems else None
            if self._desk is not None and not self._desk.is_file():
                self._desk.parent.mkdir(parents=True, exist_ok=True)
                self._desk.write_text(DESK_PLACEHOLDER, "utf-8")

    def serve_from(
        self, server: LiveReloadServer, folders: Folders, own: str, fail: Callable[[Exception], None]
    ) -> None:
        """Let the server serve the pages from where they are kept.

        Args:
            server: MkDocs' server.
            folders: where they are.
            own: the name or address that it was told to listen at.
            fail: told of a failure of MkDocs itself, after which its server would answer nobody until the next change.
        """
        server.root = str(folders.html)
        self._search.watch(server)
        application = server.get_app()
        if application is not None:
            server.set_app(admit(self._with_banner(application), own))
        server.builder = self._outlasting(server.builder, fail)

    def _outlasting(self, build: Callable[[], None], fail: Callable[[Exception], None]) -> Callable[[], None]:
        def rebuild() -> None:
            try:
                build()
            except Exception as error:  # noqa: BLE001 - told, whatever it is
                fail(error)
            finally:
                self._let_others()
            self._builds += 1
            if self._builds % COLLECTED == 0:
                gc.collect()

        return rebuild

    def _with_banner(self, application: WSGIApplication) -> WSGIApplication:
        def answer(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            is_desk = environment.get("PATH_INFO", "").endswith(f"/{page_url(DESK)}")
            if is_desk:
                self._bring_desk()
            heads: list[tuple[str, list[tuple[str, str]]]] = []

            def note(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
                heads.append((status, headers))
                return lambda _: None

            body = application(environment, note)  # it waits for a build that has begun, which may find something wrong
            shown = self._desk_banner if is_desk else self._banner
            status, headers = heads[-1]
            if shown is None or not _is_html(headers):
                start_response(status, headers)
                return body
            return _put_above(shown, body, status, headers, start_response)

        return answer


def _attempt(make: Callable[[], Sequence[Diagnostic]]) -> Sequence[Diagnostic]:
    """Make something in a request; a failure is told in the page like anything else that is wrong."""
    try:
        return make()
    except Exception as error:
        log.exception("The desk could not be made")
        return (name_fault(error),)


def _is_html(headers: Iterable[tuple[str, str]]) -> bool:
    return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)


def _put_above(
    shown: Markup, body: Iterable[bytes], status: str, headers: list[tuple[str, str]], start_response: StartResponse
) -> Iterable[bytes]:
    """Answer with an HTML page and a banner in it."""
    text = insert_banner(b"".join(body).decode("utf-8", "replace"), shown).encode()
    close = getattr(body, "close", None)
    if close is not None:
        close()
    headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start_response(status, [*headers, ("Content-Length", str(len(text)))])
    return [text]
