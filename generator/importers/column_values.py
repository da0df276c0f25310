"""The cell of a column as the value of its field: words, dates, ids, names and texts; what is not understood becomes a note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from generator import dates
from generator.dialect import escape, prose_problems
from generator.dialect.escaping import tidy
from generator.documents.nodes import CONTROL
from generator.importers.cells import (
    has_control,
    has_words,
    note,
    plain_text,
    read_date,
    read_language,
    read_url,
    write_line,
    write_prose,
)
from generator.importers.mapping import Column
from generator.importers.naming import is_id
from generator.importers.rows import Handle, Remark
from generator.importers.targets import EntityType
from generator.vocabulary import REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.importers.rows import Options, Value
    from generator.importers.targets import Target

_WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,11})", re.ASCII)
_LONGEST_PROSE = 1200
_ALONE = frozenset({"own", "untraced"})


@dataclass(slots=True)
class Read:
    """What has been read of a row so far.

    Attributes:
        options: what is known of the vocabulary.
        fields: the values of fields, by the names that mappings have for them.
        notes: what has no place.
        remarks: what was not understood.
        typed: the header and the cell that a value of `fields` comes from, by its name there.
    """

    options: Options
    fields: dict[str, Value] = field(default_factory=dict)
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def move_to_notes(self, field_: str) -> None:
        """Keep the cell of a field in the notes, since nothing can be made of it."""
        if field_ in self.typed:
            self.notes.append(note(*self.typed.pop(field_)))

    def refuse(self, name: str, cell: str, remark: Remark | None) -> None:
        """Keep a cell in the notes, and say why."""
        self.notes.append(note(name, cell))
        if remark is not None:
            self.remarks.append(remark)


def read_fixed(read: Read, name: str, values: tuple[str, ...], target: Target) -> None:
    """Read what the mapping says of a field for all rows: a word of ours already, a date in EDTF, an id or prose as typed."""
    for one in values:
        read_cell(read, f"fixed {name}", one, Column(to=name, words={one: one}, text="markdown"), target)
    read.typed.pop(name, None)  # no cell says it


def list_words(target: Target, options: Options) -> tuple[str, ...]:
    """List the words that a field takes, as far as they are known; empty where it takes no word of a list."""
    return {
        "": (),
        "genres": options.genres,
        "types": get_args(EntityType),
        "kinds": tuple(sorted(REQUIRED["kinds"])),
        "phases": tuple(sorted(REQUIRED["phases"])),
    }[target.words]


def read_cell(read: Read, name: str, cell: str, column: Column, target: Target) -> None:
    """Read a cell that is not blank into the field of its column.

    Args:
        read: the row so far; a value, notes and remarks are added to it.
        name: the column's header.
        cell: what stands in it.
        column: what the mapping says of it.
        target: the field.
    """
    parts = [part.strip() for part in cell.split(column.split) if part.strip()] if column.split else [cell]
    values: list[Value] = []
    for part in parts:
        meant, is_word = _find_word(part, column.words)
        if is_word and meant is None:
            continue  # the mapping says that it means nothing
        if column.words and not is_word and not column.entity:
            read.refuse(name, part, Remark("word-unknown", name, part))
            continue
        value = _READERS[target.form](_Cell(read, name, meant or part, column, target, is_word))
        if value is not None:
            values.append(value)
    if not values:
        return
    read.typed[column.to] = (name, cell)
    if not target.is_many:
        read.fields[column.to] = values[0]
    else:
        before = read.fields.get(column.to)
        read.fields[column.to] = [*(before if isinstance(before, list) else []), *values]


def _find_word(part: str, words: Mapping[str, str | None]) -> tuple[str | None, bool]:
    """Find what the mapping says that is meant by a cell, whatever its capitals; and whether it says anything of it."""
    if not words:
        return None, False
    plain = " ".join(part.split())
    if plain in words:
        return words[plain], True
    folded = [word for word in words if " ".join(word.split()).casefold() == plain.casefold()]
    return (words[folded[0]], True) if folded else (None, False)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value that is to be read, with everything that tells how."""

    read: Read
    name: str
    text: str
    column: Column
    target: Target
    is_word: bool

    @property
    def plain(self) -> str:
        return tidy(self.text)

    def refuse(self, code: str) -> None:
        self.read.refuse(self.name, self.text, Remark(code, self.name, self.text))


def _read_id(cell: _Cell) -> Value:
    if is_id(cell.plain):
        return cell.plain
    cell.refuse("id-taken" if cell.column.to == "id" else "value-unread")
    return None


def _read_word(cell: _Cell) -> Value:
    known, plain = list_words(cell.target, cell.read.options), cell.plain
    if plain in known or (cell.is_word and (cell.target.words in {"kinds", "phases"} or not known)):
        return plain  # a site may have kinds and phases of its own
    kebab = "-".join(plain.casefold().replace("_", " ").split())
    if kebab in known:
        return kebab
    cell.refuse("word-unknown")
    return None


def _read_date(cell: _Cell) -> Value:
    is_day = cell.target.form == "day"
    found, remark = read_date(cell.text, "edtf" if cell.is_word else cell.column.date, cell.name)
    if found is None:
        cell.read.refuse(cell.name, cell.text, remark)
        return None
    if is_day and dates.parse(found).precision != "day":
        day = found.partition("T")[0]
        cell.refuse("date-reduced" if "T" in found else "value-unread")
        return day if "T" in found else None
    if remark is not None:
        cell.read.refuse(cell.name, cell.text, remark)
    return found


def _read_url(cell: _Cell) -> Value:
    found, remark = read_url(cell.text, cell.name)
    if found is None:
        cell.read.refuse(cell.name, cell.text, remark)
    return found


def _read_language(cell: _Cell) -> Value:
    found = read_language(cell.text)
    if found is None:
        cell.refuse("value-unread")
    return found


def _read_wikidata(cell: _Cell) -> Value:
    found = _WIKIDATA.fullmatch(cell.plain)
    if found is None:
        cell.refuse("value-unread")
    return found[1] if found else None


def _read_entity(cell: _Cell) -> Value:
    """Read an entity: by name where the column says what names stand in it, else by id."""
    plain = cell.plain
    by_id = is_id(plain) and (cell.is_word or not cell.column.entity)
    if by_id:
        return plain
    type_ = cell.column.entity or cell.target.type
    name = write_line(cell.text) if type_ else None
    if name is None:
        cell.refuse("value-unread")
        return None
    _say_control(cell)
    return Handle("entity", name, type_)


def _read_voice(cell: _Cell) -> Value:
    """Read a voice of the chain: an entity where the column says which names stand in it, else a voice without a name."""
    if cell.plain in _ALONE:
        return cell.plain
    if cell.column.entity or (cell.is_word and is_id(cell.plain)):
        return _read_entity(cell)
    name = _read_line(cell)
    return {"unnamed": name} if name else None


def _say_control(cell: _Cell) -> None:
    if has_control(cell.text):
        cell.refuse("control-characters")


def _read_line(cell: _Cell) -> Value:
    shown = plain_text(cell.text) if cell.column.text == "html" else cell.text
    _say_control(cell)
    line = write_line(shown)
    if line is None and has_words(shown):
        cell.refuse("too-long")
        return shorten(tidy(shown)) if cell.target.needed else None
    if line is None:
        cell.refuse("value-unread")
    return line


def shorten(text: str, longest: int = 300) -> str | None:
    """Cut a plain text at the end of a word so that it fits into a line, with three dots behind it."""
    if len(text) <= longest:
        return write_line(text)
    cut = text[: longest - 2]
    return write_line(f"{cut.rpartition(' ')[0] if ' ' in cut[longest // 2 :] else cut[:-1]} …")


def _drop_control(text: str) -> str:
    """Leave out characters that no content holds; those that are white space become a blank."""
    return CONTROL.sub(lambda found: " " if found[0].isspace() else "", text)


def _read_prose(cell: _Cell) -> Value:
    _say_control(cell)
    if cell.column.text == "markdown":
        typed = _drop_control(cell.text).strip()
        if not has_words(typed) or len(typed) > _LONGEST_PROSE or prose_problems(typed):
            cell.refuse("value-unread")
            return None
        return typed
    shown = plain_text(cell.text) if cell.column.text == "html" else _drop_control(cell.text)
    written = write_prose(shown)
    if written is None:
        cell.refuse("too-long" if len(escape(shown)) > _LONGEST_PROSE else "value-unread")
    return written


_READERS: Mapping[str, Callable[[_Cell], Value]] = {
    "id": _read_id,
    "ids": _read_id,
    "line": _read_line,
    "lines": _read_line,
    "prose": _read_prose,
    "when": _read_date,
    "day": _read_date,
    "url": _read_url,
    "language": _read_language,
    "word": _read_word,
    "entity": _read_entity,
    "entities": _read_entity,
    "wikidata": _read_wikidata,
    "chain": _read_voice,
}


def find_handles(value: Value) -> Iterator[Handle]:
    """Find the handles in a value, in order."""
    if isinstance(value, Handle):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from find_handles(item)
