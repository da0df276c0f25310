"""The slides of TimelineJS as they stand in its JSON and in its spreadsheet, the old one and the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from generator.importers.jsonish import read_json
from generator.importers.slide_dates import Stamp
from generator.importers.tables import SEPARATORS, Table, as_columns, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.importers.jsonish import Json
    from generator.importers.tables import TableRow

_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "year": "start.year", "month": "start.month", "day": "start.day", "time": "start.time", "startdate": "start.text",
        "endyear": "end.year", "endmonth": "end.month", "endday": "end.day", "endtime": "end.time", "enddate": "end.text",
        "displaydate": "display", "headline": "headline", "text": "text", "type": "type", "group": "group", "tag": "group",
        "uniqueid": "id", "edtf": "edtf",
    }
)  # fmt: skip
"""What the columns of the spreadsheet are, by their headers in small letters without blanks, as TimelineJS reads them."""
_SHOWN = frozenset(
    {"media", "mediacredit", "mediacaption", "mediathumbnail", "alttext", "mediaalt", "link", "background"}
)
"""Columns for pictures and looks: they are noted."""
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "unique_id": "id", "display_date": "display", "group": "group", "edtf": "edtf", "phase": "phase", "text.headline": "headline", "text.text": "text",
        **{f"{end}_date.{part}": f"{end}.{part}" for end in ("start", "end") for part in ("year", "month", "day", "hour", "minute", "second")},
    }
)  # fmt: skip
_KNOWN = re.compile(r"(?:media|background|start_date|end_date|text)\..+|autolink", re.DOTALL)
"""Other fields of the JSON that TimelineJS knows."""
_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.0+)?", re.ASCII)
_OLD = "This is the JSON of TimelineJS 1 or 2, which is not read here. Import its spreadsheet instead."


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, row or era.

    Attributes:
        at: where it stands.
        what: `event`, `title` or `era`.
        said: its fields by the names of `_FIELDS` and `_COLUMNS`, as they stood; blanks are left out.
        names: what the file calls these fields.
        others: what else it says, by name.
        unknown: names of `others` that TimelineJS does not know.
        raw: all of it, as it stood.
        problem: why it cannot be read, as a sentence.
    """

    at: str
    what: Literal["event", "title", "era"]
    said: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Json] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    raw: Json = None
    problem: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.said or self.others or self.problem)

    def get(self, name: str) -> str:
        """Give a field as it stood; empty where it is blank."""
        return self.said.get(name, "")

    def name_dates(self, end: Literal["start", "end"]) -> str:
        """Name the fields in which the file says when it begins or ends."""
        named = (name for field_, name in self.names.items() if field_.startswith(f"{end}."))
        return ", ".join(dict.fromkeys(name.partition(".")[0] for name in named)) or f"{end} date"

    def stamp(self, end: Literal["start", "end"]) -> Stamp:
        """Give when it begins or ends."""
        year, month, day = (self.get(f"{end}.{name}") for name in ("year", "month", "day"))
        clock = [self.get(f"{end}.{name}").strip() for name in ("hour", "minute", "second")]
        if clock[0] and all(_BARE_NUMBER.fullmatch(one) for one in clock if one):
            numbers = [f"{int(float(one)):02}" if one else "00" for one in (clock if clock[2] else clock[:2])]
            time = ":".join(numbers)
        else:
            time = " ".join(filter(None, clock))
        return Stamp(year, month, day, self.get(f"{end}.time") or time, self.get(f"{end}.text"))


@dataclass(frozen=True, slots=True)
class Slides:
    """What a file of TimelineJS holds.

    Attributes:
        slides: title, events and eras in the order of the file.
        others: what else the file says of itself, by name.
        is_own: whether it is an export of such a site as this.
        problem: why it cannot be read, as a sentence.
    """

    slides: tuple[Slide, ...] = ()
    others: Mapping[str, Json] = field(default_factory=dict)
    is_own: bool = False
    problem: str = ""


def read_slides(data: bytes) -> Slides:
    """Read a file of TimelineJS: JSON or a spreadsheet (CSV), by what it begins with."""
    begins = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return _read_file(data) if begins in {b"{", b"["} else _read_sheet(data)


def _read_file(data: bytes) -> Slides:
    value, problem = read_json(data)
    if problem:
        return Slides(problem=problem)
    if not isinstance(value, dict) or not isinstance(value.get("events"), list):
        is_old = isinstance(value, dict) and "timeline" in value
        return Slides(problem=_OLD if is_old else "This is no JSON of TimelineJS: it has no list `events`.")
    title = value.get("title")
    slides = [] if title is None else [_read_object("/title", "title", title)]
    slides += [_read_object(f"/events/{index}", "event", one) for index, one in enumerate(_list(value["events"]))]
    slides += [_read_object(f"/eras/{index}", "era", one) for index, one in enumerate(_list(value.get("eras")))]
    others = {name: one for name, one in value.items() if name not in {"title", "events", "eras"}}
    is_own = isinstance(title, dict) and title.get("unique_id") == "title-" and "publisher" in value
    return Slides(tuple(slides), others, is_own)


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _read_object(at: str, what: Literal["event", "title", "era"], value: Json) -> Slide:
    if not isinstance(value, dict):
        return Slide(at, what, raw=value, problem="" if value is None else "This is no slide: it has no fields.")
    said: dict[str, str] = {}
    names: dict[str, str] = {}
    others: dict[str, Json] = {}
    for path, one in _flatten(value):
        name = _FIELDS.get(path)
        if one is None or (isinstance(one, str) and not one.strip()) or one in ({}, []):
            continue
        if name == "display" or path.endswith("_date.display_date"):
            name = "display" if "display" not in said else None
        if name and isinstance(one, str):
            said[name], names[name] = str(one), path
        else:
            others[path] = one
    unknown = tuple(name for name in others if not _KNOWN.fullmatch(name) and name not in _FIELDS)
    return Slide(at, what, said, names, others, unknown, value)


def _flatten(value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """List fields with the fields in them, as `text.headline`."""
    for name, one in value.items():
        if isinstance(one, dict):
            yield from ((f"{name}.{inner}", item) for inner, item in one.items())
        else:
            yield name, one


def _read_sheet(data: bytes) -> Slides:
    tables = [read_table(data, separator=one) for one in SEPARATORS]
    best = max(tables, key=lambda table: len(_find_columns(table)))
    if best.problem:
        return Slides(problem=best.problem)
    columns = _find_columns(best)
    twice = next((name for name in columns.values() if name != "group" and [*columns.values()].count(name) > 1), "")
    if twice:
        shown = " and ".join(f"“{header}”" for header, name in columns.items() if name == twice)
        return Slides(problem=f"The columns {shown} are the same to TimelineJS. Leave one of them out.")
    if "headline" not in columns.values() or not {"start.year", "start.text"} & {*columns.values()}:
        return Slides(
            problem="This is no spreadsheet of TimelineJS: it has no columns “Year” and “Headline”."
            " For any other spreadsheet there is `csv` with a mapping file."
        )
    return Slides(tuple(_read_row(best, row, columns) for row in best.rows))


def _fold(header: str) -> str:
    return "".join(header.lower().replace("_", "").split())


def _find_columns(table: Table) -> dict[str, str]:
    return {header: _COLUMNS[_fold(header)] for header in table.header if _fold(header) in _COLUMNS}


def _read_row(table: Table, row: TableRow, columns: Mapping[str, str]) -> Slide:
    cells = {header: cell for header, cell in as_columns(table, row).items() if cell.strip()}
    raw: Json = {**cells}
    if row.problem:
        return Slide(row.at, "event", raw=[*row.cells], problem=row.problem)
    said: dict[str, str] = {}
    names: dict[str, str] = {}
    others: dict[str, Json] = {}
    for header, cell in cells.items():
        name = columns.get(header)
        if name and name not in said:
            said[name], names[name] = cell, header
        else:
            others[header] = cell
    what = said.pop("type", "").strip().lower()
    kind: Literal["event", "title", "era"] = "title" if what == "title" else "era" if what == "era" else "event"
    if what and what not in {"title", "era", "event", "slide"}:
        others[names["type"]] = what
    unknown = tuple(name for name in others if _fold(name) not in _SHOWN and name not in columns)
    return Slide(row.at, kind, said, names, others, unknown, raw)


def as_text(value: Json) -> str:
    """Give a value that is a text or a number; empty where it is anything else."""
    return value if isinstance(value, str) else ""
