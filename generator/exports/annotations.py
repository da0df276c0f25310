"""Quotations as Web Annotations (W3C): which words of a source a claim or an event rests on, and where they stand.

Positions index the text as it was read: what a reader sees of the stored Markdown (`dialect.read_text`), blocks parted by an
empty line. They count Unicode code points, the end is not included, and each target carries the hash of that text, so that
whoever holds it can tell whether it is the same. Where a quotation leaves words out, each of its parts is a target.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.derive.naming import name_record
from generator.derive.passages import citations_of
from generator.exports.published import Collection, Offer, list_sections, write_item
from generator.paths import page_path, page_url
from generator.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from generator.derive import Cited, Views
    from generator.exports.published import Plain, Section
    from generator.link import Library
    from generator.quotations import Span
    from generator.records import Seen, Source
    from generator.settings import Settings

PATH = "data/annotations.json"

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"spdx": "http://spdx.org/rdf/terms#"}]
_BESIDE = 32
"""So many characters of a text stand before and after the words that are cited, where all of it may be shown."""


def compose_annotations(library: Library, views: Views, kind: str, one: str) -> Plain:
    """List the annotations of a claim or an event, one for each of its quotations; None where there are none.

    A quotation that may not be shown has none: its words could be guessed from a position in a page that everybody can read.
    Words beside it are given only of a text that is published in full.
    """
    found = [
        _annotate(library, cited, item, spans)
        for cited, item in citations_of(library, kind, one)
        if item.quote is not None and library.shows_words(item.source) and (spans := views.passages[cited].spans)
    ]
    return found or None


def _annotate(library: Library, cited: Cited, item: Seen, spans: tuple[Span, ...]) -> dict[str, Any]:
    settings, source = library.settings, library.sources[item.source]
    text = library.texts[item.source].text
    return {
        "id": f"{settings.address}{PATH}#{cited.anchor}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "SpecificResource", "source": _address(library, cited), "purpose": "linking"},
            *(
                {
                    "type": "TextualBody",
                    "value": words,
                    "format": "text/plain",
                    "language": settings.languages[0],
                    "purpose": purpose,
                }
                for purpose, words in _tell(library, cited, item)
            ),
        ],
        "target": [_locate(settings, source, text, span) for span in spans],
    }


def _address(library: Library, cited: Cited) -> str:
    """Give the address of a citation on the page of the record that makes it."""
    url = page_url(page_path(cited.kind, cited.id))
    return f"{library.settings.address}{url}#{cited.field}-{cited.index + 1}"


def _tell(library: Library, cited: Cited, item: Seen) -> Iterator[tuple[str, str]]:
    """Say what the words are to the record, and how the claim is judged: the verdict is on the claim, not on the words."""
    vocabulary, name = library.vocabulary, name_record(library, cited.kind, cited.id)
    stance = vocabulary.stances[item.stance].label if isinstance(item, Evidence) else ""
    yield "commenting", f"Evidence ({stance}): {name}" if stance else f"Said here: {name}"
    if cited.kind == "claim":
        verdict = vocabulary.verdicts[library.claims[cited.id].verdict]
        yield "tagging", f"Verdict on the claim: {verdict.label}"


def _locate(settings: Settings, source: Source, text: str, span: Span) -> dict[str, Any]:
    """Tell where a stretch of a text stands, by its words and by its position."""
    words = {"type": "TextQuoteSelector", "exact": text[span.start : span.end]}
    if source.publish == "full":
        words["prefix"] = text[max(0, span.start - _BESIDE) : span.start]
        words["suffix"] = text[span.end : span.end + _BESIDE]
    return {
        "type": "SpecificResource",
        "source": source.url or f"{settings.address}{page_url(page_path('source', source.id))}",
        "selector": [words, {"type": "TextPositionSelector", "start": span.start, "end": span.end}],
        "state": {
            "type": "oa:State",
            "spdx:checksum": {
                "type": "spdx:Checksum",
                "spdx:algorithm": {"id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": _digest(text),
            },
        },
    }


@lru_cache(maxsize=64)  # most texts are quoted several times in a row
def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(plain: Plain) -> str:
    return ",".join(map(write_item, plain))


def _lay_out(settings: Settings, _today: date) -> tuple[Section, ...]:
    url = f"{settings.address}{PATH}"
    head = {
        "@context": _CONTEXT,
        "id": url,
        "type": "AnnotationPage",
        "partOf": {
            "id": f"{url}#collection",
            "type": "AnnotationCollection",
            "label": f"{settings.title}: quotations",
            "creator": {"type": "Organization", "name": settings.publisher, "homepage": settings.address},
            "rights": settings.licence.url,
            "first": url,
            "last": url,
        },
        "startIndex": 0,
    }
    return list_sections(head, {"items": ("claim", "event")})


ANNOTATIONS = Collection(
    PATH,
    Offer(
        "Quotations as annotations",
        "Every quotation of claims and events that may be shown, as Web Annotations (W3C): the words and their position. "
        "Positions count the Unicode code points of the text as it was read; beside each stands the SHA-256 of that text.",
        "Evidence",
        "jq '.items[].target[] | [.source, .selector[0].exact]' annotations.json",
    ),
    compose_annotations,
    _write,
    _lay_out,
    ",",
)
