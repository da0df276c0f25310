"""The claims explorer: every claim with what is computed about it, by fact sheet, to be narrowed down, ordered and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from generator.derive import count, label_said
from generator.derive.flags import FLAGS
from generator.derive.said import Reach, Said
from generator.derive.sheet import Group, group_by_verdict
from generator.pages.choices import Facet, Item, date_keys, filters_payload, topic_facet, year_facet
from generator.pages.facets import year_words
from generator.pages.lines import ClaimLine, claim_line, flags_of, link_to
from generator.pages.parts import MOST, Section, empty, leaf_through, parts_of
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.topic import verdict_bar
from generator.paths import CLAIMS, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.records import Claim
    from generator.vocabulary import Verdict

_MOST_NAMES = 20
_MOST_SHEETS = 50
_NO_VOICES = ("place", "document")
NO_SHEET = "no-sheet-"
"""What stands for the claims that are on no fact sheet; no id ends in a hyphen."""
_ORDERS = (
    ("", "As on the fact sheets"),
    ("-date", "Newest first"),
    ("date", "Oldest first"),
    ("verdict", "By verdict"),
    ("-count", "Most origins"),
)
_REACHES = {reach: label_said(Said(reach)).partition(",")[0] for reach in get_args(Reach)}


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in the explorer.

    Attributes:
        line: as in any list.
        facts: its kind, the badge *Was it said?*, reports and origins (`3 reports, 1 origin`) and flags, in words.
        item: what it carries for the filters.
    """

    line: ClaimLine
    facts: tuple[str, ...]
    item: Item


Entry = tuple[Group, Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The claims of one fact sheet, or of none.

    Attributes:
        section: its rows, or the pages that have them.
        link: to the sheet; None for claims that are on none.
        bar: how many claims have which verdict.
    """

    section: Section[Entry]
    link: Link | None
    bar: tuple[tuple[Verdict, int], ...]

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Row, ...]], ...]:
        """The rows by what their verdicts say."""
        runs = groupby(self.section.rows, key=lambda entry: entry[0])
        return tuple((group, tuple(row for _, row in entries)) for group, entries in runs)


def _tally(reports: int, origins: int) -> str:
    goes_back = count(origins, "origin", "origins") if origins else "no origin"
    return f"{count(reports, 'report', 'reports')}, {goes_back}" if reports else "no report"


def _row(site: Site, claim: Claim) -> Row:
    standing = site.views.standings[claim.id]
    # As the badge has it, and the flag for a single origin: the evidence for it, or else all that says so.
    tally = standing.support if standing.support.origins else standing.reports
    reports, origins = tally.reports, len(tally.origins)
    item = Item(
        claim.id,
        {
            "verdict": (claim.verdict,),
            "kind": (claim.kind,),
            "topic": claim.topics,
            "said": (standing.said.reach,),
            "status": flags_of(site, claim.id),
            "year": year_words(claim.when),
            "entity": tuple(dict.fromkeys([*([claim.speaker] if claim.speaker else []), *claim.about])),
        },
        {**date_keys(claim.when), "count": str(origins)},
    )
    said, line = label_said(standing.said), claim_line(site, claim.id)
    marks = tuple(flag for flag in line.flags if flag != said)
    return Row(line, (line.kind.label, said, _tally(reports, origins), *marks), item)


def _facets(site: Site, items: Sequence[Item]) -> tuple[Facet, ...]:
    library, words = site.library, site.library.vocabulary
    topics = {topic for item in items for topic in item.facets["topic"]}
    about = sorted({one for item in items for one in item.facets["entity"]})
    voices = {one: library.entities[one].name for one in about if library.entities[one].type not in _NO_VOICES}
    return (
        Facet(
            "verdict",
            "Verdict",
            {word: verdict.label for word, verdict in words.verdicts.items()},
            {word: verdict.sign for word, verdict in words.verdicts.items()},
        ),
        Facet("kind", "Kind", {word: term.label for word, term in words.kinds.items()}),
        topic_facet(site, items, most=_MOST_NAMES if len(topics) > _MOST_NAMES else 0),
        Facet("said", "Was it said?", _REACHES),
        Facet("status", "Marked as", {flag: label for flag, (label, _) in FLAGS.items()}),
        year_facet(items),
        Facet("entity", "Who", voices, most=_MOST_NAMES, noun="people and organisations"),
    )


def _filters(site: Site, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    items = list({row.item.key: row.item for sheet in sheets for _, row in sheet.section.rows}.values())
    return filters_payload(
        items,
        _facets(site, items),
        target="claims-list",
        one="claim",
        many="claims",
        orders=_ORDERS,
        csv="claims.csv",
    )


def _claims_of(site: Site, sheet: str) -> tuple[Claim, ...]:
    """Give the claims of a fact sheet, or those of none."""
    if sheet != NO_SHEET:
        return site.views.claims_of[sheet]
    return tuple(claim for claim in site.library.claims.values() if not claim.topics)


def _sheet(site: Site, one: str, *, with_rows: bool) -> Sheet:
    """Describe the claims of a fact sheet; where it has a list of its own, the list of all needs no rows."""
    claims = _claims_of(site, one)
    link = link_to(site, "topic", one) if one != NO_SHEET else None
    groups = group_by_verdict(site.library, claims) if with_rows else ()
    rows = [(group, _row(site, site.library.claims[claim])) for group in groups for claim in group.claims]
    section = Section(one, link.label if link else "On no fact sheet", tuple(rows), len(claims))
    return Sheet(section, link, verdict_bar(site, claims))


def _is_split(site: Site, most: int) -> bool:
    return len(site.library.claims) > most


def _leave_out(section: Section[Entry], most: int) -> Section[Entry]:
    """Leave the claims of a fact sheet to their own pages; the name of the sheet itself leads to the sheet."""
    emptied = empty(section, CLAIMS, most)
    return replace(emptied, parts=tuple(Link(part.path, f"Claims: {part.label}") for part in emptied.parts))


def plan_claims(site: Site, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the list of claims; above so many each fact sheet has a list, and this page leads to them."""
    library, is_split = site.library, _is_split(site, most)
    ids = [one for one in (*library.topics, NO_SHEET) if _claims_of(site, one)]
    for leaf in leaf_through(ids, CLAIMS, "Fact sheets", _MOST_SHEETS if is_split else max(1, len(ids))):
        sheets = [_sheet(site, one, with_rows=not is_split) for one in leaf.rows]
        if is_split:
            sheets = [replace(sheet, section=_leave_out(sheet.section, most)) for sheet in sheets]
        total = sum(sheet.section.total for sheet in sheets) if leaf.range else len(library.claims)
        yield plan_page(
            leaf.path,
            "claims",
            f"Claims: fact sheets {leaf.range}" if leaf.range else "Claims",
            kind="list",
            description=f"All {count(total, 'claim', 'claims')}, by fact sheet and verdict.",
            crumbs=(Link(CLAIMS, "Claims"),) if leaf.range else (),
            scripts=() if is_split else ("lists",),
            total=total,
            bar=() if leaf.range else verdict_bar(site, library.claims.values()),
            sheets=sheets,
            parts=leaf.parts,
            filters=_filters(site, sheets),
        )


def plan_claims_of(site: Site, one: str, most: int = MOST) -> Iterator[PlannedPage]:
    """Plan the list of the claims of one fact sheet, or of none, where it has a list of its own.

    Args:
        site: the records and views.
        one: the fact sheet, or `NO_SHEET`.
        most: so many claims stand on one page; up to so many in all, there is one list only.
    """
    if not _is_split(site, most):
        return
    whole = _sheet(site, one, with_rows=True)
    for part in parts_of(whole.section, CLAIMS, most):
        sheet = replace(whole, section=part.section)
        yield plan_page(
            part.path,
            "claims",
            f"Claims: {part.title}",
            kind="list",
            description=f"{count(len(part.section.rows), 'claim', 'claims')} by verdict.",
            crumbs=(Link(CLAIMS, "Claims"),),
            scripts=("lists",),
            total=len(part.section.rows),
            bar=(),
            sheets=(sheet,),
            parts=(),
            filters=_filters(site, (sheet,)),
        )
