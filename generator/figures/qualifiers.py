"""The words that bound a number ("at least", "about", "or more"), and which of them say the same."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Literal

Direction = Literal["lower", "upper", "near"]

_LOWER = (
    "at least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of|minimum|more than|over|above|"
    "upwards of|in excess of|greater than|exceeding|just over|well over|>|≥|>=|"
    "понад|більше|більш як|більше ніж|щонайменше|не менше|более|более чем|больше|свыше|не менее|не меньше|как минимум"
)
_UPPER = (
    "up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|maximum|less than|fewer than|"
    "under|below|just under|well under|<|≤|<=|не більше|менше|до|не более|менее|меньше"
)
_NEAR = (
    "about|around|approximately|approx.|roughly|some|nearly|almost|close to|circa|c.|ca.|an estimated|estimated|"
    "in the region of|~|≈|близько|приблизно|майже|около|примерно|почти|порядка"
)
_AFTER: tuple[tuple[str, Direction], ...] = (
    (r"\+(?![0-9])|-plus\b|\s+or\s+more\b|\s+and\s+more\b|\s+plus\b", "lower"),
    (r"\s+or\s+(?:fewer|less)\b", "upper"),
    (r"\s+or\s+so\b|,?\s+give\s+or\s+take\b", "near"),
)
_DIRECTIONS: MappingProxyType[str, Direction] = MappingProxyType(
    {
        **dict.fromkeys(_LOWER.split("|"), "lower"),
        **dict.fromkeys(_UPPER.split("|"), "upper"),
        **dict.fromkeys(_NEAR.split("|"), "near"),
    }
)
_BEFORE = re.compile(
    rf"(?:(?<!\w)({'|'.join(re.escape(words) for words in sorted(_DIRECTIONS, key=len, reverse=True))}))"
    r"(?: ?(?:the|a total of|another))? ?[$€£₴]?\Z"
)
_LONGEST = 48
# Before "1000-for-1000" these are prepositions: "under the 1000-for-1000 deal".
_PREPOSITIONS = frozenset({"under", "over", "above", "below", "до"})
_SWAP = re.compile(r"[-‐‑\s]+for[-‐‑\s]")


def find_qualifier(text: str, start: int, end: int) -> str | None:
    """Give the words that bound the number at `text[start:end]`, lower case; None where there are none."""
    before = re.sub(r"\s+", " ", text[max(0, start - _LONGEST) : start].lower())
    found = _BEFORE.search(before)
    if found and not (found[1] in _PREPOSITIONS and (_SWAP.match(text, end) or not before.endswith((f"{found[1]} ", "$")))):
        return found[1]
    for shape, _ in _AFTER:
        if after := re.compile(shape).match(text, end):
            return re.sub(r"\s+", " ", after[0]).strip(" ,-").lower()
    return None


def same_direction(one: str | None, other: str | None) -> bool:
    """Tell whether two qualifiers bound a number on the same side."""
    return _direction(one) == _direction(other)


def _direction(qualifier: str | None) -> Direction | None:
    if qualifier is None:
        return None
    after = {"+": "lower", "plus": "lower", "or more": "lower", "and more": "lower"}
    if qualifier in after:
        return "lower"
    if qualifier in {"or fewer", "or less"}:
        return "upper"
    return _DIRECTIONS.get(qualifier, "near")
