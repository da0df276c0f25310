"""A fact sheet: question, answer, what is known, disputed and not known, the timeline, the claims, the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.derive.disputes import is_contested
from generator.derive.sheet import count_verdicts, group_by_verdict, last_checked
from generator.pages.lines import ClaimLine, claim_line, event_line, source_line, timeline_link
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import list_referrers
from generator.paths import TOPICS, Link, matrix_path, page_path

if TYPE_CHECKING:
    from datetime import date

    from generator.derive.sheet import Group
    from generator.pages.lines import EventLine, SourceLine
    from generator.records import Claim, Topic
    from generator.vocabulary import Verdict

_OPEN = 8
"""So many claims of a group are shown at once; the rest unfold."""
_OPEN_EVENTS = 12
_SHOWN = frozenset({"topics"})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A claim on a fact sheet.

    Attributes:
        claim: the claim.
        rivals: the claims it conflicts with.
        unknown: what is not known (prose), for claims that could not be judged.
    """

    claim: ClaimLine
    rivals: tuple[ClaimLine, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Claims of one kind of verdict, the first few shown at once.

    Attributes:
        group: the kind of verdict.
        above: how many of them stand among the main points and are not listed again.
        first: those shown at once.
        rest: those that unfold.
    """

    group: Group
    above: int
    first: tuple[SheetLine, ...]
    rest: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A fact sheet as the home page and the list of sheets show it."""

    link: Link
    topic: Topic
    bar: tuple[tuple[Verdict, int], ...]
    claims: int
    events: int
    checked: date | None


def claims_of(site: Site, topic: Topic) -> list[Claim]:
    """List the claims that belong to a fact sheet."""
    return [claim for claim in site.library.claims.values() if topic.id in claim.topics]


def verdict_bar(site: Site, claims: list[Claim]) -> tuple[tuple[Verdict, int], ...]:
    """Count claims by verdict for the picture."""
    words = site.library.vocabulary
    return tuple((words.verdicts[word], number) for word, number in count_verdicts(words, claims))


def sheet_link(site: Site, topic: Topic) -> SheetLink:
    """Describe a fact sheet in a list."""
    claims = claims_of(site, topic)
    return SheetLink(
        Link(page_path("topic", topic.id), topic.title),
        topic,
        verdict_bar(site, claims),
        len(claims),
        len(site.views.timelines.of_topic.get(topic.id, ())),
        last_checked(claims),
    )


def _line(site: Site, group: Group, one: str) -> SheetLine:
    rivals = (
        [r.claim for r in site.library.rivals.get(one, ()) if r.manner == "rival"] if group.id == "disputed" else []
    )
    unknown = site.library.claims[one].unknown[:1] if group.id == "not-known" else ()
    return SheetLine(claim_line(site, one), tuple(claim_line(site, rival) for rival in rivals), unknown)


def _sections(site: Site, topic: Topic, claims: list[Claim]) -> tuple[Section, ...]:
    sections = []
    asked = (one for question in topic.questions for one in question.claims)
    for group in group_by_verdict(site.library, claims, dict.fromkeys((*topic.lead, *asked))):
        every = tuple(_line(site, group, one) for one in group.claims)
        lines = tuple(line for line in every if line.claim.id not in topic.lead or line.rivals or line.unknown)
        cut = _OPEN if len(lines) > _OPEN + 1 else len(lines)
        sections.append(Section(group, len(every) - len(lines), lines[:cut], lines[cut:]))
    return tuple(sections)


def _sources(site: Site, claims: list[Claim]) -> tuple[SourceLine, ...]:
    """List the sources of a sheet, those with a stored text first, then those that most claims cite."""
    counts: dict[str, int] = {}
    for claim in claims:
        for one in dict.fromkeys(item.source for _, _, item in claim.cited):
            counts[one] = counts.get(one, 0) + 1
    order = sorted(counts, key=lambda one: (one not in site.library.texts, -counts[one], one))
    return tuple(source_line(site, one) for one in order)


def _cut(events: tuple[EventLine, ...]) -> tuple[tuple[EventLine, ...], tuple[EventLine, ...]]:
    cut = _OPEN_EVENTS if len(events) > _OPEN_EVENTS + 1 else len(events)
    return events[:cut], events[cut:]


def plan_topic(site: Site, topic: Topic) -> PlannedPage:
    """Plan one fact sheet."""
    claims = claims_of(site, topic)
    events = tuple(event_line(site, one) for one in site.views.timelines.of_topic.get(topic.id, ()))
    first_events, more_events = _cut(events)
    matrix = site.views.matrices[topic.id]
    return plan_page(
        page_path("topic", topic.id),
        "topic",
        topic.title,
        kind="topic",
        description=topic.question,
        crumbs=(Link(TOPICS, "Fact sheets"),),
        facets={"kind": ["Fact sheet"], "topic": [topic.title]},
        topic=topic,
        bar=verdict_bar(site, claims),
        claims=len(claims),
        checked=last_checked(claims),
        lead=tuple(claim_line(site, one) for one in topic.lead),
        sections=_sections(site, topic, claims),
        first_events=first_events,
        more_events=more_events,
        timeline=timeline_link(site, "topic", topic.id),
        questions=tuple(
            (Link(matrix_path(topic.id), row.question.text, row.question.id), is_contested(site.library, row))
            for row in matrix.rows
        ),
        sources=_sources(site, claims),
        contact=site.library.settings.contact,
        referrers=list_referrers(site, "topic", topic.id, _SHOWN),
    )


def plan_topics(site: Site) -> PlannedPage:
    """Plan the list of fact sheets."""
    return plan_page(
        TOPICS,
        "topics",
        "Fact sheets",
        kind="list",
        description="Every question this site answers, with its claims counted by verdict.",
        sheets=tuple(sheet_link(site, topic) for topic in site.library.topics.values()),
    )
