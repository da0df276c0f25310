"""What README, CONTRIBUTING and the guide for editors tell to type works, and what they name exists."""

from __future__ import annotations

import importlib
import os
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT

from generator import checks, pipeline
from generator.exports.field_schemas import models_in
from generator.exports.guide import MODELS, UnknownRegionError, fill_guide
from generator.faults import FAULTS
from generator.records import KINDS, Chain, Correction
from generator.records.fields import fields_of
from generator.vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Tree
    from pydantic import BaseModel

EDITORS = "content/README.md"
GUIDES = ("README.md", "CONTRIBUTING.md", EDITORS)
TODAY = date(2030, 1, 1)  # later than anything that is typed here
FOLDERS = ("sources", "claims", "events", "entities", "topics")

_FENCE = re.compile(r"^```(?P<how>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"^<!-- (?:fields|words): .*?^<!-- end -->$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)`(?P<text>[^`\n]+)`(?!`)")


def read(guide: str) -> str:
    return (ROOT / guide).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block that the guide tells an editor to type."""

    path: str
    text: str

    def type_into(self, root: Path) -> None:
        """Write the block where the guide says, behind what stands in that file."""
        path = root / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.is_file() and path.name != "corrections.yml" else ""
        path.write_text(before + self.text, "utf-8")


def find_examples() -> Iterator[Example]:
    """Yield the examples of the guide, each with the last place in content/ that is named before it."""
    guide = read(EDITORS)
    for block in _FENCE.finditer(guide):
        named = re.findall(r"`(content/[^`\s]+)`", guide[: block.start()])[-1]
        yield Example(f"{named}typed.yml" if named.endswith("/") else named, block["text"])


EXAMPLES = tuple(find_examples())


def test_the_guide_shows_one_of_every_record() -> None:
    assert [example.path for example in EXAMPLES] == [
        "content/sources/example-2025-06-01.md",
        "content/entities/typed.yml",
        "content/claims/typed.yml",
        "content/events/typed.yml",
        "content/topics/old-bridge.yml",
        "content/corrections.yml",
    ]


def test_the_examples_typed_into_the_real_content_give_only_the_warnings_that_the_guide_explains(
    fresh_tree: Tree,
) -> None:
    before = pipeline.check(fresh_tree.root, today=TODAY).diagnostics
    for example in EXAMPLES:
        example.type_into(fresh_tree.root)
    checked = pipeline.check(fresh_tree.root, today=TODAY)
    explained = {"not-archived", "one-checker", "review-overdue", "sentence-unaccounted"}
    new = [diagnostic for diagnostic in checked.diagnostics if diagnostic not in before]
    assert [str(diagnostic) for diagnostic in new if diagnostic.severity == "error"] == []
    assert {diagnostic.code for diagnostic in new} == explained
    assert all(f"(`{code}`)" in read(EDITORS) for code in explained)


def empty_content(root: Path) -> None:
    """Do what README says under "A site of your own", step 1."""
    for folder in FOLDERS:
        shutil.rmtree(root / "content" / folder)
    (root / "content/corrections.yml").write_text("[]\n", "utf-8")


def test_an_emptied_site_builds(fresh_tree: Tree) -> None:
    empty_content(fresh_tree.root)
    done = fresh_tree.run("build")
    assert (done.returncode, "Warning" in done.stderr) == (0, False)
    assert "There is no fact sheet yet." in (fresh_tree.site / "topics/index.html").read_text("utf-8")


def test_a_site_that_holds_the_examples_only_builds(fresh_tree: Tree) -> None:
    empty_content(fresh_tree.root)
    for example in EXAMPLES:
        example.type_into(fresh_tree.root)
    done = fresh_tree.run("build")
    assert (done.returncode, "Warning:" in done.stderr) == (0, False)
    assert "1 source, 1 claim, 1 event, 4 entities, 1 topic; 1 quotation found" in done.stderr
    claim = fresh_tree.site / "claims/mayor-says-work-begins-in-july/index.html"
    assert "Work begins in July" in claim.read_text("utf-8")
    assert "When does the work begin?" in (fresh_tree.site / "topics/old-bridge/index.html").read_text("utf-8")


# --- what the guides name ---


def code_spans(guide: str) -> set[str]:
    """Return everything between single backquotes, outside fenced blocks and tables that are made by the program."""
    return {match["text"] for match in _CODE.finditer(_TABLE.sub("", _FENCE.sub("", read(guide))))}


FIELDS = {field for model in MODELS.values() for field in fields_of(model)} | {"id", "now", "unnamed", "claimed"}
VOCABULARY = yaml.safe_load((ROOT / "content/vocabulary.yml").read_text("utf-8"))
WORDS = {str(word) for part in VOCABULARY.values() for word in part}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_field_that_is_named_exists(guide: str) -> None:
    named = {match[1] for span in code_spans(guide) if (match := re.match(r"([a-z_]+):(?: |$)", span))}
    # `name: value` stands for any field; `area: what changed` is about commits, `nav:` about mkdocs.yml.
    assert named - {"name", "area", "nav"} <= FIELDS
    assert named


def read_tables(part: str) -> list[list[str]]:
    """The rows of the tables below a heading of the guide, without those of later headings."""
    text = read(EDITORS).split(f"\n{part}\n")[1].split("\n#")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if not row[0].startswith("---")]


def test_every_verdict_is_explained_and_no_other() -> None:
    head, *rows = read_tables("## Which verdict")
    assert head == ["verdict", "shown as", "use it when", "the build demands"]
    assert [row[0] for row in rows] == [f"`{verdict}`" for verdict in VOCABULARY["verdicts"]]
    assert [row[1] for row in rows] == [verdict["label"] for verdict in VOCABULARY["verdicts"].values()]


def test_every_command_is_explained_and_no_other() -> None:
    main = importlib.import_module("generator.cli").main
    said = " ".join(row[0] for row in read_tables("## Every command")[1:])
    assert set(re.findall(r"factsheet ([a-z]+)", said)) == set(main.commands)
    kinds = " ".join(" ".join(row) for row in read_tables("## Every command") if "factsheet new" in row[0])
    assert [name for name in main.commands["new"].commands if name not in kinds] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_option_that_is_named_exists(guide: str) -> None:
    main = importlib.import_module("generator.cli").main
    typed = [match["text"] for match in _CODE.finditer(read(guide))] + read(guide).splitlines()
    for line in typed:
        match = re.match(r"(?:\.venv/bin/)?factsheet ([a-z]+)(?: ([a-z]+))?\b(.*)", line)
        if match is None:
            continue
        command = main.commands[match[1]]
        command = getattr(command, "commands", {}).get(match[2], command)
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", match[3].partition("#")[0])) <= known


def test_the_tables_of_the_guide_are_those_of_the_models_and_words(assert_golden: Callable[[Path, str], None]) -> None:
    vocabulary = Vocabulary.model_validate(VOCABULARY)
    guide = read(EDITORS)
    assert_golden(ROOT / EDITORS, fill_guide(guide, vocabulary))
    assert fill_guide(fill_guide(guide, vocabulary), vocabulary) == fill_guide(guide, vocabulary)


def test_every_part_of_every_record_has_its_table() -> None:
    named = re.findall(r"^<!-- (fields|words): ([a-z-]+) -->$", read(EDITORS), re.MULTILINE)
    assert sorted(named) == sorted([*(("fields", name) for name in MODELS), *(("words", name) for name in VOCABULARY)])
    kinds: tuple[type[BaseModel], ...] = (*KINDS.values(), Correction)
    typed = {inner for kind in kinds for inner in parts_of(kind)} - {Chain}
    assert typed <= set(MODELS.values())


def parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for info in fields_of(model).values():
        for inner in models_in(info.annotation):
            yield from parts_of(inner)


QUESTION = """\
| field | what to type | example |
| --- | --- | --- |
| **`id`** | Its name within the fact sheet, the end of its address. | `begin` |
| **`text`** | The question. | `When does the work begin?` |
| `claims` | The claims that answer it, by their ids. | `[mayor-says-work-begins-in-july]` |
"""
STANCES = """\
| word | shown as | what it means |
| --- | --- | --- |
| `supports` | For | It bears out the claim. |
| `refutes` | Against &#124; contra | It speaks against the claim. |
| `context` | Context | It helps to understand the claim and counts for neither side. |
"""


@pytest.mark.parametrize(("region", "table"), [("fields: question", QUESTION), ("words: stances", STANCES)])
def test_a_region_is_filled_and_the_rest_stays(region: str, table: str) -> None:
    words = Vocabulary.model_validate(VOCABULARY)
    words.stances["refutes"] = Term(label="Against | contra", definition="It speaks against the claim.")
    before = f"A | b\n<!-- {region} -->\nold\n<!-- end -->\n<!-- end -->\n"
    assert fill_guide(before, words) == f"A | b\n<!-- {region} -->\n\n{table}\n<!-- end -->\n<!-- end -->\n"


def test_a_table_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownRegionError, match="fields: clam"):
        fill_guide("<!-- fields: clam -->\n<!-- end -->\n", Vocabulary.model_validate(VOCABULARY))


def test_the_tables_can_be_read_on_a_small_screen() -> None:
    cells = [cell for line in read(EDITORS).splitlines() if line.startswith("|") for cell in line.split(" | ")]
    assert len(cells) > 300
    assert [cell for cell in cells if len(cell) > 200] == []


def test_every_place_within_the_guide_that_is_linked_exists() -> None:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", read(EDITORS)), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]+)\)", read(EDITORS)))
    assert len(linked) > 8
    assert linked <= anchors


@pytest.mark.parametrize("guide", GUIDES)
def test_every_word_with_hyphens_is_a_verdict_a_code_or_a_record(guide: str, real_ids: frozenset[str]) -> None:
    named = {span for span in code_spans(guide) if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", span)}
    codes = {rule.code for rule in checks.RULES} | set(FAULTS)
    typed = {Path(example.path).stem for example in EXAMPLES}
    typed |= {one for example in EXAMPLES for one in re.findall(r"\bid: (\S+)", example.text)}
    assert named <= WORDS | codes | real_ids | typed


@pytest.fixture(scope="module")
def real_ids() -> frozenset[str]:
    library = pipeline.check(ROOT, today=TODAY).library
    assert library is not None
    return frozenset(library.claims) | frozenset(library.entities) | frozenset(library.sources)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_is_named_exists(guide: str) -> None:
    linked = set(re.findall(r"\]\((?![a-z]+:)([^)#]+)\)", read(guide)))
    spans = {
        span
        for span in code_spans(guide)
        if re.fullmatch(r"(?!\d|\.\./)[\w.-]+(?:/[\w.-]*)+|[\w-]+\.(?:yml|toml|md)", span)
    }
    linked = {os.path.normpath(Path(guide).parent / path) for path in linked}
    made = {example.path for example in EXAMPLES} | {"site/", "data/records.json"}  # typed by the reader or built
    missing = {path for path in (linked | spans) - made if not (ROOT / path).exists()}
    assert missing == set()
    assert len(linked | spans) > 4


def test_the_first_edit_finds_its_claim_and_the_preview_names_what_differs(fresh_tree: Tree) -> None:
    guide = read("README.md")
    match = re.search(r"Open `(content/claims/[^`]+)` and find the claim `([^`]+)`", guide)
    assert match is not None
    path = fresh_tree.root / match[1]
    before, after = path.read_text("utf-8").split(f"- id: {match[2]}\n")
    after = re.sub(r"(?m)^( +quote: .*?)([a-z])$", r"\1#", after, count=1)
    path.write_text(f"{before}- id: {match[2]}\n{after}", "utf-8")
    found = pipeline.check(fresh_tree.root, today=TODAY).diagnostics
    (error,) = [diagnostic for diagnostic in found if diagnostic.severity == "error"]
    assert (error.code, error.place.path) == ("quotation-not-found", match[1])
    assert "The nearest passage (content/sources/flga-2025-05-22.md, line " in error.message
    assert error.help.startswith("What differs: ")
