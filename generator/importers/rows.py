"""What a reader of a format gives: rows, each with the records that it would become and what was said of it.

A reader knows its format and nothing else: no ids, no files, no other records. It hands on drafts, in which a `Handle` stands
for whatever has no id yet. `placing` gives the ids, finds what is there already, and writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

DraftKind: TypeAlias = Literal["source", "entity", "claim", "event"]


@dataclass(frozen=True, slots=True)
class Handle:
    """Stands in a draft's fields for the id of another record.

    Attributes:
        kind: the kind of that record.
        key: an entity's name; for a source, claim or event the key of its draft.
        type: for an entity: person, organisation, outlet, place or document.
    """

    kind: DraftKind
    key: str
    type: str = ""


Value: TypeAlias = "str | Handle | list[Value] | dict[str, Value] | None"
"""What a field of a draft holds: as in YAML, every scalar a text as an editor would type it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row that its editor should know.

    Attributes:
        code: what sort of thing it is, kebab-case, from `remarks.CODES`.
        field: the field of the format that it is about, such as `reviewRating.ratingValue`.
        value: what stood there, as it stood.
    """

    code: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is not written yet.

    Attributes:
        kind: what it would be.
        key: what tells it apart within its format, whatever its place in the file; two drafts of one kind and key are one record.
            Of an entity: its name.
        fields: by YAML name, without `id`, `notes` and `imported`; blanks are left out.
        notes: what has no place in the record, each as `FIELD: value`, as it stood. Nothing is cut: `placing` parts what is too long.
        wish: the id that it should have if that is free, such as its id in our own export; else empty.
        words: words to make an id from; else empty.
        text: of a source, its stored text as Markdown: the record becomes a `.md` file of its own; else empty.
        ours: whether it comes out of this site's own export: a record that has the id of `wish` is this record then.
    """

    kind: DraftKind
    key: str
    fields: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    wish: str = ""
    words: str = ""
    text: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the smallest thing that is reported.

    Attributes:
        number: from 1, in the order of the file.
        at: where it stands: `line 12`, or a JSON pointer such as `/dataFeedElement/11/item`.
        digest: SHA-256 in hex of all that the row says, to see whether it is still the same when it comes again.
        drafts: the records that it would become, the row's own record first, then sources and entities; empty where the row is kept back or blank.
        remarks: what was not understood, or understood in a way that should be known.
        kept_back: why nothing can be made of it, as a sentence; empty where something can.
        raw: the row as it stood, as one line of JSON: what a report says of a row that is kept back.
    """

    number: int
    at: str
    digest: str
    drafts: tuple[Draft, ...] = ()
    remarks: tuple[Remark, ...] = ()
    kept_back: str = ""
    raw: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.drafts and not self.kept_back


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader has read.

    Attributes:
        rows: all rows of the file, in its order; each is accounted for.
        said: sentences about the whole file: defaults that were applied, a licence, fields that nothing knows.
        problem: why the file cannot be read at all, as a sentence; then there are no rows.
    """

    rows: tuple[Row, ...] = ()
    said: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever imports says about the file, since it does not say so itself.

    Attributes:
        today: the day of the import, YYYY-MM-DD: when its sources were accessed.
        name: the file's name without folder and ending.
        given: the flags by name, such as `language`, `outlet`, `kind`, `phase`, `url`; only those that were given.
        texts: further files that were named, by flag, such as `mapping`.
        address: the site's own address, to know our own exports again.
        publisher: who publishes the site.
        outlets: names of outlets that are there, by folded name.
        unjudged: the vocabulary's word for a claim that nobody has judged.
        genres: the vocabulary's words for genres.
    """

    today: str
    name: str
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    texts: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    address: str = ""
    publisher: str = ""
    outlets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unjudged: str = "unchecked"
    genres: tuple[str, ...] = ()


KINDS_IN_ORDER: tuple[DraftKind, ...] = ("entity", "source", "claim", "event")
"""The order in which drafts get their ids."""
