"""Requests that no reader sends: ways out of the site, broken HTTP, other people's names, connections that never end."""

from __future__ import annotations

import contextlib
import random
import socket
import time
from itertools import product
from typing import TYPE_CHECKING

from hostile.load.hosts import BESIDE, look_at, settle
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hostile.load.hosts import Host
    from hostile.outcome import Scale

_TARGETS = ("outside.txt", "content/settings.yml", "build/state.db", "etc/passwd", "proc/self/environ", ".git/config")
_UP = (
    *("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e/", "....//", "..;/", "%c0%ae%c0%ae/"),
    *(
        "assets/../../",
        "assets/%2e%2e/%2e%2e/",
        "./../",
        "%2f../",
        "..%00/",
        "..%0d%0a/",
        "%uff0e%uff0e/",
        "..%ef%bc%8f",
    ),
)
_METHODS = ("POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "get", "G\u00cbT", "X" * 5000)
_FOREIGN_HOSTS = ("evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "a@127.0.0.1", "", "0.0.0.0", "[::]", "127.0.0.1, evil.example")  # fmt: skip  # noqa: S104
_OUTSIDE = (BESIDE.encode(), b"root:x:0:0", b"SQLite format 3", b"SOURCE_DATE_EPOCH=")
_PATIENCE = 10.0  # seconds; longer is no answer


def write_odd_requests(scale: Scale) -> Iterator[bytes]:
    """Write requests as bytes: all that are known here, and some that are put together by chance."""
    for up, deep, target in product(_UP, (1, 4, 9), _TARGETS):
        yield _write(f"/{up * deep}{target}")
    for target in _TARGETS:
        yield from (_write(path) for path in (f"//{target}", f"/{target}", f"file:///{target}", f"http://evil.example/{target}", target, f"/?/../{target}", f"/#/../../{target}"))  # fmt: skip
    yield from (_write(path) for path in ("/%00", "/index.html%00.txt", "/a\x00b", "/%", "/%zz", "/%ff%fe", "/\u202e", "*", "", "/~root", "/CON", "/livereload/9/9x", "/livereload/0/1", "/livereload/-1/../../x"))  # fmt: skip
    yield from (_write("/" + part * 3000) for part in ("a", "a/", "../", "%2e", "/"))
    yield _write("/" + "a" * 70_000)
    yield from (_write("/", method=method) for method in _METHODS)
    yield from (
        _write("/", version=version) for version in ("HTTP/9.9", "HTTP/", "HTTP/1.1.1", "HTTP/-1", "", "SPDY/3")
    )
    yield _write("/", headers="X: y\r\n" * 300)
    yield _write("/", headers=f"X: {'y' * 70_000}\r\n")
    yield from (
        _write("/", headers=f"Range: {value}\r\n")
        for value in ("bytes=0-", "bytes=9-1", "bytes=-1", "x=1", "bytes=0-0," * 500)
    )
    yield from (_write("/", headers=f"Content-Length: {value}\r\n", method="POST") for value in ("-1", "1e9", "99999999999", "0x10", "1\r\nContent-Length: 2"))  # fmt: skip
    yield _write("/", method="POST", headers="Transfer-Encoding: chunked\r\n") + b"ffffffffffffffff\r\nx"
    yield from (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\x00: \x00\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /\r\n", b"\xff" * 900)  # fmt: skip
    chance = random.Random(scale.seed)  # noqa: S311
    pieces = [*_UP, "%00", "//", "\\", "?", "#", "%", "a", ".", ":", "~", "%0a", ";", "*", "\u0130", *_TARGETS]
    for _ in range(scale.pick(50, 1000)):
        yield _write("/" + "".join(chance.choices(pieces, k=chance.randint(1, 12))))


def _write(
    path: str, method: str = "GET", version: str = "HTTP/1.1", headers: str = "", host: str = "localhost"
) -> bytes:
    text = f"{method} {path} {version}\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
    return text.encode("utf-8", "surrogateescape")


def send_odd_requests(scale: Scale, host: Host) -> Outcome:
    """Send them all, hold connections open that never ask, and see that readers are still answered."""
    before = look_at(host.process)
    requests = list(dict.fromkeys(write_odd_requests(scale)))
    wrong = [f"{request[:80]!r}: {said}" for request in requests if (said := _judge(host, request))]
    tried = len(requests)
    if host.is_preview:
        strange = list(_write_from_elsewhere())
        wrong += [
            f"{request[:120]!r}: {said}" for request, status in strange if (said := _refused(host, request, status))
        ]
        tried += len(strange)
    number = scale.pick(20, 200)
    tried += number
    wrong += _hold_open(host, number)
    wrong += [f"afterwards {more}" for more in settle(host.process, before, 100)]
    what = f"odd requests to {host.name}, and connections that never ask; a word from outside the site, a hanging or failing server"
    whose = "refusing hosts, foreign pages and NUL is ours; the rest is MkDocs' server, which closes no idle connection" if host.is_preview else "the server is Python's"  # fmt: skip
    return Outcome(what, tried, tuple(wrong), whose)


def _send(host: Host, request: bytes) -> bytes | None:
    """Send bytes, and read the whole answer; None where there is none in time."""
    answer = b""
    with socket.create_connection(("127.0.0.1", host.port), timeout=_PATIENCE) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(1 << 16):
                answer += part
        except TimeoutError:
            return None
        except OSError:
            return answer  # it was hung up on before all was sent
    return answer


def _judge(host: Host, request: bytes) -> str:
    try:
        answer = _send(host, request)
    except OSError as error:
        return f"the server cannot be reached: {error}"
    if answer is None:
        return "no answer"
    if any(word in answer for word in _OUTSIDE):
        return "what stands outside the site was sent"
    return "500" if answer.split(b"\r\n", 1)[0].split(b" ")[1:2] == [b"500"] else ""


def _write_from_elsewhere() -> Iterator[tuple[bytes, bytes]]:
    """Write requests that a browser sends for pages from elsewhere, and the status that each should have."""
    for path, name in product(("/", "/desk/", "/data/records.json", "/pagefind/pagefind.js"), _FOREIGN_HOSTS):
        yield _write(path, host=name), b"421"
    for path, site, dest in product(
        ("/", "/desk/"), ("cross-site", "same-site"), ("script", "image", "iframe", "empty")
    ):
        mode = "navigate" if dest == "iframe" else "no-cors"
        yield (
            _write(path, headers=f"Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n"),
            b"403",
        )
    for name in ("localhost", "127.0.0.1:8000", "[::1]:8000", "preview.localhost", "192.0.2.7"):
        yield _write("/", host=name), b"200"
    yield (
        _write("/", headers="Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"),
        b"200",
    )


def _refused(host: Host, request: bytes, status: bytes) -> str:
    answer = _send(host, request) or b""
    got = answer.split(b" ")[1:2]
    return "" if got == [status] else f"answered {b''.join(got).decode('latin-1')} and not {status.decode()}"


def _hold_open(host: Host, number: int) -> list[str]:
    """Open connections that send half a request or nothing at all, and ask beside them as a reader does."""
    beginnings = (
        b"",
        b"G",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nContent-Length: 999\r\n\r\n1",
    )
    with contextlib.ExitStack() as stack:
        for position in range(number):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", host.port), timeout=_PATIENCE))
            connection.sendall(beginnings[position % len(beginnings)])
        begun = time.monotonic()
        try:
            status, body = host.ask("/", timeout=_PATIENCE)
        except OSError as error:
            return [f"beside {number} connections that never ask a reader has no answer: {error}"]
        if status != 200 or b"<main" not in body:
            return [f"beside {number} connections that never ask a reader is answered {status}"]
        return [] if time.monotonic() - begun < _PATIENCE else ["a reader waits for connections that never ask"]
