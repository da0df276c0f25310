"""What may stand in a field, as JSON Schema for editors of YAML: their reading of a text may be a number, a flag, nothing.

YAML tools guess types: `2025` is a number for them, `true` is a flag, a blank field is null. The builder reads every
value as text, so a text may also be a number here, and so on. Every field is an `anyOf`, its most likely form first: in
yaml-language-server the first form's message is shown where none fits. A flag and null are allowed by saying what else
they are not, since an editor would offer `true`, `false` and `null` where a type is named.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from generator.records.chains import read_chain
from generator.records.claim import read_contradictions
from generator.records.entity import read_affiliations
from generator.records.fields import ID_PATTERN, LONGEST_ID, read_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Schema: TypeAlias = dict[str, Any]

_UNIT = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)(-([0-9]{2}|XX)(T[0-9:]{5,8}(Z|[+\-][0-9:]{5})?)?)?)?[~?%]?"
_AN_ID = "An id is expected here: a-z, 0-9 and single hyphens between them."
_A_DATE = (
    "A date begins with the year: 2025-06-01, 2025-06, 2025, 2025-06~ (about then), 2025-06-01/2025-06-03 (from and to), "
    "2025-06-01T12:30+03:00."
)
_A_DAY = "A single day is expected here, such as 2025-06-01."
_AN_ADDRESS = "An address that begins with https:// or http:// is expected here."
_A_FLAG = "true or false is expected here."
_A_TEXT = "A text is expected here. One that has a `: ` in it needs quotation marks."
_A_LIST = "A list is expected here: each item on a line of its own behind `- `, or [a, b]."
_ALONE = f"{_AN_ID} `own` and `untraced` stand alone: `chain: own`, without brackets."


def _reference(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _matching(title: str, pattern: str, message: str, *kinds: str, **bounds: int) -> Schema:
    types = ["string", *kinds] if kinds else "string"
    return {"title": title, "type": types, "pattern": pattern, **bounds, "errorMessage": message}


def _list_of(item: Schema, **bounds: int) -> Schema:
    return {"title": "List", "type": "array", **bounds, "items": item, "errorMessage": _A_LIST}


GUESSED, BLANK = _reference("guessed"), _reference("blank")

DEFINITIONS: dict[str, Schema] = {
    "blank": {
        "title": "Left blank",
        "$comment": "A field left blank counts as left out.",
        "not": {"type": ["string", "number", "boolean", "object", "array"]},
    },
    "guessed": {
        "title": "Word",
        "$comment": "YAML tools may take a word such as `no` for a flag; the build reads the word.",
        "not": {"type": ["string", "number", "object", "array", "null"]},
    },
    "id": _matching("Id", ID_PATTERN, _AN_ID, "number", maxLength=LONGEST_ID),
    "date": _matching(
        "Date", f"^({_UNIT}|({_UNIT}|[.][.])?/({_UNIT}|[.][.])?)$", _A_DATE, "integer", minimum=1, maximum=9999
    ),
    "day": _matching("Day", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", _A_DAY),
    "address": _matching("Address", r"""^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\^`{|}]+$""", _AN_ADDRESS, maxLength=2000),
    "flag": {
        "title": "True or false",
        "anyOf": [
            {"title": "True or false", "type": "boolean", "errorMessage": _A_FLAG},
            _matching("Word", "^(true|false|yes|no)$", _A_FLAG),
        ],
    },
    "voice": {
        "title": "Voice",
        "anyOf": [
            _matching("Id", r"^(?!(own|untraced)$)[a-z0-9]+(-[a-z0-9]+)*$", _ALONE, "number", maxLength=LONGEST_ID),
            _reference("Hop"),
            GUESSED,
        ],
    },
    "chain": {
        "title": "Chain",
        "anyOf": [
            _reference("id"),
            {
                "title": "Word",
                "enum": ["own", "untraced"],
                "enumDescriptions": [
                    "The outlet's own reporting or judgement.",
                    "The source names no origin. It counts for nothing.",
                ],
            },
            _list_of(_reference("voice"), minItems=1, maxItems=12),
            _reference("Hop"),
            GUESSED,
        ],
    },
}
"""The parts that fields share; `Hop` is made from its model like every other part of a record."""

_NAMED = {"edtf": ["date"], "date": ["day"], "uri": ["address"], "boolean": ["flag"], "string": ["id", "guessed"]}


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Find the models that a field is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def _bounds(metadata: Iterable[object], **words: str) -> Schema:
    """Give the bounds that pydantic keeps beside a type, by the words that JSON Schema has for them."""
    found = ((word, getattr(one, name, None)) for one in metadata for name, word in words.items())
    return {word: bound for word, bound in found if bound is not None}


def _texts(metadata: tuple[object, ...], example: str) -> list[Schema]:
    pattern = _bounds(metadata, pattern="pattern").get("pattern")
    if pattern is not None:
        return [
            _matching("Word", pattern, f"This does not have the form that is expected here. An example: {example}."),
            GUESSED,
        ]
    bounds = _bounds(metadata, min_length="minLength", max_length="maxLength")
    return [{"title": "Text", "type": ["string", "number"], **bounds, "errorMessage": _A_TEXT}, GUESSED]


def _numbers(metadata: tuple[object, ...]) -> list[Schema]:
    bounds = _bounds(metadata, ge="minimum", le="maximum")
    message = f"A whole number is expected here, from {bounds['minimum']} to {bounds['maximum']}."
    number = {"title": "Whole number", "type": "integer", **bounds, "errorMessage": message}
    return [number, _matching("Digits", "^[0-9]+$", message)]


def _lists(items: list[Schema], metadata: tuple[object, ...]) -> list[Schema]:
    """Give a list, behind what may stand in its place: one value, or an id for a whole item."""
    readers = _readers(metadata)
    if readers & {read_contradictions, read_affiliations}:
        items = [_reference("id"), *items, GUESSED]
    item = items[0] if len(items) == 1 else {"anyOf": items}
    listed = _list_of(item, **_bounds(metadata, min_length="minItems"))
    single = readers & {read_list, read_contradictions, read_affiliations}
    return [*(items if single else ()), listed]


def _readers(metadata: tuple[object, ...]) -> set[object]:
    """Name the functions that read what is typed before its type is looked at."""
    return {one.func for one in metadata if isinstance(one, BeforeValidator)}


def _open(annotation: object, metadata: Iterable[object]) -> tuple[Any, tuple[object, ...]]:
    """Take a type out of `Annotated` and `... | None`, with all that is said beside it."""
    beside = tuple(part for one in metadata for part in (one.metadata if isinstance(one, FieldInfo) else (one,)))
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _open(inner, (*more, *beside))
    if get_origin(annotation) in (Union, UnionType):
        (only,) = (one for one in get_args(annotation) if one is not NoneType)
        return _open(only, beside)
    return annotation, beside


def forms_of(annotation: object, metadata: Iterable[object] = (), example: str = "") -> list[Schema]:
    """List the forms that a value may have in the eyes of an editor of YAML, the most likely one first.

    Args:
        annotation: the type of the field.
        metadata: what pydantic keeps beside the type: validators and bounds.
        example: a value as it is typed, for the messages.

    Raises:
        TypeError: a field has a type that no form is known for.
    """
    kind, beside = _open(annotation, metadata)
    named = next((one.json_schema for one in beside if isinstance(one, WithJsonSchema)), None)
    forms: list[Schema] = []
    if read_chain in _readers(beside):
        forms = [_reference("chain")]
    elif named is not None:
        forms = [_reference(name) for name in _NAMED[named.get("format") or named["type"]]]
    elif get_origin(kind) is tuple:
        forms = _lists(forms_of(get_args(kind)[0], (), example), beside)
    elif get_origin(kind) is dict:
        most = _bounds(beside, max_length="maxProperties")
        values = {"anyOf": forms_of(get_args(kind)[1])}
        forms = [{"title": "Names", "type": "object", "additionalProperties": values, **most}]
    elif get_origin(kind) is Literal:
        forms = [{"title": "Word", "enum": list(get_args(kind))}]
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        forms = [_reference(kind.__name__)]
    elif kind in (str, int):
        forms = _texts(beside, example) if kind is str else _numbers(beside)
    if not forms:
        message = f"no form is known for {annotation!r}"
        raise TypeError(message)
    return forms
