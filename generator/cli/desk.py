"""`desk`: what is left to do, the most urgent first, each with the line on which to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_ERRORS, root_option

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.link import Library
    from generator.pipeline import Checked


@click.command(short_help="List what is left to do, the most urgent first.")
@root_option
@click.option("--section", metavar="KEY", help="Only one section, by the word in brackets beside its title.")
@click.option("--topic", metavar="ID", help="Only what concerns one fact sheet.")
@click.option("--source", metavar="ID", help="Only what concerns one source.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for people, json for programs; json lists everything.",
)
@click.option("--all", "everything", is_flag=True, help="List everything, not only the first few of a section.")
def desk(
    root: Path, section: str | None, topic: str | None, source: str | None, form: str, *, everything: bool
) -> None:
    """List what is left to do: unchecked claims and sentences, overdue reviews, single origins, and so on.

    The most urgent comes first, and each line says where to type. None of it is an error; while there are errors, they
    come first and nothing else is listed. The preview has the same list as a page: `factsheet serve`, then /desk/.

    \b
    Examples:
      factsheet desk
      factsheet desk --section single-origin --all
      factsheet desk --topic exchange-1000
      factsheet desk --format json | jq '.sections[] | {key, count}'
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import pipeline, reports  # noqa: PLC0415
    from generator.derive.desk import list_work  # noqa: PLC0415
    from generator.publish.progress import progress_line  # noqa: PLC0415

    with progress_line() as progress:
        checked = pipeline.check(root, progress=progress)
    library, views = checked.library, checked.views
    if library is None or views is None or not checked.ok:
        _stop_for_errors(checked)
    work = list_work(library, views)
    keys = [one.key for one in work.sections]
    work = work.narrow(
        section=_known("section", section, keys),
        topic=_known_id(library, "topic", topic),
        source=_known_id(library, "source", source),
    )
    text = reports.format_desk_json(work) if form == "json" else reports.format_desk(work, everything=everything)
    click.echo(text, nl=False)


def _stop_for_errors(checked: Checked) -> NoReturn:
    from generator.reports import format_text  # noqa: PLC0415

    click.echo(format_text(checked.diagnostics, brief=True), err=True, nl=False)
    click.echo(
        "The desk lists what is left to do as soon as the content has no errors; `check` shows their lines.", err=True
    )
    raise click.exceptions.Exit(EXIT_ERRORS)


def _known_id(library: Library, kind: str, one: str | None) -> str | None:
    """Find a record by the id that it has or once had."""
    records = library.topics if kind == "topic" else library.sources
    return _known(kind, library.redirects.get((kind, one), one) if one else one, records)


def _known(what: str, one: str | None, known: Iterable[str]) -> str | None:
    """Stop where somebody asks for what there is not, with the nearest that there is."""
    if one is None or one in (words := list(known)):
        return one
    from generator.decode import suggest  # noqa: PLC0415
    from generator.reports import escape_line  # noqa: PLC0415

    listed = f"There are: {', '.join(words)}." if what == "section" else f"`content/{what}s/` has all of them."
    raise click.UsageError(f"There is no {what} `{escape_line(one)}`. {suggest(one, words) or listed}")
