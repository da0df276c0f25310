"""One engine at work on one target, in a process of its own: `python -m hostile.fuzz drawn|guided TARGET ...`.

`drawn` asks hypothesis for structured inputs from a fixed seed. `guided` lets atheris (libFuzzer) mutate bytes by the branches
that they take; it never returns, so it has a process to itself. A failure is kept, and the search goes on.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hostile.fuzz.findings import Collector, attempt
from hostile.fuzz.registry import TARGETS, Target, list_inside, load

if TYPE_CHECKING:
    from collections.abc import Callable

_BATCH = 300  # examples: hypothesis begins anew with another seed after so many
_INPUT_SECONDS = 60  # by the clock, of a machine that may be busy
_MEMORY = 1_500  # MB


class _FailedError(Exception):
    """Tells hypothesis that an input failed, so that it looks for a smaller one."""


def draw(target: Target, failed: Collector, seed: int, *, seconds: float = 0, examples: int = 0) -> int:
    """Try inputs that hypothesis draws; return how many were tried.

    Args:
        target: what is fuzzed.
        failed: takes those that fail.
        seed: what they are drawn from.
        seconds: for how long; 0 where `examples` says how many.
        examples: how many.
    """
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415 - not for the other engine
    from hypothesis import seed as seeded  # noqa: PLC0415

    known: set[str] = set()
    tried, batch, end = 0, 0, time.monotonic() + seconds
    while (tried < examples) if examples else (time.monotonic() < end):
        looking: list[str] = []

        @seeded(seed * 10_000 + batch)
        @settings(
            max_examples=min(_BATCH, examples or _BATCH), deadline=None, database=None, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink), derandomize=False,
        )  # fmt: skip
        @given(target.strategy())
        def run(data: bytes) -> None:
            nonlocal tried
            if seconds and time.monotonic() > end:
                return
            tried += 1
            failure = attempt(target.run, data)
            if failure is None or failure.mark in known:
                return
            failed.keep(failure, data)
            looking.append(failure.mark)  # noqa: B023 - this batch's
            raise _FailedError(failure.mark)

        try:
            run()
        except BaseException as error:
            if not looking:
                raise error from None
            known.update(looking)
        batch += 1
    return tried


def guide(name: str, load_target: Callable[[], Target], failed: Collector, arguments: list[str]) -> None:
    """Let atheris mutate inputs; this does not return.

    Args:
        name: of the target.
        load_target: imports the target, which is done under instrumentation.
        failed: takes the inputs that fail.
        arguments: for libFuzzer.
    """
    import atheris  # noqa: PLC0415 - it is not there on every platform

    with atheris.instrument_imports(include=list_inside(name), enable_loader_override=False):
        target = load_target()

    def run(data: bytes) -> None:
        failure = attempt(target.run, data)
        if failure is not None:
            failed.keep(failure, data)

    atheris.Setup([sys.argv[0], *arguments], run)
    atheris.Fuzz()


def write_corpus(target: Target, folder: Path, findings: list[Path]) -> None:
    """Put real inputs and earlier findings where mutation starts from."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate((*target.seeds(), *(path.read_bytes() for path in findings))):
        (folder / f"seed-{number:04}").write_bytes(data[: target.max_len])


def write_dictionary(target: Target, path: Path) -> None:
    """Write the pieces that mean something in the form that libFuzzer reads: bytes as escapes, a word a line."""
    words = dict.fromkeys(word for word in target.words if word)
    path.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words), "ascii")


@click.command()
@click.argument("engine", type=click.Choice(["drawn", "guided"]))
@click.argument("name", type=click.Choice(TARGETS))
@click.option("--seconds", type=float, required=True)
@click.option("--seed", type=int, required=True)
@click.option("--folder", type=click.Path(path_type=Path), required=True, help="Failures go there.")
@click.option("--corpus", type=click.Path(path_type=Path), help="Inputs that took new branches stay there.")
def main(engine: str, name: str, *, seconds: float, seed: int, folder: Path, corpus: Path | None) -> None:
    """Run one engine on one target."""
    failed = Collector(folder)
    if engine == "drawn":
        tried = draw(load(name), failed, seed, seconds=seconds)
        click.echo(json.dumps({"tried": tried}))
        return
    arguments = [
        f"-max_total_time={max(1, int(seconds))}", f"-seed={seed % 2**31 or 1}", f"-timeout={_INPUT_SECONDS}",
        f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={folder}/stopped-", f"-dict={folder}/words.dict", "-print_final_stats=1",
        "-len_control=20", "-reload=0", f"-report_slow_units={_INPUT_SECONDS}",
    ]  # fmt: skip

    def load_target() -> Target:
        from hostile.fuzz.findings import list_findings  # noqa: PLC0415

        target = load(name)
        write_dictionary(target, folder / "words.dict")
        if corpus is not None:
            write_corpus(target, corpus, list_findings(name))
        arguments.append(f"-max_len={target.max_len}")
        return target

    if corpus is not None:
        arguments.append(str(corpus))
    guide(name, load_target, failed, arguments)
