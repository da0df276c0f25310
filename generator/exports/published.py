"""What is published as data, in three forms: collections of pieces, files of their own, and files made of other files.

A collection is one file with a piece from each of many records, such as `data/records.json`; when a record changes, only its
piece is written again. A leaf is a file that stands by itself, such as the JSON of one record or the slides of one
timeline. A digest is made of finished files: a database of the tables, a list of what there is.

What a piece or leaf says is composed first, as plain data that holds every text unaltered, and written then: between the two
rule 12 looks through it for words that may not be published, which the escaping of a format could hide.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from generator.derive import Views
    from generator.link import Library
    from generator.settings import Settings

CORRECTIONS = "corrections"
"""Stands in the place of a kind for the log of corrections, which is one piece under the empty id."""

Plain: TypeAlias = Any
"""Mappings, lists, texts, numbers, true, false and None, as JSON has them."""

Compose: TypeAlias = "Callable[[Library, Views, str, str], Plain]"
"""Gives what a record, by kind and id, has to say in a collection; None where that is nothing."""


@dataclass(frozen=True, slots=True)
class Offer:
    """How the Data page speaks of something.

    Attributes:
        title: what it is called.
        description: one or two sentences: what is in it, and which standard it follows.
        example: one line that shows how it is used, such as a command; empty where there is nothing to show.
        group: the heading below which it stands, one of `catalogue.GROUPS`.
        pattern: for leaves, the address with capitals in the place of ids (`claims/ID/record.json`); else empty.
    """

    title: str
    description: str
    group: str
    example: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pieces in a collection.

    Attributes:
        kinds: the kinds whose records stand in it, in this order; within a kind in reading order.
        opening: what stands before the first piece.
        closing: what stands behind the last.
    """

    kinds: tuple[str, ...]
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A file that is put together from pieces of records. Its kinds stand in one section each.

    Attributes:
        path: in the site, such as `data/records.json`.
        offer: how the Data page speaks of it.
        compose: gives what a record says in it.
        write: writes that as the text of a piece, never empty; whatever it is given, it raises nothing.
        lay_out: gives the sections, from the settings and the day of the build. Only `data/records.json` tells the day: whatever does
            is another file each day.
        between: what stands between two pieces of a section.
    """

    path: str
    offer: Offer
    compose: Compose
    write: Callable[[Plain], str]
    lay_out: Callable[[Settings, date], tuple[Section, ...]]
    between: str = ""


@dataclass(frozen=True, slots=True)
class LeafFile:
    """A file that stands by itself.

    Attributes:
        path: in the site.
        text: what it holds.
        plain: the same as plain data, every text unaltered: what rule 12 looks through.
    """

    path: str
    text: str
    plain: Plain


@dataclass(frozen=True, slots=True)
class Leaf:
    """Files of one sort.

    Attributes:
        name: of the sort, such as `timeline topic`.
        offer: how the Data page speaks of them, with the pattern of their addresses; None where these are `fixed`.
        make: makes the files for a key; none is made where there is nothing to say.
        keys: lists what they are made for; one empty key where there is nothing to list.
        fixed: files that every site has, by path, each with how the Data page speaks of it.
    """

    name: str
    offer: Offer | None
    make: Callable[[Library, Views, str], Iterable[LeafFile]]
    keys: Callable[[Library], Iterable[str]] = lambda _: ("",)
    fixed: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Digest:
    """A file that is made of others.

    Attributes:
        path: in the site.
        offer: how the Data page speaks of it.
        of: the paths of what it is made of: collections and digests before it.
        make: makes it from the settings and the bytes of those files. The same bytes always give the same.
    """

    path: str
    offer: Offer
    of: tuple[str, ...]
    make: Callable[[Settings, Mapping[str, bytes]], bytes]


def write_item(plain: Plain) -> str:
    """Write plain data as an item of a list in a JSON file, on a line of its own; see `list_sections`."""
    return f"\n  {json.dumps(plain, ensure_ascii=False)}"


def list_sections(head: Mapping[str, Plain], lists: Mapping[str, tuple[str, ...]]) -> tuple[Section, ...]:
    """Lay out a JSON file: some fields, then lists with the pieces of `write_item`, which have a comma between them.

    Args:
        head: the fields in front, one at least.
        lists: the kinds in each list, by its name.
    """
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("}").rstrip()
    sections = []
    for name, kinds in lists.items():
        sections.append(Section(kinds, f"{opening},\n {json.dumps(name)}: [", "\n ]"))
        opening = ""
    last = sections.pop()
    return (*sections, Section(last.kinds, last.opening, f"{last.closing}\n}}\n"))
