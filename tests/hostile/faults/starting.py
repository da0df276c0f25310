"""Builds as processes of their own, each with the leader of its own group: to be killed, starved, refused, and asked how they ended.

Most are forked from a process that has the modules loaded already, since nothing can go wrong on the disk before that.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerProcess

PROJECT = Path(__file__).parents[3]
NOBODY = 65534
PATIENCE = 120.0
"""Seconds for a build that takes one or two; only an endless one needs more."""

_LOADED = (
    *(
        "encodings.utf_8_sig",
        "encodings.idna",
        "encodings.latin_1",
        "encodings.ascii",
        "encodings.unicode_escape",
        "webbrowser",
        "http.server",
    ),
    *("generator.cli", "generator.plugin", "generator.plugin.preview", "generator.publish.search", "generator.reports"),
    *(
        "generator.pipeline.unchanged",
        "mkdocs.commands.build",
        "mkdocs.commands.serve",
        "mkdocs.__main__",
        "babel.dates",
    ),
)
_TOUCHES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.fork", "sqlite3.connect"})
"""Audited events of Python that change something on the disk, beside opening a file to be written."""

_context = get_context("forkserver")
_context.set_forkserver_preload(list(_LOADED))


@dataclass(frozen=True, slots=True)
class Order:
    """How a build is started.

    Attributes:
        root: the project's folder.
        arguments: of `factsheet`; of `mkdocs`, where the first is that word.
        said: where its output goes; None is a pipe that nobody reads.
        user: as whom it runs; None as us.
        limits: of the system's resources, as `resource` names them; of memory, so much more than at the start.
        environment: changes of ours.
        at: the touch of the disk at which something happens; 0 for none.
        then: what: an error's number, or 0 to be killed with its group.
    """

    root: Path
    said: Path | None
    arguments: tuple[str, ...] = ("build",)
    user: int | None = None
    limits: tuple[tuple[int, int], ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    at: int = 0
    then: int = 0


@dataclass(slots=True)
class Started:
    """A build that was started."""

    process: ForkServerProcess
    said: Path | None

    @property
    def number(self) -> int:
        """Its process, which leads its group."""
        return self.process.pid or 0

    def wait(self) -> int:
        """Give its exit code, as `subprocess` does; an endless one is killed and counts as -9 ..."""
        self.process.join(PATIENCE)
        if self.process.exitcode is None:
            self.kill()
        return self.process.exitcode if self.process.exitcode is not None else -9

    def kill(self) -> None:
        """Kill it and all that it has begun."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.number, signal.SIGKILL)
        self.process.join(PATIENCE)

    def group(self) -> list[int]:
        """List the processes of its group that are alive, itself first."""
        return sorted(_list_group(self.number), key=lambda one: one != self.number)

    def text(self) -> str:
        """Give what it has printed."""
        return self.said.read_text("utf-8", "replace") if self.said is not None and self.said.exists() else ""


def _list_group(group: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                state, _, leader = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
                if int(leader) == group and state not in "ZX":
                    found.append(int(folder.name))
    return found


def gone_within(started: Started, seconds: float) -> bool:
    """Wait until nothing of a group is alive; tell whether that came about."""
    end = time.monotonic() + seconds
    while started.group():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def start(order: Order) -> Started:
    """Start a build."""
    process = _context.Process(target=_run, args=(order,), daemon=False)
    process.start()
    return Started(process, order.said)


def run(order: Order) -> tuple[int, str]:
    """Run a build to its end; give its exit code and what it printed."""
    started = start(order)
    return started.wait(), started.text()


def count_touches(order: Order) -> int:
    """Count how often a build touches the disk; it is run to its end."""
    reading, writing = _context.Pipe(duplex=False)
    process = _context.Process(target=_run, args=(order, writing))
    process.start()
    writing.close()
    process.join(PATIENCE)
    return int(reading.recv()) if reading.poll() else 0


def _run(order: Order, writing: Any = None) -> None:
    os.setsid()
    if order.said is not None:
        output = os.open(order.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    else:
        reading, output = os.pipe()
        os.close(reading)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    os.chdir(order.root)
    os.environ.update({"LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", **order.environment})
    for name in ("GIT_DIR", "PYTEST_CURRENT_TEST"):
        os.environ.pop(name, None)
    if order.user is not None:
        os.setgroups([])
        os.setgid(order.user)
        os.setuid(order.user)
    for one, most in order.limits:
        here = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()
        limit = here + most if one == resource.RLIMIT_AS else most
        resource.setrlimit(one, (limit, limit))
    count = _watch(order.at, order.then)
    try:
        _start_command(order)
    finally:
        if writing is not None:
            writing.send(count[0])


def _start_command(order: Order) -> None:
    command, *arguments = order.arguments
    if command == "mkdocs":
        from mkdocs.__main__ import cli  # noqa: PLC0415 - loaded already, in the child

        cli(arguments, prog_name="mkdocs")
    from generator.cli import main  # noqa: PLC0415

    main(list(order.arguments), prog_name="factsheet")


def _watch(at: int, then: int) -> list[int]:
    """Count the touches of this process and its children; at one of them be killed, or be refused."""
    count = [0]
    here = f"{Path.cwd()}/"

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            writes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if not writes or not isinstance(arguments[0], str) or not arguments[0].startswith(here):
                return
        elif event not in _TOUCHES:
            return
        count[0] += 1
        if count[0] == at:
            if not then:
                os.killpg(0, signal.SIGKILL)
            path = arguments[0] if arguments and isinstance(arguments[0], str) else None
            raise OSError(then, os.strerror(then), path)

    sys.addaudithook(hook)
    return count


REFUSALS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
