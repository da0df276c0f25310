"""The tables of the citations: quotations and findings of claims and events, and the way each came to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.passages import citations_of
from generator.exports.tables.columns import POSITION, Column, Reference, Table, choices_of
from generator.records import Chain, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_KINDS = ("claim", "event")
_OF = Column("citation", "The citation.", required=True, to="citations")


def _citations(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    for cited, item in citations_of(library, kind, one):
        stance, basis, discount = (
            (item.stance, item.basis, item.discount) if isinstance(item, Evidence) else (None, None, None)
        )
        yield (
            cited.anchor,
            *(one if kind == each else None for each in _KINDS),
            cited.field,
            cited.index + 1,
            item.source,
            item.quote if library.shows_words(item.source) else None,
            item.finding,
            item.every,
            stance,
            basis,
            discount,
        )


def _chains(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    for cited, item in citations_of(library, kind, one):
        for position, chain in enumerate(item.paths, 1):
            yield cited.anchor, position, chain.reach


def _hops(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    for cited, item in citations_of(library, kind, one):
        for place, chain in enumerate(item.paths, 1):
            for position, hop in enumerate(chain.hops, 1):
                spoken = hop.on.text if hop.on else None
                yield cited.anchor, place, position, hop.who, hop.unnamed, hop.claimed, spoken, hop.source


CITATIONS = (
    Table(
        "citations",
        "Citations",
        "Each row is a quotation or finding from a source, cited by a claim or an event. "
        "The words of a source that may not be shown are left out.",
        (
            Column("id", "What tells it apart: the anchor of the passage on the page of its source.", required=True),
            Column("claim", "The claim that cites it, unless an event does.", to="claims"),
            Column("event", "The event that cites it, unless a claim does.", to="events"),
            Column(
                "list",
                "`seen`: it shows that the claim was said. `evidence`: it bears on whether it is so.",
                required=True,
                choices=("seen", "evidence"),
            ),
            POSITION,
            Column("source", "The source.", required=True, to="sources"),
            Column("quote", "The words of the source, letter for letter; `[...]` leaves out words between two parts."),
            Column("finding", "What the source says, in the editors' words, where it is not quoted."),
            Column(
                "every",
                "Whether each place is meant, as the words stand in the text more than once.",
                "boolean",
                required=True,
            ),
            Column("stance", "What a piece of evidence does for the claim.", words="stances"),
            Column("basis", "How the origin of a piece of evidence knows it.", words="bases"),
            Column("discount", "Why a piece of evidence is taken out of the count."),
        ),
        ("id",),
        _KINDS,
        _citations,
        label="id",
        search=("quote", "finding"),
        facets=("list", "stance", "basis", "source"),
    ),
    Table(
        "chains",
        "Chains",
        "Each row is a way on which what is cited came to its source.",
        (
            _OF,
            POSITION,
            Column(
                "reach",
                "`hops` where voices are named; they are in `hops`. `own` for the outlet's own reporting or judgement. "
                "`untraced` where the source names no origin.",
                required=True,
                choices=choices_of(Chain, "reach"),
            ),
        ),
        ("citation", "position"),
        _KINDS,
        _chains,
        facets=("reach",),
    ),
    Table(
        "hops",
        "Hops",
        "Each row is a voice on the way to the source, the one who said it first in front.",
        (
            _OF,
            Column("chain", "The place of the chain in `chains`.", "integer", required=True),
            POSITION,
            Column("who", "The entity that spoke.", to="entities"),
            Column("unnamed", "A voice without a name, in the editors' words."),
            Column("claimed", "An entity of which only this text says that it spoke.", to="entities"),
            Column("spoken", "When this voice spoke, where that is known. In EDTF (ISO 8601-2)."),
            Column("source", "The source in which this voice's own words are stored.", to="sources"),
        ),
        ("citation", "chain", "position"),
        _KINDS,
        _hops,
        facets=("who",),
        joins=(Reference(("citation", "chain"), "chains", ("citation", "position")),),
    ),
)
