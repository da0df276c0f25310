"""The same bytes on another machine: `hostile.reproducible` with one machine that differs from the first in everything."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hostile.outcome import Scale
from hostile.reproducible import attack, compare
from hostile.reproducible.building import Built, find_memory
from hostile.reproducible.machines import ALONE, FIRST, TOGETHER, Machine

from generator.publish.indexing import index_part


@pytest.mark.long
def test_a_machine_that_differs_in_everything_makes_the_same_site(tmp_path: Path) -> None:
    outcomes = list(attack(Scale(), tmp_path, lambda _said: None))
    assert [outcome.tried for outcome in outcomes] == [1, 1], "the sample and the real content"
    assert [said for outcome in outcomes for said in outcome.failures] == []


def test_what_differs_on_some_machine_differs_on_the_one_with_everything() -> None:
    assert {what for machine in ALONE for what in machine.seen} == set(TOGETHER.seen)


SEEN: dict[str, object] = {"umask": 0o022, "zone": "+0000", "disk": 1}
FILES = {"index.html": b"words", "data/tables.db": b"rows", "pagefind/index/en_1.pf_index": b"1, 2"}
MODES = {**dict.fromkeys(FILES, 0o644), "data": 0o755}
WITHOUT = {path: held for path, held in FILES.items() if path != "data/tables.db"}
OTHERWISE = {
    "one byte": ({"files": FILES | {"index.html": b"Words"}}, "index.html differs"),
    "a file less": ({"files": WITHOUT, "modes": dict.fromkeys(WITHOUT, 0o644)}, "data/tables.db differs"),
    "a file that nobody may read": ({"modes": MODES | {"index.html": 0o600}}, "index.html has the rights 600 under umask 022"),
    "a file that can be run": ({"modes": MODES | {"index.html": 0o755}}, "index.html has the rights 755 under umask 022"),
    "a build that fails": ({"said": "Traceback"}, "the build failed: Traceback"),
    "a list of the search index": ({"files": FILES | {"pagefind/index/en_1.pf_index": b"2, 1"}}, "pagefind/index/en_1.pf_index differs"),
    "no difference to try": ({"seen": SEEN | {"disk": 2}}, "there is no difference in zone"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_otherwise_is_told_with_the_name_of_the_machine(change: dict[str, object], said: str) -> None:
    first = Built(SEEN, FILES, MODES, "")
    there: dict[str, object] = {"seen": SEEN | {"zone": "+1400", "disk": 2}, "files": FILES, "modes": MODES, "said": ""}
    machine = Machine("far away", ("zone", "disk"))
    assert compare(machine, first, Built(**there)) == []  # type: ignore[arg-type]
    assert compare(machine, first, Built(**there | change)) == [f"far away: {said}"]  # type: ignore[arg-type]


def test_the_first_machine_has_nothing_special() -> None:
    assert Machine(FIRST.name) == FIRST


def test_pages_that_a_folder_lists_otherwise_have_the_same_numbers_in_the_search_index(tmp_path: Path) -> None:
    memory = find_memory()
    if memory is None:
        pytest.skip("there is no file system in memory, which lists files in the order in which they came")
    paths = [f"claims/{number}/index.html" for number in range(30)] + [f"{number}.html" for number in range(10)]
    listed, made = [], []
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        for name, order in (("forwards", paths), ("backwards", paths[::-1])):
            texts = Path(folder, name)
            for path in order:
                (texts / path).parent.mkdir(parents=True, exist_ok=True)
                words = f"<p>word {path}</p><span data-pagefind-filter='kind'>{len(path)}</span>"
                (texts / path).write_text(f'<html lang="en"><body data-pagefind-body>{words}</body></html>', "utf-8")
            listed.append([Path(place, one).relative_to(texts) for place, _, found in os.walk(texts) for one in found])
            index_part(texts, tmp_path / name, is_first=True, parts=1)
            files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
            made.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert listed[0] != listed[1], "a difference to try"
    assert made[0].keys() == made[1].keys()
    assert made[0] == made[1]
