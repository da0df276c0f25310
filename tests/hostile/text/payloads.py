"""Which hostile texts there are: public collections and our own, each once, in an order drawn from a seed."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hostile.text.tricks import BREAKERS, TRICKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hostile.outcome import Scale

COLLECTIONS = Path(__file__).parents[1] / "collections" / "text"
NAMES = ("payloads-all-the-things", "naughty-strings", "dompurify", "commonmark", "formulas")
_FEW = 12  # of the public ones, under `make test`
_SHORT, _ROOM = 90, 280  # characters: what is put together with others, and how much of it fits into a line
_SAME = re.compile(r"\\x[0-9A-Fa-f]{2}|\d+|(?i:\bon[a-z]+)")


@cache
def read_collection(name: str) -> tuple[str, ...]:
    """Read one of the public collections."""
    return tuple(json.loads((COLLECTIONS / f"{name}.json").read_text("utf-8")))


@cache
def list_distinct() -> tuple[str, ...]:
    r"""List the public texts, without those that differ from another in a number, an escaped octet or the name of an event only."""
    found: dict[str, str] = {}
    for name in NAMES:
        for text in read_collection(name):
            found.setdefault(_SAME.sub("1", text) if name.startswith("payloads") else text, text)
    return tuple(dict.fromkeys(found.values()))


def draw(scale: Scale) -> tuple[str, ...]:
    """Give the texts of a run: all, or some of our own and a few of the others.

    Short public texts share a field with others, so that a site is built of them in minutes. Markdown keeps to paragraphs of its own, and
    what holds a link stands alone, since it is often refused.
    """
    public, own = list(list_distinct()), list(TRICKS)
    chance = random.Random(scale.seed)  # noqa: S311 - a selection that can be had again
    chance.shuffle(public)
    chance.shuffle(own)
    if not scale.whole:
        return tuple(dict.fromkeys((*BREAKERS, *own[:_OWN], *public[:_FEW])))
    markdown = frozenset(read_collection("commonmark"))
    plain = [text for text in public if text.isprintable() or text in markdown]
    short = [text for text in plain if len(text) <= _SHORT and not _LINK.search(text)]
    alone = [text for text in public if text not in set(short)]
    others = _join([text for text in short if text not in markdown], " ¶ ")
    return tuple(dict.fromkeys((*own, *alone, *others, *_join([text for text in short if text in markdown], "\n\n"))))


_LINK = re.compile(r"\]\(|\]:|\]\[|<[a-z]+:|\[[^\]]*\]")
_OWN = 20


def _join(texts: Sequence[str], between: str) -> Iterator[str]:
    """Put texts together as long as they fit."""
    joined = ""
    for text in texts:
        if joined and len(joined) + len(text) > _ROOM:
            yield joined
            joined = ""
        joined = f"{joined}{between if joined else ''}{text.strip(chr(10))}"
    if joined:
        yield joined
