"""Content now and content at an earlier revision: what a check compares with, and what a change does to the site."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import checks, load
from generator.compare import Page, Side, compare
from generator.decode import decode
from generator.derive import derive
from generator.diagnostics import sort
from generator.link import link
from generator.pages import plan
from generator.pipeline.checking import Checked, check
from generator.publish.progress import say_nothing
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.compare import Comparison
    from generator.diagnostics import Diagnostic
    from generator.link import Library
    from generator.pages import PlannedPage


@dataclass(frozen=True, slots=True)
class Base:
    """The published state that a check compares with.

    Attributes:
        revision: what was read.
        library: its records; None where nothing had been published.
        diagnostics: what does not resolve in it.
        passed: why the revision that was asked for was passed over for this earlier one; empty where it was not.
    """

    revision: load.Revision
    library: Library | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    passed: str = ""

    @property
    def summary(self) -> str:
        """One line: what was compared with."""
        at = f"{self.revision.name} ({self.revision.short})"
        if self.library is None:
            return f"Nothing was published at {at}, so there was nothing to compare with."
        return (
            f"{self.passed} Compared with {self.revision.short}, the last before it that can."
            if self.passed
            else f"Compared with {at}."
        )


def read_base(root: Path, name: str, progress: Callable[[str], None] = say_nothing) -> Base:
    """Read the published state that a check compares with.

    Args:
        root: the project's folder.
        name: a git revision; what is read is the commit where the branch at hand left it.
        progress: told the name of each stage as it begins.

    Where the content at that commit cannot be read whole, the last one before it that can is what was published: a site is
    built of sound content only.

    Raises:
        load.RevisionError: there is no such revision, or it and all before it cannot be read whole. A record that cannot
            be read would be a hole through which anything passes.
    """
    progress(f"Reading content at {name}")
    base, unread = _read_whole(root, name)
    if base is not None:
        return base
    revision, passed = unread
    earlier = revision.commit
    for _ in range(_MOST_STEPS):
        try:
            found, (before, _) = _read_whole(root, f"{earlier}^")
        except load.RevisionError:
            break
        if found is not None and found.revision.exists:
            return replace(found, passed=passed)
        if found is not None:
            break
        earlier = before.commit
    raise load.RevisionError(
        f"{passed} Nothing can be compared with it: name a revision whose content is sound, such as a later commit."
    )


def _read_whole(root: Path, name: str) -> tuple[Base | None, tuple[load.Revision, str]]:
    """Read a revision as a base; None where a part of it cannot be read, with the sentence that says which."""
    revision = load.read_revision(root, name)
    if not revision.exists:
        return Base(revision), (revision, "")
    records, undecoded = decode(revision.documents)
    texts, untold = load.read_revision_texts(
        root, revision.commit, records.settings.text_dir if records.settings else None
    )
    library, unlinked = link(records, texts)
    problems = [*revision.diagnostics, *undecoded, *untold, *(one for one in unlinked if one.code == "duplicate-id")]
    unread = [one for one in problems if one.severity == "error" and one.code not in ("unknown-place", "odd-name")]
    if library is not None and not unread and not records.broken and not records.unread:
        return Base(revision, library, sort(unlinked)), (revision, "")
    places = sorted({str(one.place) for one in unread or problems})
    more = f" and {len(places) - _MOST_PLACES:,} more" if len(places) > _MOST_PLACES else ""
    listed = f"{', '.join(places[:_MOST_PLACES])}{more}"
    return None, (revision, f"The content at {name} ({revision.short}) cannot be read whole (see {listed}).")


def leave_out_known(checked: Checked, base: Base) -> tuple[Diagnostic, ...]:
    """Give what a check found, without the warnings that the published state had already in the same file."""
    if base.library is None or checked.views is None:
        return tuple(checked.diagnostics)
    views = derive(base.library, checked.views.today)
    before = {(one.place.path, one.code, one.message) for one in checks.run(base.library, views)}
    return tuple(
        one
        for one in checked.diagnostics
        if one.severity == "error" or (one.place.path, one.code, one.message) not in before
    )


def compare_with(
    root: Path, base: Base, *, today: date | None = None, progress: Callable[[str], None] = say_nothing
) -> Comparison:
    """Tell what the content as it is now does to the site as it was published.

    Args:
        root: the project's folder.
        base: the published state.
        today: the day for both sides, so that only content differs; see `check`.
        progress: told the name of each stage as it begins.
    """
    day = today or load.read_today(root, os.environ)
    now = check(root, today=day, base=base.library, progress=progress)
    if base.library is None:
        return compare(Side(), Side(now.library, now.views, tuple(now.diagnostics)))
    views = derive(base.library, day)
    found = sort((*base.diagnostics, *checks.run(base.library, views)))
    before = Side(base.library, views, found)
    after = Side(now.library, now.views, tuple(now.diagnostics))
    stopped = {one.code for one in now.diagnostics if one.severity == "error"} - checks.COMPARING
    if now.library is None or now.views is None or stopped or {one.code for one in found} & _UNPLANNABLE:
        return compare(before, after)
    progress("Comparing pages")
    old = {page.path: page for page in plan(base.library, views)}
    new = {page.path: page for page in plan(now.library, now.views)}
    differing = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    templates = load.read_templates(root)
    sides = [_render_some(pages, differing, templates) for pages in (old, new)]
    unrendered = sort((*now.diagnostics, *sides[1][1]))
    return compare(replace(before, pages=sides[0][0]), replace(after, diagnostics=unrendered, pages=sides[1][0]))


_MOST_PLACES = 5
_MOST_STEPS = 100
_UNPLANNABLE = frozenset(
    {"unresolved-reference", "duplicate-id", "reused-id"}
    | {"record-circle", "affiliation-circle", "after-circle", "chain-circle"}
)
"""With these, the pages of a published state cannot be made; what newer rules find besides does not stop it."""


def _render_some(
    planned: Mapping[str, PlannedPage], paths: Iterable[str], templates: Mapping[str, str]
) -> tuple[Mapping[str, Page] | None, tuple[Diagnostic, ...]]:
    """Render the pages at some paths: equal plans make equal pages, and rendering is what takes time."""
    pages = {path: planned[path] for path in sorted(paths) if path in planned}
    texts, problems = render(pages.values(), templates)
    if problems:
        return None, problems
    return {path: Page(page.meta["title"], page.meta["kind"], texts[path]) for path, page in pages.items()}, ()
