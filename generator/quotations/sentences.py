"""The sentences of a stored text, so that each can be accounted for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import sentencex  # type: ignore[import-untyped]

from generator.quotations.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMPTY_LINES = re.compile(r"\n\s*\n")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_INITIAL = re.compile(r"(?:\A|[\s(«\"“„.])[А-ЯЁІЇЄҐ]\.\Z")
# Behind a capital letter sentencex 1.0.32 cuts such a blank in two, and panics.
_WIDE_BLANK = re.compile(r"[^\S\x00-\x7f](?=\.)")
_LONGEST_INITIAL = 3  # characters that it takes


def sentences(text: str, language: str) -> tuple[Span, ...]:
    """List the sentences of a text, in order; together they hold every character that is not white space.

    Blank lines always end a sentence. Within a paragraph `sentencex` decides; a piece that cannot be a sentence of its
    own joins the one before it: what holds no letter or digit, what begins with a small letter or goes on with a dash
    after direct speech (``«Так!» — сказав він``), and what follows a single Cyrillic initial (``Т. Шевченко``) or the
    number of an item (``1. Bookings open.``).

    Args:
        text: The text; line ends of any kind.
        language: A BCP 47 tag; its primary language is used, and English rules where it is not known.
    """
    primary = language.replace("_", "-").split("-")[0].lower() or "en"
    # Line ends become one character each so that a blank line looks the same everywhere and positions stay.
    even = re.sub(r"\r(?!\n)|[\x85\u2028\u2029]", "\n", text).replace("\r", " ")
    return tuple(
        span
        for paragraph in _paragraphs(even)
        for span in _split(even[paragraph.start : paragraph.end], paragraph.start, primary)
    )


def _paragraphs(text: str) -> Iterator[Span]:
    """List what stands between empty lines, without the white space around it."""
    gaps = [found.span() for found in _EMPTY_LINES.finditer(text)]
    for (_, start), (end, _) in pairwise([(0, 0), *gaps, (len(text),) * 2]):
        piece = text[start:end]
        if shown := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield Span(first, first + len(shown))


def _split(paragraph: str, offset: int, language: str) -> list[Span]:
    spans: list[Span] = []
    done = 0
    ends = []
    plain = _WIDE_BLANK.sub(" ", paragraph)
    for piece in sentencex.segment(language, plain):
        start = plain.find(piece, done)
        if start < 0:
            break
        done = start + len(piece)
        ends.append(done)
    for end in (*ends, len(paragraph)):
        _add(spans, paragraph, end)
    return [Span(offset + span.start, offset + span.end) for span in spans]


def _add(spans: list[Span], paragraph: str, end: int) -> None:
    """Add the piece that goes from the last span to `end`, or lengthen the last span by it."""
    last = spans[-1].end if spans else 0
    piece = paragraph[last:end]
    if not piece.strip():
        return
    start, end = last + len(piece) - len(piece.lstrip()), last + len(piece.rstrip())
    if spans and _goes_on(paragraph[spans[-1].start : spans[-1].end], piece.strip()):
        spans[-1] = Span(spans[-1].start, end)
    else:
        spans.append(Span(start, end))


def _goes_on(sentence: str, piece: str) -> bool:
    first = piece[0]
    if first.islower() or not (first.isalnum() or any(map(str.isalnum, piece))):
        return True
    if _NUMBER.fullmatch(sentence):
        return True
    initial = sentence[-1] == "." and _INITIAL.search(sentence, max(0, len(sentence) - _LONGEST_INITIAL))
    return bool(initial) or (first in "-–—" and sentence[-1] in "»”\"'’")
