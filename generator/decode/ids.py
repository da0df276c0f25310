"""What stands where an id belongs: a name, a link, several ids, or letters that only look right."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from generator.decode.spelling import find_near
from generator.documents.letters import clean, explain_odd
from generator.records.fields import ID_PATTERN, LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.decode.known import Known

_ID = re.compile(ID_PATTERN)
_LINK = re.compile(r"(?:\[[^\]]*\]\()?(?P<scheme>claim|event|source|entity|topic)s?:\s*(?P<id>[a-z0-9-]+)\)?")
_APART = re.compile(r"(?:(?<!\s)\s++)?(?:,|;|\band\b|\bvia\b|->|→)\s*+")
_MARKS = "\"'“”„«»‘’`"
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_CHAINS = frozenset({"chain", "chains"})
_NAME_LIKE = 85
_ID_LIKE = 75


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong with a value, how it is mended, and the YAML of the mend where it is sure; see `Diagnostic`."""

    message: str
    help: str = ""
    focus: str = ""
    fix: str | None = None


def make_id(text: str) -> str:
    """Write a text in the form of an id; empty where nothing of it can stand in one, or it would be too long."""
    plain = unicodedata.normalize("NFKD", clean(text).lower().translate(_SPECIAL))
    near = re.sub(r"[^a-z0-9]+", "-", re.sub("[\u0300-\u036f'’]", "", plain)).strip("-")
    return near if len(near) <= LONGEST_ID else ""


def advise_id(
    text: str, field: str, known: Callable[[], Known], *, many: bool, new: bool, listed: bool = False
) -> Advice:
    """Explain what stands where an id belongs.

    Args:
        text: what was typed.
        field: the field it stands in.
        known: gives the ids and names of all records.
        many: whether the field takes several ids, and one text was typed.
        new: whether the id names this record, rather than another.
        listed: whether it stands between square brackets already.
    """
    said = f"`{field}`: “{text[:80]}” is not an id: use a-z, 0-9 and single hyphens between them."
    if len(text) > LONGEST_ID and _ID.fullmatch(text):
        return Advice(f"`{field}`: an id has {LONGEST_ID} characters at most; this one has {len(text)}.", "Shorten it.")
    odd, plain = explain_odd(text), clean(text)
    if odd is not None and _ID.fullmatch(plain):
        return Advice(f"`{field}`: “{text[:80]}” is not an id. {odd[1]}", f"Write `{plain}`.", odd[0], plain)
    link = _LINK.fullmatch(text.strip())
    if link and not new:
        said = f"`{field}`: an id stands here alone; `{link['scheme']}:` belongs in links within a text."
        return Advice(said, f"Write `{link['id']}`.", f"{link['scheme']}:", link["id"])
    if new:
        near = make_id(text)
        return Advice(said, f"Did you mean `{near}`?" if near else "", "", near or None)
    return _advise_reference(text.strip(_MARKS + " "), said, field, known().fit(field), many=many, listed=listed)


def _advise_reference(text: str, said: str, field: str, known: Known, *, many: bool, listed: bool) -> Advice:
    parts = [part for part in _APART.split(text) if part]
    if len(parts) == 1 and all(_resolve(part, known) for part in text.split()):
        parts = text.split()
    if field in _CHAINS and text.casefold() in ("own", "untraced"):
        return Advice(said, f"Write `{text.casefold()}`.", "", text.casefold())
    one = _resolve(text, known)
    if one is not None:
        named = known.find(text) == one
        said = f"`{field}`: “{text[:80]}” is a name; an id belongs here." if named else said
        return Advice(said, f"Its id is `{one}`." if named else f"Did you mean `{one}`?", "", one)
    if len(parts) > 1:
        ids = [_resolve(part, known) for part in parts]
        if listed and None not in ids:
            fix = ", ".join(map(str, ids))
            return Advice(f"`{field}`: several ids have commas between them.", f"Write `{fix}`.", "", fix)
        if many and None not in ids:
            fix = f"[{', '.join(map(str, ids))}]"
            return Advice(f"`{field}`: several ids stand in square brackets.", f"Write `{fix}`.", "", fix)
        form = (
            "in square brackets, with commas between them, the one who said it first in front: `[first, second]`"
            if field in _CHAINS
            else "in square brackets, with commas between them: `[first, second]`"
            if many
            else "alone; one is expected here"
        )
        unknown = [f"“{part[:40]}”" for part, found in zip(parts, ids, strict=True) if found is None]
        lost = (
            f" There is no record called {' or '.join(unknown)} yet." if unknown and len(unknown) < len(parts) else ""
        )
        return Advice(f"`{field}`: “{text[:80]}” is a text; ids belong here.", f"Write ids {form}.{lost}")
    return Advice(said, _nearest(text, known, field))


def _resolve(text: str, known: Known) -> str | None:
    """Find the id that was meant, where there is no doubt."""
    plain = text.strip(_MARKS + " ")
    near = make_id(plain)
    return known.find(plain) or (near if near in known.ids else None)


def _nearest(text: str, known: Known, field: str) -> str:
    near = find_near(make_id(text), known.ids, least=_ID_LIKE)
    if near is None:
        like = process.extractOne(
            text.casefold(), list(known.names), scorer=fuzz.token_set_ratio, score_cutoff=_NAME_LIKE
        )
        near = known.names[like[0]] if like else None
    if near is not None:
        return f"Did you mean `{near}`?"
    if field in _CHAINS:
        return "Each voice is an entity; add it to content/entities/ and write its id. A voice without a name is `{unnamed: ...}`, and where the source names nobody write `untraced`."
    guess = make_id(text)
    return (
        f"Write the id of a record; one with this name might be called `{guess}`."
        if guess
        else "Write the id of a record."
    )
