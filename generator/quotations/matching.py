"""The quotation gate: a quotation is found letter for letter, in whole words, exactly once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from generator.quotations.folding import Folded, fold
from generator.quotations.nearest import Difference, Missing, compare, surroundings
from generator.quotations.spans import Span
from generator.quotations.words import count_words, splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MINIMUM_LENGTH = 12
LEAST_WORDS = 2
MOST_CANDIDATES = 5
_OMISSION = re.compile(r"\[ ?\.\.\. ?\]")

Place = tuple[int, int]
Arrangement = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The quotation stands exactly once: one span in the original text for each part between ``[...]``."""

    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The quotation stands more than once: the parts of the first few places (MOST_CANDIDATES), in order."""

    candidates: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class TooShort:
    """The quotation has `length` characters after folding, without omissions: fewer than MINIMUM_LENGTH."""

    length: int


@dataclass(frozen=True, slots=True)
class Apart:
    """All parts stand in the text in order, but not in one paragraph: the nearest such arrangement."""

    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part between omissions has fewer than two words: with such pieces a text can be made to say anything."""

    part: str


Match = Found | Missing | Ambiguous | TooShort | Apart | Fragment


def find(quotation: str, text: Folded, *, prefix: str = "", suffix: str = "") -> Match:
    """Find the only place where a quotation stands.

    Both sides are folded; nothing else is forgiven, and a part begins and ends with whole words (see `splits_word`).
    ``[...]`` or ``[…]`` splits the quotation into parts of two words or more, each of which follows the one before
    without overlap. The whole quotation stands in one paragraph, heading or list item: words from two are never one
    quotation. Parts that stand several times are read as near to each other as they can be: an arrangement is dropped
    where another lies within it. What is left must be one arrangement, or the quotation is ambiguous.

    Args:
        quotation: The words as the editor typed them, at least MINIMUM_LENGTH characters after folding.
        text: The stored text, folded once for all its quotations.
        prefix: What stands immediately before the first part; white space between the two does not matter.
        suffix: What stands immediately after the last part.
    """
    parts = _split_parts(quotation)
    length = sum(len(part.text) for part in parts)
    if length < MINIMUM_LENGTH:
        return TooShort(length)
    fragment = next((part for part in parts if len(parts) > 1 and count_words(part) < LEAST_WORDS), None)
    if fragment is not None:
        return Fragment(fragment.text)
    everywhere = _places_of(parts, text)
    places = [*everywhere]
    before, after = (fold(words).text.strip() if words else "" for words in (prefix, suffix))
    if before:
        places[0] = [place for place in places[0] if _ends_with(text.text, place[0], before)]
    if after:
        places[-1] = [place for place in places[-1] if _starts_with(text.text, place[1], after)]
    arranged = list(islice(_arrange(places, text), MOST_CANDIDATES))
    if len(arranged) == 1:
        return Found(_as_spans(arranged[0], text))
    if arranged:
        return Ambiguous(tuple(_as_spans(arrangement, text) for arrangement in arranged))
    if any(not standing for standing in everywhere):
        absent = next(index for index, standing in enumerate(everywhere) if not standing)
        return compare(parts[absent], text)
    apart = next(_arrange(places), None)
    return Apart(_as_spans(apart, text)) if apart else _explain_order(parts, everywhere, text, before, after)


def find_all(quotation: str, text: Folded) -> tuple[tuple[Span, ...], ...]:
    """Find every place where a quotation stands, in order, without overlaps, for ``all: true``.

    Empty where there is none or where the quotation is too short; `find` says which.
    """
    parts = _split_parts(quotation)
    if sum(len(part.text) for part in parts) < MINIMUM_LENGTH:
        return ()
    chosen: list[Arrangement] = []
    for arrangement in _arrange(_places_of(parts, text), text, one_each=True):
        if not chosen or arrangement[0][0] >= chosen[-1][-1][1]:
            chosen.append(arrangement)
    return tuple(_as_spans(arrangement, text) for arrangement in chosen)


def stands_in(words: str, text: Folded) -> bool:
    """Tell whether words stand in a text, beginning and ending with whole words ("1 May" is not in "21 May")."""
    return bool(_places(fold(words).text.strip(), text))


def _split_parts(quotation: str) -> list[Folded]:
    """Split a quotation at its omissions, without white space at the ends of a part and without empty parts."""
    folded = fold(quotation)
    if "[" not in folded.text and folded.text == folded.text.strip():
        return [folded] if folded.text else []
    omissions = [found.span() for found in _OMISSION.finditer(folded.text)]
    parts: list[Folded] = []
    for (_, start), (end, _) in pairwise([(0, 0), *omissions, (len(folded.text),) * 2]):
        part = folded.text[start:end]
        if part.strip():
            parts.append(folded.cut(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())))
    return parts


def _places_of(parts: Sequence[Folded], text: Folded) -> list[list[Place]]:
    if len(parts) == 1:
        return [_places(parts[0].text, text)]
    standing = {part: _places(part, text) for part in {part.text for part in parts}}
    return [standing[part.text] for part in parts]


def _places(part: str, text: Folded) -> list[Place]:
    """List where a part stands as whole words."""
    places: list[Place] = []
    start = text.text.find(part)
    while start >= 0:
        if not (splits(text, start) or splits(text, start + len(part))):
            places.append((start, start + len(part)))
        start = text.text.find(part, start + 1)
    return places


def _arrange(
    places: Sequence[list[Place]], within: Folded | None = None, *, one_each: bool = False
) -> Iterator[Arrangement]:
    """Yield the arrangements that hold no other one, in order; one for each stretch if `one_each`.

    If the text is given as `within`, those that go on from one paragraph to another are left out.

    For each place of the last part, going back to the latest fitting place of each part before gives the shortest
    stretch that ends there. Starts never decrease along the way, so of several stretches with one start the first is
    the shortest. Within a stretch, the parts in the middle may still have a choice.
    """
    if len(places) == 1:  # nothing is left out, as in most quotations
        yield from ((place,) for place in places[0] if within is None or not within.crosses(*place))
        return
    previous = -1
    for last in places[-1]:
        latest = [last]
        for standing in reversed(places[:-1]):
            index = bisect_right(standing, latest[-1][0], key=lambda place: place[1]) - 1
            if index < 0:
                break
            latest.append(standing[index])
        if len(latest) < len(places) or latest[-1][0] == previous:
            continue
        if within is not None and within.crosses(latest[-1][0], last[1]):
            continue
        previous = latest[-1][0]
        yield from islice(_choose(places, latest[::-1]), 1 if one_each else None)


def _choose(places: Sequence[list[Place]], latest: Sequence[Place]) -> Iterator[Arrangement]:
    """Yield every arrangement between the first and last of `latest`, the latest fitting place of each part.

    A part that begins no later than its latest fitting place always leaves room for those after it: no dead ends.
    """

    def follow(chosen: Arrangement) -> Iterator[Place]:
        part = len(chosen)
        if part == len(latest) - 1:
            return iter(latest[-1:])
        standing = places[part]
        first = bisect_left(standing, chosen[-1][1], key=lambda place: place[0])
        return takewhile(lambda place: place <= latest[part], islice(standing, first, None))

    chosen: Arrangement = (latest[0],)
    if len(latest) == 1:
        yield chosen
        return
    open_choices = [follow(chosen)]
    while open_choices:
        place = next(open_choices[-1], None)
        if place is None:
            open_choices.pop()
            chosen = chosen[:-1]
        elif len(chosen) + 1 == len(latest):
            yield (*chosen, place)
        else:
            chosen = (*chosen, place)
            open_choices.append(follow(chosen))


def _ends_with(text: str, end: int, prefix: str) -> bool:
    return text[max(0, end - len(prefix) - 1) : end].rstrip().endswith(prefix)


def _starts_with(text: str, start: int, suffix: str) -> bool:
    return text[start : start + len(suffix) + 1].lstrip().startswith(suffix)


def _explain_order(
    parts: Sequence[Folded], everywhere: Sequence[list[Place]], text: Folded, before: str, after: str
) -> Missing:
    """Explain why parts that all stand in the text are no match: their order, or the words around them."""
    arrangement = next(_arrange(everywhere), None)
    if arrangement:
        spans = _as_spans(arrangement, text)
        return Missing(Span(spans[0].start, spans[-1].end), surroundings(text, arrangement, before, after))
    first = [standing[0] for standing in everywhere]
    stored = [part for _, part in sorted(zip(first, parts, strict=True), key=lambda pair: pair[0])]
    spans = _as_spans(sorted(first), text)
    difference = Difference(
        "changed", " [...] ".join(part.text for part in parts), " [...] ".join(part.text for part in stored)
    )
    return Missing(Span(spans[0].start, spans[-1].end), (difference,))


def _as_spans(arrangement: Sequence[Place], text: Folded) -> tuple[Span, ...]:
    return tuple(Span(text.offsets[start], text.offsets[end]) for start, end in arrangement)
