"""What the commands share: the project's folder, exit codes, and what the disk refused."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

SETTINGS_FILE = "mkdocs.yml"
EXIT_ERRORS = 1
EXIT_MISUSE = 2


def find_root(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upwards, that holds mkdocs.yml."""
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)


def _read_root(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    if value is not None:
        if not (value / SETTINGS_FILE).is_file():
            raise click.BadParameter(f"there is no {SETTINGS_FILE} in {value}")
        return value.resolve()
    root = find_root(Path.cwd())
    if root is None:
        raise click.UsageError(
            f"There is no {SETTINGS_FILE} in this folder or above it. Change into the project, or name it with --root."
        )
    return root


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_read_root,
    metavar="DIR",
    help=f"The project's folder. [default: the nearest one upwards with {SETTINGS_FILE}]",
)


def stop_for_disk(error: OSError) -> NoReturn:
    """Say in one line what the disk refused; the next build completes what was begun."""
    click.echo(f"Error: {error.filename} cannot be read or written: {error.strerror}.", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE) from error
