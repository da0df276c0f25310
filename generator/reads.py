"""Which facts a computation has read: fields of records, and what is looked up about them.

A page that was made from some fields of some records is made again only if one of those has changed. Nobody writes down
what a page needs: whatever looks a field up leaves a note here, so nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, TypeAlias, TypeVar

Fact: TypeAlias = tuple[str, str]
"""What is read of: kind and id of a record; the id is empty for what belongs to no record."""

Seen: TypeAlias = dict[Fact, int]
"""Facts with the parts that were read, as a sum of bits."""

K = TypeVar("K")
V = TypeVar("V")


class Reads:
    """Takes the notes of one process. What is read goes to `seen`, which whoever begins a computation puts there.

    Attributes:
        seen: the notes of the computation at hand.
    """

    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen: Seen = {}

    def note(self, fact: Fact, part: int = 1) -> None:
        """Note that a part of a fact was read."""
        seen = self.seen
        known = seen.get(fact, 0)
        if known | part != known:
            seen[fact] = known | part

    def add(self, seen: Seen) -> None:
        """Note all that another computation read whose result is used."""
        mine = self.seen
        known_of = mine.get
        for fact, parts in seen.items():
            known = known_of(fact, 0)
            both = known | parts
            if both != known:
                mine[fact] = both

    @contextmanager
    def apart(self) -> Iterator[Seen]:
        """Take the notes of a computation apart from those of the one that asked for it."""
        before, self.seen = self.seen, {}
        try:
            yield self.seen
        finally:
            self.seen = before


class OnDemand(Mapping[K, V], Generic[K, V]):
    """Values that are computed when they are first asked for, and then kept with what their computation read.

    Args:
        keys: gives all keys, in order.
        compute: makes the value of a key; raises KeyError where there is none.
        reads: takes the notes; None where nobody wants them.
    """

    def __init__(self, keys: Callable[[], Iterator[K]], compute: Callable[[K], V], reads: Reads | None = None) -> None:
        self._keys = keys
        self._compute = compute
        self._reads = reads
        self._known: dict[K, tuple[V, Seen]] = {}

    def __getitem__(self, key: K) -> V:
        """Give a value; it is computed where nobody has asked for it before."""
        known = self._known.get(key)
        if known is None:
            known = (self._compute(key), {}) if self._reads is None else self._watch(key, self._reads)
            self._known[key] = known
        if self._reads is not None:
            self._reads.add(known[1])
        return known[0]

    def _watch(self, key: K, reads: Reads) -> tuple[V, Seen]:
        with reads.apart() as seen:
            try:
                return self._compute(key), seen
            except KeyError:
                absent = seen
        reads.add(absent)  # that there is nothing was read too
        raise KeyError(key)

    def __iter__(self) -> Iterator[K]:
        """Go through the keys."""
        return self._keys()

    def __len__(self) -> int:
        """Count the keys."""
        return sum(1 for _ in self._keys())


class AtOnce(Mapping[K, V], Generic[K, V]):
    """A mapping that is computed whole when one of its values is first asked for.

    Args:
        compute: makes the mapping.
        reads: takes the notes; None where nobody wants them.
    """

    def __init__(self, compute: Callable[[], Mapping[K, V]], reads: Reads | None = None) -> None:
        self._whole: OnDemand[None, Mapping[K, V]] = OnDemand(lambda: iter((None,)), lambda _: compute(), reads)

    def __getitem__(self, key: K) -> V:
        """Give a value."""
        return self._whole[None][key]

    def __iter__(self) -> Iterator[K]:
        """Go through the keys."""
        return iter(self._whole[None])

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._whole[None])
