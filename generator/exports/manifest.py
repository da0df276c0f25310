"""The evidence manifest: where each quotation stands in which text, so that whoever holds the texts can see for themselves.

A text is told by the hash of what a reader of the source saw, which is what all positions count in. Of a quotation stand the words as
they are stored, not as an editor typed them, and a hash of each stretch. Of a source with `publish: none` neither is told, only the
places: the hash of a short phrase could be found by trying phrases. The hash of the whole text stays; somebody who guesses all of the
text can confirm it, which for a text of one line is no more than a phrase. Findings, which are our own words, and skipped passages
are not in it.

`generator/verify.py` checks a manifest against texts. It is published beside it as it is.
"""

from __future__ import annotations

import hashlib
import pkgutil
from typing import TYPE_CHECKING

from generator.derive.passages import quoted_by
from generator.exports.published import Collection, Digest, Offer, list_sections, write_item

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.derive import Views
    from generator.derive.passages import Cited
    from generator.exports.published import Plain, Section
    from generator.link import Library
    from generator.settings import Settings

FORMAT = "factsheet-evidence"
VERSION = 1
_POSITIONS = (
    "Spans count characters (Unicode code points) from 0, the end not included, in the text as a reader of the source sees it: without"
    " markup, blocks parted by an empty line. Hashes are SHA-256 of UTF-8."
)
_FOLDING = (
    "A quotation was found after both it and the text were put into Unicode's NFC, with one form for each kind of white space, dash and"
    " quotation mark, and without invisible characters; spans, words and hashes are those of the text before that."
)


def compose_evidence(library: Library, views: Views, kind: str, one: str) -> Plain:
    """Give the stored text of a source, as a list of one item, or a list of the quotations of a claim or an event; else None."""
    if kind == "source":
        return _compose_text(library, one)
    return [_compose_quotation(library, views, cited) for cited in quoted_by(library, kind, one)] or None


def _compose_text(library: Library, one: str) -> Plain:
    if one not in library.texts:
        return None
    source, text = library.sources[one], library.texts[one].text
    size = {"characters": len(text), "sha256": _hash(text)}
    return [{"source": one, **size, "stored": source.stored, "publish": source.publish}]


def _compose_quotation(library: Library, views: Views, cited: Cited) -> Plain:
    passage = views.passages[cited]
    item: dict[str, Plain] = {
        "id": cited.anchor,
        "record": f"{cited.kind}:{cited.id}",
        "field": cited.field,
        "source": passage.source,
        "result": "found" if passage.spans else "not-checked",
    }
    if not passage.spans:
        return item
    item["spans"] = [[span.start, span.end] for span in passage.spans]
    if library.shows_words(passage.source):
        text = library.texts[passage.source].text
        item["exact"] = [text[span.start : span.end] for span in passage.spans]
        item["sha256"] = [_hash(words) for words in item["exact"]]
    return item


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(plain: Plain) -> str:
    return ",".join(map(write_item, plain))


def _lay_out(settings: Settings, _today: date) -> tuple[Section, ...]:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "title": settings.title,
        "url": settings.address,
        "publisher": settings.publisher,
        "licence": settings.licence.model_dump(),
        "positions": _POSITIONS,
        "folding": _FOLDING,
    }
    return list_sections(head, {"texts": ("source",), "quotations": ("claim", "event")})


MANIFEST = Collection(
    "data/evidence.json",
    Offer(
        "Evidence manifest",
        "Of every quotation its place in the stored text of its source, and of every text its hash. Whoever holds the texts can check"
        " them without trusting this site.",
        "Evidence",
        "python verify.py evidence.json TEXTS",
    ),
    compose_evidence,
    _write,
    _lay_out,
    ",",
)


def _read_program(_settings: Settings, _files: Mapping[str, bytes]) -> bytes:
    """Give the source of the program, which is a part of this package as this module is."""
    return pkgutil.get_data("generator", "verify.py") or b""


VERIFY = Digest(
    "data/verify.py",
    Offer(
        "Verification program",
        "Checks texts against the evidence manifest and names what differs. It needs Python 3.9 or later and nothing else.",
        "Evidence",
        "python verify.py evidence.json TEXTS",
    ),
    (),
    _read_program,
)
