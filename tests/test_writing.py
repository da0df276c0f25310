"""What is written to `content/` while others write there too: nothing of theirs is lost."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest

from generator import write

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Barrier

LIST = b"- id: first\n"
PATH = "content/claims/list.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/claims").mkdir(parents=True)
    (tmp_path / PATH).write_bytes(LIST)
    return tmp_path


def _extend(root: Path, number: int, start: Barrier) -> None:
    start.wait()
    for turn in range(60):
        one = f"- id: n{number}-{turn}\n"
        while True:
            try:
                write.extend(root, PATH, (root / PATH).read_bytes(), one)
            except FileExistsError:
                continue
            break


def test_of_two_that_add_to_a_list_at_once_neither_is_lost(root: Path) -> None:
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(2)
    others = [fork.Process(target=_extend, args=(root, number, start)) for number in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    lines = (root / PATH).read_text("utf-8").splitlines()
    assert sorted(lines) == sorted(["- id: first", *(f"- id: n{one}-{turn}" for one in range(2) for turn in range(60))])


@pytest.mark.parametrize("moves", [{}, {PATH: "content/claims/other.yml"}], ids=["in its place", "moved"])
def test_a_file_that_was_saved_meanwhile_is_not_replaced(root: Path, moves: dict[str, str]) -> None:
    beside = root / "content/claims/beside.yml"
    beside.write_bytes(b"says: as it was\n")
    before = {PATH: LIST, "content/claims/beside.yml": b"says: as it was\n"}
    (root / PATH).write_bytes(b"- id: first\n- id: saved-meanwhile\n")
    files = {"content/claims/beside.yml": b"says: new\n", PATH: b"- id: other\n"}
    with pytest.raises(FileExistsError, match="changed meanwhile"):
        write.replace_all(root, before, files, moves)
    assert beside.read_bytes() == b"says: as it was\n"
    assert (root / PATH).read_bytes() == b"- id: first\n- id: saved-meanwhile\n"
    assert sorted(path.name for path in (root / "content/claims").iterdir()) == ["beside.yml", "list.yml"]
