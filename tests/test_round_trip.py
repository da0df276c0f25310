"""Out, in, and out again: for all that a format can carry the records are the same; docs/formats.md says what it cannot."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from test_exports import _full
from test_import_csv import MAPPINGS, OWN, copy_site, link_site, options_with, write_into
from test_tables import write_files

from generator.documents import parse
from generator.exports.tables.catalogue import path_of
from generator.importers.columns import read

if TYPE_CHECKING:
    from generator.link import Library

KINDS = {"entities": "entity", "sources": "source", "claims": "claim", "events": "event"}


def carried_columns(name: str) -> list[str]:
    """The columns of a table of ours that its mapping puts into fields."""
    document, problems = parse(f"{name}.yml", (MAPPINGS / f"{name}.yml").read_bytes())
    assert document is not None
    assert problems == ()
    columns = document.read(("columns",))
    assert isinstance(columns, dict)
    return [column for column, meaning in columns.items() if meaning not in ("note", "skip")]


def read_table(data: bytes, columns: list[str]) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return {row["id"]: {name: row[name] for name in columns} for row in rows}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    """A library, and what came of its tables in a project without a record."""
    library, root = _full(), copy_site(tmp_path_factory.mktemp("moved"))
    for folder in ("claims", "events", "sources", "entities", "topics"):
        shutil.rmtree(root / "content" / folder)
    (root / "content/corrections.yml").write_text("[]\n", "utf-8")
    files = write_files(library)
    for name in OWN:
        options = options_with((MAPPINGS / f"{name}.yml").read_bytes(), outlet="brook-courier", language="en")
        proven = write_into(root, "csv", read(files[path_of(name)], replace(options, name=name)))
        assert {item.outcome for item in proven.plan.items} == {"written"}
    return library, link_site(root)


@pytest.mark.parametrize("name", OWN)
def test_what_a_table_carries_is_the_same_when_it_is_exported_again(moved: tuple[Library, Library], name: str) -> None:
    columns = carried_columns(name)
    before, after = (read_table(write_files(library)[path_of(name)], columns) for library in moved)
    assert len(before) > 1
    assert len(columns) > 4
    for one, cells in before.items():
        known = {column: cell for column, cell in cells.items() if cell or column != "summary"}  # one is written then
        assert {column: after[one][column] for column in known} == known


def test_verdicts_and_texts_do_not_come_along(moved: tuple[Library, Library]) -> None:
    _, after = moved
    assert {claim.verdict for claim in after.claims.values()} == {"unchecked"}
    assert {source.stored for source in after.sources.values()} == {"none"}


@pytest.mark.parametrize("name", OWN)
def test_the_page_on_formats_names_the_columns_that_come_back(name: str) -> None:
    text = (ROOT / "docs/formats.md").read_text("utf-8")
    row = re.search(rf"^\| `{name}\.csv` \| (.*?) \|", text, re.MULTILINE)
    assert row is not None
    assert re.findall(r"`(\w+)`", row[1]) == carried_columns(name)
