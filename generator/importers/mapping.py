"""The mapping file of a spreadsheet: which column is which field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.importers.cells import DateForm
from generator.importers.tables import Encoding
from generator.importers.targets import NOWHERE, EntityType
from generator.records import Model
from generator.records.fields import Day, Language, Line, Many, Prose, Url, When

_MARKS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t"}
_LONGEST_SEPARATOR = 5


def _read_separator(value: object) -> object:
    return _MARKS.get(value, value) if isinstance(value, str) else value


def _read_column(value: object) -> object:
    return {"to": value} if isinstance(value, str) else value


class SheetSource(Model):
    """The spreadsheet itself as a source: what the records that come out of it rest on.

    Attributes:
        outlet: who keeps it: the id of an entity, or a name, which makes an outlet of that name.
        language: the language in which it is written.
        genre: what sort of source it is.
        title: what it is called.
        published: the date that is printed on it.
        accessed: the day on which it was read; else the day of the import.
        url: its address.
        archived: the address of a copy.
        summary: what it holds, in our words.
    """

    outlet: Line
    language: Language
    genre: Line = "dataset"
    title: Line | None = None
    published: When | None = None
    accessed: Day | None = None
    url: Url | None = None
    archived: Url | None = None
    summary: Prose | None = None


class Column(Model):
    """What one column is.

    Attributes:
        to: the field that it sets; `note` keeps it in the notes, `skip` leaves it out.
        date: in which order its dates are written, where they do not tell.
        entity: the type of the entities that it names. Its cells are names then; else they are ids.
        split: what stands between several values in one cell.
        words: what is meant by what stands in a cell; a blank means nothing.
        text: `plain` text, `html`, or `markdown` as our own records have it.
    """

    to: Line
    date: DateForm | None = None
    entity: EntityType | None = None
    split: Annotated[str, Field(min_length=1, max_length=_LONGEST_SEPARATOR)] | None = None
    words: dict[str, Line | None] = Field(default_factory=dict)
    text: Literal["plain", "html", "markdown"] = "plain"


class MappingFile(Model):
    """How a spreadsheet is read.

    Attributes:
        kind: what a row is.
        name: what tells this sheet from others, in keys; else the title of its source, else the name of the file.
        separator: what stands between two cells: one character, `comma`, `semicolon`, `tab`, or `auto`.
        encoding: how the file is saved.
        key: the columns that tell its rows apart; else all cells that the mapping places.
        source: the sheet itself, as a source.
        columns: what each column is, by its header.
        fixed: what is the same for all rows, where no cell says otherwise.
    """

    kind: Literal["claim", "event", "source", "entity"]
    name: Line | None = None
    separator: Annotated[str, BeforeValidator(_read_separator)] = "auto"
    encoding: Encoding = "utf-8"
    key: Many[Line] = ()
    source: SheetSource | None = None
    columns: dict[str, Annotated[Column, BeforeValidator(_read_column)]]
    fixed: dict[str, Many[Line]] = Field(default_factory=dict)

    @property
    def set_by_columns(self) -> dict[str, str]:
        """The columns that set a field, by the name of the field; of several, the last one."""
        return {column.to: name for name, column in self.columns.items() if column.to not in NOWHERE}

    def sets(self, field: str) -> bool:
        """Tell whether a column or `fixed` sets a field."""
        return field in self.fixed or any(column.to == field for column in self.columns.values())
