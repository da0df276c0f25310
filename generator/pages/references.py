"""“Referred to by”: everything that refers to a record, in groups that say how."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive.naming import name_record
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.pages.parts import leaf_through
from generator.pages.planned import PlannedPage, plan_page
from generator.paths import Link, page_path

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from generator.pages.parts import Leaf
    from generator.pages.planned import Site

_TITLES: Mapping[tuple[str, str, str], str] = MappingProxyType(
    {
        ("entity", "claim", "speaker"): "Statements by {}",
        ("entity", "claim", "about"): "Claims about {}",
        ("entity", "claim", "chain"): "Claims that came by way of {}",
        ("entity", "event", "involves"): "Events with {}",
        ("entity", "event", "where"): "Events in {}",
        ("entity", "event", "chain"): "Events told by {}",
        ("entity", "source", "outlet"): "Sources published by {}",
        ("entity", "entity", "speaks_for"): "Voices of {}",
        ("entity", "entity", "owned_by"): "Owned by {}",
        ("entity", "entity", "part_of"): "Parts of {}",
        ("entity", "topic", "parties"): "Fact sheets that compare what {} says",
        ("claim", "claim", "content"): "Statements that make this claim",
        ("claim", "claim", "contradicts"): "Claims that contradict it",
        ("claim", "claim", "superseded_by"): "Claims that this one has outdated",
        ("claim", "claim", "outcome"): "Forecasts that it settles",
        ("claim", "claim", "implies"): "Opinions that take it for granted",
        ("claim", "claim", "after"): "Claims that come after it",
        ("claim", "event", "rests_on"): "Events that rest on it",
        ("claim", "topic", "lead"): "Fact sheets",
        ("claim", "topic", "questions"): "Fact sheets",
        ("source", "claim", "seen"): "Claims it makes",
        ("source", "claim", "evidence"): "Claims it bears on",
        ("source", "claim", "chain"): "Claims in whose chain it stands",
        ("source", "event", "evidence"): "Events it bears on",
        ("source", "source", "reprints"): "Sources that repeat it",
        ("event", "event", "part_of"): "Parts of it",
        ("topic", "claim", "topics"): "Claims on this sheet",
        ("topic", "event", "topics"): "Events on this sheet",
    }
)
_OTHER = "Mentioned by"
_MOST = 200
"""So many records of a group are listed; the others stand on further pages, as many on each."""


@dataclass(frozen=True, slots=True)
class Referrers:
    """Records that refer to this one in the same way.

    Attributes:
        title: how they refer to it.
        anchor: the address of the group on the page.
        claims: claims among them, as many as are listed.
        links: records of the other kinds, as many as are listed.
        count: how many there are.
        every: the first page of those that are not listed; None where all are.
        further: the pages of those that are not listed.
    """

    title: str
    anchor: str
    claims: tuple[ClaimLine, ...]
    links: tuple[Link, ...]
    count: int
    every: Link | None = None
    further: tuple[PlannedPage, ...] = ()

    @property
    def listed(self) -> int:
        """How many are listed."""
        return len(self.claims) + len(self.links)


_STATEMENTS = _TITLES["entity", "claim", "speaker"]
_ANCHORS = {
    title: f"referred-{kind}-{role.replace('_', '-')}" for (_, kind, role), title in reversed([*_TITLES.items()])
}
_ORDER = (*dict.fromkeys(_TITLES.values()), _OTHER)

_Groups = dict[str, dict[tuple[str, str], None]]


def _without_statements(groups: _Groups) -> _Groups:
    """List a statement under its speaker only: it is about them and came by way of them too."""
    statements = groups.get(_STATEMENTS, {})
    rest = {
        title: {referrer: None for referrer in members if title == _STATEMENTS or referrer not in statements}
        for title, members in groups.items()
    }
    return {title: members for title, members in rest.items() if members}


def list_referrers(site: Site, kind: str, one: str, shown: Container[str] = ()) -> tuple[Referrers, ...]:
    """Group what refers to a record by the way it does, in the order of the table above.

    Args:
        site: the records and views.
        kind: kind of the record.
        one: its id.
        shown: roles that the page shows elsewhere.
    """
    groups: _Groups = {}
    references = site.library.references_to(kind, one)
    by_field = {(r.kind, r.id) for r in references if r.role != "text"}
    for reference in references:
        if reference.role in shown or (reference.role == "text" and (reference.kind, reference.id) in by_field):
            continue
        title = _TITLES.get((kind, reference.kind, reference.role), _OTHER)
        groups.setdefault(title, {})[reference.kind, reference.id] = None
    if kind == "entity":
        groups = _without_statements(groups)
    name = name_record(site.library, kind, one)
    home = Link(page_path(kind, one), name)
    return tuple(
        _describe(
            site, home, title.replace("{}", name), _ANCHORS.get(title, "referred-mentioned"), tuple(groups[title])
        )
        for title in sorted(groups, key=_ORDER.index)
    )


def further_of(referrers: Sequence[Referrers]) -> tuple[PlannedPage, ...]:
    """Gather the pages of all that is not listed."""
    return tuple(page for group in referrers for page in group.further)


def _describe(site: Site, home: Link, title: str, anchor: str, members: Sequence[tuple[str, str]]) -> Referrers:
    claims, links = _lines(site, members[:_MOST])
    if len(members) <= _MOST:
        return Referrers(title, anchor, claims, links, len(members))
    first = f"{home.path.removesuffix('.md')}/{anchor}.md"
    leaves = leaf_through(members[_MOST:], first, title, _MOST, before=_MOST)
    further = tuple(_plan_leaf(site, home, title, leaf) for leaf in leaves)
    return Referrers(title, anchor, claims, links, len(members), Link(first, "a list of their own"), further)


def _plan_leaf(site: Site, home: Link, title: str, leaf: Leaf[tuple[str, str]]) -> PlannedPage:
    """Plan a page of those that the record's own page does not list."""
    claims, links = _lines(site, leaf.rows)
    heading = f"{title}, {leaf.range}"
    return plan_page(
        leaf.path,
        "referrers",
        f"{home.label}: {heading}",
        kind="list",
        crumbs=(home,),
        heading=heading,
        lines=claims,
        links=links,
        parts=leaf.parts,
    )


def _lines(site: Site, members: Sequence[tuple[str, str]]) -> tuple[tuple[ClaimLine, ...], tuple[Link, ...]]:
    return (
        tuple(claim_line(site, one) for kind, one in members if kind == "claim"),
        tuple(link_to(site, kind, one) for kind, one in members if kind != "claim"),
    )
