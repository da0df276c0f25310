"""`verify` and `texts`: the quotations of a site compared with the texts that somebody holds, and those texts as files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_ERRORS, EXIT_MISUSE, SETTINGS_FILE, find_root, root_option, stop_for_disk

if TYPE_CHECKING:
    from generator.link import Library

MANIFEST = "site/data/evidence.json"
_CLOSED = ("site", "build", "content", "templates")
"""Folders of a project in which `texts` writes nothing: what stands in them is published, thrown away, or read by the build."""


@click.command(short_help="Check the quotations of a site against the texts that you hold.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help=f"The project's folder, where TEXTS are left out. [default: the nearest one upwards with {SETTINGS_FILE}]",
)
@click.argument("manifest", required=False, metavar="[MANIFEST]")
@click.argument("texts", nargs=-1, metavar="[TEXTS]...")
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as JSON.")
def verify(root: Path | None, manifest: str | None, texts: tuple[str, ...], *, as_json: bool) -> None:
    """Check the quotations of an evidence manifest against texts.

    MANIFEST is data/evidence.json of a site, TEXTS a folder or files with the texts, each named after its source: SOURCE-ID.txt.
    Without TEXTS, those of the project are compared, as they are now, with what its site says of them. Nothing is written.

    `data/verify.py` of every site is the same program, for those who do not have this one.

    \b
    Exit codes: 0 every text that is held is the stored one, and one is held at least; 1 something differs; 2 nothing
    could be verified.

    \b
    Examples:
      factsheet verify                              the site here against the content here
      factsheet verify evidence.json texts/
      factsheet verify evidence.json texts/ --json | jq '.texts[] | select(.same | not)'
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import verify as program  # noqa: PLC0415

    if manifest is not None and texts:
        raise click.exceptions.Exit(program.run(manifest, texts, as_json=as_json))
    root = root or find_root(Path.cwd())
    if root is None or not (root / SETTINGS_FILE).is_file():
        raise click.UsageError(
            f"There is no {SETTINGS_FILE} here or above: name a manifest, and the texts that you hold."
        )
    path = root / MANIFEST if manifest is None else Path(manifest)
    if manifest is None and not path.is_file():
        raise click.UsageError(f"There is no {MANIFEST} yet: `factsheet build` writes it.")
    try:
        known = program.read_manifest(path.read_bytes())
    except program.ManifestError as error:
        _stop(f"The manifest {error}.")
    except OSError as error:
        stop_for_disk(error)
    library, _ = _read_library(root)
    stored = {one: text.text.encode() for one, text in library.texts.items()}
    judged = [
        program.judge(known, one, library.text_files[one], stored[one]) for one in known["texts"] if one in stored
    ]
    more = [library.text_files[one] for one in stored if one not in known["texts"]]
    raise click.exceptions.Exit(program.tell(known, judged, more, as_json=as_json))


@click.command(short_help="Write the stored texts as plain text, for `verify`.")
@root_option
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder for the files; it is made where it is missing.",
)
def texts(root: Path, folder: Path) -> None:
    """Write the text of each source as SOURCE-ID.txt: what a reader sees of it, without markup.

    These are the texts in which the evidence manifest counts; `verify` compares them with it. They belong to whoever wrote
    them: a folder that is published is no place for them. A file that holds something else is never written over.

    \b
    Examples:
      factsheet texts --to ../texts
      factsheet verify site/data/evidence.json ../texts
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import write  # noqa: PLC0415

    library, has_errors = _read_library(root)
    _refuse_closed(root, folder, library.settings.text_dir)
    files = {f"{one}.txt": text.text.encode() for one, text in library.texts.items()}
    try:
        others = [name for name, data in files.items() if _holds_other(folder / name, data)]
        if others:
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            _stop(f"{others[0]}{more} in {folder} would be written over. Choose an empty folder; nothing was written.")
        folder.mkdir(parents=True, exist_ok=True)
        written = sum(write.put(folder, name, data) for name, data in files.items())
    except OSError as error:
        stop_for_disk(error)
    click.echo(_count(written, len(files), len(library.absent_texts)))
    if has_errors:
        click.echo(
            "Some of the content cannot be read, so texts may be missing: `factsheet check` says what is wrong.",
            err=True,
        )
        raise click.exceptions.Exit(EXIT_ERRORS)


def _count(written: int, files: int, absent: int) -> str:
    from generator.derive import count  # noqa: PLC0415

    said = f"{count(written, 'text', 'texts')} written, {files - written:,} there already."
    return f"{said} Kept elsewhere and not at hand: {count(absent, 'text', 'texts')}." if absent else said


def _refuse_closed(root: Path, folder: Path, text_dir: str | None) -> None:
    """Stop where the folder is the project's, or lies in one of those that the project uses."""
    place = folder.resolve()
    closed = [(root / name).resolve() for name in (*_CLOSED, *([text_dir] if text_dir else ()))]
    if place == root.resolve() or any(place.is_relative_to(one) for one in closed):
        raise click.UsageError(f"{folder} belongs to the project. Choose a folder outside it, which is not published.")


def _holds_other(path: Path, data: bytes) -> bool:
    """Tell whether something else than a file with these bytes stands at a path."""
    if not os.path.lexists(path):
        return False
    return path.is_symlink() or not path.is_file() or path.read_bytes() != data


def _read_library(root: Path) -> tuple[Library, bool]:
    """Read the content from the disk, past everything that earlier builds have kept; tell whether some of it cannot be read."""
    from generator import load  # noqa: PLC0415
    from generator.decode import decode  # noqa: PLC0415
    from generator.diagnostics import has_errors  # noqa: PLC0415
    from generator.link import link  # noqa: PLC0415

    documents, unread = load.read(root)
    decoded, undecoded = decode(documents)
    elsewhere, untold = load.read_texts(root, decoded.settings.text_dir if decoded.settings else None)
    library, _ = link(decoded, elsewhere)
    if library is None:
        _stop("The settings or the vocabulary of this site cannot be used: `factsheet check` says why.")
    return library, has_errors((*unread, *undecoded, *untold))


def _stop(said: str) -> NoReturn:
    from generator.reports import escape_line  # noqa: PLC0415

    click.echo(f"Error: {escape_line(said)}", err=True)
    raise click.exceptions.Exit(EXIT_MISUSE)
