"""Every command of the workflows does its work on a clean clone, run as GitHub Actions would run it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from repositories import Repository, run_git
from whole_project import commit_project
from workflow_files import EXPRESSION, Step, read_workflows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

TIMEOUT = 600
WORKFLOWS = read_workflows()
# What GitHub puts in the place of an expression; one that is not here fails the test.
EXPRESSIONS = {
    "steps.offer.outputs.artifact-url": "https://github.example/artifacts/7",
    "github.event.before": "HEAD^1",
}
# No request leaves this machine: lychee answers for every address that it was not asked for.
INSTEAD = {"LINKS_ARGS": "--offline"}
NEW_RECORD = "content/entities/proposed-by-a-test.yml"


def propose(repository: Repository, path: str, text: str) -> None:
    """Check out what GitHub checks out for a pull request: `main` with a change merged into it."""
    repository.git("checkout", "--quiet", "-B", "change", "main")
    repository.write(path, text)
    repository.commit()
    repository.git("checkout", "--quiet", "--detach", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "change")


@dataclass(slots=True)
class Runner:
    """Runs steps in a clone as GitHub does, and keeps what they wrote into the summary."""

    clone: Path
    summary: str = ""
    said: list[str] = field(default_factory=list)

    def run(self, step: Step) -> int:
        """Run one step; returns its exit code."""
        files = {name: self.clone.parent / name.lower() for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
        for path in files.values():
            path.write_text("", "utf-8")
        script = self.clone.parent / "step.sh"
        script.write_text(step.run, "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.clone,
            env=self._environment(step) | {name: str(path) for name, path in files.items()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        self.said.append(f"{step.where} exited {done.returncode}\n{done.stdout}{done.stderr}")
        return done.returncode

    def run_all(self, steps: Iterable[Step]) -> None:
        """Run the steps of a job that goes well; the first that fails fails the test, with what it said."""
        for step in steps:
            if step.run and not step.runs_after_a_failure:
                written = len(self.summary)
                assert self.run(step) == 0, self.said[-1]
                assert ("GITHUB_STEP_SUMMARY" in step.run) == (len(self.summary) > written), step.where

    def _environment(self, step: Step) -> dict[str, str]:
        own = ("PYTEST", "MAKE", "MFLAGS", "GITHUB_", "PYTHON", "VIRTUAL_ENV", "SOURCE_DATE_EPOCH", "COV_", "GIT_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        typed = {name: EXPRESSION.sub(lambda found: EXPRESSIONS[found[1]], value) for name, value in step.env.items()}
        return {**inherited, "CI": "true", "GITHUB_ACTIONS": "true", **INSTEAD, **typed}


def find_step(workflow: str, name: str) -> Step:
    """The step of a workflow that has this name."""
    return next(step for step in WORKFLOWS[workflow].steps() if step.name == name)


def test_every_command_of_every_workflow_passes_on_a_clean_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = commit_project(tmp_path / "repository")
    propose(repository, NEW_RECORD, "type: person\nname: Somebody Proposed\n")
    run_git(tmp_path, "clone", "--quiet", "--no-local", str(repository.root), "clone")
    clone = tmp_path / "clone"

    proposed = Runner(clone)
    proposed.run_all(WORKFLOWS["pull-request.yml"].steps())
    assert "Somebody Proposed" in proposed.summary or "proposed-by-a-test" in proposed.summary
    assert "](https://github.example/artifacts/7)" in proposed.summary
    assert (clone / "site/entities/proposed-by-a-test/index.html").is_file()

    Runner(clone).run_all(WORKFLOWS["publish.yml"].steps())
    monkeypatch.setitem(EXPRESSIONS, "github.event.before", "0" * 40)  # a branch that is new
    Runner(clone).run_all([find_step("publish.yml", "Check the content")])
    asked = Runner(clone)
    asked.run_all(WORKFLOWS["links.yml"].steps())
    assert re.search(r"Of \d+ addresses, 0 answer, \d+ not asked\.", asked.summary)

    # A quotation that is not in its source: the lines are annotated, the summary says it, and nothing is published.
    claims = next(
        path for path in sorted(clone.glob("content/claims/**/*.yml")) if " quote: " in path.read_text("utf-8")
    )
    claims.write_text(claims.read_text("utf-8").replace(" quote: ", " quote: zyxwv ", 1), "utf-8")
    broken = Runner(clone)
    assert broken.run(find_step("pull-request.yml", "Check the content")) == 1
    assert re.search(rf"^::error file={claims.relative_to(clone)},line=\d+", broken.said[-1], re.MULTILINE)
    (report,) = [step for step in WORKFLOWS["pull-request.yml"].steps() if step.runs_after_a_failure]
    assert broken.run(report) == 0
    assert "quotation-not-found" in broken.summary
    assert str(claims.relative_to(clone)) in broken.summary
    assert broken.run(find_step("publish.yml", "Check the content")) != 0


def test_a_step_takes_no_more_from_this_machine_than_the_runner_gives_it() -> None:
    steps = [step for workflow in WORKFLOWS.values() for step in workflow.steps()]
    asked = {found for step in steps for value in step.env.values() for found in EXPRESSION.findall(value)}
    assert asked == set(EXPRESSIONS)
    used = {name for step in steps for name in re.findall(r"\$\{?([A-Z_]+)", step.run)}
    assert used - {name for step in steps for name in step.env} == {"GITHUB_STEP_SUMMARY"}
