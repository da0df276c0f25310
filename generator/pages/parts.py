"""No list grows without bound.

A long list in sections leaves these to pages of their own; any other goes on, page after page. No page of either says
anything that changes with the rows of another, so that a new row makes few pages new.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.paths import Link, leaf_path

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 250
"""So many rows stand on one page."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Section(Generic[Row]):
    """Rows under one heading.

    Attributes:
        id: an anchor of the list.
        title: the heading, plain text.
        rows: in order; empty where they stand on pages of their own.
        total: how many there are.
        parts: the pages that have them, where the list itself has not: `The exchange, 1–500`.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    total: int
    parts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """A page with some rows of one section.

    Attributes:
        path: where it goes.
        title: the section's, with the numbers of its rows where it has not all of them.
        section: the section with these rows alone.
    """

    path: str
    title: str
    section: Section[Row]


def section_of(id_: str, title: str, rows: Sequence[Row]) -> Section[Row]:
    """Put rows under a heading."""
    return Section(id_, title, tuple(rows), len(rows))


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """One page of a list that goes on.

    Attributes:
        path: where it goes.
        range: the numbers of its rows, in words; empty for the first page.
        rows: in order.
        parts: on the first page all that follow, on these the ones before and after; none where one page holds all.
    """

    path: str
    range: str
    rows: tuple[Row, ...]
    parts: tuple[Link, ...]


def leaf_through(rows: Sequence[Row], first: str, title: str, most: int, before: int = 0) -> tuple[Leaf[Row], ...]:
    """Divide a list into pages.

    Args:
        rows: all of them, in order.
        first: path of the first page.
        title: what the list is called, in the links from page to page.
        most: so many rows may stand on one page.
        before: how many rows stand elsewhere, before these.
    """
    starts = range(0, max(len(rows), 1), most)
    ranges = [_range(before + at, before + min(at + most, len(rows))) if before + at else "" for at in starts]
    links = [
        Link(leaf_path(first, number), f"{title}, {words}" if words else title)
        for number, words in enumerate(ranges, 1)
    ]
    return tuple(
        Leaf(
            links[place].path,
            ranges[place],
            tuple(rows[at : at + most]),
            tuple(links[place - 1 : place] + links[place + 1 : place + 2] if place else links[1:]),
        )
        for place, at in enumerate(starts)
    )


def part_path(whole: str, section: str, number: int) -> str:
    """Give the path of a part: `claims/exchange-1000-.md`, then `claims/exchange-1000-/2.md`.

    No record's page can be in the way, since no id ends in a hyphen.
    """
    stem = f"{whole.removesuffix('index.md')}{section}-"
    return f"{stem}.md" if number == 1 else f"{stem}/{number}.md"


def split(
    sections: Sequence[Section[Row]], whole: str, most: int = MOST
) -> tuple[tuple[Section[Row], ...], tuple[Part[Row], ...]]:
    """Leave a list as it is, or give its sections pages of their own where it has too many rows.

    Args:
        sections: the list.
        whole: path of the list.
        most: so many rows may stand on one page.

    Returns:
        The sections as the list shows them, and the other pages.
    """
    if sum(section.total for section in sections) <= most:
        return tuple(sections), ()
    parts = (part for section in sections for part in parts_of(section, whole, most))
    return tuple(empty(section, whole, most) for section in sections), tuple(parts)


def empty(section: Section[Row], whole: str, most: int) -> Section[Row]:
    """Leave the rows of a section to its parts; only how many there are needs to be known."""
    links = tuple(Link(part.path, part.title) for part in parts_of(section, whole, most))
    return replace(section, rows=(), parts=links)


def parts_of(section: Section[Row], whole: str, most: int) -> list[Part[Row]]:
    """Divide a section of a list into pages of their own."""
    return [
        Part(
            part_path(whole, section.id, number),
            section.title
            if section.total <= most
            else f"{section.title}, {_range(start, min(start + most, section.total))}",
            replace(section, rows=section.rows[start : start + most]),
        )
        for number, start in enumerate(range(0, section.total, most), start=1)
    ]


def _range(start: int, end: int) -> str:
    return f"{start + 1:,}–{end:,}" if end > start + 1 else f"{end:,}"
