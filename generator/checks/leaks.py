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

    def find(self, path: str, text: str) -> tuple[Leak, ...]:
        """List the stretches of words of a text that may not be published, each once.

        Args:
            path: where the text is about to be published; what ends in `.json` is read as JSON.
            text: a page as Markdown, or JSON.
        """
        if not self._may_leak(path, text):
            return ()
        return tuple(dict.fromkeys(leak for read in _unwrap(path, text) for leak in self._find_in(list_words(read))))

    def _may_leak(self, path: str, text: str) -> bool:
        """Read a text as a whole, over the borders of its blocks: it holds at least the runs that its blocks hold."""
        whole = "\n".join(_strings(json.loads(text))) if path.endswith(".json") else text
        if "|" in whole and whole is text:
            whole = _BAR.sub("\n", text)
        return self._sieve.catches(split_words(whole)) or self._sieve.catches(
            split_words(_UNSEEN.sub("", whole), _BRACKETS)
        )

    def _find_in(self, words: list[str]) -> Iterator[Leak]:
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


def _unwrap(path: str, text: str) -> Iterator[str]:
    """Give a text as it is published and as it is read: without what markup puts between two words, or into one."""
    for block in _strings(json.loads(text)) if path.endswith(".json") else _BORDER.split(text):
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
