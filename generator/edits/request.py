"""Which record is to get another id, and whether it may have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.decode import suggest
from generator.records import KINDS
from generator.records.fields import ID_PATTERN, LONGEST_ID

if TYPE_CHECKING:
    from generator.link import Library

_ID = re.compile(ID_PATTERN)


class RefusedError(Exception):
    """What an editor asked for cannot be done; the text says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Request:
    """A record and the id that it is to have.

    Attributes:
        kind: kind of the record.
        old: the id it has.
        new: the id it is to have.
        returns: whether it had that id before, so that the two change places.
    """

    kind: str
    old: str
    new: str
    returns: bool = False


def read_request(library: Library, old: str, new: str) -> Request:
    """Find the record that is meant, and make sure that the new id is sound and free.

    Args:
        library: all records.
        old: the id that the record has, alone or as `claim:id`.
        new: the id that it is to have, alone or with the same kind.

    Raises:
        RefusedError: no record or several are meant, or the new id cannot be given.
    """
    kind, old = _find(library, old)
    named, _, new = new.rpartition(":")
    if named not in ("", kind):
        raise RefusedError(f"`{old}` is {_a(kind)} and stays one: write the new id alone, `{new}`.")
    if len(new) > LONGEST_ID or not _ID.fullmatch(new):
        raise RefusedError(
            f"`{new[:LONGEST_ID]}` cannot be an id: write a-z, 0-9 and single hyphens between them, {LONGEST_ID} characters at most."
        )
    if new == old:
        raise RefusedError(f"The {kind} `{old}` is called that already.")
    if (kind, new) in library.located:
        place = library.place(kind, new)
        raise RefusedError(
            f"There is {_a(kind)} `{new}` already, in {place.path}, line {place.line}. Choose another id."
        )
    holder = library.redirects.get((kind, new))
    if holder not in (None, old):
        raise RefusedError(
            f"`{new}` is an earlier id of the {kind} `{holder}`, and an id is never used again. Choose another."
        )
    return Request(kind, old, new, returns=holder == old)


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _find(library: Library, name: str) -> tuple[str, str]:
    kind, _, one = name.rpartition(":")
    if kind and kind not in KINDS:
        raise RefusedError(f"`{kind}` is no kind of record; there are {', '.join(KINDS)}.")
    kinds = [kind] if kind else list(KINDS)
    found = [each for each in kinds if (each, one) in library.located]
    if len(found) > 1:
        choices = " or ".join(f"`{each}:{one}`" for each in found)
        raise RefusedError(f"Several records have the id `{one}`. Write {choices}.")
    if found:
        return found[0], one
    moved = [f"{each} `{library.redirects[each, one]}`" for each in kinds if (each, one) in library.redirects]
    if moved:
        raise RefusedError(f"`{one}` is an earlier id; it is now the {' and the '.join(moved)}.")
    mend = suggest(one, (each for of, each in library.located if of in kinds))
    raise RefusedError(f"There is no {kind or 'record'} with the id `{one[:LONGEST_ID]}`. {mend}".rstrip())
