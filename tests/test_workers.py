"""Work shared between processes: the same answer from one as from several, and a failure told with what it came at."""

from __future__ import annotations

import errno
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.workers import FEWEST, WorkerError, count_workers, share

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = os.getpid()


def double(pieces: Sequence[int]) -> list[list[int]]:
    return [[piece, 2 * piece] for piece in pieces]


@settings(max_examples=10)
@given(st.lists(st.integers(), max_size=300), st.integers(2, 3))
def test_several_workers_give_what_one_gives_in_the_order_of_the_pieces(pieces: list[int], workers: int) -> None:
    answers = [[row for lot in share(pieces, double, number) for row in lot] for number in (1, workers)]
    assert answers[0] == answers[1] == double(pieces)


def test_every_process_takes_its_part() -> None:
    def tell(pieces: Sequence[int]) -> list[int]:
        threading.Event().wait(0.3)  # long enough for the other one to begin
        return [os.getpid() for _ in pieces]

    assert len({one for lot in share(range(6), tell, 2) for one in lot}) == 2


def fail_at(piece: Any, how: Any) -> Any:
    """Work that fails at one piece, in a process other than this; this one waits, so that the other comes to it."""

    def work(pieces: Sequence[Any]) -> list[Any]:
        if os.getpid() == HERE:
            threading.Event().wait(0.3)
            return list(pieces)
        return [how() if one == piece else one for one in pieces]

    return work


def raise_error() -> None:
    error = ValueError("no such bridge")
    error.add_note("It was making: page claim bridge")
    raise error


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


UNITS = [("page claim", f"claim-{number}") for number in range(200)]


def test_a_failure_in_another_process_is_told_with_what_it_came_at() -> None:
    with pytest.raises(WorkerError) as failed:
        share(UNITS, fail_at(UNITS[150], raise_error), 2)
    assert "ValueError: no such bridge\nIt was making: page claim bridge" in str(failed.value)
    assert "in raise_error" in str(failed.value)


def test_a_process_that_is_stopped_is_told_with_the_piece_it_was_at() -> None:
    with pytest.raises(WorkerError) as failed:
        share(UNITS, fail_at(UNITS[150], kill), 2)
    assert str(failed.value) == "A worker was stopped (status -9) at ('page claim', 'claim-150')."


def refuse() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "build/pages/claims/bridge.md")


def starve() -> None:
    raise MemoryError


def test_what_the_disk_refuses_another_process_is_told_as_if_it_were_this_one() -> None:
    with pytest.raises(OSError, match=r"No space left on device: 'build/pages/claims/bridge\.md'"):
        share(UNITS, fail_at(UNITS[150], refuse), 2)
    with pytest.raises(MemoryError):
        share(UNITS, fail_at(UNITS[150], starve), 2)


def test_where_no_more_processes_are_given_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", no_more)
    assert [row for lot in share(range(200), double, 3) for row in lot] == double(range(200))


def test_a_signal_that_stops_everybody_runs_nothing_of_the_parent_in_a_child(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    before = signal.signal(signal.SIGTERM, lambda *_: noted.write_text("in the child"))
    try:
        with pytest.raises(WorkerError, match="status -15"):
            share(UNITS, fail_at(UNITS[150], lambda: os.kill(os.getpid(), signal.SIGTERM)), 2)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert not noted.exists()


def children() -> set[str]:
    """The processes that this one has begun and not yet waited for."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {one for task in tasks for one in task.read_text("utf-8").split()}


def test_a_failure_here_ends_the_other_processes() -> None:
    read, write = os.pipe()

    def work(pieces: Sequence[int]) -> list[int]:
        if os.getpid() == HERE:
            assert os.read(read, 1) == b"x"  # the other one has begun
            raise_error()
        os.write(write, b"x")
        threading.Event().wait(60)
        return list(pieces)

    before = children()  # other tests keep browsers and servers
    with pytest.raises(ValueError, match="no such bridge"):
        share(range(200), work, 2)
    assert children() == before  # nobody is left


def test_one_process_raises_the_error_itself() -> None:
    with pytest.raises(ValueError, match="no such bridge"):
        share([1, 2], lambda _: raise_error(), 1)


def test_there_is_one_process_for_little_work_and_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert [count_workers(pieces) for pieces in (0, FEWEST - 1, FEWEST)] == [1, 1, 3]
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert count_workers(FEWEST) == 1
