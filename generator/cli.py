"""The command line: `build`, `check` and `serve`. Heavy imports wait until a command needs them."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig

SETTINGS_FILE = "mkdocs.yml"
EXIT_ERRORS = 1
EXIT_MISUSE = 2


class _MessageHandler(logging.Handler):
    """Prints messages on standard error, warnings with the word."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message."""
        prefix = f"{record.levelname.capitalize()}: " if record.levelno >= logging.WARNING else ""
        click.echo(f"{prefix}{record.getMessage()}", err=True)


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


_root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_read_root,
    metavar="DIR",
    help=f"The project's folder. [default: the nearest one upwards with {SETTINGS_FILE}]",
)


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


@main.command()
@_root_option
def build(root: Path) -> None:
    """Check the content and build the site into site/.

    Any error in the content stops the build before a byte of site/ changes. Only files that differ are written, so an
    unchanged build leaves site/ as it is. `mkdocs build` does the same.

    \b
    Examples:
      factsheet build
      factsheet build --root ~/fact-sheets
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415

    config = _load_config(root)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build_site(config)
    except ConfigurationError as error:
        raise click.UsageError(error.message) from error
    except OSError as error:
        _stop_for_disk(error)
    finally:
        config.plugins.on_shutdown()


@main.command()
@_root_option
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


@main.command()
@_root_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine.")
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in a browser.")
def serve(root: Path, port: int, *, open_browser: bool) -> None:
    """Preview the site on this machine; it reloads when content/ or templates/ change.

    While the content has errors, the last good pages stay, under a list of what is wrong. Nothing is written to site/.
    Stop it with Ctrl-C. `mkdocs serve` does the same.

    \b
    Examples:
      factsheet serve
      factsheet serve --port 8080 --open
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from mkdocs.commands.serve import serve as serve_site  # noqa: PLC0415

    _load_config(root, verbose=True)
    try:
        serve_site(str(root / SETTINGS_FILE), dev_addr=f"127.0.0.1:{port}", open_in_browser=open_browser)
    except OSError as error:
        if error.filename is not None:
            _stop_for_disk(error)
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise click.UsageError(f"Port {port} cannot be used: {error.strerror}. Choose another --port.") from error


def _stop_for_disk(error: OSError) -> NoReturn:
    """Say in one line what the disk refused; the next build completes what was begun."""
    click.echo(f"Error: {error.filename} cannot be read or written: {error.strerror}.", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE) from error


def _load_config(root: Path, *, verbose: bool = False) -> MkDocsConfig:
    """Load mkdocs.yml, with MkDocs' messages on standard error: all of them, or the warnings and our own."""
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.getLogger("mkdocs.plugins.factsheet").setLevel(logging.INFO)
    if not logger.handlers:
        logger.addHandler(_MessageHandler())
        logger.propagate = False
    try:
        return load_config(str(root / SETTINGS_FILE))
    except MkDocsException as error:
        click.echo(f"Error: {error.message}", err=True)
        raise click.exceptions.Exit(EXIT_MISUSE) from error
