"""A code explained: what is demanded, why, and content that breaks the rule beside content that keeps it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from generator.checks.reference import NUMBERS
from generator.diagnostics import Diagnostic, Place
from generator.reports.catalogue import CATALOGUE
from generator.reports.escaping import escape_typed
from generator.reports.text import format_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.reports.catalogue import Entry

_INDENT = "    "
_OTHERS = "Worth another look"


@dataclass(frozen=True, slots=True)
class File:
    """A file of an example.

    Attributes:
        path: where it lies.
        note: what there is to say of it; empty for a file that stands there as it is typed.
        text: what it holds.
    """

    path: str
    note: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """Content that breaks or keeps a rule.

    Attributes:
        title: what it is an example of.
        files: what is typed.
        said: what the build says of it.
    """

    title: str
    files: tuple[File, ...]
    said: tuple[Diagnostic, ...] = ()


def read_examples(text: str) -> Mapping[str, tuple[Example, Example]]:
    """Read `examples.json`: for each code an example that breaks its rule and one that keeps it."""
    return {code: (_read(pair["wrong"]), _read(pair["right"])) for code, pair in json.loads(text).items()}


def _read(example: dict[str, Any]) -> Example:
    said = (Diagnostic(**{**one, "place": Place(*one["place"])}) for one in example.get("said", ()))
    return Example(example["title"], tuple(File(**file) for file in example["files"]), tuple(said))


def explain(entry: Entry, wrong: Example, right: Example, *, colour: bool = False) -> str:
    """Explain a code with an example of wrong, what the build says of it, and an example of right.

    Args:
        entry: what there is to know of the code.
        wrong: content that breaks the rule, and what is said of it.
        right: content that keeps it.
        colour: whether to use the colours of a terminal.
    """
    lines = {file.path: file.text.split("\n") for file in wrong.files if not file.note}
    said = "\n\n".join(format_one(one, lines, reason=False, colour=colour) for one in wrong.said)
    parts = [
        f"{entry.code}: {entry.title}",
        f"why: {entry.reason}\n{_describe_standing(entry)}",
        f"Wrong: {wrong.title}",
        *_show_files(wrong),
        "What the build says:",
        _indent(said),
        f"Right: {right.title}",
        *_show_files(right),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_standing(entry: Entry) -> str:
    stops = "It stops the build." if entry.severity == "error" else "It is a warning and stops nothing."
    return f"It belongs to rule {entry.number} ({NUMBERS[entry.number]}). {stops}" if entry.number else stops


def _show_files(example: Example) -> Iterator[str]:
    for file in example.files:
        typed = "\n".join(escape_typed(line) for line in file.text.rstrip("\n").split("\n"))
        head = f"{file.path} ({file.note})" if file.note else file.path
        yield _indent(f"{head}\n{_indent(typed)}" if typed else head)


def _indent(text: str) -> str:
    return "\n".join(f"{_INDENT}{line}".rstrip() for line in text.split("\n"))


def list_codes() -> str:
    """List all codes with what they demand, by the rule they belong to; warnings outside the rules come last."""
    width = max(len(code) for code in CATALOGUE)
    entries = sorted(CATALOGUE.values(), key=lambda entry: entry.number or len(NUMBERS) + 1)
    parts: list[str] = []
    for number, group in groupby(entries, key=lambda entry: entry.number):
        head = f"{number}. {NUMBERS[number]}" if number else _OTHERS
        rows = (
            f"  {entry.code:<{width}}  {entry.title}{' (warning)' if entry.severity == 'warning' else ''}"
            for entry in group
        )
        parts.append("\n".join((head, *rows)))
    return "\n\n".join(parts) + "\n"
