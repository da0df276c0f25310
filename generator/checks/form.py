"""Rules 13 and 14, and the form of records where it depends on other records."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from generator import quotations
from generator.checks.links import ALLOWED, find_faults, page_problem
from generator.checks.rule import Context, Finding
from generator.derive import root_of
from generator.diagnostics import Place
from generator.dialect import body_links, link_problem
from generator.records import Claim, Entity, Event, Source, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.records import Record


def check_as_stated(context: Context) -> Iterator[Finding]:
    """Find events whose `as_stated` stands in none of the quotations they rest on."""
    for event in context.scope.events:
        if event.as_stated is None:
            continue
        claims = [context.library.claims[one] for one in event.rests_on if one in context.library.claims]
        if len(claims) < len(event.rests_on):
            continue  # a claim that could not be read may hold the words
        quotes = [item.quote for claim in claims for _, _, item in claim.cited] + [
            item.quote for item in event.evidence
        ]
        if not any(quotations.stands_in(event.as_stated, quotations.fold(quote)) for quote in quotes if quote):
            yield Finding(
                context.library.place("event", event.id, "as_stated"),
                f"“{event.as_stated}” stands in none of the quotations this event rests on.",
                "Copy the source's own date words, or remove the line.",
                event.as_stated,
            )


def check_event_basis(context: Context) -> Iterator[Finding]:
    """Find events that rest on nothing."""
    for event in context.scope.events:
        if not event.rests_on and not event.evidence:
            yield Finding(
                context.library.place("event", event.id),
                "This event rests on nothing.",
                "Add `rests_on: [claims]`, or `evidence:` as in a claim.",
            )


def check_citation(context: Context) -> Iterator[Finding]:
    """Find judged claims that are cited nowhere and for which nothing was searched."""
    for claim in context.scope.claims:
        judged = context.library.vocabulary.rule_of(claim.verdict) != "unjudged"
        if judged and not claim.seen and not claim.evidence and claim.searched is None:
            yield Finding(
                context.library.place("claim", claim.id),
                "Nothing shows where this claim is said or what bears on it.",
                "Add `seen:` or `evidence:`, or `searched:` where you looked and found nothing.",
            )


def check_parties(context: Context) -> Iterator[Finding]:
    """Find parties of a sheet that are not the root of a voice: nothing would ever stand in their column."""
    for topic in context.scope.topics:
        for index, party in enumerate(topic.parties):
            root = root_of(context.library.entities, party)
            if root != party:
                located = context.library.located["topic", topic.id]
                yield Finding(
                    located.place("parties", index),
                    f"`{party}` speaks with the voice of `{root}`, and origins are counted there.",
                    f"Write `{root}`.",
                    fix=located.document.rewrite((*located.loc, "parties", index), root)
                    if root not in topic.parties
                    else None,
                )


def check_stored(context: Context) -> Iterator[Finding]:
    """Find sources whose `stored` does not agree with the text that is there."""
    for source in context.scope.sources:
        has_text = source.id in context.library.texts
        if source.stored == "none" and has_text:
            yield Finding(
                context.library.place("source", source.id, "stored"),
                "`stored: none`, and there is a text below the fields.",
                "Write `whole` or `excerpt`, or remove the text.",
            )
        if source.stored != "none" and not has_text and source.id not in context.library.absent_texts:
            yield Finding(
                context.library.place("source", source.id, "stored"),
                f"`stored: {source.stored}`, and there is no text below the fields.",
                "Put the text below the second `---` of a Markdown file, or write `stored: none`.",
            )


def check_summary(context: Context) -> Iterator[Finding]:
    """Find sources without a stored text and without a summary."""
    for source in context.scope.sources:
        if source.id not in context.library.texts and not source.summary:
            yield Finding(
                context.library.place("source", source.id),
                "A source without a stored text needs a summary in our own words.",
                "Add `summary:`.",
            )


def check_entity_type(context: Context) -> Iterator[Finding]:
    """Find places that are not places and outlets that are not outlets."""
    entities = context.library.entities
    for event in context.scope.events:
        where = entities.get(event.where) if event.where else None
        if where is not None and where.type != "place":
            yield Finding(
                context.library.place("event", event.id, "where"),
                f"`{where.id}` is of type {where.type}; a place is expected here.",
                "Name a place, or leave the line out.",
            )
    for source in context.scope.sources:
        if source.outlet in entities and entities[source.outlet].type in ("place", "document"):
            yield Finding(
                context.library.place("source", source.id, "outlet"),
                f"`{source.outlet}` is of type {entities[source.outlet].type}; an outlet is expected here.",
                "Name the outlet, organisation or person who published it.",
            )


def check_same_entity(context: Context) -> Iterator[Finding]:
    """Find entities with the same Wikidata item, or with the same name and type and not two different items."""
    entities = tuple(context.library.entities.values())
    items: dict[str, Entity] = {}
    named: dict[tuple[str, str], Entity] = {}
    for entity in entities:
        name = (entity.type, " ".join(quotations.fold(entity.name).text.casefold().split()))
        twin = items.get(entity.wikidata or "") or named.get(name)
        if entity.wikidata:
            items.setdefault(entity.wikidata, entity)
        named.setdefault(name, entity)
        if twin is None or (entity.wikidata and twin.wikidata and entity.wikidata != twin.wikidata):
            continue
        field = "wikidata" if entity.wikidata and entity.wikidata == twin.wikidata else "name"
        yield Finding(
            context.library.place("entity", entity.id, field),
            f"`{entity.id}` and `{twin.id}` have the same {'Wikidata item' if field == 'wikidata' else 'name'}: {entity.wikidata if field == 'wikidata' else entity.name}.",
            f"Keep one of them, with `was: [{entity.id}]`; or tell them apart by their names or Wikidata items.",
        )


_PROSE = MappingProxyType(
    {
        Claim: ("says", "why"),
        Event: ("summary",),
        Topic: ("answer",),
        Source: ("summary",),
        Entity: ("description",),
    }
)
"""The prose of each kind of record that is one field; lists of it are gone through below."""


def _proses(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """List the prose of a record with its path."""
    # A watched record is of a class of its own, so the class is asked for and not looked up.
    for field in next((fields for model, fields in _PROSE.items() if isinstance(record, model)), ()):
        text = getattr(record, field)
        if text:
            yield (field,), text
    if isinstance(record, Claim):
        for field in ("missing", "unknown"):
            yield from (((field, index), text) for index, text in enumerate(getattr(record, field)))
        yield from (((field, index, "finding"), item.finding) for field, index, item in record.cited if item.finding)
        yield from ((("contradicts", i, "why"), rival.why) for i, rival in enumerate(record.contradicts) if rival.why)
        yield from ((("log", i, "note"), entry.note) for i, entry in enumerate(record.log) if entry.note)
    if isinstance(record, Event):
        yield from ((("evidence", i, "finding"), e.finding) for i, e in enumerate(record.evidence) if e.finding)


def _links_of_pages(context: Context) -> Iterator[Finding]:
    for page, document in context.scope.pages:
        for line, found in body_links(page.body):
            problem = link_problem(found) or page_problem(context, found)
            if problem:
                address = f"{found.scheme}:{found.target}" if found.scheme else found.target
                yield Finding(Place(document.path, document.body_line + line, 1), problem, ALLOWED, address)


def _links_of_corrections(context: Context) -> Iterator[Finding]:
    for correction, place in context.scope.corrections:
        for text in filter(None, (correction.was, correction.now, correction.why)):
            yield from (Finding(place, fault.problem, fault.help, fault.focus) for fault in find_faults(context, text))


def check_prose(context: Context) -> Iterator[Finding]:
    """Find prose with links of unknown schemes, images, or markup without end."""
    for located in context.scope.records:
        for path, text in _proses(located.record):
            for fault in find_faults(context, text):
                loc = (*located.loc, *path)
                fix = located.document.rewrite(loc, fault.mended) if fault.mended else None
                yield Finding(located.place(*path), fault.problem, fault.help, fault.focus, fix)
    yield from _links_of_pages(context)
    yield from _links_of_corrections(context)
