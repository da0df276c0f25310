"""Spreadsheets come in by a mapping file: every cell is placed, noted or left out on purpose, and every row accounted for."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cases import SITE, TODAY
from test_exports import _full
from test_tables import write_files

from generator import load, pipeline
from generator.decode import decode
from generator.dialect import prose_links, prose_plain
from generator.documents import parse
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.importers.cells import plain_text
from generator.importers.checking import prove
from generator.importers.columns import name_column, propose, read
from generator.importers.files import Target
from generator.importers.identity import read_library
from generator.importers.mapping_reading import read_mapping
from generator.importers.rows import Handle, Options, Reading
from generator.importers.tables import read_table
from generator.importers.targets import list_targets
from generator.link import link

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.diagnostics import Diagnostic
    from generator.importers.checking import Proven
    from generator.importers.rows import Draft, Row
    from generator.link import Library

HERE = Path(__file__).parent / "importing" / "csv"
MAPPINGS = Path(__file__).parents[1] / "generator" / "importers" / "mappings"
GENRES = ("news", "wire", "statement", "transcript", "document", "dataset", "post", "reference")


def options_with(mapping: str | bytes = "", **given_: str) -> Options:
    """What somebody says who imports a spreadsheet on the day of the cases."""
    data = mapping.encode() if isinstance(mapping, str) else mapping
    return Options(TODAY.isoformat(), "rumours", given=given_, texts={"mapping": data} if data else {}, genres=GENRES)


def write_into(root: Path, form: str, reading: Reading) -> Proven:
    """Import into a project as the command does: rows that bring an error are kept back, the others are written."""
    assert reading.problem == ""
    documents = load.read(root)[0]
    taken = [document.path for document in documents]

    def find_errors(texts: Mapping[str, str]) -> Sequence[Diagnostic]:
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        found = [one for one in pipeline.check(root, today=TODAY).diagnostics if one.severity == "error"]
        for path in texts:
            (root / path).unlink()
        return found

    proven = prove(form, reading.rows, read_library(documents), Target("imported", "sheet", taken), find_errors)
    for file in proven.files:
        (root / file.path).write_text(file.text, "utf-8")
    return proven


def copy_site(folder: Path) -> Path:
    """Lay the sound site of the cases out."""
    return Path(shutil.copytree(SITE, folder / "site"))


def link_site(root: Path) -> Library:
    """Link the records of a site that must be sound."""
    checked = pipeline.check(root, today=TODAY)
    assert [one for one in checked.diagnostics if one.severity == "error"] == []
    assert checked.library is not None
    return checked.library


def tell(proven: Proven) -> str:
    """Tell what became of each row."""
    lines = []
    for item in proven.plan.items:
        lines.append(f"{item.row.number} {item.row.at}: {item.outcome} {', '.join(item.records)}".rstrip())
        lines += [f"    {item.reason}"] if item.reason else []
        lines += [f"    {one.code} {one.field}: {one.value}".rstrip(": ") for one in item.remarks]
    return "\n".join([*lines, proven.problem, ""])


# --- tables ---

TABLES: dict[str, tuple[bytes, object]] = {
    # what the file holds -> its rows with their lines, or why it is not read
    "comma": (b"a,b\n1,2\n", [(2, "1", "2")]),
    "semicolon": (b"a;b\n1,5;2\n", [(2, "1,5", "2")]),
    "tab": (b"a\tb\n1\t2,3\n", [(2, "1", "2,3")]),
    "named by the first line": (b"sep=;\r\na,x;b\r\n1;2\r\n", [(3, "1", "2")]),
    "byte order mark": (b"\xef\xbb\xbfa,b\r\n1,2\r\n", [(2, "1", "2")]),
    "old line ends": (b"a,b\r1,2\r3,4", [(2, "1", "2"), (3, "3", "4")]),
    "line end in a cell": (b'a,b\n"1\n\n2",3\n4,5', [(2, "1\n\n2", "3"), (5, "4", "5")]),
    "line end in the header": (b'"a\nz",b\n1,2', [(3, "1", "2")]),
    "quotation marks behind a blank": (b'a, b\n1, "2, 3"\n', [(2, "1", "2, 3")]),
    "doubled quotation marks": (b'a,b\n"1 ""x""",2\n', [(2, '1 "x"', "2")]),
    "blank lines above": (b"\n\na,b\n1,2", [(4, "1", "2")]),
    "control characters": (b"a,b\n\x00\x01,2", [(2, "\x00\x01", "2")]),
    "nothing": (b"", "The file holds no table: it is empty."),
    "blank lines only": (b"\n \n", "The file holds no table: it is empty."),
    "two separators": (
        b"a,b;c\n1,2",
        "Line 1: the header has a comma and a semicolon; say which of them stands between two cells.",
    ),
    "double header": (
        b"Date,Claim, Date \n",
        "Line 1: more than one column is called “Date”. Give each column a name of its own.",
    ),
    "mark not closed": (
        b'a,b\n1,2\n3,"4\n5,6\n7,8\n',
        (
            "The row that begins in line 3 has a cell with a quotation mark in front and none at its end, so all that follows "
            "would be one cell. Close it, or save the table again as CSV."
        ),
    ),
    "mark in a cell": (
        b'a,b\n1,"2\n3" x,4\n5,6\n',
        (
            "The row that begins in line 2 has a quotation mark inside a quoted cell, in line 3. Write it twice there, or save "
            "the table again as CSV."
        ),
    ),
    "long cell": (
        b'a,b\n1,"' + b"x" * 140_000 + b'"\n',
        "The row that begins in line 2 has a cell longer than 131,072 characters. A quotation mark in front of it may not be closed.",
    ),
    "many columns": (
        ",".join(map(str, range(1001))).encode(),
        "Line 1: the header has 1001 columns; 1000 are the most that are read.",
    ),
    "Excel": (
        b"PK\x03\x04 and so on",
        "This is a workbook (Excel, LibreOffice) or a zip file, not a table. Save the sheet from that program as CSV (UTF-8).",
    ),
    "UTF-16": (
        "a,b\n".encode("utf-16"),
        (
            "This file is saved as UTF-16, which Notepad calls “Unicode”. Save the file again with the encoding UTF-8 (in "
            "Notepad: “Save as”, at the bottom “Encoding”)."
        ),
    ),
    "Windows-1251": (
        "дата,міст\n".encode("windows-1251"),
        (
            "This file is not saved as UTF-8, but as it seems in Windows-1251; there this line reads “дата,міст”. Save the file "
            "again with the encoding UTF-8, and look at the letters of this line."
        ),
    ),
}


@pytest.mark.parametrize(("data", "expected"), TABLES.values(), ids=TABLES.keys())
def test_a_table_is_read_with_the_line_of_each_row_or_refused_with_its_line(data: bytes, expected: object) -> None:
    table = read_table(data)
    assert (table.problem or [(row.line, *row.cells) for row in table.rows]) == expected
    assert {row.problem for row in table.rows} <= {""}


def test_a_named_encoding_is_read_and_no_other_is_tried() -> None:
    data = "дата,міст\n1,2\n".encode("windows-1251")
    assert read_table(data, encoding="windows-1251").header == ("дата", "міст")
    assert read_table(data, encoding="koi8-u").header != ("дата", "міст")
    assert read_table("дата\n".encode("utf-16"), encoding="utf-16").header == ("дата",)
    assert read_table(b"a\n\x81\n", encoding="windows-1252").problem == (
        "Line 2: the byte 0x81 is no letter in windows-1252; the file was saved in another encoding."
    )


def test_rows_with_another_number_of_cells_say_so_and_blank_ones_are_blank() -> None:
    table = read_table(b"a,b\n1\n\n1,2,3\n , \n1,2\n")
    assert [(row.line, row.problem, row.is_blank) for row in table.rows] == [
        (2, "It has 1 cell where the header has 2.", False),
        (3, "", True),
        (4, "It has 3 cells where the header has 2.", False),
        (5, "", True),
        (6, "", False),
    ]


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_program_writes_is_read_cell_by_cell(rows: list[list[str]], separator: str) -> None:
    rows = [[cell.replace("\r", "").lstrip(" ") for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    table = read_table(text.getvalue().encode())
    assert table.problem == ""
    assert [list(row.cells) for row in table.rows] == rows


# --- mapping files ---

GOOD = "kind: claim\nsource: {outlet: desk, language: en}\ncolumns: {Claim: says}\n"
MISTAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    # the mapping -> what is said of it, with line and column
    "unknown field": (
        "kind: claim\nsource: {outlet: desk, language: en}\ncolums:\n  Claim: says\n",
        ("3:1 `colums` is not a field here. Did you mean `columns`?",),
    ),
    "unknown option": (
        f"{GOOD[:-2]}, Date: {{to: when, dat: edtf}}}}\n",
        ("3:41 `dat` is not a field here. Did you mean `date`?",),
    ),
    "unknown kind": (
        "kind: claims\ncolumns: {Claim: says}\n",
        ("1:7 `kind`: “claims” is not one of the words expected here. Did you mean `claim`? The words are `claim`, `event`, `source` or `entity`.",),
    ),
    "unknown date": (
        f"{GOOD[:-2]}, Date: {{to: when, date: day-month}}}}\n",
        ("3:47 `date`: “day-month” is not one of the words expected here. Did you mean `day-month-year`? The words are `day-month-year`, `month-day-year`, `year-month-day`, `excel-days` or `edtf`.",),
    ),
    "unknown target": (
        "kind: entity\ncolumns:\n  Name: name\n  Sort: {to: typ}\n",
        (
            "2:1 No column sets `type`, which an entity needs. Write `type` behind one of them.",
            ("4:14 `typ` is no field that an import sets in an entity. Did you mean `type`? Known are id, type, name, "
            "description, speaks_for, owned_by, part_of, wikidata, names.LANGUAGE; and `note` and `skip`."),
        ),
    ),
    "verdict": (
        "kind: claim\nsource: {outlet: desk, language: en}\ncolumns:\n  Claim: says\n  Verdict: verdict\n",
        ("5:12 `verdict` is not imported: nobody here has judged the claim yet. Write `note` to keep it in the notes.",),
    ),
    "set twice": (
        "kind: claim\nsource: {outlet: desk, language: en}\ncolumns:\n  Claim: says\n  Text: says\n",
        ("5:9 `says` is set by the column “Claim” already. Write `note` for one of them.",),
    ),
    "needed and not set": (
        "kind: event\nsource: {outlet: desk, language: en}\ncolumns:\n  Name: title\n",
        ("3:1 No column sets `when`, which an event needs. Write `when` behind one of them.",),
    ),
    "no source": (
        "kind: claim\ncolumns:\n  Claim: says\n",
        (
            ("2:1 Nothing says where the claims stand. Add `source: {outlet: ..., language: ..., title: ...}` for the sheet "
            "itself, or name them in the command."),
        ),
    ),
    "source of a source": (
        "kind: entity\nsource: {outlet: desk, language: en}\ncolumns: {A: name, B: type}\n",
        ("2:1 `source` is for sheets of claims and events. Write `fixed` for what all rows have in common.",),
    ),
    "address without language": (
        "kind: claim\ncolumns:\n  Claim: says\n  Link: seen.url\n",
        (
            ("2:1 A source is made of each `seen.url`, and it needs `seen.language` and `seen.genre`. Name the columns, or write "
            "`fixed: {seen.language: en, seen.genre: news}`."),
        ),
    ),
    "title without address": (
        f"{GOOD[:-2]}, T: seen.title}}\n",
        ("3:1 `seen.title` is about a source, which is known by `seen.url` or `seen.outlet`. Name the column.",),
    ),
    "quotation of nothing": (
        f"{GOOD[:-2]}, Q: seen.quote}}\n",
        (
            ("3:1 `seen.quote` quotes a stored text, and `seen.in` does not say which. Write `seen.finding` for words whose "
            "source is not stored here."),
        ),
    ),
    "odd options": (
        f"{GOOD[:-2]}, D: {{to: kind, date: edtf, entity: person, split: ';', text: html}}, W: {{to: when, text: html}}}}\n",
        (
            "3:44 `kind` is no date.",
            "3:58 `kind` names no entity.",
            "3:73 `kind` takes one value.",
            "3:84 `kind` is no text.",
            "3:111 `when` is no text.",
        ),
    ),
    "place": (
        "kind: event\nsource: {outlet: desk, language: en}\ncolumns: {N: title, D: when, P: {to: where, entity: person}}\n",
        ("3:53 `where` names a place.",),
    ),
    "fixed": (
        f"{GOOD}fixed: {{kind: [fact, number], when: 12-8-2020, sais: x, verdict: supported}}\n",
        (
            "4:15 `kind` takes one value.",
            "4:37 “12-8-2020” is no value that `when` can have.",
            "4:54 `sais` is no field that an import sets in a claim. Did you mean `says`? Known are "
            + ", ".join(list_targets("claim"))
            + "; and `note` and `skip`.",
            "4:66 `verdict` is not imported: nobody here has judged the claim yet. Write `note` to keep it in the notes.",
        ),
    ),
    "genre": (
        ("kind: claim\nsource: {outlet: desk, language: en, genre: newz}\ncolumns: {Claim: says, G: {to: seen.genre, words: {N: newz}}, U: seen.url}\n"
        "fixed: {seen.language: en}\n"),
        (
            "2:45 “newz” is no value that `genre` can have. Did you mean `news`? Write one of " + ", ".join(GENRES) + ".",
            "3:55 “newz” is no value that `seen.genre` can have. Did you mean `news`? Write one of " + ", ".join(GENRES) + ".",
        ),
    ),
    "separator": (f"separator: '||'\n{GOOD}", ("1:12 `separator` is one character, and no quotation mark or blank. Or write `auto`.",)),
    "country": (
        GOOD.replace("language: en", "language: ua"),
        ("2:34 `language`: “ua” is the code of a country; the language there is `uk`. Write `uk`.",),
    ),
    "no mapping": ("- a\n- b\n", ("1:1 A mapping file holds fields of the form `name: value`. Begin with `kind: claim` and `columns:`.",)),
    "double key": (
        "kind: claim\nkind: event\n",
        ("2:1 `kind` is given twice; the first stands on line 1. Keep one of them.",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("mapping", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_the_mapping_is_said_at_its_line(mapping: str, said: tuple[str, ...]) -> None:
    found, problems = read_mapping(mapping.encode(), options_with())
    assert found is None
    shown = sorted(f"{one.place.line}:{one.place.column} {one.message} {one.help}".strip() for one in problems)
    assert shown == sorted(said)


def test_a_mapping_with_a_mistake_stops_the_import_and_names_the_line() -> None:
    assert read(b"Claim\nx\n", options_with(MISTAKES["verdict"][0])) == Reading(
        problem="Line 5 of the mapping: `verdict` is not imported: nobody here has judged the claim yet. Write `note` to keep it in the notes."
    )
    assert "needs a mapping file" in read(b"Claim\nx\n", options_with()).problem


def test_a_column_that_the_file_lacks_stops_the_import() -> None:
    mapping = f"key: Nr\n{GOOD[:-2]}, When: when}}\n"
    assert read(b"Claim,Date\nx,y\n", options_with(mapping)).problem == (
        "The mapping names columns that the file does not have: “When”, “Nr”. Its columns are “Claim”, “Date”."
    )


FLAGS = {
    "language": ({"outlet": "desk", "language": "ua"}, "`--language`: “ua” is no language tag such as en, uk or ru."),
    "genre": ({"outlet": "desk", "language": "en", "genre": "x"}, f"`--genre`: “x” is none of {', '.join(GENRES)}."),
    "url": ({"url": "javascript:x"}, "`--url`: “javascript:x” is no address that begins with https:// or http://."),
    "outlet": ({"outlet": " "}, "`--outlet`: the id or the name of an outlet is expected."),
}


@pytest.mark.parametrize(("flags", "said"), FLAGS.values(), ids=FLAGS.keys())
def test_a_flag_without_sense_stops_the_import(flags: dict[str, str], said: str) -> None:
    assert read(b"Claim\nx\n", options_with(GOOD, **flags)).problem == said


# --- cells ---

PERSON = Handle("entity", "Anna Reed", "person")
OUTLET = Handle("entity", "BBC News", "outlet")
CELLS: dict[str, tuple[str, str, str, object, tuple[str, ...]]] = {
    # kind, what the column is, the cell -> the value of the field, and the remarks, each of which has left a note
    "prose": ("claim", "says", "The *bridge* is [shut](claim:x).", r"The \*bridge\* is \[shut\](claim:x).", ()),
    "prose with tags": ("claim", "says", "<b>Shut</b> &amp; barred", r"\<b\>Shut\</b\> \&amp; barred", ()),
    "prose of HTML": ("claim", "{to: says, text: html}", "<b>Shut</b> &amp; barred", "Shut & barred", ()),
    "prose of ours": ("claim", "{to: says, text: markdown}", "Shut by the *council*", "Shut by the *council*", ()),
    "prose of ours, badly linked": ("event", "{to: summary, text: markdown}", "[x](javascript:y)", None, ("value-unread",)),
    "long prose": ("event", "summary", "word " * 300, None, ("too-long",)),
    "prose without words": ("event", "summary", "---", None, ("value-unread",)),
    "long line": ("source", "title", "word " * 80, None, ("too-long",)),
    "long line that is needed": ("entity", "name", "word " * 80, "word " * 58 + "word …", ("too-long",)),
    "control character": ("entity", "name", "Anna\x07 Reed", "Anna Reed", ("control-characters",)),
    "id": ("claim", "id", "bridge-closed", "bridge-closed", ()),
    "no id": ("claim", "id", "Bridge 1", None, ("id-taken",)),
    "word": ("claim", "kind", "Number", "number", ()),
    "unknown word": ("claim", "kind", "Rumour", "fact", ("word-unknown",)),
    "translated word": ("claim", "{to: kind, words: {Rumour: fact, Zahl: number}}", "zahl", "number", ()),
    "word that means nothing": ("claim", "{to: kind, words: {n/a: }}", "N/A", "fact", ()),
    "word with no translation": ("claim", "{to: kind, words: {Zahl: number}}", "number", "fact", ("word-unknown",)),
    "phase": ("event", "phase", "Under way", "under-way", ()),
    "genre": ("source", "genre", "News", "news", ()),
    "type": ("entity", "type", "PERSON", "person", ()),
    "ids": ("claim", "{to: topics, split: ','}", "mill, mill-bridge, ,x y", ["mill", "mill-bridge"], ("value-unread",)),
    "person by name": ("claim", "{to: speaker, entity: person}", " Anna  Reed ", PERSON, ()),
    "person by id": ("claim", "speaker", "anna-reed", "anna-reed", ()),
    "person without a type": ("claim", "speaker", "Anna Reed", None, ("value-unread",)),
    "person by a word": ("claim", "{to: speaker, entity: person, words: {AR: anna-reed}}", "AR", "anna-reed", ()),
    "person beside the words": ("claim", "{to: speaker, entity: person, words: {AR: x}}", "Anna Reed", PERSON, ()),
    "persons": ("claim", "{to: about, entity: person, split: '/'}", "Anna Reed/ /Anna Reed", [PERSON, PERSON], ()),
    "outlet by name": ("source", "outlet", "BBC News", OUTLET, ()),
    "outlet by id": ("source", "outlet", "bbc", "bbc", ()),
    "place": ("event", "where", "Mill Lane", Handle("entity", "Mill Lane", "place"), ()),
    "authors": ("source", "{to: authors, split: '&'}", "A. Clerk & B. Clark", ["A. Clerk", "B. Clark"], ()),
    "address": ("source", "url", " https://a.example/x?y=1#z ", "https://a.example/x?y=1#z", ()),
    "no address": ("source", "url", "www.a.example", None, ("url-refused",)),
    "script for an address": ("source", "url", "javascript:alert(1)", None, ("url-refused",)),
    "language": ("source", "language", "uk", "uk", ()),
    "item": ("entity", "wikidata", "https://www.wikidata.org/wiki/Q42", "Q42", ()),
    "no item": ("entity", "wikidata", "42", None, ("value-unread",)),
    "name in another language": ("entity", "names.uk", "Анна Рід", {"uk": "Анна Рід"}, ()),
    "day": ("source", "accessed", "2024-05-14", "2024-05-14", ()),
    "day with a time": ("source", "accessed", "2024-05-14 12:30", "2024-05-14", ("date-reduced",)),
    "month for a day": ("source", "accessed", "2024-05", TODAY.isoformat(), ("value-unread",)),
    **{
        f"date: {cell!r} as {form or 'it stands'}": (
            "claim",
            f"{{to: when, date: {form}}}" if form else "when",
            cell,
            when,
            (remark,) if remark else (),
        )
        for cell, form, when, remark in (
            ("2024-05-14", "", "2024-05-14", ""),
            ("14 May 2024", "", "2024-05-14", ""),
            ("May 2024", "", "2024-05", ""),
            ("2024", "", "2024", ""),
            ("circa 1990", "", "1990~", ""),
            ("12-8-2020", "", None, "date-ambiguous"),
            ("10-10-2020", "", "2020-10-10", ""),
            ("25.08.2020", "", "2020-08-25", ""),
            ("12-8-2020", "day-month-year", "2020-08-12", ""),
            ("12/8/2020", "month-day-year", "2020-12-08", ""),
            ("31-6-2020", "day-month-year", None, "date-unread"),
            ("3/4/21", "day-month-year", None, "date-ambiguous"),
            ("2020-08-25", "day-month-year", "2020-08-25", ""),
            ("44068", "excel-days", "2020-08-25", ""),
            ("44068.5", "excel-days", "2020-08-25T12:00", ""),
            ("44068", "", None, "date-unread"),
            ("59", "excel-days", None, "date-ambiguous"),
            ("early 2020", "", None, "date-unread"),
            ("-8000", "", None, "date-out-of-range"),
            ("2024-05-14T00:00:00Z", "", "2024-05-14", "midnight-as-day"),
            ("2020-21", "", None, "date-ambiguous"),
            ("2020-21", "edtf", "2020-21", ""),
            ("2023~", "edtf", "2023~", ""),
            ("14 May 2024", "edtf", None, "date-unread"),
        )
    },
}  # fmt: skip
BASE = {
    "claim": ("says", {"says": "N", "kind": "K", "when": "D"}, "source: {outlet: desk, language: en}\n"),
    "event": ("title", {"title": "N", "when": "D"}, "source: {outlet: desk, language: en}\n"),
    "source": ("outlet", {"outlet": "O", "language": "L", "genre": "G"}, ""),
    "entity": ("name", {"name": "N", "type": "T"}, ""),
}
FILLED = {"N": "A name", "K": "fact", "D": "2024-05-01", "O": "courier", "L": "en", "G": "news", "T": "person"}


def read_one(kind: str, column: str, cell: str) -> tuple[Row, dict[str, object]]:
    """Read a row of which one column is tried; what else its record needs is given."""
    target = parse("x.yml", f"x: {column}\n".encode())[0]
    named = target.read(("x",)) if target else None
    field = named if isinstance(named, str) else named["to"] if isinstance(named, dict) else ""
    needed = {name: header for name, header in BASE[kind][1].items() if name != field}
    needed = {name: header for name, header in needed.items() if kind != "claim" or name == "says"}
    columns = "".join(f"  {header}: {name}\n" for name, header in needed.items())
    mapping = f"kind: {kind}\n{BASE[kind][2]}columns:\n{columns}  X: {column}\n"
    text = io.StringIO()
    csv.writer(text).writerows([[*needed.values(), "X"], [*(FILLED[one] for one in needed.values()), cell]])
    reading = read(text.getvalue().encode(), options_with(mapping))
    assert reading.problem == ""
    (row,) = reading.rows
    return row, dict(row.drafts[0].fields) if row.drafts else {}


@pytest.mark.parametrize(("kind", "column", "cell", "value", "remarks"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_becomes_what_its_column_says_or_a_note(
    kind: str, column: str, cell: str, value: object, remarks: tuple[str, ...]
) -> None:
    row, fields = read_one(kind, column, cell)
    field = column.removeprefix("{to: ").partition(",")[0].partition(".")[0]
    draft = row.drafts[0]
    assert (draft.wish or None if field == "id" else fields.get(field)) == value
    assert tuple(one.code for one in row.remarks if one.field == "X") == remarks
    noted = [note for note in draft.notes if note.startswith("X: ")]
    assert len(noted) == len(remarks)
    assert all(
        plain_text(note[3:])[:20] in plain_text(cell).replace("\x07", "\\u0007") or "\\u" in note for note in noted
    )


def test_a_source_in_no_known_language_is_kept_back() -> None:
    row, _ = read_one("source", "language", "ua")
    assert row.kept_back == "“X” cannot be read: “ua”; a source needs `language`."
    assert row.raw == '{"O": "courier", "G": "news", "X": "ua"}'


def test_what_a_row_cannot_do_without_keeps_it_back_with_the_reason() -> None:
    mapping = f"{GOOD[:-2]}, Who: {{to: speaker, entity: person}}, Sort: kind}}\n"
    reading = read(b"Claim,Who,Sort\n,x,\n---,x,\nIt is so,,statement\nIt is so,Tom,statement\n", options_with(mapping))
    assert [row.kept_back for row in reading.rows] == [
        "“Claim” is blank; a claim needs `says`.",
        "“Claim” cannot be read: “---”; a claim needs `says`.",
        "A statement needs a speaker, and “Who” names nobody.",
        "",
    ]
    assert [row.raw for row in reading.rows[:2]] == ['{"Who": "x"}', '{"Claim": "---", "Who": "x"}']


# --- whole rows ---


def drafts_of(row: Row, kind: str) -> list[Draft]:
    return [draft for draft in row.drafts if draft.kind == kind]


SEEN = "kind: claim\ncolumns: {Claim: says, Link: seen.url, Paper: seen.outlet, Said: seen.finding, By: seen.chain, In: seen.in, Words: seen.quote}\nfixed: {seen.language: en, seen.genre: news}\n"
SHEET = "source: {outlet: desk, language: en, title: The sheet}\n"
LISTED = "Listed as a place where this is said: It is so."
ONE, TWO = Handle("source", "https://a.example/1"), Handle("source", "sheet The sheet")
LISTS = {"in": TWO, "finding": "Lists: It is so.", "chain": "untraced"}
WHERE: dict[str, tuple[str, list[str], object]] = {
    # beside the claim: link, paper, finding, chain, source, quotation -> what it is seen in
    "an address": ("", ["https://a.example/1", "", "", "", "", ""], [{"in": ONE, "finding": LISTED, "chain": "untraced"}]),
    "an address and the sheet": (
        SHEET, ["https://a.example/1", "A", "", "own", "", ""], [{"in": ONE, "finding": LISTED, "chain": "own"}, LISTS],
    ),
    "words of its own": (
        SHEET, ["https://a.example/1", "A", "Said so.", "", "", ""], [{"in": ONE, "finding": "Said so.", "chain": "untraced"}, LISTS],
    ),
    "words of its own and no sheet": (
        "",
        ["https://a.example/1", "A", "Said so.", "", "", ""],
        [{"in": ONE, "finding": "Said so.", "chain": "untraced"}, {"in": ONE, "finding": LISTED, "chain": "untraced"}],
    ),
    "a voice without a name": (
        "", ["https://a.example/1", "A", "", "a neighbour", "", ""], [{"in": ONE, "finding": LISTED, "chain": [{"unnamed": "a neighbour"}]}],
    ),
    "an outlet alone": ("", ["", "A", "", "", "", ""], "Nothing in it says where the claim stands."),
    "a source that is there": ("", ["", "", "", "", "wire-1", ""], [{"in": "wire-1", "finding": LISTED, "chain": "untraced"}]),
    "a quotation from it": (
        "", ["", "", "", "", "wire-1", "the railing is sound"], [{"in": "wire-1", "quote": "the railing is sound", "chain": "untraced"}],
    ),
    "the sheet alone": (SHEET, [""] * 6, [LISTS]),
    "nothing": ("", [""] * 6, "Nothing in it says where the claim stands."),
}  # fmt: skip


@pytest.mark.parametrize(("source", "cells", "expected"), WHERE.values(), ids=WHERE.keys())
def test_a_claim_is_cited_where_the_row_and_the_sheet_say(source: str, cells: list[str], expected: object) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["Claim", "Link", "Paper", "Said", "By", "In", "Words"], ["It is so.", *cells]])
    (row,) = read(text.getvalue().encode(), options_with(SEEN + source)).rows
    assert (row.kept_back or row.drafts[0].fields["seen"]) == expected
    assert {draft.fields["stored"] for draft in drafts_of(row, "source")} <= {"none"}


def test_a_source_of_which_too_little_is_known_is_noted_and_no_source() -> None:
    mapping = f"{GOOD[:-2]}, Link: seen.url, Sort: seen.genre, Said: seen.finding}}\nfixed: {{seen.language: en}}\n"
    (row,) = read(b"Claim,Link,Sort,Said\nIt is so,https://a.example/1,gossip,As it says\n", options_with(mapping)).rows
    assert [draft.key for draft in drafts_of(row, "source")] == ["sheet rumours"]
    assert row.drafts[0].notes == ("Sort: gossip", "Link: https://a.example/1", "Said: As it says")
    assert [(one.code, one.field) for one in row.remarks] == [("word-unknown", "Sort"), ("field-missing", "seen.genre")]


def test_a_source_without_an_address_is_known_by_its_outlet_and_its_title_or_date() -> None:
    mapping = f"{GOOD[:-2]}, Paper: seen.outlet, T: seen.title, Out: seen.published}}\nfixed: {{seen.language: en, seen.genre: news}}\n"
    data = b"Claim,Paper,T,Out\nA,Gazette,,2024-05-02\nB,Gazette,News,2024-05-02\nC,Gazette,News,2024-05-02\nD,Gazette,,\nE,,News,\n"
    rows = read(data, options_with(mapping)).rows
    keys = [[draft.key for draft in drafts_of(row, "source")[:-1]] for row in rows]
    assert keys == [["Gazette | 2024-05-02"], *[["Gazette | News | 2024-05-02"]] * 2, [], []]
    assert [row.drafts[0].notes for row in rows[3:]] == [("Paper: Gazette",), ("T: News",)]


def test_a_claim_dated_after_its_source_has_no_date() -> None:
    mapping = f"{GOOD[:-2]}, Date: when, Link: seen.url, Out: seen.published}}\nfixed: {{seen.language: en, seen.genre: news}}\n"
    data = b"Claim,Date,Link,Out\nA,2024-05-03,https://a.example/1,2024-05-02\nB,2024-05-02,https://a.example/2,2024-05-02\n"
    first, second = read(data, options_with(mapping)).rows
    assert ("when" in first.drafts[0].fields, first.drafts[0].notes) == (False, ("Date: 2024-05-03",))
    assert [one.code for one in first.remarks] == ["date-after-review", "outlet-from-address"][::-1]
    assert second.drafts[0].fields["when"] == "2024-05-02"


def test_an_event_rests_on_a_claim_that_is_made_of_it() -> None:
    mapping = "kind: event\nsource: {outlet: Valley Desk, language: en}\ncolumns: {What: title, Day: when, Claims: {to: rests_on, split: ' '}}\n"
    data = b"What,Day,Claims\n300 [people] came,2024-05-02,\nA fair,2030,\nA march,2024,one two\n"
    first, second, third = read(data, options_with(mapping)).rows
    event, claim, sheet, outlet = first.drafts
    assert (event.fields["title"], event.fields["phase"]) == ("300 [people] came", "done")
    assert event.fields["rests_on"] == [Handle("claim", claim.key)]
    assert dict(claim.fields) == {
        "says": r"300 \[people\] came",
        "kind": "fact",
        "when": "2024-05-02",
        "seen": [{"in": Handle("source", sheet.key), "finding": r"Lists: 300 \[people\] came", "chain": "untraced"}],
        "verdict": "unchecked",
    }
    assert (sheet.fields["genre"], outlet.key) == ("dataset", "Valley Desk")
    assert second.drafts[0].fields["phase"] == "planned"
    assert [draft.kind for draft in third.drafts] == ["event"]
    assert third.drafts[0].fields["rests_on"] == ["one", "two"]
    assert read(data, options_with(mapping, phase="disputed")).rows[0].drafts[0].fields["phase"] == "disputed"


def test_the_key_is_made_of_the_key_columns_or_of_the_mapped_cells_and_never_of_the_place() -> None:
    mapping = f"{GOOD[:-2]}, A: note}}\n"
    keys = [row.drafts[0].key for row in read(b"Claim,A\nx,1\ny,1\nx,2\n", options_with(mapping)).rows]
    assert keys[0] == keys[2] != keys[1]
    assert keys[0] == read(b"A,Claim\n9,y\n1,x\n", options_with(mapping)).rows[1].drafts[0].key
    named = read(b"Claim,A\nx,1\ny, 1  b\nz,\n", options_with(f"key: [A]\nname: sheet\n{mapping}")).rows
    assert [row.drafts[0].key for row in named[:2]] == ["sheet#1", "sheet#1 b"]
    assert [(one.code, one.field) for one in named[2].remarks] == [("field-missing", "A")]


def test_the_digest_is_of_all_cells_whatever_their_order() -> None:
    first, other = (read(data, options_with(GOOD)).rows[0] for data in (b"Claim,A\nx,1\n", b"A,Claim\n1,x\n"))
    assert first.digest == other.digest
    assert first.digest != read(b"Claim,A\nx,2\n", options_with(GOOD)).rows[0].digest


# --- a stub of a mapping ---


def test_the_proposed_mapping_has_every_column_as_a_note() -> None:
    stub = propose((HERE / "rumours.csv").read_bytes())
    document, problems = parse("mapping.yml", stub.encode())
    assert problems == ()
    assert document is not None
    header = (HERE / "rumours.csv").read_text("utf-8").splitlines()[0].split(",")
    assert document.data == {"kind": "claim", "columns": dict.fromkeys(header, "note")}
    assert propose(b'a\n"') == "# " + read_table(b'a\n"').problem + "\n"
    assert all(len(line) <= 120 for line in stub.splitlines())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), min_size=1, max_size=4))
def test_a_proposed_mapping_can_be_read_whatever_the_columns_are_called(header: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(header)
    data = text.getvalue().encode()
    table = read_table(data)
    document, problems = parse("mapping.yml", propose(data).encode())
    if table.problem:
        assert [one.code for one in problems] == ["empty-file"]
        return
    assert problems == ()
    assert document is not None
    columns = document.read(("columns",))
    assert isinstance(columns, dict)
    assert columns == dict.fromkeys((name_column(name) for name in table.header), "note")
    mapping = f"kind: entity\nfixed: {{name: x, type: person}}\n{propose(data).partition('kind: claim')[2].strip()}\n"
    text.write("\r\n" + ",".join(["1"] * len(header)))
    (row,) = read(text.getvalue().replace("\r\n\r\n", "\r\n").encode(), options_with(mapping)).rows
    assert len(row.drafts[0].notes) == len(header)


# --- every row is accounted for ---

FIVE = "kind: claim\nkey: A\nsource: {outlet: desk, language: en}\ncolumns:\n  A: {to: says, text: html}\n  B: {to: when, date: day-month-year}\n  C: {to: about, entity: person, split: ';'}\n  D: seen.url\nfixed: {seen.language: en, seen.genre: news}\n"


@given(st.text(alphabet='ABC,;"\n\r\t\x00 1-2.<>é[]()x', max_size=60).map(lambda text: f"A,B,C,D\n{text}"))
def test_no_table_raises_and_every_row_has_one_fate(text: str) -> None:
    reading = read(text.encode(), options_with(FIVE))
    if reading.problem:
        assert reading.rows == ()
        return
    assert [row.number for row in reading.rows] == [*range(1, len(reading.rows) + 1)]
    for row in reading.rows:
        assert [bool(row.drafts), bool(row.kept_back), row.is_blank].count(True) == 1
        assert not row.drafts or row.drafts[0].kind == "claim"
        used = {draft.key for draft in row.drafts}
        assert {handle.key for handle in _handles(row)} <= used


def _handles(row: Row) -> list[Handle]:
    found: list[Handle] = []
    waiting: list[object] = [dict(draft.fields) for draft in row.drafts]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Handle):
            found.append(one)
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
    return found


@given(st.binary(max_size=80), st.binary(max_size=60))
def test_no_bytes_raise(data: bytes, mapping: bytes) -> None:
    assert isinstance(read(data, options_with(GOOD)), Reading)
    assert isinstance(read(data, options_with(mapping or b"x")), Reading)
    assert isinstance(propose(data), str)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=5, max_size=5))
def test_no_cell_is_lost(cells: list[str]) -> None:
    mapping = "kind: claim\nsource: {outlet: desk, language: en}\ncolumns: {A: says, B: when, C: {to: about, entity: person}, D: kind}\n"
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[*"ABCDE"], cells])
    (row,) = read(text.getvalue().encode(), options_with(mapping)).rows
    stood = dict(zip("ABCDE", read_table(text.getvalue().encode()).rows[0].cells, strict=True))
    if row.is_blank:
        assert not any(cell.strip() for cell in stood.values())
        return
    if row.kept_back:
        assert json.loads(row.raw) == {name: cell for name, cell in stood.items() if cell.strip()}
        return
    draft = row.drafts[0]
    noted = {note.partition(": ")[0] for note in draft.notes}
    placed = {"A": "says", "B": "when", "C": "about", "D": "kind"}
    for name, cell in stood.items():
        if cell.strip():
            assert name in noted or placed.get(name) in draft.fields, name
    says = str(draft.fields["says"])
    assert prose_links(says) == ()
    assert prose_plain(says) == plain_text(stood["A"].replace("&", "&amp;").replace("<", "&lt;"))


# --- a sheet as it comes ---


def test_a_messy_sheet_is_fully_accounted_for_and_what_is_written_is_sound(
    tmp_path: Path, assert_golden: Callable[[Path, str], None]
) -> None:
    root = copy_site(tmp_path)
    data, mapping = (HERE / "rumours.csv").read_bytes(), (HERE / "rumours.yml").read_bytes()
    reading = read(data, options_with(mapping))
    proven = write_into(root, "csv", reading)
    assert_golden(HERE / "rumours.rows.txt", "\n".join([*reading.said, tell(proven)]))
    assert_golden(HERE / "rumours.claims.yml", next(one.text for one in proven.files if "/claims/" in one.path))
    assert len(reading.rows) == len(proven.plan.items) == 30
    library = link_site(root)
    new = [claim for claim in library.claims.values() if claim.imported]
    assert {claim.verdict for claim in new} == {"unchecked"}
    assert all(item.finding for claim in new for item in claim.seen)

    again = write_into(root, "csv", read(data, options_with(mapping)))
    assert again.files == ()
    fates = [item.outcome for item in proven.plan.items]
    assert [item.outcome for item in again.plan.items] == [
        "already-there" if fate == "written" else fate for fate in fates
    ]


def test_a_changed_row_is_reported_and_not_written(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    data, mapping = (HERE / "rumours.csv").read_bytes(), (HERE / "rumours.yml").read_bytes()
    write_into(root, "csv", read(data, options_with(mapping)))
    changed = data.replace(b"has resigned", b"has not resigned")
    again = write_into(root, "csv", read(changed, options_with(mapping)))
    assert again.files == ()
    assert [item.row.number for item in again.plan.items if item.outcome == "changed-since"] == [3]


def test_a_key_column_that_the_mapping_leaves_out_is_kept_in_the_key_or_told() -> None:
    columns = "columns: {Nr: skip, Sheet: skip, Words: says, Colour: skip}"
    mapping = f"kind: claim\nkey: [Nr, Sheet]\nsource: {{outlet: desk, language: en}}\n{columns}\n"
    reading = read(b"Nr,Sheet,Words,Colour\n7,a,It rained.,red\n8,,It snowed.,red\n", options_with(mapping))
    whole, part = reading.rows
    assert whole.drafts[0].key.endswith("#7 a")
    assert [(one.code, one.field) for one in whole.remarks] == [("skipped", "Colour")]
    assert [(one.code, one.field) for one in part.remarks] == [
        ("skipped", "Colour"),
        ("field-missing", "Sheet"),
        ("skipped", "Nr"),
    ]
    assert [said for said in reading.said if "leaves out" in said] == [
        "The mapping leaves out the column “Colour”: 2 cells are kept nowhere."
    ]


# --- our own tables ---

OWN = ("entities", "sources", "claims", "events")


@pytest.mark.parametrize("name", OWN)
def test_the_mapping_of_our_own_table_names_every_column_of_it(name: str) -> None:
    table = next(one for one in CATALOGUE if one.name == name)
    options = options_with(outlet="desk", language="en")
    mapping, problems = read_mapping((MAPPINGS / f"{name}.yml").read_bytes(), options)
    assert problems == ()
    assert mapping is not None
    assert tuple(mapping.columns) == table.names


@pytest.mark.parametrize("name", OWN)
def test_our_own_table_reads_back_as_the_records(name: str) -> None:
    library = _full()
    data = write_files(library)[path_of(name)]
    mapping = (MAPPINGS / f"{name}.yml").read_bytes()
    reading = read(data, options_with(mapping, outlet="brook-courier", language="en"))
    kind = {"entities": "entity", "sources": "source", "claims": "claim", "events": "event"}[name]
    ids = [one for of, one in library.located if of == kind]
    assert [row.drafts[0].wish for row in reading.rows] == ids
    lost = {
        "entity": {"id", "was", "names", "speaks_for", "owned_by", "part_of", "notes", "imported"},
        "source": {
            "id",
            "was",
            "authors",
            "reprints",
            "translated_title",
            "skipped",
            "stored",
            "publish",
            "notes",
            "imported",
        },
        "claim": {
            *(
                "id",
                "was",
                "topics",
                "about",
                "after",
                "seen",
                "evidence",
                "computed",
                "searched",
                "contradicts",
                "implies",
            ),
            *("verdict", "why", "missing", "unknown", "checked", "review_by", "log", "notes", "imported"),
        },
        "event": {"id", "was", "as_stated", "involves", "topics", "rests_on", "evidence", "notes", "imported"},
    }[kind]
    for row in reading.rows:
        draft = row.drafts[0]
        typed = library.located[kind, draft.wish].record.model_dump(mode="json", by_alias=True)
        kept = {name: value for name, value in typed.items() if name not in lost and value not in (None, [], {})}
        got = {name: value for name, value in draft.fields.items() if name not in lost}
        assert got == {**kept, **({"summary": got["summary"]} if kind == "source" and "summary" not in kept else {})}
        assert {note.partition(": ")[0] for note in draft.notes} >= {"page"}


def test_our_own_tables_move_into_an_empty_project(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    for folder in ("claims", "events", "sources", "entities", "topics"):
        shutil.rmtree(root / "content" / folder)
    files = write_files(_full())
    for name in OWN:
        options = options_with((MAPPINGS / f"{name}.yml").read_bytes(), outlet="brook-courier", language="en")
        options = replace(options, name=name)
        proven = write_into(root, "csv", read(files[path_of(name)], options))
        kept_back = [(item.row.number, item.reason) for item in proven.plan.items if item.outcome != "written"]
        assert kept_back == []
    library = link_site(root)
    old = _full()
    for kind in ("entity", "source", "claim", "event"):
        assert {one for of, one in old.located if of == kind} <= {one for of, one in library.located if of == kind}


def test_the_records_of_a_spreadsheet_decode_without_a_mistake(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    mapping = "kind: source\nkey: Link\ncolumns: {Link: url, Paper: outlet, T: title, D: {to: published, date: day-month-year}}\nfixed: {language: en, genre: news}\n"
    data = b"Link,Paper,T,D\nhttps://a.example/1,Valley Gazette,One,2.5.2024\nnone,Valley Gazette,Two,3.5.2024\n"
    proven = write_into(root, "csv", read(data, options_with(mapping)))
    assert [item.outcome for item in proven.plan.items] == ["written", "written"]
    records, problems = decode(load.read(root)[0])
    assert problems == ()
    library, _ = link(records)
    assert library is not None
    assert library.sources["valley-gazette-2024-05-02"].title == "One"
    assert library.sources["valley-gazette-2024-05-03"].notes == ("Link: none",)
