"""The answers from which `new` makes a record: taken from flags, and asked for where somebody sits at a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.root import EXIT_ERRORS
from generator.reports import escape_line
from generator.scaffold.answers import find_problem
from generator.scaffold.fields import FIELDS, Asked, is_needed
from generator.scaffold.record import offer_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.records import KindName
    from generator.scaffold.answers import Known
    from generator.scaffold.fields import Answer, Answers

ID = Asked("id", "--id", "Its id; it never changes", metavar="ID")


def collect(
    known: Known,
    kind: KindName,
    given: Mapping[str, Answer],
    *,
    has_text: bool,
    talking: bool,
    more: Mapping[str, str],
) -> tuple[dict[str, Answer], bool]:
    """Collect the answers for a new record, its id among them.

    Args:
        known: the records that are there.
        kind: what is to be made.
        given: the answers that came as flags.
        has_text: whether a source comes with its text.
        talking: whether somebody is there to be asked.
        more: flags that are no fields, with what was given, for the command that goes on after Ctrl-C.

    Returns:
        The answers, and whether any of them was asked for.

    Raises:
        click.UsageError: a flag does not fit, or one is missing and nobody can be asked.
        click.exceptions.Exit: whoever was asked pressed Ctrl-C.
    """
    rows = (ID, *FIELDS[kind])
    wrong = [
        f"{row.flag}: {problem.removeprefix(f'`{row.name}`: ')}"
        for row in rows
        if (problem := _check(known, kind, row, given.get(row.name)))
    ]
    if wrong:
        raise click.UsageError("\n".join(wrong))
    missing = _missing(known, kind, given, has_text=has_text)
    if missing and not talking:
        raise click.UsageError(f"Missing: {', '.join(row.flag for row in missing)}.")
    answers = dict(given)
    try:
        if missing:
            _ask_all(known, kind, answers, has_text=has_text)
        if "id" not in answers:
            offered = offer_id(known, kind, answers)
            if not missing and not offered and not talking:
                raise click.UsageError("Missing: --id. No id can be offered for these words.")
            answers["id"] = offered if offered and not missing else _ask(known, kind, ID, offered)
    except click.Abort:
        again = escape_line(write_command(kind, answers, more))
        click.echo(f"\nNothing was written. To go on from here:\n{again}", err=True)
        raise click.exceptions.Exit(EXIT_ERRORS) from None
    return answers, bool(missing)


def ask_for_text() -> str:
    """Ask for the file with the text of a source until there is one; empty where none is to be kept."""

    def read(typed: str) -> str:
        name = typed.strip().strip("'\"")
        path = Path(name).expanduser()
        if name and not path.is_file():
            raise click.UsageError(f"There is no file `{escape_line(name)}` here.")
        return str(path) if name else ""

    question = "The file with its text, such as article.txt; may be left blank"
    try:
        name: str = click.prompt(question, default="", show_default=False, value_proc=read)
    except click.Abort:
        click.echo("\nNothing was written.", err=True)
        raise click.exceptions.Exit(EXIT_ERRORS) from None
    return name


def write_command(kind: KindName, answers: Answers, more: Mapping[str, str]) -> str:
    """Write the command that gives these answers as flags, to be typed again."""
    words = ["factsheet", "new", kind]
    for row in (*FIELDS[kind], ID):
        answer = answers.get(row.name, ())
        for one in (answer,) if isinstance(answer, str) else answer:
            words += [row.flag, *(one.split(" ", 1) if row.name == "names" else (one,))]
    words += [word for pair in more.items() for word in pair if word]
    return shlex.join(words)


def _has_text(known: Known, kind: KindName, answers: Answers, *, has_text: bool) -> bool:
    """Tell whether words can be quoted: of the source that a claim cites, where that is known."""
    cited = answers.get("in")
    return known.has_text(cited) if kind == "claim" and isinstance(cited, str) else has_text


def _missing(known: Known, kind: KindName, given: Answers, *, has_text: bool) -> list[Asked]:
    """List what is needed and was not given; a quotation that is missing makes no finding necessary."""
    quotable = _has_text(known, kind, given, has_text=has_text or kind == "claim")
    lacking = [row for row in FIELDS[kind] if row.name not in given and is_needed(row, given, has_text=quotable)]
    quote = any(row.name == "quote" for row in lacking)
    return [row for row in lacking if not (quote and row.name == "finding")]


def _check(known: Known, kind: KindName, row: Asked, answer: Answer | None) -> str:
    if not answer:
        return ""
    problem = find_problem(known, kind, row, answer)
    if not problem and row is ID and answer in known.taken(kind):
        return f"The id `{answer}` is taken. An id is never used again."
    return problem


def _ask_all(known: Known, kind: KindName, answers: dict[str, Answer], *, has_text: bool) -> None:
    for row in FIELDS[kind]:
        quotable = _has_text(known, kind, answers, has_text=has_text)
        needed = is_needed(row, answers, has_text=quotable)
        if row.name in answers or not (needed or row.offered):
            continue
        language = known.library.settings.languages[0] if row.name == "language" else None
        answer = _ask(known, kind, row, language if needed else "")
        if answer:
            answers[row.name] = answer


def _ask(known: Known, kind: KindName, row: Asked, default: str | None) -> Answer:
    """Ask until the answer fits; several values have commas between them."""
    words = known.library.vocabulary.words(row.words) if row.words else ()
    listed = f" ({', '.join(words)})" if words and not all(word in row.help for word in words) else ""
    several = " (commas between several)" if row.many else ""
    blank = "; may be left blank" if default == "" and row is not ID else ""
    question = f"{row.help.partition('  [')[0]}{listed}{several}{blank}"
    answer: Answer = click.prompt(
        question,
        default=default or (None if default is None or row is ID else ""),
        show_default=bool(default),
        value_proc=_reader(known, kind, row),
    )
    return answer


def _reader(known: Known, kind: KindName, row: Asked) -> Callable[[str], Answer]:
    def read(typed: str) -> Answer:
        text = typed.strip()
        answer: Answer = tuple(filter(None, map(str.strip, text.split(",")))) if row.many else text
        problem = _check(known, kind, row, answer)
        if problem:
            raise click.UsageError(problem)
        return answer

    return read
