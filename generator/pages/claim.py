"""The page of a claim: two badges, why, the words in their sources, the evidence, what is not known, the history."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive import Cited, explain_reports, label_said
from generator.derive.flags import FLAGS
from generator.dialect import prose_plain
from generator.pages.attribution import draw_ways
from generator.pages.citations import Citation, cite
from generator.pages.cite import cite_claim
from generator.pages.facets import entities_of, year_words
from generator.pages.lines import ClaimLine, claim_line, event_line, link_to, links_to
from generator.pages.nearest import explain_nearest
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import further_of, list_referrers
from generator.pages.travel import date_together, retrace
from generator.pages.ways import sides_of
from generator.paths import CLAIMS, METHOD, Link, page_path

if TYPE_CHECKING:
    from generator.derive import Tally
    from generator.records import Claim, LogEntry, Seen
    from generator.vocabulary import Term, Verdict

_SHOWN = frozenset({"contradicts", "rests_on", "superseded_by", "content"})
_ON_SHEET = frozenset({"lead", "questions"})
_THOUSANDS = re.compile(r"(?<![\d.,])\d{4,}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence of one stance.

    Attributes:
        id: an anchor.
        stance: the word of the vocabulary.
        summary: reports and origins in one sentence; empty where the badge says it; for context, which is not counted,
            what it is.
        citations: the items.
    """

    id: str
    stance: Term
    summary: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """A claim that contradicts this one.

    Attributes:
        claim: the other claim.
        is_rival: it cannot be so together with this one; otherwise it counts something else.
        why: what sets them apart (prose), or the empty string.
    """

    claim: ClaimLine
    is_rival: bool
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One entry of the history."""

    entry: LogEntry
    verdict: Verdict


def _sides(site: Site, claim: Claim, *, is_told: bool) -> tuple[Side, ...]:
    """Describe the evidence; the badge may have told already how many reports and origins there are."""
    standing = site.views.standings[claim.id]
    tallies: dict[str, Tally] = {"supports": standing.support, "refutes": standing.against}
    sides = []
    for stance, term in site.library.vocabulary.stances.items():
        items = [(index, item) for index, item in enumerate(claim.evidence) if item.stance == stance]
        if not items:
            continue
        tally = tallies.get(stance)
        citations = tuple(
            cite(
                site,
                Cited("claim", claim.id, "evidence", index),
                item,
                counts=tally is None or place not in tally.uncounted,
            )
            for place, (index, item) in enumerate(items)
        )
        summary = term.definition
        if tally:
            summary = "" if is_told else explain_reports(site.library, tally)
        sides.append(Side(stance, term, summary, citations))
    return tuple(sides)


def _so_why(site: Site, claim: Claim) -> tuple[tuple[str, str], ...]:
    """Say in a sentence each what was found for and against a claim; an opinion or forecast has its definition."""
    vocabulary, standing = site.library.vocabulary, site.views.standings[claim.id]
    if vocabulary.rule_of(claim.verdict) in ("not-judged", "unjudged"):
        return ()
    return tuple(
        (vocabulary.stances[stance].label, explain_reports(site.library, tally))
        for stance, tally in (("supports", standing.support), ("refutes", standing.against))
        if tally.reports
    )


def _reports(site: Site, claim: Claim) -> str:
    """Say how many reports and origins there are, unless the evidence for the claim counts the same ones below."""
    standing = site.views.standings[claim.id]
    reports = explain_reports(site.library, standing.reports)
    if not standing.support.reports:
        return reports
    if reports == explain_reports(site.library, standing.support):
        return ""
    return f"With the evidence for it, {reports}"


def _seen(site: Site, claim: Claim) -> tuple[Citation, ...]:
    """Describe where a claim is said; what stands in our words under the evidence once more is only named."""
    path = page_path("claim", claim.id)
    citations = []
    for index, item in enumerate(claim.seen):
        twin = _find_twin(claim, item) if item.finding is not None else 0
        repeated = Link(path, "in full below", f"evidence-{twin}") if twin else None
        citations.append(cite(site, Cited("claim", claim.id, "seen", index), item, repeated=repeated))
    return tuple(citations)


def _find_twin(claim: Claim, item: Seen) -> int:
    """Give the number of the evidence that says the same in the same way; 0 where there is none."""
    told = (item.source, item.finding, item.paths)
    return next((i for i, e in enumerate(claim.evidence, 1) if told == (e.source, e.finding, e.paths)), 0)


def _opposites(site: Site, claim: Claim) -> tuple[Opposite, ...]:
    return tuple(
        Opposite(claim_line(site, rival.claim), rival.manner == "rival", rival.why or "")
        for rival in site.library.rivals.get(claim.id, ())
    )


def _outdated(site: Site, claim: Claim) -> tuple[ClaimLine, ...]:
    """List the claims that this one has outdated."""
    references = site.library.references_to("claim", claim.id)
    return tuple(claim_line(site, r.id) for r in references if r.role == "superseded_by")


def _stated_by(site: Site, claim: Claim) -> tuple[ClaimLine, ...]:
    """List the statements that make this claim."""
    references = site.library.references_to("claim", claim.id)
    return tuple(claim_line(site, r.id) for r in references if r.role == "content")


def _shown(site: Site, claim: Claim) -> frozenset[str]:
    """Give the roles in which records refer to a claim that its page shows above: its fact sheets head it."""
    sheets = {r.id for r in site.library.references_to("claim", claim.id) if r.role in _ON_SHEET}
    return _SHOWN | _ON_SHEET if sheets <= {*claim.topics} else _SHOWN


def _group_digits(number: re.Match[str]) -> str:
    return f"{int(number[0]):,}"


def _maybe_line(site: Site, one: str | None) -> ClaimLine | None:
    return claim_line(site, one) if one else None


def plan_claim(site: Site, claim: Claim) -> PlannedPage:
    """Plan the page of one claim."""
    library, standing = site.library, site.views.standings[claim.id]
    verdict = library.vocabulary.verdicts[claim.verdict]
    kind = library.vocabulary.kinds[claim.kind].label
    so_why, ways = _so_why(site, claim), sides_of(site, claim)
    referrers = list_referrers(site, "claim", claim.id, _shown(site, claim))
    return plan_page(
        page_path("claim", claim.id),
        "claim",
        prose_plain(claim.says),
        kind="claim",
        sign=verdict.sign,
        description=f"{verdict.label}. {prose_plain(claim.why or verdict.definition)}",
        crumbs=(Link(CLAIMS, "Claims"),),
        facets={
            "kind": [kind],
            "verdict": [verdict.label],
            "topic": [library.topics[one].title for one in claim.topics],
            "entity": entities_of(site, claim),
            "year": year_words(claim.when),
        },
        claim=claim,
        verdict=verdict,
        method=Link(METHOD, "What the verdicts mean", "verdicts"),
        kind_word=Link(METHOD, kind, "kinds"),
        topics=links_to(site, "topic", claim.topics),
        about=links_to(site, "entity", (one for one in claim.about if one != claim.speaker)),
        speaker=link_to(site, "entity", claim.speaker) if claim.speaker else None,
        so_why=so_why,
        said=label_said(standing.said),
        said_reach=standing.said.reach,
        said_why=explain_nearest(site, claim, standing.said),
        reports=_reports(site, claim),
        flags=tuple(FLAGS[flag] for flag in standing.flags),
        diagram=draw_ways(site, claim, ways),
        travel=retrace(site, claim, ways),
        together=date_together(site, ways),
        seen=_seen(site, claim),
        sides=_sides(site, claim, is_told=bool(so_why)),
        opposites=_opposites(site, claim),
        content=_maybe_line(site, claim.content),
        stated_by=_stated_by(site, claim),
        superseded_by=_maybe_line(site, claim.superseded_by),
        outdated=_outdated(site, claim),
        outcome=_maybe_line(site, claim.outcome),
        implies=tuple(claim_line(site, one) for one in claim.implies),
        events=tuple(event_line(site, one) for one in site.views.timelines.of_claim.get(claim.id, ())),
        history=tuple(Judgement(entry, library.vocabulary.verdicts[entry.verdict]) for entry in claim.log),
        checkers=", ".join(claim.checked.by) if claim.checked else "",
        computed=tuple(_THOUSANDS.sub(_group_digits, line) for line in claim.computed),
        cites=cite_claim(site, claim),
        contact=library.settings.contact,
        referrers=referrers,
        further=further_of(referrers),
    )
