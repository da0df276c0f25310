"""The known word that was meant: by its label, by another name for it, or by its letters."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.documents.letters import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LIKE = 60
_SURE = 75
_MARKS = " \t\"'“”„«»‘’.,;`"
_LAYOUT = str.maketrans("йцукенгшщзфывапролдячсмитьіїє", "qwertyuiopasdfghjklzxcvbnms]'")
"""The letters of the Russian and Ukrainian keyboards by those on the same keys of the English one."""
_DENIAL = re.compile(r"(?:un|in|im|dis|non|not|no|anti)[-_ ]?(?=\w{3})")

OTHER_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "verdict": {
            "true": "supported", "yes": "supported", "correct": "supported", "confirmed": "supported",
            "verified": "supported", "proven": "supported", "false": "refuted", "no": "refuted", "fake": "refuted",
            "wrong": "refuted", "incorrect": "refuted", "debunked": "refuted", "mixed": "conflicting",
            "disputed": "conflicting", "contested": "conflicting", "unproven": "not-enough-evidence",
            "unverified": "not-enough-evidence", "unclear": "not-enough-evidence", "unknown": "not-enough-evidence",
            "unsupported": "not-enough-evidence", "not-supported": "not-enough-evidence",
            "not-proven": "not-enough-evidence", "disproved": "refuted", "disproven": "refuted", "misleading": "needs-context", "opinion": "not-checkable", "open": "unchecked", "todo": "unchecked",
        },
        "stance": {
            "for": "supports", "pro": "supports", "confirms": "supports", "against": "refutes", "contra": "refutes",
            "denies": "refutes", "contradicts": "refutes", "opposes": "refutes", "neutral": "context",
        },
        "basis": {
            "official": "document", "record": "document", "report": "hearsay", "rumour": "hearsay", "media": "hearsay",
            "eyewitness": "witness", "saw": "witness", "own": "act", "action": "act",
        },
        "kind": {"claim": "fact", "figure": "number", "quote": "statement", "prediction": "forecast", "denial": "absence"},
        "genre": {"article": "news", "agency": "wire", "tweet": "post", "speech": "transcript", "press release": "statement"},
        "phase": {"finished": "done", "over": "done", "ongoing": "under-way", "canceled": "cancelled"},
        "stored": {"full": "whole", "yes": "whole", "all": "whole", "partial": "excerpt", "no": "none"},
        "publish": {"yes": "full", "all": "full", "whole": "full", "partial": "excerpts", "no": "none"},
        "type": {
            "newspaper": "outlet", "media": "outlet", "agency": "outlet", "website": "outlet", "company": "organisation",
            "ministry": "organisation", "government": "organisation", "party": "organisation", "country": "place",
            "city": "place", "human": "person", "politician": "person",
        },
    }
)  # fmt: skip
"""What editors call a word, by the field it is typed in; it is offered, never taken for the word."""

OTHER_FIELDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "date": ("when", "published", "on"), "day": ("on", "when"), "time": ("when",), "link": ("url",),
        "href": ("url",), "web": ("url",), "author": ("authors",), "claim": ("says",), "statement": ("says",),
        "text": ("says", "quote"), "source": ("in",), "quotation": ("quote",), "words": ("quote",),
        "status": ("verdict",), "rating": ("verdict",), "reason": ("why",), "explanation": ("why",),
        "tags": ("topics",), "place": ("where",), "location": ("where",), "headline": ("title",), "name": ("title",),
        "title": ("name",), "lang": ("language",), "publisher": ("outlet",), "checker": ("by",), "history": ("log",),
        "entities": ("about",), "who": ("speaker", "about"), "note": ("why",), "comment": ("note", "why"),
        "origin": ("chain",), "via": ("chain",), "retrieved": ("accessed",), "excerpt": ("quote",),
    }
)  # fmt: skip
"""What editors call a field, and the fields they mean."""


def find_near(typed: str, known: Iterable[str], *, least: int = _LIKE) -> str | None:
    """Find the known word whose letters are nearest to what was typed."""
    words = sorted(known)  # a set has no order, and of two equally near words always the same one is named
    plain = clean(typed[:80]).strip(_MARKS)
    folded = {word.casefold(): word for word in reversed(words)}
    if plain.casefold() in folded:
        return folded[plain.casefold()]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where a word is not known

    near = process.extractOne(plain.casefold(), list(folded), scorer=fuzz.ratio, score_cutoff=least)
    return folded[near[0]] if near else None


def suggest(typed: str, known: Iterable[str], *, least: int = _LIKE) -> str:
    """Ask whether the nearest known word was meant; empty where none is near."""
    near = find_near(typed, known, least=least)
    return f"Did you mean `{near}`?" if near else ""


def _likeness(one: str, other: str) -> float:
    """Give how much of two words is the same, in per cent."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    return fuzz.ratio(one, other)


def is_sure(typed: str, meant: str) -> bool:
    """Tell whether so few letters differ that the known word can be offered as the mend."""
    one = clean(typed[:80]).strip(_MARKS).casefold()
    if one.translate(_LAYOUT) == meant.casefold():
        return True
    return _likeness(one, meant.casefold()) >= _SURE and not _denies(one, meant.casefold())


def _denies(one: str, other: str) -> bool:
    """Tell whether one of two words is much like the other with a denial in front, which turns its sense round."""
    first, second = _DENIAL.match(one), _DENIAL.match(other)
    rest, remain = one[first.end() if first else 0 :], other[second.end() if second else 0 :]
    return (first is None) != (second is None) and _likeness(rest, remain) >= _SURE


def find_field(typed: str, known: Sequence[str]) -> str | None:
    """Find the field that was meant by a name that is none."""
    plain = typed.strip(_MARKS).lower().replace(" ", "_").replace("-", "_")
    keys = plain.translate(_LAYOUT)
    if keys != plain and keys in known:  # typed while the keyboard was set to another alphabet
        return keys
    other = next((name for name in OTHER_FIELDS.get(plain, ()) if name in known), None)
    return other or find_near(plain, known) or find_near(typed, known)


def find_word(typed: str, field: str, known: Mapping[str, str]) -> tuple[str | None, bool]:
    """Find the word of a list that was meant.

    Args:
        typed: what stands there.
        field: the field it stands in.
        known: the words of the list with their labels.

    Returns:
        The word, or None; and whether it is near enough in its letters, or the label itself, to be offered as the mend.
    """
    plain = clean(typed[:80]).strip(_MARKS).casefold()
    kebab = "-".join(plain.replace("_", " ").split())
    exact = next((word for word, label in known.items() if plain == label.casefold() or kebab == word), None)
    if exact is not None:
        return exact, True
    names = OTHER_NAMES.get(field, {})
    other = names.get(plain, names.get(kebab))
    if other in known:
        return other, False
    near = find_near(kebab, known)
    if near is None or _denies(kebab, near):
        return None, False
    return near, is_sure(kebab, near)


def set_off(word: str) -> str:
    """Put what was typed in quotation marks, single ones where it has double ones itself."""
    shown = word[:60]
    return f"‘{shown}’" if set(shown) & set('"“”„') else f"“{shown}”"


def show_word(word: str, label: str) -> str:
    """Show a word with its label, where that says more."""
    return f"`{word}`" if label.casefold() == word else f"`{word}` ({label})"


def list_words(known: Mapping[str, str]) -> str:
    """List words with their labels, where these say more."""
    shown = [show_word(word, label) for word, label in known.items()]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else "".join(shown)
