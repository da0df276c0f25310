"""Bibliographies: every source as it is cited, for citation processors (CSL-JSON) and for LaTeX (BibTeX)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.derive.citing import list_bibtex, list_csl, refer_to_source, write_bibtex
from generator.exports.published import Collection, Offer, Section, write_item

if TYPE_CHECKING:
    from generator.derive import Views
    from generator.exports.published import Plain
    from generator.link import Library

_GROUP = "For bibliographies"


def _compose_csl(library: Library, _views: Views, _kind: str, one: str) -> Plain:
    return list_csl(refer_to_source(library, library.sources[one]))


def _compose_bibtex(library: Library, _views: Views, _kind: str, one: str) -> Plain:
    return list_bibtex(refer_to_source(library, library.sources[one]))


def _write_entry(plain: Plain) -> str:
    return f"{write_bibtex(plain)}\n"


CSL = Collection(
    "data/sources.csl.json",
    Offer(
        "Sources as CSL-JSON",
        "Every source as it is cited, in the input format of citation processors (Citation Style Language 1.0.2). The "
        "ids are those of the sources; a date that is no single day, month or year stands there in words.",
        _GROUP,
        "pandoc --citeproc --bibliography sources.csl.json --output article.html article.md",
    ),
    _compose_csl,
    write_item,
    lambda _settings, _today: (Section(("source",), "[", "\n]\n"),),
    between=",",
)
"""The sources as CSL-JSON."""

BIBTEX = Collection(
    "data/sources.bib",
    Offer(
        "Sources as BibTeX",
        "Every source as it is cited, for LaTeX: entries of the type @misc in UTF-8, which BibTeX styles and biblatex "
        "read. The keys are the ids of the sources; the year is given in words where a date is no single day, month or year.",
        _GROUP,
        "\\bibliography{sources}",
    ),
    _compose_bibtex,
    _write_entry,
    lambda _settings, _today: (Section(("source",)),),
    between="\n",
)
"""The sources as BibTeX."""
