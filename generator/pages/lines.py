"""How one record stands in a list on another's page: its link with the little that tells it apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.derive.flags import FLAGS
from generator.derive.naming import cite_source, name_record
from generator.derive.timeline import ENTITY_FROM
from generator.dialect import prose_plain
from generator.pages.planned import once, shorten
from generator.paths import Link, page_path, timeline_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.dates import When
    from generator.derive.standing import Flag
    from generator.pages.planned import Site
    from generator.vocabulary import Term, Verdict

_HINT = 110


class ClaimLine(NamedTuple):
    """A claim in a list.

    Attributes:
        flags: labels; that a refuted claim has a single origin is left to its own page: beside the verdict it would
            read as if the refutation had.
    """

    id: str
    link: Link
    verdict: Verdict
    kind: Term
    when: When | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list, in brief, or on a timeline, with all that is told of it there.

    Attributes:
        weight: how many claims it rests on.
        where: the place, on a timeline.
        summary: prose, on a timeline, or the empty string.
        claims: the claims it rests on, on a timeline.
    """

    id: str
    link: Link
    when: When
    phase: str
    phase_word: str
    weight: int
    where: Link | None = None
    summary: str = ""
    claims: tuple[ClaimLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a list.

    Attributes:
        cited: how many claims and events cite it.
        hint: for a source without a title, the beginning of what it says.
    """

    id: str
    link: Link
    outlet: str
    when: When | None
    genre: str
    language: str
    stored: str
    cited: int
    hint: str


def link_to(site: Site, kind: str, one: str, anchor: str = "") -> Link:
    """Link to a record's page by its name."""
    if kind == "source":
        return source_link(site, one, anchor)
    return Link(page_path(kind, one), name_record(site.library, kind, one), anchor)


def source_link(site: Site, one: str, anchor: str = "") -> Link:
    """Link to a source by its title in the title's language, or by its outlet and date where it has none."""
    link = _source_link(site, one)
    return Link(link.path, link.label, anchor, link.language) if anchor else link


@once
def _source_link(site: Site, one: str) -> Link:
    source = site.library.sources[one]
    foreign = source.title and source.language.split("-")[0] != site.library.settings.languages[0].split("-")[0]
    label = source.title or cite_source(site.library, source)
    return Link(page_path("source", one), label, language=source.language if foreign else "")


@once
def cited_as(site: Site, one: str) -> str:
    """Name a source as in a citation: `Interfax, 22 May 2025`, without its title."""
    return cite_source(site.library, site.library.sources[one])


def links_to(site: Site, kind: str, ids: Iterable[str]) -> tuple[Link, ...]:
    """Link to several records of a kind."""
    return tuple(link_to(site, kind, one) for one in ids)


def flags_of(site: Site, one: str) -> tuple[Flag, ...]:
    """List the flags that a claim shows in lists; see `ClaimLine` for the one that is left out."""
    verdict = site.library.claims[one].verdict
    return tuple(
        flag
        for flag in site.views.standings[one].flags
        if flag != "single-origin" or site.library.vocabulary.rule_of(verdict) != "bar-against"
    )


def claim_line(site: Site, one: str, anchor: str = "") -> ClaimLine:
    """Describe a claim in a list."""
    line = _claim_line(site, one)
    return line._replace(link=Link(line.link.path, line.link.label, anchor)) if anchor else line


@once
def _claim_line(site: Site, one: str) -> ClaimLine:
    claim = site.library.claims[one]
    words = site.library.vocabulary
    return ClaimLine(
        one,
        link_to(site, "claim", one),
        words.verdicts[claim.verdict],
        words.kinds[claim.kind],
        claim.when,
        tuple(FLAGS[flag][0] for flag in flags_of(site, one)),
    )


def claim_lines(site: Site, ids: Iterable[str]) -> tuple[ClaimLine, ...]:
    """Describe several claims."""
    return tuple(claim_line(site, one) for one in ids)


@once
def event_line(site: Site, one: str) -> EventLine:
    """Describe an event in a list, in brief."""
    event = site.library.events[one]
    phase = site.library.vocabulary.phases[event.phase].label
    link = Link(page_path("event", one), event.title)
    return EventLine(one, link, event.when, event.phase, phase, len(event.rests_on))


def source_line(site: Site, one: str) -> SourceLine:
    """Describe a source in a list."""
    source = site.library.sources[one]
    citing = {(r.kind, r.id) for r in site.library.references_to("source", one) if r.role in ("seen", "evidence")}
    return SourceLine(
        one,
        source_link(site, one),
        name_record(site.library, "entity", source.outlet) if source.title else "",
        source.dated,
        site.library.vocabulary.genres[source.genre].label,
        source.language,
        source.stored,
        len(citing),
        "" if source.title or not source.summary else shorten(prose_plain(source.summary), _HINT),
    )


def timeline_link(site: Site, kind: str, one: str) -> Link | None:
    """Link to the timeline of a topic or entity, where it has one."""
    timelines = site.views.timelines
    events = (timelines.of_topic if kind == "topic" else timelines.of_entity).get(one, ())
    if len(events) < (1 if kind == "topic" else ENTITY_FROM):
        return None
    return Link(timeline_path(kind, one), f"Timeline: {name_record(site.library, kind, one)}")
