"""Two at once: one works, the other says so and changes nothing."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from generator.write import is_held
from hostile.faults.starting import start
from hostile.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile.faults.projects import Ring, Site
    from hostile.faults.starting import Started
    from hostile.outcome import Scale

_PAIRS = (
    (("build",), ("build",)),
    (("mkdocs", "build", "--quiet"), ("build",)),
    (("build",), ("mkdocs", "build")),
    (("build",), ("check",)),
    (("check",), ("build",)),
    (("build", "--no-search"), ("build", "--no-search")),
)
_BUSY = "Another build of this folder is running (process "
_ADVICE = "Wait until it is done, or stop it; nothing was changed."


def attack(scale: Scale, _folder: Path, ring: Ring) -> Iterator[Outcome]:
    """Start builds beside each other."""
    yield _build_twice(ring.lend(), ring, scale)
    yield _preview_twice(ring.lend(), ring)


def _build_twice(site: Site, ring: Ring, scale: Scale) -> Outcome:
    random = Random(scale.seed)  # noqa: S311 - not for secrets
    failures, refused, held = [], 0, False
    number = scale.pick(1, 18)
    for turn in range(number):
        pair = _PAIRS[turn % len(_PAIRS)]
        version = ring.versions[(turn + 1) % 2]
        site.write(version.typed)
        signed = site.sign_typed()
        both = []
        for place, arguments in enumerate(pair):
            both.append(start(site.order(*arguments, said=site.root.with_name(f"said-{place}"))))
            if not place and not turn % 2:
                held = _halt(both[0], site.root / "build")  # so that the second one comes to it for sure
            elif not place:
                time.sleep(random.choice((0.0, random.uniform(0.0, 0.6))))
        if not turn % 2:
            both[1].wait()
            with suppress(ProcessLookupError):
                os.killpg(both[0].number, signal.SIGCONT)
        codes = [one.wait() for one in both]
        label = " and ".join(map(" ".join, pair))
        wrong = _judge(pair, codes, [one.text() for one in both])
        if not turn % 2 and not wrong:
            wrong = "" if held and codes == [0, 0 if pair[1] == ("check",) else 2] else f"not held: exit codes {codes}"
        refused += 2 in codes
        if not wrong and site.sign_typed() != signed:
            wrong = "content/ was written"
        wrong = wrong or site.heal(version)
        failures += [f"{turn}, {label}: {wrong}"] if wrong else []
    what = "commands started beside each other; not refused in plain words, or a site that differs"
    return Outcome(what, number, tuple(failures), f"{refused} refused")


def _halt(started: Started, folder: Path) -> bool:
    """Halt a build as soon as it holds its folder; tell whether it did."""
    while started.process.is_alive():
        if is_held(folder):
            with suppress(ProcessLookupError):
                os.killpg(started.number, signal.SIGSTOP)
            return is_held(folder)
    return False


def _judge(pair: tuple[tuple[str, ...], ...], codes: list[int], said: list[str]) -> str:
    for arguments, code, text in zip(pair, codes, said, strict=True):
        if "Traceback" in text:
            return f"a traceback: {text[-300:]}"
        if code not in (0, 2) or (arguments == ("check",) and code):
            return f"exit code {code} of {arguments}: {text[-300:]}"
        if code == 2 and not (_BUSY in text and _ADVICE in text):
            return f"not told who is busy: {text[-300:]}"
    return "both were refused" if codes == [2, 2] else ""


def _preview_twice(site: Site, ring: Ring) -> Outcome:
    what = "a second preview, and a build beside a preview; not refused, or refused"
    version = ring.versions[1]
    site.write(version.typed)
    ports = [_find_port() for _ in range(2)]
    first = start(site.order("serve", "--port", str(ports[0]), said=site.root.with_name("first")))
    failures = []
    try:
        if not _waits_for(first, "Serving on"):
            failures.append(f"the first preview does not start: {first.text()[-300:]}")
        code = site.build("serve", "--port", str(ports[1]))
        said = site.said
        if code != 2 or "Another preview of this folder is running (process " not in said or "Traceback" in said:
            failures.append(f"the second preview exits {code}: {said[-300:]}")
        wrong = site.heal(version)
        failures += [f"a build beside a preview: {wrong}"] if wrong else []
    finally:
        with suppress(ProcessLookupError):
            os.kill(first.number, signal.SIGTERM)
    code = first.wait()
    if code != 128 + signal.SIGTERM or "Traceback" in first.text():
        failures.append(f"the preview ends with {code}: {first.text()[-300:]}")
    return Outcome(what, 2, tuple(failures))


def _waits_for(started: Started, words: str) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end and started.process.is_alive():
        if words in started.text():
            return True
        time.sleep(0.05)
    return words in started.text()


def _find_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
