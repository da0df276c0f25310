"""Checking the content by way of what is known of it: only what has changed is read and checked again.

The state decides nothing. Where it cannot be used, and where anything at all is wrong with the content, everything is read
and checked as if there were no state; so an editor reads the same words either way.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from generator import load
from generator.decode import decode
from generator.derive import derive
from generator.derive.calendar import AHEAD, DAY, OVER
from generator.derive.naming import name_source
from generator.diagnostics import has_errors, sort
from generator.link import link, watch
from generator.link.facts import ALL, MEMBERS, MOVED, QUOTATIONS
from generator.link.watched import Noted
from generator.pipeline.advancing import advance
from generator.pipeline.checking import Checked, check, check_records
from generator.pipeline.findings import REPORT, KnownFindings, QuotationCounts, count_findings
from generator.pipeline.packing import pack, unpack
from generator.pipeline.rows import OddError, file_row, row_of
from generator.pipeline.stamps import stamp_content
from generator.pipeline.taking import NAME, count_each
from generator.pipeline.watching import RECORD, RULE, run_all_rules, run_rules
from generator.publish.progress import say_nothing
from generator.reads import Reads
from generator.state import State, StateError
from generator.workers import spare_garbage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.documents import Document
    from generator.pipeline.advancing import Advanced
    from generator.state import FileRow, RecordRow, UnitName

STATE = "state.db"
_FEW_ERRORS = 50
"""Of more than so many, some rules look for the reason of the first ones only; so they are asked in one go."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Content that was checked, with the state that knows it.

    Attributes:
        checked: what the check found.
        state: begun and not finished; whoever goes on with the build finishes it. None where nothing can be kept.
        reads: takes the notes of whoever reads the library or the views.
        stale: the units other than rules that have read what has changed.
        same_records: whether there are the same records as before, in the same order, under the same ids.
    """

    checked: Checked
    state: State | None = None
    reads: Reads = field(default_factory=Reads)
    stale: frozenset[UnitName] = frozenset()
    same_records: bool = False


def settle(
    root: Path,
    *,
    folder: Path | None = None,
    today: date | None = None,
    progress: Callable[[str], None] = say_nothing,
) -> Settled:
    """Check the content, as far as possible from what is known.

    Args:
        root: the project's folder.
        folder: where the state is kept; `build/` where none is given.
        today: the day of the build; None takes it from SOURCE_DATE_EPOCH, the last commit or the clock.
        progress: told the name of each stage as it begins.
    """
    spare_garbage()
    day = today or load.read_today(root, os.environ)
    path = (folder or root / "build") / STATE
    with suppress(Exception):  # whatever is odd about what was kept; a fault of ours comes up again without it
        return _settle_changes(root, path, day, progress)
    try:
        return _settle_all(root, path, day, progress)
    except (StateError, OddError):
        return Settled(check(root, today=day, progress=progress))


# --- from what is known ---


def _settle_changes(root: Path, path: Path, today: date, progress: Callable[[str], None]) -> Settled:
    progress("Reading what has changed")
    state = State.open(path)
    try:
        texts = _read_texts(root, state)
        state.begin()
        advanced = advance(root, state, texts)
        return _check_changes(state, advanced, today, progress)
    except BaseException:
        state.give_up()
        raise


def _read_texts(root: Path, state: State) -> Mapping[str, Document]:
    """Read the texts that are kept outside `content/`, if the state is of this program and these settings."""
    text_dir = json.loads(state.read("text_dir") or "null")
    if state.read("stamp") != stamp_content(root, text_dir):
        raise StateError("the state is of another program or of other settings")
    texts, problems = load.read_texts(root, text_dir)
    if problems:
        raise OddError("a text cannot be read")
    return texts


def _check_changes(state: State, advanced: Advanced, today: date, progress: Callable[[str], None]) -> Settled:
    changes = advanced.changes
    readers = state.readers(changes.facts) | _of_other_days(state, today)
    keys = {
        **changes.checked,
        **dict.fromkeys((name.removeprefix(RECORD), one) for name, one in readers if name.startswith(RECORD)),
    }
    codes = frozenset(code for name, code in readers if name == RULE)
    reads = Reads()
    library = watch(advanced.library, reads)
    counts = QuotationCounts()
    names = Noted(NAME, ALL, advanced.names, reads)
    views = derive(library, today, Noted(QUOTATIONS[0], ALL, counts, reads), names)
    progress("Checking quotations and rules")
    kept = [key for key in keys if key not in changes.gone]
    units = run_rules(library, views, reads, kept, codes)
    if any(has_errors(unit.outcome[0]) for unit in units):
        raise OddError("the content has errors")
    replaced = [*((f"{RECORD}{kind}", one) for kind, one in changes.gone), *(unit.name for unit in units)]
    before = [unpack(outcome) for outcome in map(state.unit, replaced) if outcome is not None]
    state.keep_units(map(pack, units), replaced)
    counts.update(_read_counts(state))
    counts.take(before, sign=-1)
    counts.take(unit.outcome for unit in units)
    total = json.dumps(dict(counts))
    if count_findings(before) != count_findings(unit.outcome for unit in units):
        state.note(REPORT, "")
    stale = {name for name in readers if name[0] != RULE and not name[0].startswith(RECORD)}
    if state.read("quotations") != total:
        stale |= state.readers({(QUOTATIONS[0], one): ALL for one in counts})
    state.note("quotations", total)
    state.note("today", today.isoformat())
    state.mark_stale(stale)
    same = not any(kind == MOVED or (not one and parts & MEMBERS) for (kind, one), parts in changes.facts.items())
    if not same:
        state.note("complete", "no")  # until somebody has made the pages of what is new
    checked = Checked(KnownFindings(state), library, views, sound=True)
    return Settled(checked, state, reads, frozenset(stale), same_records=same)


def _read_counts(state: State) -> dict[str, int]:
    """Read how many quotations were checked before, and how many were not."""
    counts = json.loads(state.read("quotations") or "null")
    if not isinstance(counts, dict):
        raise StateError("nothing is known of quotations")
    return counts


def _of_other_days(state: State, today: date) -> set[UnitName]:
    """Find the units for which it matters that this is another day than that of the last build."""
    before = date.fromisoformat(state.read("today") or today.isoformat())
    if before == today:
        return set()
    first, last = sorted((before, today))
    between = (first.isoformat(), last.isoformat())
    ahead = tuple(date.fromordinal(day.toordinal() + 1).isoformat() for day in (first, last))
    return (
        state.readers({(DAY, ""): ALL}) | state.readers_between(OVER, *between) | state.readers_between(AHEAD, *ahead)
    )


# --- from the files alone ---


def _settle_all(root: Path, path: Path, today: date, progress: Callable[[str], None]) -> Settled:
    progress("Reading content")
    survey = load.survey(root)
    rows: dict[str, FileRow] = {}
    documents, unread = load.read(
        root, lambda path, data, document: _note_file(rows, survey.files, path, data, document)
    )
    records, undecoded = decode(documents)
    progress("Linking records")
    text_dir = records.settings.text_dir if records.settings else None
    stamp = stamp_content(root, text_dir)
    texts, untold = load.read_texts(root, text_dir)
    library, unlinked = link(records, texts)
    if library is None or unread or undecoded or untold or unlinked or survey.odd or set(rows) != set(survey.files):
        problems = ((*unread, *undecoded), untold)
        return Settled(check_records(records, texts, problems, today=today, base=None, progress=progress))
    if library.absent_texts:
        raise OddError("a text is not at hand, and nothing notes who has asked for it")
    progress("Checking quotations and rules")
    reads = Reads()
    library = watch(library, reads)
    counts = QuotationCounts()
    source_names = {one: name_source(library, source) for one, source in library.sources.items()}
    names = Noted(NAME, ALL, count_each(source_names), reads)
    views = derive(library, today, Noted(QUOTATIONS[0], ALL, counts, reads), names)
    keys = [(located.kind, located.record.id) for located in records.records]
    units = run_all_rules(library, views, reads, keys)
    counts.take(unit.outcome for unit in units)
    diagnostics = sort(one for unit in units for one in unit.outcome[0])
    checked = Checked(diagnostics, library, views)
    if sum(one.severity == "error" for one in diagnostics) > _FEW_ERRORS:
        raise OddError("so many errors are told with an eye on all of them")
    if has_errors(diagnostics):
        return Settled(checked)
    state = State.create(path)
    state.note("stamp", stamp)
    state.note("text_dir", json.dumps(text_dir))
    state.note("today", today.isoformat())
    state.note("quotations", json.dumps(dict(counts)))
    state.note("redirects", json.dumps({":".join(old): new for old, new in library.redirects.items()}))
    state.note("source names", json.dumps(source_names))
    state.keep_files(rows[path] for path in survey.files)
    by_file: dict[str, list[RecordRow]] = {}
    for located in records.records:
        by_file.setdefault(located.document.path, []).append(row_of(located))
    for file, found in by_file.items():
        state.keep_records(file, found)
    state.keep_units(map(pack, units))
    return Settled(checked, state, reads)


def _note_file(
    rows: dict[str, FileRow], signatures: Mapping[str, str], path: str, data: bytes, document: Document
) -> None:
    rows[path] = file_row(path, signatures.get(path, ""), data, document)
