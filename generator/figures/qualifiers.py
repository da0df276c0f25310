"""The words that bound a number ("at least", "about", "or more"), and which of them say the same."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Literal

Direction = Literal["lower", "upper", "near"]


def _table(lower: str, upper: str, near: str) -> MappingProxyType[str, Direction]:
    directions: dict[str, Direction] = dict.fromkeys(lower.split("|"), "lower")
    directions |= dict.fromkeys(upper.split("|"), "upper")
    return MappingProxyType({**directions, **dict.fromkeys(near.split("|"), "near")})


def _either(words: MappingProxyType[str, Direction]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(words, key=len, reverse=True))


_BEFORE = _table(
    lower="at least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of|minimum|more than|"
    "greater than|over|above|upwards of|in excess of|exceeding|just over|well over|>|≥|>=|понад|більше|більш як|більше ніж|"
    "щонайменше|не менше|более|более чем|больше|свыше|не менее|не меньше|как минимум",
    upper="up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|maximum|less than|"
    "fewer than|under|below|just under|well under|<|≤|<=|не більше|менше|не более|менее|меньше|до",
    near="about|around|approximately|approx.|roughly|some|nearly|almost|close to|circa|c.|ca.|an estimated|estimated|"
    "in the region of|~|≈|близько|приблизно|майже|около|примерно|почти|порядка",
)
_AFTER = _table(lower="+|-plus| plus| or more| and more", upper=" or fewer| or less", near=" or so| give or take")
_LEADING = re.compile(rf"(?<!\w)(?P<words>{_either(_BEFORE)}) ?(?P<article>the |a total of |another )?[$€£₴₽]?\Z")
_TRAILING = re.compile(rf"(?P<words>{_either(_AFTER)})(?!\w)")
_LONGEST = 48
# With an article, or before "1000-for-1000", these are prepositions: "under the 1000-for-1000 deal".
_PREPOSITIONS = frozenset({"under", "over", "above", "below", "до"})
_SWAP = re.compile(r"[-‐‑ ]for[-‐‑ ]")


def find_qualifier(text: str, start: int, end: int) -> str | None:
    """Give the words that bound the number at `text[start:end]`, lower case; None where there are none."""
    before = _even(text[max(0, start - _LONGEST) : start])
    after = _even(text[end : end + _LONGEST])
    found = _LEADING.search(before)
    if found and not (found["words"] in _PREPOSITIONS and (found["article"] or _SWAP.match(after))):
        return found["words"]
    found = _TRAILING.match(after)
    return found["words"].strip(" -") if found else None


def same_direction(one: str | None, other: str | None) -> bool:
    """Tell whether two qualifiers bound a number on the same side."""
    return _direction(one) == _direction(other)


def _direction(qualifier: str | None) -> Direction | None:
    if qualifier is None:
        return None
    return _BEFORE.get(qualifier) or _AFTER.get(qualifier) or _AFTER.get(f" {qualifier}")


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())
