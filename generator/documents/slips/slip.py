"""A slip of the fingers in one line of YAML, the value that stands in a line, and whether a text can be read."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:
    from generator.documents.nodes import Spot

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
QUOTES = "Put the whole text in quotation marks"

_FIELD = re.compile(r"(?P<before> *(?:- +)*(?P<name>[\w-]+):) +(?P<value>\S(?:.*\S)?)\s*$")
_ITEM = re.compile(r"(?P<before> *(?:- +)+)(?P<value>[^\s-](?:.*\S)?)\s*$")
_BEGINS = re.compile(r"\s*(?:-(?:\s|$)|[\w-]+:(?:\s|$)|#|$)")
_COMMENT = re.compile(r"(?<!\s)\s++#\s")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, and the YAML that mends it.

    Attributes:
        start: where what is replaced begins; line and column count from 0.
        end: just behind its last character.
        fix: what is to be typed there.
        message: what is wrong.
        help: how to mend it.
        focus: the characters within it that are wrong; empty means all.
    """

    start: Spot
    end: Spot
    fix: str
    message: str
    help: str
    focus: str = ""


Look: TypeAlias = Callable[[Sequence[str], int], Iterator[Slip]]


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind the name of a field or the hyphen of a list item.

    Attributes:
        name: the field; empty for a list item.
        text: what is typed, the lines that go on with it joined by blanks; a comment at the end is left out.
        start: line and column where it begins, from 0.
        end: just behind it.
    """

    name: str
    text: str
    start: Spot
    end: Spot

    def show(self, written: str) -> str:
        """Show the field with another value."""
        return f"{self.name}: {written}" if self.name else f"- {written}"


def read_value(lines: Sequence[str], number: int) -> Value | None:
    """Read the value in a line, and the deeper lines below that go on with it."""
    line = lines[number]
    found = _FIELD.match(line) or _ITEM.match(line)
    if found is None:
        return None
    name = found.groupdict().get("name") or ""
    text = found["value"]
    comment = _COMMENT.search(text)
    text = text[: comment.start()] if comment else text
    end = (number, found.start("value") + len(text))
    indent = found.start("name") if name else len(found["before"]) - 1
    for below in range(number + 1, min(len(lines), number + 20)):
        more = lines[below]
        if comment or _BEGINS.match(more) or len(more) - len(more.lstrip(" ")) <= indent:
            break
        text, end = f"{text} {more.strip()}", (below, len(more.rstrip()))
    return Value(name, text, (number, found.start("value")), end)


def read_whole(text: str) -> Spot | None:
    """Read a YAML text; None where all of it can be read, else where reading stops (line and column from 0)."""
    try:
        deque(yaml.parse(text, Loader=LOADER), maxlen=0)
    except yaml.YAMLError as error:
        problem, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        at_end = problem is None or problem.index >= len(text.rstrip())
        mark = opened if at_end and opened is not None else problem
        return (mark.line, mark.column) if mark is not None else (0, 0)
    return None


def stands_alone(value: str, *, flow: bool = False) -> bool:
    """Tell whether a value can be read by itself."""
    return read_whole(f"{{x: {value}}}" if flow else f"x: {value}") is None


def splice(lines: Sequence[str], slip: Slip) -> str:
    """Give the text of all lines with the slip mended."""
    (first, column), (last, end) = slip.start, slip.end
    mended = f"{lines[first][:column]}{slip.fix}{lines[last][end:]}"
    return "\n".join([*lines[:first], mended, *lines[last + 1 :]])
