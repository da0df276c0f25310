"""Several complaints about one slip, put together: fields that stand in the wrong item, and several that are missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from generator.decode.explain import list_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from generator.diagnostics import Diagnostic
    from generator.documents import Loc

Found = tuple["Mapping[str, Any]", "Diagnostic"]
_SEVERAL = 2
_NAMED = 6


def gather(model: type[BaseModel], found: Sequence[Found]) -> tuple[Diagnostic, ...]:
    """Put together what is said about the fields of one item, and say what is the same in the items below only once.

    Args:
        model: the record's model.
        found: pydantic's errors, each with its diagnostic.
    """
    gathered: list[Diagnostic] = []
    told: set[tuple[Loc, str]] = set()
    for at, group in groupby(found, key=_item_of):
        if at is None:
            for _, said in group:
                if not gathered or (gathered[-1].place.line, gathered[-1].message) != (said.place.line, said.message):
                    gathered.append(said)
            continue
        for said in _of_item(model, tuple(group)):
            once = at[:-1] if at and isinstance(at[-1], int) else at, said.message
            if said.code != "unknown-key" or once not in told:
                gathered.append(said)
            told.add(once)
    return tuple(gathered)


def _item_of(one: Found) -> Loc | None:
    """Give the path of the item in which a field is missing or too much; None for a problem of another sort."""
    problem, _ = one
    return tuple(problem["loc"][:-1]) if problem["type"] in ("missing", "extra_forbidden") else None


def _of_item(model: type[BaseModel], found: Sequence[Found]) -> Iterator[Diagnostic]:
    missing: list[Diagnostic] = []
    strange: list[Diagnostic] = []
    fields: list[str] = []
    names: list[str] = []
    for problem, said in found:
        name = str(problem["loc"][-1])
        if problem["type"] == "missing":
            missing.append(said)
            fields.append(name)
        elif "Known fields:" in said.help:
            strange.append(said)
            names.append(name)
        else:
            yield said
    home = _home_of(model, names) if len(names) >= _SEVERAL else None
    if len(strange) >= _SEVERAL:
        what = strange[0].message.partition(" is not a field ")[2]
        message = f"{_list(names)} are not fields {what}"
        help_ = strange[0].help if home is None else f"They stand under `{home}:`; is that line missing above?"
        yield replace(strange[0], message=message, help=help_)
    else:
        yield from strange
    if home is not None and missing:
        return
    if len(missing) >= _SEVERAL and "id" not in fields:
        adding = [said.help.removeprefix("Add ").removesuffix(".") for said in missing]
        yield replace(missing[0], message=f"{_list(fields)} are missing here.", help=f"Add {'; '.join(adding)}.")
    else:
        yield from missing


def _home_of(model: type[BaseModel], names: Iterable[str]) -> str | None:
    """Name the field of a record under which these fields may stand."""
    wanted = frozenset(names)
    return next((name for name, shape in list_shapes(model).items() if wanted <= shape), None)


def _list(names: Sequence[str]) -> str:
    shown = [f"`{name[:40]}`" for name in names]
    if len(shown) > _NAMED:
        return f"{', '.join(shown[:_NAMED])} and {len(shown) - _NAMED} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
