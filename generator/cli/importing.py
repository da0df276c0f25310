"""`import`: other people's data as new records, and a report that accounts for every row of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import importers
from generator.cli.bringing import Source, bring_in, stop
from generator.cli.root import EXIT_ERRORS, SETTINGS_FILE, find_root
from generator.importers import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.cli.proving import Shelf
    from generator.importers.rows import Options, Reading
    from generator.records import KindName

_FLAGS = (
    ("--language", "TAG", "The language of the texts that do not say it, such as en, uk, ru."),
    ("--outlet", "ID", "Who publishes the file or the article: the id or the name of an outlet that is there."),
    ("--url", "URL", "The address of the file or the article."),
    ("--genre", "WORD", "What sort of text the article is, such as news."),
    ("--published", "DATE", "The date printed on the article."),
    ("--publish", "WORD", "How much of the article the site may show: full, excerpts or none."),
    ("--select", "WORD", "Which part of a page is the article; body takes all of it."),
    ("--markup", "WORD", "What the article is written in: html, markdown, text or wikitext, where its look deceives."),
    ("--kind", "WORD", "The kind of the claims, such as fact or statement."),
    ("--phase", "WORD", "The phase of the events, such as done or planned."),
    ("--speaker-type", "WORD", "What the speakers are, such as person; they become entities then."),
    ("--topic-of", "GROUP=ID", "The topic that a group of the file stands for; several with ; between them."),
)
_FIELDS: tuple[tuple[str, KindName, str], ...] = (
    *((name, "source", name) for name in ("language", "url", "genre", "published", "publish")),
    ("kind", "claim", "kind"),
    ("phase", "event", "phase"),
    ("speaker-type", "entity", "type"),
)
"""What a flag is a field of, by the flag, the kind of record and the field."""
_IMPORTED = "imported"


def _list_formats() -> str:
    wide = max(map(len, FORMATS))
    return "\n".join(f"      {name:<{wide}}  {one.about}" for name, one in FORMATS.items())


_HELP = f"""Bring the rows of FILE in as new records; FILE may be - for what is piped in.

    What has no field of its own is kept in the notes of the records, which are never published. Nothing is guessed, nothing
    is written over, and no claim is judged: a verdict of another desk is a note. The whole content is checked together
    with the new records before any is written; rows that would bring an error are kept back, and the report says why.
    A row that was imported before makes nothing new, wherever its record stands by now and whatever it is called.

    \b
    Formats:
{_list_formats()}

    \b
    --to names the project, its content/, or a folder in the folder of a kind:
      --to .                         content/claims/imported/NAME-001.yml, content/sources/imported/NAME-001.yml ...
      --to content/claims/desk-b     content/claims/desk-b/NAME-001.yml, content/sources/desk-b/NAME-001.yml ...

    \b
    Exit codes: 0 all rows have a place; 1 some are kept back; 2 the command was misused, or FILE cannot be read.

    \b
    Examples:
      factsheet import claimreview feed.json --to . --language en --dry-run
      factsheet import timelinejs timeline.csv --to . --outlet our-desk --language en
      factsheet import csv rumours.csv --propose > rumours.yml
      factsheet import csv rumours.csv --to . --mapping rumours.yml
    """


def _check_root(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and not (value / SETTINGS_FILE).is_file():
        raise click.BadParameter(f"there is no {SETTINGS_FILE} in {value}")
    return value


@click.command("import", help=_HELP, short_help="Bring other people's data in as records.")
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORMATS]))
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--to", "to", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where the records go; see above.")  # fmt: skip
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), callback=_check_root, metavar="DIR", help=f"The project's folder.  [default: the nearest one upwards from --to with {SETTINGS_FILE}]")  # fmt: skip
@click.option("--name", metavar="NAME", help="How the new files are called.  [default: as FILE is]")
@click.option("--mapping", type=click.Path(dir_okay=False), metavar="FILE", help="Which column of a CSV is which field; for our own tables entities, sources, claims or events.")  # fmt: skip
@click.option("--propose", is_flag=True, help="Write such a mapping file to begin with, and nothing else.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and report what would become of each row.")
@click.option("--all", "everything", is_flag=True, help="List every row and every remark, not only the first ones.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True, help="text for people, json for programs; json lists everything.")  # fmt: skip
def import_data(
    form: str,
    file: str,
    to: Path | None,
    root: Path | None,
    shape: str,
    *,
    propose: bool,
    dry_run: bool,
    everything: bool,
    **flags: str | None,
) -> None:
    """Read, place, prove, write, report; `_HELP` is what people are told."""
    from generator.importers import report  # noqa: PLC0415

    if propose:
        _propose(form, file)
        return
    if to is None:
        raise click.UsageError("Say with --to where the records go, such as --to . for the project of this folder.")
    home, folder = _find_place(root, to)
    given = {name.replace("_", "-"): value for name, value in flags.items() if value is not None}
    _refuse_flags(form, given)
    data = _read(file, FORMATS[form].most_bytes)

    def read(shelf: Shelf) -> Reading:
        reading = FORMATS[form].read(data, _make_options(shelf, Path(file).stem if file != "-" else name, given))
        if reading.problem:
            stop(f"{file} cannot be imported: {reading.problem}")
        return reading

    name = given.pop("name", "") or (Path(file).stem if file != "-" else form)
    said = bring_in(home, folder, Source(form, file, name), read, dry=dry_run)
    text = report.format_json(said) if shape == "json" else report.format_text(said, everything=everything)
    click.echo(text, nl=False)
    if not said.all_placed:
        raise click.exceptions.Exit(EXIT_ERRORS)


for _flag, _metavar, _help in reversed(_FLAGS):
    import_data.params.insert(4, click.Option([_flag], metavar=_metavar, help=_help))


def _propose(form: str, file: str) -> None:
    write = FORMATS[form].propose
    if write is None:
        raise click.UsageError(f"{form} needs no mapping file, so none can be proposed.")
    click.echo(write(_read(file, FORMATS[form].most_bytes)), nl=False)


def _find_place(root: Path | None, to: Path) -> tuple[Path, str]:
    """Find the project, and the folder within the folder of each kind to which files go."""
    from generator import load  # noqa: PLC0415
    from generator.records import FOLDERS  # noqa: PLC0415

    place = to.resolve()
    home = root.resolve() if root is not None else find_root(place)
    if home is None:
        raise click.UsageError(f"There is no {SETTINGS_FILE} in {to} or above it. Name a project's folder with --to.")
    parts = place.relative_to(home).parts if place.is_relative_to(home) else ("..",)
    if parts in ((), ("content",)):
        return home, _IMPORTED
    folder = "/".join(parts[2:])
    readable = load.select([load.Entry(f"content/claims/{folder}/x.yml", "file")])
    if parts[0] != "content" or parts[1] not in FOLDERS.values() or not folder or not readable:
        raise click.UsageError(
            "--to: the project's folder, its content/, or a folder such as content/claims/imported is expected here."
        )
    return home, folder


def _refuse_flags(form: str, given: Mapping[str, str]) -> None:
    """Stop where a flag is given that the format does not know: it would be ignored."""
    odd = [f"--{name}" for name in given if name not in FORMATS[form].flags | {"name"}]
    if odd:
        known = ", ".join(f"--{name}" for name in sorted(FORMATS[form].flags | {"name"}))
        raise click.UsageError(f"{form} does not know {', '.join(odd)}. It knows {known}.")
    blank = [f"--{name}" for name, value in given.items() if not value.strip()]
    if blank:
        raise click.UsageError(f"An option is blank: {blank[0]}. Leave it out, or say something.")


def _read(file: str, most: int) -> bytes:
    with click.open_file(file, "rb") as stream:
        data: bytes = stream.read(most + 1)
    if len(data) > most:
        raise click.UsageError(f"{file} is larger than {most // 1_000_000} MB, the most that is read.")
    return data


def _make_options(shelf: Shelf, name: str, given: Mapping[str, str]) -> Options:
    """Say what whoever imports, and the site, say about the file."""
    from generator.documents import LIMITS  # noqa: PLC0415
    from generator.importers.naming import fold_name  # noqa: PLC0415
    from generator.importers.rows import Options  # noqa: PLC0415

    library = shelf.known.library
    outlets = {fold_name(one.name): one.name for one in library.entities.values() if one.type == "outlet"}
    flags = {flag: value for flag, value in given.items() if flag != "mapping"}
    flags |= {"outlet": _find_outlet(shelf, flags["outlet"])} if "outlet" in flags else {}
    _refuse_values(shelf, flags)
    verdicts = library.vocabulary.verdicts.items()
    return Options(
        today=shelf.today.isoformat(),
        name=name,
        given=flags,
        texts={"mapping": _read(_find_mapping(given["mapping"]), LIMITS.yaml_bytes)} if "mapping" in given else {},
        address=library.settings.address,
        publisher=library.settings.publisher,
        outlets=outlets,
        unjudged=next(word for word, verdict in verdicts if verdict.rule == "unjudged"),
        genres=tuple(library.vocabulary.genres),
    )


def _find_mapping(typed: str) -> str:
    """Find a mapping file, or one of those for our own tables by its name."""
    own = {path.stem: path for path in sorted(Path(importers.__file__).with_name("mappings").glob("*.yml"))}
    if Path(typed).is_file():
        return typed
    if typed not in own:
        raise click.UsageError(f"--mapping: there is no file {typed}; for our own tables say {', '.join(own)}.")
    return str(own[typed])


def _find_outlet(shelf: Shelf, typed: str) -> str:
    """Find the outlet that was named by its id or its name."""
    from generator.importers.naming import fold_name  # noqa: PLC0415

    entities = shelf.known.library.entities
    if typed in entities:
        return typed
    named = [one.id for one in entities.values() if one.type == "outlet" and fold_name(one.name) == fold_name(typed)]
    if len(named) == 1:
        return named[0]
    raise click.UsageError(
        f"--outlet: {shelf.known.explain_unknown('entity', typed) or 'More than one has this name.'}"
    )


def _refuse_values(shelf: Shelf, flags: Mapping[str, str]) -> None:
    """Stop where a flag holds what its field cannot."""
    from generator.scaffold.answers import find_problem  # noqa: PLC0415
    from generator.scaffold.fields import FIELDS  # noqa: PLC0415

    for flag, kind, name in _FIELDS:
        asked = next(row for row in FIELDS[kind] if row.name == name and not row.inside)
        problem = find_problem(shelf.known, kind, asked, flags[flag]) if flag in flags else ""
        if problem:
            raise click.UsageError(f"--{flag}: {problem}")
    for pair in filter(str.strip, flags.get("topic-of", "").split(";")):
        group, _, topic = pair.rpartition("=")
        problem = shelf.known.explain_unknown("topic", topic.strip())
        if not group.strip() or problem:
            raise click.UsageError(f"--topic-of: {problem or 'Write it as GROUP=ID.'}")
