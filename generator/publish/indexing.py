"""One part of the search index: Pagefind, run as its command over a folder of small pages into a folder that is kept."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TIME_LIMIT = 600  # seconds; a part takes less than three
ENTRY = "pagefind-entry.json"
# Files whose names tell their content: Pagefind leaves those that exist as they are.
_NAMED_BY_CONTENT = {"fragment": "pf_fragment", "index": "pf_index", "filter": "pf_filter"}
# Pagefind's own widgets and its worker; the theme brings its own search form and runs the engine without a worker.
_UNUSED = ("pagefind-*ui.css", "pagefind-*ui.js", "pagefind-highlight.js", "pagefind-worker.js")
_ONLY_IN_THE_FIRST = ("pagefind.js", "wasm.*.pagefind")
# Word locations in a file of the index, for all parts together. A query fetches one file for each of its words from each
# part, so more parts need smaller files: at Pagefind's own 20,000, four would make a query three times as heavy.
_LOCATIONS = 12_000
_LOCATIONS_VARIABLE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"  # Pagefind 1.5 has no other name for it


class SearchIndexError(RuntimeError):
    """Pagefind is missing, or it failed; the text says what it said."""


def index_part(texts: Path, output: Path, *, is_first: bool, parts: int) -> None:
    """Index a folder of pages, and leave nothing in the output that is not of this index.

    Args:
        texts: the folder with what is searched of the pages, at the addresses of the pages.
        output: the folder for this part of the index, where files of its last index may lie: what did not change keeps
            its file. Folders of other parts in it stay.
        is_first: whether the browser begins with this part, so that it needs the engine beside it.
        parts: how many parts the index has.

    Raises:
        SearchIndexError: Pagefind is missing, or it failed.
    """
    _run_pagefind(texts.resolve(), output.resolve(), _LOCATIONS // parts)
    if not _drop_stale(output):
        for name in _NAMED_BY_CONTENT:
            shutil.rmtree(output / name, ignore_errors=True)
        _run_pagefind(texts.resolve(), output.resolve(), _LOCATIONS // parts)
        _drop_stale(output)
    for unused in chain.from_iterable(map(output.glob, _UNUSED if is_first else (*_UNUSED, *_ONLY_IN_THE_FIRST))):
        unused.unlink()


def _drop_stale(output: Path) -> bool:
    """Delete the files of earlier indexes; tell whether what is left can be trusted.

    Pagefind names a page by the first digits of a hash, and by one more where two pages have the same. Then a file of an
    earlier index may hold the other page. The names of all files stand in the index of files (CBOR, with plain strings).
    """
    named: set[str] = set()
    pages = 0
    for code, language in json.loads((output / ENTRY).read_text("utf-8"))["languages"].items():
        meta = f"pagefind.{language['hash']}.pf_meta"
        content = gzip.decompress((output / meta).read_bytes())
        named |= {meta, *(found.decode() for found in re.findall(rb"%b_[0-9a-f]+" % re.escape(code.encode()), content))}
        pages += language["page_count"]
    for path in output.glob("*.pf_meta"):
        if path.name not in named:
            path.unlink()
    lengths: set[tuple[str, int]] = set()
    for folder, ending in _NAMED_BY_CONTENT.items():
        for path in (output / folder).glob(f"*.{ending}"):
            if path.stem not in named:
                path.unlink()
                continue
            lengths.add((folder, len(path.stem)))
            pages -= folder == "fragment"
    return pages == 0 and len(lengths) <= len(_NAMED_BY_CONTENT)


def _run_pagefind(texts: Path, output: Path, locations: int) -> None:
    output.mkdir(parents=True, exist_ok=True)
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]  # noqa: PLC0415 (seldom needed)

        done = subprocess.run(  # noqa: S603
            [str(get_executable()), "--site", str(texts), "--output-path", str(output)],
            capture_output=True,
            text=True,
            timeout=_TIME_LIMIT,
            check=False,
            cwd=output.parent,  # Pagefind would read a pagefind.toml from the folder in which it is run
            env={**os.environ, _LOCATIONS_VARIABLE: str(locations)},
        )
    except (ImportError, OSError, subprocess.TimeoutExpired) as error:
        raise SearchIndexError(f"Pagefind, which makes the search index, could not be run: {error}") from error
    if done.returncode:
        raise SearchIndexError(f"Pagefind, which makes the search index, failed:\n{done.stdout}{done.stderr}")
