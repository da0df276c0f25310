"""The whole story on one screen: content in, diagnostics and finished pages out."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import checks, load
from generator.decode import decode
from generator.derive import count, derive
from generator.diagnostics import has_errors, sort
from generator.exports import export_records, export_schema
from generator.link import link
from generator.pages import Download, plan
from generator.publish.progress import say_nothing
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        diagnostics: everything that is wrong or worth another look, in the order of files and lines.
        library: the linked records, or None where settings or vocabulary cannot be used.
        views: what follows from them, or None.
    """

    diagnostics: tuple[Diagnostic, ...]
    library: Library | None = None
    views: Views | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing stops the build."""
        return self.library is not None and not has_errors(self.diagnostics)

    @property
    def summary(self) -> str:
        """One line: what was read and what was checked."""
        if self.library is None or self.views is None:
            return "Nothing could be checked."
        library = self.library
        parts = [
            count(len(library.sources), "source", "sources"),
            count(len(library.claims), "claim", "claims"),
            count(len(library.events), "event", "events"),
            count(len(library.entities), "entity", "entities"),
            count(len(library.topics), "topic", "topics"),
        ]
        found = count(self.views.quotations_checked, "quotation", "quotations")
        unchecked = self.views.quotations_unchecked
        rest = f", {unchecked:,} not checked for want of the text" if unchecked else ""
        return f"{', '.join(parts)}; {found} found in the stored texts{rest}."


@dataclass(frozen=True, slots=True)
class Built(Checked):
    """A check together with everything that is to be published; both mappings are empty where an error stops the build.

    Attributes:
        pages: Markdown by path below the pages folder.
        files: other files of the site by path, such as `data/records.json`.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


_DATA_FILES = {
    "data/records.json": (
        "All records",
        "Every record as it was typed, with what the build computed about each claim.",
    ),
    "data/schema.json": ("JSON Schema", "The form of the records, for programs that read or check them."),
}


def _describe(path: str, text: str) -> Download:
    title, description = _DATA_FILES[path]
    return Download(path, title, description, len(text.encode()))


def check(
    root: Path, *, today: date | None = None, base: Library | None = None, progress: Callable[[str], None] = say_nothing
) -> Checked:
    """Read and check all content.

    Args:
        root: the project's folder.
        today: the day of the build; None takes it from SOURCE_DATE_EPOCH, the last commit or the clock.
        base: the library of an earlier revision, for the rules that compare.
        progress: told the name of each stage as it begins.
    """
    progress("Reading content")
    documents, unread = load.read(root)
    records, undecoded = decode(documents)
    progress("Linking records")
    texts, untold = load.read_texts(root, records.settings.text_dir if records.settings else None)
    library, unlinked = link(records, texts)
    found = (*unread, *undecoded, *untold, *unlinked)
    if library is None:
        return Checked(sort(found))
    progress("Checking quotations and rules")
    views = derive(library, today or load.read_today(root, os.environ))
    return Checked(sort((*found, *checks.run(library, views, base))), library, views)


def build(
    root: Path, *, today: date | None = None, base: Library | None = None, progress: Callable[[str], None] = say_nothing
) -> Built:
    """Check all content and, where nothing is wrong, make every page; nothing is written here.

    Args:
        root: the project's folder.
        today: the day of the build; see `check`.
        base: the library of an earlier revision.
        progress: told the name of each stage as it begins.
    """
    checked = check(root, today=today, base=base, progress=progress)
    library, views = checked.library, checked.views
    if library is None or views is None or not checked.ok:
        return Built(checked.diagnostics, library, views)
    progress("Making pages")
    files = {"data/records.json": export_records(library, views), "data/schema.json": export_schema()}
    planned = plan(library, views, checks.RULES, [_describe(path, text) for path, text in files.items()])
    pages, unrendered = render(planned, load.read_templates(root))
    leaks = checks.find_leaks(library, views, {**pages, **files})
    found = sort((*checked.diagnostics, *unrendered, *leaks))
    if has_errors(found):
        return Built(found, library, views)
    return Built(found, library, views, pages, files)
