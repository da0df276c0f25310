"""The record that was meant by an id that leads nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.documents.letters import clean, explain_odd
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.decode import Located

_Key = tuple[str, str]

SURE = 75
_CLEARLY = 6
_SLIP = 2  # letters
_ALIKE = 50  # of two words in the same place of two ids
_NO_VOICE = frozenset({"unknown", "none", "nobody", "anonymous", "unnamed", "n-a", "no-one", "unclear", "not-known"})

_ARTICLES = MappingProxyType({"source": "a", "entity": "an", "claim": "a", "event": "an", "topic": "a"})


@dataclass(frozen=True, slots=True)
class Near:
    """What was meant by an id that leads nowhere; kind and id are None where nothing can be offered as the mend."""

    help: str
    kind: str | None = None
    id: str | None = None


def find_near(
    kind: str, one: str, index: Mapping[_Key, Located], redirects: Mapping[_Key, str], *, chain: bool = False
) -> Near:
    """Find the record that was meant: one that was renamed, one of another kind, one whose id has nearly these letters."""
    if (kind, one) in redirects:
        return Near(f"It is now called `{redirects[kind, one]}`.", kind, redirects[kind, one])
    other = next((k for k in KINDS if k != kind and (k, one) in index), None)
    if other is not None:
        said = f"`{one}` is {_ARTICLES[other]} {other}; here stands the id of {_ARTICLES[kind]} {kind}."
        return Near(said, other, one)
    ids = [i for k, i in index if k == kind]
    plain = clean(one)
    if plain in ids:
        odd = explain_odd(one)
        return Near(f"{odd[1] if odd else ''} Write `{plain}`.".strip(), kind, plain)
    if chain and one in _NO_VOICE:
        return Near("Where the source does not say who said it first, write `chain: untraced`.")
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for an id that leads nowhere

    likely = process.extract(one, ids, limit=1, score_cutoff=70)
    if not likely or _is_of_another(plain, likely[0][0]):
        return Near(f"Add the {kind}, or correct the id.")
    near = process.extract(one, ids, scorer=fuzz.ratio, limit=2, score_cutoff=SURE)
    sure = bool(near) and near[0][0] == likely[0][0] and (len(near) == 1 or near[0][1] - near[1][1] >= _CLEARLY)
    sure = sure and _differ_by_a_slip(plain, likely[0][0])
    return Near(f"Did you mean `{likely[0][0]}`?", kind if sure else None, likely[0][0])


def _differ_by_a_slip(one: str, other: str) -> bool:
    """Tell whether two ids differ by a letter or two; other digits are another day or another number."""
    digits, others = re.findall(r"\d+", one), re.findall(r"\d+", other)
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return digits == others and Levenshtein.distance(one, other) <= _SLIP


def _is_of_another(one: str, other: str) -> bool:
    """Tell whether one word of two ids differs wholly, as in `russia-agreed` and `ukraine-agreed`: that is nobody's slip."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    words, others = one.split("-"), other.split("-")
    return len(words) == len(others) > 1 and any(
        fuzz.ratio(word, second) < _ALIKE for word, second in zip(words, others, strict=True)
    )
