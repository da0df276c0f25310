"""The workflows of .github/workflows/, read as data: jobs, steps and what they run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

GITHUB = Path(__file__).parents[1] / ".github"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a job.

    Attributes:
        where: `workflow.yml, job: name of the step`.
        name: what the run's page calls it.
        uses: the action, or empty.
        run: the shell commands, or empty.
        condition: its `if:`, or empty.
        settings: its `with:`.
        env: the environment of the workflow, the job and the step, as typed.
    """

    where: str
    name: str
    uses: str = ""
    run: str = ""
    condition: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    env: dict[str, str] = field(default_factory=dict)

    @property
    def runs_after_a_failure(self) -> bool:
        """Whether it is there for when something went wrong."""
        return "failure()" in self.condition


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow as typed; every scalar is a text, so that `on` stays `on`."""

    path: Path
    typed: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        """Its jobs as typed, by id."""
        jobs: dict[str, dict[str, Any]] = self.typed["jobs"]
        return jobs

    def steps(self, of: str = "") -> Iterator[Step]:
        """Yield the steps of one job, or of all, in their order."""
        for job, typed in self.jobs.items():
            for step in typed["steps"] if of in {"", job} else []:
                yield Step(
                    where=f"{self.name}, {job}: {step.get('name', '?')}",
                    name=step.get("name", ""),
                    uses=step.get("uses", ""),
                    run=step.get("run", ""),
                    condition=step.get("if", ""),
                    settings=step.get("with", {}),
                    env={**self.typed.get("env", {}), **typed.get("env", {}), **step.get("env", {})},
                )


def read_yaml(path: Path) -> Any:
    """Read a YAML file with every scalar as a text."""
    return yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - it makes texts, lists and mappings


def read_workflows(folder: Path = GITHUB / "workflows") -> dict[str, Workflow]:
    """Read every workflow of a folder, by the name of its file."""
    paths = sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])
    return {path.name: Workflow(path, read_yaml(path)) for path in paths}
