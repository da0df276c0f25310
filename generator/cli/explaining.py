"""`explain`: what a code means, with an example of wrong and right."""

from __future__ import annotations

import click


@click.command(short_help="Explain a code that `check` prints.")
@click.argument("code", required=False, metavar="[CODE]")
def explain(code: str | None) -> None:
    """Explain a code that `check` prints: what is demanded, why, and an example of wrong and right.

    Without a code, all codes are listed by the rule they belong to.

    \b
    Examples:
      factsheet explain quotation-not-found
      factsheet explain
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    import os  # noqa: PLC0415
    import sys  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    from generator import reports  # noqa: PLC0415
    from generator.decode import suggest  # noqa: PLC0415

    if code is None:
        click.echo(reports.list_codes(), nl=False)
        return
    entry = reports.CATALOGUE.get(code)
    if entry is None:
        mend = suggest(code, reports.CATALOGUE) or "`factsheet explain` lists all codes."
        raise click.UsageError(f"There is no code `{reports.escape_line(code)}`. {mend}")
    examples = reports.read_examples(files("generator.reports").joinpath("examples.json").read_text("utf-8"))
    colour = reports.may_colour(os.environ, terminal=sys.stdout.isatty())
    click.echo(reports.explain(entry, *examples[code], colour=colour), nl=False)
