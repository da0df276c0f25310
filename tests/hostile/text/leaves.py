"""Which fields hold text, found in the models: a text field that is added is a field that must be attacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, PlainValidator

from generator.decode.content import HandPage
from generator.records import KINDS, Correction
from generator.records.fields import fields_of
from generator.settings import Settings
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODELS: Mapping[str, type[BaseModel]] = {
    **KINDS,
    "correction": Correction,
    "page": HandPage,
    "settings": Settings,
    "vocabulary": Vocabulary,
}
"""Everything that editors type, by kind."""

Form = Literal["text", "typed"]
"""`text` takes any words; `typed` has a form of its own: an id, a date, an address, a number, one of a few words."""


def list_leaves() -> dict[str, Form]:
    """List the fields that hold one value, as `claim.log[].was.says`, and whether that is text or has a form of its own."""
    return {path: form for kind, model in MODELS.items() for path, form in _walk_model(model, kind)}


def _walk_model(model: type[BaseModel], path: str) -> Iterator[tuple[str, Form]]:
    for name, info in fields_of(model).items():
        typed = any(isinstance(one, PlainValidator) or getattr(one, "pattern", None) for one in info.metadata)
        yield from _walk(info.annotation, f"{path}.{name}", typed=typed)


def _walk(annotation: Any, path: str, *, typed: bool) -> Iterator[tuple[str, Form]]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        has_form = any(isinstance(one, PlainValidator) or getattr(one, "pattern", None) for one in inner[1:])
        yield from _walk(inner[0], path, typed=typed or has_form)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk_model(annotation, path)
    elif origin is tuple:
        yield from _walk(inner[0], f"{path}[]", typed=typed)
    elif origin is dict:
        yield from _walk(inner[1], f"{path}{{}}", typed=typed)
    elif inner and origin is not Literal:  # one of several, or nothing
        for one in inner:
            if one is not type(None):
                yield from _walk(one, path, typed=typed)
    else:
        yield path, "text" if annotation is str and not typed else "typed"
