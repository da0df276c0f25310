"""A new record from its answers: its id, its fields in the order of the model, its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.paths import editor_modeline
from generator.records import FOLDERS, KINDS
from generator.records.fields import fields_of
from generator.scaffold.answers import Known, as_typed
from generator.scaffold.fields import FIELDS
from generator.scaffold.ids import make_free, slug
from generator.scaffold.writing import write_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from generator.documents import Node
    from generator.records import KindName
    from generator.scaffold.fields import Answers

_NAMED_BY: Mapping[str, str] = {"entity": "name", "claim": "says", "event": "title", "topic": "title"}


def offer_id(known: Known, kind: KindName, answers: Answers) -> str:
    """Offer an id that is free: for a source its outlet and date, else the first words of what the record is called.

    Returns:
        The id, or an empty string where no words in Latin letters are there to make one from.
    """
    if kind == "source":
        dated = str(answers.get("published") or answers.get("written") or "undated").partition("T")[0]
        wanted = "-".join(filter(None, (str(answers.get("outlet", "")), slug(dated))))
    else:
        wanted = slug(str(answers.get(_NAMED_BY[kind], "")))
    return make_free(wanted, known.taken(kind)) if wanted else ""


def compose(known: Known, kind: KindName, answers: Answers, today: date, *, has_text: bool = False) -> dict[str, Node]:
    """Put the fields of a new record together, without its id.

    Args:
        known: the records that are there.
        kind: what it is.
        answers: what was answered; blanks are left out.
        today: the day on which a source was read, where no other is given.
        has_text: whether a source comes with its text.

    Returns:
        Fields as they are typed, in the order of the model.
    """
    given: dict[str, Node] = {}
    cited: dict[str, Node] = {}
    for asked in FIELDS[kind]:
        answer = answers.get(asked.name)
        if answer:
            (cited if asked.inside else given)[asked.name] = as_typed(asked, answer)
    if kind == "source":
        given.setdefault("accessed", today.isoformat())
        given.setdefault("stored", "whole" if has_text else "none")
        given.setdefault("publish", "excerpts" if has_text else "none")
    if kind == "claim":
        given["seen"] = [cited]
        verdicts = known.library.vocabulary.verdicts
        given["verdict"] = next(word for word, verdict in verdicts.items() if verdict.rule == "unjudged")
    return dict(_in_order(kind, given))


def _in_order(kind: str, given: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    yield from ((name, given[name]) for name in fields_of(KINDS[kind]) if name in given)


def write_record(kind: KindName, path: str, fields: Mapping[str, Node], text: str = "") -> str:
    """Write the file of one new record; its id is the file's name.

    Args:
        kind: what it is.
        path: where it will stand; a source in a `.md` file has its text below the fields.
        fields: as `compose` gives them.
        text: the stored text as Markdown.
    """
    if path.endswith(".md"):
        return f"---\n{write_fields(fields)}---\n\n{text}"
    return f"{editor_modeline(kind, path)}\n{write_fields(fields)}"


def path_of(kind: KindName, one: str, *, has_text: bool = False) -> str:
    """Give the path of the file of a new record."""
    return f"content/{FOLDERS[kind]}/{one}.{'md' if has_text else 'yml'}"
