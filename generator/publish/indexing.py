"""One part of the search index: small pages go to Pagefind, files come back, which are settled and written here.

Pagefind is run as its service, as its own packages for Node.js and Python do: requests and answers are JSON, each as base64 with a
comma behind. It numbers the pages in the order in which it is given them, and writes nothing itself.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING

from generator.publish.settled import settle
from generator.publish.staging import collect
from generator.write import refuse_links, sync

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TIME_LIMIT = 600  # seconds; a part takes less than three
# Pagefind's own widgets and its worker; the theme brings its own search form and runs the engine without a worker.
_UNUSED = re.compile(r"pagefind-.*ui\.(?:css|js)|pagefind-highlight\.js|pagefind-worker\.js")
_ONLY_IN_THE_FIRST = re.compile(r"pagefind\.js|wasm\..*\.pagefind")
_OTHERS = re.compile(r"[01]+|parts\.json")
# Word locations in a file of the index, for all parts together. A query fetches one file for each of its words from each
# part, so more parts need smaller files: at Pagefind's own 20,000, four would make a query three times as heavy.
_LOCATIONS = 12_000
_LOCATIONS_VARIABLE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"  # Pagefind 1.5 has no other name for it
_INDEX = 0  # Pagefind's own number of the first index that it is asked for


class SearchIndexError(RuntimeError):
    """Pagefind is missing, or it failed; the text says what it said."""


def index_part(texts: Path, output: Path, *, is_first: bool, parts: int, inherited: Sequence[int] = ()) -> None:
    """Index a folder of pages, and leave nothing in the output that is not of this index.

    Args:
        texts: the folder with what is searched of the pages, at the addresses of the pages.
        output: the folder for this part of the index, where files of its last index may lie: what did not change keeps
            its file. Folders of other parts in it stay, and the list of them.
        is_first: whether the browser begins with this part, so that it needs the engine beside it.
        parts: how many parts the index has.
        inherited: file descriptors that Pagefind holds while it runs.

    Raises:
        SearchIndexError: Pagefind is missing, or it failed.
        UnsafePathError: a symbolic link leads out of the output.
        OSError: the disk says no.
    """
    refuse_links(output)
    pages = {path: source.read_text("utf-8") for path, source in sorted(collect(texts).items())}
    try:
        files = settle(_ask_pagefind(pages, _LOCATIONS // parts, inherited))
    except (ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise SearchIndexError(f"What Pagefind has made for the search cannot be read: {error}") from error
    wanted = {
        path: content
        for path, content in files.items()
        if not _UNUSED.fullmatch(path) and (is_first or not _ONLY_IN_THE_FIRST.fullmatch(path))
    }
    sync(wanted, output, keep=lambda path: _OTHERS.fullmatch(path.partition("/")[0]) is not None)


def inherited_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out of the environment what would set up Pagefind otherwise: what it makes depends on the content alone."""
    return {name: value for name, value in environment.items() if not name.upper().startswith("PAGEFIND_")}


def _ask_pagefind(pages: Mapping[str, str], locations: int, inherited: Sequence[int]) -> dict[str, bytes]:
    """Have pages indexed; give the files of the index by path.

    Raises:
        SearchIndexError: Pagefind is missing, or it failed.
        ValueError, KeyError, TypeError: its answer is none.
    """
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415 (seldom needed)

        with TemporaryFile() as said:
            service = _start([str(get_executable()), "--service"], said, locations, inherited)
            late = Timer(_TIME_LIMIT, service.kill)
            try:
                late.start()
                files = _converse(service, _list_orders(pages))
            finally:
                late.cancel()
                _end(service)
            if isinstance(files, str):
                said.seek(0)
                complaint = f"{files}\n{said.read().decode('utf-8', 'replace')}"
                raise SearchIndexError(f"Pagefind, which makes the search index, failed: {complaint}")
    except (ImportError, OSError) as error:
        raise SearchIndexError(f"Pagefind, which makes the search index, could not be run: {error}") from error
    return {one["path"]: base64.b64decode(one["content"]) for one in files}


def _list_orders(pages: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    """List what Pagefind is asked for."""
    yield {"type": "NewIndex", "config": {}}
    for path, text in pages.items():
        yield {"type": "AddFile", "index_id": _INDEX, "file_path": path, "file_contents": text}
    yield {"type": "GetFiles", "index_id": _INDEX}


def _start(command: list[str], said: IO[bytes], locations: int, inherited: Sequence[int]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        # Pagefind takes settings from a pagefind.toml where it is run, which could come with a branch, and from variables.
        cwd=Path(command[0]).resolve().anchor,
        env={**inherited_variables(os.environ), _LOCATIONS_VARIABLE: str(locations)},
        pass_fds=inherited,
    )


def _end(service: subprocess.Popen[bytes]) -> None:
    """End the process, which has said all that it was asked for, or will not."""
    service.kill()
    for stream in filter(None, (service.stdin, service.stdout)):
        with suppress(OSError):
            stream.close()
    service.wait()


def _converse(
    service: subprocess.Popen[bytes], orders: Iterable[Mapping[str, object]]
) -> Sequence[Mapping[str, str]] | str:
    """Give the orders and read the answers; return the files, or what Pagefind complains of."""
    if service.stdin is None or service.stdout is None:
        return "It takes no orders."
    requests = [_write_request(number, order) for number, order in enumerate(orders)]
    sender = Thread(target=_send, args=(service.stdin, requests), daemon=True)
    try:
        sender.start()  # both at once: it waits where nobody reads its answers
    except RuntimeError as error:
        return f"The system gives no more threads: {error}"
    for answer in _read_answers(service.stdout):
        payload = json.loads(base64.b64decode(answer))["payload"]
        if payload["type"] == "Error":
            return str(payload.get("message"))
        if payload["type"] == "GetFiles":
            files: Sequence[Mapping[str, str]] = payload["files"]
            return files
    return "It ended before it was done."


def _write_request(number: int, order: Mapping[str, object]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": order}).encode()) + b","


def _send(stream: IO[bytes], requests: Iterable[bytes]) -> None:
    with suppress(OSError, ValueError):  # it has ended, which its answers tell
        for request in requests:
            stream.write(request)
        stream.flush()


def _read_answers(stream: IO[bytes]) -> Iterator[bytes]:
    begun: list[bytes] = []
    while piece := stream.read1():  # type: ignore[attr-defined]  # a pipe of a process is buffered
        *ended, rest = piece.split(b",")
        for part in ended:
            yield b"".join((*begun, part))
            begun.clear()
        begun.append(rest)
