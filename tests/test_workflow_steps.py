"""Every command of the workflows does its work on a clean clone, run as GitHub Actions would run it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from conftest import give_up
from repositories import Repository, run_git
from system_tools import ToolMissingError
from whole_project import commit_project
from workflow_files import EXPRESSION, Step, read_workflows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TIMEOUT = 600
WORKFLOWS = read_workflows()
# What GitHub puts in the place of an expression; one that is not here fails the test.
EXPRESSIONS = {
    "steps.offer.outputs.artifact-url": "https://github.example/artifacts/7",
    "github.event.before": "HEAD^1",
    "github.run_id": "7",
    "github.run_attempt": "1",
}
# No request leaves this machine: lychee answers for every address that it was not asked for, and curl is told of a proxy
# at which nobody answers.
INSTEAD = {"LINKS_ARGS": "--offline"}
NEW_RECORD = "content/entities/proposed-by-a-test.yml"
COMPARES = "Check that nothing published is changed silently"


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
        curlrc = self.clone.parent / ".curlrc"
        curlrc.write_text('noproxy = "127.0.0.1"\nproxy = "http://127.0.0.1:9"\n', "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.clone,
            env=self._environment(step)
            | {name: str(path) for name, path in files.items()}
            | {"CURL_HOME": str(self.clone.parent)},
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


@pytest.mark.long
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
    assert (clone / "site/commit.txt").read_text("utf-8") == run_git(clone, "rev-parse", "HEAD") + "\n"
    monkeypatch.setitem(EXPRESSIONS, "github.event.before", "0" * 40)  # a branch that is new
    Runner(clone).run_all([find_step("publish.yml", COMPARES)])
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


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """A web server for a folder; gives its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def push(repository: Repository, says: str) -> str:
    """Commit a claim with other words; returns the commit."""
    repository.write(
        "content/claims/pushed-by-a-test.yml",
        f"- id: pushed-by-a-test\n  kind: fact\n  says: {says}\n  topics: [exchange-1000]\n  verdict: unchecked\n",
    )
    return repository.commit()


def commit_installed(folder: Path) -> Repository:
    """The project in a new repository, with the environment of these tests as its own."""
    project = commit_project(folder)
    (project.root / ".venv").symlink_to(sys.prefix)
    (project.root / ".git/info/exclude").write_text(".venv\n", "utf-8")
    return project


def test_nothing_in_the_content_ends_the_block_of_the_summary_that_shows_it(tmp_path: Path) -> None:
    tildes = "~" * 40
    project = commit_installed(tmp_path / "project")
    slips = "".join(f"- id: slip-{number}\n  kind: {tildes}\n" for number in range(2000))
    project.write("content/claims/slips.yml", slips)
    project.write(f"content/claims/{tildes}.yml", f"{tildes}\n")
    ends = [f"\\n{tildes}\\n", f"\\r{tildes}\\r", f"\\u2028{tildes}\\u2028", f"\\x0b{tildes}\\x0c"]
    hostile = "".join(f'- id: "a{end}b"\n  says: |\n    {tildes}\n  verdict: "a{end}b"\n' for end in ends)
    project.write("content/claims/hostile.yml", hostile)
    project.commit()
    runner = Runner(project.root)
    (report,) = [step for step in WORKFLOWS["pull-request.yml"].steps() if step.runs_after_a_failure]
    assert runner.run(report) == 0, runner.said[-1]
    lines = re.split(r"\r\n|\r|\n", runner.summary)  # the line ends of CommonMark
    fences = [number for number, line in enumerate(lines) if re.match(" {0,3}~~~", line)]
    assert fences == [2, len(lines) - 2]
    assert "bad-id" in runner.summary
    assert len(runner.summary.encode()) < 2**20, "GitHub would show nothing of it"


def test_an_edit_that_was_kept_back_does_not_reach_the_site_with_the_next_push(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("curl") is None:
        give_up(ToolMissingError("There is no curl here: `sudo apt-get install curl`."))
    site = tmp_path / "site"
    site.mkdir()
    project = commit_installed(tmp_path / "project")
    with serve_folder(site) as address:
        settings = (project.root / "content/settings.yml").read_text("utf-8")
        project.write("content/settings.yml", re.sub(r"(?m)^address: .*$", f"address: {address}", settings))
        published = push(project, "The list was handed over in May.")
        edited = push(project, "The list was never handed over.")
        project.write(NEW_RECORD, "type: person\nname: Somebody Else\n").commit()
        monkeypatch.setitem(EXPRESSIONS, "github.event.before", edited)

        def compare() -> tuple[int, str]:
            runner = Runner(project.root)
            return runner.run(find_step("publish.yml", COMPARES)), runner.said[-1]

        # A site that does not say it yet, or says what is no commit of this repository: the push alone is looked at.
        for text in (None, f"{'7' * 40}\n", "<!doctype html>", "HEAD"):
            if text is not None:
                (site / "commit.txt").write_text(text, "utf-8")
            code, said = compare()
            assert code == 0, said
            assert "::warning::" in said
            assert f"Compared with {edited} ({edited[:7]})." in said

        (site / "commit.txt").write_text(f"{published}\n", "utf-8")
        code, said = compare()
        assert code == 1, said
        assert "[silent-edit]" in said
        assert "::warning::" not in said

        # Taken back, it stops nothing any more, although the branch before this push said otherwise.
        push(project, "The list was handed over in May.")
        code, said = compare()
        assert code == 0, said


def test_a_step_takes_no_more_from_this_machine_than_the_runner_gives_it() -> None:
    steps = [step for workflow in WORKFLOWS.values() for step in workflow.steps()]
    asked = {found for step in steps for value in step.env.values() for found in EXPRESSION.findall(value)}
    assert asked == set(EXPRESSIONS)
    used = {name for step in steps for name in re.findall(r"\$\{?([A-Z_]+)", step.run)}
    assert used - {name for step in steps for name in step.env} == {"GITHUB_STEP_SUMMARY"}
