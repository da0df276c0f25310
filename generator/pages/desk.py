"""The desk as a page: what is left to do, and how far each fact sheet is. Only the preview has it.

It shows sentences of stored texts that no record quotes, which no published page may show.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.derive import count
from generator.derive.desk import DONE, OF_CLAIMS, list_work
from generator.pages.lines import ClaimLine, claim_line, link_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import DESK, Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.derive.desk import Account, Desk, Item, Progress, Section

FEW = 15
"""Up to so many things of a section stand in one list; more are folded, file by file."""
MOST = 50
"""So many things of one file are listed."""
MOST_FILES = 40
"""So many files of a section are listed."""
MOST_SHEETS = 20
"""So many fact sheets are listed."""

_ANCHORS: Mapping[str, str] = MappingProxyType({"open-questions": "unknown", "sentences": "text"})
# The shapes of the verdict bar, which mean no verdict here, with the words beside them.
_SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        DONE: ("check", "done"),
        "unchecked": ("dash", "not judged"),
        "overdue": ("cross", "to be reviewed"),
        "single-origin": ("question", "of a single origin"),
        "unnamed-origin": ("quote", "of an unnamed origin"),
        "one-relay": ("arrows", "through one relay"),
        "one-checker": ("plus", "checked by one person"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do.

    Attributes:
        claim: the claim; None for anything else.
        link: to the record; None for a sentence, which no page has to itself.
        words: a sentence of a stored text; empty for a record.
        language: BCP 47 tag of the sentence.
        detail: what there is to know about it.
        place: `path:line`.
        number: the line, in a list of one file; 0 otherwise.
    """

    claim: ClaimLine | None
    link: Link | None
    words: str
    language: str
    detail: str
    place: str
    number: int


@dataclass(frozen=True, slots=True)
class File:
    """What is to be done in one file.

    Attributes:
        path: the file.
        total: how many things.
        lines: the first of them.
        source: the source, where the file holds its text.
        account: what became of its sentences.
    """

    path: str
    total: int
    lines: tuple[Line, ...]
    source: Link | None
    account: Account | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page.

    Attributes:
        section: what is to be done.
        lines: all of it, where it is little.
        files: it file by file, the first few, where it is much.
        more: how many files are not listed.
    """

    section: Section
    lines: tuple[Line, ...]
    files: tuple[File, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """How far a fact sheet is.

    Attributes:
        link: to the sheet; None for the claims that stand on none.
        done: how many claims are done.
        claims: how many there are.
        bar: the lines of the block `verdict-bar`.
    """

    link: Link | None
    done: int
    claims: int
    bar: tuple[str, ...]


def _line(site: Site, section: Section, item: Item, *, alone: bool) -> Line:
    place = item.place
    at = (f"{place.path}:{place.line}", 0 if alone else place.line)
    if section.key == "sentences":
        return Line(None, None, item.label, site.library.sources[item.id].language, item.detail, *at)
    anchor = _ANCHORS.get(section.key, "")
    claim = claim_line(site, item.id, anchor) if item.kind == "claim" and section.key != "orphans" else None
    return Line(claim, claim.link if claim else link_to(site, item.kind, item.id), "", "", item.detail, *at)


def _file(site: Site, section: Section, path: str, items: Sequence[Item], accounts: Mapping[str, Account]) -> File:
    account = accounts[path] if section.key == "sentences" else None
    return File(
        path,
        len(items),
        tuple(_line(site, section, item, alone=False) for item in items[:MOST]),
        link_to(site, "source", account.source, _ANCHORS[section.key]) if account else None,
        account,
    )


def _part(site: Site, section: Section, accounts: Mapping[str, Account]) -> Part:
    """Lay out a section; sentences always stand by their text, which has a strip that shows where in it they are."""
    if len(section.items) <= FEW and section.key != "sentences":
        return Part(section, tuple(_line(site, section, item, alone=True) for item in section.items), (), 0)
    files = section.by_file
    shown = [_file(site, section, path, files[path], accounts) for path in list(files)[:MOST_FILES]]
    return Part(section, (), tuple(shown), len(files) - len(shown))


def _sheet(site: Site, progress: Progress) -> Sheet:
    done = progress.left.get(DONE, 0)
    bar = tuple(
        f"{_SIGNS[key][0]}: {progress.left[key]} {_SIGNS[key][1]}" for key in (DONE, *OF_CLAIMS) if key in progress.left
    )
    link = link_to(site, "topic", progress.topic) if progress.topic else None
    return Sheet(link, done, progress.claims, bar)


def plan_desk(site: Site, desk: Desk | None = None) -> PlannedPage:
    """Plan the desk.

    Args:
        site: the records.
        desk: the work-list; None computes it.
    """
    work = desk or list_work(site.library, site.views)
    return plan_page(
        DESK,
        "desk",
        "Desk",
        kind="desk",
        description=f"{count(work.total, 'thing', 'things')} to do.",
        total=work.total,
        parts=tuple(_part(site, section, work.accounts) for section in work.sections if section.items),
        empty=tuple(section.many for section in work.sections if not section.items),
        sheets=tuple(_sheet(site, sheet) for sheet in work.sheets[:MOST_SHEETS]),
        more_sheets=max(0, len(work.sheets) - MOST_SHEETS),
    )
