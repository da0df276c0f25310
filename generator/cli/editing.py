"""`fmt` and `rename`: changes to what editors typed, proved before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_ERRORS, EXIT_MISUSE, root_option, stop_for_disk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.edits import Renaming, Request, Typed
    from generator.pipeline import Checked


@click.command()
@root_option
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say which files would change (exit code 1).")
def fmt(root: Path, paths: tuple[Path, ...], *, only_check: bool) -> None:
    """Put content files in their usual form; what they say stays the same.

    Fields come in one order, needless quotation marks are taken out, one blank line stands between records, and no
    blanks at the ends of lines. Comments stay with what they stand above or behind; texts of several lines and stored
    texts stay as they are. Without PATHS, all of content/ is put in form. A file with errors is left alone.

    \b
    Examples:
      factsheet fmt
      factsheet fmt content/claims/bridge.yml
      factsheet fmt --check
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import edits, load, write  # noqa: PLC0415
    from generator.decode import decode  # noqa: PLC0415

    documents, unread = load.read(root)
    _, undecoded = decode(documents)
    wrong = {one.place.path for one in (*unread, *undecoded) if one.severity == "error"}
    wanted = [document.path for document in documents if _is_wanted(root / document.path, root, paths)]
    typed: dict[str, bytes] = {}
    changed: dict[str, bytes] = {}
    troubles = 0
    try:
        for path in wanted:
            if path in wrong:
                continue
            before = (root / path).read_bytes()
            try:
                after = edits.format_file(path, before)
            except edits.NotProvedError as error:
                click.echo(
                    f"Left alone: {_show(path)}. This is a mistake of ours, please report it: {error}.", err=True
                )
                troubles += 1
                continue
            if after != before:
                typed[path], changed[path] = before, after
        if not only_check:
            write.replace_all(root, typed, changed, {})
    except OSError as error:
        stop_for_disk(error)
    left = [path for path in wanted if path in wrong]
    for path in changed:
        click.echo(f"{'Would change' if only_check else 'Changed'}: {_show(path)}")
    for path in left:
        click.echo(f"Left alone, since it has errors: {_show(path)}. `factsheet check` lists them.", err=True)
    click.echo(_sum_up(len(changed), len(wanted) - len(changed) - len(left) - troubles, only_check=only_check))
    if left or troubles or (only_check and changed):
        raise click.exceptions.Exit(EXIT_ERRORS)


def _is_wanted(file: Path, root: Path, paths: Sequence[Path]) -> bool:
    """Tell whether a content file is one of those named, or stands in a folder that is named.

    Raises:
        click.UsageError: a path outside content/ is named.
    """
    named = [path.resolve() for path in paths]
    for path in named:
        if path != root and not path.is_relative_to(root / "content"):
            raise click.UsageError(f"{path} is not in {root / 'content'}; only content is put in form.")
    return not named or any(file.is_relative_to(path) for path in named)


def _sum_up(changed: int, fine: int, *, only_check: bool) -> str:
    if not changed:
        return "Nothing to change."
    from generator.derive import count  # noqa: PLC0415

    rest = f", {fine} as they should be" if fine else ""
    return f"{count(changed, 'file', 'files')} {'would change' if only_check else 'changed'}{rest}."


def _show(path: str) -> str:
    from generator.reports import escape_line  # noqa: PLC0415

    return escape_line(path)


@click.command()
@root_option
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Write nothing; show every line that would change.")
def rename(root: Path, old: str, new: str, *, dry_run: bool) -> None:
    """Give a record another id, everywhere at once.

    Every field and link that names the record is changed, `was:` keeps the earlier id so that its address leads to the
    new one, and a file that holds only this record gets the new name. Nothing else changes: afterwards the content is
    checked as it would be, and unless it says the same, nothing is written. OLD may name its kind (`claim:bridge`) where
    records of several kinds have the same id. The content must be free of errors before.

    \b
    Examples:
      factsheet rename bridge-shut bridge-closed
      factsheet rename --dry-run claim:bridge mill-bridge
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    import os  # noqa: PLC0415

    from generator import edits, load, pipeline, write  # noqa: PLC0415
    from generator.decode import decode  # noqa: PLC0415

    today = load.read_today(root, os.environ)
    documents, unread = load.read(root)
    settings = decode(documents)[0].settings
    elsewhere, untold = load.read_texts(root, settings.text_dir if settings else None)
    before = pipeline.check_documents(documents, elsewhere, today)
    if before.library is None or not before.ok or any(one.severity == "error" for one in (*unread, *untold)):
        _stop("The content has errors, so nothing is renamed. `factsheet check` lists them.")
    content = edits.Content(documents, elsewhere, before.library)
    try:
        typed = {document.path: edits.read_typed((root / document.path).read_bytes()) for document in documents}
        request = edits.read_request(before.library, old, new)
    except edits.RefusedError as error:
        click.echo(f"Error: {_show(str(error))}", err=True)
        raise click.exceptions.Exit(EXIT_MISUSE) from error
    except OSError as error:
        stop_for_disk(error)
    try:
        renaming = edits.plan_renaming(content, typed, request)
        documents, elsewhere = edits.apply_renaming(content, renaming)
        _prove(before, pipeline.check_documents(documents, elsewhere, today), request)
        if not dry_run:
            as_read = {path: one.edited(()) for path, one in typed.items()}
            write.replace_all(root, as_read, renaming.files, renaming.moves)
    except edits.RefusedError as error:
        _stop(str(error))
    except OSError as error:
        stop_for_disk(error)
    click.echo(_write_difference(typed, renaming) if dry_run else "", nl=False)
    click.echo(_tell(renaming, dry_run=dry_run))


def _prove(before: Checked, after: Checked, request: Request) -> None:
    """Make sure that the renamed content says the same, and that nothing is wrong with it that was not before.

    Raises:
        RefusedError: it does not, or something is.
    """
    from generator import edits  # noqa: PLC0415

    new = edits.find_new(before.diagnostics, after.diagnostics)
    if new:
        raise edits.RefusedError(
            f"Afterwards this would be wrong in {new[0].place}: {new[0].message} Nothing was changed."
        )
    if before.library is None or after.library is None:
        raise edits.RefusedError("Afterwards the content could not be checked. Nothing was changed.")
    differing = edits.find_differences(before.library, after.library, request)
    if differing:
        raise edits.RefusedError(f"More than the id would change: {', '.join(differing[:3])}. Nothing was changed.")


def _write_difference(typed: Mapping[str, Typed], renaming: Renaming) -> str:
    """Write what would change, as a unified diff; what could steer a terminal is shown as an escape."""
    from difflib import unified_diff  # noqa: PLC0415

    lines: list[str] = []
    for path, data in renaming.files.items():
        old, new = typed[path].text.splitlines(), data.decode("utf-8-sig").splitlines()
        lines += unified_diff(old, new, f"a/{path}", f"b/{renaming.moves.get(path, path)}", n=1, lineterm="")
    lines += [f"rename {path} => {other}" for path, other in renaming.moves.items()]
    return "".join(f"{_show(line)}\n" for line in lines)


def _tell(renaming: Renaming, *, dry_run: bool) -> str:
    from generator.derive import count  # noqa: PLC0415

    request = renaming.request
    done = "Would rename" if dry_run else "Renamed"
    moved = "" if dry_run else "".join(f" Its file is {_show(path)} now." for path in renaming.moves.values())
    where = f"{count(renaming.places, 'place', 'places')} in {count(len(renaming.files), 'file', 'files')}"
    told = where if renaming.places else "nothing else names it"
    return f"{done} {request.kind} {request.old} to {request.new}: {told}; the old address leads to the new one.{moved}"


def _stop(message: str) -> NoReturn:
    click.echo(f"Error: {_show(message)}", err=True)
    raise click.exceptions.Exit(EXIT_ERRORS)
