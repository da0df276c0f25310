"""The journal of a publication: written before `site/` is touched, removed when it is done.

If the machine stops in between, the next build finds the journal and the complete staging folder, and finishes the work
before anything else, so `site/` is never left half old and half new.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from generator.publish.staging import collect, fingerprint


@dataclass(frozen=True, slots=True)
class Staged:
    """Where the parts of a finished build lie.

    Attributes:
        pages: MkDocs' staging folder.
        index: the search index, published as `pagefind/`.
    """

    pages: Path
    index: Path

    def files(self) -> dict[str, Path]:
        """Return every file to publish by its path in the site."""
        return {**collect(self.pages), **collect(self.index, "pagefind/")}


def begin(journal: Path, target: Path, files: dict[str, Path]) -> None:
    """Note that `target` is about to be brought to `files`."""
    entry = {"target": str(target), "files": fingerprint(files)}
    part = journal.with_name(f"{journal.name}.part")
    part.write_text(json.dumps(entry), "utf-8")
    part.replace(journal)


def end(journal: Path) -> None:
    """Note that the publication is complete."""
    journal.unlink(missing_ok=True)


def find_interrupted(journal: Path, staged: Staged) -> tuple[Path, dict[str, Path]] | None:
    """Return the target and files of a publication that was interrupted, or None where there is nothing to finish.

    A journal that no longer matches the staged files cannot be completed; the build that follows replaces everything.
    """
    try:
        entry = json.loads(journal.read_text("utf-8"))
        target, expected = Path(entry["target"]), entry["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    files = staged.files()
    return (target, files) if fingerprint(files) == expected else None
