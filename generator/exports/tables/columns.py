"""What a table is: its columns, its key, what it refers to, and what each record has to say in it.

From these descriptions everything about a table is made: the head of its CSV file, its part of `datapackage.json`, its part of
the SQLite file, and what Datasette says of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic import BaseModel

    from generator.dates import When
    from generator.derive import Views
    from generator.link import Library
    from generator.vocabulary import Section

Cell: TypeAlias = str | int | bool | None
"""What stands in a cell; None where there is nothing to say."""

Row: TypeAlias = tuple[Cell, ...]

Rows: TypeAlias = "Callable[[Library, Views, str, str], Iterable[Row]]"
"""Gives the rows of a record, by kind and id, with a cell for each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its name; no word that SQL keeps for itself.
        description: what it holds, in one or two sentences.
        kind: the type of its cells.
        required: whether each row has it.
        words: the section of the vocabulary whose words may stand in it.
        choices: the words that may stand in it, where the vocabulary has nothing to do with them.
        to: the table whose key it holds.
    """

    name: str
    description: str
    kind: Literal["string", "integer", "date", "boolean"] = "string"
    required: bool = False
    words: Section | None = None
    choices: tuple[str, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that together hold the key of another table.

    Attributes:
        columns: here.
        table: the other table.
        key: its key.
    """

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: its name; the name of its CSV file without `.csv`.
        title: what readers call it.
        description: what a row of it is, in one or two sentences.
        columns: its columns, in order.
        key: the columns that tell each row apart.
        kinds: the kinds of records that have rows in it, in their order.
        rows: gives the rows of a record.
        label: the column that stands for the row where another table refers to it.
        search: the columns whose words can be searched.
        facets: the columns by which the rows are usually sorted out.
        joins: references of several columns.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: Rows
    label: str = ""
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    joins: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Everything that it refers to."""
        return (*(Reference((column.name,), column.to) for column in self.columns if column.to), *self.joins)


ID = Column("id", "The id of the record. It never changes.", required=True)
PAGE = Column("page", "The address of its page.", required=True)
POSITION = Column("position", "The place in the list, from 1.", "integer", required=True)
OF_CLAIM = Column("claim", "The claim.", required=True, to="claims")
ONE_OF_EACH_KIND = tuple(
    Column(name, f"The {name}, where it is one.", to=to)
    for name, to in (
        ("source", "sources"),
        ("entity", "entities"),
        ("claim", "claims"),
        ("event", "events"),
        ("topic", "topics"),
    )
)
"""Columns of which exactly one is filled: for rows that may concern a record of any kind."""


def when_columns(prefix: str, what: str) -> tuple[Column, ...]:
    """Give the three columns of a date; `write_when` fills them."""
    return (
        Column(f"{prefix}_edtf", f"{what} In EDTF (ISO 8601-2), as precise as it is known."),
        *bound_columns(prefix, f"`{prefix}_edtf`"),
    )


def bound_columns(prefix: str, which: str = "it") -> tuple[Column, ...]:
    """Give the two columns with the bounds of a date."""
    return (
        Column(f"{prefix}_earliest", f"The first day that {which} can mean; empty where its start is open.", "date"),
        Column(f"{prefix}_latest", f"The last day that {which} can mean; empty where its end is open.", "date"),
    )


def write_when(when: When | None) -> tuple[str | None, str | None, str | None]:
    """Write a date as typed, and its first and last day."""
    if when is None:
        return None, None, None
    earliest = when.earliest.isoformat() if when.earliest else None
    return when.text, earliest, when.latest.isoformat() if when.latest else None


def choices_of(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """List the words that a field of a record may have."""
    return get_args(model.model_fields[field].annotation)


def address(library: Library, kind: str, one: str) -> str:
    """Give the address of a record's page."""
    return f"{library.settings.address}{page_url(page_path(kind, one))}"


def of_each_kind(kind: str, one: str) -> Row:
    """Fill `ONE_OF_EACH_KIND`."""
    return tuple(one if column.name == kind else None for column in ONE_OF_EACH_KIND)


def number(one: str, items: Iterable[str]) -> Iterator[Row]:
    """Give a row for each item of a list: whose it is, its place, and the item."""
    for position, item in enumerate(items, 1):
        yield one, position, item
