"""Asking git. Every call is one program with fixed arguments; no shell, no pager, no network, nothing is locked."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

PATIENCE = 60.0
"""Seconds that one call may take."""

_INHERITED = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"}
    | {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE"}
    | {"GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE"}
)
"""What a hook is given for the folder it runs in, often as relative paths: the repository is found from the folder."""

_FIXED = {
    "GIT_OPTIONAL_LOCKS": "0",  # `status` writes no index while a hook or another program holds it
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,  # no other parents than the true ones
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone asks nobody for what it lacks ...
    "GIT_ALLOW_PROTOCOL": "none",  # ... and neither does a git that is too old to know the line above
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "log.showSignature": "false",
    "safe.bareRepository": "explicit",
}
"""What the settings of a repository may not say: each could name a program, and none of those is started here."""

_FILTERS = r"^filter\..*\.(clean|smudge|process|required)$"


@dataclass(frozen=True, slots=True)
class Answer:
    """What git answered.

    Attributes:
        code: its exit code, 0 where all went well.
        out: what it printed, as bytes: names of files may be anything.
        said: what it complained of, in English.
    """

    code: int
    out: bytes
    said: str

    @property
    def line(self) -> str:
        """The first line of what it printed."""
        return self.out.decode("utf-8", "surrogateescape").partition("\n")[0].strip()


def _environment(inherited: Mapping[str, str], filters: Iterable[str] = ()) -> dict[str, str]:
    counted = inherited.get("GIT_CONFIG_COUNT", "")
    first = int(counted) if counted.isdecimal() else 0
    settings = _SETTINGS | dict.fromkeys(filters, "")
    stated = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (name, value) in enumerate(settings.items(), first):
        stated |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return {name: value for name, value in inherited.items() if name not in _INHERITED} | _FIXED | stated


def _command(root: Path, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "-C", str(root), *arguments]


def run(root: Path, *arguments: str, filters: Iterable[str] = ()) -> Answer:
    """Run a git command in a folder.

    Args:
        root: the folder.
        arguments: those of git.
        filters: settings that name programs through which files would be sent, which are to mean nothing.

    Raises:
        OSError: git is not installed.
        subprocess.TimeoutExpired: it took more than `PATIENCE`.
    """
    done = subprocess.run(  # noqa: S603 - fixed arguments
        _command(root, arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=_environment(os.environ, filters),
        timeout=PATIENCE,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def ask(root: Path, *arguments: str) -> str | None:
    """Run a git command in the project's folder and return what it printed, or None where it failed."""
    try:
        answer = run(root, *arguments)
    except (OSError, subprocess.SubprocessError):
        return None
    return None if answer.code else answer.out.decode("utf-8", "replace").strip()


def is_clean(root: Path, folder: str) -> bool:
    """Tell whether a folder is as it was committed, without starting a program that the repository names."""
    try:
        named = run(root, "config", "--null", "--name-only", "--get-regexp", _FILTERS).out.decode("utf-8", "replace")
        filters = [name for name in named.split("\0") if name]
        answer = run(root, "status", "--porcelain", "--ignore-submodules=all", "--", folder, filters=filters)
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.code == 0 and not answer.out.strip()


@contextmanager
def open_blobs(root: Path) -> Iterator[Callable[[str], bytes]]:
    """Open one `git cat-file --batch`, which gives the bytes of a blob by its name (40 or 64 hexadecimal digits).

    The bytes are those in the repository: no attribute, filter or line-end setting touches them.

    Raises:
        OSError: git is not installed; or, from the function, a blob is not in this clone or git stopped.
    """
    process = subprocess.Popen(  # noqa: S603 - fixed arguments
        _command(root, ("cat-file", "--batch")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(os.environ),
    )
    watch = Timer(PATIENCE, process.kill)
    watch.start()
    try:
        with process:
            assert process.stdin is not None  # noqa: S101 - both are pipes
            assert process.stdout is not None  # noqa: S101
            source, sink = process.stdout, process.stdin
            yield lambda blob: _read_blob(source, sink, blob)
    finally:
        watch.cancel()


def _read_blob(source: IO[bytes], sink: IO[bytes], blob: str) -> bytes:
    sink.write(f"{blob}\n".encode("ascii"))
    sink.flush()
    _, _, kind = (head := source.readline()).rstrip(b"\n").partition(b" ")
    name, _, size = kind.partition(b" ")
    if name != b"blob" or not size.isdigit():
        raise OSError(0, "it is not in this clone" if head.endswith(b" missing\n") else "git stopped")
    data = source.read(int(size) + 1)
    if len(data) != int(size) + 1:
        raise OSError(0, "git stopped")
    return data[:-1]
