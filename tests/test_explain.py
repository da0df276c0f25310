"""`factsheet explain`: what a code means, with the first wrong and the first right example of its case file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from test_cases import _FENCE, _SECTION, CASES, CODES, Block, run

from generator import cli, reports
from generator.checks import RULES
from generator.checks.reference import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.diagnostics import Diagnostic

EXAMPLES = Path(__file__).parents[1] / "generator" / "reports" / "examples.json"
NOTES = {
    "link": "a link to {text}",
    "folder": "a folder",
    "gone": "this file is not there",
    "hex": "in another encoding",
    "repeat": "shortened here",
}
MANY = 20
TOLD = sorted(code for code in CODES if (CASES / f"{code}.md").exists())


def show_file(block: Block) -> dict[str, str]:
    """A block of a case as people read it: bytes as letters, what is repeated without end shortened."""
    where, _, path = block.path.rpartition(":")
    note = {"base": "as it was published", "page": "a page of the site"}.get(where, "")
    text = block.text
    match block.how:
        case "hex":
            typed = bytes.fromhex(text)
            text = typed.decode("utf-8", "backslashreplace")
            note = "" if typed == text.encode() else NOTES["hex"]
        case "repeat":
            text = "".join(shorten(count, piece) for count, piece in json.loads(text))
            note = NOTES["repeat"]
        case "link" | "folder" | "gone":
            note, text = NOTES[block.how].format(text=text.strip()), ""
    return {"path": path, "note": note, "text": text}


def shorten(count: int, piece: str) -> str:
    return piece * count if count < MANY else f"{piece * 3}… ({count:,} times)"


def write_diagnostic(one: Diagnostic) -> dict[str, Any]:
    return {**asdict(one), "place": list(astuple(one.place))}


def make_example(code: str, verdict: str) -> dict[str, Any]:
    """The first section of a case file with a verdict: its files, and what the build says of them."""
    text = (CASES / f"{code}.md").read_text("utf-8")
    section = next(found for found in _SECTION.finditer(text) if found["verdict"] == verdict)
    fences = [found for found in _FENCE.finditer(section["body"]) if found["how"] != "expect"]
    blocks = [Block(found["how"], found["path"], found["text"]) for found in fences]
    example = {"title": section["title"], "files": [show_file(block) for block in blocks]}
    if verdict == "wrong":
        example["said"] = [write_diagnostic(one) for one in run(blocks) if one.code == code]
    return example


def test_the_examples_are_those_of_the_case_files(assert_golden: Callable[[Path, str], None]) -> None:
    examples = {code: {verdict: make_example(code, verdict) for verdict in ("wrong", "right")} for code in TOLD}
    assert_golden(EXAMPLES, json.dumps(examples, indent=1, ensure_ascii=False) + "\n")


@pytest.fixture(scope="module")
def examples() -> Mapping[str, tuple[reports.Example, reports.Example]]:
    return reports.read_examples(EXAMPLES.read_text("utf-8"))


def explain(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.main, ["explain", *arguments])
    return done.exit_code, done.output


def test_every_code_has_an_example(examples: Mapping[str, tuple[reports.Example, reports.Example]]) -> None:
    assert sorted(examples) == CODES


@pytest.mark.parametrize("code", TOLD)
def test_every_code_is_explained_with_what_is_typed_wrong_and_right(
    code: str, examples: Mapping[str, tuple[reports.Example, reports.Example]]
) -> None:
    status, said = explain(code)
    assert status == 0
    wrong, right = examples[code]
    assert wrong.said
    entry = reports.CATALOGUE[code]
    order = [
        f"{code}: {entry.title}\n",
        f"\nwhy: {entry.reason}\n",
        f"\nWrong: {wrong.title}\n",
        f"[{code}] ",
        f"\nRight: {right.title}\n",
    ]
    found = [said.find(part) for part in order]
    assert -1 not in found
    assert found == sorted(found)
    assert not [letter for letter in said if letter != "\n" and ord(letter) < 32]


QUOTATION = """\
quotation-not-found: A quotation stands in the stored text of its source, letter for letter.

why: A quotation that is nearly right is wrong.
It belongs to rule 1 (Quotations). It stops the build.

Wrong: one letter of the quotation differs

    content/claims/a.yml
        says: The council closed the bridge to carts in the morning.
        kind: fact
        seen:
          - {in: courier-2024-05-02, quote: closed the Mill Bridge to cards on Thursday morning, chain: own}

What the build says:
"""


def test_an_explanation_as_it_is_read() -> None:
    status, said = explain("quotation-not-found")
    assert (status, said[: len(QUOTATION)]) == (0, QUOTATION)
    assert re.search(r"\n +4 \| .*cards.*\n +\| +\^{4,}\n", said)
    assert "quote: closed the Mill Bridge to carts on Thursday morning" in said.split("\nRight: ")[1]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("too-deep", "says: [[[… (50,000 times)"),
        ("control-character", "\\x"),
        ("yaml-syntax", "says: The bridge: it is closed."),
        ("not-utf-8", "(in another encoding)"),
        ("outside-content", "content/claims/a.yml (a link to /etc/hostname)"),
        ("unreadable-file", "content/claims/a.yml (a folder)"),
        ("silent-edit", "content/claims/a.yml (as it was published)"),
        ("unquoted-text", "claims/bridge-closed.md (a page of the site)"),
    ],
)
def test_files_that_are_not_simply_typed_are_described(code: str, shown: str) -> None:
    assert shown in explain(code)[1].split("\nWrong: ")[1].split("What the build says:")[0]


def test_a_warning_is_said_to_stop_nothing() -> None:
    assert "\nIt is a warning and stops nothing.\n" in explain("not-archived")[1]
    assert "\nIt belongs to rule 1 (Quotations). It is a warning and stops nothing.\n" in explain("omission-telling")[1]


def test_without_a_code_all_are_listed_by_the_rule_they_belong_to() -> None:
    status, said = explain()
    assert status == 0
    groups = dict(part.split("\n", 1) for part in said.strip().split("\n\n"))
    assert list(groups) == [*(f"{number}. {topic}" for number, topic in NUMBERS.items()), "Worth another look"]
    assert sorted(line.split()[0] for rows in groups.values() for line in rows.split("\n")) == CODES
    assert {line.split()[0] for line in groups["Worth another look"].split("\n")} == {
        r.code for r in RULES if not r.number
    }
    assert "unresolved-reference" in groups["3. Ids and references"]
    assert f"  omission-telling  {reports.title_of('omission-telling')} (warning)" in re.sub(" {2,}", "  ", said)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("quotation-not-fond", "There is no code `quotation-not-fond`. Did you mean `quotation-not-found`?"),
        ("BAD-DATE", "Did you mean `bad-date`?"),
        ("xyz", "There is no code `xyz`. `factsheet explain` lists all codes."),
        ("\x1b[31m", "There is no code `\\x1b[31m`."),
    ],
)
def test_an_unknown_code_is_misuse_and_the_nearest_is_named(code: str, said: str) -> None:
    status, output = explain(code)
    assert status == 2
    assert said in output
