"""The search index: Pagefind, run as its command over the built pages marked with `data-pagefind-*`."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from generator.publish.staging import collect, fingerprint_all

if TYPE_CHECKING:
    from pathlib import Path

_TIME_LIMIT = 600  # seconds; ten thousand pages take less than twenty
# Pagefind's own widgets and its worker; the theme brings its own search form and runs the engine without a worker.
_UNUSED = ("pagefind-*ui.css", "pagefind-*ui.js", "pagefind-highlight.js", "pagefind-worker.js")
# What says the same on every page, or again what stands beside it: nobody looks for it, and it would fill the excerpts.
_LEFT_OUT = "svg, pre, .badges, .note, .label, .flag-list"


class SearchIndexError(RuntimeError):
    """Pagefind is missing, or it failed; the text says what it said."""


def write_index(site: Path, output: Path) -> bool:
    """Index the pages of a built site.

    The index is made anew only when a page has changed: the names of Pagefind's files differ from run to run, and pages
    that did not change keep theirs.

    Args:
        site: the folder with the built pages.
        output: the folder for the index, emptied first. Its fingerprint stands beside it.

    Returns:
        Whether the index was made anew.

    Raises:
        SearchIndexError: Pagefind is missing, or it failed.
    """
    pages = {path: source for path, source in collect(site).items() if path.endswith(".html")}
    stamp = output.with_name(f"{output.name}.sha256")
    fingerprint = f"{fingerprint_all(pages)} {_LEFT_OUT}"
    if output.is_dir() and stamp.is_file() and stamp.read_text("utf-8") == fingerprint:
        return False
    stamp.unlink(missing_ok=True)
    shutil.rmtree(output, ignore_errors=True)
    _run_pagefind(site.resolve(), output.resolve())
    for pattern in _UNUSED:
        for widget in output.glob(pattern):
            widget.unlink()
    stamp.write_text(fingerprint, "utf-8")
    return True


def _run_pagefind(site: Path, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415 (seldom needed)

        done = subprocess.run(  # noqa: S603
            [
                str(get_executable()),
                "--site",
                str(site),
                "--output-path",
                str(output),
                "--exclude-selectors",
                _LEFT_OUT,
            ],
            capture_output=True,
            text=True,
            timeout=_TIME_LIMIT,
            check=False,
            cwd=output.parent,  # Pagefind would read a pagefind.toml from the folder in which it is run
        )
    except (ImportError, OSError, subprocess.TimeoutExpired) as error:
        raise SearchIndexError(f"Pagefind, which makes the search index, could not be run: {error}") from error
    if done.returncode:
        raise SearchIndexError(f"Pagefind, which makes the search index, failed:\n{done.stdout}{done.stderr}")
