"""Rows are placed among the records: each new one gets its id, its fields, and the mark by which it is known again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.importers.filling import fill, list_news
from generator.importers.identity import Present, short_digest
from generator.importers.naming import Ids, fold_name, offer_id
from generator.importers.notes import as_note
from generator.importers.plans import Item, Placed, Plan
from generator.importers.pool import Idents, gather, walk
from generator.importers.rows import KINDS_IN_ORDER, Handle, Remark
from generator.importers.sorting import Sorter, note_twin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.importers.identity import Ident, Library
    from generator.importers.pool import Pool
    from generator.importers.rows import Row

_NOTHING = Present("", {})


def plan(form: str, rows: Sequence[Row], library: Library, kept_back: Mapping[int, str]) -> Plan:
    """Tell what becomes of each row, and make the new records.

    Args:
        form: the format.
        rows: all rows of the file.
        library: what is there already.
        kept_back: rows that are known to bring errors, by number, with the reason.
    """
    idents = Idents(library, rows)
    dropped = dict(kept_back)
    while True:
        sorter = Sorter(form, library, idents, dropped)
        items = [sorter.sort(row) for row in rows]
        new = [item.row for item in items if item.outcome == "written"]
        others = [item.row for item in items if item.outcome != "written"]
        pool = gather(form, library, idents, new, others)
        walks = [(row, walk(pool, row)) for row in new]
        problems = {row.number: problem for row, (_, problem) in walks if problem}
        if not problems:
            break
        dropped |= problems
    writer = _Writer(pool, sorter, {row.number: (row, needed) for row, (needed, _) in walks})
    records = tuple(writer.write(ident) for ident in writer.order)
    return Plan(tuple(writer.complete(item) for item in items), records)


class _Writer:
    """Makes the new records of the rows that are written."""

    def __init__(
        self, pool: Pool, sorter: Sorter, new: Mapping[int, tuple[Row, Mapping[Ident, Present | None]]]
    ) -> None:
        self.pool, self.sorter, self.new = pool, sorter, new
        self.idents = pool.idents
        self.users: defaultdict[Ident, list[int]] = defaultdict(list)
        for number, (_, needed) in new.items():
            for ident in needed:
                self.users[ident].append(number)
        self.order = [one for kind in KINDS_IN_ORDER for one in self.users if one[0] == kind and not self._present(one)]
        self.ids = {one: present.id for one in self.users if (present := self._present(one))}
        self.brought: defaultdict[int, list[str]] = defaultdict(list)
        self.remarks: defaultdict[int, list[Remark]] = defaultdict(list)
        self.says: dict[str, str] = {}
        self._give_ids()
        self.left_over = self._list_left_over()

    def _present(self, ident: Ident) -> Present | None:
        return self.pool.find_present(ident)

    def _give_ids(self) -> None:
        free = {kind: Ids(self.pool.library.taken[kind]) for kind in KINDS_IN_ORDER}
        for ident in self.order:
            kind, key = ident
            draft = self.pool.entries[ident].drafts[0][1]
            outlet = draft.fields.get("outlet")
            outlet = self.ids.get(self.idents.meant(outlet), "") if isinstance(outlet, Handle) else outlet
            named = replace(draft, words=draft.words or draft.key) if kind == "entity" else draft
            one = free[kind].take(offer_id(kind, named, key, outlet if isinstance(outlet, str) else ""))
            self.ids[ident] = one
            if draft.wish and draft.wish != one:
                self.remarks[self.users[ident][0]].append(Remark("id-taken", "id", draft.wish))

    def _give(self, handle: Handle) -> str:
        return self.ids.get(self.idents.meant(handle), handle.key)

    def _list_left_over(self) -> Mapping[int, Sequence[str]]:
        """List, by row, what its drafts say of records that are there or that nothing refers to: it goes to the row's own."""
        told: dict[str, None] = {}
        found: defaultdict[int, list[str]] = defaultdict(list)
        for number, (row, _) in self.new.items():
            for draft in row.drafts[1:]:
                ident = self.idents.of(draft)
                present = self._present(ident)
                if present is None and ident in self.users:
                    continue
                name = f"{draft.kind} {present.id if present else draft.key}"
                for field, said in list_news(draft, present or _NOTHING, self._give):
                    note = as_note(f"{name}: {field}" if field else name, said)
                    if note not in told:
                        told[note] = None
                        found[number].append(note)
        return found

    def write(self, ident: Ident) -> Placed:
        """Make a record."""
        drafts, rows = self.pool.entries[ident].drafts, self.users[ident]
        first = self.sorter.first.get(ident)
        more: list[str] = []
        mark = {"format": self.pool.form, "key": ident[1]}
        if first is not None:
            mark["digest"] = short_digest(first.digest)
            more += self.left_over.get(first.number, ())
            more += map(note_twin, self.sorter.twins[first.number])
        fields, remarks = fill(drafts, more, {name: said for name, said in mark.items() if said}, self._give)
        text = next((draft.text for _, draft in drafts if draft.text), "")
        placed = Placed(ident[0], self.ids[ident], fields, text, first is not None, tuple(rows))
        self.remarks[rows[0]] += (*remarks, *self._find_similar(placed))
        self.brought[rows[0]].append(placed.name)
        return placed

    def _find_similar(self, placed: Placed) -> Iterator[Remark]:
        says = placed.fields.get("says")
        if placed.kind != "claim" or not isinstance(says, str):
            return
        folded = fold_name(says)
        other = self.pool.library.claims.get(folded) or self.says.setdefault(folded, placed.id)
        if other != placed.id:
            yield Remark("similar", "says", other)

    def complete(self, item: Item) -> Item:
        """Add to what becomes of a row the records that it stands in, and what was found in making them."""
        row = item.row
        if item.outcome == "duplicate":
            own = self.idents.of(row.drafts[0])
            present = self.sorter.present.get(own)
            return replace(item, records=(f"{own[0]}:{present.id if present else self.ids[own]}",))
        if item.outcome != "written":
            return item
        own = self.idents.of(row.drafts[0])
        name = f"{own[0]}:{self.ids[own]}"
        others = (one for one in self.brought[row.number] if one != name)
        return replace(item, records=(name, *others), remarks=(*row.remarks, *self.remarks[row.number]))
