"""Many readers at once: every answer is there, whole, and what is served is what was built."""

from __future__ import annotations

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import quote

from hostile.load.hosts import look_at, settle, strip_reloader
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hostile.load.hosts import Host
    from hostile.outcome import Scale

READERS = 8
_MEMORY = 100  # MB that serving may cost
_HIDDEN = "."


def read_at_once(scale: Scale, host: Host) -> Iterator[Outcome]:
    """Let readers ask for pages and files of the site in any order, over open connections and over new ones."""
    site = list_site(host.folder)
    before = look_at(host.process)
    for stays_open in (True, False) if host.stays_open else (False,):
        number = scale.pick(40, 500)
        begun = time.monotonic()
        with ThreadPoolExecutor(READERS) as pool:
            orders = [
                random.Random(f"{scale.seed} {one}").choices(sorted(site), k=number)  # noqa: S311 - to be had again
                for one in range(READERS)
            ]
            readers = [pool.submit(_read, host, site, order, stays_open=stays_open) for order in orders]
            answers = [reader.result() for reader in readers]
        seconds = time.monotonic() - begun
        times = sorted(took for taken, _ in answers for took in taken)
        wrong = [said for _, failures in answers for said in failures]
        wrong += [f"afterwards {more}" for more in settle(host.process, before, _MEMORY)]
        how = "over open connections" if stays_open else "each over a new connection"
        note = f"{READERS} readers, {len(times) / seconds:.0f} answers a second, {write_times(times)}"
        what = f"requests to {host.name} {how}; an error, a dropped connection, other bytes than were built"
        yield Outcome(what, READERS * number, tuple(wrong), note)


def list_site(folder: Path) -> Mapping[str, Path]:
    """List what a site has, by address."""
    found = {}
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and not path.startswith(_HIDDEN):
            found[f"/{quote(path.removesuffix('index.html'))}"] = file
    return found


def write_times(times: list[float]) -> str:
    """Write median, 95th and 99th of a hundred, in milliseconds."""
    if len(times) < 2:
        return "nothing was answered"
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"


def _read(host: Host, site: Mapping[str, Path], order: list[str], *, stays_open: bool) -> tuple[list[float], list[str]]:
    """Ask for some paths; gives how long each took, in seconds, and what went wrong."""
    times, wrong = [], []
    connection = HTTPConnection("127.0.0.1", host.port, timeout=30)
    for path in order:
        begun = time.monotonic()
        try:
            connection.request("GET", path, headers={} if stays_open else {"Connection": "close"})
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            wrong.append(f"{path}: {type(error).__name__}: {error}")
            connection.close()
            continue
        times.append(time.monotonic() - begun)
        if answer.status != 200:
            wrong.append(f"{path}: {answer.status}")
        elif strip_reloader(body) != site[path].read_bytes():
            wrong.append(f"{path}: other bytes than the file has")
        if not stays_open:
            connection.close()
    connection.close()
    return times, wrong
