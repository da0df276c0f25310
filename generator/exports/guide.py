"""The tables of the editors' guide, made from the models and the vocabulary, so that the guide cannot drift from them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from generator.exports.field_schemas import forms_of, models_in
from generator.exports.wording import DEMANDS, describe_fields, examples_of, show
from generator.records import (
    KINDS,
    Chain,
    Check,
    Contradiction,
    Correction,
    Evidence,
    Hop,
    Imported,
    LogEntry,
    Question,
    Record,
    Search,
    Seen,
    Skipped,
)
from generator.records.claim import Words
from generator.records.entity import Affiliation
from generator.records.fields import fields_of
from generator.settings import Settings
from generator.vocabulary import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from generator.vocabulary import Vocabulary

_REGION = re.compile(
    r"(?P<begin><!-- (?P<what>fields|words): (?P<name>[a-z-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)
_LONGEST_EXAMPLE = 64  # characters; a longer one would make the table too wide to read

MODELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "record": Record,
        **KINDS,
        "seen": Seen,
        "evidence": Evidence,
        "voice": Hop,
        "searched": Search,
        "contradicts": Contradiction,
        "checked": Check,
        "log": LogEntry,
        "was": Words,
        "skipped": Skipped,
        "imported": Imported,
        "behind": Affiliation,
        "question": Question,
        "correction": Correction,
        "settings": Settings,
    }
)
"""What `<!-- fields: name -->` may name."""


class UnknownRegionError(ValueError):
    """The guide marks a place for a table that does not exist."""


def fill_guide(text: str, vocabulary: Vocabulary) -> str:
    """Write the tables of the guide anew, each between its two comments, and leave the rest as it is.

    A table stands between `<!-- fields: claim -->`, or `<!-- words: verdicts -->`, and `<!-- end -->`.

    Args:
        text: the guide, as Markdown.
        vocabulary: the words of the site.

    Raises:
        UnknownRegionError: a comment names what has no table.
    """

    def fill(region: re.Match[str]) -> str:
        name = region["name"]
        if region["what"] == "fields" and name in MODELS:
            table = _list_fields(MODELS[name])
        elif region["what"] == "words" and name == "verdicts":
            table = _list_verdicts(vocabulary)
        elif region["what"] == "words" and name in get_args(Section):
            table = _list_words(vocabulary, name)
        else:
            message = f"there is no table for <!-- {region['what']}: {name} -->"
            raise UnknownRegionError(message)
        return f"{region['begin']}\n{table}\n{region['end']}"

    return _REGION.sub(fill, text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(head)
    lines = [names, tuple("---" for _ in names), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _list_fields(model: type[BaseModel]) -> str:
    """List the fields of a model; those that it shares with the one that it extends are listed there."""
    said, examples = describe_fields(model), examples_of(model)
    shared = {name for parent in (Record, Seen) if parent in model.__mro__[1:] for name in fields_of(parent)}

    def rows() -> Iterator[tuple[str, str, str]]:
        for name, info in fields_of(model).items():
            if name not in shared:
                field = f"**`{name}`**" if info.is_required() else f"`{name}`"
                words = forms_of(info.annotation, info.metadata)[0].get("enum", ())
                choice = f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""
                parts = set(models_in(info.annotation)) - {Chain, Hop}
                yield field, said[name] + choice, "see below" if parts else _choose(examples[name])

    return _table(("field", "what to type", "example"), rows())


def _choose(examples: tuple[object, ...]) -> str:
    """Show the first example, and a second one where both are short."""
    first, *more = (f"`{show(example)}`" for example in examples)
    second = f", {more[0]}" if more and len(first) + len(more[0]) < _LONGEST_EXAMPLE else ""
    return first + second


def _list_words(vocabulary: Vocabulary, section: str) -> str:
    terms = getattr(vocabulary, section)
    return _table(
        ("word", "shown as", "what it means"),
        ((f"`{word}`", term.label, term.definition) for word, term in terms.items()),
    )


def _list_verdicts(vocabulary: Vocabulary) -> str:
    return _table(
        ("verdict", "shown as", "use it when", "the build demands"),
        (
            (f"`{word}`", verdict.label, DEMANDS[verdict.rule].use, DEMANDS[verdict.rule].needs)
            for word, verdict in vocabulary.verdicts.items()
        ),
    )
