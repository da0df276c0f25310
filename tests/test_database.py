"""The SQLite file holds the tables cell by cell, its references hold, its words are found, and Datasette shows it."""

from __future__ import annotations

import contextlib
import html
import json
import re
import shlex
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_tables import SITES, files_of, lay_out, read_site, read_table

from generator.exports.tables import DATABASE, METADATA
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.exports.tables.lines import write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.exports.tables.columns import Table

_TOOL = Path(sys.executable).with_name("datasette")


@contextlib.contextmanager
def _open(data: bytes) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
        yield database
    finally:
        database.close()


def _make(site: str, files: Mapping[str, bytes]) -> bytes:
    return DATABASE.make(read_site(site).settings, {path: files[path] for path in DATABASE.of})


def _ask(database: sqlite3.Connection, question: str, *values: str) -> list[Any]:
    """Ask for rows; those of one column come as bare values."""
    return [row[0] if len(row) == 1 else row for row in database.execute(question, values)]


# --- the tables ---


def _typed(table: Table, cells: Mapping[str, str]) -> tuple[object, ...]:
    """Give a row of a CSV file as the database should hold it."""
    read: dict[str, Callable[[str], object]] = {
        "integer": int,
        "boolean": ("false", "true").index,
        "string": str,
        "date": str,
    }
    return tuple(read[one.kind](cells[one.name]) if cells[one.name] else None for one in table.columns)


@pytest.mark.parametrize("site", SITES)
def test_the_tables_hold_what_the_csv_files_hold(site: str) -> None:
    with _open(files_of(site)[DATABASE.path]) as database:
        for table in CATALOGUE:
            expected = [_typed(table, cells) for cells in read_table(files_of(site), table.name)]
            found = _ask(database, f"SELECT {', '.join(table.names)} FROM {table.name}")  # noqa: S608
            if len(table.key) > 1 and not table.search:  # such a table is kept in the order of its key
                assert sorted(found, key=repr) == sorted(expected, key=repr), table.name
            else:
                assert found == expected, table.name


@pytest.mark.parametrize("site", SITES)
def test_the_file_is_sound_and_its_references_hold(site: str) -> None:
    with _open(files_of(site)[DATABASE.path]) as database:
        assert _ask(database, "PRAGMA integrity_check") == ["ok"]
        assert _ask(database, "PRAGMA foreign_key_check") == []
        declared = sum(len(_ask(database, f"PRAGMA foreign_key_list({table.name})")) for table in CATALOGUE)
        columns = sum(len(reference.columns) for table in CATALOGUE for reference in table.references)
        assert declared == columns > 50


@pytest.mark.parametrize(
    ("table", "old", "new", "broken"),
    [
        ("claim_topics", b",mill-bridge", b",mill-bridgX", ("claim_topics", "topics")),
        ("claims", b",twelve-rotten,supp", b",twelve-rotteX,supp", ("claims", "claims")),
        ("hops", b"q1-full,3,2", b"q1-full,9,2", ("hops", "chains")),
    ],
)
def test_a_reference_that_leads_nowhere_is_found(table: str, old: bytes, new: bytes, broken: tuple[str, str]) -> None:
    files = files_of("full")
    data = files[path_of(table)].replace(old, new, 1)
    assert data != files[path_of(table)]
    with _open(_make("full", {**files, path_of(table): data})) as database:
        assert _ask(database, 'SELECT "table", parent FROM pragma_foreign_key_check') == [broken]


def test_the_types_of_cells_are_those_of_their_columns() -> None:
    with _open(files_of("real")[DATABASE.path]) as database:
        for table in CATALOGUE:
            for column in table.columns:
                expected = {"integer"} if column.kind in ("integer", "boolean") else {"text"}
                found = set(_ask(database, f"SELECT DISTINCT typeof({column.name}) FROM {table.name}"))  # noqa: S608
                assert found <= expected | (set() if column.required else {"null"}), (table.name, column.name)


def test_the_schema_tells_what_tables_and_columns_mean() -> None:
    with _open(files_of("full")[DATABASE.path]) as database:
        (schema,) = _ask(database, "SELECT sql FROM sqlite_schema WHERE name = 'chains'")
    assert schema.splitlines() == [
        "CREATE TABLE chains ( -- Each row is a way on which what is cited came to its source.",
        "  citation TEXT NOT NULL REFERENCES citations (id), -- The citation.",
        "  position INTEGER NOT NULL, -- The place in the list, from 1.",
        (
            "  reach TEXT NOT NULL, -- `hops` where voices are named; they are in `hops`. `own` for the outlet's own reporting "
            "or judgement. `untraced` where the source names no origin."
        ),
        "  PRIMARY KEY (citation, position)",
        ") WITHOUT ROWID",
    ]


_LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
_TEXTS = st.text(st.one_of(_LETTERS, st.sampled_from('",;\n=+-@\u2028\ufeff')), min_size=1)


@given(st.lists(st.tuples(_TEXTS, _TEXTS, _TEXTS, _TEXTS), max_size=3))
def test_any_text_goes_into_the_database_unchanged(texts: list[tuple[str, str, str, str]]) -> None:
    rows = [(f"topic-{number}", *four) for number, four in enumerate(texts)]
    heads = {path_of(table.name): write_rows([table.names]).encode() for table in CATALOGUE}
    topics = write_rows([("id", "title", "question", "answer", "page"), *rows]).encode()
    with _open(_make("full", {**heads, path_of("topics"): topics})) as database:
        assert _ask(database, "SELECT id, title, question, answer, page FROM topics") == rows


# --- the same bytes ---


def test_the_same_tables_give_the_same_bytes_in_every_process() -> None:
    files = files_of("full")
    assert _make("full", {path: files[path] for path in reversed(list(files))}) == files[DATABASE.path]
    script = (
        "import hashlib, sys; sys.path[:0] = ['tests', '.']; from test_tables import files_of; "
        "print(*(hashlib.sha256(data).hexdigest() for data in files_of('full').values()), sep='\\n')"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[1],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(set(runs[0].split())) == len(files)


def test_another_cell_gives_other_bytes_and_the_version_of_sqlite_is_not_told() -> None:
    files = files_of("full")
    other = {**files, path_of("claims"): files[path_of("claims")].replace(b"sound", b"round")}
    assert _make("full", other) != files[DATABASE.path]
    assert files[DATABASE.path][96:100] == bytes(4)


# --- the search ---

_FOUND: tuple[tuple[str, str, str, list[str]], ...] = (
    # site, table, what is typed, what is found
    ("full", "claims", "planks", ["twelve-rotten", "reed-on-planks", "hill-on-planks", "full"]),
    ("full", "claims", '"sound planks"', ["full"]),
    ("full", "entity_names", "muller", ["full"]),
    ("full", "entity_names", "MÜLLER", ["full"]),
    ("sample", "entity_names", "хольм", ["petra-holm"]),
    ("sample", "entity_names", "РАДИО", ["valley-radio"]),
    ("sample", "entity_names", "дол*", ["valley-radio"]),
    ("full", "source_titles", "zettel", ["full"]),
    ("full", "sources", "railing", ["full"]),
    ("full", "topics", '"how many"', ["full"]),
    ("full", "events", "looked", ["full"]),
    ("full", "citations", "railing", ["q1-full", "q2-full", "v1-full"]),
    ("full", "citations", "zeppelin", []),
)


@pytest.mark.parametrize(("site", "table", "typed", "expected"), _FOUND)
def test_words_are_found_in_any_script_with_or_without_their_accents(
    site: str, table: str, typed: str, expected: list[str]
) -> None:
    key = next(one.key[0] for one in CATALOGUE if one.name == table)
    question = f"SELECT {key} FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts(?)) ORDER BY rowid"  # noqa: S608
    with _open(files_of(site)[DATABASE.path]) as database:
        assert _ask(database, question, typed) == expected


def test_the_search_goes_by_rows_that_stay_where_they_are_when_the_file_is_compacted(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    path.write_bytes(files_of("real")[DATABASE.path])
    searched = [table.name for table in CATALOGUE if table.search]
    assert {"claims", "citations", "sources", "entities", "events", "topics"} <= set(searched)
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM entities_fts WHERE rowid = 1")
        with pytest.raises(sqlite3.DatabaseError):  # so the question below can be answered with no
            database.execute("INSERT INTO entities_fts (entities_fts, rank) VALUES ('integrity-check', 1)")
        database.rollback()
        database.execute("VACUUM")
        for table in searched:
            database.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608


# --- Datasette ---


@cache
def _metadata(site: str) -> dict[str, Any]:
    metadata: dict[str, Any] = json.loads(files_of(site)[METADATA.path])
    return metadata


def _get(data: Path, path: str) -> str:
    """Start Datasette as the Data page has it, and ask for one page."""
    tool, *arguments = shlex.split(DATABASE.offer.example)
    assert tool == _TOOL.name
    ran = subprocess.run(
        [_TOOL, *arguments, "--get", path], cwd=data, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("sample"), files_of("sample"))


def test_datasette_finds_rows_and_leaves_the_file_as_it_is(data: Path) -> None:
    before = (data / "records.db").read_bytes()
    answer = json.loads(_get(data, "/records/claims.json?_search=crowns&_shape=objects"))
    assert [row["id"] for row in answer["rows"]] == ["repair-costs-40000", "repair-costs-65000"]
    assert (data / "records.db").read_bytes() == before


def test_datasette_describes_a_table_and_names_what_it_refers_to(data: Path) -> None:
    page = html.unescape(_get(data, "/records/citations?_sort=id"))
    table = next(one for one in CATALOGUE if one.name == "citations")
    assert table.description in page
    for column in table.columns:
        assert column.description in page
    link = '<a href="/records/claims/bridge-closed">The Mill Bridge was closed on 2 April 2031.</a>'
    assert link in page
    assert re.search(r'<a href="/records/sources/marn-courier-2031-04-03">[^<]+</a>', page)
    assert set(re.findall(r'facet-info-name">\s*<strong>(\w+)', page)) == {"list", "stance", "basis", "source"}
    assert 'name="_search"' in page


def test_datasette_tells_licence_and_publisher(data: Path) -> None:
    page = re.sub(r"\s+", " ", html.unescape(_get(data, "/records")))
    assert "The Mill Bridge file" in page
    assert '<a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0</a>' in page
    assert '<a href="https://bridge.example/"> The reading circle of Lower Marn</a>' in page
    assert "An empty cell means that nothing is known or given." in page


def test_a_record_in_datasette_counts_who_refers_to_it(data: Path) -> None:
    page = html.unescape(_get(data, "/records/claims/bridge-closed"))
    assert re.search(r'<a href="/records/citations\?claim=bridge-closed">\s*4 rows\s*</a>', page)


def test_the_metadata_name_tables_and_columns_that_are_there() -> None:
    tables = _metadata("full")["databases"][Path(DATABASE.path).stem]["tables"]
    with _open(files_of("full")[DATABASE.path]) as database:
        names = set(_ask(database, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        for name, said in tables.items():
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            assert list(said["columns"]) == columns
            assert {*said.get("facets", ()), *filter(None, [said.get("label_column")])} <= set(columns)
            assert {name, *filter(None, [said.get("fts_table")])} <= names
    assert [table.name for table in CATALOGUE] == list(tables)
