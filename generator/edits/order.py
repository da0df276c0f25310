"""The order in which the fields of a record, and of the parts of a record, are typed: that of the models."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel

from generator.decode import HandPage
from generator.records import FOLDERS, KINDS, Chain, Correction, Evidence, Hop, Source
from generator.records.fields import PRIVATE, fields_of
from generator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.documents import Loc

_OWN: Mapping[type[BaseModel], tuple[str, ...]] = MappingProxyType(
    {
        # What an item bears on comes before its words; a model can only add its fields behind those it inherits.
        Evidence: (
            *("in", "stance", "basis", "quote", "finding", "prefix", "suffix", "all"),
            *("chain", "chains", "discount"),
        ),
        # `written` stands for the date that is missing or wrong, so it stands where that date is.
        Source: (
            *("id", "was", "title", "translated_title", "outlet", "authors", "published", "written", "accessed"),
            *("url", "archived", "language", "genre", "stored", "publish", "skipped", "reprints", "summary"),
            *PRIVATE,
        ),
    }
)
"""Orders that differ from the model's."""

_SINGLE: Mapping[str, type[BaseModel]] = MappingProxyType({"corrections.yml": Correction, "settings.yml": Settings})


def fields_in_order(model: type[BaseModel]) -> tuple[str, ...]:
    """List the YAML names of a model's fields in the order in which they are typed."""
    return _OWN.get(model) or tuple(fields_of(model))


def model_of_file(path: str) -> type[BaseModel] | None:
    """Name the model of what a content file holds; None where its order is its editor's business."""
    parts = PurePosixPath(path).parts[1:]
    if len(parts) == 1:
        return _SINGLE.get(parts[0])
    if parts[0] == "pages":
        return HandPage
    return next((KINDS[kind] for kind, folder in FOLDERS.items() if folder == parts[0]), None)


def model_at(model: type[BaseModel] | None, loc: Loc) -> type[BaseModel] | None:
    """Name the model of the mapping at a path of a file; None where its keys are not fields."""
    for step in loc:
        if model is None:
            return None
        if isinstance(step, str):
            info = fields_of(model).get(step)
            model = next(_models(info.annotation), None) if info is not None else None
            model = Hop if model is Chain else model  # a chain is typed as its hops
    return model


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
