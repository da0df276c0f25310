"""Work shared between processes: forked, so that each sees what was read before, and answering in JSON."""

from __future__ import annotations

import errno
import gc
import json
import mmap
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

FEWEST = 64
"""So many pieces of work are worth a second process."""

_LOTS = 32  # for each worker, at least, so that they end at the same time
_LARGEST = 64  # pieces in a lot
_MOST_LOTS = 16_000  # tickets that a pipe holds
_TICKET = 2  # bytes
_PLACE = 4  # bytes
_FAILED, _REFUSED = b"failed ", b"refused "
_STOPPING = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP} if hasattr(signal, "SIGHUP") else {signal.SIGINT})


def spare_garbage() -> None:
    """Let the collector of circular garbage look seldom.

    Records and pages make next to none, and looking for it took nearly half of the time that planning takes.
    """
    gc.set_threshold(100_000, 50, 100)


class WorkerError(RuntimeError):
    """A worker failed; the text says at what, and what it said.

    Attributes:
        refused: in plain words, where it was stopped from outside or the memory was not enough; else empty.
    """

    def __init__(self, text: str, refused: str = "") -> None:
        super().__init__(text)
        self.refused = refused


def count_workers(pieces: int) -> int:
    """Tell how many processes to use: as many as there are cores, and one for little work.

    Where other threads are running (under `serve`), there is no second process: a fork would copy their locks as they are.
    """
    if pieces < FEWEST or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return max(1, len(os.sched_getaffinity(0)))


def share(pieces: Sequence[T], work: Callable[[Sequence[T]], Any], workers: int) -> Iterable[Any]:
    """Share pieces of work between processes, this one among them.

    The pieces are dealt out in small lots: whoever has done one takes the next.

    Args:
        pieces: what there is to do.
        work: what is done with some pieces; gives plain data.
        workers: how many processes.

    Where the system gives no more processes, those that there are do it.

    Returns:
        What came of each lot, in the order of the pieces, whoever did it. What another process has done is read when it
        is come to: all of it at once would be the most that a build ever holds.

    Raises:
        WorkerError: one of them failed or was stopped.
        OSError: the disk refused one of them something.
    """
    size = max(1, min(_LARGEST, len(pieces) // (workers * _LOTS)))
    size = max(size, len(pieces) // _MOST_LOTS + 1)
    lots = [pieces[start : start + size] for start in range(0, len(pieces), size)]
    if workers == 1:
        return [work(lot) for lot in lots]
    gc.freeze()  # what is there stays where it is: collecting it would copy it in every process
    tickets = _deal(len(lots))
    children: list[_Child] = []
    try:
        with suppress(OSError):
            for _ in range(workers - 1):
                children.append(_start(lots, size, work, tickets))  # noqa: PERF401 - those before a failure are kept
        done = _work_off(lots, work, tickets)
        for child in children:
            done |= _wait_for(child, pieces)
    except BaseException:
        for child in children:
            _end(child)
        raise
    finally:
        gc.unfreeze()
        os.close(tickets)
    return _Answers([done[number] for number in range(len(lots))])


@dataclass(slots=True)
class _Child:
    """Another process.

    Attributes:
        process: its number; None once it has ended.
        answers: the file in which it writes what it has done.
        mark: where it is.
    """

    process: int | None
    answers: IO[bytes]
    mark: mmap.mmap


def _wait_for(child: _Child, pieces: Sequence[T]) -> dict[int, _Written]:
    """Read what another process has done, once it has ended."""
    _, status = os.waitpid(child.process or 0, 0)
    child.process = None
    try:
        return _find_answers(child.answers)
    except (EOFError, ValueError):
        piece = pieces[int.from_bytes(child.mark[:], "big")]
        how = os.waitstatus_to_exitcode(status)
        raise WorkerError(
            f"A worker was stopped (status {how}) at {piece}.",
            f"A process that made pages was stopped from outside (status {how}). Where nobody did that, there was not enough "
            "memory. Build again.",
        ) from None


def _end(child: _Child) -> None:
    if child.process is not None:
        with suppress(ProcessLookupError):
            os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
        child.process = None


@dataclass(frozen=True, slots=True)
class _Written:
    """Where an answer of another process stands."""

    answers: IO[bytes]
    place: int


@dataclass(frozen=True, slots=True)
class _Answers:
    """What came of each lot: as it is, or where it stands."""

    lots: Sequence[Any]

    def __iter__(self) -> Iterator[Any]:
        for lot in self.lots:
            if isinstance(lot, _Written):
                lot.answers.seek(lot.place)
                yield json.loads(lot.answers.readline())
            else:
                yield lot


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


def _start(lots: Sequence[Sequence[T]], size: int, work: Callable[[Sequence[T]], Any], tickets: int) -> _Child:
    answers = TemporaryFile()  # noqa: SIM115 - it is read when its lots are come to
    mark = mmap.mmap(-1, _PLACE)
    marked = [_Marked(lot, number * size, mark) for number, lot in enumerate(lots)]
    sys.stdout.flush()
    sys.stderr.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)  # what stops a child must not run what the parent does then
    try:
        process = os.fork()
        if not process:
            for one in _STOPPING:
                signal.signal(one, signal.SIG_DFL)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    if not process:
        _answer(marked, work, tickets, answers)
    return _Child(process, answers, mark)


def _answer(
    lots: Sequence[Sequence[T]], work: Callable[[Sequence[T]], Any], tickets: int, answers: IO[bytes]
) -> NoReturn:
    """Work in the child, and leave without whatever the parent would do at its end.

    Each answer is a line: the number of the lot and what came of it; a failure is one without a number, and behind the last
    stands an empty line. Who cannot write that leaves without it.
    """
    status = 1
    with suppress(BaseException):
        try:
            while ticket := os.read(tickets, _TICKET):
                number = int.from_bytes(ticket, "big")
                _write_answer(answers, b"%d " % number, work(lots[number]))
        except OSError as error:
            _write_answer(answers, _REFUSED, [error.errno, error.strerror, error.filename])
        except MemoryError:
            _write_answer(answers, _REFUSED, [errno.ENOMEM])
        except BaseException as error:  # noqa: BLE001 - whatever it was, the parent tells it
            _write_answer(answers, _FAILED, "".join(traceback.format_exception(error)))
        answers.write(b"\n")
        answers.flush()
        status = 0
    with suppress(BaseException):
        sys.stderr.flush()
    os._exit(status)


def _write_answer(answers: IO[bytes], begin: bytes, gave: object) -> None:
    answers.write(begin + json.dumps(gave, ensure_ascii=False).encode() + b"\n")


def _find_answers(answers: IO[bytes]) -> dict[int, _Written]:
    """Find what another process has done.

    Raises:
        WorkerError: it failed.
        OSError: it was refused something.
        MemoryError: it had not enough memory.
        EOFError: it was stopped.
        ValueError: this is no answer.
    """
    found: dict[int, _Written] = {}
    place = answers.seek(0)
    for line in answers:
        begin, blank, gave = line.partition(b" ")
        if line == b"\n":
            return found
        if begin + blank == _FAILED:
            raise WorkerError(json.loads(gave))
        if begin + blank == _REFUSED:
            raise _read_refusal(json.loads(gave))
        found[int(begin)] = _Written(answers, place + len(begin + blank))
        place += len(line)
    raise EOFError


def _read_refusal(told: Sequence[Any]) -> Exception:
    if told == [errno.ENOMEM]:
        return MemoryError()
    number, reason, name = told
    return OSError(number, reason, name)
