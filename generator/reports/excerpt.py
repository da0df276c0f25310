"""The lines that a diagnostic is about, cut so that they fit, with the words that it is about marked in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len

from generator.reports.escaping import escape_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.diagnostics import Diagnostic

Lines: TypeAlias = "Mapping[str, Sequence[str]]"
"""The lines of files by their paths, without line ends."""

_Spot = tuple[int, int]
_Span = tuple[_Spot, _Spot]

WIDTH = 68
"""The most cells of a typed line that are shown: with its number and indentation it fits a terminal of 80 columns."""

_BEFORE = 30
_AFTER = 10
_SAMPLE = 4 * WIDTH
_COPIED = 2_000
_ELLIPSIS = "…"
_SHOWN_LINES = 3
_NEAR = 200  # so many lines are looked through for the beginning of a record: more would take hours for a hostile file
_SEARCHED = 60
_SEARCHED_CHARACTERS = 40_000
_ITEM = re.compile(r"-\s+(?=\S)")
_FIELD = re.compile(r"[\w-]+:\s+\S.*")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_WORD = re.compile(r"[\w-]*\w")
_COMMENT = re.compile(r"\s+#\s.*")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an excerpt; its three parts are escaped and follow one another.

    Attributes:
        number: 1-based line of the file; 0 stands for lines that are left out.
        before: what stands before the marked words.
        marked: the words that the diagnostic is about; empty where nothing of the line is marked.
        after: what stands behind them.
        caret: whether the place between `before` and `after` is to be shown although no words are marked there.
    """

    number: int
    before: str = ""
    marked: str = ""
    after: str = ""
    caret: bool = False

    @property
    def underline(self) -> str:
        """Spaces and carets that stand under the marked words where every cell has the same width."""
        if not self.marked and not self.caret:
            return ""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.marked))


def cut(diagnostic: Diagnostic, lines: Lines) -> tuple[Row, ...]:
    """Cut the lines that a diagnostic is about out of their file.

    Args:
        diagnostic: its place and the words inside it that it is about.
        lines: the lines of the files at hand.

    Returns:
        The line that begins the record, where that is another one, and at most three lines of the value; nothing where
        the file is not at hand or the place is the file as a whole.
    """
    typed = lines.get(diagnostic.place.path, ())
    if not 0 < diagnostic.place.line <= len(typed):
        return ()
    start, end = _find_span(diagnostic, typed)
    (first, _), (last, _) = start, end
    numbers = list(range(first, last + 1))
    if len(numbers) > _SHOWN_LINES:
        numbers = [first, first + 1, 0, last]
    rows: list[Row] = []
    record = _find_record(diagnostic.place.path, typed, first)
    if record:
        rows.append(_cut_line(record, typed[record - 1], None))
        if record < first - 1:
            rows.append(Row(0))
    rows += [Row(0) if number == 0 else _cut_line(number, typed[number - 1], (start, end)) for number in numbers]
    return tuple(rows)


def mend(diagnostic: Diagnostic, lines: Lines) -> tuple[Row, ...]:
    """Write the lines as they should be typed, with the mended words marked; nothing where no fix is known.

    They are not shortened, since they are there to be copied, unless nobody would: of very many lines those in the middle
    are left out, and a very long one is cut around what is mended.
    """
    place, fix = diagnostic.place, diagnostic.fix
    typed = lines.get(place.path, ())
    if fix is None or not place.column or not 0 < place.line <= place.end_line <= len(typed):
        return ()
    before = typed[place.line - 1][: place.column - 1]
    after = typed[place.end_line - 1][place.end_column - 1 :]
    mended = [("", fix_line, "") for fix_line in fix.split("\n")]
    mended[0] = (before, mended[0][1], "")
    mended[-1] = (mended[-1][0], mended[-1][1], after)
    rows = [_shorten(number, *parts, most=_COPIED) for number, parts in enumerate(mended, place.line)]
    if (place.line, place.column) == (place.end_line, place.end_column) and len(rows) > 1:
        unchanged_above = fix.startswith("\n")
        rows = rows[1:] if unchanged_above else rows
        rows = rows[:-1] if not unchanged_above and fix.endswith("\n") and not before else rows
    if len(rows) > 2 * _SHOWN_LINES:
        rows = [*rows[:_SHOWN_LINES], Row(0), *rows[-_SHOWN_LINES:]]
    return tuple(rows)


def _find_span(diagnostic: Diagnostic, typed: Sequence[str]) -> _Span:
    """Find where the words begin and end that a diagnostic is about; both 1-based, the end behind the last character."""
    place = diagnostic.place
    line = typed[place.line - 1]
    if not place.column:
        return (place.line, len(line) - len(line.lstrip()) + 1), (place.line, len(line.rstrip()) + 1)
    start = place.line, min(place.column, len(line) + 1)
    known = place.line <= place.end_line <= len(typed) and (place.end_line, place.end_column) >= start
    end = (place.end_line, place.end_column) if known else _end_nearby(typed, start)
    if diagnostic.focus and (found := _find_words(diagnostic.focus, typed, start, end)):
        return found
    if known:
        return start, _trim(typed, start, end)
    if place.path.endswith(".md") and place.column == 1 and not _FIELD.match(line[:WIDTH]):
        return start, (start[0], len(line.rstrip()) + 1)  # a line of a stored text
    return start, (start[0], start[1] + _guess_length(line, start[1]))


def _end_nearby(typed: Sequence[str], start: _Spot) -> _Spot:
    """Tell how far words are looked for where the end of a value is not known: to the next line that is indented less."""
    number, column = start
    for further in range(number, min(len(typed), number + _SEARCHED)):
        text = typed[further]
        if text[: column - 1].strip():
            return further, len(typed[further - 1]) + 1
    last = min(len(typed), number + _SEARCHED)
    return last, len(typed[last - 1]) + 1


def _trim(typed: Sequence[str], start: _Spot, end: _Spot) -> _Spot:
    """Take white space and empty lines off the end of a span: a folded text ends where the next field begins."""
    line, column = end
    while line > start[0] and not typed[line - 1][: column - 1].strip():
        line -= 1
        column = len(typed[line - 1]) + 1
    begun = start[1] - 1 if line == start[0] else 0
    kept = typed[line - 1][begun : column - 1].rstrip()
    trimmed = line, begun + len(kept) + 1
    return trimmed if trimmed > start else end  # white space alone is what it is about, such as a tab


def _find_words(words: str, typed: Sequence[str], start: _Spot, end: _Spot) -> _Span | None:
    """Find words inside a span, whatever white space and line ends stand between them; whole words go first."""
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        return None
    text = "\n".join(_slice(typed, start, end))[:_SEARCHED_CHARACTERS]
    pattern = r"\s+".join(pieces)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text) or re.search(pattern, text)
    if not found:
        return None
    return _spot_of(text, found.start(), start), _spot_of(text, found.end(), start)


def _slice(typed: Sequence[str], start: _Spot, end: _Spot) -> Iterator[str]:
    taken = 0
    for number in range(start[0], end[0] + 1):
        last = end[1] - 1 if number == end[0] else None
        piece = typed[number - 1][start[1] - 1 if number == start[0] else 0 : last]
        yield piece
        taken += len(piece) + 1
        if taken > _SEARCHED_CHARACTERS:
            return


def _spot_of(text: str, at: int, start: _Spot) -> _Spot:
    lines = text.count("\n", 0, at)
    behind = at - (text.rfind("\n", 0, at) + 1)
    return start[0] + lines, behind + (1 if lines else start[1])


def _guess_length(line: str, column: int) -> int:
    """Guess how many characters the value at a column has where its end is not known; 0 for a bare place."""
    rest = line[column - 1 : column - 1 + WIDTH]
    for pattern in (_FIELD, _QUOTED, _WORD):
        if found := pattern.match(rest):
            return len(_COMMENT.sub("", found[0]).rstrip())
    return min(1, len(rest))


def _find_record(path: str, typed: Sequence[str], line: int) -> int:
    """Find the line with the id of the record in a list that a line belongs to; 0 where there is none above it."""
    if path.endswith(".md"):
        return 0
    for number in range(line, max(0, line - _NEAR), -1):
        item = _ITEM.match(typed[number - 1])
        if item:
            begins = f"{' ' * item.end()}id:"
            if typed[number - 1].startswith("id:", item.end()):
                return number if number < line else 0
            return next((n for n in range(number + 1, line) if typed[n - 1].startswith(begins)), 0)
        if typed[number - 1][:1] not in ("", " ", "#"):
            return 0
    return 0


def _cut_line(number: int, line: str, span: _Span | None) -> Row:
    """Cut one line so that it fits, with what a span covers of it marked."""
    line = line.rstrip()
    if span is None:
        return Row(number, _keep(line, WIDTH))
    (first, begin), (last, end) = span
    left = min(begin - 1, len(line)) if number == first else len(line) - len(line.lstrip())
    right = max(left, min(end - 1, len(line)) if number == last else len(line))
    return _shorten(number, line[:left], line[left:right], line[right:], caret=first == last)


def _shorten(number: int, before: str, marked: str, after: str, *, caret: bool = False, most: int = 0) -> Row:
    """Cut the three parts of a line so that they fit: of each, what is next to the marked words stays.

    Lines of up to `most` characters are left as they are.
    """
    wide = tuple(_measure(part) for part in (before, marked, after))
    if sum(wide) <= WIDTH or len(before) + len(marked) + len(after) <= most:
        return Row(number, escape_typed(before), escape_typed(marked), escape_typed(after), caret)
    marked = _keep(marked, WIDTH - min(wide[0], _BEFORE) - min(wide[2], _AFTER))
    room = WIDTH - cell_len(marked)
    begins = wide[0] <= room - min(wide[2], _AFTER)  # the beginning of a line tells more than its end
    before = _keep_end(before, wide[0] if begins else max(min(wide[0], _BEFORE), room - wide[2]))
    after = _keep(after, WIDTH - cell_len(before) - cell_len(marked))
    return Row(number, before, marked, after, caret)


def _measure(text: str) -> int:
    """Count the cells of a text as it is shown; one that is far too long is only known not to fit."""
    return cell_len(escape_typed(text)) if len(text) <= _SAMPLE else WIDTH + 1


def _fitting(text: str, width: int) -> int:
    """Count the characters from the beginning of a text that fit into so many cells."""
    used = 0
    for position, character in enumerate(text):
        used += cell_len(escape_typed(character))
        if used > width:
            return position
    return len(text)


def _keep(text: str, width: int) -> str:
    """Keep as much of the beginning of a text as fits, with an ellipsis for the rest."""
    if _measure(text) <= width:
        return escape_typed(text)
    return escape_typed(text[: _fitting(text[:_SAMPLE], width - 1)]) + _ELLIPSIS


def _keep_end(text: str, width: int) -> str:
    """Keep as much of the end of a text as fits, with an ellipsis for the rest."""
    if _measure(text) <= width:
        return escape_typed(text)
    kept = _fitting(text[-_SAMPLE:][::-1], width - 1)
    return _ELLIPSIS + escape_typed(text[len(text) - kept :])
