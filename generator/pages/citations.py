"""A citation as a page shows it: the words or the finding, the source, and the way by which it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from generator import dates
from generator.pages.lines import cited_as, link_to, source_link
from generator.paths import METHOD, Link, leaf_path, page_path
from generator.records import Evidence

if TYPE_CHECKING:
    from generator.dates import When
    from generator.derive import Cited
    from generator.pages.planned import Site
    from generator.records import Chain, Hop, Seen, Source
    from generator.vocabulary import Term

Role = Literal["origin", "relay", "page"]


class Station(NamedTuple):
    """One stop on the way of a statement.

    Attributes:
        link: who it is; None for an unnamed voice or where no origin is given.
        words: what to print where there is no link.
        role: origin, relay, or the page it stands on.
        note: what else is known of the stop, in words.
        on: when this voice spoke, where it is known.
    """

    link: Link | None
    words: str
    role: Role
    note: str = ""
    on: When | None = None

    @property
    def told(self) -> str:
        """What is said of it in print; nothing of a page of which nothing else is known."""
        if self.role == "page" and not self.note and not self.on:
            return ""
        return ", ".join(filter(None, (self.role, self.note, dates.humanize(self.on) if self.on else "")))


class Citation(NamedTuple):
    """One citation.

    Attributes:
        anchor: its anchor on the page of the record that cites.
        here: the link to it.
        quote: the words, where the source's text may be shown.
        language: of the words.
        withheld: why the words are not shown; empty where they are, or where there are none.
        finding: our words (prose), where no text is stored.
        passage: the link to the passage on the source's page; None where nothing is quoted.
        source: the link to the source, by its title or its outlet and date.
        outlet: who published it, and when; empty where `source` says so already.
        routes: the ways by which it came, the origin first and the page last.
        basis: of evidence.
        discount: why it does not count, in print.
        counts: whether it goes back to an origin that counts.
        repeated: where the same words of ours stand on the page once more, in full.
    """

    anchor: str
    here: Link
    quote: str
    language: str
    withheld: str
    finding: str
    passage: Link | None
    source: Link
    outlet: str
    routes: tuple[tuple[Station, ...], ...]
    basis: Term | None = None
    discount: str = ""
    counts: bool = True
    repeated: Link | None = None

    @property
    def bases(self) -> Link:
        """Where the Method page says what a basis is."""
        return Link(METHOD, "What evidence rests on", "bases")


def _station(site: Site, hop: Hop, role: Role) -> Station:
    note = ""
    if hop.source is not None and hop.source in site.library.texts:
        note = "own words stored"
    if hop.claimed is not None:
        note = "known only from this text"
    who = hop.who or hop.claimed
    link = link_to(site, "entity", who) if who else None
    if hop.unnamed is not None:
        note = "unnamed"
    return Station(link, hop.unnamed or "", role, note, hop.on)


def _route(site: Site, item: Seen, chain: Chain) -> tuple[Station, ...]:
    page = Station(Link(page_path("source", item.source), cited_as(site, item.source)), "", "page")
    if chain.reach == "own":
        outlet = site.library.sources[item.source].outlet
        return (Station(link_to(site, "entity", outlet), "", "origin", "its own reporting or judgement"),)
    if chain.reach == "untraced":
        return (Station(None, "no origin given", "origin"), page)
    stops = tuple(_station(site, hop, "relay" if index else "origin") for index, hop in enumerate(chain.hops))
    return (*stops, page)


def explain_withheld(site: Site, source: Source) -> str:
    """Say why words of a source are not shown; empty where they are."""
    if source.id in site.library.absent_texts:
        return "There is a quotation here. The text of its source was not at hand in this build, so it was not checked and is not shown."
    if not site.library.shows_words(source.id):
        return "The words were checked against the stored text, which may not be shown here."
    return ""


def reading_link(site: Site, cited: Cited, source: str, label: str) -> Link:
    """Link to the place on a source's pages that tells what a citation takes from it, where no passage is shown."""
    page = site.views.reading_pages[source][cited.kind, cited.id]
    return Link(leaf_path(page_path("source", source), page), label, f"by-{cited.anchor}")


def _passage(site: Site, cited: Cited, item: Seen) -> Link:
    label, passage = "See the passage", site.views.passages.get(cited)
    if passage is None or not passage.spans:
        return reading_link(site, cited, item.source, label)
    return Link(page_path("source", item.source), label, cited.anchor)


def cite(site: Site, cited: Cited, item: Seen, *, counts: bool = True, repeated: Link | None = None) -> Citation:
    """Describe a citation of a claim or an event; see `Citation` for the last two."""
    source = site.library.sources[item.source]
    withheld = explain_withheld(site, source) if item.quote is not None else ""
    evidence = item if isinstance(item, Evidence) else None
    anchor = f"{'seen' if cited.field == 'seen' else 'evidence'}-{cited.index + 1}"
    return Citation(
        anchor=anchor,
        here=Link(page_path(cited.kind, cited.id), "#", anchor),
        quote="" if withheld else item.quote or "",
        language=source.language,
        withheld=withheld,
        finding=item.finding or "",
        passage=_passage(site, cited, item) if item.quote is not None else None,
        source=source_link(site, item.source),
        outlet=cited_as(site, item.source) if source.title else "",
        routes=tuple(_route(site, item, chain) for chain in item.paths),
        basis=site.library.vocabulary.bases[evidence.basis] if evidence else None,
        discount=(evidence.discount or "") if evidence else "",
        counts=counts,
        repeated=repeated,
    )
