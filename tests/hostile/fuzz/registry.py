"""What is fuzzed: each target is one function of bytes that raises AssertionError where a law is broken."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis import strategies as st

TARGETS = ("yaml", "dates", "quotations", "markdown", "imports", "cache")
"""The names of the targets; the module of each is `on_NAME`."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that is fuzzed.

    Attributes:
        name: one of `TARGETS`.
        run: takes an input; raises AssertionError where it breaks a law, and anything else where the program falls over.
        strategy: draws structured inputs.
        seeds: gives real inputs, from which mutation starts.
        words: pieces of inputs that mean something, for the mutator.
        max_len: the longest input that is mutated, in bytes.
        inside: packages whose branches lead the mutator; the last lines of its module say so, for `list_inside`.
    """

    name: str
    run: Callable[[bytes], None]
    strategy: Callable[[], st.SearchStrategy[bytes]]
    seeds: Callable[[], Iterator[bytes]]
    words: tuple[bytes, ...]
    max_len: int
    inside: tuple[str, ...]


def load(name: str) -> Target:
    """Load a target. Its modules are imported now: an engine that follows their branches has to be ready."""
    module = import_module(f"hostile.fuzz.on_{name}")
    words, inside = cast("tuple[bytes, ...]", module.WORDS), cast("tuple[str, ...]", module.INSIDE)
    return Target(name, module.target, module.strategy, module.seeds, words, module.MAX_LEN, inside)


def list_inside(name: str) -> list[str]:
    """Name the packages whose branches lead the mutator, without importing them or the target."""
    source = (Path(__file__).parent / f"on_{name}.py").read_text("utf-8")
    return list(ast.literal_eval(source.rpartition("INSIDE = ")[2]))
