"""The journal of a publication: written before `site/` is touched, removed when it is done.

If the machine stops in between, the next build finds the journal and the staged files, and finishes the work before
anything else, so `site/` is never left half old and half new.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.publish.staging import fingerprint
from generator.write import check_paths, keep_hidden, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A publication that was begun and not ended.

    Attributes:
        target: the published folder.
        files: what was to be written, by path in the site.
        deleted: what was to be deleted.
    """

    target: Path
    files: Mapping[str, Path]
    deleted: Sequence[str]


def begin(journal: Path, target: Path, files: Mapping[str, Path], deleted: Sequence[str]) -> None:
    """Note that some files of `target` are about to be written and some to be deleted."""
    staged = {path: [str(files[path]), digest] for path, digest in fingerprint(files).items()}
    put(
        journal.parent,
        journal.name,
        json.dumps({"target": str(target), "files": staged, "deleted": list(deleted)}).encode(),
    )


def end(journal: Path) -> None:
    """Note that the publication is complete."""
    journal.unlink(missing_ok=True)


def find_interrupted(journal: Path, target: Path) -> Interrupted | None:
    """Return what a publication that was interrupted had to do, or None where there is nothing to finish.

    A journal that no longer matches the staged files cannot be completed; the build that follows replaces everything. Nor is
    one that this program would not have written: of another folder, with files from elsewhere or hidden ones at the top. It
    may have come with somebody's branch.

    Args:
        journal: the file; what was staged lies beside it or below.
        target: the folder to which this site is published.
    """
    try:
        entry = json.loads(journal.read_text("utf-8"))
        files = {path: Path(source) for path, (source, _) in entry["files"].items()}
        expected = {path: digest for path, (_, digest) in entry["files"].items()}
        deleted = [str(path) for path in entry["deleted"]]
        check_paths(dict.fromkeys((*files, *deleted)))
        ours = entry["target"] == str(target) and not any(map(keep_hidden, (*files, *deleted)))
        if not ours or not _are_staged(files.values(), journal.resolve(strict=True).parent):
            return None
        return Interrupted(target, files, deleted) if fingerprint(files) == expected else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _are_staged(sources: Iterable[Path], folder: Path) -> bool:
    """Tell whether files lie below a folder, links followed."""
    return all(source.resolve(strict=True).is_relative_to(folder) for source in sources)
