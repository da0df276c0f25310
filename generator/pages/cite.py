"""“Cite this”: a page or a source as plain text, BibTeX and CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import dates
from generator.derive.citing import (
    Reference,
    date_of,
    list_bibtex,
    list_csl,
    refer_to_source,
    write_bibtex,
    write_plain,
)
from generator.derive.sheet import last_checked
from generator.dialect import prose_plain
from generator.pages.jsonline import write_json
from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from datetime import date

    from generator.pages.planned import Site
    from generator.records import Claim, Event, Source, Topic


@dataclass(frozen=True, slots=True)
class Cite:
    """A reference, written.

    Attributes:
        label: what is cited, as a heading; empty where a page offers one reference only.
        plain: one line of plain text.
        bibtex: an entry of a BibTeX file.
        csl: CSL-JSON (the input format of citation processors): a list of one item.
    """

    label: str
    plain: str
    bibtex: str
    csl: str


def write_reference(reference: Reference, label: str = "") -> Cite:
    """Write a reference in all three forms."""
    return Cite(label, write_plain(reference), write_bibtex(list_bibtex(reference)), _csl(reference))


def cite_claim(site: Site, claim: Claim) -> tuple[Cite, ...]:
    """Cite the page of a claim: its words, its verdict, and the day on which it was last checked."""
    verdict = site.library.vocabulary.verdicts[claim.verdict].label
    on = claim.checked.on if claim.checked else None
    note = f"{verdict}, judged on {dates.humanize(date_of(on))}" if on else verdict
    return (cite_page(site, "claim", claim.id, prose_plain(claim.says).rstrip("."), on=on, note=note),)


def cite_topic(site: Site, topic: Topic, checked: date | None) -> tuple[Cite, ...]:
    """Cite a fact sheet, as it was on the day on which one of its claims was last checked."""
    return (cite_page(site, "topic", topic.id, topic.title, on=checked),)


def cite_event(site: Site, event: Event) -> tuple[Cite, ...]:
    """Cite the page of an event, as it was on the day on which one of the claims it rests on was last checked."""
    checked = last_checked(site.library.claims[one] for one in event.rests_on)
    return (cite_page(site, "event", event.id, event.title, on=checked),)


def cite_source(site: Site, source: Source) -> tuple[Cite, ...]:
    """Cite a source as it was read, and apart from that the page about it."""
    title = f"What was read: {site.source_names[source.id]}"
    about = cite_page(site, "source", source.id, title, on=source.accessed, label="This page")
    return write_reference(refer_to_source(site.library, source), "The source itself"), about


def cite_page(
    site: Site, kind: str, one: str, title: str, *, on: date | None = None, note: str = "", label: str = ""
) -> Cite:
    """Cite the page of a record.

    Args:
        site: the records and views.
        kind: kind of the record.
        one: its id.
        title: of the page.
        on: the day on which the record was last checked; None gives no date, as a page is the same on every day.
        note: one more sentence, without a full stop.
        label: what to call the reference.
    """
    settings = site.library.settings
    reference = Reference(
        f"{kind}-{one}",
        title,
        settings.title,
        f"{settings.address}{page_url(page_path(kind, one))}",
        publisher=settings.publisher,
        issued=date_of(on) if on else None,
        note=note,
        language=settings.languages[0],
    )
    return write_reference(reference, label)


def _csl(reference: Reference) -> str:
    fields = [f'  "{name}": {write_json(value)}' for name, value in list_csl(reference).items()]
    return "\n".join(("[{", ",\n".join(fields), "}]"))
