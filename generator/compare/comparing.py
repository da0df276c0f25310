"""Two sides become one comparison."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.compare.claims import find_flags, find_origins, find_rewordings, find_verdict_moves
from generator.compare.comparison import Comparison, PageChange, Problems
from generator.compare.library import (
    find_corrections,
    find_coverage,
    find_records,
    find_renamed,
    find_site,
)
from generator.compare.pairing import Pairing
from generator.diagnostics import sort
from generator.records import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.compare.sides import Page, Side
    from generator.diagnostics import Diagnostic
    from generator.link import Library

_MOVED = "moved"


def _count_warnings(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    """Count warnings by what they say: lines move with every edit."""
    return Counter((one.code, one.message) for one in sort(diagnostics) if one.severity == "warning")


def _find_problems(before: Side, now: Side) -> Problems:
    was, is_ = _count_warnings(before.diagnostics), _count_warnings(now.diagnostics)
    new, gone = Counter[str](), Counter[str]()
    for (code, _), number in (is_ - was).items():
        new[code] += number
    for (code, _), number in (was - is_).items():
        gone[code] += number
    return Problems(
        tuple(one for one in sort(now.diagnostics) if one.severity == "error"),
        sum(one.severity == "error" for one in sort(before.diagnostics)),
        {code: (new[code], gone[code]) for code in sorted({*new, *gone})},
    )


def _find_pages(before: Mapping[str, Page], now: Mapping[str, Page]) -> Iterator[PageChange]:
    for path in sorted({*before, *now}):
        old, new = before.get(path), now.get(path)
        if new is None:
            if old is not None:
                yield PageChange(path, old.title, old.kind, "gone")
        elif old is None:
            yield PageChange(path, new.title, new.kind, "redirected" if new.kind == _MOVED else "added")
        elif old.text != new.text:
            moved = new.kind == _MOVED and old.kind != _MOVED
            yield PageChange(path, new.title, new.kind, "redirected" if moved else "changed")


def _count(library: Library) -> Mapping[str, int]:
    numbers = Counter(kind for kind, _ in library.located)
    return {kind: numbers[kind] for kind in FOLDERS}


def compare(before: Side, now: Side) -> Comparison:
    """Tell what a change does to the published site.

    Args:
        before: the published state; without a library where nothing had been published.
        now: the state after the change, checked against the other.

    Returns:
        Everything that differs. Where the content cannot be used any more, only what is wrong with it.
    """
    problems = _find_problems(before, now)
    if now.library is None or now.views is None:
        return Comparison(problems, is_whole=False, pages=None)
    counts = _count(now.library)
    quotations = (before.views.quotations_checked if before.views else 0, now.views.quotations_checked)
    if before.library is None or before.views is None:
        return Comparison(problems, is_first=True, quotations=quotations, counts=counts)
    pairing = Pairing(before.library, now.library)
    pages = None
    if before.pages is not None and now.pages is not None:
        pages = tuple(_find_pages(before.pages, now.pages))
    return Comparison(
        problems=problems,
        verdicts=tuple(find_verdict_moves(pairing)),
        reworded=tuple(find_rewordings(pairing)),
        renamed=tuple(find_renamed(pairing)),
        records=tuple(find_records(pairing)),
        corrections=tuple(find_corrections(pairing)),
        origins=tuple(find_origins(pairing, before.views, now.views)),
        flags=tuple(find_flags(pairing, before.views, now.views)),
        quotations=quotations,
        coverage=tuple(find_coverage(pairing, before.views, now.views)),
        pages=pages,
        site=tuple(find_site(pairing)),
        counts=counts,
    )
