"""The hooks of .pre-commit-config.yaml put in form and check what is about to be committed, and fetch nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from system_tools import find_program
from whole_project import commit_project
from workflow_files import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from repositories import Repository

RECORD = "content/entities/typed-by-a-test.yml"
OUT_OF_ORDER = "name: Somebody\ntype: person\n"
IN_ORDER = "type: person\nname: Somebody\n"
# A hook that fetched something would fail: it asks an address at which nobody answers.
ALONE = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "PIP_NO_INDEX": "1"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The project with the hooks installed, as README tells."""
    made = commit_project(tmp_path / "project")
    made.git("config", "user.name", "Somebody")
    made.git("config", "user.email", "somebody@news.example")
    (made.root / ".venv").symlink_to(sys.prefix)
    subprocess.run([find_program("pre-commit"), "install"], cwd=made.root, check=True, capture_output=True)
    return made


def commit(repository: Repository, text: str | None) -> tuple[int, str]:
    """Type a record and commit it, or commit what is staged; returns the exit code and what was said."""
    if text is not None:
        repository.write(RECORD, text).git("add", RECORD)
    done = subprocess.run(
        ["git", "commit", "--message", "typed"],
        cwd=repository.root,
        env={**os.environ, **ALONE, "PRE_COMMIT_HOME": str(repository.root.parent / "hooks")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_sound_record_is_committed(repository: Repository) -> None:
    code, said = commit(repository, IN_ORDER)
    assert code == 0, said
    assert repository.git("log", "-1", "--format=%s") == "typed"


def test_a_record_out_of_form_is_put_in_form_and_committed_at_the_second_try(repository: Repository) -> None:
    code, said = commit(repository, OUT_OF_ORDER)
    assert code == 1
    assert "files were modified by this hook" in said
    typed = (repository.root / RECORD).read_text("utf-8")
    assert typed == IN_ORDER
    code, said = commit(repository, typed)
    assert code == 0, said


def test_a_record_with_an_error_is_not_committed(repository: Repository) -> None:
    code, said = commit(repository, IN_ORDER.replace("person", "persona"))
    assert code == 1
    assert f"{RECORD}:1:" in said
    assert repository.git("rev-list", "--count", "HEAD") == "1"


def test_a_commit_that_only_deletes_is_checked_too(repository: Repository) -> None:
    cited = sorted(path for path in (repository.root / "content/sources").iterdir() if path.suffix == ".yml")
    repository.git("rm", "--quiet", str(cited[0]))
    code, said = commit(repository, None)
    assert code == 1
    assert "[unresolved-reference]" in said
    assert repository.git("rev-list", "--count", "HEAD") == "1"


def test_what_is_not_staged_is_neither_judged_nor_lost(repository: Repository) -> None:
    repository.write(RECORD, IN_ORDER).git("add", RECORD)
    repository.write(RECORD, IN_ORDER.replace("person", "persona"))
    code, said = commit(repository, None)
    assert code == 0, said
    assert repository.git("show", f"HEAD:{RECORD}") == IN_ORDER.strip()
    repository.git("add", RECORD)
    repository.write(RECORD, IN_ORDER)
    code, said = commit(repository, None)
    assert code == 1
    assert "[unknown-word]" in said
    assert (repository.root / RECORD).read_text("utf-8") == IN_ORDER


def test_the_hooks_run_what_is_in_this_repository_only() -> None:
    repositories = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in repositories] == ["local"]
    hooks = [hook for one in repositories for hook in one["hooks"]]
    assert [hook["language"] for hook in hooks] == ["system"] * len(hooks)
    assert {hook["entry"].rpartition(" ")[2] for hook in hooks} == {"fmt", "check"}
