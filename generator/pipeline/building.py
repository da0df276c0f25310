"""Content in, pages out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import checks, load
from generator.diagnostics import has_errors, sort
from generator.exports import export_records, export_schema
from generator.pages import Download, plan
from generator.paths import DESK
from generator.pipeline.checking import Checked, check
from generator.publish.progress import say_nothing
from generator.render import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.link import Library


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


def build(
    root: Path,
    *,
    today: date | None = None,
    base: Library | None = None,
    preview: bool = False,
    progress: Callable[[str], None] = say_nothing,
) -> Built:
    """Check all content and, where nothing is wrong, make every page; nothing is written here.

    Args:
        root: the project's folder.
        today: the day of the build; see `check`.
        base: the library of an earlier revision.
        preview: whether to make the desk too, which is never published.
        progress: told the name of each stage as it begins.
    """
    checked = check(root, today=today, base=base, progress=progress)
    library, views = checked.library, checked.views
    if library is None or views is None or not checked.ok:
        return Built(checked.diagnostics, library, views)
    progress("Making pages")
    files = {"data/records.json": export_records(library, views), "data/schema.json": export_schema()}
    downloads = [_describe(path, text) for path, text in files.items()]
    planned = plan(library, views, downloads, preview=preview)
    pages, unrendered = render(planned, load.read_templates(root))
    published = {path: text for path, text in pages.items() if path != DESK}
    leaks = checks.find_leaks(library, views, {**published, **files})
    found = sort((*checked.diagnostics, *unrendered, *leaks))
    if has_errors(found):
        return Built(found, library, views)
    return Built(found, library, views, pages=pages, files=files)
