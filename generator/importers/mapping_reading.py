"""A mapping file is read; what is wrong with it is said at its line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from generator.decode import suggest
from generator.decode.explain import explain
from generator.decode.gathering import gather
from generator.decode.known import read_known
from generator.diagnostics import Diagnostic
from generator.documents import parse
from generator.importers.column_values import Read, list_words, read_fixed
from generator.importers.mapping import Column, MappingFile
from generator.importers.sheets import has_sheet
from generator.importers.targets import NOWHERE, UNJUDGED, Target, find_target, list_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.documents import Document, Loc
    from generator.importers.rows import DraftKind, Options

_OF_SOURCE = frozenset(
    {f"seen.{name}" for name in ("outlet", "url", "archived", "title", "authors", "published", "accessed", "language")}
    | {"seen.genre", "seen.summary"}
)
_MAKES_SOURCE = ("seen.url", "seen.outlet")
_EXAMPLES = {"seen.language": "en", "seen.genre": "news"}


def read_mapping(
    data: bytes, options: Options, path: str = "mapping.yml"
) -> tuple[MappingFile | None, tuple[Diagnostic, ...]]:
    """Read a mapping file.

    Args:
        data: its bytes.
        options: the words of the vocabulary, and whether the command says who keeps the sheet, so that the mapping need not.
        path: what the diagnostics call it.

    Returns:
        The mapping; None where anything is wrong with it, which is said at its line.
    """
    document, problems = parse(path, data)
    if document is None or problems:
        return None, problems
    if not isinstance(document.data, dict):
        said = "A mapping file holds fields of the form `name: value`."
        return None, (Diagnostic(document.place(), "wrong-type", said, "Begin with `kind: claim` and `columns:`."),)
    try:
        mapping = MappingFile.model_validate(document.data)
    except ValidationError as error:
        return None, _explain(document, error.errors(include_url=False))
    problems = tuple(_find_problems(document, mapping, options))
    return (None, problems) if problems else (mapping, ())


def _explain(document: Document, errors: list[Any]) -> tuple[Diagnostic, ...]:
    found = [(one, explain(document, (), MappingFile, one, lambda: read_known(()))) for one in errors]
    misspelt = {(*one["loc"][:-1], said.fix) for one, said in found if said.code == "unknown-key"}
    kept = [pair for pair in found if pair[1].code != "missing-field" or tuple(pair[0]["loc"]) not in misspelt]
    return gather(MappingFile, kept)


def _find_problems(document: Document, mapping: MappingFile, options: Options) -> Iterator[Diagnostic]:
    """Say where a mapping that has the right form makes no sense."""
    say = partial(_say, document)
    if mapping.separator != "auto" and (len(mapping.separator) != 1 or mapping.separator in '"\n\r '):
        yield say(("separator",), "`separator` is one character, and no quotation mark or blank.", "Or write `auto`.")
    first: dict[str, str] = {}
    for name, column in mapping.columns.items():
        if column.to in NOWHERE:
            continue
        loc = _place_of_field(document, name)
        target = find_target(mapping.kind, column.to)
        if target is None:
            yield say(loc, *_explain_field(mapping.kind, column.to))
        elif column.to in first and not target.is_many:
            said = f"`{column.to}` is set by the column “{first[column.to]}” already."
            yield say(loc, said, "Write `note` for one of them.")
        else:
            first.setdefault(column.to, name)
            odd = _find_odd_options(name, column, target, options)
            yield from (say(at, *said) for at, said in odd)
    for name, values in mapping.fixed.items():
        yield from (say(("fixed", name), *said) for said in _find_odd_fixed(mapping.kind, name, values, options))
    genre = mapping.source.genre if mapping.source else ""
    if genre and genre not in (options.genres or (genre,)):
        yield say(("source", "genre"), *_explain_value("genre", genre, Target("word", "genres"), options))
    yield from (say(loc, said, mend, key=True) for loc, said, mend in _find_lacking(mapping, options))


def _say(document: Document, loc: Loc, message: str, help_: str = "", *, key: bool = False) -> Diagnostic:
    return Diagnostic(document.place(loc, key=key), "wrong-type", message, help_)


def _find_odd_fixed(kind: DraftKind, name: str, values: tuple[str, ...], options: Options) -> Iterator[tuple[str, str]]:
    target = find_target(kind, name)
    if target is None:
        yield _explain_field(kind, name)
        return
    if len(values) > 1 and not target.is_many:
        yield f"`{name}` takes one value.", ""
    read = Read(options)
    read_fixed(read, name, values, target)
    yield from (_explain_value(name, remark.value, target, options) for remark in read.remarks)


def _place_of_field(document: Document, name: str) -> Loc:
    whole = ("columns", name, "to")
    return whole if whole in document.values else ("columns", name)


def _explain_field(kind: DraftKind, name: str) -> tuple[str, str]:
    known = list_targets(kind)
    article = "an" if kind[0] in "aeiou" else "a"
    if name in UNJUDGED and kind == "claim":
        return (
            f"`{name}` is not imported: nobody here has judged the claim yet.",
            "Write `note` to keep it in the notes.",
        )
    said = f"`{name[:60]}` is no field that an import sets in {article} {kind}."
    near = suggest(name, known)
    return said, f"{near} Known are {', '.join(known)}; and `note` and `skip`.".strip()


def _find_odd_options(
    name: str, column: Column, target: Target, options: Options
) -> Iterator[tuple[Loc, tuple[str, str]]]:
    """Say which options of a column mean nothing for its field."""
    is_place = target.type == "place" and column.entity not in {None, "place"}
    odd = (
        ("date", column.date and not target.is_date, "is no date"),
        ("entity", column.entity and not target.is_entity, "names no entity"),
        ("entity", is_place, "names a place"),
        ("split", column.split and not target.is_many, "takes one value"),
        ("text", column.text != "plain" and not target.is_text, "is no text"),
    )
    yield from ((("columns", name, option), (f"`{column.to}` {said}.", "")) for option, wrong, said in odd if wrong)
    known = list_words(target, options) if target.words in {"genres", "types"} else ()
    for cell, word in column.words.items():
        if word and known and word not in known:
            yield ("columns", name, "words", cell), _explain_value(column.to, word, target, options)


def _find_lacking(mapping: MappingFile, options: Options) -> Iterator[tuple[Loc, str, str]]:
    """Say what a record would lack in every row."""
    kind = mapping.kind
    for name in list_targets(kind):
        target = find_target(kind, name)
        if target is not None and target.needed and not mapping.sets(name):
            what = "an entity" if kind == "entity" else f"{'an' if kind == 'event' else 'a'} {kind}"
            yield ("columns",), f"No column sets `{name}`, which {what} needs.", f"Write `{name}` behind one of them."
    cites = kind in {"claim", "event"}
    if mapping.source is not None and not cites:
        yield (
            ("source",),
            "`source` is for sheets of claims and events.",
            "Write `fixed` for what all rows have in common.",
        )
    makes = [name for name in (*mapping.set_by_columns, *mapping.fixed) if name in _OF_SOURCE]
    if makes:
        lacking = [name for name in ("seen.language", "seen.genre") if not mapping.sets(name)]
        if not any(map(mapping.sets, _MAKES_SOURCE)):
            yield (
                ("columns",),
                f"`{makes[0]}` is about a source, which is known by `seen.url` or `seen.outlet`.",
                "Name the column.",
            )
        elif lacking:
            shown = ", ".join(f"{name}: {_EXAMPLES[name]}" for name in lacking)
            known_by = next(filter(mapping.sets, _MAKES_SOURCE))
            said = f"A source is made of each `{known_by}`, and it needs {' and '.join(f'`{one}`' for one in lacking)}."
            yield ("columns",), said, f"Name the columns, or write `fixed: {{{shown}}}`."
    elif cites and not (has_sheet(options) or mapping.source or mapping.sets("seen.in") or mapping.sets("rests_on")):
        said = f"Nothing says where {'the claims stand' if kind == 'claim' else 'the events are listed'}."
        yield (
            ("columns",),
            said,
            "Add `source: {outlet: ..., language: ..., title: ...}` for the sheet itself, or name them in the command.",
        )
    if mapping.sets("seen.quote") and not mapping.sets("seen.in"):
        yield (
            ("columns",),
            "`seen.quote` quotes a stored text, and `seen.in` does not say which.",
            "Write `seen.finding` for words whose source is not stored here.",
        )


def _explain_value(name: str, value: str, target: Target, options: Options) -> tuple[str, str]:
    """Say that a value of the mapping itself is none that its field can have."""
    known = list_words(target, options)
    said = f"“{value[:60]}” is no value that `{name}` can have."
    return said, f"{suggest(value, known)} Write one of {', '.join(known)}.".strip() if known else ""
