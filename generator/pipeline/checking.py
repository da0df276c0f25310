"""Content in, diagnostics out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import checks, load
from generator.decode import decode
from generator.derive import count, derive
from generator.diagnostics import has_errors, sort
from generator.link import link
from generator.publish.progress import say_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from generator.decode import Decoded
    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.documents import Document
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        diagnostics: everything that is wrong or worth another look, in the order of files and lines.
        library: the linked records, or None where settings or vocabulary cannot be used.
        views: what follows from them, or None.
        sound: whether it is known without a look at the diagnostics that none is an error.
    """

    diagnostics: Sequence[Diagnostic]
    library: Library | None = None
    views: Views | None = None
    sound: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing stops the build."""
        return self.library is not None and (self.sound or not has_errors(self.diagnostics))

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
    day = today or load.read_today(root, os.environ)
    problems = ((*unread, *undecoded), untold)
    return check_records(records, texts, problems, today=day, base=base, progress=progress)


def check_documents(
    documents: Iterable[Document], texts: Mapping[str, Document], today: date, base: Library | None = None
) -> Checked:
    """Check content that is not on the disk: what a change would make of it.

    Args:
        documents: the files below `content/`, in the order in which they are read.
        texts: stored texts kept elsewhere, by source id.
        today: the day of the check.
        base: the library of an earlier revision, for the rules that compare.
    """
    records, undecoded = decode(documents)
    return check_records(records, texts, (undecoded, ()), today=today, base=base)


def check_records(
    records: Decoded,
    texts: Mapping[str, Document],
    problems: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]],
    *,
    today: date,
    base: Library | None,
    progress: Callable[[str], None] = say_nothing,
) -> Checked:
    """Link and check records; `problems` are those of the files below `content/` and those of texts kept elsewhere."""
    undecoded, untold = problems
    library, unlinked = link(records, texts)
    found = (*undecoded, *untold, *unlinked)
    if library is None:
        return Checked(sort(found))
    progress("Checking quotations and rules")
    views = derive(library, today)
    return Checked(sort((*found, *checks.run(library, views, base, _find_unread(records, undecoded)))), library, views)


def _find_unread(records: Decoded, problems: Iterable[Diagnostic]) -> frozenset[str]:
    """Name the kinds of which a record is there and could not be read: against a base, it is not gone."""
    kinds = records.unread | {kind for kind, _ in records.broken}
    files = {diagnostic.place.path for diagnostic in problems if diagnostic.severity == "error"}
    pages = {"page"} if any(path.startswith("content/pages/") for path in files) else set()
    return kinds | pages | ({"correction"} if "content/corrections.yml" in files else set())
