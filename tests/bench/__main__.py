"""Measures the generator on made-up corpora, beside Hugo, Pagefind, MkDocs and Material: `make bench`.

Whole processes, one at a time, ours and theirs by turns, in a git repository as at a real desk. Material and MkDocs are
left out beyond 10,000 records, and build those once: they are too slow to be asked three times.
Everything is installed before; nothing here needs the network. All that is written goes below `build/bench/`, but for
the results of a full run.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pagefind_bin import get_executable  # type: ignore[import-untyped]

from bench.cases import find_all, list_missed
from bench.corpus import PROJECT, Corpus, write_corpus
from bench.machine import describe_machine, make_environment, read_load
from bench.plot import write_plot
from bench.reports import Results, write_json, write_markdown
from bench.rivals import Rivals, find_hugo
from bench.rounds import Bench, run_round
from bench.runs import Run, RunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.cases import Case

SIZES = (1_000, 10_000, 30_000)
QUICK_SIZES = (1_000,)
_WARM_UP = 100  # records
_IDENTITY = ("-c", "user.name=Bench", "-c", "user.email=bench@desk.example")


@click.command()
@click.option(
    "--records", type=click.IntRange(min=60), multiple=True, help="A size; again for more. [1000 10000 30000]"
)
@click.option("--quick", is_flag=True, help="1,000 records only, and the results stay in build/bench/results/.")
@click.option("--runs", "rounds", type=click.IntRange(min=1), default=3, show_default=True, help="Rounds at each size.")
@click.option("--rivals/--no-rivals", default=True, help="Whether the others are measured too.")
@click.option("--strict", is_flag=True, help="Exit 1 if a target is missed.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the work is done. [build/bench]")
@click.option("--results", type=click.Path(path_type=Path), help="Where results go. [tests/bench/results]")
def main(
    records: tuple[int, ...],
    rounds: int,
    folder: Path | None,
    results: Path | None,
    *,
    quick: bool,
    rivals: bool,
    strict: bool,
) -> None:
    """Measure check, builds and edits on made-up corpora, and print the ratios to others beside their targets."""
    folder = (folder or PROJECT / "build" / "bench").resolve()
    target = results or (folder if quick else PROJECT / "tests" / "bench") / "results"
    try:
        done = _measure(folder, records or (QUICK_SIZES if quick else SIZES), rounds, target, rivals=rivals)
    except (RunError, FileNotFoundError) as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(2) from error
    click.echo(write_markdown(done))
    missed = list_missed(find_all(done.sizes))
    if strict and missed:
        click.echo(f"Missed: {'; '.join(finding.what for finding in missed)}", err=True)
        raise click.exceptions.Exit(1)


def _measure(folder: Path, sizes: Sequence[int], rounds: int, target: Path, *, rivals: bool) -> Results:
    """Measure all sizes, and write the results after each of them."""
    environment = make_environment(folder)
    others = folder / "venv" if rivals else None
    if others:
        find_hugo(others)
    _warm_up(folder, environment)
    done = Results(describe_machine(others), {}, {}, {})
    for records in sizes:
        load = read_load()
        work = folder / str(records)
        shutil.rmtree(work, ignore_errors=True)
        corpus = _write_corpus(work / "ours", records, environment)
        against = Rivals(work, others, get_executable()) if others else None
        runs = _run_rounds(Bench(PROJECT, corpus, records, against, environment), rounds)
        shutil.rmtree(work)
        done = Results(
            done.machine,
            {**done.sizes, records: runs},
            {**done.counts, records: corpus.counts},
            {**done.load, records: load},
        )
        _write_results(done, target)
    return done


def _run_rounds(bench: Bench, rounds: int) -> Mapping[Case, Sequence[Run]]:
    runs: defaultdict[Case, list[Run]] = defaultdict(list)
    for number in range(rounds):
        for case, run in run_round(bench, first=number == 0):
            runs[case].append(run)
            told = f"{run.seconds:.2f} s, {run.cpu:.2f} s of processors, {run.peak / 1e6:,.0f} MB"
            click.echo(f"{bench.records:,} records, round {number + 1}, {case}: {told}", err=True)
    return runs


def _write_corpus(root: Path, records: int, environment: Mapping[str, str]) -> Corpus:
    """Write a corpus and commit it: the day of a build is that of the last commit, as at a real desk."""
    corpus = write_corpus(root, records)
    (root / ".gitignore").write_text("build/\nsite/\n", "utf-8")
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "All")):
        subprocess.run(["git", *_IDENTITY, *command], cwd=root, env=environment, check=True)
    return corpus


def _warm_up(folder: Path, environment: Mapping[str, str]) -> None:
    """Build once what is not counted: Python's bytecode is made, and the disk has been read."""
    work = folder / "warm-up"
    shutil.rmtree(work, ignore_errors=True)
    Bench(PROJECT, _write_corpus(work, _WARM_UP, environment), _WARM_UP, None, environment).build()
    shutil.rmtree(work)


def _write_results(results: Results, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(write_json(results), "utf-8")
    (folder / "results.md").write_text(write_markdown(results), "utf-8")
    (folder / "seconds.svg").write_text(write_plot(results.sizes), "utf-8")


if __name__ == "__main__":
    main(prog_name="bench")
