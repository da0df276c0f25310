"""One build of a folder at a time: the lock is told of in plain words, freed by any end, and leads nobody elsewhere."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator import write
from generator.write import holding

if TYPE_CHECKING:
    from pathlib import Path

HOLD = "import sys, time; from pathlib import Path; from generator import write; write.hold(Path(sys.argv[1])); print(flush=True); time.sleep(60)"
HOLD_AND_FORK = HOLD.replace("print(", "import os; child = os.fork(); child and print(child, ").replace(
    "sleep(60)", "sleep(60 if child else 1); Path(sys.argv[1], 'ended').touch()"
)


def start(words: str, folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a process that holds a folder, and wait until it does."""
    process = subprocess.Popen([sys.executable, "-c", words, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline()


def test_whoever_comes_second_is_told_who_was_first(tmp_path: Path) -> None:
    held = write.hold(tmp_path / "build")
    with pytest.raises(write.BusyError) as busy:
        write.hold(tmp_path / "build")
    pattern = r"Another build of this folder is running \(process (\d+), begun at \d\d:\d\d\)\. Wait until it is done, or stop it; nothing was changed\."
    found = re.fullmatch(pattern, str(busy.value))
    assert found is not None
    assert int(found[1]) == os.getpid()
    assert write.is_held(tmp_path / "build")
    held.release()
    held.release()  # once more does no harm
    assert not write.is_held(tmp_path / "build")
    write.hold(tmp_path / "build", "preview").release()


def test_the_lock_of_one_who_was_killed_is_free(tmp_path: Path) -> None:
    process, _ = start(HOLD, tmp_path)
    with pytest.raises(write.BusyError, match=f"process {process.pid}"):
        write.hold(tmp_path)
    process.kill()
    process.wait()
    write.hold(tmp_path).release()


def test_what_a_killed_build_leaves_running_is_waited_for(tmp_path: Path) -> None:
    process, _ = start(HOLD_AND_FORK, tmp_path)
    process.kill()
    process.wait()
    held = write.hold(tmp_path)
    assert (tmp_path / "ended").exists()
    held.release()


def test_after_some_time_even_what_was_left_running_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "PATIENCE", 0.1)
    process, child = start(HOLD_AND_FORK.replace("else 1", "else 60"), tmp_path)
    process.kill()
    process.wait()
    with pytest.raises(write.BusyError, match=f"process {process.pid}"):
        write.hold(tmp_path)
    os.kill(int(child), signal.SIGKILL)


def test_a_lock_that_was_deleted_while_it_was_held_is_taken_anew(tmp_path: Path) -> None:
    first = write.hold(tmp_path)
    (tmp_path / "build.lock").unlink()
    second = write.hold(tmp_path)
    assert write.is_held(tmp_path)
    second.release()
    first.release()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"99999999999999999999 12:00\n", b"1 12:00 and more\n"])
def test_a_lock_without_a_sound_note_is_one_all_the_same(tmp_path: Path, note: bytes) -> None:
    held = write.hold(tmp_path)
    (tmp_path / "build.lock").write_bytes(note)
    with pytest.raises(write.BusyError, match=r"^Another build of this folder is running\. Wait"):
        write.hold(tmp_path)
    held.release()


def test_where_files_cannot_be_locked_builds_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    held = write.hold(tmp_path)
    assert held.files == ()
    held.release()


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "precious").write_text("precious", "utf-8")
    (tmp_path / "build" / "build.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic links"):
        write.hold(tmp_path / "build")
    assert (tmp_path / "precious").read_text("utf-8") == "precious"


def test_links_in_the_folder_of_builds_are_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "build").mkdir()
    write.refuse_links(tmp_path / "build")
    write.refuse_links(tmp_path / "none")
    (tmp_path / "build" / "pages").symlink_to(tmp_path / "outside")
    (tmp_path / "linked").symlink_to(tmp_path / "outside")
    for folder in ("build", "linked"):
        with pytest.raises(write.UnsafePathError, match="is a symbolic link; it is not written through"):
            write.refuse_links(tmp_path / folder)


# --- what is in the way of a file ---


def test_what_is_in_the_way_of_a_file_is_replaced_and_nothing_behind_it_is_touched(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    (outside / "a").mkdir(parents=True)
    (outside / "a" / "file").write_text("precious", "utf-8")
    folder.mkdir()
    (folder / "linked").symlink_to(outside)
    (folder / "flat").write_text("a file", "utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "file").mkdir()
    os.mkfifo(folder / "pipe")
    for path in ("linked/a/file", "flat/a/file", "deep/file", "pipe", "new/file"):
        assert write.put(folder, path, b"mine")
        assert (folder / path).read_bytes() == b"mine"
        assert not write.put(folder, path, b"mine")
    assert (outside / "a" / "file").read_text("utf-8") == "precious"


def test_nothing_is_deleted_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("precious", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "linked").symlink_to(tmp_path / "outside")
    write.remove(tmp_path / "folder", "linked/file")
    assert (tmp_path / "outside" / "file").read_text("utf-8") == "precious"


def test_a_file_that_cannot_be_put_leaves_no_half_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("before", "utf-8")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write.put(tmp_path, "file", b"after")
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"file": "before"}
