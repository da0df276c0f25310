"""All drafts of a file by what they stand for: rows share sources and entities, and each of these becomes one record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.documents import LIMITS
from generator.importers.identity import ident_of, ident_of_handle, name_key
from generator.importers.naming import fold_name
from generator.importers.rows import Draft, Handle
from generator.records import KINDS
from generator.records.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.importers.identity import Ident, Library, Present
    from generator.importers.rows import Row, Value

_DEEPEST = 8
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OURS = frozenset({"id", "notes", "imported"})


@dataclass(slots=True)
class Entry:
    """The drafts of one record.

    Attributes:
        drafts: its drafts, each with the number of its row, in the order of the file.
        handles: what they refer to.
    """

    drafts: list[tuple[int, Draft]] = field(default_factory=list)
    handles: dict[Ident, Handle] = field(default_factory=dict)


class Idents:
    """Tells drafts and handles of a file apart. Two sources with one address are one, whatever their keys.

    Args:
        library: what is there already.
        rows: all rows of the file.
    """

    def __init__(self, library: Library, rows: Iterable[Row]) -> None:
        self._library = library
        self._first: dict[Ident, Ident] = {}
        self._types: dict[str, dict[str, None]] = {}
        addresses: dict[str, Ident] = {}
        for draft in (draft for row in rows for draft in row.drafts):
            ident = ident_of(draft)
            if draft.kind == "entity":
                self._types.setdefault(fold_name(draft.key), {})[str(draft.fields.get("type") or "")] = None
            url = draft.fields.get("url") if draft.kind == "source" else None
            if isinstance(url, str) and ident not in self._first:
                self._first[ident] = addresses.setdefault(url, ident)

    def of(self, draft: Draft) -> Ident:
        """Tell a draft apart."""
        ident = ident_of(draft)
        return self._first.get(ident, ident)

    def meant(self, handle: Handle) -> Ident:
        """Tell apart what a handle stands for; a name without a type is the one entity of that name, where there is one."""
        ident = ident_of_handle(handle)
        if handle.kind != "entity" or handle.type:
            return self._first.get(ident, ident)
        known = {*self._types.get(fold_name(handle.key), ())}
        known |= {type_ for type_ in _ENTITY_TYPES if name_key(type_, handle.key) in self._library.entities}
        return ident_of_handle(Handle("entity", handle.key, known.pop())) if len(known) == 1 else ident


@dataclass(slots=True)
class Pool:
    """The drafts of a file by ident, and what is there already.

    Attributes:
        form: the format.
        library: what is there already.
        idents: tells drafts apart.
        entries: the drafts of each record.
        present: what was found, or None where nothing is there.
        misfits: why drafts cannot be typed.
    """

    form: str
    library: Library
    idents: Idents
    entries: dict[Ident, Entry] = field(default_factory=dict)
    present: dict[Ident, Present | None] = field(default_factory=dict)
    misfits: dict[Ident, str] = field(default_factory=dict)

    def add(self, row: Row, draft: Draft) -> None:
        """Add a draft of a row, unless it says what the first draft of that record says."""
        entry = self.entries.setdefault(self.idents.of(draft), Entry())
        if entry.drafts and entry.drafts[0][1] == draft:
            return
        entry.drafts.append((row.number, draft))
        for value in draft.fields.values():
            entry.handles.update((self.idents.meant(handle), handle) for handle in list_handles(value))

    def find_present(self, ident: Ident) -> Present | None:
        """Find the record that is there already of what an ident stands for."""
        if ident not in self.present:
            drafts = (draft for _, draft in self.entries[ident].drafts) if ident in self.entries else ()
            self.present[ident] = next(look_up(self.library, self.form, ident, drafts), None)
        return self.present[ident]

    def find_misfit(self, ident: Ident) -> str:
        """Say why what an ident stands for cannot be typed as a record; empty where it can."""
        if ident not in self.misfits:
            drafts = self.entries[ident].drafts if ident in self.entries else ()
            self.misfits[ident] = next(filter(None, (find_misfit(draft) for _, draft in drafts)), "")
        return self.misfits[ident]


_ENTITY_TYPES = ("person", "organisation", "outlet", "place", "document")


def look_up(library: Library, form: str, ident: Ident, drafts: Iterable[Draft]) -> Iterator[Present]:
    """Look up what is there of what an ident stands for: what was imported as that, or what an editor typed.

    Args:
        library: what is there already.
        form: the format.
        ident: the kind and the key. An entity is the same by its type and name, whoever typed it.
        drafts: its drafts; one of our own export is the same by its id, a source by its address, an entity by its item in Wikidata.
    """
    if (form, ident) in library.imported:
        yield library.imported[form, ident]
    if ident[0] == "entity" and ident[1] in library.entities:
        yield library.entities[ident[1]]
    for draft in drafts:
        if draft.ours and (draft.kind, draft.wish) in library.ids:
            yield library.ids[draft.kind, draft.wish]
        url, item = draft.fields.get("url"), draft.fields.get("wikidata")
        if draft.kind == "source" and isinstance(url, str) and url in library.sources:
            yield library.sources[url]
        if draft.kind == "entity" and isinstance(item, str) and item and item in library.items:
            yield library.items[item]


def list_handles(value: Value) -> Iterator[Handle]:
    """List the handles in a value, in its order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Handle):
            yield one
        elif isinstance(one, dict):
            waiting += reversed([*one.values()])
        elif isinstance(one, list):
            waiting += reversed(one)


def find_misfit(draft: Draft) -> str:
    """Say why a draft cannot be typed as a record whatever else is there; empty where it can."""
    known = fields_of(KINDS[draft.kind])
    odd = next((name for name in draft.fields if name not in known or name in _OURS), None)
    if odd is not None:
        return f"A {draft.kind} has no field `{odd[:80]}`."
    waiting: list[tuple[Value, int]] = [(value, 1) for value in draft.fields.values()]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str) and len(value) > LIMITS.scalar_characters:
            return f"A value has {len(value):,} characters; at most {LIMITS.scalar_characters:,} are read."
        odd = next((name for name in value if not _NAME.fullmatch(name)), None) if isinstance(value, dict) else None
        if odd is not None:
            return f"A part of a {draft.kind} has no field `{odd[:80]}`."
        inner: Iterable[Value] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(one, depth + 1) for one in inner]
        if depth > _DEEPEST:
            return "Lists and fields are nested too deep."
    return ""


def name_of(ident: Ident) -> str:
    """Name what an ident stands for in a sentence."""
    kind, key = ident
    return f"the {kind} “{key[:120]}”"


def gather(form: str, library: Library, idents: Idents, rows: Iterable[Row], others: Iterable[Row]) -> Pool:
    """Put the drafts of rows together.

    Args:
        form: the format.
        library: what is there already.
        idents: tells drafts apart.
        rows: the rows that are to be written.
        others: rows that are not; their sources and entities may be what another row needs, their own records are not.
    """
    pool = Pool(form, library, idents)
    for row in rows:
        for draft in row.drafts:
            pool.add(row, draft)
    mine = frozenset(pool.entries)
    for row in others:
        for draft in row.drafts[1:]:
            if idents.of(draft) not in mine:
                pool.add(row, draft)
    return pool


def walk(pool: Pool, row: Row) -> tuple[Mapping[Ident, Present | None], str]:
    """Find all that a row needs.

    Returns:
        What its drafts stand for and refer to, each with the record that is there already, or None where it is to be
        made; and why something of it cannot be had, as a sentence, else an empty text. What entity drafts say is needed
        only where a record refers to them.
    """
    drafts = (row.drafts[0], *(draft for draft in row.drafts[1:] if draft.kind != "entity"))
    waiting: list[tuple[Ident, Handle | None]] = [(pool.idents.of(draft), None) for draft in reversed(drafts)]
    found: dict[Ident, Present | None] = {}
    while waiting:
        ident, handle = waiting.pop()
        if ident in found:
            continue
        found[ident] = pool.find_present(ident)
        entry = pool.entries.get(ident)
        if found[ident] is not None:
            continue
        if entry is not None:
            if pool.find_misfit(ident):
                return found, pool.find_misfit(ident)
            waiting += reversed([*entry.handles.items()])
        elif handle is None or handle.kind != "entity":
            return found, f"It needs {name_of(ident)}, which is not there or is kept back."
        elif not handle.type:
            return found, f"It names “{handle.key[:120]}”, and what that is, a person or a body, is not said."
        else:
            pool.add(row, Draft("entity", handle.key, {"type": handle.type}))
    return found, ""
