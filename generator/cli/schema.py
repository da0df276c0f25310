"""`schema`: what text editors need to complete fields and to explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.cli.root import EXIT_ERRORS, root_option, stop_for_disk

if TYPE_CHECKING:
    from pathlib import Path

    from generator.vocabulary import Vocabulary

KINDS = ("source", "entity", "claim", "event", "topic", "settings", "vocabulary", "corrections")


@click.command(short_help="Tell text editors and the guide of the fields and words.")
@root_option
@click.argument("kind", required=False, metavar="[KIND]", type=click.Choice(KINDS))
@click.option(
    "--write",
    "to_disk",
    is_flag=True,
    help="Write all of them to content/.schemas/, and the tables of content/README.md.",
)
def schema(root: Path, kind: str | None, *, to_disk: bool) -> None:
    """Print the schema of a kind of file, or write all of them and the tables of the guide.

    Text editors read them: they offer the fields and the words of the vocabulary, say what each means, and mark what is
    misspelt. Run it with --write when content/vocabulary.yml has changed: the guide for editors, content/README.md, has
    the same words in its tables. `check` needs neither.

    \b
    Kinds: source, entity, claim, event, topic, settings, vocabulary, corrections.

    \b
    Examples:
      factsheet schema --write
      factsheet schema claim
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import paths, write  # noqa: PLC0415
    from generator.exports.editor_schemas import editor_schemas  # noqa: PLC0415
    from generator.exports.guide import UnknownRegionError, fill_guide  # noqa: PLC0415
    from generator.records import FOLDERS  # noqa: PLC0415

    if (kind is None) != to_disk:
        raise click.UsageError("Name one kind to print its schema, or write all of them with --write.")
    vocabulary = _read_vocabulary(root)
    schemas = editor_schemas(vocabulary)
    if kind is not None:
        click.echo(schemas[f"{FOLDERS.get(kind, kind)}.json"], nl=False)
        return
    guide = root / paths.GUIDE
    try:
        read = guide.read_bytes() if guide.is_file() else b""
        newline = "\r\n" if b"\r\n" in read else "\n"
        before = read.decode().replace("\r\n", "\n")
        after = fill_guide(before, vocabulary)
        changes = write.sync(schemas, root / paths.SCHEMAS)
        if after != before:
            write.replace_all(root, {paths.GUIDE: read}, {paths.GUIDE: after.replace("\n", newline).encode()}, {})
    except UnknownRegionError as error:
        raise click.UsageError(f"In {paths.GUIDE}, {error}; correct or delete this line.") from error
    except write.UnsafePathError as error:
        raise click.UsageError(f"Nothing was written: {error}.") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{paths.GUIDE} is not UTF-8; save it with that encoding.") from error
    except OSError as error:
        stop_for_disk(error)
    done = f"{len(changes.written)} of {len(schemas)} schemas written" if changes.written else "nothing to write"
    click.echo(f"{paths.SCHEMAS}/: {done}.")
    if after != before:
        click.echo(f"{paths.GUIDE}: tables written.")


def _read_vocabulary(root: Path) -> Vocabulary:
    """Read the words of the site, or say that they cannot be read."""
    from generator.decode import decode  # noqa: PLC0415
    from generator.documents import parse  # noqa: PLC0415
    from generator.paths import VOCABULARY  # noqa: PLC0415

    try:
        document, _ = parse(VOCABULARY, (root / VOCABULARY).read_bytes())
    except OSError as error:
        stop_for_disk(error)
    vocabulary = decode((document,))[0].vocabulary if document is not None else None
    if vocabulary is None:
        click.echo(f"Error: the words in {VOCABULARY} cannot be used; `factsheet check` says why.", err=True)
        raise click.exceptions.Exit(EXIT_ERRORS)
    return vocabulary
