"""Every reference that a record makes, by field and through links in its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.dialect import prose_links
from generator.records import KINDS, Claim, Entity, Event, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.documents import Loc
    from generator.records import Hop, Record, Seen


class Mention(NamedTuple):
    """One reference as typed.

    Attributes:
        kind: kind of the record referred to.
        id: its id.
        path: the field in which it stands.
        role: the name under which the record referred to shows it.
    """

    kind: str
    id: str
    path: Loc
    role: str


def _ids(kind: str, ids: Sequence[str], field: str) -> Iterator[Mention]:
    for index, one in enumerate(ids):
        yield Mention(kind, one, (field, index), field)


def _maybe(kind: str, one: str | None, field: str) -> Iterator[Mention]:
    if one is not None:
        yield Mention(kind, one, (field,), field)


def _hops(hops: Sequence[Hop], path: Loc) -> Iterator[Mention]:
    for index, hop in enumerate(hops):
        for field, who in (("who", hop.who), ("claimed", hop.claimed)):
            if who is not None:
                yield Mention("entity", who, (*path, index, field), "chain")
        if hop.source is not None:
            yield Mention("source", hop.source, (*path, index, "source"), "chain")


def _chains(item: Seen, path: Loc) -> Iterator[Mention]:
    if item.chain is not None:
        yield from _hops(item.chain.hops, (*path, "chain"))
    for index, chain in enumerate(item.chains):
        yield from _hops(chain.hops, (*path, "chains", index))


def _citations(items: Sequence[Seen], field: str) -> Iterator[Mention]:
    for index, item in enumerate(items):
        yield Mention("source", item.source, (field, index, "in"), field)
        yield from _chains(item, (field, index))
        yield from _prose(item.finding, (field, index, "finding"))


def _prose(text: str | None, path: Loc) -> Iterator[Mention]:
    for found in prose_links(text) if text and ("](" in text or "<" in text) else ():
        if found.scheme in KINDS:
            yield Mention(found.scheme, found.target, path, "text")


def _of_source(source: Source) -> Iterator[Mention]:
    yield Mention("entity", source.outlet, ("outlet",), "outlet")
    yield from _ids("source", source.reprints, "reprints")
    yield from _prose(source.summary, ("summary",))


def _of_entity(entity: Entity) -> Iterator[Mention]:
    for field in ("speaks_for", "owned_by", "part_of"):
        for index, affiliation in enumerate(getattr(entity, field)):
            yield Mention("entity", affiliation.who, (field, index, "who"), field)
    yield from _prose(entity.description, ("description",))


def _of_claim(claim: Claim) -> Iterator[Mention]:
    yield from _ids("topic", claim.topics, "topics")
    yield from _ids("entity", claim.about, "about")
    yield from _ids("claim", claim.after, "after")
    yield from _maybe("entity", claim.speaker, "speaker")
    yield from _maybe("claim", claim.content, "content")
    yield from _citations(claim.seen, "seen")
    yield from _citations(claim.evidence, "evidence")
    for index, contradiction in enumerate(claim.contradicts):
        yield Mention("claim", contradiction.claim, ("contradicts", index, "claim"), "contradicts")
        yield from _prose(contradiction.why, ("contradicts", index, "why"))
    yield from _maybe("claim", claim.superseded_by, "superseded_by")
    yield from _maybe("claim", claim.outcome, "outcome")
    yield from _ids("claim", claim.implies, "implies")
    yield from _prose(claim.says, ("says",))
    yield from _prose(claim.why, ("why",))
    for field in ("missing", "unknown"):
        for index, text in enumerate(getattr(claim, field)):
            yield from _prose(text, (field, index))
    for index, entry in enumerate(claim.log):
        yield from _prose(entry.note, ("log", index, "note"))
        if entry.was is not None:
            yield from _prose(entry.was.says, ("log", index, "was", "says"))
            yield from _prose(entry.was.why, ("log", index, "was", "why"))


def _of_event(event: Event) -> Iterator[Mention]:
    yield from _maybe("entity", event.where, "where")
    yield from _ids("entity", event.involves, "involves")
    yield from _ids("topic", event.topics, "topics")
    yield from _ids("claim", event.rests_on, "rests_on")
    yield from _citations(event.evidence, "evidence")
    yield from _maybe("event", event.part_of, "part_of")
    yield from _prose(event.summary, ("summary",))


def _of_topic(topic: Topic) -> Iterator[Mention]:
    yield from _ids("claim", topic.lead, "lead")
    yield from _ids("entity", topic.parties, "parties")
    for row, question in enumerate(topic.questions):
        for index, claim in enumerate(question.claims):
            yield Mention("claim", claim, ("questions", row, "claims", index), "questions")
    yield from _prose(topic.answer, ("answer",))


def references(record: Record) -> Iterator[Mention]:
    """List every reference a record makes, in the order of its fields."""
    if isinstance(record, Claim):
        yield from _of_claim(record)
    elif isinstance(record, Source):
        yield from _of_source(record)
    elif isinstance(record, Entity):
        yield from _of_entity(record)
    elif isinstance(record, Event):
        yield from _of_event(record)
    elif isinstance(record, Topic):
        yield from _of_topic(record)
