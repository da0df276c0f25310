"""Runs a command in a process that may use so much time and memory and no more, and tells what it used.

`python -P contained.py REPORT SECONDS MEGABYTES USER MODULE ARGUMENTS...` limits itself and becomes the module; the
limits are the operating system's, so that they hold for C code and for every process that it starts.
"""

from __future__ import annotations

import json
import os
import re
import resource
import runpy
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[3]
NOBODY = 65534
_DAY = "1940976000"  # 5 July 2031: the records of the sample, which has templates, are from the future
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a contained command ended.

    Attributes:
        code: its exit code; negative where a signal ended it, None where it had to be stopped.
        out: what it printed.
        err: what it complained of.
        seconds: of processor time, its children's included.
        megabytes: the most memory that it held at once.
    """

    code: int | None
    out: str
    err: str
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def odd(self) -> str:
        """What no command may do, whatever it is given; empty where it did none of that."""
        if self.code is None:
            return "it did not end"
        if self.code not in (0, 1, 2):
            return f"it ended with {self.code}: {self.err[-300:]}"
        if "Traceback (most recent call last)" in self.err + self.out:
            return f"a traceback: {self.err[-300:]}"
        if steering := re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", self.out + self.err):
            return f"it printed {steering[0]!r} as it stood"
        return ""


def run(
    module: str, *arguments: str, folder: Path, seconds: int = 60, megabytes: int = 3000, nobody: bool = False
) -> Ended:
    """Run a Python module in bounds.

    Args:
        module: as for `python -m`.
        arguments: those of the module.
        folder: the folder it works in.
        seconds: of processor time for each process, and three times that by the clock.
        megabytes: of address space for each process.
        nobody: whether it gives up the right of root to read every file.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "SOURCE_DATE"))}
    environment |= {"PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    if (folder / "templates").is_dir():
        environment |= {"SOURCE_DATE_EPOCH": _DAY}
    with tempfile.TemporaryDirectory() as place:
        report = Path(place, "report")
        Path(place).chmod(0o777)
        command = [sys.executable, "-P", __file__, str(report), str(seconds), str(megabytes)]
        command += ["nobody" if nobody else "same", module, *arguments]
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=seconds * 3, check=False
            )
        except subprocess.TimeoutExpired as late:
            return Ended(None, _text(late.stdout), _text(late.stderr))
        used = json.loads(report.read_text("utf-8")) if report.exists() else {"seconds": 0.0, "megabytes": 0.0}
    return Ended(done.returncode, _text(done.stdout), _text(done.stderr), **used)


def _text(printed: bytes | None) -> str:
    return (printed or b"").decode("utf-8", "backslashreplace")


def _become(report: str, seconds: str, megabytes: str, user: str, module: str, *arguments: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = [module, *arguments]
    if user == "nobody" and os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        peak = _PEAK.search(Path("/proc/self/status").read_text("ascii"))
        told = {
            "seconds": sum(one.ru_utime + one.ru_stime for one in used),
            "megabytes": int(peak[1]) / 1000 if peak else used[0].ru_maxrss / 1000,
        }
        Path(report).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    _become(*sys.argv[1:])
