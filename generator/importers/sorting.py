"""What becomes of each row, as far as the row and what is there tell: new, there already, changed, a duplicate, kept back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.dialect import prose_plain
from generator.importers.filling import list_news, show_row
from generator.importers.identity import short_digest
from generator.importers.notes import as_note
from generator.importers.plans import Item
from generator.importers.pool import look_up
from generator.importers.rows import Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.identity import Ident, Library, Present
    from generator.importers.pool import Idents
    from generator.importers.rows import Draft, Handle, Row


def note_twin(row: Row) -> str:
    """Write the note about a row that has the key of another one and says something else."""
    return as_note("another row of the same key", show_row(row))


class Sorter:
    """Tells of each row what becomes of it. Rows are given in the order of the file, as the first of two counts.

    Args:
        form: the format.
        library: what is there already.
        idents: tells drafts apart.
        kept_back: rows of which it is known that nothing can be made, by number, with the reason.

    Attributes:
        first: the row that counts for each record.
        present: the record that is there already for each.
        twins: by the number of a row, those with its key that say something else.
    """

    def __init__(self, form: str, library: Library, idents: Idents, kept_back: Mapping[int, str]) -> None:
        self.first: dict[Ident, Row] = {}
        self.present: dict[Ident, Present] = {}
        self.twins: defaultdict[int, list[Row]] = defaultdict(list)
        self._form, self._library, self._idents, self._kept_back = form, library, idents, kept_back
        self._dropped: dict[tuple[Ident, str], Row] = {}

    def sort(self, row: Row) -> Item:
        """Tell what becomes of a row."""
        if row.is_blank:
            return Item(row, "blank", remarks=row.remarks)
        if row.kept_back:
            return Item(row, "kept-back", row.kept_back, remarks=row.remarks)
        own = self._idents.of(row.drafts[0])
        same = (own, row.digest)
        if row.number in self._kept_back:
            self._dropped.setdefault(same, row)
            return Item(row, "kept-back", self._kept_back[row.number], remarks=row.remarks)
        if same in self._dropped:
            other = self._dropped[same].number
            said = f"It says what row {other} says, which is kept back: {self._kept_back[other]}"
            return Item(row, "kept-back", said, remarks=row.remarks)
        if own in self.first:
            return self._call_duplicate(row, self.first[own])
        self.first[own] = row
        present = next(look_up(self._library, self._form, own, row.drafts[:1]), None)
        if present is None:
            return Item(row, "written", remarks=row.remarks)
        self.present[own] = present
        return self._call_present(row, present)

    def _call_duplicate(self, row: Row, first: Row) -> Item:
        if row.digest == first.digest:
            return Item(row, "duplicate", f"It says what row {first.number} says.", remarks=row.remarks)
        present = self.present.get(self._idents.of(row.drafts[0]))
        if present is not None and not present.has_note(note_twin(row)):
            return self._call_present(row, present)
        self.twins[first.number].append(row)
        said = f"It has the key of row {first.number} and says something else."
        return Item(row, "duplicate", said, remarks=(*row.remarks, Remark("duplicate-differs", value=show_row(row))))

    def _call_present(self, row: Row, present: Present) -> Item:
        draft, name = row.drafts[0], f"{row.drafts[0].kind}:{present.id}"
        mark = present.fields.get("imported")
        if not (isinstance(mark, dict) and mark.get("format") == self._form):
            if draft.ours and present.id == draft.wish:
                return self._call_ours(row, present)
            found = (Remark("same-address", "url", name), *_tell_text(draft)) if draft.kind == "source" else ()
            news = (Remark("not-kept", *one) for one in list_news(draft, present, self._name))
            return Item(row, "already-there", records=(name,), remarks=(*row.remarks, *found, *news))
        if not present.digest or present.digest == short_digest(row.digest):
            return Item(row, "already-there", records=(name,), remarks=row.remarks)
        said = f"Its digest was {present.digest} and is {short_digest(row.digest)}."
        changed = (Remark("changed", *one) for one in list_news(draft, present, self._name))
        return Item(row, "changed-since", said, (name,), (*row.remarks, *changed, *_tell_text(draft)))

    def _call_ours(self, row: Row, present: Present) -> Item:
        """Tell of a row of our own export whether the record still says what it did; what is noted there is no part of it."""
        draft, names = row.drafts[0], (f"{row.drafts[0].kind}:{present.id}",)
        news = [
            (name, said)
            for name, said in list_news(replace(draft, notes=()), present, self._name)
            if prose_plain(said) != prose_plain(str(present.fields.get(name)))  # exports give words without their marks
        ]
        if not news:
            return Item(row, "already-there", records=names, remarks=row.remarks)
        said = "It has the id of this record and says something else."
        return Item(row, "changed-since", said, names, (*row.remarks, *(Remark("changed", *one) for one in news)))

    def _name(self, handle: Handle) -> str:
        found = next(look_up(self._library, self._form, self._idents.meant(handle), ()), None)
        return found.id if found else handle.key


def _tell_text(draft: Draft) -> tuple[Remark, ...]:
    """Tell of the text of an article whose source is there, with or without a text."""
    return (Remark("not-kept", "text", f"{len(draft.text):,} characters"),) if draft.text else ()
