"""What was measured, as Markdown for people and JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench.cases import MB, OURS, RIVALS, TARGET_SIZE, Case, find_all, find_median

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.cases import Finding, Runs
    from bench.machine import Machine
    from bench.runs import Run


@dataclass(frozen=True, slots=True)
class Results:
    """All measurements.

    Attributes:
        machine: where they were made.
        sizes: the runs by records.
        counts: how many records there are of each kind, by records.
        load: the load average of the machine before each size, by records: above zero, others were at work.
    """

    machine: Machine
    sizes: Mapping[int, Runs]
    counts: Mapping[int, Mapping[str, int]]
    load: Mapping[int, float]


def write_json(results: Results) -> str:
    """Write everything, run by run, with the findings."""
    found = find_all(results.sizes)
    whole = {
        "machine": asdict(results.machine),
        "sizes": {
            records: {
                "counts": dict(results.counts[records]),
                "load": results.load[records],
                "cases": {case: [asdict(run) for run in runs[case]] for case in Case if case in runs},
                "findings": [{**asdict(finding), "met": finding.met} for finding in found[records]],
            }
            for records, runs in results.sizes.items()
        },
    }
    return json.dumps(_shorten(whole), indent=1, ensure_ascii=False) + "\n"


def _shorten(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {str(key): _shorten(one) for key, one in value.items()}
    return [_shorten(one) for one in value] if isinstance(value, list) else value


def write_markdown(results: Results) -> str:
    """Write the tables: ratios beside their targets, all cases, phases."""
    return "\n".join(_write_lines(results)) + "\n"


def _write_lines(results: Results) -> Iterator[str]:
    machine = results.machine
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    yield "# How long it takes"
    yield ""
    yield f"Measured on {machine.day} by `make bench`: {machine.cores} cores of {machine.processor}, {machine.memory / 1e9:.0f} GB. {versions}."
    busy = ", ".join(f"{load:.1f} before {records:,} records" for records, load in results.load.items())
    yield f"Load of the machine: {busy}. Where it is much above zero, others were at work; then look at the processor time."
    yield ""
    yield "Times are those of whole processes: medians (least to most). A rival has the same pages as plain CommonMark."
    found = find_all(results.sizes)
    yield from _write_ratios(found)
    for records, runs in results.sizes.items():
        counts = ", ".join(f"{kind} {number:,}" for kind, number in results.counts[records].items())
        yield from ("", f"## {records:,} records", "", f"How many there are: {counts}.", "")
        yield from _write_cases(runs)
        yield from _write_phases(runs)


def _write_ratios(found: Mapping[int, Sequence[Finding]]) -> Iterator[str]:
    yield from ("", "## Ratios and targets", "")
    yield f"The targets are for {TARGET_SIZE:,} records; at other sizes the same ratios stand without a verdict."
    yield from (
        "",
        "| records | what | ratio | single runs | processor time | target | |",
        "|--:|---|--:|--:|--:|--:|---|",
    )
    for records, findings in found.items():
        for one in findings:
            cells = (
                f"{records:,}",
                one.what,
                f"{_figure(one.value)}{one.unit}",
                f"{_figure(one.low)} to {_figure(one.high)}",
                f"{_figure(one.cpu)}x" if one.cpu is not None else "",
                f"{'≥' if one.at_least else '≤'} {one.limit:g}{one.unit}",
                ("met" if one.met else "**missed**") if one.judged else "",
            )
            yield f"| {' | '.join(cells)} |"


def _write_cases(runs: Runs) -> Iterator[str]:
    yield "| case | seconds | processor seconds | peak memory (PSS), MB | without Pagefind, MB | largest process (RSS), MB |"
    yield "|---|--:|--:|--:|--:|--:|"
    for case in (*OURS, Case.YARDSTICK, *RIVALS):
        if measured := runs.get(case):
            yield f"| {case} | {' | '.join(_write_runs(measured))} |"


def _write_runs(runs: Sequence[Run]) -> Iterator[str]:
    seconds = [run.seconds for run in runs]
    spread = f" ({_figure(min(seconds))} to {_figure(max(seconds))})" if len(runs) > 1 else " (once)"
    yield f"{_figure(find_median(seconds))}{spread}"
    yield _figure(find_median([run.cpu for run in runs]))
    for sizes in ([run.peak for run in runs], [run.peak_own for run in runs], [run.max_rss for run in runs]):
        yield f"{max(sizes) / MB:,.0f}"


def _write_phases(runs: Runs) -> Iterator[str]:
    measured = [(case, runs[case]) for case in OURS if runs.get(case) and runs[case][0].phases]
    if not measured:
        return
    yield from ("", "Seconds by phase, as the build tells them:", "", "| case | phases |", "|---|---|")
    for case, own in measured:
        names = dict.fromkeys(name for run in own for name in run.phases)
        told = ", ".join(f"{name} {_figure(find_median([run.phases.get(name, 0) for run in own]))}" for name in names)
        yield f"| {case} | {told} |"


def _figure(value: float) -> str:
    """Write about three significant digits."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"
