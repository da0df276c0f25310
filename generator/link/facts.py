"""What can be read of the records, as facts with parts: what a page or a rule has read, and what an edit has changed.

A record is one fact; its parts are its fields, and with them whether it is there, who refers to it, and its stored text.
That there are such records at all, and in which order, is a fact of their kind.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.reads import Fact
    from generator.records import Record

EXISTS, CITED, TEXT = 1, 2, 4
"""Parts of a record beside its fields: whether it is there, what refers to it, the text that is stored of it.

They come first, and the fields follow: small numbers are quicker to add up.
"""

MEMBERS = 1
"""The part of a kind that says which records there are, and in which order they are read."""

ALL = (1 << 63) - 1
"""Every part of a fact."""

CORRECTIONS: Fact = ("corrections", "")
HAND_PAGES: Fact = ("pages", "")
QUOTATIONS: Fact = ("quotations", "")
MOVED = "moved"
"""Kind of the facts that say where an old id went; the id is `kind:old-id`."""


@cache
def parts_of(kind: str) -> Mapping[str, int]:
    """Number the fields of a kind of record, by their names in Python."""
    return {name: 8 << place for place, name in enumerate(KINDS[kind].model_fields)}


def compare(kind: str, old: Record | None, new: Record | None) -> int:
    """Tell which parts of a record differ; all of them where it is new or gone."""
    if old is None or new is None:
        return 0 if old is new else ALL
    return sum(part for name, part in parts_of(kind).items() if getattr(old, name) != getattr(new, name))
