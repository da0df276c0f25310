"""Content in, pages out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import checks, load
from generator.diagnostics import has_errors, sort
from generator.exports import export_all
from generator.pages import plan
from generator.paths import DESK
from generator.pipeline.checking import Checked, check
from generator.pipeline.offering import list_downloads
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
    files: Mapping[str, bytes] = field(default_factory=dict)


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
    data = export_all(library, views)
    downloads = list_downloads({path: len(content) for path, content in data.files.items()})
    planned = plan(library, views, downloads, preview=preview)
    pages, unrendered = render(planned, load.read_templates(root))
    published = {path: text for path, text in pages.items() if path != DESK}
    said = {path: json.dumps(plain) for path, plain in data.plain.items()}
    leaks = checks.find_leaks(library, views, {**published, **said})
    found = sort((*checked.diagnostics, *unrendered, *leaks))
    if has_errors(found):
        return Built(found, library, views)
    return Built(found, library, views, pages=pages, files=data.files)
