"""`build` and `serve`: both start MkDocs, whose plugin runs the pipeline."""

from __future__ import annotations

import errno
import logging
import os
import signal
import threading
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn, Protocol, runtime_checkable

import click

from generator.cli.root import EXIT_MISUSE, SETTINGS_FILE, root_option, stop_for_disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig


class _Timing(Protocol):
    @property
    def seconds(self) -> Mapping[str, float]: ...


@runtime_checkable
class _BuildPlugin(Protocol):
    """What a build asks of the plugin `factsheet`, which MkDocs finds by its name."""

    searchable: bool

    @property
    def timing(self) -> _Timing: ...


_FRAMES = 3  # the innermost calls; those before are MkDocs' own


class _MessageHandler(logging.Handler):
    """Prints messages on standard error, warnings with the word; of a failure also where in the code it came about."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message."""
        prefix = f"{record.levelname.capitalize()}: " if record.levelno >= logging.WARNING else ""
        click.echo(f"{prefix}{record.getMessage()}", err=True)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            click.echo("".join(traceback.format_exception(error, limit=-_FRAMES)), err=True, nl=False)


@click.command()
@root_option
@click.option("--search/--no-search", default=True, help="Make the search index, or leave it as it is.")
@click.option("--timings", is_flag=True, help="Print how long each phase took, on standard error.")
def build(root: Path, *, search: bool, timings: bool) -> None:
    """Check the content and build the site into site/.

    Any error in the content stops the build before a byte of site/ changes. Only files that differ are written, so an
    unchanged build leaves site/ as it is. `mkdocs build` does the same.

    \b
    Examples:
      factsheet build
      factsheet build --root ~/fact-sheets
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    with _stopping_softly():
        _build(root, search=search, timings=timings)


def _build(root: Path, *, search: bool, timings: bool) -> None:
    from generator.workers import spare_garbage  # noqa: PLC0415

    spare_garbage()
    from generator.pipeline.unchanged import find_unchanged  # noqa: PLC0415

    said = find_unchanged(root, os.environ, searched=search)
    if said is not None:
        click.echo(said, err=True, nl=False)
        return
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415

    config = _load_config(root)
    plugin = config.plugins.get("factsheet")
    if not isinstance(plugin, _BuildPlugin):
        raise click.UsageError(f"{SETTINGS_FILE} does not name `factsheet` among its `plugins`.")
    plugin.searchable = search
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build_site(config)
        for phase, seconds in plugin.timing.seconds.items() if timings else ():
            click.echo(f"{phase}\t{seconds:.3f}", err=True)
    except ConfigurationError as error:
        raise click.UsageError(error.message) from error
    finally:
        config.plugins.on_shutdown()


@click.command()
@root_option
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
        with _stopping_softly():
            serve_site(str(root / SETTINGS_FILE), dev_addr=f"127.0.0.1:{port}", open_in_browser=open_browser)
    except OSError as error:
        if error.filename is not None:
            stop_for_disk(error)
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise click.UsageError(f"Port {port} cannot be used: {error.strerror}. Choose another --port.") from error


@contextmanager
def _stopping_softly() -> Iterator[None]:
    """Let whoever is told to stop put away what is begun, as at Ctrl-C: the exit code is 128 and the signal's number."""
    told: list[BaseException] = []

    def stop(number: int, _frame: object) -> NoReturn:
        told.append(KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number))
        raise told[-1]

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in map(signal.Signals.__getitem__, names)}
    if threading.current_thread() is not threading.main_thread():
        before = {}
    for one in [one for one, how in before.items() if how is signal.SIG_DFL or how is signal.default_int_handler]:
        signal.signal(one, stop)
    try:
        yield
    except Exception as error:
        if told:  # somebody has wrapped it
            raise told[-1] from None
        if isinstance(error, MemoryError):
            click.echo(
                "Error: There is not enough memory. Give it more, or end other programs, and start again.", err=True
            )
            raise click.exceptions.Exit(EXIT_MISUSE) from error
        raise
    finally:
        for one, how in before.items():
            signal.signal(one, how)


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
    except (
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:  # MkDocs expects fields, and looks no further
        click.echo(f"Error: {SETTINGS_FILE} cannot be read as the settings of MkDocs: {error}.", err=True)
        raise click.exceptions.Exit(EXIT_MISUSE) from error
