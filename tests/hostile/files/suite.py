"""Cases of public collections of YAML, and what our strict subset makes of each of them."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).parents[1] / "collections" / "yaml"
_MARKS = re.compile(r"(?P<anchor>&\S+)|(?P<tag><[^>]*>)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Case:
    """One text that somebody keeps because parsers stumble over it.

    Attributes:
        name: its id in the collection.
        data: its bytes.
        fails: whether YAML 1.2 refuses it; None where the collection does not say.
        codes: the codes for what it holds and content does not have: aliases, tags, a second document, nothing at all.
        means: what it stands for, every scalar as text and an empty one as None; absent where `codes` or `fails` say so.
        json: what the collection says that it means, as JSON; None where it does not.
    """

    name: str
    data: bytes
    fails: bool | None = None
    codes: frozenset[str] = frozenset()
    means: Any = None
    json: str | None = None


def _read_rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        yield json.loads(line)


@cache
def read_departures() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Give the cases that content does not take, with their code, those that it takes against the suite, and the others."""
    known = json.loads((_FOLDER / "departures.json").read_text("utf-8"))
    return known["refused"], frozenset(known["read"]), frozenset(known["otherwise"])


@cache
def read_suite() -> tuple[Case, ...]:
    """Read the YAML test suite."""
    return tuple(_read_case(row) for row in _read_rows("suite.jsonl"))


@cache
def read_others() -> tuple[Case, ...]:
    """Read what PyYAML's tests keep; what is sound in it is told by PyYAML's own loader of plain texts."""
    rows = _read_rows("pyyaml.jsonl")
    return tuple(
        Case(row["id"], row["text"].encode() if "text" in row else b64decode(row["base64"]), means=None) for row in rows
    )


def _read_case(row: dict[str, Any]) -> Case:
    events, fails = row["events"], row["fails"]
    codes = _find_codes(events)
    plain = not fails and not codes
    means = _build(events[2], iter(events[3:])) if plain else None
    return Case(row["id"], row["yaml"].encode(), fails, codes, means, row.get("json"))


def _find_codes(events: list[str]) -> frozenset[str]:
    found = set()
    for event in events:
        marks = re.split(r" [:'\"|>]", event, maxsplit=1)[0] if event[:4] in ("+SEQ", "+MAP", "=VAL") else ""
        found |= {"alias"} if event.startswith("=ALI") else set()
        for mark in _MARKS.finditer(marks):
            found |= {"alias" if mark["anchor"] else "tag"}
    documents = sum(event.startswith("+DOC") for event in events)
    return frozenset(found | ({"several-documents"} if documents > 1 else {"empty-file"} if not documents else set()))


def _build(event: str, events: Iterator[str]) -> Any:
    """Build what the events of the suite's own notation stand for."""
    if event.startswith("=VAL"):
        kind, text = event[5], event[6:]
        text = re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], text)
        return None if kind == ":" and not text else text
    items = [_build(inner, events) for inner in iter(lambda: next(events), f"-{event[1:4]}")]
    if event.startswith("+SEQ"):
        return items
    names = items[::2]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        return None  # content does not take it: `departures.json` says with which code
    return dict(zip(names, items[1::2], strict=True))


def read_plainly(data: bytes) -> Any:
    """Read a text by PyYAML's own loader of plain texts; None for an empty value.

    Raises:
        yaml.YAMLError: it cannot.
    """
    loader = yaml.BaseLoader(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    try:
        return without_blanks(loader.get_single_data())
    finally:
        loader.dispose()


def without_blanks(node: Any) -> Any:
    """Give data with None for each empty text: PyYAML does not tell them apart."""
    if isinstance(node, dict):
        return {name: without_blanks(value) for name, value in node.items()}
    if isinstance(node, list):
        return [without_blanks(value) for value in node]
    return node or None


def agrees(found: Any, meant: Any) -> bool:
    """Tell whether texts are what JSON says, where YAML would guess numbers and words."""
    if isinstance(meant, dict):
        same = isinstance(found, dict) and {*found} == {*meant}
        return same and all(agrees(found[name], value) for name, value in meant.items())
    if isinstance(meant, list):
        same = isinstance(found, list) and len(found) == len(meant)
        return same and all(agrees(one, other) for one, other in zip(found, meant, strict=True))
    if meant is None:
        return bool(found in (None, "null", "~", ""))
    if isinstance(meant, bool):
        return bool(found == str(meant).lower())
    if isinstance(meant, int | float):
        return isinstance(found, str) and float(int(found, 0) if "x" in found else found) == meant
    return bool(found == meant)
