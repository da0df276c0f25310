"""A renamed library is the library as it was, with one id replaced by another and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.derive.changes import concerned
from generator.edits.mentions import link_pattern, of_body
from generator.link.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Diagnostic
    from generator.edits.request import Request
    from generator.link import Library

_Key = tuple[str, str]


class _Proof:
    """Compares two libraries, reading the old id as the new one."""

    def __init__(self, before: Library, after: Library, request: Request) -> None:
        self.before = before
        self.after = after
        self.request = request
        self.pattern = link_pattern(request)

    def map(self, key: _Key) -> _Key:
        """Give the key of a record after the change."""
        return (key[0], self.request.new) if key == (self.request.kind, self.request.old) else key

    def same_text(self, old: str, new: str) -> bool:
        """Whether two texts differ only in the addresses of links to the record."""
        address = f"{self.request.kind}:{self.request.new}"
        return self.pattern.sub(address, old) == self.pattern.sub(address, new)

    def same(self, old: object, new: object) -> bool:
        """Whether two values differ only in the id."""
        if isinstance(old, dict) and isinstance(new, dict):
            return list(old) == list(new) and all(self.same(old[name], new[name]) for name in old)
        if isinstance(old, list | tuple) and isinstance(new, list | tuple):
            return len(old) == len(new) and all(map(self.same, old, new))
        if isinstance(old, str) and isinstance(new, str):
            return (old, new) == (self.request.old, self.request.new) or self.same_text(old, new)
        return old == new

    def differences(self) -> Iterator[str]:
        """Name what differs beyond the id."""
        if {self.map(key) for key in self.before.located} != set(self.after.located):
            yield "the records"
            return
        for key in self.before.located:
            if not self.same_record(key):
                yield f"the {key[0]} `{key[1]}`"
        if not self.same_corrections():
            yield "the corrections"
        if not self.same_pages():
            yield "the pages"
        settings, now = self.before.settings.model_dump(), self.after.settings.model_dump()
        if self.before.vocabulary != self.after.vocabulary or not self.same(settings, now):
            yield "the settings"
        if not self.same_addresses():
            yield "the earlier addresses"
        texts = {self.map(("source", one))[1]: text.text for one, text in self.before.texts.items()}
        if texts != {one: text.text for one, text in self.after.texts.items()}:
            yield "the stored texts"

    def same_record(self, key: _Key) -> bool:
        old, new = self.before.located[key].record, self.after.located[self.map(key)].record
        mentions = [(*self.map((one.kind, one.id)), one.path, one.role) for one in references(old)]
        if mentions != [(one.kind, one.id, one.path, one.role) for one in references(new)]:
            return False
        was = set(old.was)
        if key != self.map(key):
            was = (was - {self.request.new}) | {self.request.old}
        leave = {"id", "was"}
        return (
            new.id == self.map(key)[1]
            and set(new.was) == was
            and len(new.was) == len(was)
            and self.same(old.model_dump(exclude=leave), new.model_dump(exclude=leave))
        )

    def same_corrections(self) -> bool:
        if len(self.before.corrections) != len(self.after.corrections):
            return False
        for (old, _), (new, _) in zip(self.before.corrections, self.after.corrections, strict=True):
            meant = {self.map(key) for key in concerned(self.before, old)}
            texts = old.model_dump(exclude={"records"}), new.model_dump(exclude={"records"})
            if meant != set(concerned(self.after, new)) or not self.same(*texts):
                return False
        return True

    def same_pages(self) -> bool:
        if len(self.before.pages) != len(self.after.pages):
            return False
        for (old, _), (new, _) in zip(self.before.pages, self.after.pages, strict=True):
            links = [self.map(link) for link in of_body(old.body)]
            if links != of_body(new.body) or not self.same(old.model_dump(), new.model_dump()):
                return False
        return True

    def same_addresses(self) -> bool:
        kind, old, new = self.request.kind, self.request.old, self.request.new
        meant = {key: self.map((key[0], one))[1] for key, one in self.before.redirects.items() if key != (kind, new)}
        return dict(self.after.redirects) == {**meant, (kind, old): new}


def find_differences(before: Library, after: Library, request: Request) -> tuple[str, ...]:
    """Name what differs between two libraries beyond one id.

    Args:
        before: the library as it is.
        after: the library as it would be.
        request: what is renamed.

    Returns:
        In plain words what would change and must not; empty where nothing would.
    """
    return tuple(_Proof(before, after, request).differences())


def find_new(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Find what would be wrong afterwards: every error, and warnings of a kind of which there were fewer."""
    known = Counter(one.code for one in before)
    found = tuple(after)
    more = Counter(one.code for one in found) - known
    return tuple(one for one in found if one.severity == "error" or one.code in more)
