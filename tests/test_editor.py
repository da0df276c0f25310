"""The server behind VS Code and other editors reads the schemas: what it offers, explains and marks in a file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SAMPLE, copy_inputs, give_up
from language_server import language_server
from system_tools import ToolMissingError
from test_schemas import SCHEMA_TEXTS, VOCABULARY, typed_files

from generator.exports.wording import describe_fields
from generator.paths import SCHEMAS, editor_modeline
from generator.records import FOLDERS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from language_server import LanguageServer

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
SOUND = """\
- id: mayor-says-work-begins-in-july
  says: The mayor said that work on the bridge would begin in July.
  kind: statement
  speaker: anna-berg
  topics: old-bridge
  about: [council, 2025]
  when: 2025
  seen:
    - in: example-2025-06-01
      quote: true
      chain: [anna-berg, {claimed: example-agency, on: 2025-06}]
  evidence:
    - in: example-2025-06-01
      finding: 2025
      stance: supports
      basis: act
      chain: own
  verdict: not-enough-evidence
  why:
  unknown: no
  checked: {on: 2025-06-02, by: desk}
  log:
    - {on: 2025-06-02, verdict: not-enough-evidence, note: First judged.}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server on a copy of the sample, with the settings of the repository and the schemas of its words."""
    root = copy_inputs(ROOT, SAMPLE, to=tmp_path_factory.mktemp("desk") / "a folder").root
    schemas = root / SCHEMAS
    schemas.mkdir(exist_ok=True)
    for name, text in SCHEMA_TEXTS.items():
        (schemas / name).write_text(text, "utf-8")
    try:
        with language_server(root, SETTINGS) as server:
            yield server
    except ToolMissingError as missing:
        give_up(missing)


def test_a_sound_claim_has_no_problem(desk: LanguageServer) -> None:
    with desk.opened("content/claims/sound.yml", SOUND) as file:
        assert file.find_problems() == []


@pytest.mark.parametrize("root", [ROOT, SAMPLE], ids=["real", "sample"])
def test_no_file_of_the_content_has_a_problem_in_the_editor(root: Path, desk: LanguageServer) -> None:
    found = {}
    for name, path, text in typed_files(root):
        if path.endswith(".yml"):
            with desk.opened(path, text) as file:
                found[path] = file.find_problems()
            assert name in SCHEMA_TEXTS
    assert len(found) > 7
    assert {path: problems for path, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    "path",
    [
        *(f"content/{folder}/{deeper}a.yml" for folder in FOLDERS.values() for deeper in ("", "2025/june/")),
        "content/settings.yml",
        "content/vocabulary.yml",
        "content/corrections.yml",
    ],
)
def test_the_settings_give_every_file_its_schema(path: str, desk: LanguageServer) -> None:
    typed = "- zzz: a\n" if path == "content/corrections.yml" else "zzz: a\n"
    name = f"{path.split('/')[1].removesuffix('.yml')}.json"
    with desk.opened(path, typed) as file:
        found = [(problem.message, problem.schema) for problem in file.find_problems()]
    assert ("Property zzz is not allowed.", name) in found


def test_a_file_elsewhere_goes_by_the_line_at_its_top(desk: LanguageServer) -> None:
    path = "content/.drafts/a.yml"
    with desk.opened(path, "knid: fact\n") as file:
        assert file.find_problems() == []
    with desk.opened(path, f"{editor_modeline('claim', path)}\nknid: fact\n") as file:
        assert ("knid", "Property knid is not allowed.") in [(p.marked, p.message) for p in file.find_problems()]


BROKEN = {
    # what is typed in place of what -> its line, the words that are marked, and what is said of them
    "a misspelt field": (("  verdict:", "  verdikt:"), (18, "verdikt", "Property verdikt is not allowed.")),
    "an unknown verdict": (("  verdict: not-enough-evidence", "  verdict: suported"), (18, "suported", 'Value is not accepted. Valid values: "unchecked", "supported", "needs-context", "conflicting", "refuted", "not-enough-evidence", "not-checkable".')),
    "an American date": (("when: 2025", "when: 5/22/2025"), (7, "5/22/2025", "A date begins with the year: 2025-06-01, 2025-06, 2025, 2025-06~ (about then), 2025-06-01/2025-06-03 (from and to), 2025-06-01T12:30+03:00.")),
    "a name for an id": (("old-bridge", "Old Bridge"), (5, "Old Bridge", "An id is expected here: a-z, 0-9 and single hyphens between them.")),
    "an own in a list": (("chain: own", "chain: [own]"), (17, "own", "An id is expected here: a-z, 0-9 and single hyphens between them. `own` and `untraced` stand alone: `chain: own`, without brackets.")),
    "quote and finding": (("      finding: 2025", "      quote: A\n      finding: B"), (15, "B", "Give either `quote` or `finding`.")),
    "no chain": (("      chain: own\n", ""), (13, "i", "`chain` is missing: who said it first, or `own`, or `untraced`.")),
    "a colon in a text": (("  why:", "  why: {No: yes}"), (19, "{No: yes}", "A text is expected here. One that has a `: ` in it needs quotation marks.")),
    "no id": (("- id: mayor-says-work-begins-in-july\n ", "-"), (1, "s", 'Missing property "id".')),
}  # fmt: skip


@pytest.mark.parametrize(("change", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_a_mistake_is_marked_where_it_stands(
    change: tuple[str, str], problem: tuple[int, str, str], desk: LanguageServer
) -> None:
    assert SOUND.count(change[0]) == 1
    with desk.opened("content/claims/broken.yml", SOUND.replace(*change)) as file:
        assert [(found.line, found.marked, found.message) for found in file.find_problems()] == [problem]


def test_a_new_line_is_offered_the_fields_with_what_they_mean(desk: LanguageServer) -> None:
    with desk.opened("content/claims/new.yml", "- id: a\n  says: b\n  \n") as file:
        offers = file.complete("says: b\n  ")
    said = describe_fields(KINDS["claim"])
    missing = set(said) - {"id", "says"}
    assert missing <= set(offers)
    assert {"id", "says"}.isdisjoint(offers)
    assert [field for field in missing if said[field] not in str(offers[field]["documentation"])] == []
    assert offers["unknown"]["insertText"] == "unknown: "
    assert "in: " in offers["seen"]["insertText"]
    assert "Example: `One report of it was read.`" in str(offers["why"]["documentation"])


def test_a_verdict_is_offered_with_its_definition_and_nothing_else_is(desk: LanguageServer) -> None:
    with desk.opened("content/claims/new.yml", "- id: a\n  verdict: \n") as file:
        offers = file.complete("verdict: ")
    assert VOCABULARY is not None
    assert {word: offer["documentation"] for word, offer in offers.items()} == {
        word: f"{verdict.label}. {verdict.definition}" for word, verdict in VOCABULARY.verdicts.items()
    }


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("- id: a\n  says: ", []),  # no `true`, no `null`, and no example that could be left standing
        ("- id: a\n  about: ", []),
        ("- id: a\n  seen:\n    - in: b\n      chain: ", ["own", "untraced"]),
        ("- id: a\n  evidence:\n    - in: b\n      stance: ", ["supports", "refutes", "context"]),
        ("- id: a\n  contradicts:\n    - claim: b\n      as: ", ["rival", "different-count"]),
        ("- id: a\n  seen:\n    - in: b\n      all: ", ["false", "true"]),
        ("- id: a\n  when: ", ['"2025"', "2025-06", "2025-06-01", "2025-06-01/2025-06-03", "2025-06-01T12:30+03:00", "2025-06~"]),
    ],
)  # fmt: skip
def test_a_value_is_offered_where_there_is_a_choice(typed: str, offered: list[str], desk: LanguageServer) -> None:
    with desk.opened("content/claims/new.yml", f"{typed}\n") as file:
        assert sorted(file.complete(typed)) == sorted(offered)


@pytest.mark.parametrize(("typed", "begins"), [("- ", "id: "), (" ", "says: ")])
def test_a_whole_record_is_offered_with_an_id_where_it_stands_in_a_list(
    typed: str, begins: str, desk: LanguageServer
) -> None:
    with desk.opened("content/claims/new.yml", f"{typed}\n") as file:
        text = file.complete(typed)["whole claim"]["insertText"]
    assert text.startswith(begins)
    assert "verdict: ${" in text


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("  why", "The reason for the verdict, in one or two sentences that stand alone."),
        ("  seen", "Where it is said. This shows that it was said, never that it is so."),
        ("      basis", "* `hearsay`: Hearsay. Somebody repeats what others say. It counts for nothing."),
        ("says: The mayor", "Example: `The mayor said that work on the bridge would begin in July.`"),
        ("  when", "2025-06-01T12:30+03:00"),
    ],
)
def test_a_field_is_explained_under_the_pointer(mark: str, said: str, desk: LanguageServer) -> None:
    with desk.opened("content/claims/sound.yml", SOUND) as file:
        assert said in file.hover(mark)


def test_nothing_that_the_editor_is_told_leaves_the_machine() -> None:
    assert SETTINGS["yaml.schemaStore.enable"] is False
    assert SETTINGS["yaml.kubernetesCRDStore.enable"] is False
    assert [name for name in SETTINGS["yaml.schemas"] if "//" in name] == []
    references = {
        found for text in SCHEMA_TEXTS.values() for found in re.findall(r'"\$(?:ref|schema)": "([^"]+)"', text)
    }
    assert {found for found in references if not found.startswith("#/definitions/")} == {
        "http://json-schema.org/draft-07/schema#"
    }
