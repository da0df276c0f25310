"""What `import` says: every row has one outcome, in words for people and as JSON, and an exit code that means one thing."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import ROOT
from test_importing import NOWHERE, SITE, bring, claim, files, review, row, simple

from generator.cli.importing import import_data
from generator.documents import parse
from generator.importers import FORMATS
from generator.importers.checking import Proven, prove
from generator.importers.identity import Library
from generator.importers.plans import OUTCOMES, Plan
from generator.importers.report import SHOWN, Report, format_json, format_text
from generator.importers.rows import Remark, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Golden = Callable[[Path, str], None]

HERE = ROOT / "tests" / "importing" / "report"
MAPPING = ("--mapping", str(HERE / "ferries.yml"))


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    """The small sound site that case files start from, with a sheet beside it."""
    root = tmp_path / "valley"
    shutil.copytree(SITE, root / "content")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copyfile(HERE / "ferries.csv", tmp_path / "ferries.csv")
    return root


def run(root: Path, *arguments: str, text: str | bytes | None = None) -> Result:
    """Run `factsheet import` for a project, with the day fixed."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": "1940803200"})
    return runner.invoke(import_data, [*arguments, "--root", str(root)], input=text)


def bring_csv(root: Path, *arguments: str) -> Result:
    """Import the sheet; its path is cut to its name, as it is of this machine."""
    found = run(root, "csv", str(root.parent / "ferries.csv"), "--to", str(root), *MAPPING, *arguments)
    found.stdout_bytes = found.stdout_bytes.replace(f"{root.parent}/".encode(), b"")
    return found


# --- for people ---


def test_the_report_for_people_is_as_it_is_kept(valley: Path, assert_golden: Golden) -> None:
    trial, first, again = bring_csv(valley, "--dry-run"), bring_csv(valley, "--all"), bring_csv(valley)
    assert_golden(HERE / "trial.txt", trial.stdout)
    assert_golden(HERE / "first-all.txt", first.stdout)
    assert_golden(HERE / "again.txt", again.stdout)
    assert [one.exit_code for one in (trial, first, again)] == [1, 1, 1]


def test_rows_that_are_kept_back_for_one_reason_are_told_together() -> None:
    rows = [
        Row(n, f"line {n}", "", kept_back="There is no claim in it.", raw=json.dumps(["x", n])) for n in range(1, 6)
    ]
    rows += [Row(n, f"line {n}", "", kept_back=f"Reason {n}.", raw="{}") for n in range(6, 40)]
    report = Report("csv", "a.csv", (), prove("csv", rows, Library(), NOWHERE, lambda _: ()))
    text = format_text(report)
    assert text.partition("Kept back")[2].splitlines()[:6] == [
        ", and nowhere in the records: 39 rows",
        "  There is no claim in it.",
        '      row 1 (line 1): ["x", 1]',
        '      row 2 (line 2): ["x", 2]',
        '      row 3 (line 3): ["x", 3]',
        "      ... and 2 rows more (--all lists every one)",
    ]
    assert text.count("Reason ") == SHOWN - 1
    assert "... and 15 reasons more (--all lists every one)" in text
    everything = format_text(report, everything=True)
    assert everything.count("Reason ") == 34
    assert everything.count('["x", ') == 5


def test_a_remark_is_told_once_with_its_number_and_an_example() -> None:
    remark = Remark("date-ambiguous", "Date", "12-8-2020")
    rows = [replace(simple(number), remarks=(remark, remark)) for number in (1, 2, 3)]
    report = Report("csv", "a.csv", (), prove("csv", rows, Library(), NOWHERE, lambda _: ()))
    told = (
        "Remarks\n"
        "  date-ambiguous, 3 rows: The date can be read in two ways, so no date is set. It is kept in the notes.\n"
        "      e.g. row 1 (line 2)  Date: 12-8-2020\n"
    )
    assert told in format_text(report)
    assert format_text(report, everything=True).count("12-8-2020") == 6


def test_what_has_changed_is_told_with_what_the_row_says_now(valley: Path) -> None:
    page = "https://desk.example/reviews"
    bring(valley, simple(1, "The ferry was sold."))
    changed = row(1, claim(f"{page}#1", "The ferry was lent.", page), review(page), said="x")
    report = bring(valley, changed)
    assert report.all_placed
    assert (
        "Changed since; look at them yourself: 1 row\n"
        f"  row 1 (line 2), claim:the-ferry-was-sold: {report.items[0].reason}\n"
        "      now says: The ferry was lent.\n"
    ) in format_text(report)


def test_nothing_in_a_report_steers_a_terminal_or_a_log() -> None:
    odd = "\x1b[31mred\x07\u202e\n::error::planted\r"
    rows = [
        Row(1, odd, "", kept_back=f"Reason {odd}", raw=odd),
        replace(simple(2, "", "https://desk.example/", f"{odd}: value"), remarks=(Remark("similar", odd, odd),)),
        replace(simple(2), number=3, digest="other", raw=odd),
    ]
    report = Report("csv", f"a{odd}.csv", (odd,), prove("csv", rows, Library(), NOWHERE, lambda _: ()))
    for text in (format_text(report), format_text(report, everything=True), format_json(report)):
        assert [letter for letter in text if letter != "\n" and not letter.isprintable()] == []
        assert [line for line in text.splitlines() if line.lstrip().startswith("::")] == []
        assert "red" in text


# --- for programs ---


def test_the_json_report_accounts_for_every_row(valley: Path) -> None:
    found = bring_csv(valley, "--format", "json")
    report = json.loads(found.stdout)
    assert report["outcomes"] == {
        "written": 3,
        "already-there": 0,
        "changed-since": 0,
        "duplicate": 2,
        "kept-back": 1,
        "blank": 1,
    }
    assert [item["row"] for item in report["items"]] == [*range(1, report["rows"] + 1)]
    assert sum(report["outcomes"].values()) == report["rows"] == 7
    assert report["records"] == {"entities": 0, "sources": 1, "claims": 3, "events": 0}
    assert report["unplaced"] == {"Nr": 3, "Verdict": 3, "Date": 1, "Remark": 1}
    assert report["items"][2] == {
        "row": 3,
        "at": "line 4",
        "outcome": "kept-back",
        "reason": "“Claim” is blank; a claim needs `says`.",
        "raw": '{"Nr": "3", "Date": "2024-05-02", "Verdict": "True", "Remark": "nothing said"}',
    }
    assert report["items"][1]["remarks"] == [{"code": "date-ambiguous", "field": "Date", "value": "12-8-2020"}]
    assert {*report["codes"]} == {one["code"] for item in report["items"] for one in item.get("remarks", ())}
    assert [(valley / path).is_file() for path in report["files"]] == [True, True]


def test_a_report_in_which_a_row_is_told_twice_is_refused() -> None:
    proven = prove("csv", [simple(1), simple(2)], Library(), NOWHERE, lambda _: ())
    assert Report("csv", "a.csv", (), proven).outcomes["written"] == 2
    twice = Proven(Plan((*proven.plan.items, proven.plan.items[0]), proven.plan.records))
    with pytest.raises(AssertionError, match="each row of an import has one outcome"):
        assert Report("csv", "a.csv", (), twice).outcomes
    assert set(OUTCOMES) == {*Report("csv", "a.csv", (), proven).outcomes}


# --- the command ---


def test_the_exit_code_tells_whether_all_rows_have_a_place(valley: Path) -> None:
    whole = (valley.parent / "ferries.csv").read_text("utf-8")
    assert bring_csv(valley, "--dry-run").exit_code == 1
    (valley.parent / "ferries.csv").write_text(whole.replace("3,,2024-05-02,True,nothing said\n", ""), "utf-8")
    assert bring_csv(valley).exit_code == 0
    assert bring_csv(valley).exit_code == 0


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "a format that there is not": (("excel", "FILE", "--to", "ROOT"), "'excel' is not one of"),
    "no --to": (("csv", "FILE"), "Say with --to where the records go"),
    "a folder elsewhere": (("csv", "FILE", "--to", "ROOT/.."), "--to: the project's folder, its content/, or a folder"),
    "a folder of no kind": (("csv", "FILE", "--to", "ROOT/content/feeds"), "--to: the project's folder"),
    "the folder of a kind": (("csv", "FILE", "--to", "ROOT/content/claims"), "--to: the project's folder"),
    "a hidden folder": (("csv", "FILE", "--to", "ROOT/content/claims/.feed"), "--to: the project's folder"),
    "a flag of another format": (("csv", "FILE", "--to", "ROOT", "--select", "body"), "csv does not know --select."),
    "a blank flag": (("csv", "FILE", "--to", "ROOT", "--url", " "), "An option is blank: --url."),
    "no outlet": (("timelinejs", "FILE", "--to", "ROOT", "--outlet", "Vally Post"), "There is no entity with the id `Vally Post`. Did you mean `valley-post`?"),
    "no language": (("timelinejs", "FILE", "--to", "ROOT", "--language", "ua"), "--language: `language`: “ua” is the code of a country"),
    "no kind": (("timelinejs", "FILE", "--to", "ROOT", "--kind", "rumour"), "“rumour” is not one of the kinds."),
    "no phase": (("timelinejs", "FILE", "--to", "ROOT", "--phase", "over"), "“over” is not one of the phases."),
    "no address": (("csv", "FILE", "--to", "ROOT", "--url", "javascript:x"), "--url: "),
    "no type of speaker": (("averitec", "FILE", "--to", "ROOT", "--speaker-type", "mayor"), "--speaker-type: "),
    "no such topic": (("timelinejs", "FILE", "--to", "ROOT", "--topic-of", "Bridge=mil-bridge"), "--topic-of: There is no topic with the id `mil-bridge`. Did you mean `mill-bridge`?"),
    "no group": (("timelinejs", "FILE", "--to", "ROOT", "--topic-of", "mill-bridge"), "--topic-of: Write it as GROUP=ID."),
    "no mapping": (("csv", "FILE", "--to", "ROOT"), "FILE cannot be imported: A spreadsheet needs a mapping file"),
    "no mapping for this": (("timelinejs", "FILE", "--propose"), "timelinejs needs no mapping file"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_misuse_is_told_and_nothing_is_written(valley: Path, arguments: tuple[str, ...], told: str) -> None:
    file = str(valley.parent / "ferries.csv")
    before = files(valley)
    found = run(valley, *(one.replace("FILE", file).replace("ROOT", str(valley)) for one in arguments))
    assert found.exit_code == 2
    assert told.replace("FILE", file) in " ".join(found.stderr.split())
    assert files(valley) == before


def test_bytes_that_are_no_text_are_told(valley: Path) -> None:
    sheet = valley.parent / "ferries.csv"
    sheet.write_bytes("Nr,Claim,Date,Verdict\n1,Міст закрито,2024,x\n".encode("utf-16"))
    found = bring_csv(valley)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "UTF-16" in found.stderr


def test_a_file_that_is_too_large_is_not_read(valley: Path) -> None:
    article = valley.parent / "article.txt"
    article.write_bytes(b"x" * (FORMATS["article"].most_bytes + 1))
    found = run(valley, "article", str(article), "--to", str(valley), "--outlet", "valley-post")
    assert found.exit_code == 2
    assert "is larger than 4 MB, the most that is read" in " ".join(found.stderr.split())


PLACES = {
    "the project": ("ROOT", (), "imported/ferries-001.yml"),
    "its content": ("ROOT/content", (), "imported/ferries-001.yml"),
    "a folder of a kind": ("ROOT/content/claims/desk/b", (), "desk/b/ferries-001.yml"),
    "another name": ("ROOT", ("--name", "Sheet Nr. 2!"), "imported/sheet-nr-2-001.yml"),
    "a name in another script": ("ROOT", ("--name", "Чутки"), "imported/csv-001.yml"),
    "a name that leads elsewhere": ("ROOT", ("--name", "../../xyz"), "imported/xyz-001.yml"),
}


@pytest.mark.parametrize(("to", "more", "path"), PLACES.values(), ids=PLACES.keys())
def test_files_go_where_they_are_sent(valley: Path, to: str, more: tuple[str, ...], path: str) -> None:
    before = files(valley)
    file = str(valley.parent / "ferries.csv")
    found = run(valley, "csv", file, "--to", to.replace("ROOT", str(valley)), *MAPPING, *more)
    assert found.exit_code == 1
    assert {*files(valley)} - {*before} == {f"claims/{path}", f"sources/{path}"}


def test_the_project_is_found_from_where_the_records_go(valley: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(valley.parent)
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": "1940803200"})
    found = runner.invoke(import_data, ["csv", "ferries.csv", "--to", "valley/content", *MAPPING])
    assert "content/claims/imported/ferries-001.yml" in found.stdout
    nowhere = runner.invoke(import_data, ["csv", "ferries.csv", "--to", ".", *MAPPING])
    assert (nowhere.exit_code, "There is no mkdocs.yml" in nowhere.stderr) == (2, True)


def test_what_is_piped_in_is_the_same_file(valley: Path) -> None:
    data = (valley.parent / "ferries.csv").read_bytes()
    found = run(valley, "csv", "-", "--to", str(valley), "--name", "ferries", *MAPPING, text=data)
    assert "3  written" in found.stdout
    assert "3  already there" in bring_csv(valley).stdout


def test_a_mapping_is_proposed_from_the_headers(valley: Path) -> None:
    found = run(valley, "csv", str(valley.parent / "ferries.csv"), "--propose")
    document, problems = parse("mapping.yml", found.stdout.encode())
    assert (found.exit_code, problems) == (0, ())
    assert document is not None
    assert document.read(("columns",)) == dict.fromkeys(("Nr", "Claim", "Date", "Verdict", "Remark"), "note")


def test_an_outlet_may_be_called_by_its_name(valley: Path) -> None:
    slides = {"events": [{"start_date": {"year": "2024"}, "text": {"headline": "The ferry was sold"}}]}
    file = valley.parent / "slides.json"
    file.write_text(json.dumps(slides), "utf-8")
    found = run(valley, "timelinejs", str(file), "--to", str(valley), "--outlet", "VALLEY  Post", "--language", "en")
    assert found.exit_code == 0, found.output
    written = (valley / "content/sources/imported/slides-001.yml").read_text("utf-8")
    assert "\n  outlet: valley-post\n" in written


def test_help_names_every_format_and_flag() -> None:
    told = " ".join(CliRunner().invoke(import_data, ["--help"]).stdout.split())
    flags: set[str] = set().union(*(one.flags for one in FORMATS.values()))
    assert [name for name in FORMATS if FORMATS[name].about not in told] == []
    assert [flag for flag in sorted(flags) if f"--{flag} " not in told] == []
    assert all_options() - {f"--{flag}" for flag in flags} == {
        *("--to", "--root", "--name", "--propose", "--dry-run", "--all", "--format"),
    }


def all_options() -> set[Any]:
    return {name for one in import_data.params for name in one.opts if name.startswith("--")}
