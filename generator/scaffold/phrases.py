"""The phrase of a sentence that a stub quotes: as much of it as there is room for, cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from generator import figures, quotations
from generator.derive import count_words
from generator.dialect import escape, prose_plain, prose_problems
from generator.documents.nodes import CONTROL
from generator.quotations import MINIMUM_LENGTH, Ambiguous, Found, Span
from generator.quotations.words import split_words, splits
from generator.records.drafts import write_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.quotations import Folded

LONGEST = 400
"""The longest quotation of a stub, in characters."""
LEAST = 4
"""Words of which a phrase is made, where its sentence has as many."""
_TRIES = 40
_LONGEST_HELP = 280
_WIDEST_UNIT = 40
_PAUSES = frozenset(',;:.!?()"-…')
_OPENING = frozenset("([{")
_PAIRS = (("(", ")"), ("[", "]"), ('"', '"'))
_SAYS = re.compile(r"\bsays\W*\Z", re.IGNORECASE)
_KEPT_AT_END = frozenset("?!%")
_ENGLISH = (
    "a an the of to in on at by for with from as and or but that which who is are was were be than into any his her its"
    " their this these those has have had will would could may might must should shall can do does did more over under some"
    " not no never about around nearly almost least most up"
)
_RUSSIAN = "и а но или в на с к о от до из за по для что как который это не ни почти около"
_UKRAINIAN = "і й та але або у з від як який це майже близько"
_WEAK = frozenset(f"{_ENGLISH} {_RUSSIAN} {_UKRAINIAN}".split())
"""Words that leave a phrase hanging in the air where it ends with them; what follows “not” or “about” must not be lost."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quotation that is found exactly once.

    Attributes:
        quote: the words, on one line.
        span: where they stand in the stored text.
        words: how many words of the text it shows.
        prefix: the words before it, where it would not be unique without; never published.
        suffix: the words after it.
        says: the draft of what the claim says, as inline Markdown.
    """

    quote: str
    span: Span
    words: int
    prefix: str
    suffix: str
    says: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A stored text made ready for cutting.

    Attributes:
        text: the text as its reader sees it.
        folded: the same, folded as quotations are.
        units: starts and ends in the folded text of what is never cut: words, numbers, marks.
    """

    text: str
    folded: Folded
    units: tuple[tuple[int, int], ...]

    def units_of(self, span: Span) -> list[tuple[int, int]]:
        """List the units of a stretch of the text."""
        offsets = self.folded.offsets
        start, end = bisect_left(offsets, span.start), bisect_left(offsets, span.end)
        first = bisect_left(self.units, (start, 0))
        last = bisect_left(self.units, (end, 0))
        return [unit for unit in self.units[first:last] if unit[1] <= end]

    def shown(self, start: int, end: int) -> str:
        """Give a stretch of the folded text as it stands in the text, on one line, without what nobody sees."""
        return " ".join(CONTROL.sub("", self.text[self.folded.offsets[start] : self.folded.offsets[end]]).split())

    def is_mark(self, unit: tuple[int, int]) -> bool:
        """Tell whether a unit is a mark and no word or number."""
        return not any(map(str.isalnum, self.folded.text[unit[0] : unit[1]]))

    def pauses_at(self, unit: tuple[int, int]) -> bool:
        """Tell whether a reader pauses at a unit: a comma, a bracket, a quotation mark, a dash."""
        mark = self.folded.text[unit[0] : unit[1]]
        return mark in _PAUSES and not (mark == "-" and unit[0] in self.folded.hyphens)


def read(text: str) -> Reader:
    """Make a stored text ready for cutting."""
    folded = quotations.fold(text)
    units: list[tuple[int, int]] = []
    for start, end in split_words(folded):
        if units and splits(folded, start) and (start == units[-1][1] or splits(folded, units[-1][1])):
            units[-1] = (units[-1][0], end)
        else:
            units.append((start, end))
    return Reader(text, folded, tuple(short for unit in units for short in _shorten(folded, unit)))


def _shorten(folded: Folded, unit: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cut what has no blanks between its words, such as Chinese, into stretches of a few characters."""
    start, end = unit
    while end - start > _WIDEST_UNIT:
        cut = next((i for i in range(start + _WIDEST_UNIT // 2, end) if not splits(folded, i)), end)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def choose(reader: Reader, sentence: Span, block: Span, most: int) -> Phrase | None:
    """Choose the phrase of a sentence that a stub quotes.

    A whole sentence is best; then a run of clauses that is short enough, of about a dozen words, with a figure if there is
    one, and the first of several; then as many words as there is room for. What stands more than once is made unique
    with the words next to it. A sentence of fewer than twelve characters is quoted together with what stands beside it
    in its paragraph.

    Args:
        reader: the stored text.
        sentence: where the sentence stands.
        block: the paragraph, heading or list item around it.
        most: the most words to be quoted.

    Returns:
        The phrase, or None where nothing of the sentence can be quoted in so few words.
    """
    units = reader.units_of(sentence)
    if not units:
        return None
    runs = list(islice(_runs(reader, units, most), _TRIES))
    if not runs:
        wide = _widen(units, reader.units_of(block))
        runs = [wide] if wide and count_words(reader.shown(*wide)) <= most else []
    made = [phrase for run in runs if (phrase := _make(reader, run)) is not None]
    return made[0] if made else next(filter(None, (_tell_apart(reader, run) for run in runs)), None)


def _runs(reader: Reader, units: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may be quoted, the best one first."""
    least = min(LEAST, sum(not reader.is_mark(unit) for unit in units))
    starts = [0, *(i + 1 for i, unit in enumerate(units) if reader.pauses_at(unit) and i + 1 < len(units))]
    ends = [*(i for i, unit in enumerate(units) if reader.pauses_at(unit) and i), len(units)]
    whole = _trim(reader, units, 0, len(units))
    found: dict[tuple[int, int], float] = {}
    for start in starts:
        for end in ends:
            run = _trim(reader, units, start, end) if start < end else None
            if run is not None and _fits(reader, run, least, most):
                found[run] = max(found.get(run, 0), _rate(reader, run, whole) + _PAUSED)
        cut = _cut(reader, units, start, most)
        if cut is not None and _fits(reader, cut, least, most):
            found.setdefault(cut, _rate(reader, cut, whole))
    yield from sorted(found, key=lambda run: (-found[run], run))


_PAUSED = 6.0  # a phrase that ends where its reader pauses is worth six words more
_ENOUGH = 12  # words beyond which a phrase is no better for being longer: of several the first is best


def _rate(reader: Reader, run: tuple[int, int], whole: tuple[int, int] | None) -> float:
    said = reader.shown(*run)
    begins = whole is not None and run[0] == whole[0]
    return min(count_words(said), _ENOUGH) + 3.0 * any(map(str.isdigit, said)) + 0.5 * begins + 100.0 * (run == whole)


def _fits(reader: Reader, run: tuple[int, int], least: int, most: int) -> bool:
    first, last = bisect_left(reader.units, (run[0], 0)), bisect_left(reader.units, (run[1], 0))
    said = reader.shown(*run)
    return (
        run[1] - run[0] >= MINIMUM_LENGTH
        and len(said) <= LONGEST
        and sum(not reader.is_mark(unit) for unit in reader.units[first:last]) >= least
        and count_words(said) <= most
    )


def _trim(reader: Reader, units: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Leave out the marks around a stretch of units, but for those that belong to it."""
    first, last = start, end
    while first < last and reader.is_mark(units[first]) and not _is_sign(reader, units[first]):
        first += 1
    while last > first and reader.is_mark(units[last - 1]) and not _is_kept(reader, units[last - 1]):
        last -= 1
    if first == last:
        return None
    inside = reader.folded.text[units[first][0] : units[last - 1][1]]
    for opening, closing in _PAIRS:
        lone = inside.count(closing) % 2 if opening == closing else inside.count(closing) > inside.count(opening)
        before = units[first - 1] if first > start else None
        after = units[last] if last < end else None
        if lone and before is not None and reader.folded.text[before[0] : before[1]] == opening:
            first -= 1
            break
        lone_opening = inside.count(opening) > inside.count(closing) if opening != closing else lone
        if lone_opening and after is not None and reader.folded.text[after[0] : after[1]] == closing:
            last += 1
            break
    return units[first][0], units[last - 1][1]


def _is_sign(reader: Reader, unit: tuple[int, int]) -> bool:
    return unicodedata.category(reader.folded.text[unit[0]]) in ("Sc", "So") or reader.folded.text[unit[0]] in "#№"


def _is_kept(reader: Reader, unit: tuple[int, int]) -> bool:
    return reader.folded.text[unit[0]] in _KEPT_AT_END or _is_sign(reader, unit)


def _cut(reader: Reader, units: Sequence[tuple[int, int]], start: int, most: int) -> tuple[int, int] | None:
    """Take as many units from `start` as there is room for, and leave out what would hang in the air at the end."""
    end = start
    while end < len(units) and (
        count_words(said := reader.shown(units[start][0], units[end][1])) <= most and len(said) <= LONGEST
    ):
        end += 1
    while end > start and end < len(units) and _word(reader, units[end - 1]) in _WEAK:
        end -= 1
    return _trim(reader, units, start, end) if start < end else None


def _word(reader: Reader, unit: tuple[int, int]) -> str:
    return reader.folded.text[unit[0] : unit[1]].casefold()


def _widen(units: Sequence[tuple[int, int]], around: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Take the words beside a sentence that is too short to be quoted alone."""
    if units[-1][1] - units[0][0] >= 2 * MINIMUM_LENGTH or units[0] not in around:
        return None
    first, last = around.index(units[0]), around.index(units[-1])
    while around[last][1] - around[first][0] < MINIMUM_LENGTH and last + 1 < len(around):
        last += 1
    while around[last][1] - around[first][0] < MINIMUM_LENGTH and first > 0:
        first -= 1
    run = around[first][0], around[last][1]
    return run if run[1] - run[0] >= MINIMUM_LENGTH else None


def _make(reader: Reader, run: tuple[int, int], prefix: str = "", suffix: str = "") -> Phrase | None:
    """Make a phrase of a stretch, where it is found there and nowhere else, and where a draft can be made of it."""
    quote = reader.shown(*run)
    span = Span(reader.folded.offsets[run[0]], reader.folded.offsets[run[1]])
    match = quotations.find(quote, reader.folded, prefix=prefix, suffix=suffix)
    if not isinstance(match, Found) or match.parts != (span,):
        return None
    # Behind the “says” of the text, that of the draft would repeat a word more of it than is quoted.
    said = "…" if _SAYS.search(reader.folded.text[max(0, run[0] - _LONGEST_HELP) : run[0]]) else quote
    says = write_draft(said if prose_plain(write_draft(said)) == write_draft(said) else escape(said))
    sound = prose_plain(says) == write_draft(said) and not prose_problems(says)
    if not sound or figures.missing(says, [quote]) or figures.dropped_qualifiers(says, [quote]):
        return None
    return Phrase(quote, span, count_words(quote), prefix, suffix, says)


def _tell_apart(reader: Reader, run: tuple[int, int]) -> Phrase | None:
    """Make a phrase that stands more than once unique by the words before it, behind it, or both."""
    if not isinstance(quotations.find(reader.shown(*run), reader.folded), Ambiguous):
        return None
    index = bisect_left(reader.units, run)
    before = [start for start, _ in reader.units[max(0, index - _TRIES) : index]][::-1]
    past = bisect_left(reader.units, (run[1], 0))
    behind = [end for _, end in reader.units[past : past + _TRIES]]
    prefixes = [words for start in before if len(words := reader.shown(start, run[0])) <= _LONGEST_HELP]
    suffixes = [words for end in behind if len(words := reader.shown(run[1], end)) <= _LONGEST_HELP]
    pairs = [*((p, "") for p in prefixes), *(("", s) for s in suffixes), *zip(prefixes, suffixes, strict=False)]
    with_words = [pair for pair in pairs if all(not part or any(map(str.isalnum, part)) for part in pair)]
    return next(filter(None, (_make(reader, run, prefix, suffix) for prefix, suffix in with_words)), None)
