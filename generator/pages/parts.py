"""No list grows without bound: a long one leaves its sections to pages of their own, each with a limited number of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.paths import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 500
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
    parts = {section.id: _parts(section, whole, most) for section in sections}
    emptied = (
        replace(section, rows=(), parts=tuple(Link(part.path, part.title) for part in parts[section.id]))
        for section in sections
    )
    return tuple(emptied), tuple(part for found in parts.values() for part in found)


def _parts(section: Section[Row], whole: str, most: int) -> list[Part[Row]]:
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
