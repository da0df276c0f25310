"""References: what is cited, and how it reads as one line of plain text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from generator import dates
from generator.derive.naming import name_record
from generator.dialect.escaping import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.dates import When
    from generator.link import Library
    from generator.records import Source

CSL_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "news": "article-newspaper",
        "wire": "article-newspaper",
        "statement": "document",
        "document": "document",
        "transcript": "speech",
        "dataset": "dataset",
        "post": "post",
        "reference": "entry-encyclopedia",
    }
)
"""What the Citation Style Language (1.0.2) calls the genres; a genre of the site's own is a `webpage`."""

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
        type: what the Citation Style Language calls such a text.
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
    type: str = "webpage"


def refer_to_source(library: Library, source: Source) -> Reference:
    """Refer to a source as it was read; where its title is not known, its genre stands in brackets instead."""
    genre = library.vocabulary.genres[source.genre].label
    return Reference(
        source.id,
        source.title or f"[{genre}]",
        name_record(library, "entity", source.outlet),
        source.url or "",
        source.archived or "",
        source.authors,
        issued=source.dated,
        accessed=source.accessed,
        language=source.language,
        type=CSL_TYPES.get(source.genre, "webpage"),
    )


@lru_cache(maxsize=1 << 10)
def date_of(day: date) -> When:
    """Give a day as a date."""
    return dates.parse(day.isoformat())


def write_plain(reference: Reference) -> str:
    """Write a reference as one line of plain text."""
    said = dates.humanize(reference.issued) if reference.issued else "undated" if reference.accessed else ""
    when = "" if said and said in reference.note else said
    where = ", ".join(filter(None, (reference.container, reference.publisher, when)))
    read = f"Read on {dates.humanize(date_of(reference.accessed))}" if reference.accessed else ""
    title = f"“{reference.title}”"
    parts = (", ".join(reference.authors), title, reference.note, where, read)
    at = ", ".join(filter(None, (reference.url, _archived(reference))))
    return tidy(" ".join((*(f"{part.rstrip('.')}." for part in parts if part), at)))


def list_bibtex(reference: Reference) -> dict[str, Any]:
    """List the fields of a BibTeX entry, every text as it is; under `key` stands what the entry is cited by."""
    return {
        "key": reference.key,
        "author": [*reference.authors],
        "title": reference.title,
        "howpublished": [words for words in (reference.container, reference.publisher) if words],
        **_bibtex_date(reference.issued),
        "note": reference.note or _archived(reference),
        "url": reference.url,
        "urldate": reference.accessed.isoformat() if reference.accessed else "",
    }


def write_bibtex(listed: Mapping[str, Any]) -> str:
    """Write what `list_bibtex` has listed as an entry, in UTF-8 and without a line break at the end.

    The double braces keep a title's capitals and names of bodies in one piece.
    """
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in listed["author"]),
        "title": f"{{{_tex(listed['title'])}}}",
        "howpublished": ", ".join(map(_tex, listed["howpublished"])),
        "year": _tex(listed["year"]),
        "month": listed["month"],
        "note": _tex(listed["note"]),
        "url": _tidy(listed["url"]),
        "urldate": listed["urldate"],
    }
    bare = {"month"}  # a macro of BibTeX, which every style writes in its own way
    lines = [f"  {name} = {value if name in bare else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{listed['key']},", *lines, "}"))


def list_csl(reference: Reference) -> dict[str, Any]:
    """List the fields of an item of CSL-JSON, the input format of citation processors; empty ones are left out."""
    item: dict[str, Any] = {
        "id": reference.key,
        "type": reference.type,
        "title": _tidy(reference.title),
        "author": [{"literal": _tidy(name)} for name in reference.authors],
        "container-title": _tidy(reference.container),
        "publisher": _tidy(reference.publisher),
        "issued": _csl_date(reference.issued),
        "accessed": _csl_date(date_of(reference.accessed)) if reference.accessed else None,
        "URL": _tidy(reference.url),
        "note": _tidy(reference.note or _archived(reference)),
        "language": reference.language,
    }
    return {name: value for name, value in item.items() if value}


def _archived(reference: Reference) -> str:
    return f"archived at {reference.archived}" if reference.archived else ""


@lru_cache(maxsize=1 << 8)  # a title is asked for twice, and the site's own names on every page
def _tidy(words: str) -> str:
    return tidy(words)


@lru_cache(maxsize=1 << 8)
def _tex(words: str) -> str:
    return _tidy(words).translate(_TEX)


def _bibtex_date(when: When | None) -> dict[str, str]:
    parts = _date_parts(when)
    if when is None or not parts:
        return {"year": dates.humanize(when) if when else "", "month": ""}
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
