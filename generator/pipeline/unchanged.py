"""Whether there is anything to do at all: asked before anything else is read, and answered from what files look like."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from generator import load
from generator.pipeline.stamps import stamp_content, stamp_pages
from generator.publish.target import find_touched
from generator.state import State, StateError
from generator.write import is_held

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def find_unchanged(root: Path, environment: Mapping[str, str], *, searched: bool) -> str | None:
    """Tell whether a build would change nothing.

    It would not where program, templates and settings, every file below `content/`, every published file and the day of
    the build are as they were when the last build ended.

    Args:
        root: the project's folder.
        environment: the process's environment variables.
        searched: whether the search index must be up to date too.

    Returns:
        What that build said at its end; None where there may be something to do.
    """
    if is_held(root / "build"):
        return None  # somebody is writing what this would answer from
    with suppress(StateError, OSError, ValueError, KeyError, TypeError, MemoryError):
        state = State.open(root / "build" / "state.db")
        try:
            said = state.read("said")
            if not said or (searched and state.read("searched") != "yes") or state.has_stale():
                return None
            if not _is_as_read(root, state) or load.read_today(root, environment).isoformat() != state.read("today"):
                return None
            target = root / json.loads(state.read("site") or "{}")["target"]
            same = target.is_dir() and not find_touched(target, state.published())
            return said if same and state.read("page stamp") == stamp_pages(root) else None
        finally:
            state.close()
    return None


def _is_as_read(root: Path, state: State) -> bool:
    if state.read("stamp") != stamp_content(root, json.loads(state.read("text_dir") or "null")):
        return False
    found, known = load.survey(root), state.signatures()
    return not found.odd and "" not in found.files.values() and dict(found.files) == known
