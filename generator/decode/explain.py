"""Pydantic's errors in plain words, at the line where they stand, with the mend where it can be computed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from generator.decode import forms
from generator.decode.ids import Advice, advise_id, make_id
from generator.decode.spelling import OTHER_FIELDS, find_field, find_word, is_sure, list_words, set_off
from generator.decode.typed import typed_loc
from generator.diagnostics import Diagnostic, Place
from generator.documents import write_scalar
from generator.documents.letters import explain_odd
from generator.records import KINDS, Record
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.decode.known import Known
    from generator.documents import Document, Loc, Node

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
_MISSING = MappingProxyType(
    {
        "id": "Each record of a list begins with `- id: ...`: a few words that tell it from all others, in small letters with hyphens between them.",
        "in": "Add `in:` with the id of the source.",
        "by": "Add `by: [...]` with the names of those who checked it.",
        "accessed": "Add `accessed:` with the day on which it was read, like 2025-05-22.",
        "language": "Add `language:` with the language of the text, such as en or uk.",
        "outlet": "Add `outlet:` with the id of the one who published it, an entity.",
        "kind": "Add `kind:`, for example `kind: fact`; the page about the method explains each kind.",
        "stance": "Add `stance: supports`, `refutes` or `context`.",
        "basis": "Add `basis: document`, `act`, `witness` or `hearsay`.",
        "stored": "Add `stored: whole`, `excerpt` or `none`: how much of the text is kept here.",
        "publish": "Add `publish: full`, `excerpts` or `none`: how much of the text the site may show.",
    }
)
"""How to add a field whose name alone does not tell what to type."""

_PARTS = MappingProxyType(
    {
        "Settings": "the settings", "Correction": "a correction", "HandPage": "a page", "Seen": "a citation",
        "Evidence": "an item of evidence", "Check": "`checked`", "LogEntry": "an entry of the log", "Search": "`searched`",
        "Question": "a question", "Skipped": "a skipped passage", "Contradiction": "a contradiction",
    }
)  # fmt: skip
"""How models that are no records are called."""

_LITERAL = re.compile(r"'([^']*)'")


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


def _name_kind(model: type[BaseModel]) -> str:
    kind = next((name for name, other in KINDS.items() if other is model), "")
    return f"{'an' if kind[:1] in tuple('aeiou') else 'a'} {kind}" if kind else _PARTS.get(model.__name__, "")


def _is_elsewhere(name: str, near: str, model: type[BaseModel], owner: type[BaseModel]) -> bool:
    """Tell whether a name is that of a field of other records, and only by its letters near to one of these fields."""
    others = (fields_of(kind) for kind in ((model,) if owner is not model else KINDS.values()))
    return any(name in fields for fields in others) and near not in OTHER_FIELDS.get(name, ())


def list_shapes(model: type[BaseModel]) -> dict[str, frozenset[str]]:
    """List the fields that hold fields, each with the names of those."""
    found = {name: tuple(_models(info.annotation)) for name, info in fields_of(model).items()}
    return {name: frozenset(fields_of(inner[0])) for name, inner in found.items() if inner}


def _of_field(model: type[BaseModel], path: Loc, typed: Mapping[str, Node]) -> Advice:
    """Explain a field that its record does not have."""
    name, owner = str(path[-1]), _owner(model, path)
    known = list(fields_of(owner))
    kind = _name_kind(owner)
    said = f"`{name[:60]}` is not a field {'of ' + kind if kind else 'here'}."
    odd = explain_odd(name)
    near = find_field(name, known)
    if near is None or (odd is None and _is_elsewhere(name, near, model, owner)):
        kinds = [other for other in KINDS.values() if name in fields_of(other) and issubclass(owner, Record)]
        others = f"It belongs to {' and '.join(map(_name_kind, kinds))}. " if kinds else ""
        if owner is not model and name in fields_of(model):
            others = (
                f"It belongs to {_name_kind(model)} itself: put it in the column of the other fields of the record. "
            )
        return Advice(said, f"{others}Known fields: {', '.join(known)}.")
    if near in typed:
        return Advice(said, f"`{near}` is there already; take this line out, or give it the name of another field.")
    sure = odd is not None or is_sure(name, near)
    return Advice(
        f"{said} {odd[1]}" if odd else said, f"Did you mean `{near}`?", odd[0] if odd else "", near if sure else None
    )


def _of_value(
    model: type[BaseModel],
    path: Loc,
    name: str,
    problem: Mapping[str, Any],
    known: Callable[[], Known],
    *,
    many: bool | None,
) -> Advice:
    """Explain a value that its field does not take."""
    kind, given, context = problem["type"], problem.get("input"), problem.get("ctx", {})
    if kind == "bad_date" and isinstance(given, str):
        day = forms.takes_day(_owner(model, path), str(path[-1]))
        return forms.advise_date(given, name, str(problem["msg"]), day=day)
    if kind == "bad_id" and isinstance(given, str):
        return advise_id(
            given,
            name,
            known,
            many=bool(many),
            new=path == ("id",) or (path[-1] == "id" and "questions" in path),
            listed=many is None,
        )
    if kind == "literal_error":
        return _of_word(str(given), name, _LITERAL.findall(str(context.get("expected", ""))))
    advice = forms.advise_form(kind, given, name, context)
    return advice or _of_model(str(problem["msg"]).rstrip("."), kind, name, given)


def _of_word(given: str, name: str, words: Sequence[str]) -> Advice:
    known = {word: word for word in words}
    meant, sure = find_word(given, name, known)
    said = f"`{name}`: {set_off(given)} is not one of the words expected here."
    mend = f"Did you mean `{meant}`? " if meant else ""
    return Advice(
        said, f"{mend}{'The words are' if mend else 'Write'} {list_words(known)}.", "", meant if sure else None
    )


def _of_model(text: str, kind: str, name: str, given: object) -> Advice:
    """Pass on the model's own words."""
    said = f"`{name}`: {text}." if name else f"{text[:1].upper()}{text[1:]}."
    if kind == "bad_chain" and isinstance(given, list) and len(given) == 1 and given[0] in ("own", "untraced"):
        return Advice(said, f"Write `{given[0]}`.", "", str(given[0]))
    if kind == "bad_chain":
        return Advice(
            said,
            "Write `own` for the outlet's own reporting, `untraced` where the source names nobody, or ids of entities like `[first, second]`.",
        )
    if kind == "quote_or_finding" and isinstance(given, dict) and text.startswith("give either"):
        both = "quote" in given and "finding" in given
        said = (
            f"`{name}`: `quote` and `finding` stand together here."
            if both
            else f"`{name}`: neither `quote` nor `finding` is given."
        )
        return Advice(
            said, "Give one of the two: a `quote` has the source's own words, a `finding` says in ours what it says."
        )
    if kind == "country_code":
        meant = text.rpartition(" ")[2].strip("`")
        return Advice(said, f"Write `{meant}`.", "", meant if isinstance(given, str) else None)
    if kind == "no_words":
        return Advice(said, "Type what is meant, or leave the whole line out.")
    return Advice(said)


def explain(
    document: Document, base: Loc, model: type[BaseModel], problem: Mapping[str, Any], known: Callable[[], Known]
) -> Diagnostic:
    """Turn one pydantic error into a diagnostic.

    Args:
        document: the file in which the record stands.
        base: the path of the record in it.
        model: the record's model.
        problem: one item of `ValidationError.errors()`.
        known: gives the ids and names of all records.
    """
    path: Loc = tuple(problem["loc"])
    kind, code = problem["type"], _CODES.get(problem["type"], "wrong-type")
    typed = typed_loc(document, (*base, *path))
    if kind == "extra_forbidden":
        advice = _of_field(model, path, _fields_at(document, typed[:-1]))
        return _say(document.place(typed, key=True), code, advice)
    if kind == "missing":
        name = str(path[-1])
        place = document.place(typed)
        said = "This record of a list has no `id`." if name == "id" else f"`{name}` is missing here."
        return _say(
            place if place.line else document.place(base), code, Advice(said, _MISSING.get(name, f"Add `{name}: ...`."))
        )
    inside = typed[len(base) :]
    names = [str(step) for step in inside or path if isinstance(step, str)]
    name = names[-1] if names else ""
    if kind == "bad_id" and path == ("id",) and (*base, "id") not in document.values:
        return _say(document.place(base), code, _of_file(document, str(problem.get("input"))))
    if kind == "string_type":
        advice, only = forms.advise_text(problem.get("input"), name, lines=not document.values.get(typed, (0, 0, 1))[2])
        place = _spread(document, typed) if only else document.place(typed)
        return _say(place, code, advice)
    many: bool | None = len(path) > len(inside) and path[len(inside)] in (0, "hops")
    if isinstance(inside[-1] if inside else "", int):  # one of several that are typed in a list already
        many = None if document.is_flow(typed) else False
    advice = _of_value(model, path, name, problem, known, many=many)
    if advice.fix is not None and code not in ("bad-id", "wrong-type", "bad-chain"):
        advice = replace(advice, fix=write_scalar(advice.fix, flow=document.is_flow(typed)))
    return _say(document.place(typed), code, advice)


def _fields_at(document: Document, loc: Loc) -> Mapping[str, Node]:
    """Give the fields that stand at a path."""
    node = document.read(loc)
    return node if isinstance(node, dict) else {}


def _of_file(document: Document, name: str) -> Advice:
    """Explain a file's name that is no id; it is mended outside the file."""
    said = f"`id`: “{name[:80]}” is not an id: use a-z, 0-9 and single hyphens between them."
    near, ending = make_id(name), PurePosixPath(document.path).suffix
    mend = f"The id of a file with one record is the file's name. Call it {near}{ending}." if near else ""
    odd = explain_odd(name)
    return Advice(f"{said} {odd[1]}" if odd else said, mend)


def _spread(document: Document, loc: Loc) -> Place:
    """Find the place of a group of fields with one field, from its name to the end of its value."""
    begin = document.place(loc)
    end = document.place((*loc, *_fields_at(document, loc)))
    return replace(begin, end_line=end.end_line, end_column=end.end_column)


def _say(place: Place, code: str, advice: Advice) -> Diagnostic:
    fix = advice.fix if place.end_line else None
    return Diagnostic(place, code, advice.message, advice.help, focus=advice.focus, fix=fix)
