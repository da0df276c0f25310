"""The report of an import: every row has one outcome, and what was not understood is said. For people, and as JSON."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.importers.filling import show_row
from generator.importers.notes import field_of
from generator.importers.plans import OUTCOMES
from generator.importers.remarks import explain
from generator.importers.rows import KINDS_IN_ORDER
from generator.records import FOLDERS
from generator.reports.escaping import escape_line, guard_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.importers.checking import Proven
    from generator.importers.plans import Item, Outcome
    from generator.importers.rows import Remark, Row

SHOWN = 20
"""So many rows of one outcome, or reasons, are listed for people, unless all are asked for."""

SHOWN_OF_A_REASON = 3
"""So many of the rows that are kept back for one reason."""

_LONGEST_VALUE = 200
_IN_WORDS: Mapping[Outcome, str] = {
    "written": "written",
    "already-there": "already there",
    "changed-since": "changed since they were imported; nothing is changed here",
    "duplicate": "duplicates of other rows of the file",
    "kept-back": "kept back",
    "blank": "blank",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What an import says of itself.

    Attributes:
        form: the format.
        file: the file's name, as it was given.
        said: sentences of the reader about the whole file.
        proven: what became of the rows, and the files.
        dry: whether nothing was to be written.
    """

    form: str
    file: str
    said: tuple[str, ...]
    proven: Proven
    dry: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """What became of each row."""
        return self.proven.plan.items

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many rows had each outcome.

        Raises:
            AssertionError: a row is not accounted for, or one is twice.
        """
        found = Counter(item.outcome for item in self.items)
        counts = {outcome: found[outcome] for outcome in OUTCOMES}
        numbers = {item.row.number for item in self.items}
        if sum(counts.values()) != len(self.items) or len(numbers) != len(self.items):
            raise AssertionError("each row of an import has one outcome")
        return counts

    @property
    def records(self) -> Mapping[str, int]:
        """How many new records there are of each kind, by the folder's name."""
        found = Counter(one.kind for one in self.proven.plan.records)
        return {FOLDERS[kind]: found[kind] for kind in KINDS_IN_ORDER}

    @property
    def unplaced(self) -> Mapping[str, int]:
        """How many times a field was kept in notes, the most frequent one first."""
        rows = (item.row for item in self.items if item.outcome == "written")
        notes = {(one.kind, one.key, note): None for row in rows for one in row.drafts for note in one.notes}
        found = Counter(field_of(note) or "(no field)" for _, _, note in notes)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def all_placed(self) -> bool:
        """Whether no row is kept back."""
        return not self.outcomes["kept-back"]


def _plain_remark(remark: Remark) -> dict[str, str]:
    named = {"code": remark.code, "field": remark.field, "value": remark.value}
    return {name: value for name, value in named.items() if value or name == "code"}


def _plain_item(item: Item) -> dict[str, Any]:
    plain: dict[str, Any] = {"row": item.row.number, "at": item.row.at, "outcome": item.outcome}
    plain |= {"reason": item.reason} if item.reason else {}
    plain |= {"raw": show_row(item.row)} if item.outcome == "kept-back" else {}
    plain |= {"records": [*item.records]} if item.records else {}
    plain |= {"remarks": [*map(_plain_remark, item.remarks)]} if item.remarks else {}
    return plain


def format_json(report: Report) -> str:
    """Write a report as JSON: every row, with all that is to be said of it."""
    value = {
        "format": report.form,
        "file": report.file,
        "dry_run": report.dry,
        "problem": report.proven.problem,
        "said": [*report.said],
        "rows": len(report.items),
        "outcomes": dict(report.outcomes),
        "records": dict(report.records),
        "unplaced": dict(report.unplaced),
        "files": [file.path for file in report.proven.files],
        "codes": {code: explain(code) for code in sorted({one.code for item in report.items for one in item.remarks})},
        "items": [*map(_plain_item, report.items)],
    }
    return json.dumps(value, indent=1) + "\n"  # all of it ASCII: nothing in it can steer a terminal


def format_text(report: Report, *, everything: bool = False) -> str:
    """Write a report for people.

    Args:
        report: what became of the rows.
        everything: list every row and every remark; otherwise the first ones, and how many there are.
    """
    blocks = [
        _write_head(report),
        _write_counts(report),
        *_write_kept_back(report.items, everything=everything),
        *_write_rows(report.items, "changed-since", "Changed since; look at them yourself", everything=everything),
        *(_write_rows(report.items, "duplicate", "Duplicates", everything=True) if everything else ()),
        *_write_remarks(report.items, everything=everything),
        *_write_unplaced(report.unplaced, everything=everything),
        *_write_files(report, everything=everything),
    ]
    return guard_log("\n\n".join(blocks)) + "\n"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _write_head(report: Report) -> str:
    lines = [f"{report.form}: {report.file}, {_count(len(report.items), 'row', 'rows')}"]
    lines += (f"  {sentence}" for sentence in (*report.said, *filter(None, [report.proven.problem])))
    return "\n".join(map(escape_line, lines))


def _write_counts(report: Report) -> str:
    would = "would be written" if report.dry else "written"
    counts = ((outcome, number) for outcome, number in report.outcomes.items() if number or outcome == "written")
    lines = [f"{number:>9,}  {would if outcome == 'written' else _IN_WORDS[outcome]}" for outcome, number in counts]
    return "\n".join([*lines, f"{len(report.items):>9,}  in all"])


def _where(row: Row) -> str:
    return f"row {row.number:,}" + (f" ({row.at})" if row.at else "")


def _shorten(text: str, *, everything: bool) -> str:
    return text if everything or len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} …"


def _write_kept_back(items: Sequence[Item], *, everything: bool) -> Iterator[str]:
    """Write the rows that are kept back, reason by reason in the order of the file."""
    found = [item for item in items if item.outcome == "kept-back"]
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for item in found:
        groups[item.reason].append(item.row)
    if not groups:
        return
    lines = [f"Kept back, and nowhere in the records: {_count(len(found), 'row', 'rows')}"]
    shown = [*groups.items()][: None if everything else SHOWN]
    for reason, rows in shown:
        lines.append(f"  {reason}")
        listed = rows if everything else rows[:SHOWN_OF_A_REASON]
        lines += (f"      {_where(row)}: {_shorten(show_row(row), everything=everything)}" for row in listed)
        if len(rows) > SHOWN_OF_A_REASON and not everything:
            lines.append(
                f"      ... and {_count(len(rows) - SHOWN_OF_A_REASON, 'row', 'rows')} more (--all lists every one)"
            )
    if len(shown) < len(groups):
        lines.append(f"  ... and {_count(len(groups) - SHOWN, 'reason', 'reasons')} more (--all lists every one)")
    yield "\n".join(escape_line(line).rstrip() for line in lines)


def _write_rows(items: Sequence[Item], outcome: Outcome, title: str, *, everything: bool) -> Iterator[str]:
    found = [item for item in items if item.outcome == outcome]
    if not found:
        return
    lines = [f"{title}: {_count(len(found), 'row', 'rows')}"]
    for item in found if everything else found[:SHOWN]:
        lines.append(f"  {_where(item.row)}, {', '.join(item.records[:1])}: {item.reason}")
        news = (one for one in item.remarks if one.code == "changed")
        lines += (f"      now {one.field}: {_shorten(one.value, everything=everything)}" for one in news)
    if len(found) > SHOWN and not everything:
        lines.append(f"  ... and {len(found) - SHOWN:,} more (--all lists every one)")
    yield "\n".join(escape_line(line).rstrip() for line in lines)


def _is_worth_telling(item: Item, remark: Remark) -> bool:
    """Tell whether a remark says more than the row's outcome: of a row that is nowhere, or elsewhere, nothing was kept."""
    if item.outcome in ("kept-back", "duplicate"):
        return remark.code == "duplicate-differs"
    return item.outcome != "changed-since" or remark.code != "changed"


def _write_remarks(items: Sequence[Item], *, everything: bool) -> Iterator[str]:
    groups: defaultdict[str, list[tuple[Row, Remark]]] = defaultdict(list)
    for item in items:
        for remark in item.remarks:
            if _is_worth_telling(item, remark):
                groups[remark.code].append((item.row, remark))
    if not groups:
        return
    lines = ["Remarks"]
    for code, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        rows = len({row.number for row, _ in group})
        lines.append(f"  {code}, {_count(rows, 'row', 'rows')}: {explain(code)}")
        for row, remark in group if everything else group[:1]:
            said = ": ".join(filter(None, (remark.field, remark.value)))
            lines.append(f"      {'' if everything else 'e.g. '}{_where(row)}  {_shorten(said, everything=everything)}")
    yield "\n".join(escape_line(line).rstrip() for line in lines)


def _write_unplaced(unplaced: Mapping[str, int], *, everything: bool) -> Iterator[str]:
    if not unplaced:
        return
    shown = [*unplaced.items()][: None if everything else SHOWN]
    lines = ["Kept in the notes of the records, which are never published"]
    lines += (f"{number:>9,}  {field}" for field, number in shown)
    if len(shown) < len(unplaced):
        lines.append(f"  ... and {len(unplaced) - len(shown):,} fields more (--all lists every one)")
    yield "\n".join(map(escape_line, lines))


def _write_files(report: Report, *, everything: bool) -> Iterator[str]:
    files = report.proven.files
    if not files:
        yield "Nothing was written."
        return
    lines = ["Files that would be written" if report.dry else "Files"]
    for kind in KINDS_IN_ORDER:
        paths = [file.path for file in files if file.records[0].kind == kind]
        folder = FOLDERS[kind]
        number = report.records[folder]
        if not paths:
            continue
        shown = paths if everything or len(paths) <= 2 else [paths[0], "...", paths[-1]]  # noqa: PLR2004
        lines.append(f"  {_count(number, kind, folder)}")
        lines += (f"      {path}" for path in shown)
    lines += ["", "Nothing was written: this was a trial (--dry-run)."] if report.dry else [
        "",
        "Next: `factsheet check` says what is worth another look, `factsheet desk` what is left to do. No claim is judged yet.",
    ]  # fmt: skip
    yield "\n".join(map(escape_line, lines))
