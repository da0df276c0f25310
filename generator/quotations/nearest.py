"""The passage that a missing quotation most resembles, and the words in which the two differ; never acceptance."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from generator.quotations.spans import Span
from generator.quotations.words import split_words, splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.quotations.folding import Folded

LEAST_SIMILARITY = 50
MOST_SHOWN = 4
_MARGIN = 8
_PIECE = 150  # words
_MOST_PIECES = 20
_TELLING = 3  # letters
_ADD, _LEAVE_OUT = 1.0, 0.9

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ between a quotation and the stored text, both as folded.

    Attributes:
        kind: `missing` - stored, but not typed; `added` - typed, but not stored; `changed` - typed in another form.
        typed: The editor's words; empty where they are missing.
        stored: The source's words; empty where the editor added some.
    """

    kind: Literal["missing", "added", "changed"]
    typed: str
    stored: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The quotation does not stand in the text: the passage it most resembles, if any, and where they differ."""

    nearest: Span | None
    differences: tuple[Difference, ...]


def compare(quotation: Folded, text: Folded) -> Missing:
    """Find the passage that a quotation most resembles and name the words that differ.

    A very long quotation is compared piece by piece, up to the first piece that differs.
    """
    if quotation.text in text.text:
        return _explain_cut(quotation, text)
    words = split_words(quotation)
    for first in range(0, min(len(words), _MOST_PIECES * _PIECE), _PIECE):
        piece = words[first : first + _PIECE]
        missing = _compare_piece(quotation.cut(piece[0][0], piece[-1][1]), text)
        if missing.differences or missing.nearest is None:
            return missing
    return Missing(None, ())


def _explain_cut(quotation: Folded, text: Folded) -> Missing:
    """Explain why letters that stand in the text are no match: they begin or end inside a word or a character."""
    found = text.text.index(quotation.text)
    start, end = found, found + len(quotation.text)
    while splits(text, start):
        start -= 1
    while splits(text, end):
        end += 1
    words = quotation.text.split(" ")
    first, last = (quotation.text, quotation.text) if len(words) == 1 else (words[0], words[-1])
    pairs = [(first, text.text[start : found + len(first)])]
    pairs.append((last, text.text[found + len(quotation.text) - len(last) : end]))
    differences = tuple(Difference("changed", typed, stored) for typed, stored in pairs if typed != stored)
    return Missing(Span(text.offsets[start], text.offsets[end]), differences)


def _compare_piece(quotation: Folded, text: Folded) -> Missing:
    typed, stored = split_words(quotation), split_words(text)
    windows = (_window(stored, *around) for around in _resembling(quotation.text, text.text))
    words = [quotation.text[slice(*place)] for place in typed]
    aligned = [(window, *_align(words, [text.text[slice(*place)] for place in window])) for window in windows]
    window, _, pairs = min(aligned, key=lambda candidate: candidate[1], default=([], 0, []))
    kept = [window[j] for _, j in pairs if j is not None]
    if not kept:
        return Missing(None, ())
    start, end = kept[0][0], kept[-1][1]
    places = [(None if i is None else typed[i], None if j is None else window[j]) for i, j in pairs]
    differences = list(_merge(places, quotation.text, text.text))
    if not differences and quotation.text != text.text[start:end]:
        # All words and marks are the same, so white space between them differs.
        differences.append(Difference("changed", quotation.text, text.text[start:end]))
    return Missing(Span(text.offsets[start], text.offsets[end]), tuple(differences))


def _resembling(quotation: str, text: str) -> Iterator[Place]:
    """Yield the stretches that the quotation and each of its halves resemble most.

    A stretch is as long as what it is compared with, so where words were left out, a half leads to the right passage.
    """
    from rapidfuzz.fuzz import partial_ratio_alignment  # noqa: PLC0415 - only for a quotation that is not found

    if len(quotation) >= len(text):
        yield 0, len(text)
        return
    half = len(quotation) // 2
    for part in (quotation, quotation[:half], quotation[half:]):
        alignment = partial_ratio_alignment(part, text) if part.strip() else None
        if alignment is None or (part == quotation and alignment.score < LEAST_SIMILARITY):
            return
        yield alignment.dest_start, alignment.dest_end


def surroundings(text: Folded, arrangement: Sequence[Place], prefix: str, suffix: str) -> tuple[Difference, ...]:
    """Name the prefix or suffix that does not stand beside a quotation, and what stands there instead."""
    before, after = text.text[: arrangement[0][0]].rstrip(), text.text[arrangement[-1][1] :].lstrip()
    found: list[Difference] = []
    if not before.endswith(prefix):
        found.append(Difference("changed", prefix, " ".join(before.split()[-len(prefix.split()) :])))
    if not after.startswith(suffix):
        found.append(Difference("changed", suffix, " ".join(after.split()[: len(suffix.split())])))
    return tuple(found)


_QUOTATION_MARKS = ('"', "'")


def show(differences: Sequence[Difference]) -> str:
    """Put differences on one line for an editor: ``typed "formaly", stored "formally"``.

    Letters that look alike but are not the same (Latin and Cyrillic) are named.
    """
    shown = "; ".join(_show(difference) for difference in differences[:MOST_SHOWN])
    more = len(differences) - MOST_SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _show(difference: Difference) -> str:
    typed, stored = _mark(difference.typed), _mark(difference.stored)
    if difference.kind == "missing":
        return f"left out {stored}"
    if difference.kind == "added":
        return f"typed {typed}, which is not stored there"
    return f"typed {typed}, stored {stored}{_lookalikes(difference)}"


def _mark(words: str) -> str:
    """Set words off from the sentence around them, in marks that they do not hold themselves."""
    if words in _QUOTATION_MARKS:
        return f"a quotation mark ({words})"
    return f"‘{words}’" if '"' in words else f'"{words}"'


def _lookalikes(difference: Difference) -> str:
    """Name the first pair of letters that come from two alphabets."""
    if len(difference.typed) != len(difference.stored):
        return ""
    for typed, stored in zip(difference.typed, difference.stored, strict=True):
        mine, theirs = unicodedata.name(typed, ""), unicodedata.name(stored, "")
        if typed.isalpha() and stored.isalpha() and mine.split(" ")[0] != theirs.split(" ")[0]:
            return f" (typed {mine.title()}, stored {theirs.title()})"
    return ""


def _window(places: list[Place], start: int, end: int) -> list[Place]:
    inside = [index for index, place in enumerate(places) if place[1] > start and place[0] < end]
    if not inside:
        return []
    margin = _MARGIN + len(inside) // 2
    return places[max(0, inside[0] - margin) : inside[-1] + 1 + margin]


def _align(typed: Sequence[str], stored: Sequence[str]) -> tuple[float, list[tuple[int | None, int | None]]]:
    """Give the least cost of pairing words, and the pairs; stored words before the first pair and after the last cost nothing."""
    costs = [[0.0] * (len(stored) + 1)]
    for i, word in enumerate(typed):
        row = [costs[i][0] + _ADD]
        for j, other in enumerate(stored):
            row.append(min(costs[i][j] + _change(word, other), costs[i][j + 1] + _ADD, row[j] + _LEAVE_OUT))
        costs.append(row)
    i, j = len(typed), min(range(len(stored) + 1), key=costs[-1].__getitem__)
    pairs: list[tuple[int | None, int | None]] = []
    while i:
        if j and costs[i][j] == costs[i - 1][j - 1] + _change(typed[i - 1], stored[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif costs[i][j] == costs[i - 1][j] + _ADD:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return min(costs[-1]), pairs[::-1]


def _change(typed: str, stored: str) -> float:
    """Cost of taking one word for another: alike words cost less than leaving one out and adding the other."""
    if typed == stored:
        return 0.0
    if len(typed) >= _TELLING and typed in stored:
        return 0.6
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    return 0.5 + 1.5 * (1 - Levenshtein.normalized_similarity(typed, stored))


def _merge(pairs: Sequence[tuple[Place | None, Place | None]], typed: str, stored: str) -> Iterator[Difference]:
    """Make one difference of each run of words that differ."""

    def differs(pair: tuple[Place | None, Place | None]) -> bool:
        mine, theirs = pair
        return mine is None or theirs is None or typed[slice(*mine)] != stored[slice(*theirs)]

    for differing, group in groupby(pairs, key=differs):
        if differing:
            run = list(group)
            mine = _cover(typed, [place for place, _ in run if place])
            theirs = _cover(stored, [place for _, place in run if place])
            if mine != theirs:
                yield Difference("changed" if mine and theirs else "added" if mine else "missing", mine, theirs)


def _cover(text: str, places: Sequence[Place]) -> str:
    return text[places[0][0] : places[-1][1]] if places else ""
