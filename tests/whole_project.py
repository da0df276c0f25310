"""The whole project in a new repository: what git holds here or would hold, nothing that lies about."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from conftest import ROOT
from repositories import Repository, run_git
from test_house import committed_files

if TYPE_CHECKING:
    from pathlib import Path


def commit_project(folder: Path) -> Repository:
    """Make a repository of what this one holds or would hold: one commit on `main`."""
    for path in committed_files():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    run_git(folder, "init", "--quiet", "--initial-branch", "main")
    repository = Repository(folder)
    repository.commit()
    return repository
