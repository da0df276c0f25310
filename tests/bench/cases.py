"""What is measured, and the targets: which cases are set against which, from the same run on the same machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bench.runs import Run

Runs = Mapping["Case", Sequence[Run]]
MB = 1_000_000


class Case(StrEnum):
    """What is measured; the values are for people."""

    CHECK_COLD = "check, cold"
    CHECK_WARM = "check, warm"
    CHECK_EDITED = "check, warm, after one edit of a claim's why"
    CLEAN = "clean build without search"
    SAME = "no-change build without search"
    EDIT_WHY = "one edit of a claim's why, without search"
    EDIT_VERDICT = "one edit of a claim's verdict, without search"
    EDIT_TITLE = "one edit of a source's title, without search"
    EDIT_TEMPLATE = "one edit of the template of claims, without search"
    SEARCH_ADDED = "search index added to a finished build"
    CLEAN_SEARCH = "clean build with search"
    SAME_SEARCH = "no-change build with search"
    EDIT_SEARCH = "one edit of a claim's why, until searchable"
    YARDSTICK = "`mkdocs --version`"
    HUGO = "Hugo, clean build"
    PAGEFIND = "Pagefind over Hugo's clean build"
    HUGO_EDIT = "Hugo, rebuild after one edit"
    PAGEFIND_EDIT = "Pagefind over Hugo's rebuild"
    MKDOCS = "MkDocs, default theme, without search"
    MATERIAL = "MkDocs-Material, without search"


RIVALS = (Case.HUGO, Case.PAGEFIND, Case.HUGO_EDIT, Case.PAGEFIND_EDIT, Case.MKDOCS, Case.MATERIAL)
OURS = tuple(case for case in Case if case not in {*RIVALS, Case.YARDSTICK})


@dataclass(frozen=True, slots=True)
class Target:
    """The time of one case over the time of others together, and what it may be at most, or must be at least."""

    what: str
    over: tuple[Case, ...]
    under: tuple[Case, ...]
    limit: float
    at_least: bool = False


_HUGO_EDIT = (Case.HUGO_EDIT, Case.PAGEFIND_EDIT)
TARGETS = (
    Target("clean build without search / Hugo", (Case.CLEAN,), (Case.HUGO,), 1.5),
    Target("MkDocs-Material / clean build without search", (Case.MATERIAL,), (Case.CLEAN,), 5, at_least=True),
    Target("clean build with search / Hugo + Pagefind", (Case.CLEAN_SEARCH,), (Case.HUGO, Case.PAGEFIND), 1.2),
    Target("check, cold / Hugo", (Case.CHECK_COLD,), (Case.HUGO,), 0.4),
    Target("check, warm / Hugo", (Case.CHECK_WARM,), (Case.HUGO,), 0.1),
    Target("edit of a why, without search / Hugo's rebuild", (Case.EDIT_WHY,), (Case.HUGO_EDIT,), 0.06),
    Target("edit of a verdict, without search / Hugo's rebuild", (Case.EDIT_VERDICT,), (Case.HUGO_EDIT,), 0.06),
    Target("edit of a why, until searchable / Hugo's rebuild + Pagefind", (Case.EDIT_SEARCH,), _HUGO_EDIT, 0.3),
    Target("no-change build with search / `mkdocs --version`", (Case.SAME_SEARCH,), (Case.YARDSTICK,), 3),
)
TARGET_SIZE = 10_000  # records; the targets are for this size
MEMORY_LIMIT = 300  # MB
LINEAR_LIMIT = 1.2
LINEAR_SIZES = (1_000, 30_000)  # records
_LINEAR = (Case.CHECK_COLD, Case.CLEAN)


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure beside its target.

    Attributes:
        what: what it tells.
        value: a ratio of medians, or megabytes.
        low: the least that the single runs allow, as `high` is the most.
        high: see `low`.
        limit: the target.
        at_least: whether the target is a lower bound.
        cpu: the same ratio for processor time, where there is one; a busy machine disturbs it less.
        unit: what stands behind the value.
        judged: whether the target is meant for the size at which this was found.
    """

    what: str
    value: float
    low: float
    high: float
    limit: float
    at_least: bool = False
    cpu: float | None = None
    unit: str = "x"
    judged: bool = True

    @property
    def met(self) -> bool:
        """Whether the value keeps to the target."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def find_median(values: Sequence[float]) -> float:
    """Give the middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def compare(runs: Runs, target: Target) -> Finding | None:
    """Set cases against each other; None where one of them was not measured."""
    if not all(runs.get(case) for case in (*target.over, *target.under)):
        return None
    over, under = _add_up(runs, target.over), _add_up(runs, target.under)
    return Finding(
        target.what,
        value=find_median([seconds for seconds, _ in over]) / find_median([seconds for seconds, _ in under]),
        low=min(over)[0] / max(under)[0],
        high=max(over)[0] / min(under)[0],
        limit=target.limit,
        at_least=target.at_least,
        cpu=find_median([cpu for _, cpu in over]) / find_median([cpu for _, cpu in under]),
    )


def _add_up(runs: Runs, cases: Sequence[Case]) -> list[tuple[float, float]]:
    """Add the seconds and the processor time of cases that follow each other, round by round."""
    rounds = zip(*(runs[case] for case in cases), strict=False)  # a slow case may have been run less often
    return [(sum(run.seconds for run in one), sum(run.cpu for run in one)) for one in rounds]


def find_memory(runs: Runs) -> Finding | None:
    """Give the most that our own processes held together in any case, without Pagefind."""
    peaks = [run.peak_own / MB for case in OURS for run in runs.get(case, ())]
    if not peaks:
        return None
    return Finding("peak memory of our own processes", max(peaks), min(peaks), max(peaks), MEMORY_LIMIT, unit=" MB")


def find_growth(sizes: Mapping[int, Runs]) -> list[Finding]:
    """Give the cost of a record in the largest corpus over that in the smallest one."""
    small, large = min(sizes), max(sizes)
    found = []
    for case in _LINEAR if large > small else ():
        few, many = sizes[small].get(case), sizes[large].get(case)
        if few and many:
            in_few = [run.seconds / small for run in few]
            in_many = [run.seconds / large for run in many]
            finding = Finding(
                f"{case}: a record's cost at {large:,} / at {small:,}",
                value=find_median(in_many) / find_median(in_few),
                low=min(in_many) / max(in_few),
                high=max(in_many) / min(in_few),
                limit=LINEAR_LIMIT,
                cpu=(find_median([run.cpu for run in many]) / large) / (find_median([run.cpu for run in few]) / small),
                judged=(small, large) == LINEAR_SIZES,
            )
            found.append(finding)
    return found


def find_all(sizes: Mapping[int, Runs]) -> dict[int, list[Finding]]:
    """Give the findings of each size; the growth stands with the largest one."""
    found: dict[int, list[Finding]] = {}
    for records, runs in sizes.items():
        compared = [compare(runs, target) for target in TARGETS] + [find_memory(runs)]
        found[records] = [replace(one, judged=records == TARGET_SIZE) for one in compared if one]
    if sizes:
        found[max(sizes)] += find_growth(sizes)
    return found


def list_missed(found: Mapping[int, Sequence[Finding]]) -> list[Finding]:
    """Give what misses its target, where the target is meant."""
    return [finding for findings in found.values() for finding in findings if finding.judged and not finding.met]
