"""A spreadsheet with a mapping file: each row becomes a claim, an event, a source or an entity.

The mapping says what each column is. What it does not name is kept in the notes, what it names and cannot be read too; a row
that lacks what its record cannot do without is kept back, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from textwrap import fill
from typing import TYPE_CHECKING

from generator.documents import write_scalar
from generator.importers.cells import note
from generator.importers.column_records import Material, compose
from generator.importers.column_values import Read, read_cell, read_fixed
from generator.importers.jsonish import digest, key_of, write_compact
from generator.importers.mapping_reading import read_mapping
from generator.importers.rows import Options, Reading, Remark, Row
from generator.importers.sheets import find_flag_problem, has_sheet, sheet_of
from generator.importers.tables import Table, TableRow, as_columns, read_table
from generator.importers.targets import NOWHERE, TARGETS, find_target, list_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.importers.jsonish import Json
    from generator.importers.mapping import MappingFile
    from generator.importers.rows import Draft

_LISTED = 40
_MARKS = re.compile(r"^[\s–—−‒•·◦▪‣●*+\-\u200b-\u200d\u2060]+(?=\S)")


def read(data: bytes, options: Options) -> Reading:
    """Read a spreadsheet (CSV) with the mapping file `options.texts["mapping"]`.

    Args:
        data: the bytes of the spreadsheet.
        options: what whoever imports says of it; `outlet`, `language`, `url` and `genre` stand for a `source` of the mapping,
            `kind` is the kind of claims of which the mapping says none, `phase` the phase of such events.
    """
    given = options.texts.get("mapping")
    if given is None:
        return Reading(
            problem="A spreadsheet needs a mapping file, which says what its columns are. `--propose` writes one to begin with."
        )
    problem = find_flag_problem(options)
    if problem:
        return Reading(problem=problem)
    mapping, problems = read_mapping(given, options)
    if mapping is None:
        said = (f"Line {max(one.place.line, 1)} of the mapping: {one.message} {one.help}".strip() for one in problems)
        return Reading(problem=" ".join(said))
    table = read_table(data, separator=mapping.separator, encoding=mapping.encoding)
    mapping = _by_header(mapping, table.header)
    problem = table.problem or _find_absent(mapping, table)
    if problem:
        return Reading(problem=problem)
    is_cited = mapping.kind in {"claim", "event"} and (mapping.source is not None or has_sheet(options))
    sheet = sheet_of(mapping.source, options, mapping.name) if is_cited else None
    rows = tuple(_read_row(row, table, mapping, options, sheet) for row in table.rows)
    return Reading(rows, tuple(_say(table, mapping, options)))


def name_column(header: str) -> str:
    """Give the name by which a mapping file knows a column: a name in YAML cannot begin with the mark of a list item."""
    return _MARKS.sub("", header) or header


def _by_header(mapping: MappingFile, header: tuple[str, ...]) -> MappingFile:
    """Write the names of columns as a table has them; those that it does not have stay as they are."""
    known = {name_column(name): name for name in reversed(header)} | {name: name for name in header}

    def find(name: str) -> str:
        plain = " ".join(name.split())
        return known.get(plain, plain)

    columns = {find(name): column for name, column in mapping.columns.items()}
    return mapping.model_copy(update={"columns": columns, "key": tuple(map(find, mapping.key))})


def _find_absent(mapping: MappingFile, table: Table) -> str:
    absent = [name for name in dict.fromkeys((*mapping.columns, *mapping.key)) if name not in table.header]
    if not absent:
        return ""
    several = len(absent) > 1
    return (
        f"The mapping names {'columns' if several else 'a column'} that the file does not have: {_list(absent)}."
        f" Its columns are {_list(table.header)}."
    )


def _list(names: list[str] | tuple[str, ...]) -> str:
    shown = [f"“{name[:60]}”" for name in names[:_LISTED]]
    more = len(names) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more else ", ".join(shown)


def _read_row(row: TableRow, table: Table, mapping: MappingFile, options: Options, sheet: Draft | None) -> Row:
    cells = as_columns(table, row)
    raw: Json = list(row.cells) if row.problem else {name: cell for name, cell in cells.items() if cell.strip()}
    made = Row(row.number, row.at, digest(raw), raw=write_compact(raw))
    if row.is_blank:
        return made
    if row.problem:
        return replace(made, kept_back=row.problem)
    values = _read_cells(cells, mapping, options)
    key = _key_of(cells, mapping, values, options)
    drafts, kept_back = compose(Material(mapping, values, key, sheet, options))
    return replace(made, drafts=drafts, remarks=tuple(values.remarks), kept_back=kept_back)


def _read_cells(cells: Mapping[str, str], mapping: MappingFile, options: Options) -> Read:
    values = Read(options)
    for name, cell in cells.items():
        column = mapping.columns.get(name)
        if not cell.strip():
            continue
        if column is None or column.to == "note":
            values.notes.append(note(name, cell))
        elif column.to == "skip":
            values.remarks += (
                [Remark("skipped", name)] if name not in mapping.key else []
            )  # `_key_of` keeps it, or tells
        elif target := find_target(mapping.kind, column.to):
            read_cell(values, name, cell, column, target)
    for name, fixed in mapping.fixed.items():
        target = find_target(mapping.kind, name)
        if target is not None and name not in values.fields:
            read_fixed(values, name, fixed, target)
    return values


def _list_kept(mapping: MappingFile) -> tuple[str, ...]:
    """List the columns that are kept in the key of a record: names tell entities apart, and addresses sources."""
    return mapping.key if mapping.kind in ("claim", "event") else ()


def _key_of(cells: Mapping[str, str], mapping: MappingFile, values: Read, options: Options) -> str:
    """Tell a row apart: by its key columns, or where they are blank by all cells that the mapping places."""
    stated = [" ".join(cells[name].split()) for name in mapping.key]
    if stated and all(stated):
        return f"{sheet_name(mapping, options)}#{' '.join(stated)}"
    values.remarks += [
        Remark("field-missing", name) for name, cell in zip(mapping.key, stated, strict=True) if not cell
    ]
    unkept = [name for name, column in mapping.columns.items() if column.to == "skip" and name in _list_kept(mapping)]
    values.remarks += [Remark("skipped", name) for name in unkept if cells[name].strip()]
    placed = [
        f"{column.to}={cells[name].strip()}" for name, column in mapping.columns.items() if column.to not in NOWHERE
    ]
    return f"{mapping.kind} {key_of(placed)[:32]}"


def sheet_name(mapping: MappingFile, options: Options) -> str:
    """Tell a spreadsheet apart from others whose rows have the same numbers."""
    return mapping.name or (mapping.source and mapping.source.title) or options.name


def _say(table: Table, mapping: MappingFile, options: Options) -> Iterator[str]:
    """Say of the whole file what holds for all its rows."""
    unnamed = [name for name in table.header if name not in mapping.columns]
    if unnamed:
        yield f"The mapping does not name these columns; their cells are kept in the notes: {_list(unnamed)}."
    skipped = [
        name for name, column in mapping.columns.items() if column.to == "skip" and name not in _list_kept(mapping)
    ]
    filled = Counter(name for row in table.rows for name, cell in as_columns(table, row).items() if cell.strip())
    for name in skipped:
        yield f"The mapping leaves out the column “{name[:60]}”: {filled[name]} cells are kept nowhere."
    if mapping.kind == "claim":
        yield f"Nobody here has judged these claims: each is `{options.unjudged}`."
        if "kind" not in mapping.fixed:
            yield f"Where nothing says of what kind a claim is, it is `{options.given.get('kind', 'fact')}`."
    if mapping.kind == "event" and not mapping.sets("phase"):
        phase = options.given.get("phase")
        yield (
            f"Each event is `{phase}`."
            if phase
            else f"An event is `done` if its date ended before {options.today}, else `planned`."
        )


def propose(data: bytes) -> str:
    """Write a mapping file to begin with: each column of a spreadsheet is a note, until somebody says what it is.

    Args:
        data: the bytes of the spreadsheet.

    Returns:
        YAML; where the spreadsheet cannot be read, a comment that says why.
    """
    table = read_table(data)
    if table.problem:
        return f"# {table.problem}\n"
    fields = "".join(
        f"{fill(', '.join(list_targets(kind)), 110, initial_indent=f'# {kind:7}', subsequent_indent='#        ')}\n"
        for kind in TARGETS
    )
    names = dict.fromkeys(name_column(name) for name in table.header)
    columns = "".join(f"  {_write_name(name)}: note\n" for name in names)
    return (
        "# What each column is. `note` keeps its cells in the notes, `skip` leaves them out.\n"
        "# Write the name of a field instead, or `{to: when, date: day-month-year}`. The fields are, by kind:\n"
        f"{fields}"
        "kind: claim\n"
        "# key: [the columns that tell the rows apart]\n"
        "# source: {outlet: who-keeps-the-sheet, language: en, title: What it is called}\n"
        f"columns:\n{columns}"
        "# fixed: {kind: fact}\n"
    )


def _write_name(name: str) -> str:
    """Write a header as the name of a field in YAML: in quotation marks unless it is a plain word."""
    if name[:1].isalnum() and name.isprintable() and name == write_scalar(name, flow=True):
        return name
    return write_scalar(f"\n{name}").replace('"\\n', '"', 1)
