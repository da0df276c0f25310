"""Work shared between processes: forked, so that each sees what was read before, and answering in JSON."""

from __future__ import annotations

import gc
import json
import mmap
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

FEWEST = 64
"""So many pieces of work are worth a second process."""

_LOTS = 32  # for each worker, at least, so that they end at the same time
_LARGEST = 64  # pieces in a lot
_MOST_LOTS = 16_000  # tickets that a pipe holds
_TICKET = 2  # bytes
_PLACE = 4  # bytes


def spare_garbage() -> None:
    """Let the collector of circular garbage look seldom.

    Records and pages make next to none, and looking for it took nearly half of the time that planning takes.
    """
    gc.set_threshold(100_000, 50, 100)


class WorkerError(RuntimeError):
    """A worker failed; the text says at what, and what it said."""


def count_workers(pieces: int) -> int:
    """Tell how many processes to use: as many as there are cores, and one for little work.

    Where other threads are running (under `serve`), there is no second process: a fork would copy their locks as they are.
    """
    if pieces < FEWEST or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return max(1, len(os.sched_getaffinity(0)))


def share(pieces: Sequence[T], work: Callable[[Sequence[T]], Any], workers: int) -> list[Any]:
    """Share pieces of work between processes, this one among them.

    The pieces are dealt out in small lots: whoever has done one takes the next.

    Args:
        pieces: what there is to do.
        work: what is done with some pieces; gives plain data.
        workers: how many processes.

    Returns:
        What came of each lot, in the order of the pieces, whoever did it.

    Raises:
        WorkerError: one of them failed or was stopped.
    """
    size = max(1, min(_LARGEST, len(pieces) // (workers * _LOTS)))
    size = max(size, len(pieces) // _MOST_LOTS + 1)
    lots = [pieces[start : start + size] for start in range(0, len(pieces), size)]
    if workers == 1:
        return [work(lot) for lot in lots]
    gc.freeze()  # what is there stays where it is: collecting it would copy it in every process
    tickets = _deal(len(lots))
    marks = [mmap.mmap(-1, _PLACE) for _ in range(workers - 1)]
    children = [
        _start([_Marked(lot, number * size, mark) for number, lot in enumerate(lots)], work, tickets) for mark in marks
    ]
    try:
        done = _work_off(lots, work, tickets)
    except BaseException:
        for child, pipe in children:
            os.close(pipe)
            with suppress(ProcessLookupError):
                os.kill(child, 9)
            os.waitpid(child, 0)
        raise
    finally:
        gc.unfreeze()
        os.close(tickets)
    answers = [_answer_of(*child) for child in children]
    for answer, mark in zip(answers, marks, strict=True):
        if "stopped" in answer:
            piece = pieces[int.from_bytes(mark[:], "big")]
            raise WorkerError(f"A worker was stopped (status {answer['stopped']}) at {piece}.")
        if "failed" in answer:
            raise WorkerError(answer["failed"])
        done |= {int(number): gave for number, gave in answer["gave"].items()}
    return [done[number] for number in range(len(lots))]


class _Marked(Sequence[T], Generic[T]):
    """Some pieces of a child; it leaves a mark at which of all pieces it is, which outlives its process.

    A child whose parent was killed stops: nobody waits for it, and the next build writes the same files.
    """

    def __init__(self, pieces: Sequence[T], first: int, mark: mmap.mmap) -> None:
        self._pieces = pieces
        self._first = first
        self._mark = mark
        self._parent = os.getpid()

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._pieces[place]

    def __iter__(self) -> Iterator[T]:
        for place, piece in enumerate(self._pieces, self._first):
            if os.getppid() != self._parent:
                os._exit(1)
            self._mark[:] = place.to_bytes(_PLACE, "big")
            yield piece

    def __len__(self) -> int:
        return len(self._pieces)


def _deal(lots: int) -> int:
    """Put a ticket for each lot into a pipe; whoever reads one has it."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_TICKET, "big") for number in range(lots)))
    os.close(writing)
    return reading


def _work_off(lots: Sequence[Sequence[T]], work: Callable[[Sequence[T]], Any], tickets: int) -> dict[int, Any]:
    done = {}
    while ticket := os.read(tickets, _TICKET):
        number = int.from_bytes(ticket, "big")
        done[number] = work(lots[number])
    return done


def _start(lots: Sequence[Sequence[T]], work: Callable[[Sequence[T]], Any], tickets: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(lots, work, tickets, writing)
    os.close(writing)
    return child, reading


def _answer(lots: Sequence[Sequence[T]], work: Callable[[Sequence[T]], Any], tickets: int, writing: int) -> NoReturn:
    """Work in the child, and leave without whatever the parent would do at its end."""
    try:
        answer: dict[str, Any] = {"gave": _work_off(lots, work, tickets)}
    except BaseException as error:  # noqa: BLE001 - whatever it was, the parent tells it
        answer = {"failed": "".join(traceback.format_exception(error))}
    status = 1
    with suppress(OSError):
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(json.dumps(answer, ensure_ascii=False))
        status = 0
    sys.stderr.flush()
    os._exit(status)


def _answer_of(child: int, reading: int) -> dict[str, Any]:
    with os.fdopen(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    try:
        answer: dict[str, Any] = json.loads(text)
    except ValueError:
        return {"stopped": os.waitstatus_to_exitcode(status)}
    return answer
