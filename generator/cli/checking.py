"""`check`: what is wrong with the content, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.root import EXIT_ERRORS, root_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@click.command()
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations in a workflow run.",
)
@click.option("--all", "everything", is_flag=True, help="List every warning, not only the first three of a kind.")
def check(root: Path, form: str, *, everything: bool) -> None:
    """Check the content without building anything.

    Errors are listed by file and line, each with what is wrong and how to mend it. Warnings are grouped by kind; they stop
    nothing, and while there are errors they are only counted.

    \b
    Examples:
      factsheet check
      factsheet check --all
      factsheet check --format json | jq '.[] | select(.code == "quotation-not-found")'
      factsheet check --format github      as a step of a workflow: annotations beside the lines
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import pipeline, reports  # noqa: PLC0415
    from generator.publish.progress import progress_line  # noqa: PLC0415

    with progress_line() as progress:
        checked = pipeline.check(root, progress=progress)
    writers: dict[str, Callable[[], str]] = {
        "text": lambda: f"{reports.format_text(checked.diagnostics, everything=everything)}{checked.summary}\n",
        "json": lambda: reports.format_json(checked.diagnostics),
        "github": lambda: reports.format_github(checked.diagnostics),
    }
    click.echo(writers[form](), nl=False)
    if not checked.ok:
        raise click.exceptions.Exit(EXIT_ERRORS)
