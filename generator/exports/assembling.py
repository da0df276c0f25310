"""Collections put together from their pieces, and taken apart again: where each piece stands is known to the byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from generator.exports.published import Collection
    from generator.settings import Settings

PieceName: TypeAlias = tuple[str, str]
"""Kind and id of the record from which a piece is."""

Ledger: TypeAlias = "list[tuple[str, str, int, int]]"
"""Of each piece, in the order of the file: kind, id, where it begins and how long it is, in bytes."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A collection as a file.

    Attributes:
        data: its bytes, as UTF-8.
        ledger: where the pieces stand.
    """

    data: bytes
    ledger: Ledger


def assemble(
    collection: Collection,
    settings: Settings,
    today: date,
    ids: Mapping[str, Iterable[str]],
    pieces: Mapping[PieceName, bytes],
) -> Assembled:
    """Put a collection together.

    Args:
        collection: which one.
        settings: the site's settings.
        today: the day of the build.
        ids: the records of each kind, in reading order.
        pieces: the text of each piece as UTF-8; a record without one has nothing to say here.
    """
    parts: list[bytes] = []
    ledger: Ledger = []
    between, place = collection.between.encode(), 0
    for section in collection.lay_out(settings, today):
        opening, is_first = section.opening.encode(), True
        parts.append(opening)
        place += len(opening)
        for kind in section.kinds:
            for one in ids.get(kind, ()):
                piece = pieces.get((kind, one))
                if piece is None:
                    continue
                if not is_first:
                    parts.append(between)
                    place += len(between)
                is_first = False
                parts.append(piece)
                ledger.append((kind, one, place, len(piece)))
                place += len(piece)
        closing = section.closing.encode()
        parts.append(closing)
        place += len(closing)
    return Assembled(b"".join(parts), ledger)


def take_apart(data: bytes, ledger: Ledger) -> dict[PieceName, bytes]:
    """Give the pieces of a file that `assemble` has made."""
    return {(kind, one): data[place : place + size] for kind, one, place, size in ledger}


def frame_of(collection: Collection, settings: Settings, today: date) -> str:
    """Give all of a collection that is in no piece, as one text: where it changes, the file is put together anew."""
    return "".join(f"{section.opening}\0{section.closing}\0" for section in collection.lay_out(settings, today))
