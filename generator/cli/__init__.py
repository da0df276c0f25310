"""The command line; one module for each group of commands. Heavy imports wait until a command needs them."""

from __future__ import annotations

import click

from generator import __version__
from generator.cli.building import build, serve
from generator.cli.checking import check
from generator.cli.comparing import diff
from generator.cli.desk import desk
from generator.cli.editing import fmt, rename
from generator.cli.explaining import explain
from generator.cli.importing import import_data
from generator.cli.new import new
from generator.cli.root import find_root
from generator.cli.schema import schema
from generator.cli.verifying import texts, verify

__all__ = ["find_root", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="factsheet", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a folder of sourced, hand-typed records into a searchable static site.

    \b
    content/    the records: sources, claims, events, entities, topics
    templates/  how pages look
    site/       the finished site, written by `build`

    \b
    Exit codes: 0 all is well; 1 the content has errors; 2 the command was misused, or the disk refused.

    \b
    Examples:
      factsheet check                  what is wrong with the content, and how to mend it
      factsheet serve                  preview on http://127.0.0.1:8000, reloads as you type
      factsheet build                  write the finished site to site/
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)


for command in (check, build, serve, diff, explain, desk, new, schema, fmt, rename, import_data, verify, texts):
    main.add_command(command)
