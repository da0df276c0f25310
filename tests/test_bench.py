"""The made-up corpora of the benchmark: sound, the same every time, and changed by their edits; and a whole run on one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bench.cases import OURS, Case
from bench.corpus import Corpus, write_corpus
from conftest import ROOT, Tree

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = 200
EDITS = ("why", "verdict", "title", "template")


def files_of(root: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and root / "build" not in path.parents)
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def assert_sound(root: Path) -> None:
    done = Tree(root).run("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No errors" in done.stdout


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return write_corpus(tmp_path / "corpus", RECORDS)


def test_a_corpus_is_sound_and_has_the_mixture_that_is_asked_for(corpus: Corpus) -> None:
    assert_sound(corpus.root)
    tree = Tree(corpus.root)
    assert len(tree.records("claims")) == corpus.counts["claims"] == 140
    assert len(tree.records("events")) == corpus.counts["events"] == 40
    assert len(list((tree.content / "sources").rglob("*.md"))) == corpus.counts["sources"] == 20


def test_other_seeds_make_other_corpora_that_are_sound_too(corpus: Corpus, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "other", RECORDS, seed=6)
    assert files_of(other.root) != files_of(corpus.root)
    assert_sound(other.root)


def test_the_same_seed_makes_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    again = write_corpus(tmp_path / "again", RECORDS)
    assert files_of(again.root) == files_of(corpus.root)
    assert again.edits == corpus.edits


def test_content_that_is_there_is_never_written_over(corpus: Corpus) -> None:
    before = files_of(corpus.root)
    with pytest.raises(FileExistsError):
        write_corpus(corpus.root, RECORDS, seed=6)
    assert files_of(corpus.root) == before


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_file_leaves_the_corpus_sound_and_can_be_taken_back(corpus: Corpus, name: str) -> None:
    edit = {"why": corpus.why, "verdict": corpus.verdict, "title": corpus.title, "template": corpus.template}[name]
    before = files_of(corpus.root)
    edit.apply(corpus.root)
    after = files_of(corpus.root)
    assert [path for path in after if after[path] != before[path]] == [edit.path]
    assert_sound(corpus.root)
    edit.revert(corpus.root)
    assert files_of(corpus.root) == before


def test_the_edits_change_what_the_records_say(corpus: Corpus) -> None:
    def claim() -> dict[str, object]:
        return next(one for one in Tree(corpus.root).records("claims") if one["id"] == corpus.claim)

    before = claim()
    corpus.why.apply(corpus.root)
    assert claim()["why"] == f"{before['why']} It was read once more."
    corpus.why.revert(corpus.root)
    corpus.verdict.apply(corpus.root)
    log = claim()["log"]
    assert isinstance(log, list)
    assert (before["verdict"], claim()["verdict"], log[-1]["verdict"]) == (
        "supported",
        "not-enough-evidence",
        "not-enough-evidence",
    )


@pytest.mark.long
def test_the_benchmark_measures_every_case_of_ours_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, results = tmp_path / "work", tmp_path / "results"
    options = ["--records", "60", "--runs", "1", "--no-rivals", "--folder", str(folder), "--results", str(results)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *options],
        cwd=ROOT,
        env=Tree(ROOT).environment(PYTHONPATH="tests"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    data = json.loads((results / "results.json").read_text("utf-8"))
    assert data["sizes"]["60"]["counts"]["claims"] == 42
    cases = data["sizes"]["60"]["cases"]
    assert set(cases) == {*OURS, Case.YARDSTICK}
    assert all(len(runs) == 1 for runs in cases.values())
    assert cases[Case.CLEAN][0]["phases"]
    assert done.stdout.strip() == (results / "results.md").read_text("utf-8").strip()
    assert sorted(path.name for path in folder.iterdir()) == ["home", "tmp"]
