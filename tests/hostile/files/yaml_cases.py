"""The public collections of YAML, read by every reader and put in the place of every kind of file."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hostile.files.contained import run
from hostile.files.sites import lay_out
from hostile.files.suite import agrees, read_departures, read_others, read_plainly, read_suite, without_blanks
from hostile.outcome import Outcome, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hostile.files.suite import Case

MOST_MEGABYTES = 400
SINGLE = ("content/settings.yml", "content/vocabulary.yml", "content/corrections.yml", "mkdocs.yml")
MANY = ("content/claims/{}.yml", "content/sources/{}.yml", "content/sources/{}.md", "content/pages/{}.md")


def attack(scale: Scale, folder: Path, tell: Callable[[str], None]) -> Iterator[Outcome]:
    """Read all cases, and check, build and compare sites that hold them."""
    cases = (*read_suite(), *read_others())
    chance = random.Random(scale.seed)  # noqa: S311 - which are tried
    tell(f"{len(cases)} cases of YAML by every reader")
    yield from _read_all(cases, folder)
    tell("cases of YAML as every kind of file")
    yield _place_many(cases if scale.whole else chance.sample(cases, 100), folder / "many")
    yield _place_single(cases if scale.whole else chance.sample(cases, 8), folder / "single")


def _name(number: int) -> str:
    return f"case-{number}"


def _read_all(cases: Sequence[Case], folder: Path) -> Iterator[Outcome]:
    jobs, results = folder / "jobs", folder / "results"
    jobs.write_text("".join(json.dumps([one.name, b64encode(one.data).decode()]) + "\n" for one in cases), "utf-8")
    ended = run("hostile.files.reading", str(jobs), str(results), folder=folder, seconds=120)
    lines = results.read_text("utf-8").splitlines() if results.exists() else []
    answers = [line.partition("\t")[2] for line in lines]
    failures = [f"{cases[len(lines) - 1].name}: the process ended there ({ended.odd})"] if ended.code != 0 else []
    if ended.megabytes > MOST_MEGABYTES:
        failures.append(f"{ended.megabytes:.0f} MB")
    read: list[dict[str, Any]] = [json.loads(answer) for answer in answers if answer]
    pairs = list(zip(cases, read, strict=False))
    for case, answer in pairs:
        failures += [f"{case.name}, {reader}: {said}" for reader, said in answer.items() if isinstance(said, str)]
    count = sum(len(answer) for answer in read)
    note = f"{ended.megabytes:.0f} MB at the peak, {ended.seconds:.0f} s"
    yield Outcome(
        "cases of YAML, each by a reader; a traceback, a hang, two readings that differ", count, tuple(failures), note
    )
    odd = [f"{case.name}: {said}" for case, answer in pairs if (said := _judge(case, *answer["a file of records"]))]
    sound = sum(answer["a file of records"][1] == [] for answer in read)
    note = f"{sound} are read, {len(read) - sound} refused with a code"
    yield Outcome(
        "cases of YAML against what the collection says of them; another reading", len(pairs), tuple(odd), note
    )


def _judge(case: Case, found: Any, codes: list[str]) -> str:
    """Say how what was read differs from what the collection says, our strict subset being what it is."""
    refused, read, otherwise = read_departures()
    if case.fails is None:
        return _judge_by_pyyaml(case, found, codes)
    if case.name in refused:
        return "" if refused[case.name] in codes else f"refused as {codes}, expected {refused[case.name]}"
    if case.fails:
        return "" if codes or case.name in read else "it is not refused"
    if case.codes:
        return "" if case.codes & {*codes} else f"refused as {codes}, expected one of {sorted(case.codes)}"
    if codes:
        return f"refused as {codes}"
    if case.name in otherwise:
        return ""
    if found != case.means:
        return f"read as {found!r}, and it means {case.means!r}"
    return (
        "" if case.json is None or agrees(found, json.loads(case.json)) else f"read as {found!r}, and not {case.json}"
    )


def _judge_by_pyyaml(case: Case, found: Any, codes: list[str]) -> str:
    if codes:
        return ""
    try:
        meant = read_plainly(case.data)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        return f"read as {found!r}, and PyYAML refuses it: {type(error).__name__}"
    return "" if without_blanks(found) == meant else f"read as {found!r}, and PyYAML reads {meant!r}"


def _place_many(cases: Sequence[Case], folder: Path) -> Outcome:
    """Put each case among the records of a site, as each kind of file: each is told, and nothing else is."""
    site = lay_out(folder)
    placed = [pattern.format(_name(number)) for pattern in MANY for number in range(len(cases))]
    for pattern in MANY:
        for number, case in enumerate(cases):
            data = case.data
            if pattern.endswith(".md"):
                data = b"---\n" + data + (b"" if data.endswith(b"\n") else b"\n") + b"---\nThe text.\n"
            path = site / pattern.format(_name(number))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    failures = []
    said = run("generator", "check", "--root", ".", "--format", "json", folder=site)
    told = {one["path"] for one in json.loads(said.out)} if said.code == 1 and not said.odd else set()
    failures += [f"check: {said.odd}"] * bool(said.odd)
    failures += [
        f"{path}: nothing is said of it ({cases[int(Path(path).stem[5:])].name})" for path in placed if path not in told
    ]
    failures += [f"{path}: it is blamed" for path in told - {*placed}]
    for command in (
        ("build",),
        ("fmt", "--check"),
        ("rename", "bridge", "b"),
        ("desk",),
        ("texts",),
        ("check", "--all"),
    ):
        ended = run("generator", *command, "--root", ".", folder=site)
        if ended.odd or ended.code == 0:
            failures.append(f"{command[0]}: {ended.odd or 'it ended as if all were well'}")
    return Outcome(
        "cases as claims, sources, front matter, pages; one of which nothing is said", len(placed), tuple(failures)
    )


def _place_single(cases: Sequence[Case], folder: Path) -> Outcome:
    """Put each case in the place of settings, vocabulary, corrections, MkDocs' settings and a mapping file."""
    site = lay_out(folder)
    jobs = folder.with_suffix(".jobs")
    jobs.write_text("".join(json.dumps([one.name, b64encode(one.data).decode()]) + "\n" for one in cases), "utf-8")
    results = folder.with_suffix(".results")
    ended = run("hostile.files.placing", str(site), str(jobs), str(results), folder=folder, seconds=200)
    lines = results.read_text("utf-8").splitlines() if results.exists() else []
    failures = [f"the process ended at {lines[-1:]}: {ended.odd}"] if ended.code != 0 else []
    answers = [line.partition("\t") for line in lines]
    failures += [f"{name}: {said}" for name, _, told in answers if told for said in json.loads(told)]
    note = f"{ended.megabytes:.0f} MB at the peak"
    tried = sum(bool(told) for _, _, told in answers) * (len(SINGLE) + 1)
    return Outcome(
        "cases as settings, vocabulary, corrections, mkdocs.yml, mapping; no plain refusal",
        tried,
        tuple(failures),
        note,
    )
