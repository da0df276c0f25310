"""Texts on which a regular expression may go back and forth, made from its own parts; and how its time grows with them.

Backtracking shows where something repeated can be read in more ways than one. So each repetition of an expression is
repeated with each sort of character that it takes, behind a text that leads to it and in front of one that does not fit.
"""

from __future__ import annotations

import re
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hostile.fuzz.patterns import BOUNDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hostile.fuzz.patterns import Pattern

_parser = re._parser  # type: ignore[attr-defined]  # the standard library's own reader of expressions
_REPEATS = frozenset({_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT})
_ORDINARY = "a0 \n\tZ_-.é'"
_ENDS = ("\x01", "", "!\x01", "\n\x01")
_MOST_PUMPS = 8
_TELLS = 0.002  # seconds; shorter times tell nothing
_LONG = 12  # a repetition that may go on for so long is pumped


@dataclass(frozen=True, slots=True)
class Growth:
    """How the time of an expression grows.

    Attributes:
        place: of the expression.
        text: the expression.
        attack: what the worst text was made of: what leads to it, what is repeated, its end.
        length: of the longest text that was tried, in characters.
        seconds: of processor, on that.
        ratio: how many times as long that took as half of it; 0 where both are too short to tell.
    """

    place: str
    text: str
    attack: tuple[str, str, str]
    length: int
    seconds: float
    ratio: float


def measure(pattern: Pattern, longest: int, most_seconds: float) -> Growth:
    """Find the text on which an expression takes longest.

    Args:
        pattern: the expression.
        longest: how long texts become, in characters.
        most_seconds: after so much time a text is given up; it is longer than an endless one needs to show.
    """
    compiled = re.compile(pattern.text, pattern.flags)
    worst = Growth(pattern.place, pattern.text, ("", "", ""), 0, 0.0, 0.0)
    for attack in dict.fromkeys(list_attacks(pattern)):
        found = _grow(compiled, pattern.methods, attack, longest, most_seconds)
        if found[1] / found[0] > worst.seconds / max(1, worst.length):
            worst = Growth(pattern.place, pattern.text, attack, *found)
        if found[1] >= most_seconds:
            break
    return worst


def _grow(
    compiled: re.Pattern[str], methods: Iterable[str], attack: tuple[str, str, str], longest: int, most: float
) -> tuple[int, float, float]:
    """Make a text longer until it takes too long or is long enough; give its length, its time and its growth."""
    before, pump, after = attack
    length, last, ratio = 32, 0.0, 0.0
    while True:
        text = before + pump * (length // max(1, len(pump)) + 1) + after
        seconds = _time(compiled, text, methods, most)
        ratio = seconds / last if last > _TELLS else 0.0
        if seconds >= most or length * 2 > longest:
            return length, seconds, ratio
        length, last = (
            (length * 2 if length * 2 == longest or seconds > _TELLS else min(length * 8, longest // 2)),
            seconds,
        )


def _time(compiled: re.Pattern[str], text: str, methods: Iterable[str], most: float) -> float:
    begun = time.thread_time()
    with _alarm(most):
        for method in methods:
            if method == "search":
                compiled.sub("", text)
            else:
                getattr(compiled, method)(text)
    return time.thread_time() - begun


class _TooLongError(Exception):
    """The time is over."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Break off after some processor time: the engine of expressions looks for signals now and then."""

    def ring(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def find_slow(patterns: Iterable[Pattern], longest: int, most_seconds: float) -> Iterator[Growth]:
    """Find the expressions that some text keeps busy for longer than it may.

    Args:
        patterns: all of them.
        longest: how long texts become where nothing bounds them, in characters.
        most_seconds: of processor, on one text. An expression that reads each character once needs 0.004 s for 4,000, one
            that does so from each place of the text 0.03 s or more, and one that goes back and forth never ends.
    """
    for pattern in patterns:
        bound, _ = BOUNDED.get(pattern.place.partition(":")[0], (longest, ""))
        worst = measure(pattern, min(bound, longest), 10 * most_seconds)
        if worst.seconds > most_seconds:
            again = measure(pattern, min(bound, longest), 10 * most_seconds)  # the machine may have been busy
            if again.seconds > most_seconds:
                yield again


def list_attacks(pattern: Pattern) -> Iterator[tuple[str, str, str]]:
    """List what texts are made of: what leads to a repetition, what is repeated, and how it ends."""
    tree = _parser.parse(pattern.text, pattern.flags)
    letters = _letters(tree, pattern.flags)
    starts = ("", "\x01 ") if "search" in pattern.methods else ("",)
    for before, body in _find_repeats(list(tree), "", letters, pattern.flags):
        for pump in _samples(body, letters, pattern.flags)[:_MOST_PUMPS]:
            yield from ((start + before, pump, end) for start in starts for end in _ENDS if pump)


def _letters(tree: Any, flags: int) -> str:
    """Give the characters that an expression names, and some of each ordinary sort."""
    named: dict[str, None] = {}

    def walk(items: Any) -> None:
        for operation, value in items:
            if operation in (_parser.LITERAL, _parser.NOT_LITERAL):
                named[chr(value)] = None
            elif operation is _parser.IN:
                walk(one for one in value if one[0] in (_parser.LITERAL, _parser.RANGE))
            elif operation is _parser.RANGE:
                named[chr(value[0])] = None
            else:
                for inner in _inner(operation, value):
                    walk(inner)

    walk(tree)
    del flags
    return "".join(dict.fromkeys(_ORDINARY + "".join(named)))[:40]


def _inner(operation: Any, value: Any) -> list[Any]:
    """Give the expressions inside of one."""
    if operation in _REPEATS:
        return [value[2]]
    if operation is _parser.SUBPATTERN:
        return [value[-1]]
    if operation is _parser.BRANCH:
        return list(value[1])
    if operation in (_parser.ASSERT, _parser.ASSERT_NOT):
        return [value[1]]
    if operation is _parser.ATOMIC_GROUP:
        return [value]
    if operation is _parser.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    return []


def _find_repeats(items: Sequence[Any], before: str, letters: str, flags: int) -> Iterator[tuple[str, Any]]:
    """Find all repetitions, each with a text that leads to it."""
    for operation, value in items:
        if operation in _REPEATS and value[1] >= _LONG:
            yield before, value[2]
        for inner in _inner(operation, value):
            yield from _find_repeats(list(inner), before, letters, flags)
        before += next(iter(_samples([(operation, value)], letters, flags)), "")


def _samples(items: Sequence[Any], letters: str, flags: int) -> list[str]:
    """Give texts that an expression takes: the first as short as can be, others with other characters and branches."""
    found = [""]
    for operation, value in items:
        more = _sample_one(operation, value, letters, flags)
        longest = max(len(found), len(more))
        found = (
            [found[min(at, len(found) - 1)] + more[min(at, len(more) - 1)] for at in range(longest)] if more else found
        )
    return list(dict.fromkeys(found))


def _sample_one(operation: Any, value: Any, letters: str, flags: int) -> list[str]:
    if operation is _parser.LITERAL:
        return [chr(value)]
    if operation in (_parser.NOT_LITERAL, _parser.ANY, _parser.IN, _parser.CATEGORY):
        return [letter for letter in letters if _takes(operation, value, letter)] or [chr(0x4E00)]
    if operation in _REPEATS:
        least, _, body = value
        return (
            [one * max(1, least) for one in _samples(body, letters, flags)]
            if least
            else ["", *_samples(body, letters, flags)]
        )
    if operation is _parser.BRANCH:
        return [text for one in value[1] for text in _samples(one, letters, flags)]
    if operation in (_parser.SUBPATTERN, _parser.ATOMIC_GROUP):
        return _samples(_inner(operation, value)[0], letters, flags)
    return []


def _takes(operation: Any, value: Any, letter: str) -> bool:
    """Tell whether a set of characters holds one."""
    if operation is _parser.ANY:
        return letter != "\n"
    if operation is _parser.NOT_LITERAL:
        return letter != chr(int(value))
    if operation is _parser.CATEGORY:
        return _CATEGORIES[str(value)].fullmatch(letter) is not None
    negated = bool(value and value[0][0] is _parser.NEGATE)
    return negated is not any(_holds(kind, one, letter) for kind, one in value)


def _holds(kind: Any, one: Any, letter: str) -> bool:
    if kind is _parser.LITERAL:
        return letter == chr(int(one))
    if kind is _parser.RANGE:
        return ord(letter) in range(one[0], one[1] + 1)
    return kind is _parser.CATEGORY and _takes(kind, one, letter)


_CATEGORIES = {
    f"CATEGORY_{name}": re.compile(text)
    for name, text in {
        "DIGIT": r"\d",
        "NOT_DIGIT": r"\D",
        "SPACE": r"\s",
        "NOT_SPACE": r"\S",
        "WORD": r"\w",
        "NOT_WORD": r"\W",
    }.items()
}
