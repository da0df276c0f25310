"""The two servers that are put under load, each a process of its own on a free port of this machine."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import ROOT, SAMPLE_DATE_EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Tree

PATIENCE = 120.0  # seconds; what takes longer hangs
BESIDE = "the-words-outside-the-site"
"""Stands in files beside the site, and in no answer."""
_RELOADER = re.compile(rb"<script>\s*var livereload = function.*?</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Host:
    """A server.

    Attributes:
        name: what it is, for the table.
        port: where it listens on 127.0.0.1.
        folder: what it serves.
        process: its process.
        log: what it has said.
        stays_open: whether it answers more than one request of a connection.
        is_preview: whether it is ours: MkDocs' server with what the generator puts before it.
    """

    name: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path
    stays_open: bool
    is_preview: bool

    @property
    def address(self) -> str:
        """Its address, without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, timeout: float = PATIENCE) -> tuple[int, bytes]:
        """Ask for a path over a connection of its own: status, and the page as it was made."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, strip_reloader(answer.read())
        finally:
            connection.close()

    def wait_for(self, path: str, words: str, but: str = "\0", patience: float = PATIENCE) -> bool:
        """Ask for a page until some words stand in it, and others do not."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with contextlib.suppress(OSError, HTTPException):
                text = self.ask(path)[1].decode("utf-8", "replace")
                if words in text and but not in text:
                    return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.1)
        return False


def strip_reloader(page: bytes) -> bytes:
    """Take out the script that MkDocs puts into each page it serves."""
    return _RELOADER.sub(b"", page)


def find_port() -> int:
    """Find a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextlib.contextmanager
def static_host(tree: Tree, *, stays_open: bool = True) -> Iterator[Host]:
    """Serve a built site with Python's own server.

    Where it keeps connections open, it sends an answer in two parts, and the second waits some 40 ms for the client's
    system to confirm the first (Nagle's algorithm and delayed confirmation). A host of today does not.
    """
    port, log = find_port(), tree.root / "static.log"
    (tree.root / "outside.txt").write_text(BESIDE, "utf-8")
    arguments = [str(port), "--bind", "127.0.0.1", "--directory", str(tree.site)]
    arguments += ["--protocol", "HTTP/1.1" if stays_open else "HTTP/1.0"]
    with _running([sys.executable, "-m", "http.server", *arguments], tree, log) as process:
        host = Host("a static server", port, tree.site, process, log, stays_open=stays_open, is_preview=False)
        _wait(host, "/")
        yield host


@contextlib.contextmanager
def preview(tree: Tree, port: int = 0) -> Iterator[Host]:
    """Serve a project as an editor does, until its first page is there."""
    port, log = port or find_port(), tree.root / "serve.log"
    (tree.root / "outside.txt").write_text(BESIDE, "utf-8")
    arguments = [sys.executable, "-m", "generator", "serve", "--port", str(port)]
    with _running(arguments, tree, log) as process:
        folder = tree.root / "build" / "preview" / "site"
        host = Host("the preview", port, folder, process, log, stays_open=False, is_preview=True)
        _wait(host, "/")
        yield host


def _wait(host: Host, path: str) -> None:
    if not host.wait_for(path, "<main"):
        raise RuntimeError(f"{host.name} did not start: {host.log.read_text('utf-8', 'replace')[-500:]}")


@contextlib.contextmanager
def _running(arguments: list[str], tree: Tree, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = tree.environment(SOURCE_DATE_EPOCH=SAMPLE_DATE_EPOCH, PYTHONPATH=str(ROOT), PYTHONUNBUFFERED="1")
    with log.open("wb") as said:
        process = subprocess.Popen(arguments, cwd=tree.root, env=environment, stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# --- what the system says of a process ---


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: threads, open files, processes of its own, and memory in MB."""

    threads: int
    files: int
    children: int
    memory: int

    def exceeds(self, before: Held, memory: int) -> list[str]:
        """Say what there is more of than before: more than two files, or so much memory."""
        more = []
        if self.threads > before.threads:
            more.append(f"{before.threads} threads became {self.threads}")
        if self.files > before.files + 2:
            more.append(f"{before.files} open files became {self.files}")
        if self.children > before.children:
            more.append(f"{before.children} processes became {self.children}")
        if self.memory > before.memory + memory:
            more.append(f"{before.memory} MB became {self.memory} MB")
        return more


def look_at(process: subprocess.Popen[bytes]) -> Held | None:
    """Count what a process holds; None where the system does not tell (it is no Linux)."""
    folder = Path("/proc") / str(process.pid)
    try:
        told = dict(line.split(":", 1) for line in (folder / "status").read_text("utf-8").splitlines() if ":" in line)
        tasks = list((folder / "task").iterdir())
        children = sum(len((task / "children").read_text("utf-8").split()) for task in tasks)
        files = len(list((folder / "fd").iterdir()))
    except OSError:
        return None
    return Held(int(told["Threads"]), files, children, int(told["VmRSS"].split()[0]) // 1024)


def settle(process: subprocess.Popen[bytes], at_most: Held | None, memory: int, patience: float = 90.0) -> list[str]:
    """Wait until a process holds no more than before, and say what it still holds then."""
    end = time.monotonic() + patience
    while True:
        now = look_at(process)
        more = now.exceeds(at_most, memory) if now is not None and at_most is not None else []
        if not more or time.monotonic() > end:
            return more
        time.sleep(0.25)
