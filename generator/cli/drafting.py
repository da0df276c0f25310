"""`new claims`: a draft for each sentence of a stored text that nobody has cited or skipped."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import click

from generator.cli.root import EXIT_ERRORS, root_option

if TYPE_CHECKING:
    from pathlib import Path

    from generator.cli.proving import Shelf
    from generator.derive import Coverage
    from generator.scaffold.stubs import Stubs


@click.command()
@root_option
@click.option("--from", "source", required=True, metavar="ID", help="The source whose sentences are to be drafted.")
@click.option(
    "--topic", "topics", multiple=True, metavar="ID", help="A fact sheet for them. May be given more than once."
)
def claims(root: Path, source: str, topics: tuple[str, ...]) -> None:
    """Draft a claim for each sentence not yet cited.

    A sentence that is cited or skipped gets no draft. Each draft quotes a phrase of its sentence, found letter for letter;
    all of them together keep to the excerpt limit. What is claimed is yours to say: a draft cannot be judged before its
    words are your own.

    \b
    Examples:
      factsheet new claims --from flga-2025-05-22
      factsheet new claims --from flga-2025-05-22 --topic exchange-1000
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator.cli import proving  # noqa: PLC0415
    from generator.scaffold.stubs import draft_stubs  # noqa: PLC0415

    shelf = proving.read_shelf(root)
    for flag, kind, ids in (("--from", "source", (source,)), ("--topic", "topic", topics)):
        problem = next(filter(None, (shelf.known.explain_unknown(kind, one) for one in ids)), "")
        if problem:
            raise click.UsageError(f"{flag}: {problem}")
    stubs = draft_stubs(shelf.known.library, _cover(shelf, source))
    if stubs.made:
        click.echo(_write(shelf, source, stubs, topics))
    _tell(stubs, source)


def _cover(shelf: Shelf, source: str) -> Coverage:
    from generator.derive.coverage import cover  # noqa: PLC0415
    from generator.derive.passages import by_source, find_passages  # noqa: PLC0415

    library = shelf.known.library
    if source not in library.texts:
        why = "is not at hand" if source in library.absent_texts else "is not stored"
        raise click.UsageError(f"The text of `{source}` {why}, so nothing of it can be quoted.")
    return cover(library, source, by_source(library, find_passages(library))[source])


def _write(shelf: Shelf, source: str, stubs: Stubs, topics: tuple[str, ...]) -> str:
    """Write the drafts to the first file whose name is free, and give its path."""
    from generator.cli import proving  # noqa: PLC0415
    from generator.paths import editor_modeline  # noqa: PLC0415
    from generator.scaffold.stubs import write_stubs  # noqa: PLC0415

    for number in count(1):
        path = f"content/claims/{source}-unchecked{f'-{number}' if number > 1 else ''}.yml"
        if shelf.find(path) is not None:
            continue
        modeline = editor_modeline("claim", path)
        text = write_stubs(shelf.known.library, source, stubs.made, modeline=modeline, topics=topics)
        proving.stop_for_errors(proving.find_errors(shelf, path, text))
        if proving.create(shelf.root, path, text):
            return path
    raise AssertionError  # there is always a next number


def _tell(stubs: Stubs, source: str) -> None:
    """Say what to do next, which sentences have no draft, and why."""
    from generator.derive import count as count_nouns  # noqa: PLC0415
    from generator.derive import join  # noqa: PLC0415

    if stubs.made:
        drafts = count_nouns(len(stubs.made), "draft", "drafts")
        click.echo(f"{drafts}. Next: choose better ids, say each claim in your own words, name who said it.", err=True)
    elif not stubs.crowded and not stubs.unquotable:
        click.echo(f"Every sentence of `{source}` is cited or skipped: there is nothing to draft.", err=True)
    crowded = "no more of this text may be quoted (`excerpt_limit` in content/settings.yml). Shorten quotations, then draft again"
    unquotable = "it has no words that a quotation of 12 characters could tell from the rest of the text"
    for lines, why in ((stubs.crowded, crowded), (stubs.unquotable, unquotable)):
        if lines:
            where = f"line{'s' if len(lines) > 1 else ''} {join([str(line) for line in lines])}"
            left = count_nouns(len(lines), "sentence", "sentences")
            click.echo(f"{left} left without a draft ({where}): {why}.", err=True)
    if stubs.crowded and not stubs.made:
        raise click.exceptions.Exit(EXIT_ERRORS)
