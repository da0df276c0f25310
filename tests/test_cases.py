"""Every rule and every fault has a case file: files in, all diagnostics out (see tests/cases/README.md)."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import checks, pipeline
from generator.diagnostics import sort
from generator.faults import FAULTS
from generator.reports import escape_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.derive import Views
    from generator.diagnostics import Diagnostic
    from generator.link import Library

CASES = Path(__file__).parent / "cases"
SITE = CASES / "_site"
TODAY = date(2025, 1, 15)
CODES = sorted({rule.code for rule in checks.RULES} | {checks.LEAK.code} | set(FAULTS))

_SECTION = re.compile(r"^## (?P<verdict>wrong|right): (?P<title>.+)\n(?P<body>(?:(?!^## ).*\n)*)", re.MULTILINE)
_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<how>\w+)(?: (?P<path>.+))?\n(?P<text>(?:.*\n)*?)^(?P=fence)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a case."""

    how: str
    path: str
    text: str

    def write(self, root: Path) -> None:
        """Lay the file out below a folder."""
        path = root / self.path.removeprefix("base:")
        path.parent.mkdir(parents=True, exist_ok=True)
        match self.how:
            case "hex":
                path.write_bytes(bytes.fromhex(self.text))
            case "repeat":
                path.write_text("".join(text * count for count, text in json.loads(self.text)), "utf-8")
            case "link":
                path.symlink_to(self.text.strip())
            case "folder":
                path.mkdir()
            case "gone":
                path.unlink()
            case _:
                path.write_text(self.text, "utf-8")


@dataclass(frozen=True, slots=True)
class Case:
    """One section of a case file, and what the build said about it."""

    verdict: str
    title: str
    said: tuple[Diagnostic, ...]


def check(root: Path, base: Library | None = None) -> tuple[Library | None, Views | None, tuple[Diagnostic, ...]]:
    """Check a folder by the pipeline, on the day of the cases."""
    checked = pipeline.check(root, today=TODAY, base=base)
    return checked.library, checked.views, tuple(checked.diagnostics)


def lay_out(root: Path, blocks: Sequence[Block]) -> Path:
    """Put the files of a case over a copy of the sound site."""
    shutil.copytree(SITE, root)
    for block in blocks:
        block.write(root)
    return root


def run(blocks: Sequence[Block]) -> tuple[Diagnostic, ...]:
    """Check one case; a base is compared with and pages are searched where the case gives them."""
    earlier = [block for block in blocks if block.path.startswith("base:")]
    pages = {block.path.removeprefix("page:"): block.text for block in blocks if block.path.startswith("page:")}
    now = [block for block in blocks if not block.path.startswith(("base:", "page:"))]
    with tempfile.TemporaryDirectory() as folder:
        base = check(lay_out(Path(folder, "base"), earlier))[0] if earlier else None
        library, views, found = check(lay_out(Path(folder, "now"), now), base)
    if library is None or views is None:
        return found
    return sort((*found, *checks.find_leaks(library, views, pages)))


def show(found: Sequence[Diagnostic]) -> str:
    """Write diagnostics as the `expect` block holds them."""
    return "".join(
        f"{one.place} {one.severity} {one.code}\n    {escape_line(one.message)}\n"
        + (f"    help: {escape_line(one.help)}\n" if one.help else "")
        for one in found
    )


@cache
def read(code: str) -> tuple[str, str, tuple[Case, ...]]:
    """Run a case file; give its text as it is, its text as it should be, and its cases."""
    text = (CASES / f"{code}.md").read_text("utf-8")
    cases: list[Case] = []
    pieces: list[str] = []
    done = 0
    for section in _SECTION.finditer(text):
        fences = list(_FENCE.finditer(section["body"]))
        blocks = [Block(found["how"], found["path"], found["text"]) for found in fences if found["how"] != "expect"]
        said = run(blocks)
        cases.append(Case(section["verdict"], section["title"], said))
        expect = fences[-1]
        assert expect["how"] == "expect", f"{code}.md: “{section['title']}” does not end with an expect block"
        start = section.start("body")
        pieces += [text[done : start + expect.start("text")], show(said)]
        done = start + expect.end("text")
    return text, "".join([*pieces, text[done:]]), tuple(cases)


def test_every_code_has_a_case_file_and_every_case_file_a_code() -> None:
    assert sorted(path.stem for path in CASES.glob("*.md") if path.stem != "README") == CODES


def test_the_sites_words_are_the_words_of_the_real_content(assert_golden: Callable[[Path, str], None]) -> None:
    real = Path(__file__).parents[1] / "content" / "vocabulary.yml"
    assert_golden(SITE / "content" / "vocabulary.yml", real.read_text("utf-8"))


def test_the_site_that_cases_start_from_is_sound_and_used() -> None:
    library, views, found = check(SITE)
    assert show(found) == ""
    assert library is not None
    assert views is not None
    assert (len(library.claims), len(library.sources), views.quotations_checked) == (6, 4, 9)


@pytest.mark.parametrize("code", CODES)
def test_a_case_file_tells_everything_the_build_says(code: str, assert_golden: Callable[[Path, str], None]) -> None:
    assert_golden(CASES / f"{code}.md", read(code)[1])


@pytest.mark.parametrize("code", CODES)
def test_wrong_cases_break_their_own_rule_and_right_ones_none(code: str) -> None:
    cases = read(code)[2]
    wrong = {case.title: {one.code for one in case.said} for case in cases if case.verdict == "wrong"}
    right = {case.title: show(case.said) for case in cases if case.verdict == "right"}
    assert wrong
    assert right
    assert [title for title, codes in wrong.items() if code not in codes] == []
    assert {title: said for title, said in right.items() if said} == {}


@pytest.mark.parametrize("code", CODES)
def test_a_case_file_begins_with_its_code_and_what_is_demanded(code: str) -> None:
    titles = {rule.code: rule.title for rule in (*checks.RULES, checks.LEAK)} | {
        f.code: f.title for f in FAULTS.values()
    }
    assert read(code)[0].startswith(f"# {code}\n\n{titles[code]}\n\n## ")


def test_the_rules_that_compare_are_those_whose_cases_have_a_base() -> None:
    assert {code for code in CODES if " base:" in read(code)[0]} == checks.COMPARING
