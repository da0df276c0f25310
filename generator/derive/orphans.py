"""Records that nothing leads to: typed, and used nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.dialect import body_links, prose_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.link import Library


def _linked(library: Library) -> frozenset[tuple[str, str]]:
    """Gather what hand-written pages and corrections link to: the library's back-references are those of records."""
    texts = [text for item, _ in library.corrections for text in (item.was, item.now, item.why) if text]
    links = [link for page, _ in library.pages for _, link in body_links(page.body)]
    links += [link for text in texts if "](" in text for link in prose_links(text)]
    return frozenset((link.scheme, link.target) for link in links)


def find_orphans(library: Library) -> Iterator[tuple[str, str, str]]:
    """Find what is used nowhere, kind by kind; gives kind, id and why it counts as unused.

    Any reference is a use: a field, a hop of a chain, a link in prose, in a hand-written page or in a correction. A claim
    on a fact sheet is used, and so is an event in a topic or within a larger event; a topic is, if it has claims or events.
    """
    claims, events = library.claims.values(), library.events.values()
    used = set(_linked(library))
    used |= {("claim", claim.id) for claim in claims if claim.topics}
    used |= {("event", event.id) for event in events if event.topics or event.part_of}
    filled = {topic for claim in claims for topic in claim.topics} | {
        topic for event in events for topic in event.topics
    }
    for kind, records, why in (
        ("source", library.sources, "nothing cites it"),
        ("claim", library.claims, "it stands on no fact sheet, and nothing refers to it"),
        ("event", library.events, "it belongs to no fact sheet, and nothing refers to it"),
        ("entity", library.entities, "nothing refers to it"),
    ):
        unused = (one for one in records if (kind, one) not in used and not library.cited_by.get((kind, one)))
        yield from ((kind, one, why) for one in unused)
    yield from (("topic", one, "it has no claim and no event") for one in library.topics if one not in filled)
