"""From the content as the state knows it to the content as it stands: which facts have changed.

Only what is sound is taken in. As soon as anything is wrong, or too odd to be sure of, `OddError` says so, nothing is kept,
and the whole content is read and checked in the ordinary way: that tells an editor all of it, and in the same words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import load
from generator.decode import decode
from generator.link.facts import ALL, CORRECTIONS, HAND_PAGES
from generator.pipeline.rows import OddError, holds_records, read_file
from generator.pipeline.stock import Stock, open_library
from generator.pipeline.taking import Taking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.documents import Document
    from generator.link import Library
    from generator.pipeline.taking import Changes
    from generator.state import State


@dataclass(frozen=True, slots=True)
class Advanced:
    """The content as it stands.

    Attributes:
        library: its records, read when they are asked for.
        changes: what differs from before.
        names: how many sources have each name.
    """

    library: Library
    changes: Changes
    names: Mapping[str, int]


def advance(root: Path, state: State, texts: Mapping[str, Document]) -> Advanced:
    """Take the content as it stands into a state that has begun to change.

    Args:
        root: the project's folder.
        state: what the last sound build knew.
        texts: stored texts kept outside `content/`, by source id.

    Raises:
        OddError: the content is not sound, or not plainly so; the state is then not to be finished.
        StateError: the state cannot be used.
    """
    found = load.survey(root)
    if found.odd:
        raise OddError("something other than files of content stands there")
    taking = Taking(root, state)
    changed, gone = taking.look(found.files)
    records = [taking.documents[path] for path in changed if holds_records(path)]
    decoded, problems = decode((*taking.core(found.files), *records))
    if problems or decoded.broken or decoded.unread or decoded.settings is None or decoded.vocabulary is None:
        raise OddError("the content has problems")
    taking.take(decoded, [path for path in changed if holds_records(path)], gone)
    for path, fact in (("content/corrections.yml", CORRECTIONS), ("content/pages/", HAND_PAGES)):
        if any(one.startswith(path) for one in (*changed, *gone)):
            taking.changes.add(fact, ALL)
    taking.prove(decoded)
    library = open_library(
        Stock(state, lambda path: read_file(root, path), texts), decoded, split_redirects(taking.redirects)
    )
    names = taking.name_sources(library)
    state.note("redirects", json.dumps(taking.redirects))
    state.note("source names", json.dumps(taking.source_names))
    return Advanced(library, taking.changes, names)


def split_redirects(redirects: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Give redirects by kind and old id."""
    found = {}
    for old, new in redirects.items():
        kind, _, one = old.partition(":")
        found[kind, one] = new
    return found
