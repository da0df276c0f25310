"""Nothing is written before the whole library, with the new record in it, has been checked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from generator import load, pipeline, write
from generator.cli.root import EXIT_ERRORS, EXIT_MISUSE, stop_for_disk
from generator.decode import decode
from generator.documents import Document, parse
from generator.link import link
from generator.reports import escape_line
from generator.scaffold.answers import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Shelf:
    """The content as it was read, before anything is added.

    Attributes:
        root: the project's folder.
        today: the day on which it was read.
        documents: all files of content/.
        elsewhere: stored texts kept outside content/, by source id.
        known: the records that are there.
    """

    root: Path
    today: date
    documents: tuple[Document, ...]
    elsewhere: Mapping[str, Document]
    known: Known

    def find(self, path: str) -> Document | None:
        """Find a file by its path relative to the project's folder."""
        return next((document for document in self.documents if document.path == path), None)


def read_shelf(root: Path) -> Shelf:
    """Read the content; stop where its settings or vocabulary cannot be used."""
    documents, _ = load.read(root)
    decoded, _ = decode(documents)
    elsewhere, _ = load.read_texts(root, decoded.settings.text_dir if decoded.settings else None)
    library, _ = link(decoded, elsewhere)
    if library is None:
        click.echo("The settings or the vocabulary of this site cannot be used: `factsheet check` says why.", err=True)
        raise click.exceptions.Exit(EXIT_ERRORS)
    return Shelf(root, _read_day(root), documents, elsewhere, Known(library, decoded))


def _read_day(root: Path) -> date:
    """Find the day on which the editor works: that of SOURCE_DATE_EPOCH, else the clock's.

    The last commit's day, which builds go by while nothing has changed, may be weeks ago, and nothing was read then.
    """
    if "SOURCE_DATE_EPOCH" in os.environ:
        return load.read_today(root, os.environ)
    return datetime.now().astimezone().date()


def _errors(shelf: Shelf, documents: Iterable[Document]) -> tuple[Diagnostic, ...]:
    found = pipeline.check_documents(documents, shelf.elsewhere, shelf.today).diagnostics
    return tuple(one for one in found if one.severity == "error")


def find_errors(shelf: Shelf, path: str, text: str) -> tuple[Diagnostic, ...]:
    """Find the errors that a new file, or a file with new lines, would bring into the content.

    Args:
        shelf: the content as it is.
        path: the file.
        text: all that it would hold.
    """
    document, unread = parse(path, text.encode())
    if document is None:
        return unread
    others = tuple(one for one in shelf.documents if one.path != path)
    found = (*unread, *_errors(shelf, (*others, document)))
    if not found or all(one.place.path == path for one in found):
        return found
    before = {(one.code, one.message) for one in _errors(shelf, shelf.documents)}
    return tuple(one for one in found if (one.code, one.message) not in before)


def find_errors_of_many(shelf: Shelf, files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Find the errors that several new files would bring into the content, in one check of all of it.

    Args:
        shelf: the content as it is.
        files: what they would hold, by path; none of them is there yet.
    """
    parsed = [(path, *parse(path, text.encode())) for path, text in files.items()]
    new = [document or Document(path, None) for path, document, _ in parsed]
    unread = [said for _, _, problems in parsed for said in problems if said.severity == "error"]
    found = (*unread, *_errors(shelf, (*shelf.documents, *new)))
    if all(one.place.path in files for one in found):
        return found
    before = {(one.code, one.message) for one in _errors(shelf, shelf.documents)}
    return tuple(one for one in found if one.place.path in files or (one.code, one.message) not in before)


def stop_for_errors(errors: Iterable[Diagnostic], again: str = "") -> None:
    """Say what would be wrong, and that nothing was written; do nothing where there are no errors."""
    found = tuple(errors)
    if not found:
        return
    for one in found:
        click.echo(f"Error: {escape_line(one.message)}", err=True)
        if one.help:
            click.echo(f"    help: {escape_line(one.help)}", err=True)
    click.echo("Nothing was written.", err=True)
    if again:
        click.echo(f"To try again, change what is wrong in this line:\n{escape_line(again)}", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE)


def create(root: Path, path: str, text: str) -> bool:
    """Write a new file; tell whether its name was free."""
    try:
        write.create(root, path, text)
    except FileExistsError:
        return False
    except write.UnsafePathError as error:
        raise click.UsageError(f"{path} is not written: {error}.") from error
    except OSError as error:
        stop_for_disk(error)
    return True


def extend(shelf: Shelf, path: str, before: bytes, more: str) -> None:
    """Write behind the end of a file that has been read."""
    try:
        write.extend(shelf.root, path, before, more)
    except write.UnsafePathError as error:
        raise click.UsageError(f"{path} is not written: {error}.") from error
    except OSError as error:
        stop_for_disk(error)
