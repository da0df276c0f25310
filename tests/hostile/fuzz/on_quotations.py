"""The quotation gate: offsets lead back, what is found is what was typed, and an exhaustive search finds the same."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from generator import figures
from generator.quotations import (
    MINIMUM_LENGTH,
    Ambiguous,
    Apart,
    Found,
    Fragment,
    Missing,
    Span,
    TooShort,
    context,
    find,
    find_all,
    fold,
    segments,
    sentences,
    show,
    stands_in,
)
from generator.quotations.words import splits
from hostile.fuzz.laws import as_text, hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.quotations import Folded, Match

_PART = "\x1f"
_OMISSION = re.compile(r"\[ ?\.\.\. ?\]")
_MOST_PLACES = 12
"""Of parts that stand so often, arrangements are not counted one by one."""


def target(data: bytes) -> None:
    """Look for a quotation in a text: the two are parted by U+001F; without it, a piece of the text is quoted."""
    quotation, _, text = as_text(data).partition(_PART)
    if not text:
        text = quotation
        quotation = text[len(text) // 3 : len(text) * 2 // 3]
    folded = _check_folding(text)
    _check_folding(quotation)
    _check_match(quotation, text, folded, find(quotation, folded))
    _check_planted(quotation, text)
    _check_figures(quotation, text)
    for language in ("en", "uk"):
        _check_sentences(text, sentences(text, language))


def _check_folding(text: str) -> Folded:
    folded = fold(text)
    offsets = list(folded.offsets)
    hold("there is an offset for each character, and one for the end", len(offsets) == len(folded.text) + 1, text)
    hold("the last offset is the end", offsets[-1] == len(text), text)
    hold("offsets never decrease", all(one <= other for one, other in pairwise(offsets)), text)
    hold("offsets lie in the text", all(0 <= one < len(text) for one in offsets[:-1]), text)
    hold("folding twice changes nothing", fold(folded.text).text == folded.text, text)
    hold("what is folded is composed", unicodedata.is_normalized("NFC", folded.text), text)
    hold("hyphens are hyphens", all(folded.text[one] == "-" for one in folded.hyphens), text)
    hold("paragraphs end at blanks", all(folded.text[one] == " " for one in folded.breaks), text)
    return folded


def _parts(quotation: str) -> list[str]:
    return [part for piece in _OMISSION.split(fold(quotation).text) if (part := piece.strip())]


def _places(part: str, text: Folded) -> list[tuple[int, int]]:
    found = [place for place in range(len(text.text)) if text.text.startswith(part, place)]
    return [(one, one + len(part)) for one in found if not (splits(text, one) or splits(text, one + len(part)))]


def _check_match(quotation: str, text: str, folded: Folded, match: Match) -> None:
    hold("the same is found twice", find(quotation, folded) == match, quotation, text)
    parts = _parts(quotation)
    length = sum(map(len, parts))
    hold("what is too short is refused", isinstance(match, TooShort) == (length < MINIMUM_LENGTH), quotation, match)
    everywhere = find_all(quotation, folded)
    if isinstance(match, TooShort | Fragment):
        return
    places = [_places(part, folded) for part in parts]
    if len(parts) == 1 or all(len(one) <= _MOST_PLACES for one in places):
        expected = _stands(places, folded)
        hold(
            "an exhaustive search finds the same",
            isinstance(match, Found | Ambiguous) == expected,
            quotation,
            text,
            match,
        )
        hold("all places are found where one is", bool(everywhere) == expected, quotation, text, everywhere)
    if len(parts) == 1:
        whole = [one for one in places[0] if not folded.crosses(*one)]
        hold("one place is enough, and two are too many", isinstance(match, Found) == (len(whole) == 1), match, whole)
    for spans in _spans_of(match):
        _check_spans(spans, parts, text)
    for spans in everywhere:
        _check_spans(spans, parts, text)
    hold("places of a quotation follow each other", all(one[-1].end <= other[0].start for one, other in pairwise(everywhere)), everywhere)  # fmt: skip
    if isinstance(match, Missing):
        show(match.differences)
        if match.nearest is not None:
            hold(
                "the nearest passage lies in the text",
                0 <= match.nearest.start <= match.nearest.end <= len(text),
                match,
            )
            context(match.nearest, text)
    if isinstance(match, Found):
        hold("words that are found stand there", stands_in(parts[0], folded), quotation)


def _stands(places: Sequence[list[tuple[int, int]]], folded: Folded) -> bool:
    """Tell whether the parts stand in order in one paragraph, by trying every arrangement."""
    ends = [(start, end) for start, end in places[0]]
    for standing in places[1:]:
        ends = [(first, end) for first, before in ends for start, end in standing if start >= before]
    return any(not folded.crosses(first, end) for first, end in set(ends))


def _spans_of(match: Match) -> Sequence[tuple[Span, ...]]:
    if isinstance(match, Found | Apart):
        return (match.parts,)
    return match.candidates if isinstance(match, Ambiguous) else ()


def _check_spans(spans: Sequence[Span], parts: Sequence[str], text: str) -> None:
    hold("each part has a span", len(spans) == len(parts), spans, parts)
    hold("spans follow each other", all(one.end <= other.start for one, other in pairwise(spans)), spans)
    for span, part in zip(spans, parts, strict=True):
        hold("a span lies in the text", 0 <= span.start < span.end <= len(text), span)
        hold("a span holds the words that were typed", fold(text[span.start : span.end]).text.strip() == part, part, text[span.start : span.end])  # fmt: skip
        context(span, text)
    cut = segments([(span, str(number)) for number, span in enumerate(spans)])
    hold("segments cover what spans cover", sum(one.span.end - one.span.start for one in cut) == sum(one.end - one.start for one in spans), spans)  # fmt: skip


def _check_planted(quotation: str, text: str) -> None:
    """See that what was put into a text as a paragraph of its own is found in it."""
    parts = _parts(quotation)
    if (
        len(parts) != 1
        or len(parts[0]) < MINIMUM_LENGTH
        or fold(quotation).breaks
        or _OMISSION.search(fold(quotation).text)
    ):
        return
    planted = f"{text} ¶\n\n{quotation}\n\n¶ {text}"
    match = find(quotation, fold(planted))
    hold("what was planted is found", isinstance(match, Found | Ambiguous), quotation, text, match)


def _check_figures(quotation: str, text: str) -> None:
    """See that numbers are read without a fault, and that none is missing in its own words."""
    found = figures.read(text)
    for one in found:
        hold(
            "a figure is a number", one.value is None or (isinstance(one.value, Decimal) and one.value.is_finite()), one
        )
    hold("no figure is missing in its own text", figures.missing(text, [text]) == (), text)
    figures.missing(quotation, [text])
    figures.dropped_qualifiers(text, [quotation])
    for line in (quotation, text):
        try:
            figures.evaluate(line)
        except figures.EquationError as error:
            hold("a refusal says something", str(error).strip(), line)


def _check_sentences(text: str, found: Sequence[Span]) -> None:
    hold("sentences follow each other", all(one.end <= other.start for one, other in pairwise(found)), text, found)
    hold("sentences hold something", all(text[one.start : one.end].strip() for one in found), text, found)
    left_out = "".join(
        text[one.end : other.start] for one, other in pairwise([Span(0, 0), *found, Span(len(text), len(text))])
    )
    hold("no word stands outside of sentences", not left_out.strip(), text, left_out)


# --- structured inputs ---

WORDS_OF_TEXT = (
    "the", "Kremlin", "de-escalation", "п'ять", "can’t", "1,000", "1 500", "65%", "$1.5 million", "5 million", "hundreds of thousands",
    "13:33", "e\u0301", "и\u0306", "각", "漢字", "a", "Putin’s", "−5", "…", "...", "[...]", "[…]", "[ ... ]", "“words”", "—", "–", "-",
    "\u00ad", "\u200b", "\u00a0", "\n\n", "\n", "\r\n", "\u2028", ".", ",", "!", "one", "two thirds", "half a million", "16 May 2025",
    "195/207", "= 3", "1+2", "\ufb01", "\u0301", "\u1161", "٣", "²", "_", "A. B. Smith", "т. д.", "¶", "тыс.", "1.5.2025", "\x85",
)  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> bytes:
    """A text, and a quotation that stands in it or nearly does."""
    words = draw(st.lists(st.sampled_from(WORDS_OF_TEXT) | st.text(max_size=5), min_size=3, max_size=24))
    gaps = draw(
        st.lists(st.sampled_from((" ", " ", "", "\n", "  ", "\u00a0")), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    quotation = text[start:end]
    how = draw(st.integers(0, 4))
    if how == 1:
        cut = draw(st.integers(0, len(quotation)))
        quotation = f"{quotation[:cut]} [...] {quotation[cut + draw(st.integers(0, 5)) :]}"
    elif how == 2:
        quotation = unicodedata.normalize("NFD", quotation).replace(" ", "\n").replace("“", '"')
    elif how == 3:
        text = f"{text}\n\n{text}"
    elif how == 4:
        quotation = " ".join(draw(st.permutations(quotation.split(" "))))
    return f"{quotation}{_PART}{text}".encode("utf-8", "replace")


def strategy() -> st.SearchStrategy[bytes]:
    """Draw texts with quotations from them."""
    return st.one_of(_texts(), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))


def seeds() -> Iterator[bytes]:
    """Give the stored texts of the sample, with a quotation from each, and texts of all sorts of signs."""
    from hostile.fuzz.seeds import list_files  # noqa: PLC0415

    for path in list_files("sample/content/sources", "cases/_site/content/sources"):
        text = path.read_text("utf-8")[:1_500]
        yield f"{text[200:260]}{_PART}{text}".encode()
        yield f"{text[200:230]} [...] {text[300:340]}{_PART}{text}".encode()
    yield " ".join(WORDS_OF_TEXT).encode()
    yield f"1000 for 1000 plan [...] has sent{_PART}the ‘1000 for 1000’ plan, Kyiv has sent. The 1000 for 1000 plan".encode()


WORDS = (_PART.encode(), *(word.encode() for word in WORDS_OF_TEXT))
MAX_LEN = 1_024
INSIDE = ("generator.quotations", "generator.figures")
