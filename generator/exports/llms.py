"""A list of what there is, for programs that read text (https://llmstxt.org/): fact sheets, lists and data files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.dialect import escape, escape_address, prose_plain
from generator.exports.feeds import ATOM, JSON_FEED
from generator.exports.published import Leaf, LeafFile, Offer
from generator.paths import (
    CLAIMS,
    CONTRADICTIONS,
    CORRECTIONS,
    DATA,
    ENTITIES,
    EVENTS,
    METHOD,
    SOURCES,
    TIMELINE,
    TOPICS,
    hand_page_path,
    page_path,
    page_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.derive import Views
    from generator.link import Library

LLMS = "llms.txt"
MOST_SHEETS = 200
"""So many fact sheets are listed; the page of all has the others."""

_LISTS = (
    (TOPICS, "Fact sheets", "every fact sheet with its question"),
    (CLAIMS, "Claims", "every claim with its verdict"),
    (CONTRADICTIONS, "Contradictions", "who says what, question by question"),
    (TIMELINE, "Timeline", "events in the order in which they took place"),
    (EVENTS, "Events", "every event"),
    (SOURCES, "Sources", "every source that was read"),
    (ENTITIES, "Names", "people, organisations, outlets and places"),
    (METHOD, "Method", "how claims are checked, and the rules that the build enforces"),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A link of the list: its title, address and note, as plain text."""

    title: str
    address: str
    note: str


def _label(text: str) -> str:
    """Write text as Markdown that holds no bracket: simple readers of these lists end a title at the first one."""
    return escape(text).replace("\\[", "&#91;").replace("\\]", "&#93;")


def _write(plain: dict[str, Any]) -> str:
    blocks = [f"# {escape(plain['title'])}", f"> {escape(plain['description'])}", escape(plain["about"])]
    blocks.append("\n".join(f"- **{escape(label)}**: {escape(said)}" for label, said in plain["verdicts"]))
    for title, entries in plain["sections"]:
        lines = [f"- [{_label(one[0])}]({escape_address(one[1])}): {escape(one[2])}" for one in entries]
        blocks.append("\n".join((f"## {title}", "", *lines)))
    return "\n\n".join(blocks) + "\n"


def _make(library: Library, files: tuple[tuple[str, Offer], ...]) -> LeafFile:
    settings, topics = library.settings, [*library.topics.values()][:MOST_SHEETS]

    def at(path: str, title: str, note: str) -> _Entry:
        address = page_url(path) if path.endswith(".md") else path
        return _Entry(title, f"{settings.address}{address}", note)

    sections = {
        "Fact sheets": [at(page_path("topic", topic.id), topic.title, topic.question) for topic in topics],
        "Lists": [at(*one) for one in _LISTS],
        "Data": [
            at(DATA, "Data", "every data file, with its size and licence"),
            *(at(path, offer.title, offer.description) for path, offer in files),
        ],
        "Optional": [
            *(at(hand_page_path(page.id), page.title, page.description or page.title) for page, _ in library.pages),
            at(CORRECTIONS, "Corrections", "what was published and had to be changed, and why"),
            at(ATOM, "Feed of changes (Atom)", "the latest judgements and corrections"),
            at(JSON_FEED, "Feed of changes (JSON Feed)", "the same"),
        ],
    }
    plain = {
        "title": settings.title,
        "description": prose_plain(settings.description),
        "about": f"Published by {settings.publisher}. Licence: {settings.licence.name}. Each claim has one of these "
        "verdicts:",
        "verdicts": [[verdict.label, verdict.definition] for verdict in library.vocabulary.verdicts.values()],
        "sections": [
            [title, [[one.title, one.address, one.note] for one in entries]]
            for title, entries in sections.items()
            if entries
        ],
    }
    return LeafFile(LLMS, _write(plain), plain)


def list_for_models(files: Iterable[tuple[str, Offer]]) -> Leaf:
    """Offer the list.

    Args:
        files: the data files that it names, by path, each with what the Data page says of it.
    """
    named = tuple(files)

    def make(library: Library, _views: Views, _key: str) -> tuple[LeafFile, ...]:
        return (_make(library, named),)

    offer = Offer(
        "A list for language models",
        "What there is on this site, in the form of llmstxt.org: what the verdicts mean, the fact sheets, the lists and the "
        "data files.",
        "Whole data set",
    )
    return Leaf("llms", None, make, fixed={LLMS: offer})
