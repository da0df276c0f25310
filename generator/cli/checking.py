"""`check`: what is wrong with the content, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.comparing import stop_for_revision
from generator.cli.root import EXIT_ERRORS, root_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.pipeline import Checked


@click.command()
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations in a workflow run, sarif for code hosts.",
)
@click.option("--all", "everything", is_flag=True, help="List every warning, not only the first three of a kind.")
@click.option(
    "--base", metavar="REV", help="Compare with a git revision: nothing published is edited or removed silently."
)
def check(root: Path, form: str, base: str | None, *, everything: bool) -> None:
    """Check the content without building anything.

    Errors are listed by file and line, each with the line, what is wrong, why it matters and how to mend it. Warnings are
    grouped by kind; they stop nothing, and while there are errors they are only counted.

    \b
    Examples:
      factsheet check
      factsheet check --all
      factsheet check --base main          compare with what is published
      factsheet check --format json | jq '.[] | select(.code == "quotation-not-found")'
      factsheet check --format github      as a step of a workflow: annotations beside the lines
      factsheet check --format sarif > found.sarif
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from contextlib import suppress  # noqa: PLC0415

    from generator import load, pipeline, reports, write  # noqa: PLC0415
    from generator.publish.progress import progress_line  # noqa: PLC0415

    settled = held = None
    with suppress(write.BusyError, write.UnsafePathError, OSError):
        write.refuse_links(root / "build")
        held = write.hold(root / "build")
    try:
        with progress_line() as progress:
            before = pipeline.read_base(root, base, progress) if base is not None else None
            if before is None and held is not None:  # else a build has what is known, or nothing can be kept
                settled = pipeline.settle(root, progress=progress)
                checked = settled.checked
            else:
                checked = pipeline.check(root, base=before.library if before else None, progress=progress)
    except load.RevisionError as error:
        stop_for_revision(error)
    writers: dict[str, Callable[[], str]] = {
        "text": lambda: _write_text(root, checked, everything=everything),
        "json": lambda: reports.format_json(checked.diagnostics),
        "github": lambda: reports.format_github(
            pipeline.leave_out_known(checked, before) if before else checked.diagnostics
        ),
        "sarif": lambda: reports.format_sarif(checked.diagnostics),
    }
    click.echo(writers[form](), nl=False)
    if before is not None:
        click.echo(reports.escape_line(before.summary), err=form != "text")
    if settled is not None and settled.state is not None:
        settled.state.finish()
    if held is not None:
        held.release()
    if not checked.ok:
        raise click.exceptions.Exit(EXIT_ERRORS)


def _write_text(root: Path, checked: Checked, *, everything: bool) -> str:
    """Write the report for people; only the files that have errors are read again, for their lines."""
    import os  # noqa: PLC0415
    import sys  # noqa: PLC0415

    from generator import load, reports  # noqa: PLC0415

    text_dir = checked.library.settings.text_dir if checked.library else None
    wrong = {one.place.path for one in checked.diagnostics if one.severity == "error"}
    report = reports.format_text(
        checked.diagnostics,
        lines=load.read_lines(root, wrong, text_dir=text_dir),
        everything=everything,
        colour=reports.may_colour(os.environ, terminal=sys.stdout.isatty()),
    )
    return f"{report}{checked.summary}\n"
