"""Bringing `site/` up to date: only what differs is read and written, and whatever others did to it is mended."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_publish import TREES, read_tree

from generator.publish import journal
from generator.publish.target import Published, find_touched, finish_interrupted, publish
from generator.write import UnsafePathError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hypothesis.strategies import DataObject

FILES = {"index.html": "home", "claims/a/index.html": "a", "claims/b/index.html": "b"}


class Desk:
    """A folder of finished files, the site that is published of them, and what was known the last time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.made = root / "build"
        self.site = root / "site"
        self.files: dict[str, str] = {}
        self.known: Mapping[str, str] = {}

    def make(self, files: Mapping[str, str]) -> set[str]:
        """Make files; gives those that were made anew."""
        changed = {path for path, text in files.items() if self.files.get(path) != text}
        shutil.rmtree(self.made, ignore_errors=True)
        for path, text in files.items():
            (self.made / path).parent.mkdir(parents=True, exist_ok=True)
            (self.made / path).write_bytes(text.encode())
        self.files = dict(files)
        return changed

    def publish(self, files: Mapping[str, str], known: Mapping[str, str] | None = None) -> Published:
        """Publish files, knowing what the last publication said unless told otherwise."""
        changed = self.make(files)
        sources = {path: self.made / path for path in files}
        before = self.known if known is None else known
        done = publish(self.root / "log.json", self.site, sources, changed, before)
        self.known = done.signatures
        assert not (self.root / "log.json").exists()
        return done


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    done = desk.publish(FILES)
    assert (done.written, done.deleted, done.unchanged) == (3, 0, 0)
    return desk


def count(done: Published) -> tuple[int, int, int]:
    return done.written, done.deleted, done.unchanged


@given(st.data(), st.lists(TREES, min_size=1, max_size=4))
def test_a_published_folder_holds_exactly_the_files(
    tmp_path_factory: pytest.TempPathFactory, data: DataObject, trees: list[dict[str, str]]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("publish"))
    before: dict[str, str] = {}
    for tree in trees:
        vandalised = data.draw(st.booleans())
        known = desk.known
        for path in data.draw(st.sets(st.sampled_from(sorted(before)))) if vandalised and before else ():
            (desk.site / path).unlink()
        if data.draw(st.booleans()):
            known = {}
        there = read_bytes(desk.site)
        done = desk.publish(tree, known)
        assert read_bytes(desk.site) == tree
        assert done.written == sum(1 for path in tree if there.get(path) != tree[path])
        assert done.written + done.unchanged == len(tree)
        assert done.signatures.keys() == tree.keys()
        before = tree


def read_bytes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()
    }


def test_a_file_that_nobody_touched_is_not_read_again(desk: Desk) -> None:
    for path in ("index.html", "claims/a/index.html"):
        (desk.made / path).unlink()  # to compare, it would have to be read
    sources = {path: desk.made / path for path in FILES}
    done = publish(desk.root / "log.json", desk.site, sources, {"claims/b/index.html"}, desk.known)
    assert count(done) == (0, 0, 3)
    assert done.signatures == desk.known


def test_what_was_made_anew_with_the_same_bytes_is_not_written(desk: Desk) -> None:
    before = (desk.site / "index.html").stat().st_mtime_ns
    desk.files = {}
    assert count(desk.publish(FILES)) == (0, 0, 3)
    assert (desk.site / "index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("known", [True, False])
def test_what_others_did_to_a_published_file_is_mended(desk: Desk, known: bool) -> None:  # noqa: FBT001
    (desk.site / "index.html").write_text("hime")
    os.utime(desk.site / "index.html", ns=(0, (desk.made / "index.html").stat().st_mtime_ns))
    (desk.site / "claims/a/index.html").unlink()
    assert find_touched(desk.site, desk.known) == {"index.html", "claims/a/index.html"}
    assert count(desk.publish(FILES, None if known else {})) == (2, 0, 1)
    assert read_tree(desk.site) == FILES
    assert find_touched(desk.site, desk.known) == set()


def test_a_foreign_file_goes_when_the_folder_is_next_looked_through(desk: Desk) -> None:
    (desk.site / "foreign.html").write_text("foreign")
    (desk.site / ".nojekyll").write_text("")
    assert count(desk.publish(FILES | {"index.html": "new"})) == (1, 0, 2)
    assert (desk.site / "foreign.html").is_file()
    assert count(desk.publish(FILES, {})) == (1, 1, 2)
    assert read_tree(desk.site) == FILES | {".nojekyll": ""}


@pytest.mark.parametrize("at", ["claims", "claims/c", "claims/c/index.html"])
def test_no_symbolic_link_is_followed(desk: Desk, at: str) -> None:
    outside = desk.root / "outside"
    for path in ("c", "a"):
        (outside / path).mkdir(parents=True)
        (outside / path / "index.html").write_text("precious")
    target = outside / at.removeprefix("claims").removeprefix("/")
    if at == "claims":
        shutil.rmtree(desk.site / "claims")
    (desk.site / at).parent.mkdir(exist_ok=True)
    (desk.site / at).symlink_to(target)
    files = FILES | {"claims/c/index.html": "c", "claims/a/index.html": "A"}
    desk.publish(files)
    assert read_tree(outside) == {"a/index.html": "precious", "c/index.html": "precious"}
    assert read_tree(desk.site) == files
    assert [path for path in desk.site.rglob("*") if path.is_symlink()] == []


@pytest.mark.parametrize("blocked", ["new", "new/index.html"])
def test_a_foreign_file_or_folder_in_the_way_goes(desk: Desk, blocked: str) -> None:
    if blocked == "new":
        (desk.site / "new").write_text("foreign")
    else:
        (desk.site / "new/index.html/x").mkdir(parents=True)
    desk.publish(FILES | {"new/index.html": "new"})
    assert read_tree(desk.site) == FILES | {"new/index.html": "new"}


def test_a_site_that_is_a_symbolic_link_is_refused(desk: Desk) -> None:
    (desk.root / "other").mkdir()
    shutil.rmtree(desk.site)
    desk.site.symlink_to(desk.root / "other")
    with pytest.raises(UnsafePathError, match="is a symbolic link"):
        desk.publish(FILES)
    assert list((desk.root / "other").iterdir()) == []


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x"])
def test_a_path_that_leads_out_of_the_site_is_refused(desk: Desk, path: str) -> None:
    with pytest.raises(UnsafePathError):
        publish(desk.root / "log.json", desk.site, {path: desk.made / "index.html"}, {path}, {})
    assert read_tree(desk.site) == FILES


class FullDiskError(OSError):
    """Stands for a machine that stops in the middle."""


def test_a_publication_that_stops_half_way_is_finished_from_its_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"index.html": "new home", "claims/a/index.html": "new a", "claims/c/index.html": "c"}
    replace, written = os.replace, []

    def stop(source: str, target: str) -> None:
        written.append(target)
        if len(written) == 3:  # the journal, one page
            raise FullDiskError
        replace(source, target)

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(FullDiskError):
        desk.publish(files)
    monkeypatch.undo()
    log = desk.root / "log.json"
    assert json.loads(log.read_text())["deleted"] == ["claims/b/index.html"]
    assert read_tree(desk.site) != files
    assert finish_interrupted(log, desk.site)
    assert read_tree(desk.site) == files
    assert not finish_interrupted(log, desk.site)


def test_a_journal_is_dropped_once_what_was_to_be_published_is_another(desk: Desk) -> None:
    log = desk.root / "log.json"
    sources = {path: desk.made / path for path in FILES}
    journal.begin(log, desk.site, sources, [])
    found = journal.find_interrupted(log, desk.site)
    assert found == journal.Interrupted(desk.site, sources, [])
    (desk.made / "index.html").write_text("made anew")
    assert journal.find_interrupted(log, desk.site) is None
    assert not finish_interrupted(log, desk.site)
    assert read_tree(desk.site) == FILES


def test_a_folder_moved_away_and_linked_to_is_left_as_it_is_when_its_pages_go(desk: Desk) -> None:
    outside = desk.root / "outside"
    (desk.site / "claims").rename(outside)
    (desk.site / "claims").symlink_to(outside)
    desk.publish({"index.html": "home"})
    assert read_tree(outside) == {"a/index.html": "a", "b/index.html": "b"}
    assert read_tree(desk.site) == {"index.html": "home"}


def test_a_publication_that_looks_everywhere_notes_what_it_is_to_delete(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.site / "foreign.html").write_text("foreign")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.publish.target.prune", lambda *_, **more: stop() if not more else ["foreign.html"])
    with pytest.raises(KeyboardInterrupt):
        desk.publish(FILES, known={})
    monkeypatch.undo()
    assert finish_interrupted(desk.root / "log.json", desk.site)
    assert read_tree(desk.site) == FILES
