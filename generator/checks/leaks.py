"""Leaks: stretches of somebody else's text that a finished page would give away without quoting them."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.checks.runs import RUN, Sieve, list_words, number_runs, place_words, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.derive import Views
    from generator.link import Library

# In pages as they are written: the address of a link, an attribute list; then the marks that may stand within a word.
_UNSEEN = re.compile(r"\((?<=\]\()[^()\s]*\)|\{[^{}\n]*\}")
_BRACKETS = "[]*`\\_"
_MARKS = re.compile(r"[\[{*`\\_&]")
# Where one block of a page ends: words on its two sides are not read as one text.
_BAR = re.compile(r"(?<!\\)\|")
_BORDER = re.compile(r"\n(?=[ \t]*(?:\n|[-*>|:{#]|[0-9]+[.)]))|(?<!\\)\|")
_DELETED = str.maketrans("", "", _BRACKETS)
# Where a page is cut into pieces, and JSON that has no escapes into strings: each block lies within one of them.
_CUT = re.compile(r"\n(?=[-*>|:{#\n])")
_STRING = re.compile('"([^"]*)"')
_REMEMBERED = 1 << 15  # pieces: some 8 MB; a third of a page has stood on others
_LONG = 400  # characters


@dataclass(frozen=True, slots=True)
class Leak:
    """Words of a source that would be published without being quoted.

    Attributes:
        source: its id.
        line: the line of its file with the first of the words that may not be published.
        words: the words, folded.
    """

    source: str
    line: int
    words: str


class Leaks:
    """Looks for leaks in one text after the other.

    Args:
        library: the linked records.
        views: what follows from them.
        sieve: of what `number_runs` says of every source, where that is known already.
    """

    def __init__(self, library: Library, views: Views, sieve: Sieve | None = None) -> None:
        self._library, self._views = library, views
        sources = library.sources.values()
        self._sieve = Sieve(number_runs(library, views, source) for source in sources) if sieve is None else sieve
        # Pieces of pages, and strings of data, that hold no run that is withheld.
        self._harmless = set[str](), set[str]()

    def find(self, path: str, text: str) -> tuple[Leak, ...]:
        """List the stretches of words of a text that may not be published, each once.

        Args:
            path: where the text is about to be published; what does not end in `.md` is read as JSON.
            text: a page as Markdown, or JSON.
        """
        is_data = not path.endswith(".md")
        return self._look(_cut(text, is_data=is_data), is_data=is_data)

    def find_in(self, plain: object) -> tuple[Leak, ...]:
        """List the stretches of words in plain data, as JSON has them, that may not be published, each once."""
        return self._look(list(dict.fromkeys(_cut(json.dumps(plain, ensure_ascii=False), is_data=True))), is_data=True)

    def _look(self, pieces: list[str], *, is_data: bool) -> tuple[Leak, ...]:
        known = self._harmless[is_data]
        fresh = [piece for piece in pieces if piece not in known]
        doubtful = fresh if self._may_leak(fresh, is_data=is_data) else ()
        leaks = dict.fromkeys(leak for piece in doubtful for leak in self._find_in(piece, is_data=is_data))
        if not leaks:
            if len(known) > _REMEMBERED:
                known.clear()
            known.update(piece for piece in fresh if len(piece) < _LONG)
        return tuple(leaks)

    def _may_leak(self, pieces: list[str], *, is_data: bool) -> bool:
        """Read pieces as one text, over the borders of their blocks: it holds at least the runs that its blocks hold."""
        whole = "\n".join(pieces)
        if "|" in whole and not is_data:
            whole = _BAR.sub("\n", whole)
        return self._sieve.catches(split_words(whole)) or self._sieve.catches(
            split_words(_UNSEEN.sub("", whole), _BRACKETS)
        )

    def _find_in(self, piece: str, *, is_data: bool) -> Iterator[Leak]:
        if self._may_leak([piece], is_data=is_data):
            for words in map(list_words, _unwrap(piece, is_data=is_data)):
                if self._sieve.catches([word.encode() for word in words]):
                    yield from _leaks_in(words, self._withheld)

    @cached_property
    def _withheld(self) -> Mapping[tuple[str, ...], tuple[str, int]]:
        return _list_withheld(self._library, self._views)


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from (name, *_strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _cut(text: str, *, is_data: bool) -> list[str]:
    """Cut a page into pieces, none of which ends within a block, or JSON into the texts it holds."""
    if not is_data:
        return _CUT.split(text)
    return list(_strings(json.loads(text))) if "\\" in text else _STRING.findall(text)


def _unwrap(piece: str, *, is_data: bool) -> Iterator[str]:
    """Give a text as it is published and as it is read: without what markup puts between two words, or into one."""
    for block in (piece,) if is_data else _BORDER.split(piece):
        yield html.unescape(block)
        if _MARKS.search(block):
            yield html.unescape(_UNSEEN.sub("", block).translate(_DELETED))


def _list_withheld(library: Library, views: Views) -> dict[tuple[str, ...], tuple[str, int]]:
    """Map every run of words of which one may not be published to its source and line.

    What is quoted may be published, and so may the title, which is part of the citation; of a source with
    `publish: none` only the title. What one source lets out is out, whoever else has the same words.
    """
    found: dict[tuple[str, ...], tuple[str, int]] = {}
    shown = {run for source in library.sources.values() for run in _runs(list_words(source.title or ""))}
    for one in views.coverage:
        placed = place_words(library, views, library.sources[one])
        is_shown = [may_be for _, _, may_be in placed]
        for i, run in enumerate(_runs([word for word, _, _ in placed])):
            if all(is_shown[i : i + RUN]):
                shown.add(run)
            else:
                found.setdefault(run, (one, library.texts[one].line_at(placed[is_shown.index(False, i)][1])))
    return {run: place for run, place in found.items() if run not in shown}


def _leaks_in(words: list[str], withheld: Mapping[tuple[str, ...], tuple[str, int]]) -> Iterator[Leak]:
    """List the stretches of a text that may not be published."""
    end = -1
    for start, run in enumerate(_runs(words)):
        leak = withheld.get(run)
        if leak is not None and start > end:
            end = start
            while tuple(words[end + 1 : end + 1 + RUN]) in withheld:
                end += 1
            yield Leak(*leak, " ".join(words[start : end + RUN]))
