"""What each line of a YAML text is: part of a value that keeps its form, a comment, blank, or anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.documents import Extent, Loc, Node
    from generator.edits.surgery import Typed

_BLOCK = ("|", ">")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text value, or the name of a field.

    Attributes:
        loc: its path; that of its value, for a name.
        start: offset of its first character.
        end: offset behind its last one.
        first: 0-based line on which it begins.
        last: 0-based line on which it ends; for a text below `|` or `>` that of its last words.
        block: whether it stands below `|` or `>`.
        greedy: whether blank lines below it are part of it (`|+`).
    """

    loc: Loc
    start: int
    end: int
    first: int
    last: int
    block: bool = False
    greedy: bool = False


def _at(data: Node, loc: Loc) -> Node:
    for step in loc:
        data = data[step]  # type: ignore[index]  # the paths are those of this very data
    return data


def find_scalars(
    typed: Typed, data: Node, values: Mapping[Loc, Extent], keys: Mapping[Loc, Extent]
) -> tuple[Scalar, ...]:
    """List the names of fields and the values that are neither lists nor mappings, in the order of the text.

    The text has the line end `\\n` throughout.
    """  # noqa: D301 (the line end is meant as it is typed in Python)
    lines = typed.text.split("\n")
    found = [
        Scalar(loc, typed.offset(*at[:2]), typed.offset(*at[2:]), at[0] - 1, at[2] - 1) for loc, at in keys.items()
    ]
    for loc, at in values.items():
        if isinstance(_at(data, loc), dict | list):
            continue
        start, end = typed.offset(*at[:2]), typed.offset(*at[2:])
        block = typed.text.startswith(_BLOCK, start) and start < end
        greedy = block and "+" in typed.text[start : start + 3]
        last = _last_words(lines, at[0] - 1, at[2] - 1, greedy=greedy) if block else at[2] - 1
        found.append(Scalar(loc, start, end, at[0] - 1, last, block, greedy))
    return tuple(sorted(found, key=lambda scalar: (scalar.start, scalar.end)))


def _last_words(lines: list[str], first: int, last: int, *, greedy: bool) -> int:
    """Find the last line of a text below `|` or `>`.

    That of its last words, or of blanks behind them that are indented deeper, since those are words too; where it is
    greedy, the last blank line.
    """
    while last > first and not lines[last].strip():
        last -= 1
    words = next((line for line in lines[first + 1 : last + 1] if line.strip()), "")
    indent = len(words) - len(words.lstrip(" "))
    found = last
    while last + 2 < len(lines) and not lines[last + 1].strip():
        last += 1
        if greedy or len(lines[last]) > indent:
            found = last
    return found


def find_comments(typed: Typed, scalars: tuple[Scalar, ...]) -> Iterator[tuple[int, str]]:
    """List the comments of a YAML text with their offsets: whatever follows a `#` that stands in no value."""
    at = 0
    for start, end in (*((scalar.start, scalar.end) for scalar in scalars), (len(typed.text), len(typed.text))):
        found = typed.text.find("#", at, start)
        while found >= 0:
            stop = typed.text.find("\n", found)
            stop = len(typed.text) if stop < 0 else stop
            yield found, typed.text[found:stop].rstrip()
            found = typed.text.find("#", stop, start)
        if typed.text.startswith(_BLOCK, start) and start < end:  # a comment may follow the sign itself
            header = typed.text[start : typed.text.find("\n", start)]
            if " #" in header:
                mark = header.index(" #") + 1
                yield start + mark, header[mark:].rstrip()
        at = max(at, end)


def last_lines(scalars: tuple[Scalar, ...], values: Mapping[Loc, Extent]) -> dict[Loc, int]:
    """Find the 0-based line on which each value, with all that is in it, ends; comments behind it do not count."""
    found: dict[Loc, int] = {}
    simple = {scalar.loc for scalar in scalars}
    brackets = ((loc, at[2] - 1) for loc, at in values.items() if at[2] and loc not in simple)
    for loc, line in (*((scalar.loc, scalar.last) for scalar in scalars), *brackets):
        for depth in range(len(loc) + 1):
            found[loc[:depth]] = max(found.get(loc[:depth], 0), line)
    return found
