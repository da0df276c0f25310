"""The desk: everything that is left to do, the most urgent first, and how far each fact sheet is.

One view for the terminal and for the page of the preview. Nothing on it is an error: all of it may be published.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.derive.wording import count
from generator.derive.work import Item, Section, list_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.derive.views import Views
    from generator.link import Library

__all__ = ["DONE", "OF_CLAIMS", "Account", "Desk", "Item", "Progress", "Section", "list_work"]

OF_CLAIMS = ("unchecked", "overdue", "single-origin", "unnamed-origin", "one-relay", "one-checker")
"""Sections that tell how far a fact sheet is. What is due soon is not late, and what nobody knows may stay unknown."""

DONE = "done"
"""Key of the claims that stand in none of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fact sheet is.

    Attributes:
        topic: its id; empty for the claims that stand on none.
        claims: how many it has.
        left: how many of them stand first in which section, in the order of `OF_CLAIMS`, `DONE` last.
    """

    topic: str
    claims: int
    left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the sentences of a stored text.

    Attributes:
        source: its id.
        states: of each sentence the first letter of its state: cited, skipped, unchecked.
    """

    source: str
    states: str

    @property
    def words(self) -> str:
        """Say it in words: `31 of 48 sentences accounted for`."""
        total = len(self.states)
        return f"{total - self.states.count('u'):,} of {count(total, 'sentence', 'sentences')} accounted for"


@dataclass(frozen=True, slots=True)
class Desk:
    """The work-list.

    Attributes:
        sections: the most urgent first; those in which nothing is left are there too, empty.
        sheets: how far each fact sheet is.
        accounts: what became of the sentences of each text that is stored whole, by its file.
    """

    sections: tuple[Section, ...]
    sheets: tuple[Progress, ...]
    accounts: Mapping[str, Account]

    @property
    def total(self) -> int:
        """How many things are left to do."""
        return sum(len(section.items) for section in self.sections)

    def narrow(self, *, section: str | None = None, topic: str | None = None, source: str | None = None) -> Desk:
        """Keep one section, or what concerns one fact sheet or one source; None keeps all."""

        def concerns(item: Item) -> bool:
            return (topic is None or topic in item.topics) and (source is None or source in item.sources)

        return replace(
            self,
            sections=tuple(
                replace(one, items=tuple(filter(concerns, one.items)))
                for one in self.sections
                if section is None or one.key == section
            ),
            sheets=tuple(sheet for sheet in self.sheets if topic is None or sheet.topic == topic),
        )


def _measure(library: Library, views: Views, sections: Iterable[Section]) -> Iterator[Progress]:
    first: dict[str, str] = {}
    for section in sections:
        if section.key in OF_CLAIMS:
            for item in section.items:
                first.setdefault(item.id, section.key)
    on_none = tuple(claim for claim in library.claims.values() if not claim.topics)
    for topic, claims in (*views.claims_of.items(), *([("", on_none)] if on_none else [])):
        counts = Counter(first.get(claim.id, DONE) for claim in claims)
        yield Progress(topic, len(claims), {key: counts[key] for key in (*OF_CLAIMS, DONE) if counts[key]})


def list_work(library: Library, views: Views) -> Desk:
    """List everything that is left to do.

    Args:
        library: the linked records.
        views: what follows from them; its day decides what is overdue.
    """
    sections = list_sections(library, views)
    accounts = {
        library.text_files[one]: Account(one, "".join(sentence.state[0] for sentence in coverage.sentences))
        for one, coverage in views.coverage.items()
        if library.sources[one].stored == "whole"
    }
    return Desk(sections, tuple(_measure(library, views, sections)), accounts)
