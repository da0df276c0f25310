"""`diff`: what a change does to the published site."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_MISUSE, root_option

if TYPE_CHECKING:
    from pathlib import Path


def stop_for_revision(error: Exception) -> NoReturn:
    """Say in one line why a revision cannot be compared with."""
    from generator.reports import escape_line  # noqa: PLC0415

    click.echo(f"Error: {escape_line(str(error))}", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE) from error


@click.command()
@click.argument("revision", metavar="REV")
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="markdown for a pull request or the summary of a workflow run, json for programs.",
)
def diff(root: Path, revision: str, form: str) -> None:
    """Show what your changes do to the published site.

    Your content is compared with the one at REV (a branch, a tag or a commit of git), as it was where your branch left
    it: verdicts that move, claims that were added or say something else, corrections, origins, pages. What is not yet
    committed counts too. Errors are counted, and `check --base REV` explains them.

    \b
    Examples:
      factsheet diff main
      factsheet diff HEAD                  what you have not committed yet
      factsheet diff origin/main >> "$GITHUB_STEP_SUMMARY"
      factsheet diff main --format json | jq .verdicts
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import compare, load, pipeline  # noqa: PLC0415
    from generator.publish.progress import progress_line  # noqa: PLC0415
    from generator.reports import escape_line  # noqa: PLC0415

    try:
        with progress_line() as progress:
            base = pipeline.read_base(root, revision, progress)
            comparison = pipeline.compare_with(root, base, progress=progress)
    except load.RevisionError as error:
        stop_for_revision(error)
    if base.passed:
        click.echo(escape_line(base.summary), err=True)
    write = compare.write_json if form == "json" else compare.write_markdown
    click.echo(write(comparison), nl=False)
