"""One process from start to end: how long it took, what it cost of the processors, and how much memory its tree held.

Memory is the sum of the proportional set sizes (PSS: shared pages are divided among those who share them) over the
process and its descendants, read from /proc every 50 ms. Sampling misses a peak that is over between two samples, and
all of a process that lives for less; a process whose parent has died is no longer seen. Reading costs the kernel time in
proportion to the memory, so the pauses grow until it takes at most a fiftieth of the time. `max_rss` is the kernel's own
count, which misses nothing but knows only the largest single process, shared pages included.
"""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PAUSE = 0.05  # seconds
_SHARE = 50
_TIME_LIMIT = 3600  # seconds
_PHASE = re.compile(r"([^\t\n]+)\t(\d+(?:\.\d+)?)")


class RunError(RuntimeError):
    """A process failed or took too long; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process, with all that it started, has cost.

    Attributes:
        seconds: from its start to its end.
        cpu: seconds of processor time, its descendants' included.
        peak: bytes, the largest sum of PSS that was seen.
        peak_own: the same without the processes that are counted apart.
        max_rss: bytes, the largest resident set of any single process.
        phases: seconds by phase, as the process itself told them.
    """

    seconds: float
    cpu: float
    peak: int = 0
    peak_own: int = 0
    max_rss: int = 0
    phases: Mapping[str, float] = field(default_factory=dict)


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, apart: str = "pagefind") -> Run:
    """Run a command to its end and measure it.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: all its variables; `TMPDIR` also holds what it says until it has ended.
        apart: processes whose name begins so do not count for `peak_own`.

    Raises:
        RunError: It failed, or did not end within an hour.
    """
    with tempfile.TemporaryFile(dir=environment.get("TMPDIR")) as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # so that all it started can be ended with it
        )
        try:
            end, peak, peak_own = _watch(process.pid, start, apart)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        text = _read(said)
    if process.returncode:
        raise RunError(f"{' '.join(command)} ended with {process.returncode}:\n{text[-2000:]}")
    return Run(
        seconds=end - start,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=peak,
        peak_own=peak_own,
        max_rss=usage.ru_maxrss * 1024,
        phases=read_phases(text),
    )


def read_phases(text: str) -> dict[str, float]:
    """Find the lines `phase<TAB>seconds`; a phase that is told twice took the sum."""
    phases: dict[str, float] = {}
    for line in text.splitlines():
        if match := _PHASE.fullmatch(line):
            phases[match[1]] = phases.get(match[1], 0) + float(match[2])
    return phases


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", "replace")


def _watch(pid: int, start: float, apart: str) -> tuple[float, int, int]:
    """Wait for the end, sampling on the way; give the moment of the end and the two peaks."""
    peak = peak_own = 0
    pause = _PAUSE
    handle = os.pidfd_open(pid)
    try:
        while not select.select([handle], [], [], pause)[0]:
            before = time.perf_counter()
            if before - start > _TIME_LIMIT:
                raise RunError(f"A process took more than {_TIME_LIMIT} seconds.")
            held, held_own = read_memory(pid, apart)
            peak, peak_own = max(peak, held), max(peak_own, held_own)
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - before))
        return time.perf_counter(), peak, peak_own
    finally:
        os.close(handle)


def read_memory(pid: int, apart: str) -> tuple[int, int]:
    """Give the bytes (PSS) that a process and its descendants hold, and those without the ones that count apart."""
    held = held_own = 0
    for one in _list_tree(pid):
        size = _read_pss(one)
        held += size
        held_own += 0 if _read_name(one).startswith(apart) else size
    return held, held_own


def _list_tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for task in tasks:
        for child in _read_proc(task / "children").split():
            yield from _list_tree(int(child))


def _read_pss(pid: int) -> int:
    for line in _read_proc(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read_name(pid: int) -> str:
    return _read_proc(Path(f"/proc/{pid}/comm")).strip()


def _read_proc(path: Path) -> str:
    """Read a file of /proc; one of a process that has ended says nothing."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
