"""What text editors are told of the records: nothing sound is marked, and what the structure shows to be wrong is."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

import pytest
import yaml
from conftest import ROOT, SAMPLE
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator import load
from generator.cli.schema import KINDS as KIND_NAMES
from generator.decode import decode
from generator.documents import write_scalar
from generator.exports.editor_schemas import editor_schemas
from generator.exports.field_schemas import models_in
from generator.exports.wording import SECTIONS, describe, describe_fields, examples_of
from generator.paths import SCHEMAS, editor_modeline
from generator.records import FOLDERS, KINDS, Chain, Correction, Hop
from generator.records.fields import fields_of
from generator.settings import Settings
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Tree
    from pydantic.fields import FieldInfo

Model = type[BaseModel]
ROOTS: dict[str, Model] = {f"{FOLDERS[kind]}.json": model for kind, model in KINDS.items()} | {
    "settings.json": Settings,
    "vocabulary.json": Vocabulary,
    "corrections.json": Correction,
}
VOCABULARY = decode(load.read(ROOT)[0])[0].vocabulary
assert VOCABULARY is not None
SCHEMA_TEXTS = editor_schemas(VOCABULARY)


def all_models(model: Model) -> Iterator[Model]:
    """The model of a file and all that it is made of; nobody types the fields of a chain, but those of its hops."""
    yield model
    for info in fields_of(model).values():
        for inner in models_in(info.annotation):
            yield from all_models(Hop if inner is Chain else inner)


PARTS = {(name, part.__name__): part for name, model in ROOTS.items() for part in all_models(model)}
FIELDS = [(name, part, field) for (name, part), model in PARTS.items() for field in fields_of(model)]


# --- how editors of YAML read a file ---


class _Reading(yaml.CSafeLoader):
    """A reading whose keys are texts and whose days stay as typed."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002, ARG002 - PyYAML's signature
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


class Yaml11(_Reading):
    """YAML 1.1, as PyYAML has it: `no` is false, `12:30` is 750, `010` is 8."""


class Yaml12(_Reading):
    """The core schema of YAML 1.2, as yaml-language-server has it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's way


def _as_typed(loader: _Reading, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _whole_number(loader: _Reading, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in {"0x", "0o"} else int(text)


def _fraction(loader: _Reading, node: yaml.ScalarNode) -> float:
    return float(_as_typed(loader, node).replace(".inf", "inf").replace(".nan", "nan"))


_CORE = {
    "null": r"^(?:~|null|Null|NULL|)$",
    "bool": r"^(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$",
    "float": r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
}
for _tag, _pattern in _CORE.items():
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), None)
Yaml12.add_constructor("tag:yaml.org,2002:int", _whole_number)
Yaml12.add_constructor("tag:yaml.org,2002:float", _fraction)
Yaml11.add_constructor("tag:yaml.org,2002:timestamp", _as_typed)
READINGS = pytest.mark.parametrize("reading", [Yaml11, Yaml12])


def read_as(reading: type[_Reading], text: str) -> Any:
    return yaml.load(text, reading)  # noqa: S506 - both are safe loaders


@pytest.mark.parametrize(
    ("typed", "in_1_1", "in_1_2"),
    [
        ("no", False, "no"),
        ("true", True, True),
        ("12:30", 750, "12:30"),
        ("010", 8, 10),
        ("2025", 2025, 2025),
        ("2025-05-22", "2025-05-22", "2025-05-22"),
        ("", None, None),
        ("1e-5", "1e-5", 1e-5),
    ],
)
def test_the_two_readings_guess_as_yaml_tools_do(typed: str, in_1_1: object, in_1_2: object) -> None:
    assert read_as(Yaml11, f"on: {typed}") == {"on": in_1_1}
    assert read_as(Yaml12, f"on: {typed}") == {"on": in_1_2}


def typed_by(info: FieldInfo) -> TypeAdapter[object]:
    """What reads the value of one field."""
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(kind)


def validator(name: str, *steps: str) -> Draft7Validator:
    """A validator for a file, or for the part of it that the steps lead to."""
    schema = json.loads(SCHEMA_TEXTS[name])
    return Draft7Validator({"$ref": "#/" + "/".join(steps), "definitions": schema["definitions"]} if steps else schema)


def errors(checker: Draft7Validator, value: object) -> list[str]:
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in checker.iter_errors(value)]


# --- every field is explained ---


def test_there_is_a_schema_for_every_file_that_is_typed() -> None:
    assert sorted(SCHEMA_TEXTS) == sorted(ROOTS)
    assert {FOLDERS.get(kind, kind) for kind in KIND_NAMES} == {name.removesuffix(".json") for name in ROOTS}


@pytest.mark.parametrize("name", SCHEMA_TEXTS)
def test_the_committed_schemas_are_those_of_the_models_and_words(
    name: str, assert_golden: Callable[[Path, str], None]
) -> None:
    assert_golden(ROOT / SCHEMAS / name, SCHEMA_TEXTS[name])
    Draft7Validator.check_schema(json.loads(SCHEMA_TEXTS[name]))


def test_no_other_schema_is_committed() -> None:
    assert sorted(path.name for path in (ROOT / SCHEMAS).iterdir()) == sorted(SCHEMA_TEXTS)


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_every_field_says_in_plain_words_what_it_is(name: str, part: str) -> None:
    model = PARTS[name, part]
    said = describe_fields(model)
    assert set(said) == set(fields_of(model))
    assert describe(model).endswith(".")
    jargon = ("EDTF", "BCP", "IANA", "kebab", "(typed", "boolean", "string")
    assert [
        text for text in said.values() if len(text) < 12 or not text.endswith(".") or any(map(text.count, jargon))
    ] == []


@pytest.mark.parametrize(("name", "part", "field"), FIELDS)
def test_every_example_is_sound(name: str, part: str, field: str) -> None:
    model = PARTS[name, part]
    info = fields_of(model)[field]
    examples = examples_of(model)[field]
    assert examples
    typed = typed_by(info)
    for one in examples:
        typed.validate_python(one)
        assert errors(validator(name, "definitions", part, "properties", field), one) == []


# --- what is sound is never marked ---


def typed_files(root: Path) -> Iterator[tuple[str, str, str]]:
    """Each file of a content folder: the name of its schema, its path, and its YAML."""
    for path in sorted(path for path in (root / "content").rglob("*") if path.is_file()):
        shown = path.relative_to(root).as_posix()
        folder = path.relative_to(root / "content").parts[0]
        text = path.read_text("utf-8")
        if path.suffix == ".md" and folder == "sources":
            yield "sources.json", shown, text.split("\n---\n")[0].removeprefix("---\n")
        elif path.suffix == ".yml" and not folder.startswith("."):
            yield f"{folder.removesuffix('.yml')}.json", shown, text


@READINGS
@pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
def test_nothing_in_the_content_is_marked(root: Path, reading: type[_Reading]) -> None:
    checkers = {name: validator(name) for name in SCHEMA_TEXTS}
    files = list(typed_files(root))
    assert {name for name, _, _ in files} >= {f"{folder}.json" for folder in FOLDERS.values()}
    found = {path: errors(checkers[name], read_as(reading, text))[:3] for name, path, text in files}
    assert {path: said for path, said in found.items() if said} == {}


LETTERS = st.text("0123456789-~?%/.TXabnoyest:+_ :", min_size=1, max_size=12).map(str.strip).filter(bool)
GUESSES = (
    "no",
    "true",
    "off",
    "2025",
    "0010",
    "010",
    "12:30",
    "1e3",
    "1e-5",
    "0x1f",
    "1_000",
    "60 - 12 = 48",
    "en",
    "40",
)
DATES = st.from_regex(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-2][1-9])?)?[~?%]?(/[.][.])?", fullmatch=True)
TYPED = st.one_of(
    st.sampled_from(GUESSES), LETTERS, DATES, st.sampled_from(["own", "untraced", "Q42", "https://a.example/"])
)


WORDS = {(part.__name__, field) for part, field in SECTIONS}  # checked behind the model, which takes any text
FREE = [place for place in FIELDS if place[1:] not in WORDS]


@example(place=("claims.json", "Claim", "topics"), typed="1e-5", several=False)  # an id, and a number for YAML 1.2
@given(place=st.sampled_from(FREE), typed=TYPED, several=st.booleans())
def test_a_value_that_the_model_takes_is_not_marked_however_yaml_tools_guess(
    place: tuple[str, str, str], typed: str, *, several: bool
) -> None:
    name, part, field = place
    info = fields_of(PARTS[name, part])[field]
    value = [typed] if several else typed
    try:
        typed_by(info).validate_python(value)
    except ValidationError:
        return
    written = f"[{write_scalar(typed, flow=True)}]" if several else write_scalar(typed)
    checker = validator(name, "definitions", part, "properties", field)
    for reading in (Yaml11, Yaml12):
        assert errors(checker, read_as(reading, f"x: {written}")["x"]) == []


@pytest.mark.parametrize(("name", "part", "field"), FIELDS)
def test_a_blank_is_marked_where_the_field_is_needed_and_nowhere_else(name: str, part: str, field: str) -> None:
    needed = fields_of(PARTS[name, part])[field].is_required()
    assert bool(errors(validator(name, "definitions", part, "properties", field), None)) == needed


# --- what the structure shows to be wrong is marked ---


def full(model: Model, *without: str) -> dict[str, object]:
    """A record in which every field has its first example, but those that another one excludes."""
    excluded = {"finding", "chains", "unnamed", "claimed", *without}
    return {name: examples[0] for name, examples in examples_of(model).items() if name not in excluded}


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_a_record_of_examples_is_sound_and_each_structural_mistake_in_it_is_marked(name: str, part: str) -> None:
    model = PARTS[name, part]
    checker = validator(name, "definitions", part)
    record = full(model, *(["all"] if "all" in fields_of(model) else []))
    model.model_validate(record)
    assert errors(checker, record) == []
    assert any("zzz" in said for said in errors(checker, {**record, "zzz": "x"}))
    for field in record:
        wrong = {**record, field: [{"zzz": "x"}]}
        with pytest.raises(ValidationError):
            model.model_validate(wrong)
        assert errors(checker, wrong), f"{field} of a wrong type is not marked"
    for field, info in fields_of(model).items():
        if info.is_required() and field != "id":
            assert any(field in said for said in errors(checker, full(model, field, "all")))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("claims.json", "says: A.\nkind: fact\nverdict: suported"),
        ("claims.json", "says: A.\nkind: fakt"),
        ("claims.json", "- says: A.\n  kind: fact"),  # in a list every record has its id
        ("claims.json", "says: A.\nkind: fact\nwhen: 5/22/2025"),
        ("claims.json", "says: A.\nkind: fact\nwhen: 22 May 2025"),
        ("claims.json", "says: A.\nkind: fact\ntopics: [Old Bridge]"),
        ("claims.json", "says: A.\nkind: fact\nabout: кremlin"),  # the first letter is Cyrillic
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B, finding: C, chain: own}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, chain: own}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B, chain: own, chains: [own]}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, finding: B, prefix: C, chain: own}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B, chain: [own, b]}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B, chain: [{who: b, unnamed: c}]}]"),
        ("claims.json", "says: A.\nkind: fact\nseen: [{in: a, quote: B, chain: []}]"),
        ("claims.json", "says: A.\nkind: fact\nchecked: {on: 2025-06, by: x}"),
        ("claims.json", "says: A.\nkind: fact\nchecked: {on: 2025-06-01, by: []}"),
        ("claims.json", "says: A.\nkind: fact\ncontradicts: [{claim: b, as: other}]"),
        ("claims.json", "says:\nkind: fact"),
        ("claims.json", "says: A\n  kind: fact"),
        ("claims.json", "just words"),
        ("sources.json", "outlet: a\naccessed: 2025-06-01\nlanguage: English\ngenre: news\nstored: none\npublish: none"),
        ("sources.json", "outlet: a\naccessed: 2025-06-01\nlanguage: en\ngenre: news\nstored: all\npublish: none"),
        ("sources.json", "outlet: a\naccessed: 2025-06-01\nlanguage: en\ngenre: news\nstored: none\npublish: none\nurl: x"),
        ("entities.json", "type: human\nname: A"),
        ("entities.json", "type: person\nname: A\nwikidata: 42"),
        ("entities.json", "type: person\nname: A\nspeaks_for: {from: 2020}"),
        ("events.json", "title: A\nwhen: 2025\nphase: over"),
        ("topics.json", "title: A\nquestion: B?\nanswer: C.\nquestions: [{id: a}]"),
        ("corrections.json", "on: 2025-06-01"),
        ("corrections.json", "- {on: 2025-06-01, records: [a], kind: typo, why: A.}"),
        ("settings.json", "title: A\npublisher: B\ndescription: C\naddress: d\nlicence: {name: E, url: https://a.example/}"),
        ("vocabulary.json", "verdicts: {a: {label: A, definition: B., sign: star, rule: bar-for}}"),
    ],
)  # fmt: skip
@READINGS
def test_mistakes_that_the_structure_shows_are_marked(name: str, typed: str, reading: type[_Reading]) -> None:
    try:
        value = read_as(reading, typed)
    except yaml.YAMLError:
        return
    assert errors(validator(name), value) != []


# --- the command ---


def test_the_command_prints_one_schema_and_writes_all_of_them_once(fresh_tree: Tree) -> None:
    printed = fresh_tree.run("schema", "claim")
    assert (printed.returncode, printed.stdout) == (0, SCHEMA_TEXTS["claims.json"])
    words = fresh_tree.content / "vocabulary.yml"
    words.write_text(words.read_text("utf-8").replace("label: Cancelled", "label: Called off"), "utf-8")
    (fresh_tree.root / SCHEMAS / "old.json").write_text("{}", "utf-8")
    said = "content/.schemas/: 1 of 8 schemas written.\ncontent/README.md: tables written.\n"
    assert fresh_tree.run("schema", "--write").stdout == said
    assert "| `cancelled` | Called off | It was called off. |" in (fresh_tree.content / "README.md").read_text("utf-8")
    assert "Called off. It was called off." in (fresh_tree.root / SCHEMAS / "events.json").read_text("utf-8")
    assert not (fresh_tree.root / SCHEMAS / "old.json").exists()
    assert fresh_tree.run("schema", "--write").stdout == "content/.schemas/: nothing to write.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name one kind to print its schema, or write all of them with --write."),
        (("claim", "--write"), "Name one kind to print its schema, or write all of them with --write."),
        (("page",), "'page' is not one of"),
    ],
)
def test_the_command_says_how_it_is_used(arguments: tuple[str, ...], said: str, fresh_tree: Tree) -> None:
    done = fresh_tree.run("schema", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_guide_that_asks_for_an_unknown_table_is_left_as_it_is(fresh_tree: Tree) -> None:
    guide = fresh_tree.content / "README.md"
    guide.write_text("<!-- words: moods -->\n<!-- end -->\n", "utf-8")
    done = fresh_tree.run("schema", "--write")
    assert done.returncode == 2
    assert "In content/README.md, there is no table for <!-- words: moods -->" in done.stderr
    guide.unlink()
    assert fresh_tree.run("schema", "--write").returncode == 0
    assert not guide.exists()


def test_a_guide_in_another_encoding_or_a_linked_folder_is_named_without_a_traceback(fresh_tree: Tree) -> None:
    guide = fresh_tree.content / "README.md"
    guide.write_bytes(b"caf\xe9")
    assert "content/README.md is not UTF-8" in fresh_tree.run("schema", "--write").stderr
    guide.unlink()
    schemas = fresh_tree.root / SCHEMAS
    schemas.rename(fresh_tree.root / "elsewhere")
    schemas.symlink_to(fresh_tree.root / "elsewhere")
    done = fresh_tree.run("schema", "--write")
    assert (done.returncode, "is a symbolic link" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", ["verdicts: [", "verdicts: {}", None])
def test_words_that_cannot_be_used_are_left_to_check(words: str | None, fresh_tree: Tree) -> None:
    path = fresh_tree.content / "vocabulary.yml"
    path.unlink() if words is None else path.write_text(words, "utf-8")
    done = fresh_tree.run("schema", "--write")
    assert done.returncode == (2 if words is None else 1)
    assert done.stderr.startswith("Error: ")
    assert "content/vocabulary.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_hidden_folders_are_no_content(fresh_tree: Tree) -> None:
    before = [document.path for document in load.read(fresh_tree.root)[0]]
    (fresh_tree.root / SCHEMAS / "a.yml").write_text("verdict: [", "utf-8")
    (fresh_tree.content / "claims/.drafts").mkdir()
    (fresh_tree.content / "claims/.drafts/b.yml").write_text("verdict: [", "utf-8")
    documents, problems = load.read(fresh_tree.root)
    assert [document.path for document in documents] == before
    assert [problem for problem in problems if "/." in problem.place.path] == []


@pytest.mark.parametrize(
    ("kind", "path", "line"),
    [
        ("claim", "content/claims/bridge.yml", "# yaml-language-server: $schema=../.schemas/claims.json"),
        ("entity", "content/entities/2025/june/people.yaml", "# yaml-language-server: $schema=../../../.schemas/entities.json"),
        ("source", "content/sources/bridge.md", ""),
    ],
)  # fmt: skip
def test_a_scaffolded_file_names_its_schema(kind: str, path: str, line: str) -> None:
    assert editor_modeline(kind, path) == line


def test_the_guide_keeps_its_line_ends(fresh_tree: Tree) -> None:
    guide = fresh_tree.content / "README.md"
    typed = guide.read_bytes().replace(b"\n", b"\r\n")
    guide.write_bytes(typed.replace(b"| `says` |", b"| `said` |"))
    assert fresh_tree.run("schema", "--write").returncode == 0
    assert guide.read_bytes() == typed
