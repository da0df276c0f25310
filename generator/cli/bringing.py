"""Rows are brought in: what is there is read, the new records are proven with it, and only then is anything written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_MISUSE, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.cli.proving import Shelf
    from generator.importers.checking import Proven
    from generator.importers.files import Target
    from generator.importers.report import Report
    from generator.importers.rows import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported.

    Attributes:
        form: its format.
        file: the file, as it was given.
        name: how the new files are called; only letters and digits of it are used.
    """

    form: str
    file: str
    name: str


def bring_in(root: Path, folder: str, source: Source, read: Callable[[Shelf], Reading], *, dry: bool = False) -> Report:
    """Place the rows of a file among the records and write what is new; nothing is written that would be an error.

    Args:
        root: the project's folder.
        folder: the folder within that of each kind to which the files go, such as `imported`.
        source: what is imported.
        read: reads the rows, when it is known what is there already.
        dry: write nothing.

    Returns:
        The report. Where a file of the same name has come meanwhile, or the disk refuses, the process ends with a message.
    """
    from generator.cli import proving  # noqa: PLC0415
    from generator.importers.report import Report  # noqa: PLC0415

    with _hold(root, dry=dry):
        shelf = proving.read_shelf(root)
        reading = read(shelf)
        proven = _prove(source.form, shelf, reading, _make_target(root, folder, source))
        for one in () if dry else proven.files:
            if not proving.create(root, one.path, one.text):
                stop(
                    f"{one.path} is there by now, and nothing is written over. The files before it are whole: run this again."
                )
    return Report(source.form, source.file, reading.said, proven, dry=dry)


def stop(said: str) -> NoReturn:
    """End with a message: the file cannot be imported, or not now."""
    from generator.reports import escape_line  # noqa: PLC0415

    click.echo(f"Error: {escape_line(said)}", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE)


def _make_target(root: Path, folder: str, source: Source) -> Target:
    from generator.importers.files import Target  # noqa: PLC0415
    from generator.records import FOLDERS  # noqa: PLC0415
    from generator.scaffold.ids import slug  # noqa: PLC0415

    folders = [root / "content" / kind / folder for kind in FOLDERS.values()]
    taken = [path.relative_to(root).as_posix() for one in folders if one.is_dir() for path in one.iterdir()]
    return Target(folder, slug(source.name) or source.form, frozenset(taken))


def _prove(form: str, shelf: Shelf, reading: Reading, target: Target) -> Proven:
    from generator.cli import proving  # noqa: PLC0415
    from generator.importers import checking, identity  # noqa: PLC0415

    library = identity.read_library(shelf.documents)
    if library.unread:
        stop(
            f"{library.unread[0]} cannot be read, so it is not known what was imported before: `factsheet check` says why."
        )
    return checking.prove(form, reading.rows, library, target, lambda files: proving.find_errors_of_many(shelf, files))


@contextmanager
def _hold(root: Path, *, dry: bool) -> Iterator[None]:
    """Let one import at a time read what is there and write; where the system knows no such thing, go on.

    What two write at once would be told apart by neither: each has read the content before the other wrote.
    """
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        yield
        return
    with (root / SETTINGS_FILE).open("rb") as file:
        if not dry:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                click.echo("Another import is at work here; this one begins when it is done.", err=True)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
