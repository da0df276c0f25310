"""“Cite this”: a page or a source as plain text, BibTeX and CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator import dates
from generator.derive.naming import name_record
from generator.derive.sheet import last_checked
from generator.dialect import prose_plain
from generator.dialect.escaping import tidy
from generator.pages.jsonline import write_json
from generator.paths import page_path, page_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.dates import When
    from generator.pages.planned import Site
    from generator.records import Claim, Event, Source, Topic

# A backslash before a brace would not do: BibTeX counts braces whether or not TeX would.
_TEX: Mapping[int, str] = MappingProxyType(
    str.maketrans(
        {
            "\\": r"\textbackslash{}",
            "{": r"\textbraceleft{}",
            "}": r"\textbraceright{}",
            "~": r"\textasciitilde{}",
            "^": r"\textasciicircum{}",
            "<": r"\textless{}",
            ">": r"\textgreater{}",
            "|": r"\textbar{}",
            **{letter: f"\\{letter}" for letter in "$&#%_"},
        }
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited.

    Attributes:
        key: what tells it apart in a bibliography; it never changes.
        title: plain text.
        container: the site or outlet it stands in.
        url: its address, or the empty string.
        archived: the address of a copy, or the empty string.
        authors: names as printed.
        publisher: who publishes the container, where that is somebody else.
        issued: its date.
        accessed: the day on which it was read.
        note: one more sentence, without a full stop.
        language: BCP 47 tag.
    """

    key: str
    title: str
    container: str
    url: str
    archived: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    issued: When | None = None
    accessed: date | None = None
    note: str = ""
    language: str = ""


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
    return Cite(label, _plain(reference), _bibtex(reference), _csl(reference))


def cite_claim(site: Site, claim: Claim) -> tuple[Cite, ...]:
    """Cite the page of a claim: its words, its verdict, and the day on which it was last checked."""
    verdict = site.library.vocabulary.verdicts[claim.verdict].label
    on = claim.checked.on if claim.checked else None
    note = f"{verdict}, judged on {dates.humanize(_day(on))}" if on else verdict
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
    outlet = name_record(site.library, "entity", source.outlet)
    genre = site.library.vocabulary.genres[source.genre].label
    read = Reference(
        source.id,
        source.title or f"[{genre}]",
        outlet,
        source.url or "",
        source.archived or "",
        source.authors,
        issued=source.dated,
        accessed=source.accessed,
        language=source.language,
    )
    title = f"What was read: {site.source_names[source.id]}"
    about = cite_page(site, "source", source.id, title, on=source.accessed, label="This page")
    return write_reference(read, "The source itself"), about


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
        issued=_day(on) if on else None,
        note=note,
        language=settings.languages[0],
    )
    return write_reference(reference, label)


@lru_cache(maxsize=1 << 10)
def _day(day: date) -> When:
    return dates.parse(day.isoformat())


def _plain(reference: Reference) -> str:
    said = dates.humanize(reference.issued) if reference.issued else "undated" if reference.accessed else ""
    when = "" if said and said in reference.note else said
    where = ", ".join(filter(None, (reference.container, reference.publisher, when)))
    read = f"Read on {dates.humanize(_day(reference.accessed))}" if reference.accessed else ""
    title = f"“{reference.title}”"
    parts = (", ".join(reference.authors), title, reference.note, where, read)
    at = ", ".join(filter(None, (reference.url, _archived(reference))))
    return tidy(" ".join((*(f"{part.rstrip('.')}." for part in parts if part), at)))


def _archived(reference: Reference) -> str:
    return f"archived at {reference.archived}" if reference.archived else ""


@lru_cache(maxsize=1 << 8)  # a title is asked for twice, and the site's own names on every page
def _tidy(words: str) -> str:
    return tidy(words)


@lru_cache(maxsize=1 << 8)
def _tex(words: str) -> str:
    return _tidy(words).translate(_TEX)


def _bibtex(reference: Reference) -> str:
    """Write an entry; the double braces keep a title's capitals and names of bodies in one piece."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in reference.authors),
        "title": f"{{{_tex(reference.title)}}}",
        "howpublished": ", ".join(_tex(words) for words in (reference.container, reference.publisher) if words),
        **_bibtex_date(reference.issued),
        "note": _tex(reference.note or _archived(reference)),
        "url": _tidy(reference.url),
        "urldate": reference.accessed.isoformat() if reference.accessed else "",
    }
    bare = {"month"}  # a macro of BibTeX, which every style writes in its own way
    lines = [f"  {name} = {value if name in bare else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{reference.key},", *lines, "}"))


def _bibtex_date(when: When | None) -> dict[str, str]:
    parts = _date_parts(when)
    if when is None or not parts:
        return {"year": _tex(dates.humanize(when)) if when else ""}
    return {"year": f"{parts[0]:04}", "month": _MONTHS[parts[1] - 1] if len(parts) > 1 else ""}


def _date_parts(when: When | None) -> tuple[int, ...]:
    """Give year, month and day as far as they were typed; nothing for a stretch or a date that is not certain."""
    if when is None or when.earliest is None or when.approximate or when.uncertain:
        return ()
    day = when.earliest
    known = {"minute": 3, "day": 3, "month": 2, "year": 1}.get(when.precision, 0)
    return (day.year, day.month, day.day)[:known]


def _csl_date(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    parts = _date_parts(when)
    return {"date-parts": [list(parts)]} if parts else {"literal": dates.humanize(when)}


def _csl(reference: Reference) -> str:
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "webpage",
        "title": _tidy(reference.title),
        "author": [{"literal": _tidy(name)} for name in reference.authors],
        "container-title": _tidy(reference.container),
        "publisher": _tidy(reference.publisher),
        "issued": _csl_date(reference.issued),
        "accessed": _csl_date(_day(reference.accessed)) if reference.accessed else None,
        "URL": _tidy(reference.url),
        "note": _tidy(reference.note or _archived(reference)),
        "language": reference.language,
    }
    fields = [f'  "{name}": {write_json(value)}' for name, value in item.items() if value]
    return "\n".join(("[{", ",\n".join(fields), "}]"))
