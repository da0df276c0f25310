"""The evidence manifest: each quotation once, with places and hashes that fit the stored text, and no word that is not public."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SAMPLE
from test_cases import SITE
from test_cases import TODAY as SITE_TODAY

from generator import load, pipeline
from generator.checks.leaks import Leaks
from generator.exports import assemble, list_ids
from generator.exports.annotations import compose_annotations
from generator.exports.manifest import MANIFEST, VERIFY, compose_evidence

if TYPE_CHECKING:
    from generator.derive import Views
    from generator.link import Library

DAYS = {ROOT: None, SAMPLE: load.read_today(SAMPLE, {"SOURCE_DATE_EPOCH": "1941000000"}), SITE: SITE_TODAY}

ODD = """---
title: Letter
outlet: roads-office
published: 2024-05-01
accessed: 2024-06-01
url: https://roads.example/letter
archived: https://archive.example/letter
language: en
genre: document
stored: whole
publish: full
skipped: [{quote: Printed on grey paper, why: holds nothing about the bridge}]
---
# Міст 🇺🇦 стоїть

“The *bridge* is so\N{SOFT HYPHEN}und”, she said\N{HORIZONTAL ELLIPSIS} and the town \N{EM DASH} all of it \N{EM DASH} agreed at once.

They rested and then they said yes. They ate, and then they said yes. Later they said no to all.

Printed on grey paper.
"""
HIDDEN = ODD.replace("publish: full", "publish: none").replace("title: Letter", "title: Note")
CITING = """
id: odd
says: The bridge is sound.
kind: fact
seen:
  - {in: odd-letter, quote: "\\"The bridge is sound\\", she said...", chain: own}
  - {in: odd-letter, quote: "and the town [...] agreed at once", chain: own}
  - {in: odd-letter, quote: and then they said yes, all: true, chain: own}
  - {in: odd-letter, quote: Міст 🇺🇦 стоїть, chain: own}
  - {in: wire-2024-05-02, finding: It says so too., chain: own}
evidence:
  - {in: odd-letter, quote: and then they said yes, prefix: "They ate,", chain: own, stance: supports, basis: document}
  - {in: hidden-note, quote: Later they said no to all, chain: own, stance: supports, basis: document}
"""


@cache
def read_site(root: Path, publish: str = "full") -> tuple[Library, Views]:
    """Check the content of a folder; that of the cases is given a letter and a note with all sorts of quotations."""
    if root != SITE:
        checked = pipeline.check(root, today=DAYS[root])
    else:
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(SITE, Path(folder, "site")))
            letter = ODD.replace("publish: full", f"publish: {publish}")
            for path, text in {
                "sources/odd-letter.md": letter,
                "sources/hidden-note.md": HIDDEN,
                "claims/odd.yml": CITING,
            }.items():
                (copy / "content" / path).write_text(text, "utf-8")
            checked = pipeline.check(copy, today=SITE_TODAY)
    assert checked.ok, [(one.place, one.message) for one in checked.diagnostics if one.severity == "error"]
    assert checked.library
    assert checked.views
    return checked.library, checked.views


def write_manifest(library: Library, views: Views) -> bytes:
    """Write the manifest of a library."""
    ids = list_ids(library)
    said = {
        (kind, one): compose_evidence(library, views, kind, one)
        for kind in ("source", "claim", "event")
        for one in ids[kind]
    }
    pieces = {key: MANIFEST.write(plain).encode() for key, plain in said.items() if plain is not None}
    return assemble(MANIFEST, library.settings, views.today, ids, pieces).data


def read_manifest(root: Path, publish: str = "full") -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(write_manifest(*read_site(root, publish)))
    return manifest


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_manifest_says_where_the_stored_words_stand() -> None:
    manifest = read_manifest(SITE)
    text = (
        "Міст 🇺🇦 стоїть\n\n"
        "“The bridge is so\N{SOFT HYPHEN}und”, she said… and the town — all of it — agreed at once.\n\n"
        "They rested and then they said yes. They ate, and then they said yes. Later they said no to all.\n\n"
        "Printed on grey paper."
    )
    letter = {"characters": len(text), "sha256": _sha256(text), "stored": "whole"}
    assert [one for one in manifest["texts"] if one["source"] in ("odd-letter", "hidden-note")] == [
        {"source": "hidden-note", **letter, "publish": "none"},
        {"source": "odd-letter", **letter, "publish": "full"},
    ]
    head = {"record": "claim:odd", "source": "odd-letter", "result": "found"}

    def found(one: str, field: str, *parts: tuple[int, str]) -> dict[str, Any]:
        spans = [[start, start + len(words)] for start, words in parts]
        exact = [words for _, words in parts]
        return {"id": one, "field": field, **head, "spans": spans, "exact": exact, "sha256": [*map(_sha256, exact)]}

    assert [one for one in manifest["quotations"] if one["record"] == "claim:odd"] == [
        found("q1-odd", "seen", (16, "“The bridge is so\N{SOFT HYPHEN}und”, she said…")),
        found("q2-odd", "seen", (50, "and the town"), (77, "agreed at once")),
        found("q3-odd", "seen", (106, "and then they said yes"), (140, "and then they said yes")),
        found("q4-odd", "seen", (0, "Міст 🇺🇦 стоїть")),
        found("e1-odd", "evidence", (140, "and then they said yes")),
        {"id": "e2-odd", "field": "evidence", **head, "source": "hidden-note", "spans": [[164, 189]]},
    ]


def test_its_head_says_what_it_is_and_no_day() -> None:
    manifest = read_manifest(SITE)
    assert list(manifest) == ["format", "version", "title", "url", "publisher", "licence", "positions", "folding", "texts", "quotations"]  # fmt: skip
    assert (manifest["format"], manifest["version"]) == ("factsheet-evidence", 1)
    assert "code points" in manifest["positions"]
    assert str(SITE_TODAY.year) not in json.dumps({name: manifest[name] for name in list(manifest)[:8]})


@pytest.mark.parametrize("root", DAYS, ids=lambda root: root.name)
def test_every_quotation_is_in_it_once_and_every_text(root: Path) -> None:
    library, _ = read_site(root)
    manifest = read_manifest(root)
    cited = [(f"claim:{one.id}", field, item) for one in library.claims.values() for field, _, item in one.cited]
    cited += [(f"event:{one.id}", "evidence", item) for one in library.events.values() for item in one.evidence]
    quoted = [(record, field, item.source) for record, field, item in cited if item.quote is not None]
    assert len(quoted) > 10
    assert [(one["record"], one["field"], one["source"]) for one in manifest["quotations"]] == quoted
    assert len({one["id"] for one in manifest["quotations"]}) == len(quoted)
    assert [one["source"] for one in manifest["texts"]] == [one for one in library.sources if one in library.texts]


@pytest.mark.parametrize("root", DAYS, ids=lambda root: root.name)
def test_words_places_and_hashes_fit_the_text_as_read(root: Path) -> None:
    library, _ = read_site(root)
    manifest = read_manifest(root)
    for one in manifest["texts"]:
        text = library.texts[one["source"]].text
        assert (one["characters"], one["sha256"]) == (len(text), _sha256(text))
    for one in manifest["quotations"]:
        words = [library.texts[one["source"]].text[start:end] for start, end in one["spans"]]
        public = {"exact": words, "sha256": [*map(_sha256, words)]}
        hidden = library.sources[one["source"]].publish == "none"
        assert {name: one.get(name) for name in public if name in one} == ({} if hidden else public)


@pytest.mark.parametrize("publish", ["full", "excerpts", "none"])
def test_only_quoted_words_are_in_it(publish: str) -> None:
    library, views = read_site(SITE, publish)
    data = write_manifest(library, views).decode()
    manifest = json.loads(data)
    quoted = "\n".join(words for one in manifest["quotations"] for words in one.get("exact", ()))
    assert ("and the town" in quoted) == (publish != "none")
    assert [
        one for one in ("Printed on grey paper", "They ate", "all of it", "Later they said no") if one in data
    ] == []
    assert Leaks(library, views).find_in(manifest) == ()
    hidden = [one for one in manifest["quotations"] if library.sources[one["source"]].publish == "none"]
    assert {tuple(one) for one in hidden} == {("id", "record", "field", "source", "result", "spans")}


def test_of_a_text_that_is_not_at_hand_it_says_that_nothing_was_checked(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    with (tmp_path / "content/settings.yml").open("a", encoding="utf-8") as settings:
        settings.write("text_dir: texts\n")
    source = tmp_path / "content/sources/marn-courier-2031-04-03.md"
    _, fields, body = source.read_text("utf-8").split("---\n", 2)
    source.write_text(f"---\n{fields}---\n", "utf-8")
    manifests = []
    for is_there in (False, True):
        if is_there:
            (tmp_path / "texts").mkdir()
            (tmp_path / "texts/marn-courier-2031-04-03.md").write_text(body, "utf-8")
        checked = pipeline.check(tmp_path, today=DAYS[SAMPLE])
        assert checked.library
        assert checked.views
        manifests.append(json.loads(write_manifest(checked.library, checked.views)))
    absent, there = manifests
    assert there == read_manifest(SAMPLE)
    assert [one["source"] for one in there["texts"] if one not in absent["texts"]] == ["marn-courier-2031-04-03"]
    assert len(there["quotations"]) == len(absent["quotations"])
    missing = [one for one in absent["quotations"] if one["source"] == "marn-courier-2031-04-03"]
    assert len(missing) > 5
    for one in missing:
        assert list(one) == ["id", "record", "field", "source", "result"]
        assert one["result"] == "not-checked"


@pytest.mark.parametrize("root", DAYS, ids=lambda root: root.name)
def test_annotations_and_manifest_speak_of_the_same_places(root: Path) -> None:
    library, views = read_site(root)
    manifest = read_manifest(root)
    hashes = {one["source"]: one["sha256"] for one in manifest["texts"]}
    ids = list_ids(library)
    annotations = [
        one
        for kind in ("claim", "event")
        for record in ids[kind]
        for one in compose_annotations(library, views, kind, record) or ()
    ]
    told = {
        one["id"].rpartition("#")[2]: [
            (
                target["selector"][0]["exact"],
                [target["selector"][1]["start"], target["selector"][1]["end"]],
                target["state"]["spdx:checksum"]["spdx:checksumValue"],
            )
            for target in one["target"]
        ]
        for one in annotations
    }
    assert told == {
        one["id"]: [
            (words, span, hashes[one["source"]]) for words, span in zip(one["exact"], one["spans"], strict=True)
        ]
        for one in manifest["quotations"]
        if "exact" in one
    }
    assert told


def test_the_same_content_gives_the_same_bytes() -> None:
    library, views = read_site(SAMPLE)
    again = pipeline.check(SAMPLE, today=DAYS[SAMPLE])
    assert again.library
    assert again.views
    assert write_manifest(library, views) == write_manifest(again.library, again.views)


def test_the_program_is_published_as_it_is_and_needs_nothing_of_ours() -> None:
    library, _ = read_site(SITE)
    program = VERIFY.make(library.settings, {})
    assert program == (ROOT / "generator/verify.py").read_bytes()
    tree = ast.parse(program, feature_version=(3, 9))
    imports = {
        name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    imports |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports == {"__future__", "argparse", "collections", "hashlib", "json", "os", "pathlib", "re", "sys", "typing", "unicodedata"}  # fmt: skip
    assert imports <= sys.stdlib_module_names
