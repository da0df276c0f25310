"""All or nothing: rows whose records would bring an error into the content are kept back, until none brings any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.importers.files import lay_out
from generator.importers.placing import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from generator.diagnostics import Diagnostic
    from generator.documents import Node
    from generator.importers.files import File, Target
    from generator.importers.identity import Library
    from generator.importers.plans import Placed, Plan
    from generator.importers.rows import Row

    FindErrors = Callable[[Mapping[str, str]], Sequence[Diagnostic]]

ROUNDS = 3
"""So often rows are kept back; where there are errors even then, nothing is written."""

_NAMED = re.compile(r"`(?:(?P<kind>source|entity|claim|event):)?(?P<id>[a-z0-9-]+)`")
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Proven:
    """An import of which it is known that it brings no error.

    Attributes:
        plan: what becomes of each row.
        files: the new files, in the order in which they are to be written.
        problem: why nothing of it is written, as a sentence; else empty.
    """

    plan: Plan
    files: tuple[File, ...] = ()
    problem: str = ""


def prove(form: str, rows: Sequence[Row], library: Library, target: Target, find_errors: FindErrors) -> Proven:
    """Find out which rows can be written, and make the files.

    Args:
        form: the format.
        rows: all rows of the file.
        library: what is there already.
        target: where the files go.
        find_errors: finds the errors that new files would bring into the content, from their texts by path.
    """
    kept_back: dict[int, str] = {}
    for _ in range(ROUNDS + 1):
        planned = plan(form, rows, library, kept_back)
        files = lay_out(planned.records, target)
        errors = find_errors({file.path: file.text for file in files}) if files else ()
        if not errors:
            return Proven(planned, files)
        blamed, others = blame(errors, files)
        if others:
            return _refuse(form, rows, library, kept_back, _explain(others))
        kept_back |= {number: _explain(found) for number, found in blamed.items()}
    return _refuse(form, rows, library, kept_back, _explain(errors))


def blame(
    errors: Iterable[Diagnostic], files: Sequence[File]
) -> tuple[Mapping[int, Sequence[Diagnostic]], Sequence[Diagnostic]]:
    """Find the rows whose records bring errors.

    Returns:
        The errors by the numbers of the rows, and those that no row can be blamed for.
    """
    by_path = {file.path: file for file in files}
    by_name: dict[tuple[str, str], Placed] = {(one.kind, one.id): one for file in files for one in file.records}
    rows: dict[int, list[Diagnostic]] = {}
    others: list[Diagnostic] = []
    for error in errors:
        file = by_path.get(error.place.path)
        records = file.at(error.place.line) if file else _find_named(error.message, by_name)
        if error.code == "unresolved-reference":  # of many places that name what is not there, only the first is told
            absent = {found["id"] for found in _NAMED.finditer(error.message)}
            records = [*records, *(one for one in by_name.values() if not absent.isdisjoint(_scalars(one.fields)))]
        if not records:
            others.append(error)
        for number in {number: None for one in records for number in one.rows}:
            rows.setdefault(number, []).append(error)
    return rows, others


def _scalars(node: Node | Mapping[str, Node]) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for inner in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _scalars(inner)


def _find_named(message: str, records: Mapping[tuple[str, str], Placed]) -> Sequence[Placed]:
    """Find the new records that a message names; an error may stand in an older record that a new one does not agree with."""
    named = [(found["kind"], found["id"]) for found in _NAMED.finditer(message)]
    return [one for key, one in records.items() if key in named or (None, key[1]) in named]


def _explain(errors: Iterable[Diagnostic]) -> str:
    told = list(dict.fromkeys(f"{error.message} ({error.code})" for error in errors))
    more = f" And {len(told) - _TOLD:,} more." if len(told) > _TOLD else ""
    return f"{' '.join(told[:_TOLD])}{more}"


def _refuse(form: str, rows: Sequence[Row], library: Library, kept_back: Mapping[int, str], why: str) -> Proven:
    said = f"Nothing of this file can be written: {why}"
    planned = plan(form, rows, library, kept_back)
    new = {item.row.number: said for item in planned.items if item.outcome == "written"}
    refused = plan(form, rows, library, {**new, **kept_back})
    while refused.records:  # rows that were duplicates of those
        new |= {item.row.number: said for item in refused.items if item.outcome == "written"}
        refused = plan(form, rows, library, {**new, **kept_back})
    return Proven(replace(refused, records=()), (), said)
