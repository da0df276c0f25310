"""Which record is which: records before and after a change, put together by id and through renamings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.compare.comparison import Named
from generator.derive.naming import name_record
from generator.paths import page_path, page_url
from generator.records.fields import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.link import Library
    from generator.records import Record

Key = tuple[str, str]

_UNTOLD = {"id", "was", *PRIVATE}
_LINK = re.compile(r"\]\((?P<kind>[a-z]+):(?P<id>[a-z0-9-]+)\)")


@dataclass(frozen=True)
class Pairing:
    """Two libraries side by side.

    Attributes:
        before: the library before the change.
        now: the library after it.
    """

    before: Library
    now: Library

    def follow(self, kind: str, one: str) -> str | None:
        """Find the id that a record goes by now; None where it is gone."""
        current = one if (kind, one) in self.now.located else self.now.redirects.get((kind, one), "")
        return current if (kind, current) in self.now.located else None

    @cached_property
    def same(self) -> Mapping[Key, str]:
        """The record that each record of today was, by kind and id; where several were merged, the one that kept its id."""
        found: dict[Key, str] = {}
        for kind, one in self.before.located:
            current = self.follow(kind, one)
            if current is not None and ((kind, current) not in found or one == current):
                found[kind, current] = one
        return found

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """New ids by old ones, whatever their kind."""
        return {one: current for (_, current), one in self.same.items() if one != current}

    def name(self, kind: str, one: str, *, gone: bool = False) -> Named:
        """Name a record, with its address where it was published before the change."""
        library = self.before if gone else self.now
        earlier = one if gone else self.same.get((kind, one))
        address = self.before.settings.address.rstrip("/") + "/" + page_url(page_path(kind, earlier)) if earlier else ""
        return Named(kind, one, name_record(library, kind, one), address)

    def find_differing(self, before: Record, now: Record) -> tuple[str, ...]:
        """Name the fields, as they are typed, in which two states of a record differ; ids that were renamed are one id."""
        old, new = self._plain(before), self._plain(now)
        fields = [info.alias or name for name, info in type(now).model_fields.items()]
        return tuple(name for name in fields if name not in _UNTOLD and old.get(name) != new.get(name))

    def _plain(self, record: Record) -> dict[str, Any]:
        return {name: self.fold(value) for name, value in record.model_dump(mode="json", by_alias=True).items()}

    def fold(self, value: object) -> object:
        """Fold white space in texts, and take an id that was renamed for the one it is now, in links too."""
        if isinstance(value, str):
            words = " ".join(value.split())
            linked = _LINK.sub(lambda m: f"]({m['kind']}:{self._ids.get(m['id'], m['id'])})", words)
            return self._ids.get(linked, linked)
        if isinstance(value, dict):
            return {name: self.fold(item) for name, item in value.items()}
        return [self.fold(item) for item in value] if isinstance(value, list) else value

    def claims(self) -> Iterator[tuple[str, str]]:
        """List the claims that are there on both sides by their ids before and now, in today's order."""
        return ((self.same["claim", one], one) for one in self.now.claims if ("claim", one) in self.same)

    def merged_claims(self) -> Iterator[tuple[str, str]]:
        """List the claims that lead to one which was another claim before, by their ids before and now."""
        followed = ((old, self.follow("claim", old)) for old in self.before.claims)
        return ((old, one) for old, one in followed if one is not None and self.same["claim", one] != old)
