"""A static host on loopback: compresses as such hosts do, and notes every answer with the bytes that it sent."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Pagefind's index (.pf_*, .pagefind) is compressed by itself, and no host compresses it again.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the host: the path asked for, and the bytes sent, status line and headers included."""

    path: str
    size: int


@dataclass(slots=True)
class Host:
    """A folder that is served, and the answers since `forget`."""

    address: str
    answers: list[Answer] = field(default_factory=list)

    def forget(self) -> None:
        """Count anew from here on."""
        self.answers.clear()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as on every host

    def __init__(self, *args: Any, folder: Path, answers: list[Answer]) -> None:
        self._folder, self._answers = folder, answers
        super().__init__(*args, directory=str(folder))

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        status = 200 if file.is_file() else 404
        file = file if status == 200 else self._folder / "404.html"
        body, kind = file.read_bytes(), TYPES.get(file.suffix)
        headers = [f"HTTP/1.1 {status} {'OK' if status == 200 else 'Not Found'}", "Server: measures"]
        headers += ["Cache-Control: max-age=600", f'ETag: "{len(body):x}-{int(file.stat().st_mtime):x}"']
        headers += ["Vary: Accept-Encoding", f"Last-Modified: {self.date_time_string(int(file.stat().st_mtime))}"]
        if kind:
            body = gzip.compress(body, LEVEL)
            headers.append("Content-Encoding: gzip")
        headers += [f"Content-Type: {kind or 'application/octet-stream'}", f"Content-Length: {len(body)}", "", ""]
        sent = "\r\n".join(headers).encode() + body
        self._answers.append(Answer(path, len(sent)))
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[Host]:
    """Serve a folder on a free port of this machine."""
    answers: list[Answer] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, folder=folder, answers=answers))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Host(f"http://127.0.0.1:{server.server_port}", answers)
    finally:
        server.shutdown()
        server.server_close()
