"""Machines on which the same site is built, each as data: what is different there, and what a build there would see of that."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "HOME": "/", "USER": "editor", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and how a site is built.

    Args:
        name: what is different from the first machine, in words.
        seen: what of `launch.py`'s answers has to differ from those of the first machine; otherwise nothing was tried.
        folder: the path of the project, below a folder for all of them.
        in_memory: whether that lies in a file system in memory, which lists files in another order than a disk.
        backwards: whether files are laid out in the opposite order.
        shuffled: what the order is drawn from in which Python is told what a folder holds; 0 leaves it as the system has it.
        times: what the times of all files are drawn from; None leaves them as they come.
        program: whether the program lies beside the project, in a copy.
        environment: variables that are set, or with None taken away.
        umask: which rights new files do not get.
        cores: how many processors the system tells of.
        user: the number of the user, in a name space of its own; None for whoever runs this.
        terminal: whether it is run in a terminal.
        python: options of Python.
        command: the module that is run, and its arguments.
        history: how the project came there: copied, as a `clone` of a repository with the day of its last commit, a
            `crlf` clone by somebody whose git writes Windows line ends, or `edited`: it was another site before.
    """

    name: str
    seen: tuple[str, ...] = ()
    folder: str = "a"
    in_memory: bool = False
    backwards: bool = False
    shuffled: int = 0
    times: int | None = None
    program: bool = False
    environment: Mapping[str, str | None] = field(default_factory=dict)
    umask: int = 0o022
    cores: int = 1
    user: int | None = None
    terminal: bool = False
    python: tuple[str, ...] = ()
    command: tuple[str, ...] = ("generator", "build")
    history: str = "copied"


FIRST = Machine("the first machine")
_LONG = "a folder, with spaces & signs/інша тека/" + "long " * 20
_ASCII: dict[str, str | None] = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def _zone(name: str, rule: str) -> Machine:
    return Machine(f"the time zone {name}", ("zone",), environment={"TZ": rule})


def _speak(name: str) -> Machine:
    """A machine in another language; the locale is made on the spot, as few systems have it."""
    return Machine(f"the locale {name}", ("locale",), environment={"LC_ALL": name, "PYTHONUTF8": "0"})


TURKISH, UKRAINIAN = _speak("tr_TR.UTF-8"), _speak("uk_UA.KOI8-U")

ALONE = (
    Machine("nothing, once more"),
    Machine("the path, long and not in ASCII", ("path",), folder=_LONG),
    Machine("the path of the program", ("program",), program=True),
    Machine("the user", ("user", "name"), user=65534, environment={"USER": "nobody", "LOGNAME": "nobody"}),
    Machine("another home", ("home",), environment={"HOME": "/nonexistent"}),
    Machine("no home and no user name", ("home", "name"), environment={"HOME": None, "USER": None}),
    Machine("the locale C, in ASCII", ("locale",), environment=_ASCII),
    Machine("the locale POSIX in a folder that ASCII cannot name", ("locale", "path"), folder=_LONG,
            environment=_ASCII | {"LC_ALL": "POSIX"}),
    TURKISH,
    UKRAINIAN,
    _zone("Kiritimati, a day ahead", "<+14>-14"),
    _zone("Baker Island, a day behind", "<-12>12"),
    _zone("St John's, with summer time", "NST3:30NDT,M3.2.0,M11.1.0"),
    Machine("the seed of hashes", ("hash",), environment={"PYTHONHASHSEED": "4242"}),
    Machine("a random seed of hashes", ("hash",), environment={"PYTHONHASHSEED": "random"}),
    Machine("the umask 077", ("umask",), umask=0o077),
    Machine("the umask 000", ("umask",), umask=0),
    Machine("files laid out backwards, in memory", ("disk", "order"), in_memory=True, backwards=True),
    Machine("files laid out forwards, in memory", ("disk",), in_memory=True),
    Machine("folders listed in an order at random", ("order",), shuffled=5),
    Machine("file times at random", ("times",), times=7),
    Machine("2 cores", ("cores",), cores=2),
    Machine("4 cores", ("cores",), cores=4),
    Machine("a terminal", ("terminal",), terminal=True, environment={"NO_COLOR": None, "TERM": "xterm-256color"}),
    Machine("Python without assertions", ("optimised",), environment={"PYTHONOPTIMIZE": "1"}),
    Machine("Python's development mode", ("development",), python=("-X", "dev")),
    Machine("mkdocs build", command=("mkdocs", "build")),
    Machine("a clone, on the day of its commit", ("repository",), history="clone"),
    Machine("a clone with Windows line ends asked for", ("repository",), history="crlf"),
    Machine("a site that was another one before", history="edited"),
)  # fmt: skip

TOGETHER = Machine(
    "all of it at once",
    (
        *(
            "path",
            "program",
            "disk",
            "order",
            "times",
            "user",
            "name",
            "home",
            "locale",
            "zone",
            "hash",
            "umask",
            "cores",
        ),
        *("terminal", "optimised", "development", "repository"),
    ),
    folder=_LONG,
    in_memory=True,
    backwards=True,
    shuffled=13,
    times=11,
    program=True,
    environment=_ASCII
    | {"TZ": "<+14>-14", "PYTHONHASHSEED": "random", "HOME": None, "USER": None, "NO_COLOR": None}
    | {"PYTHONOPTIMIZE": "1", "TERM": "xterm-256color"},
    umask=0o077,
    cores=3,
    user=65534,
    terminal=True,
    python=("-X", "dev"),
    command=("mkdocs", "build"),
    history="clone",
)


def as_(machine: Machine, **changes: Any) -> Machine:
    """A machine that differs from another in some fields."""
    return replace(machine, **changes)
