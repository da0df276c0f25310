"""Names and ids: when two names are one, and which id a new record gets."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from generator.quotations import fold
from generator.records.fields import ID_PATTERN, LONGEST_ID
from generator.scaffold.ids import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.importers.rows import Draft, DraftKind

_ID = re.compile(ID_PATTERN)
_HEX = 10


@lru_cache(maxsize=1 << 14)  # a feed names few outlets, many times
def fold_name(name: str) -> str:
    """Write a name so that two are equal where the rules take them for one: white space, quotation marks, dashes and case."""
    return " ".join(fold(name).text.casefold().split())


def is_id(text: str) -> bool:
    """Tell whether a text can be the id of a record."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


class Ids:
    """Ids of one kind: those that are taken, and the next free number behind each word.

    It gives what `make_free` would, without counting from 2 each time: a feed has thousands of rows from one outlet.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def has(self, one: str) -> bool:
        """Tell whether an id is taken."""
        return one in self._taken

    def take(self, wanted: str) -> str:
        """Take the id itself, or with the first number behind it that makes it free."""
        one = wanted
        if one in self._taken:
            for number in count(self._next.get(wanted, 2)):
                one = f"{wanted[: LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
                if one not in self._taken:
                    self._next[wanted] = number + 1
                    break
        self._taken.add(one)
        return one


def offer_id(kind: DraftKind, draft: Draft, key: str, outlet: str = "") -> str:
    """Offer an id for a new record, free or not.

    Args:
        kind: what it is.
        draft: its draft. What it wishes for comes first, where that is an id.
        key: what tells it apart, for an id where there are no words in Latin letters.
        outlet: of a source, the id of its outlet.
    """
    if draft.wish and is_id(draft.wish):
        return draft.wish
    words = slug(draft.words)
    if kind == "source" and is_id(outlet) and not words:
        printed = draft.fields.get("published") or draft.fields.get("written") or "undated"
        dated = slug(printed.partition("T")[0] if isinstance(printed, str) else "undated")
        room = LONGEST_ID - len(dated) - 1
        words = "-".join(filter(None, (outlet[:room].rstrip("-"), dated)))
    return words or f"{kind}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:_HEX]}"
