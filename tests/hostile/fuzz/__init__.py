"""Fuzzing: six targets, each by two engines, from real inputs and from what was found before.

Each target is one function of bytes (`on_NAME.target`) that breaks off where a law is broken. hypothesis draws structured
inputs for a third of the time, atheris mutates bytes by the branches that they take for the rest. What breaks a law is made
smaller and told; kept in `tests/hostile/findings/`, it is tried again by every `make test`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import TYPE_CHECKING

from hostile.fuzz.engine import draw
from hostile.fuzz.findings import Collector, attempt, list_findings, shrink
from hostile.fuzz.patterns import find_patterns
from hostile.fuzz.pumping import find_slow
from hostile.fuzz.registry import TARGETS, load
from hostile.fuzz.running import has_guided, run
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hostile.outcome import Scale

__all__ = ["TARGETS", "attack", "replay", "try_expressions", "try_few"]

_AT_ONCE = 2
_SHARE = 1 / 3  # of the time is for drawn inputs
_FEW, _REAL = 120, 30
_SHORT_TEXT, _LONG_TEXT = 256, 4_096  # characters
_MOST_SECONDS = 0.025  # of processor


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Try what was found before, then fuzz each target for `scale.minutes`, two at a time."""
    for name in TARGETS:
        yield replay(name)
    yield try_expressions(scale)
    if not scale.whole:
        yield from (try_few(name, scale.seed, folder, _FEW) for name in TARGETS)
        return
    if not has_guided():
        tell("atheris is not here: hypothesis has all of the time")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(lambda name: _fuzz(name, scale, folder, tell), TARGETS)


def replay(name: str) -> Outcome:
    """Try the inputs that broke a law of a target once."""
    target = load(name)
    found = list_findings(name)
    failed = [(path, failure) for path in found if (failure := attempt(target.run, path.read_bytes())) is not None]
    told = tuple(f"{path.name}: {failure.told.strip().splitlines()[-1][:300]}" for path, failure in failed)
    return Outcome(
        f"inputs that broke a law of {name} once", len(found), told, skipped="" if found else "none was found"
    )


def try_expressions(scale: Scale) -> Outcome:
    """Give each regular expression the texts on which it would go back and forth."""
    found = find_patterns()
    longest = scale.pick(_SHORT_TEXT, _LONG_TEXT)
    slow = [
        f"{one.place}: {one.seconds:.3f} s for {one.length:,} characters, {one.attack!r} in {one.text[:80]!r}"
        for one in find_slow(found.patterns, longest, _MOST_SECONDS)
    ]
    unknown = [f"{place}: an expression is made here that nobody has listed" for place in found.unknown]
    what = f"regular expressions; one that takes more than {_MOST_SECONDS} s for some text of {longest:,} characters"
    return Outcome(what, len(found.patterns), (*slow, *unknown))


def try_few(name: str, seed: int, folder: Path, examples: int) -> Outcome:
    """Try some real and some drawn inputs on a target, here and now."""
    target, failed = load(name), Collector(folder / name)
    real = [*target.seeds()]
    real = Random(seed).sample(real, min(len(real), _REAL))  # noqa: S311 - to choose, not to hide
    for data in real:
        failure = attempt(target.run, data)
        if failure is not None:
            failed.keep(failure, data)
    tried = draw(target, failed, seed, examples=examples)
    return Outcome(f"real and drawn inputs for {name}", len(real) + tried, _tell_failures(folder / name))


def _fuzz(name: str, scale: Scale, folder: Path, tell: Callable[[str], None]) -> Outcome:
    seconds = scale.minutes * 60
    failed, corpus = folder / name, folder.parent / "corpus" / name
    guided = has_guided()
    drawn = run("drawn", name, seconds * (_SHARE if guided else 1), scale.seed, (failed, corpus))
    runs = [drawn]
    note = f"{drawn.tried:,} drawn in {drawn.seconds:.0f} s"
    if guided:
        mutated = run("guided", name, seconds * (1 - _SHARE), scale.seed, (failed, corpus))
        runs.append(mutated)
        note += f", {mutated.tried:,} mutated in {mutated.seconds:.0f} s, {mutated.edges:,} branches"
    target = load(name)
    for path in sorted(failed.glob("*.input")):
        failure = attempt(target.run, path.read_bytes())
        if failure is not None:
            path.write_bytes(shrink(target.run, path.read_bytes(), failure.mark))
    told = _tell_failures(failed) + tuple(one.problem for one in runs if one.problem)
    tell(f"{name}: {note}, {len(told)} failures")
    return Outcome(f"inputs for {name}", sum(one.tried for one in runs), told, note)


def _tell_failures(folder: Path) -> tuple[str, ...]:
    stopped = [f"{path}: the process was stopped" for path in sorted(folder.glob("stopped-*"))]
    found = [f"{path}: {path.read_text('utf-8').splitlines()[0]}" for path in sorted(folder.glob("*.txt"))]
    return (*found, *stopped)
