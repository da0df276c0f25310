"""Engines as processes of their own: started, waited for, and read."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Engine = Literal["drawn", "guided"]

TESTS = Path(__file__).parents[2]
_GRACE = 120  # seconds for importing, and for the last input
_TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_EDGES = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True, slots=True)
class Run:
    """What an engine did.

    Attributes:
        tried: how many inputs.
        seconds: how long it took.
        edges: how many branches were taken, where the engine counts them; else 0.
        problem: why it ended before its time; empty where it did not.
    """

    tried: int
    seconds: float
    edges: int = 0
    problem: str = ""


def has_guided() -> bool:
    """Tell whether atheris is there; it is not on every platform."""
    return find_spec("atheris") is not None


def run(engine: Engine, name: str, seconds: float, seed: int, folders: tuple[Path, Path]) -> Run:
    """Run an engine on a target until its time is over.

    Args:
        engine: which one.
        name: the target.
        seconds: for how long.
        seed: what is drawn from.
        folders: for failures, and for the corpus.
    """
    failed, corpus = folders
    failed.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "hostile.fuzz", engine, name, f"--seconds={seconds}", f"--seed={seed}", f"--folder={failed}", f"--corpus={corpus}",
    ]  # fmt: skip
    begun = time.monotonic()
    log = failed / f"{engine}.log"
    with log.open("w", encoding="utf-8") as written:
        try:
            done = subprocess.run(
                command, cwd=TESTS.parent, env=_environment(), stdout=written, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                timeout=seconds + _GRACE, check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            done = None
    said = log.read_text("utf-8", "replace")
    problem = (
        ""
        if done == 0
        else f"the process did not end: {log}"
        if done is None
        else f"the process ended with {done}: {said[-300:]}"
    )
    return Run(_count(engine, said), time.monotonic() - begun, max(map(int, _EDGES.findall(said)), default=0), problem)


def _environment() -> Mapping[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _count(engine: Engine, said: str) -> int:
    if engine == "guided":
        return max(
            map(int, _TRIED.findall(said)),
            default=max(map(int, re.findall(r"^#(\d+)\b", said, re.MULTILINE)), default=0),
        )
    try:
        return int(json.loads(said.strip().splitlines()[-1])["tried"])
    except (ValueError, LookupError, TypeError):
        return 0


def cpu_minutes() -> float:
    """Give how many minutes of processor the processes have used that have ended by now."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) / 60
