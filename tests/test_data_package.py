"""The tables are a Data Package: frictionless accepts it, and finds whatever does not hold together."""

from __future__ import annotations

import hashlib
import json
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from frictionless import Package, validate
from test_tables import SITES, files_of, lay_out, read_site, read_table, write_files

from generator.exports.tables import DATA_PACKAGE
from generator.exports.tables.catalogue import CATALOGUE, path_of
from generator.exports.tables.lines import read_rows
from generator.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

_TOOL = Path(sys.executable).with_name("frictionless")


def _describe(site: str) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(files_of(site)[DATA_PACKAGE.path])
    return package


def _find_faults(data: Path) -> set[tuple[str, str]]:
    """Validate a package; gives the table and the type of each error."""
    report = validate(str(data / "datapackage.json"))
    faults = {(task.name, error.type) for task in report.tasks for error in task.errors}
    faults |= {("", error.type) for error in report.errors}
    assert report.valid == (not faults)
    return faults


@pytest.mark.parametrize("site", SITES)
def test_frictionless_accepts_the_package(site: str, tmp_path: Path) -> None:
    data = lay_out(tmp_path, files_of(site))
    assert _find_faults(data) == set()
    package = Package(str(data / "datapackage.json"))
    rows = {name: package.get_table_resource(name).read_rows() for name in package.resource_names}
    assert list(rows) == [table.name for table in CATALOGUE]
    assert len(rows["claims"]) == len(read_site(site).claims)
    assert len(rows["vocabulary"]) > 20


def test_the_command_of_the_data_page_accepts_the_real_package_and_refuses_a_broken_one(tmp_path: Path) -> None:
    data = lay_out(tmp_path, files_of("real"))
    tool, *arguments = shlex.split(DATA_PACKAGE.offer.example)
    assert tool == _TOOL.name
    sound = subprocess.run([_TOOL, *arguments], cwd=data, capture_output=True, text=True, check=False)
    assert (sound.returncode, sound.stdout.count("VALID")) == (0, len(CATALOGUE))
    claims = data / "csv" / "claims.csv"
    claims.write_bytes(claims.read_bytes().replace(b"supported", b"Supported", 1))
    broken = subprocess.run([_TOOL, *arguments], cwd=data, capture_output=True, text=True, check=False)
    assert broken.returncode == 1
    assert "INVALID" in broken.stdout


# --- what is broken is found ---


def _exchange(table: str, old: str, new: str) -> Callable[[Path], None]:
    """Exchange the first place of some words in a table."""

    def change(data: Path) -> None:
        path = data / "csv" / f"{table}.csv"
        before = path.read_bytes()
        path.write_bytes(before.replace(old.encode(), new.encode(), 1))
        assert path.read_bytes() != before

    return change


def _sign(data: Path) -> None:
    """Write the sizes and hashes of the files as they are now."""
    path = data / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        content = (data / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    path.write_text(json.dumps(package), "utf-8")


BREAKS = {
    "another table is asked for a key that it lacks": (
        _exchange("claim_topics", "mill-bridge", "mill-bridgX"),
        ("claim_topics", "foreign-key"),
    ),
    "the same table is": (_exchange("claims", ",twelve-rotten,supp", ",twelve-rotteX,supp"), ("claims", "foreign-key")),
    "a reference has two columns": (_exchange("hops", "q1-full,3,2", "q1-full,9,2"), ("hops", "foreign-key")),
    "a key stands twice": (_exchange("claim_checkers", "full,2,", "full,1,"), ("claim_checkers", "primary-key")),
    "a word is not in the vocabulary": (_exchange("claims", ",supported,", ",true,"), ("claims", "constraint-error")),
    "a word is not one of the choices": (_exchange("chains", ",own", ",mine"), ("chains", "constraint-error")),
    "what every row has is missing": (_exchange("claims", "Of the 60 planks of the bridge, 12 were rotten.", ""), ("claims", "constraint-error")),
    "a day is none": (_exchange("claim_log", "2024-06-01", "2024-06-41"), ("claim_log", "type-error")),
    "a number is none": (_exchange("claim_terms", ",1,", ",one,"), ("claim_terms", "type-error")),
    "a flag is none": (_exchange("citations", ",false,", ",no,"), ("citations", "type-error")),
    "a cell is too many": (_exchange("topic_leads", "full,1,full", "full,1,full,full"), ("topic_leads", "extra-cell")),
    "a column has another name": (_exchange("hops", "spoken", "said"), ("hops", "incorrect-label")),
}  # fmt: skip


@pytest.mark.parametrize("how", BREAKS)
def test_what_does_not_hold_together_is_found(how: str, tmp_path: Path) -> None:
    change, expected = BREAKS[how]
    data = lay_out(tmp_path, files_of("full"))
    change(data)
    _sign(data)
    assert _find_faults(data) == {expected}


def test_a_changed_letter_is_found_by_the_hash_and_another_length_by_the_size(tmp_path: Path) -> None:
    data = lay_out(tmp_path, files_of("full"))
    _exchange("sources", "railing", "failing")(data)
    assert _find_faults(data) == {("sources", "hash-count")}
    _exchange("sources", "failing", "a railing")(data)
    assert _find_faults(data) == {("sources", "hash-count"), ("sources", "byte-count")}


# --- what the description says ---


def test_the_head_names_site_licence_and_publisher() -> None:
    package = _describe("sample")
    assert {name: package[name] for name in list(package)[:-1] if name != "description"} == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bridge.example",
        "id": "https://bridge.example/data/datapackage.json",
        "title": "The Mill Bridge file",
        "homepage": "https://bridge.example/",
        "licenses": [
            {"title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
        ],
        "contributors": [{"title": "The reading circle of Lower Marn", "roles": ["publisher"]}],
    }
    assert "An empty cell means that nothing is known or given." in package["description"]
    assert "an apostrophe stands in front of words that a spreadsheet would run" in package["description"]


def test_a_table_is_described_whole() -> None:
    (found,) = (one for one in _describe("full")["resources"] if one["name"] == "contradictions")
    content = files_of("full")[path_of("contradictions")]
    assert found == {
        "name": "contradictions",
        "title": "Contradictions",
        "description": "Each row is a pair of claims that cannot both be so. It stands once, whichever claim it is looked at from.",
        "path": "csv/contradictions.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [
                {"name": "claim", "type": "string", "description": "The claim.", "constraints": {"required": True}},
                {
                    "name": "position",
                    "type": "integer",
                    "description": "The place in the list, from 1.",
                    "constraints": {"required": True},
                },
                {"name": "other", "type": "string", "description": "The other claim.", "constraints": {"required": True}},
                {
                    "name": "manner",
                    "type": "string",
                    "description": "`rival` where the two accounts exclude each other, `different-count` where they count different things.",
                    "constraints": {"required": True, "enum": ["rival", "different-count"]},
                },
                {"name": "why", "type": "string", "description": "What sets the two apart."},
            ],
            "missingValues": [""],
            "primaryKey": ["claim", "position"],
            "foreignKeys": [
                {"fields": ["claim"], "reference": {"resource": "claims", "fields": ["id"]}},
                {"fields": ["other"], "reference": {"resource": "claims", "fields": ["id"]}},
            ],
        },
    }  # fmt: skip


def test_a_reference_within_a_table_names_no_table() -> None:
    claims = next(one for one in _describe("full")["resources"] if one["name"] == "claims")["schema"]
    assert {"fields": ["content"], "reference": {"fields": ["id"]}} in claims["foreignKeys"]
    assert {"fields": ["speaker"], "reference": {"resource": "entities", "fields": ["id"]}} in claims["foreignKeys"]


def test_the_verdicts_are_those_of_the_vocabulary_file() -> None:
    library = read_site("full")
    doubted = Verdict(label="Doubted", definition="Somebody doubts it.", sign="dash", rule="unjudged")
    words = library.vocabulary.model_copy(update={"verdicts": {**library.vocabulary.verdicts, "doubted": doubted}})
    package = json.loads(write_files(replace(library, vocabulary=words))[DATA_PACKAGE.path])
    fields = {field["name"]: field for one in package["resources"] for field in one["schema"]["fields"]}
    assert fields["verdict"]["constraints"]["enum"] == [*library.vocabulary.verdicts, "doubted"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://Bridge.Example/news/", "bridge.example"),
        ("https://desk.bridge-news.example:8443/", "desk.bridge-news.example"),
        ("https://brücke.example/", "brcke.example"),
        ("https://мост/", "records"),
    ],
)
def test_the_package_is_named_after_the_site_in_letters_that_are_allowed(address: str, name: str) -> None:
    settings = read_site("full").settings.model_copy(update={"address": address})
    files = files_of("full")
    package = json.loads(DATA_PACKAGE.make(settings, {path: files[path] for path in DATA_PACKAGE.of}))
    assert package["name"] == name


def test_the_same_files_give_the_same_bytes_in_whatever_order() -> None:
    files = files_of("full")
    turned = {path: files[path] for path in reversed(DATA_PACKAGE.of)}
    assert DATA_PACKAGE.make(read_site("full").settings, turned) == files[DATA_PACKAGE.path]


def test_rows_that_frictionless_reads_are_those_of_the_files(tmp_path: Path) -> None:
    data = lay_out(tmp_path, files_of("real"))
    package = Package(str(data / "datapackage.json"))
    for table in CATALOGUE:
        rows = [row.to_dict(csv=True) for row in package.get_table_resource(table.name).read_rows()]
        expected = read_table(files_of("real"), table.name)
        assert [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows] == expected, (
            table.name
        )
        assert len(expected) == sum(1 for _ in read_rows(files_of("real")[path_of(table.name)])) - 1
