"""Whatever is edited, and whatever becomes of the caches: a build is the same, byte for byte, as a clean one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from incremental.compiled import remember_compiled
from incremental.fields import FIELDS
from incremental.project import Project, differ
from incremental.sequences import Bench, expect_same, run_sequence

from generator import pipeline
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.long

IN_ONE_CASE = 10
KILLS = 8


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seeds" in metafunc.fixturenames:
        number, seed = (metafunc.config.getoption(f"--incremental-{name}") for name in ("sequences", "seed"))
        names = [f"{seed}-{one}" for one in range(int(number))]
        parts = [names[place : place + IN_ONE_CASE] for place in range(0, len(names), IN_ONE_CASE)]
        metafunc.parametrize("seeds", parts, ids=[f"{part[0]}..{part[-1]}" for part in parts])


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        remember_compiled(patch)
        yield Bench(tmp_path_factory.mktemp("incremental"))


@pytest.fixture
def project(bench: Bench) -> Project:
    """The small project, built; a build that changes nothing was made since."""
    project = bench.begin()
    assert project.build().counts.startswith("site/: 0 files written, 0 deleted")
    return project


def edit(project: Project, path: str, old: str, new: str) -> None:
    file = project.root / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def list_changes(project: Project) -> set[str]:
    """Build, and name the files of the site that are other ones now; the build says that it wrote as many."""
    before = project.site()
    outcome = project.build()
    after = project.site()
    assert outcome.code == 0, outcome.said
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    written, deleted = re.findall(r"\d+", outcome.counts)[:2]
    assert int(written) + int(deleted) == len(changed)
    return changed


# --- random edits ---


def test_a_sequence_of_edits_ends_where_a_clean_build_does(bench: Bench, seeds: list[str]) -> None:
    for seed in seeds:
        run_sequence(bench, seed)


def test_every_field_of_every_kind_of_record_is_edited() -> None:
    fields = {kind: {info.alias or name for name, info in model.model_fields.items()} for kind, model in KINDS.items()}
    assert {kind: {"id", *edits} for kind, edits in FIELDS.items()} == fields


def test_the_pages_are_those_of_the_plain_pipeline(project: Project) -> None:
    edit(project, "content/entities/names.yml", "name: Petra Holm", "name: Petra Holm-Lind")
    assert project.build().code == 0
    built = pipeline.build(project.root, today=project.today)
    expect_same("build/pages/", project.pages(), {path: text.encode() for path, text in built.pages.items()})


# --- single edits: what they write ---

OF_ALL_RECORDS = ("data/records.json", "data/datapackage.json", "data/records.db")
"""Data files that change with any record."""


def test_the_reason_of_a_verdict_is_written_where_it_is_shown(project: Project) -> None:
    edit(project, "content/claims/ferry.yml", "Only the ferrywoman and the wire say so", "Nobody else says so")
    assert list_changes(project) == {
        "claims/ferry-carried-300/index.html",
        "claims/ferry-carried-300/record.json",
        *OF_ALL_RECORDS,
        "data/csv/claims.csv",
        "data/claimreview.json",
    }


def test_the_title_of_a_source_is_written_where_it_is_named(project: Project) -> None:
    edit(
        project, "content/sources/wire-2031-05-10.md", "title: Ferry carries the village", "title: A boat for a bridge"
    )
    assert list_changes(project) == {
        "sources/wire-2031-05-10/index.html",
        "sources/wire-2031-05-10/record.json",
        "sources/wire-ferry/index.html",  # its old address
        "sources/courier-2031-05-11/index.html",  # reprints it
        "sources/index.html",
        "entities/valley-wire/index.html",
        "claims/ferry-carried-300/index.html",
        "claims/ferry-costs-90/index.html",
        "topics/ferry/index.html",
        "topics/mill-bridge-repair/index.html",
        *OF_ALL_RECORDS,
        "data/csv/sources.csv",
        "data/claimreview.json",
        "data/sources.bib",
        "data/sources.csl.json",
    }


def test_another_day_on_which_nothing_is_due_changes_only_where_the_day_is_told(project: Project) -> None:
    project.today += timedelta(days=1)
    assert list_changes(project) == {"index.html", "data/index.html", "data/records.json"}


def test_a_review_falls_due(bench: Bench, project: Project) -> None:
    before = project.settle()
    project.today += timedelta(days=8)
    bench.compare(project.build())  # which tells of them too
    overdue = set(project.settle()) - set(before)
    assert [one.code for one in overdue] == ["review-overdue"]


def test_files_that_were_touched_and_hold_the_same_write_nothing(project: Project) -> None:
    for path in (project.root / "content").rglob("*.yml"):
        path.touch()
    assert list_changes(project) == set()


# --- caches that are not as they were left ---


@pytest.mark.parametrize(
    "path",
    [
        "build/site/claims/ferry-carried-300/index.html",
        "build/pages/claims/ferry-carried-300.md",
        "build/site/sitemap.xml",
        "build/site/data/records.json",
        "build/static/404.html",
    ],
)
def test_what_was_made_and_has_been_cut_since_is_made_again(project: Project, path: str) -> None:
    before, whole = project.site(), (project.root / path).read_bytes()
    (project.root / path).write_bytes(whole[: len(whole) // 2])
    shutil.rmtree(project.root / "site")
    assert project.build().code == 0
    assert (project.root / path).read_bytes() == whole
    expect_same("site/", project.site(), before)


def test_a_word_altered_in_the_state_reaches_no_page(bench: Bench, project: Project) -> None:
    path = project.root / "build" / "state.db"
    status, data = path.stat(), path.read_bytes()
    assert b"The boatman leaves children out." in data
    path.write_bytes(data.replace(b"The boatman leaves children out.", b"The boatman leaves children off."))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    edit(project, "content/claims/ferry.yml", "Only the ferrywoman and the wire say so", "Nobody else says so")
    bench.compare(project.build())


def made_since(folder: Path, before: Mapping[Path, int]) -> int:
    """Count the pages that were written since a listing of their times."""
    return sum(1 for path, time in times(folder).items() if before.get(path) != time)


def times(folder: Path) -> dict[Path, int]:
    found = {}
    for path in folder.rglob("index.html"):
        with contextlib.suppress(FileNotFoundError):
            found[path] = path.stat().st_mtime_ns
    return found


def test_a_build_that_was_killed_is_made_up_for(bench: Bench) -> None:
    random = Random(KILLS)  # noqa: S311 - to be tried again, not to be secret
    project = bench.begin()
    pages = project.root / "build" / "site"
    whole = len(times(pages))
    for number in range(KILLS):
        file = project.root / "content" / "settings.yml"
        text = file.read_text("utf-8")
        file.write_text(
            re.sub(r"(?m)^title: ", f"title: {number} ", text, count=1), "utf-8"
        )  # every page is made anew, and differs
        assert file.read_text("utf-8") != text
        edit(
            project,
            "content/claims/ferry.yml",
            "- id: ferry-stops\n",
            f"- id: ferry-stops\n  unknown: [This is left open {number}.]\n",
        )
        before, enough = times(pages), random.randrange(whole - KILLS)
        running = project.start_build(os.sched_getaffinity(0))
        while made_since(pages, before) <= enough and running.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(0.002)  # who looks without a pause takes the core from what is looked at
        running.kill()
        assert running.wait() != 0
        edit(project, "content/claims/ferry.yml", f"  unknown: [This is left open {number}.]\n", "")
        bench.compare(project.build())


# --- two processes and one ---


def test_the_site_is_the_same_however_many_cores_there_are(bench: Bench) -> None:
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        pytest.skip("there is one core only")
    project = bench.begin()
    built = []
    for some in (cores[:1], cores):
        project.forget()
        assert project.start_build(some).wait() == 0
        built.append((project.site(), project.pages()))
    expect_same("site/ on all cores", built[1][0], built[0][0])
    expect_same("build/pages/ on all cores", built[1][1], built[0][1])
    assert differ(*built[0]) != []
