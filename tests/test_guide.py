"""What README and CONTRIBUTING tell a newcomer to type works, and what they name exists."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from conftest import ROOT

from generator import checks, pipeline
from generator.faults import FAULTS
from generator.records import KINDS
from generator.records.claim import Evidence, Seen
from generator.records.fields import fields_of
from generator.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Tree
    from pydantic import BaseModel

GUIDES = ("README.md", "CONTRIBUTING.md")
TODAY = date(2030, 1, 1)  # later than anything that is typed here
FOLDERS = ("sources", "claims", "events", "entities", "topics")

_FENCE = re.compile(r"^```(?P<how>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
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
    """Yield the examples of CONTRIBUTING, each with the last place in content/ that is named before it."""
    guide = read("CONTRIBUTING.md")
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
    assert all(f"(`{code}`)" in read("CONTRIBUTING.md") for code in explained)


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
    """Return everything between single backquotes, outside fenced blocks."""
    return {match["text"] for match in _CODE.finditer(_FENCE.sub("", read(guide)))}


MODELS: tuple[type[BaseModel], ...] = (*KINDS.values(), Settings, Seen, Evidence)
FIELDS = {field for model in MODELS for field in fields_of(model)} | {"id", "now", "unnamed", "claimed"}
VOCABULARY = yaml.safe_load((ROOT / "content/vocabulary.yml").read_text("utf-8"))
WORDS = {str(word) for part in VOCABULARY.values() for word in part}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_field_that_is_named_exists(guide: str) -> None:
    named = {match[1] for span in code_spans(guide) if (match := re.match(r"([a-z_]+):(?: |$)", span))}
    # `name: value` stands for any field; `area: what changed` is about commits, `nav:` about mkdocs.yml.
    assert named - {"name", "area", "nav"} <= FIELDS
    assert len(named) > 2


def test_every_verdict_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", read("CONTRIBUTING.md"), re.MULTILINE)
    assert rows
    assert set(rows) == set(VOCABULARY["verdicts"])


@pytest.mark.parametrize("guide", GUIDES)
def test_every_word_with_hyphens_is_a_verdict_a_code_or_a_record(guide: str, real_ids: frozenset[str]) -> None:
    named = {span for span in code_spans(guide) if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", span)}
    codes = {rule.code for rule in checks.RULES} | set(FAULTS)
    assert named <= WORDS | codes | real_ids


@pytest.fixture(scope="module")
def real_ids() -> frozenset[str]:
    library = pipeline.check(ROOT, today=TODAY).library
    assert library is not None
    return frozenset(library.claims) | frozenset(library.entities) | frozenset(library.sources)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_is_named_exists(guide: str) -> None:
    linked = set(re.findall(r"\]\((?![a-z]+:)([^)#]+)\)", read(guide)))
    spans = {
        span for span in code_spans(guide) if re.fullmatch(r"(?!\d)[\w.-]+(?:/[\w.-]*)+|[\w-]+\.(?:yml|toml|md)", span)
    }
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
