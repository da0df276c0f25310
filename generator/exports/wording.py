"""What the models say about themselves: a description and an example of every field, and what holds each verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.documents import write_scalar
from generator.records import Claim, Event, Evidence, LogEntry, Source
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from generator.vocabulary import Rule, Section

_ATTRIBUTE = re.compile(r"^    (?P<name>\w+): (?P<text>.+(?:\n {8,}.+)*)", re.MULTILINE)

SECTIONS: Mapping[tuple[type[BaseModel], str], Section] = MappingProxyType(
    {
        (Source, "genre"): "genres",
        (Claim, "kind"): "kinds",
        (Claim, "verdict"): "verdicts",
        (LogEntry, "verdict"): "verdicts",
        (Evidence, "stance"): "stances",
        (Evidence, "basis"): "bases",
        (Event, "phase"): "phases",
    }
)
"""The fields whose value is a word of the vocabulary, and of which section."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a built-in rule means for the editor who gives a verdict that it holds.

    Attributes:
        use: when such a verdict is the right one.
        needs: what the build demands of a claim that has it.
    """

    use: str
    needs: str


_BAR = "two independent origins or one primary document, and nothing credible on the other side"

DEMANDS: Mapping[Rule, Demand] = MappingProxyType(
    {
        "unjudged": Demand("Nobody has looked into it yet.", "nothing"),
        "bar-for": Demand("You found enough that bears it out, and nothing credible against it.", f"{_BAR}; for an `absence`, `searched:`"),
        "names-what-is-missing": Demand("The words are accurate, and would mislead somebody who reads nothing else.", "`missing:`, what they leave out"),
        "names-a-rival": Demand("Two sides that do not depend on each other exclude each other, and you cannot tell who is right.", "a rival from another origin in `contradicts:`, and `unknown:`"),
        "bar-against": Demand("You found enough that speaks against it, and nothing credible for it.", f"{_BAR}; for an `absence`, one instance within its `when:`"),
        "lists-unknowns": Demand("You looked, and what you found does not decide it. One voice alone does not.", "`unknown:`, what would decide it"),
        "not-judged": Demand("It is of kind `opinion` or `forecast`: it cannot be so or not so today.", "that kind of claim"),
    }
)  # fmt: skip
"""When to use the verdicts that each built-in rule holds. `checks/verdicts.py` is what enforces it."""


def describe(model: type[BaseModel]) -> str:
    """Give the first paragraph of a model's docstring, in one line."""
    return " ".join(cleandoc(model.__doc__ or "").partition("\n\n")[0].split())


def describe_fields(model: type[BaseModel]) -> Mapping[str, str]:
    """Map the YAML name of each field to its description.

    The descriptions are the `Attributes:` sections of the docstrings, those of the models it extends included.
    """
    said = {
        found["name"]: " ".join(found["text"].split())
        for one in reversed(model.__mro__)
        for found in _ATTRIBUTE.finditer(cleandoc(one.__doc__ or "").partition("Attributes:\n")[2])
    }
    typed = {name: (info.alias or name) for name, info in model.model_fields.items()}
    return {typed[name]: _as_sentence(text) for name, text in said.items() if name in typed}


def _as_sentence(text: str) -> str:
    start = text if text.startswith("`") else text[0].upper() + text[1:]
    return start if start.endswith((".", "?", "!")) else f"{start}."


def examples_of(model: type[BaseModel]) -> Mapping[str, tuple[object, ...]]:
    """Map the YAML name of each field to its examples: the values as an editor types them, every scalar a text."""
    return {name: tuple(info.examples or ()) for name, info in fields_of(model).items()}


def show(example: object) -> str:
    """Write an example as YAML in one line, as it is typed behind the name of its field."""
    return write_scalar(example) if isinstance(example, str) else _show_inside(example)


def _show_inside(example: object) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{name}: {_show_inside(value)}" for name, value in example.items()) + "}"
    if isinstance(example, list):
        return "[" + ", ".join(map(_show_inside, example)) + "]"
    return write_scalar(str(example), flow=True)
