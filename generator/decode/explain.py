"""Pydantic's errors in plain words, at the line where they stand."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel
from rapidfuzz import fuzz, process

from generator.diagnostics import Diagnostic, Place
from generator.records.fields import LONGEST_ID, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.documents import Document, Loc

_CODES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-key",
    "bad_date": "bad-date",
    "bad_id": "bad-id",
    "bad_url": "bad-url",
    "bad_chain": "bad-chain",
    "bad_hop": "bad-chain",
    "chain_required": "bad-chain",
    "quote_or_finding": "quote-or-finding",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "literal_error": "unknown-word",
}

_FORMS = MappingProxyType(
    {
        "language": "Write a language tag, such as en, uk or zh-Hans.",
        "wikidata": "Write the number of the item, such as Q42.",
    }
)
_NUMBERS = MappingProxyType(
    {"int_parsing": "", "int_type": "", "greater_than_equal": " of at least", "less_than_equal": " of at most"}
)


def typed_loc(document: Document, loc: Loc) -> Loc:
    """Keep the steps of a model's path that the editor typed; a model may add steps of its own."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.values:
            kept = (*kept, step)
    return kept


def suggest(typed: str, known: Iterable[str]) -> str:
    """Ask whether the nearest known word was meant; empty where none is near."""
    near = process.extractOne(typed[:80], list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"Did you mean `{near[0]}`?" if near else ""


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _owner(model: type[BaseModel], path: Loc) -> type[BaseModel]:
    """Find the model that owns the last step of a path."""
    owner = model
    for step in path[:-1]:
        info = fields_of(owner).get(str(step))
        if info is not None:
            owner = next(_models(info.annotation), owner)
    return owner


def _kind_of(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a record with fields (`name: value`)"
    return "nothing" if value is None else "text"


def _message(model: type[BaseModel], path: Loc, typed: Loc, problem: Mapping[str, Any]) -> tuple[str, str]:
    """Explain one problem at a path of the model, of which the steps in `typed` were typed."""
    kind, given = problem["type"], problem.get("input")
    last = kind in ("missing", "extra_forbidden") or not typed
    names = [str(step) for step in (path if last else typed) if isinstance(step, str)]
    name = names[-1] if names else ""
    context = problem.get("ctx", {})
    if kind == "missing":
        return f"`{name}` is missing here.", f"Add `{name}: ...`."
    if kind == "extra_forbidden":
        known = list(fields_of(_owner(model, path)))
        mend = suggest(name, known) or f"Known fields: {', '.join(known)}."
        return f"`{name[:60]}` is not a field here.", mend
    return _message_of_value(kind, name, given, context) or _message_in_general(kind, name, problem)


def _message_of_value(kind: str, name: str, given: object, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """Explain a value that is too long, too short or outside what is allowed."""
    if kind in ("string_too_long", "too_long"):
        unit = "characters" if kind == "string_too_long" else "items"
        return f"`{name}` is too long: {context.get('max_length', '')} {unit} are the limit.", "Shorten it."
    if kind in ("string_too_short", "too_short"):
        return f"`{name}` is empty.", "Type a value or remove the line."
    if kind == "literal_error":
        return (
            f"`{name}`: “{str(given)[:60]}” is not one of the words expected here.",
            f"Write {str(context.get('expected', '')).replace(chr(39), '`')}.",
        )
    if kind == "string_pattern_mismatch":
        return f"`{name}`: “{str(given)[:60]}” does not have the form expected here.", _FORMS.get(name, "")
    if kind in _NUMBERS:
        bounds = f"{_NUMBERS[kind]} {context.get('ge', context.get('le', ''))}".rstrip()
        return f"`{name}`: “{str(given)[:60]}” is not a whole number{bounds}.", "Write digits only."
    return None


def _message_in_general(kind: str, name: str, problem: Mapping[str, Any]) -> tuple[str, str]:
    """Explain a value of the wrong form, or pass on the model's own words."""
    given = problem.get("input")
    if kind == "string_type":
        return (
            f"`{name}`: a text is expected here, and {_kind_of(given)} was typed.",
            "Look at the indentation; a text with `: ` in it needs quotation marks.",
        )
    if kind in ("tuple_type", "list_type"):
        return (
            f"`{name}`: a list is expected here, and {_kind_of(given)} was typed.",
            "Write each item on a line of its own with `- `, or `[a, b]`.",
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return (
            f"`{name}`: fields (`name: value`) are expected here, and {_kind_of(given)} was typed.",
            "Write each field on a line of its own, indented alike.",
        )
    text = str(problem["msg"]).rstrip(".")
    return (f"`{name}`: {text}." if name else f"{text[:1].upper()}{text[1:]}."), ""


def _mend_id(document: Document, base: Loc, path: Loc, given: object) -> str:
    """Suggest an id that is near what was typed, or what to call the file where its name is the id."""
    near = re.sub(r"[^a-z0-9]+", "-", str(given).lower()).strip("-")
    if not near or len(near) > LONGEST_ID:
        return ""
    if path == ("id",) and (*base, "id") not in document.values:
        return (
            f"The id of a file with one record is the file's name. Call it {near}{PurePosixPath(document.path).suffix}."
        )
    commas = " Two ids have a comma between them." if " " in str(given).strip() else ""
    return f"Did you mean `{near}`?{commas}"


def explain(document: Document, base: Loc, model: type[BaseModel], problem: Mapping[str, Any]) -> Diagnostic:
    """Turn one pydantic error into a diagnostic.

    Args:
        document: the file in which the record stands.
        base: the path of the record in it.
        model: the record's model.
        problem: one item of `ValidationError.errors()`.
    """
    path: Loc = tuple(problem["loc"])
    code = _CODES.get(problem["type"], "wrong-type")
    typed = typed_loc(document, (*base, *path))
    message, mend = _message(model, path, typed[len(base) :], problem)
    if code == "bad-id":
        mend = _mend_id(document, base, path, problem.get("input"))
    at_key = code == "unknown-key"
    place: Place = document.place(typed, key=at_key)
    if code == "missing-field" and not place.line:
        place = document.place(base)
    return Diagnostic(place, code, message, mend)
