"""A fact sheet: question, answer, what is known, disputed and not known, the timeline, the claims, the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.derive.disputes import is_contested
from generator.derive.sheet import count_verdicts, group_by_verdict, last_checked
from generator.pages.changes import what_changed
from generator.pages.cite import cite_topic
from generator.pages.lanes import entries_of, lanes_payload
from generator.pages.lines import ClaimLine, claim_line, source_line, timeline_link
from generator.pages.parts import MOST, leaf_through, part_path
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.pages.references import further_of, list_referrers
from generator.paths import CLAIMS, SOURCES, TOPICS, Link, matrix_path, page_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from generator.derive.sheet import Group
    from generator.pages.lanes import Entry
    from generator.records import Claim, Topic
    from generator.vocabulary import Verdict

_OPEN = 6
"""So many claims of a group are shown at once; the rest unfold."""
_MOST = MOST
"""So many claims of a group stand on the sheet at all; a sheet with more has a list of claims of its own."""
_OPEN_EVENTS, _MOST_EVENTS = 12, 120
"""So many events are shown at once, and so many, the latest, stand on the sheet; its timeline has them all."""
_OPEN_SOURCES, _MOST_SOURCES = 6, 200
"""So many sources are shown at once, and so many stand on the sheet; the list of sources has them all."""
_GLANCED = {"we-know": 8, "is-disputed": 3, "we-do-not-know": 3}
"""So many claims stand at the top where fewer of them lead."""
_MOST_SHEETS = 50
"""So many fact sheets stand on one page of their list."""
_SHOWN = frozenset({"topics"})


class SheetLine(NamedTuple):
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
class Glance:
    """What a reader gets in ten seconds: the claims that lead, under what we know, what is disputed, what we do not know.

    Attributes:
        id: an anchor.
        title: a heading.
        lines: the claims.
        more: how many more the sheet lists below, under `group`.
        group: the anchor of the first such list.
    """

    id: str
    title: str
    lines: tuple[SheetLine, ...]
    more: int
    group: str


@dataclass(frozen=True, slots=True)
class Section:
    """Claims of one kind of verdict, the first few shown at once.

    Attributes:
        group: the kind of verdict.
        sign: of the verdict, where all of them have the same; the list tells it once then.
        above: how many of them stand at the top and are not listed again.
        first: those shown at once.
        rest: those that unfold.
        left: how many more only the list of claims has.
    """

    group: Group
    sign: str
    above: int
    first: tuple[SheetLine, ...]
    rest: tuple[SheetLine, ...]
    left: int


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A fact sheet as the home page and the list of sheets show it."""

    link: Link
    topic: Topic
    bar: tuple[tuple[Verdict, int], ...]
    claims: int
    events: int
    checked: date | None
    matrix: Link | None


def verdict_bar(site: Site, claims: Iterable[Claim]) -> tuple[tuple[Verdict, int], ...]:
    """Count claims by verdict for the picture."""
    words = site.library.vocabulary
    return tuple((words.verdicts[word], number) for word, number in count_verdicts(words, (c.verdict for c in claims)))


def sheet_link(site: Site, topic: Topic) -> SheetLink:
    """Describe a fact sheet in a list."""
    claims = site.views.claims_of[topic.id]
    return SheetLink(
        Link(page_path("topic", topic.id), topic.title),
        topic,
        verdict_bar(site, claims),
        len(claims),
        len(site.views.timelines.of_topic.get(topic.id, ())),
        last_checked(claims),
        Link(matrix_path(topic.id), "Who says what") if topic.questions else None,
    )


def _line(site: Site, one: str) -> SheetLine:
    rule = site.library.vocabulary.rule_of(site.library.claims[one].verdict)
    rivals = (
        [r.claim for r in site.library.rivals.get(one, ()) if r.manner == "rival"] if rule == "names-a-rival" else []
    )
    unknown = site.library.claims[one].unknown[:1] if rule == "lists-unknowns" else ()
    return SheetLine(claim_line(site, one), tuple(claim_line(site, rival) for rival in rivals), unknown)


_GLANCES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("we-know", "What we know", frozenset({"known", "refuted", "incomplete"})),
    ("is-disputed", "What is disputed", frozenset({"disputed"})),
    ("we-do-not-know", "What we do not know", frozenset({"not-known", "unchecked"})),
)


def _once(lines: Iterable[SheetLine]) -> tuple[SheetLine, ...]:
    """Leave out a claim that an earlier one names as its rival: the pair is told once."""
    told: set[str] = set()
    kept = []
    for line in lines:
        if line.claim.id not in told:
            kept.append(line)
            told |= {rival.id for rival in line.rivals}
    return tuple(kept)


def _glances(site: Site, topic: Topic, groups: tuple[Group, ...]) -> tuple[Glance, ...]:
    """Choose what stands at the top: the claims that lead; of the disputed and unknown the first few in any case."""
    glances = []
    for id_, title, held in _GLANCES:
        found = [group for group in groups if group.id in held]
        ids = [one for group in found for one in group.claims]
        leading = [one for one in topic.lead if one in ids]
        chosen = [*dict.fromkeys((*leading, *ids))][: max(len(leading), _GLANCED[id_])]
        lines = _once(_line(site, one) for one in chosen)
        if lines:
            shown = {line.claim.id for line in lines} | {rival.id for line in lines for rival in line.rivals}
            glances.append(Glance(id_, title, lines, len(set(ids) - shown), found[0].id))
    return tuple(glances)


def _section(site: Site, group: Group, above: frozenset[str]) -> Section:
    ids = [one for one in group.claims if one not in above] or group.claims
    signs = {site.library.vocabulary.verdicts[site.library.claims[one].verdict].sign for one in ids}
    lines = tuple(_line(site, one) for one in ids[:_MOST])
    cut = _OPEN if len(lines) > _OPEN + 1 else len(lines)
    return Section(
        group,
        signs.pop() if len(signs) == 1 else "",
        len(group.claims) - len(ids),
        lines[:cut],
        lines[cut:],
        len(ids) - len(lines),
    )


def _rank_sources(site: Site, claims: Iterable[Claim]) -> list[str]:
    """List the sources of a sheet, those with a stored text first, then those that most claims cite."""
    counts: dict[str, int] = {}
    for claim in claims:
        for one in dict.fromkeys(item.source for _, _, item in claim.cited):
            counts[one] = counts.get(one, 0) + 1
    return sorted(counts, key=lambda one: (one not in site.library.texts, -counts[one], one))


def _cut(events: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    cut = _OPEN_EVENTS if len(events) > _OPEN_EVENTS + 1 else len(events)
    return events[:cut], events[cut:]


def plan_topic(site: Site, topic: Topic) -> PlannedPage:
    """Plan one fact sheet."""
    claims = site.views.claims_of[topic.id]
    asked = (one for question in topic.questions for one in question.claims)
    groups = group_by_verdict(site.library, claims, dict.fromkeys((*topic.lead, *asked)))
    glances = _glances(site, topic, groups)
    above = frozenset(line.claim.id for glance in glances for line in glance.lines)
    sources = _rank_sources(site, claims)
    lines = tuple(source_line(site, one) for one in sources[:_MOST_SOURCES])
    ids = site.views.timelines.of_topic.get(topic.id, ())
    events = entries_of(site, ids[-_MOST_EVENTS:], first=max(1, len(ids) - _MOST_EVENTS + 1))
    first_events, more_events = _cut(events)
    matrix = site.views.matrices[topic.id]
    referrers = list_referrers(site, "topic", topic.id, _SHOWN)
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
        glances=glances,
        sections=tuple(_section(site, group, above) for group in groups),
        explorer=Link(part_path(CLAIMS, topic.id, 1), "the list of claims"),
        events_total=len(ids),
        lanes=lanes_payload(site, events, title=f"Timeline: {topic.title}"),
        first_events=first_events,
        more_events=more_events,
        timeline=timeline_link(site, "topic", topic.id),
        questions=tuple(
            (Link(matrix_path(topic.id), row.question.text, row.question.id), is_contested(site.library, row))
            for row in matrix.rows
        ),
        sources=sources,
        first_sources=lines[:_OPEN_SOURCES],
        more_sources=lines[_OPEN_SOURCES:],
        every_source=Link(SOURCES, "the list of sources"),
        changed=what_changed(site, topic),
        cites=cite_topic(site, topic, last_checked(claims)),
        contact=site.library.settings.contact,
        referrers=referrers,
        further=further_of(referrers),
    )


def plan_topics(site: Site, most: int = _MOST_SHEETS) -> Iterator[PlannedPage]:
    """Plan the list of fact sheets; above so many it goes on."""
    topics = tuple(site.library.topics.values())
    for leaf in leaf_through(topics, TOPICS, "Fact sheets", most):
        yield plan_page(
            leaf.path,
            "topics",
            f"Fact sheets, {leaf.range}" if leaf.range else "Fact sheets",
            kind="list",
            description="Every question this site answers, with its claims counted by verdict.",
            crumbs=(Link(TOPICS, "Fact sheets"),) if leaf.range else (),
            sheets=tuple(sheet_link(site, topic) for topic in leaf.rows),
            parts=leaf.parts,
        )
