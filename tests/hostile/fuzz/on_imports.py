"""Importers: no file makes one fall over, every row is accounted for, what is written is sound, and nothing comes in twice."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from generator.cli.proving import Shelf, find_errors_of_many, read_shelf
from generator.documents import parse
from generator.documents.nodes import CONTROL
from generator.importers import FORMATS
from generator.importers.checking import prove
from generator.importers.columns import propose
from generator.importers.files import Target
from generator.importers.identity import read_library
from generator.importers.placing import plan
from generator.importers.plans import OUTCOMES
from generator.importers.remarks import CODES
from generator.importers.report import Report, format_json, format_text
from generator.importers.rows import Options
from hostile.fuzz.inputs_imports import WORDS, seeds, strategy
from hostile.fuzz.laws import hold, take_choice
from hostile.fuzz.seeds import TESTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.checking import Proven
    from generator.importers.rows import Reading

__all__ = ["INSIDE", "MAX_LEN", "WORDS", "seeds", "strategy", "target"]

_MAPPING = (TESTS / "importing" / "csv" / "rumours.yml").read_bytes()
_OWN = {
    path.stem: path.read_bytes()
    for path in sorted((TESTS.parent / "generator" / "importers" / "mappings").glob("*.yml"))
}
_DESK: Mapping[str, str] = {"outlet": "brook-courier", "language": "en"}
_ARTICLE = {**_DESK, "genre": "news"}
_PART = b"\x1f"

FORMS: tuple[tuple[str, Mapping[str, str], bytes | None], ...] = (
    ("claimreview", {"language": "en"}, None),
    ("timelinejs", _DESK, None),
    ("csv", {}, None),  # the mapping stands in front of the table, parted by U+001F
    ("averitec", {}, None),
    ("article", {**_ARTICLE, "markup": "html"}, None),
    ("article", _ARTICLE, None),
    ("csv", {}, _MAPPING),
    ("csv", {}, _OWN["claims"]),
    ("csv", {}, _OWN["sources"]),
)
"""What an input can be: its first byte says which format, which flags and which mapping."""

_GENRES = ("news", "wire", "statement", "transcript", "document", "dataset", "post", "reference")


def target(data: bytes) -> None:
    """Import a file into a small sound site, without writing."""
    choice, data = take_choice(data, len(FORMS))
    form, given, mapping = FORMS[choice]
    if choice == 2:
        mapping, _, data = data.partition(_PART)
        propose(data)
    options = _options(given, mapping)
    reading = FORMATS[form].read(data, options)
    hold("the same file is read in the same way", FORMATS[form].read(data, options) == reading, form)
    _check_reading(reading)
    if reading.problem:
        return
    hold("no row is lost", len(reading.rows) >= _count_rows(form, data), data, len(reading.rows))
    shelf = _shelf()
    proven = prove(
        form, reading.rows, read_library(shelf.documents), _TARGET, lambda files: find_errors_of_many(shelf, files)
    )
    _check_report(form, reading, proven)
    _check_files(form, reading, proven)


def _count_rows(form: str, data: bytes) -> int:
    """Count the rows of a file in another way than the reader does, where that is plain; else 0."""
    if form == "csv":
        lines = [line for line in data.decode("utf-8", "replace").split("\n")[1:] if line.strip(" \t,;|\r")]
        return len(lines) if not set(data) & set(b'"\r\x00\xff\xfe\x0b\x0c\x1c\x1d\x1e\x85') else 0
    if form in ("averitec", "timelinejs"):
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return 0
        value = value.get("events") if form == "timelinejs" and isinstance(value, dict) else value
        return len(value) if isinstance(value, list) else 0
    return 0


_TARGET = Target("imported", "file", frozenset())


@cache
def _shelf() -> Shelf:
    return read_shelf(TESTS / "cases" / "_site")


def _options(given: Mapping[str, str], mapping: bytes | None) -> Options:
    texts = {} if mapping is None else {"mapping": mapping}
    outlets = {"brook courier": "Brook Courier", "valley wire": "Valley Wire"}
    return Options(
        "2031-07-03", "file", given, texts, "https://factsheet.example/", "Desk", outlets, "unchecked", _GENRES
    )


def _check_reading(reading: Reading) -> None:
    hold("a file that cannot be read has no rows", not (reading.problem and reading.rows), reading.problem)
    hold(
        "rows are counted from one",
        [row.number for row in reading.rows] == list(range(1, len(reading.rows) + 1)),
        reading.rows,
    )
    for row in reading.rows:
        hold(
            "a row that is kept back says why, and what it was",
            not row.kept_back or (row.kept_back.strip() and row.raw),
            row,
        )
        hold("a row becomes something or is kept back", not (row.kept_back and row.drafts), row)
        hold("a row has a place and a digest", row.at and len(row.digest) == 64, row)
        hold("remarks have known codes", all(one.code in CODES for one in row.remarks), row.remarks)


def _check_report(form: str, reading: Reading, proven: Proven) -> None:
    items = proven.plan.items
    hold(
        "every row is accounted for once",
        [item.row.number for item in items] == [row.number for row in reading.rows],
        items,
    )
    hold("outcomes are known", all(item.outcome in OUTCOMES for item in items), items)
    hold(
        "what is kept back has a reason",
        all(item.reason.strip() for item in items if item.outcome == "kept-back"),
        items,
    )
    hold("what is written has a record", all(item.records for item in items if item.outcome == "written"), items)
    hold(
        "only an empty row is blank",
        not any(_says(json.loads(item.row.raw or '""')) for item in items if item.outcome == "blank"),
        items,
    )
    report = Report(form, "file", reading.said, proven, dry=True)
    told = json.loads(format_json(report))
    hold("the report lists every row", told["rows"] == len(told["items"]) == sum(told["outcomes"].values()), told)
    text = format_text(report, everything=True)
    hold("the report cannot steer a terminal", not CONTROL.search(text), text)


def _says(value: object) -> bool:
    """Tell whether data holds a text or a number."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (
        any(map(_says, inner))
        or (isinstance(value, str) and value.strip() != "")
        or (isinstance(value, int | float) and bool(value))
    )


def _check_files(form: str, reading: Reading, proven: Proven) -> None:
    """See that the files are sound, hold all that was planned, and that importing them again brings nothing."""
    documents = []
    for file in proven.files:
        document, problems = parse(file.path, file.text.encode())
        hold("a file that is written can be read", document is not None and not problems, problems, file.text)
        if document is not None:
            documents.append(document)
        for record in file.records:
            hold(
                "a record stands in its file",
                record.id in (file.path if file.path.endswith(".md") else file.text),
                record.id,
            )
    planned = [record.name for record in proven.plan.records]
    hold(
        "every record is in one file",
        sorted(planned) == sorted(record.name for file in proven.files for record in file.records),
        planned,
    )
    hold("no id is given twice", len(set(planned)) == len(planned), planned)
    shelf = _shelf()
    if proven.files:
        errors = find_errors_of_many(shelf, {file.path: file.text for file in proven.files})
        hold("what is written brings no error", not errors, errors)
    again = plan(form, reading.rows, read_library((*shelf.documents, *documents)), {})
    before = {item.row.number for item in proven.plan.items if item.outcome == "written"}
    twice = [item for item in again.items if item.outcome != "already-there" and item.row.number in before]
    hold("what came in is known again", not twice, twice)


MAX_LEN = 4_096
INSIDE = ("generator.importers", "generator.scaffold.writing", "generator.scaffold.record")
