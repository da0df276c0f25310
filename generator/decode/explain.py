"""Pydantic's errors in plain words, at the line where they stand."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from generator.diagnostics import Diagnostic, Place
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def typed_loc(document: Document, loc: Loc) -> Loc:
    """Keep the steps of a model's path that the editor typed; a model may add steps of its own."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.values:
            kept = (*kept, step)
    return kept


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
        return "a mapping of fields"
    return "nothing" if value is None else "text"


def _message(model: type[BaseModel], path: Loc, problem: Mapping[str, Any]) -> tuple[str, str]:
    kind, given = problem["type"], problem.get("input")
    names = [str(step) for step in path if isinstance(step, str)]
    name = names[-1] if names else ""
    context = problem.get("ctx", {})
    if kind == "missing":
        return f"`{name}` is missing here.", f"Add a line `{name}: ...`."
    if kind == "extra_forbidden":
        known = list(fields_of(_owner(model, path)))
        close = get_close_matches(name, known, n=1, cutoff=0.6)
        mend = f"Did you mean `{close[0]}`?" if close else f"Known fields: {', '.join(known)}."
        return f"`{name[:60]}` is not a field here.", mend
    if kind in ("string_too_long", "too_long"):
        return f"`{name}` is too long: {context.get('max_length', '')} is the limit.", "Shorten it."
    if kind in ("string_too_short", "too_short"):
        return f"`{name}` is empty.", "Type a value or remove the line."
    if kind == "literal_error":
        return (
            f"`{name}`: “{str(given)[:60]}” is not one of the words expected here.",
            f"Write {context.get('expected', '')}.",
        )
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
            "Compare with the example in content/README.md.",
        )
    if kind == "string_pattern_mismatch":
        return f"`{name}`: “{str(given)[:60]}” does not have the form expected here ({context.get('pattern', '')}).", ""
    text = str(problem["msg"])
    return (f"`{name}`: {text}." if name else f"{text}."), ""


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
    message, mend = _message(model, path, problem)
    at_key = code == "unknown-key"
    place: Place = document.place(typed_loc(document, (*base, *path)), key=at_key)
    if code == "missing-field" and not place.line:
        place = document.place(base)
    return Diagnostic(place, code, message, mend)
