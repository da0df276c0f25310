"""`new`: a new record from flags and answers."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from generator.cli.drafting import claims
from generator.cli.root import root_option
from generator.scaffold.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.cli.proving import Shelf
    from generator.documents import Node
    from generator.records import KindName
    from generator.scaffold.fields import Answer, Asked

_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "source": """Add a source: a text that you have read.

    With --text its words are kept and can be quoted; without, say in your own words what it says (--summary). A plain
    text is stored so that readers see it as it is; with --markdown it is taken as it stands. Its id is offered from
    outlet and date.

    \b
    Examples:
      factsheet new source
      factsheet new source --outlet example-gazette --published 2025-06-01 --language en --genre news --text article.txt
      cat article.txt | factsheet new source --outlet example-gazette --published 2025-06-01 --language en --genre news --text -
      factsheet new source --outlet example-gazette --language en --genre news --summary "Reports the repair."
    """,
        "entity": """Add an entity: a person, an organisation, an outlet, a place or a document that records name.

    \b
    Examples:
      factsheet new entity
      factsheet new entity --type person --name "Anna Berg" --speaks-for council
      factsheet new entity --type outlet --name "Example Gazette" --file content/entities/outlets.yml
    """,
        "claim": """Add a claim: one testable statement, and where it is said. It is not judged yet.

    A quotation is looked up in the stored text before anything is written.

    \b
    Examples:
      factsheet new claim
      factsheet new claim --says "The council closed the bridge." --kind fact --topic old-bridge --when 2025-06-01 \\
          --in example-gazette-2025-06-01 --quote "closed the old bridge" --chain anna-berg --chain example-agency
      factsheet new claim --says "Work begins in July." --kind forecast --in example-agency-2025-06-01 \\
          --finding "Says that work begins in July." --chain unnamed:officials
    """,
        "event": """Add an event: something that happened, was planned or is disputed. It rests on claims.

    \b
    Examples:
      factsheet new event
      factsheet new event --title "Work on the old bridge begins" --when 2025-07 --phase planned \\
          --rests-on mayor-says-work-begins-in-july --topic old-bridge
    """,
        "topic": """Add a topic: a fact sheet that answers one question.

    \b
    Examples:
      factsheet new topic
      factsheet new topic --title "The old bridge" --question "When will it be repaired?" \\
          --answer "The mayor said that [work would begin in July](claim:mayor-says-work-begins-in-july)." --party council
    """,
    }
)
_NEXT: Mapping[str, str] = MappingProxyType(
    {
        "source": "Cite it: `factsheet new claim --in {id}`.",
        "stored source": "Cite it: `factsheet new claim --in {id}`, or draft a claim for each of its sentences: `factsheet new claims --from {id}`.",
        "entity": "Name it where it belongs, for example in a chain: `chain: [{id}]`.",
        "claim": "Judge it when you have looked: `evidence:`, `verdict:` with `why:`, `checked:` and `log:`. Until then readers see it as unchecked.",
        "event": "Look at it on the timeline: `factsheet serve`.",
        "topic": "List `{id}` under `topics:` of claims and events; `questions:` are the rows of the matrix.",
    }
)


@click.group()
def new() -> None:
    """Write a new record; what is needed and not given is asked for.

    Nothing is ever written over. The record is checked together with all others before it is written, so that what is
    written is sound.

    \b
    Examples:
      factsheet new source                              asks for what it needs
      factsheet new source --text article.txt           the same, with the text of the article
      factsheet new claims --from flga-2025-05-22       a draft for each sentence nobody has cited
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)


def _parameter(row: Asked) -> click.Option:
    pair = row.name == "names"
    return click.Option(
        [row.flag, row.name],
        help=f"{row.help}.{' May be given more than once.' if row.many else ''}".replace("].", "]"),
        multiple=row.many,
        metavar=row.metavar,
        nargs=2 if pair else 1,
        type=(str, str) if pair else str,
    )


def _options(kind: KindName) -> list[click.Parameter]:
    options: list[click.Parameter] = [_parameter(row) for row in FIELDS[kind]]
    if kind == "source":
        text = click.Path(exists=True, dir_okay=False, allow_dash=True)
        options += [
            click.Option(
                ["--text"], type=text, metavar="FILE", help="The file with its text; - reads what is piped in."
            ),
            click.Option(["--markdown"], is_flag=True, help="The text is Markdown already."),
            click.Option(["--lines"], is_flag=True, help="Each line of the text is a paragraph of its own."),
        ]
    else:
        where = "A file with a list of records to which it is added; made where there is none.  [default: a file of its own]"
        options.append(click.Option(["--file"], metavar="PATH", help=where))
    return [
        *options,
        click.Option(["--id", "id"], metavar="ID", help="Its id, which never changes.  [default: offered]"),
    ]


def _read_answers(kind: KindName, flags: Mapping[str, Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for name in ("id", *(row.name for row in FIELDS[kind])):
        value = flags[name]
        if value:
            answers[name] = tuple(" ".join(pair) for pair in value) if name == "names" else value
        elif isinstance(value, str):
            raise click.UsageError(f"An option is blank: {name}. Leave it out, or say something.")
    for text in answers.values():
        if any("\ud800" <= letter <= "\udfff" for letter in "".join(text)):
            raise click.UsageError("What was typed is not UTF-8 and cannot be written.")
    return answers


def _read_text(name: str, *, markdown: bool, by_line: bool) -> str:
    """Read the text of a source as Markdown; say what was left out of it."""
    from generator.documents import LIMITS  # noqa: PLC0415
    from generator.scaffold.plain_text import clean, part_lists, write_plain_text  # noqa: PLC0415

    with click.open_file(name, "rb") as stream:
        data = stream.read(LIMITS.text_bytes + 1)
    if len(data) > LIMITS.text_bytes:
        raise click.UsageError(f"The text is larger than {LIMITS.text_bytes // 1_000_000} MB, the most that is read.")
    try:
        cleaned = clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise click.UsageError("The text is not UTF-8. Save it again with the encoding UTF-8.") from error
    if cleaned.dropped:
        click.echo(f"Left out of the text: {cleaned.dropped} invisible control characters.", err=True)
    text = f"{cleaned.text.strip()}\n" if markdown else write_plain_text(part_lists(cleaned.text), by_line=by_line)
    if not text.strip():
        raise click.UsageError("There are no words in the text.")
    return text


def _write(kind: KindName, root: Path, flags: Mapping[str, Any]) -> None:
    from generator.cli import asking, proving  # noqa: PLC0415
    from generator.scaffold import record  # noqa: PLC0415

    given = _read_answers(kind, flags)
    talking = sys.stdin.isatty()
    name = flags.get("text")
    if kind == "source" and talking and not name and "summary" not in given and given.get("stored") != "none":
        name = asking.ask_for_text()
    text = _read_text(name, markdown=flags["markdown"], by_line=flags["lines"]) if name else ""
    shelf = proving.read_shelf(root)
    more = {flag: str(value) for flag, value in (("--text", name), ("--file", flags.get("file"))) if value}
    more |= {f"--{flag}": "" for flag in ("markdown", "lines") if flags.get(flag)}
    answers, asked = asking.collect(shelf.known, kind, given, has_text=bool(text), talking=talking, more=more)
    one = str(answers["id"])
    fields = record.compose(shelf.known, kind, answers, shelf.today, has_text=bool(text))
    again = asking.write_command(kind, answers, more) if asked else ""
    path = flags.get("file") or record.path_of(kind, one, has_text=bool(text))
    if flags.get("file"):
        _add_to_list(shelf, kind, path, {"id": one, **fields}, again)
    else:
        written = record.write_record(kind, path, fields, text)
        proving.stop_for_errors(proving.find_errors(shelf, path, written), again)
        if not proving.create(root, path, written):
            raise click.UsageError(f"{path} is there already, and nothing is written over. Choose another --id.")
    click.echo(path)
    _warn_of_twin(shelf, answers)
    click.echo(f"Next: {_NEXT['stored source' if text else kind].format(id=one)}", err=True)


def _warn_of_twin(shelf: Shelf, answers: Mapping[str, Answer]) -> None:
    sources = shelf.known.library.sources.values()
    twin = next((source.id for source in sources if source.url and source.url == answers.get("url")), None)
    if twin is not None:
        click.echo(f"Warning: the source `{twin}` has the same address. Is it the same text?", err=True)


def _add_to_list(shelf: Shelf, kind: KindName, path: str, fields: Mapping[str, Node], again: str) -> None:
    """Add a record behind the others of a list, or make a list of it where there is no such file."""
    from generator import load  # noqa: PLC0415
    from generator.cli import proving  # noqa: PLC0415
    from generator.paths import editor_modeline  # noqa: PLC0415
    from generator.records import FOLDERS  # noqa: PLC0415
    from generator.scaffold.writing import lengthen, write_fields  # noqa: PLC0415

    read = bool(load.select([load.Entry(path, "file")]))  # no hidden one: nobody would ever see what is in it
    if not (read and path.startswith(f"content/{FOLDERS[kind]}/") and path.endswith(".yml")):
        raise click.UsageError(f"--file: a .yml file in content/{FOLDERS[kind]}/ is expected here.")
    item = write_fields(fields, item=True)
    document = shelf.find(path)
    if document is None:
        written = f"{editor_modeline(kind, path)}\n{item}"
        proving.stop_for_errors(proving.find_errors(shelf, path, written), again)
        if not proving.create(shelf.root, path, written):
            raise click.UsageError(f"{path} is there, and it cannot be read.")
        return
    before = (shelf.root / path).read_bytes()
    lines = before.decode("utf-8-sig", "replace")
    more = lengthen(document, lines, item)
    if more is None:
        raise click.UsageError(f"{path} is no list of records that can be added to. Leave --file out.")
    proving.stop_for_errors(proving.find_errors(shelf, path, lines + more), again)
    proving.extend(shelf, path, before, more)


def _make_command(kind: KindName) -> click.Command:
    @click.command(kind, help=_ABOUT[kind], params=_options(kind))
    @root_option
    def command(root: Path, **flags: Any) -> None:  # noqa: ANN401 - as click gives them
        _write(kind, root, flags)

    return command


for _kind in FIELDS:
    new.add_command(_make_command(_kind))
new.add_command(claims)
