"""What is compared: the site before a change and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    Attributes:
        title: plain text.
        kind: what it is, such as `claim` or `list`; `moved` for a signpost at an old address.
        text: its Markdown, front matter and all.
    """

    title: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two states of the content.

    Attributes:
        library: its records; None where nothing was published yet, or where settings or vocabulary cannot be used.
        views: what follows from them on the day of the comparison; None where there is no library.
        diagnostics: what is wrong with it.
        pages: its pages by path, all made on one day with the same templates; those that are the same on both sides
            may be left out on both. None where they cannot be made.
    """

    library: Library | None = None
    views: Views | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: Mapping[str, Page] | None = None
