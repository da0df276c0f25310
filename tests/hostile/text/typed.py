"""Fields with a form of their own: in an id, a date, an address or a word of the vocabulary, a hostile text is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from generator import pipeline
from generator.records import FOLDERS
from hostile.text import recipes
from hostile.text.laying import FORMED, quote
from hostile.text.leaves import list_leaves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

# What is right in one of these fields is no attack on it.
_RIGHT = re.compile(
    r"[a-z0-9-]+|[0-9TZX:~?%./+-]+|https?://[^\s<>\"\\^`{|}]+|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*|\s*", re.IGNORECASE
)
_SEEDS = {"speaks_for": [{"who": "x-person"}], "owned_by": [{"who": "x-person"}], "part_of": [{"who": "x-person"}]}


def list_typed() -> tuple[str, ...]:
    """List the fields of records that have a form; `reach` is no field that anybody types."""
    leaves = list_leaves().items()
    formed = [leaf for leaf, form in leaves if (form == "typed" or leaf in FORMED) and not leaf.endswith(".reach")]
    return tuple(leaf for leaf in formed if leaf.split(".")[0] in FOLDERS)


def try_typed(root: Path, texts: Sequence[str], today: date) -> tuple[int, list[str]]:
    """Type each text in each of these fields; returns how many were tried, and those of which nothing is said.

    Args:
        root: a project without records.
        texts: the hostile texts.
        today: the day of the check.
    """
    attacks = [text for text in texts if not _RIGHT.fullmatch(text)]
    tried: dict[tuple[str, int], tuple[str, str]] = {}
    for leaf in list_typed():
        kind, _, field = leaf.partition(".")
        path = f"content/{FOLDERS[kind]}/{re.sub('[^a-z]+', '-', leaf).strip('-')}.yml"
        lines = []
        for number, text in enumerate(attacks):
            record = {"id": f"r{len(tried)}", **_make(kind)}
            _put(
                record,
                re.sub(r"hops\[\]\.|hops\[\]", "", field)
                .replace("chains[]", "chains[][]")
                .replace("chain.", "chain[]."),
                text,
            )
            lines.append(f"- {_write(record)}")
            tried[path, number + 1] = (leaf, text)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(("\n".join(lines) + "\n").encode())
    said = {
        (one.place.path, one.place.line)
        for one in pipeline.check(root, today=today).diagnostics
        if one.severity == "error"
    }
    return len(tried), [f"{leaf}: {text[:100]!r}" for at, (leaf, text) in tried.items() if at not in said]


def _make(kind: str) -> dict[str, Any]:
    def words(leaf: str) -> str:
        return f"Harmless words of {leaf.rsplit('.', maxsplit=1)[-1].strip('[]{}')}"

    makers = {"entity": recipes.entity, "claim": recipes.claim, "event": recipes.event, "topic": recipes.topic}
    return recipes.source(words, 0)[0] if kind == "source" else makers[kind](words, 0)


def _put(record: dict[str, Any], field: str, text: str) -> None:
    """Put a text at a field such as `log[].on`, in the first item of each list."""
    name, _, rest = field.partition(".")
    bare = name.rstrip("[]")
    if not rest:
        record[bare] = [text] if name.endswith("[]") else text
        return
    held = record.get(bare) or _SEEDS.get(bare, {})
    record[bare] = held = _wrap(held, name.count("[]"))
    for _ in range(name.count("[]")):
        held = held[0]
    _put(held, rest, text)


def _wrap(held: Any, depth: int) -> Any:
    """Give a mapping within as many lists, the first item of each being the next."""
    if not depth:
        return held if isinstance(held, dict) else {}
    items = held if isinstance(held, list) and held else [held]
    return [_wrap(items[0], depth - 1), *items[1:]]


def _write(value: Any) -> str:
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quote(key)}: {_write(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(map(_write, value)) + "]"
