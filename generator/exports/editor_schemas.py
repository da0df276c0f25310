"""JSON Schemas for text editors: completion, hover texts and the mistakes that the structure alone shows.

They are draft-07, which yaml-language-server (VS Code, Neovim, Emacs and others) and JetBrains' editors know best. Beside
its keywords yaml-language-server reads `markdownDescription`, `enumDescriptions`, `defaultSnippets`, `errorMessage` and
`patternErrorMessage`; other tools pass over them. It offers `examples` as values to choose from, so only fields with
several forms (dates, languages) have them; of all others the example stands in the description.

No editor of YAML looks into the front matter of a Markdown file: the schema of sources is of use in .yml files only.
What a schema cannot say (quotations, bars, ids that lead nowhere) is for `factsheet check`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from generator.exports.field_schemas import BLANK, DEFINITIONS, Schema, forms_of, models_in
from generator.exports.wording import DEMANDS, SECTIONS, describe, describe_fields, examples_of, show
from generator.records import FOLDERS, KINDS, Chain, Correction, Hop, Record, Seen
from generator.records.fields import fields_of
from generator.settings import Settings
from generator.vocabulary import Verdict, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

_DRAFT = "http://json-schema.org/draft-07/schema#"
_SNIPPETS: Mapping[str, tuple[str, ...]] = {
    "Source": ("outlet", "published", "accessed", "url", "language", "genre", "stored", "publish", "summary"),
    "Entity": ("type", "name", "description"),
    "Claim": ("says", "kind", "topics", "about", "when", "seen", "verdict"),
    "Event": ("title", "when", "phase", "topics", "rests_on"),
    "Topic": ("title", "question", "answer", "parties", "questions"),
    "Correction": ("on", "records", "kind", "was", "now", "why"),
    "Seen": ("in", "quote", "chain"),
    "Evidence": ("in", "quote", "stance", "basis", "chain"),
    "Question": ("id", "text", "claims"),
    "LogEntry": ("on", "verdict", "note"),
}
"""The fields that a whole record begins with when an editor asks for one."""


def _given(name: str) -> Schema:
    """Say that a field is there and not blank."""
    return {"required": [name], "properties": {name: {"not": {"enum": [None, []]}}}}


def _at_least_one(message: str, *names: str) -> Schema:
    return {"anyOf": [{"required": [name], "errorMessage": message} for name in names]}


def _not_both(message: str, one: str, other: str) -> Schema:
    """Put the message beside the second of two fields that exclude each other."""
    left: Schema = {"enum": [None, []], "errorMessage": message}
    return {"if": {"allOf": [_given(one), _given(other)]}, "then": {"properties": {other: left}}}


def _rules(model: type[BaseModel]) -> list[Schema]:
    """List what the fields of a model demand of each other; its validators are what enforces it."""
    if issubclass(model, Seen):
        quote, chain = "Give either `quote` or `finding`.", "Give either `chain` or `chains`."
        return [
            _at_least_one(quote, "quote", "finding"),
            _not_both(quote, "quote", "finding"),
            _at_least_one("`chain` is missing: who said it first, or `own`, or `untraced`.", "chain", "chains"),
            _not_both(chain, "chain", "chains"),
            *(
                {"if": _given(name), "then": {"required": ["quote"], "errorMessage": f"`{name}` belongs to a `quote`."}}
                for name in ("prefix", "suffix")
            ),
        ]
    if model is Hop:
        one = "A voice is either an entity, `unnamed` or `claimed`."
        return [
            _at_least_one(one, "who", "unnamed", "claimed"),
            _not_both(one, "who", "unnamed"),
            _not_both(one, "who", "claimed"),
            _not_both(one, "unnamed", "claimed"),
        ]
    return []


def _words(vocabulary: Vocabulary, model: type[BaseModel], name: str) -> Schema | None:
    """List the words that a field may have, each with what it means."""
    owner = next((one for one in model.__mro__ if (one, name) in SECTIONS), None)
    if owner is not None:
        terms = getattr(vocabulary, SECTIONS[owner, name])
        meanings = [f"{term.label}. {term.definition}" for term in terms.values()]
        return {"title": "Word", "enum": list(terms), "enumDescriptions": meanings}
    if (model, name) == (Verdict, "rule"):
        meanings = [f"{demand.use} The build demands {demand.needs}." for demand in DEMANDS.values()]
        return {"title": "Word", "enum": list(DEMANDS), "enumDescriptions": meanings}
    return None


def _say(text: str, examples: tuple[object, ...]) -> Schema:
    """Describe a field; an example that is the only one stands in the description, several are offered to choose from."""
    if len(examples) > 1:
        return {"description": text, "examples": list(examples)}
    return {"description": text, "markdownDescription": f"{text}\n\nExample: `{show(examples[0])}`"}


def _title(model: type[BaseModel]) -> str:
    """Write a model's name in words: `LogEntry` is “Log entry”."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda letter: f" {letter[1].lower()}", model.__name__)


class _Writer:
    """Writes the parts of one schema file; each model that a part is made of becomes a definition once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.definitions: dict[str, Schema] = {}

    def field(self, model: type[BaseModel], name: str) -> Schema:
        info = fields_of(model)[name]
        for inner in models_in(info.annotation):
            self.define(Hop if inner is Chain else inner)  # nobody types the fields of a chain
        text, examples = describe_fields(model)[name], examples_of(model)[name]
        forms = self.forms(model, name)
        said = _say(text, examples)
        if len(forms) == 1 and forms[0].get("type") in ("array", "object"):
            (form,) = forms
            return {**form, **said, **({} if info.is_required() else {"type": [form["type"], "null"]})}
        return {**said, "anyOf": forms if info.is_required() else [*forms, BLANK]}

    def forms(self, model: type[BaseModel], name: str) -> list[Schema]:
        words = _words(self.vocabulary, model, name)
        info = fields_of(model)[name]
        return [words] if words else forms_of(info.annotation, info.metadata, show(examples_of(model)[name][0]))

    def define(self, model: type[BaseModel]) -> Schema:
        """Write a model as a definition and refer to it."""
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = {}  # a model may hold itself
            self.definitions[model.__name__] = {"type": "object", **self.fields(model)}
        return {"$ref": f"#/definitions/{model.__name__}"}

    def fields(self, model: type[BaseModel]) -> Schema:
        fields = fields_of(model)
        own_name = {"id"} if issubclass(model, Record) else set()  # the name of the file may be the id
        required = [name for name, info in fields.items() if info.is_required() and name not in own_name]
        rules = _rules(model)
        return {
            "title": _title(model),
            "description": describe(model),
            "properties": {name: self.field(model, name) for name in fields},
            **({"required": required} if required else {}),
            **({"allOf": rules} if rules else {}),
            "additionalProperties": False,
        }

    def snippet(self, model: type[BaseModel], *more: str) -> Schema:
        stops = iter(range(1, 100))
        names = (*more, *_SNIPPETS[model.__name__])
        noun = _title(model).lower()
        return {
            "label": f"whole {noun}",
            "description": f"The fields that most have: {', '.join(names)}.",
            "body": {name: self.stop(model, name, stops) for name in names},
        }

    def stop(self, model: type[BaseModel], name: str, stops: Iterator[int]) -> Any:  # noqa: ANN401 - any JSON
        """Give a place to type in: a choice of words, the fields of a part, or an empty place."""
        inner = next(models_in(fields_of(model)[name].annotation), None)
        if name != "chain" and inner is not None and inner.__name__ in _SNIPPETS:
            return [{part: self.stop(inner, part, stops) for part in _SNIPPETS[inner.__name__]}]
        words = self.forms(model, name)[0].get("enum")
        if words:
            return f"${{{next(stops)}|{','.join(words)}|}}"
        listed = show(examples_of(model)[name][0]).startswith("[")
        return f"[${next(stops)}]" if listed else f"${next(stops)}"


def _parts_of(schema: object) -> Iterator[str]:
    """List the definitions that a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix("#/definitions/")
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _parts_of(part)


def _write(root: Schema, definitions: Mapping[str, Schema]) -> str:
    known = {**DEFINITIONS, **definitions}
    used, new = set[str](), set(_parts_of(root))
    while new:
        used |= new
        new = {part for name in new for part in _parts_of(known[name])} - used
    schema = {"$schema": _DRAFT, "$comment": "Made by `factsheet schema --write`; do not edit.", **root}
    schema["definitions"] = {name: part for name, part in known.items() if name in used}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _write_kind(model: type[Record], vocabulary: Vocabulary) -> str:
    """Write the schema of a file that holds one record, whose name is its id, or a list of records with ids."""
    writer = _Writer(vocabulary)
    reference = writer.define(model)
    record = writer.definitions[model.__name__]
    del record["type"]  # the root says that it is a record or a list
    listed = {
        "type": "object",
        "allOf": [reference],
        "required": ["id"],
        "defaultSnippets": [writer.snippet(model, "id")],
    }
    root = {
        "title": record["title"],
        "description": f"{record['description']} A file holds one, or a list of them that begin with `- id:` each.",
        "type": ["object", "array"],
        "allOf": [reference],
        "items": listed,
        "if": {"type": ["object", "null"]},  # else it would be offered within a list, too
        "then": {"defaultSnippets": [writer.snippet(model)]},
    }
    return _write(root, writer.definitions)


def _write_single(model: type[BaseModel], vocabulary: Vocabulary) -> str:
    """Write the schema of a file that is there once."""
    writer = _Writer(vocabulary)
    reference = writer.define(model)
    return _write(
        {"title": _title(model), "description": describe(model), "type": "object", "allOf": [reference]},
        writer.definitions,
    )


def _write_list(model: type[BaseModel], vocabulary: Vocabulary) -> str:
    """Write the schema of a file that is a list of one kind of thing."""
    writer = _Writer(vocabulary)
    items = {"allOf": [writer.define(model)], "defaultSnippets": [writer.snippet(model)]}
    text = f"{describe(model)} The file is a list of them."
    return _write(
        {"title": f"{_title(model)}s", "description": text, "type": "array", "items": items}, writer.definitions
    )


def editor_schemas(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Write the schemas of all files that are typed as YAML.

    Args:
        vocabulary: the words of the site, each of which stands in them with its label and definition.

    Returns:
        The text of each file by its name: `claims.json` and so on, one for each kind of record, and `settings.json`,
        `vocabulary.json` and `corrections.json`.
    """
    return {
        **{f"{FOLDERS[kind]}.json": _write_kind(model, vocabulary) for kind, model in KINDS.items()},
        "settings.json": _write_single(Settings, vocabulary),
        "vocabulary.json": _write_single(Vocabulary, vocabulary),
        "corrections.json": _write_list(Correction, vocabulary),
    }
