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
from generator.write import check_paths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
    part = journal.with_name(f"{journal.name}.part")
    part.write_text(json.dumps({"target": str(target), "files": staged, "deleted": list(deleted)}), "utf-8")
    part.replace(journal)


def end(journal: Path) -> None:
    """Note that the publication is complete."""
    journal.unlink(missing_ok=True)


def find_interrupted(journal: Path) -> Interrupted | None:
    """Return what a publication that was interrupted had to do, or None where there is nothing to finish.

    A journal that no longer matches the staged files cannot be completed; the build that follows replaces everything.
    """
    try:
        entry = json.loads(journal.read_text("utf-8"))
        files = {path: Path(source) for path, (source, _) in entry["files"].items()}
        expected = {path: digest for path, (_, digest) in entry["files"].items()}
        found = Interrupted(Path(entry["target"]), files, [str(path) for path in entry["deleted"]])
        check_paths(dict.fromkeys((*found.files, *found.deleted)))
        return found if fingerprint(files) == expected else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
