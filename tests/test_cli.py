"""The command line and what it prints."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from generator import cli, reports
from generator.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from conftest import Tree

ROOT = Path(__file__).parents[1]

DIAGNOSTICS = (
    Diagnostic(Place("content/claims/b.yml", 9), "no-verdict", "No verdict.", "Write one."),
    Diagnostic(Place("content/claims/a.yml", 12, 5), "quotation-not-found", "Not found:\nnearest is x.", "Shorten it."),
    Diagnostic(Place("content/settings.yml"), "settings", "Bad, 100%: \x1b[31mred\x1b[0m."),
    *(Diagnostic(Place("content/claims/a.yml", line, 1), "one-conduit", f"Warned {line}.", "Look.", "warning") for line in range(5)),
    Diagnostic(Place("content/claims/c.yml", 1), "not-archived", "No copy.", severity="warning"),
)  # fmt: skip

TEXT = """\
content/claims/a.yml:12:5 error[quotation-not-found] Not found:
    nearest is x.
    why: A quotation that is nearly right is wrong.
    help: Shorten it.

content/claims/b.yml:9 error[no-verdict] No verdict.
    help: Write one.

content/settings.yml error[settings] Bad, 100%: \\x1b[31mred\\x1b[0m.
    why: Every page carries them.

3 errors and 6 warnings in 4 files.
Warnings stop nothing: 1 not-archived, 5 one-conduit; `check --all` lists them.
"""

WARNINGS = """\
1 warning [not-archived]
  content/claims/c.yml:1 No copy.
  why: Pages change and vanish.

5 warnings [one-conduit]
  content/claims/a.yml Warned 0.
  content/claims/a.yml:1:1 Warned 1.
  content/claims/a.yml:2:1 Warned 2.
  ... and 2 more (--all lists every one)
  why: One relay's slip would be everybody's.
  help: Look.

No errors and 6 warnings in 2 files.
"""

GITHUB = """\
::error file=content/claims/a.yml,line=12,col=5,title=quotation-not-found%3A A quotation stands in the stored text of its source%2C letter for letter.::Not found:%0Anearest is x.%0AShorten it.
::error file=content/claims/b.yml,line=9,title=no-verdict::No verdict.%0AWrite one.
::error file=content/settings.yml,title=settings%3A The settings are complete and of the right form.::Bad, 100%25: \\x1b[31mred\\x1b[0m.
"""


def test_the_text_report_only_counts_the_warnings_while_there_are_errors() -> None:
    assert reports.format_text(DIAGNOSTICS) == TEXT


def test_the_text_report_of_sound_content_explains_the_warnings() -> None:
    assert reports.format_text(DIAGNOSTICS[3:]) == WARNINGS


def test_the_brief_report_of_a_build_only_counts_the_warnings() -> None:
    assert reports.format_text(DIAGNOSTICS[3:], brief=True) == (
        "No errors and 6 warnings in 2 files.\n"
        "Warnings stop nothing: 1 not-archived, 5 one-conduit; `check` explains them.\n"
    )


def test_the_text_report_of_everything_leaves_no_warning_out() -> None:
    report = reports.format_text(DIAGNOSTICS, everything=True)
    assert [f"Warned {line}." in report for line in range(5)] == [True] * 5
    assert "more" not in report


def test_the_github_report() -> None:
    errors = [diagnostic for diagnostic in DIAGNOSTICS if diagnostic.severity == "error"]
    assert reports.format_github(errors) == GITHUB
    assert reports.format_github(DIAGNOSTICS).count("::warning ") == 6


def test_the_json_report() -> None:
    assert json.loads(reports.format_json(DIAGNOSTICS[1:2])) == [
        {
            "path": "content/claims/a.yml",
            "line": 12,
            "column": 5,
            "end_line": 0,
            "end_column": 0,
            "severity": "error",
            "code": "quotation-not-found",
            "title": "A quotation stands in the stored text of its source, letter for letter.",
            "reason": "A quotation that is nearly right is wrong.",
            "message": "Not found:\nnearest is x.",
            "help": "Shorten it.",
            "fix": None,
        }
    ]
    assert reports.format_json(()) == "[]\n"


@pytest.mark.parametrize(
    ("diagnostics", "summary"),
    [
        (DIAGNOSTICS, "3 errors and 6 warnings in 4 files."),
        (DIAGNOSTICS[:1], "1 error and no warnings in 1 file."),
        ((), "No errors and no warnings."),
    ],
)
def test_the_summary(diagnostics: tuple[Diagnostic, ...], summary: str) -> None:
    assert reports.summarise(diagnostics) == summary


HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\r\n\x9b\u202e\u2028:,%::")), max_size=40)


@given(message=HOSTILE, path=HOSTILE, help_=HOSTILE)
def test_nothing_quoted_from_the_content_can_steer_a_terminal_or_pass_for_another_line(
    message: str, path: str, help_: str
) -> None:
    report = reports.format_text([Diagnostic(Place(path, 1, 1), "code", message, help_)])
    assert not [c for c in report if c != "\n" and (ord(c) < 32 or 126 < ord(c) < 160 or c in "\u202e\u2028")]
    first, *others = report.split("\n\n")[0].split("\n") if "\n\n" not in message + help_ else report.split("\n")
    assert "error[code]" in first
    assert all(line.startswith("    ") or not line for line in others if "error and" not in line)


@given(message=HOSTILE, path=HOSTILE, help_=HOSTILE)
@example(message="a::b", path="a::b,c", help_="")
def test_a_workflow_command_is_one_line_with_one_message(message: str, path: str, help_: str) -> None:
    report = reports.format_github([Diagnostic(Place(path, 1, 1), "code", message, help_)])
    assert report.startswith("::error ")
    assert report.count("\n") == 1
    assert "\r" not in report
    properties = report.removeprefix("::error ").split("::")[0]
    assert properties.endswith("line=1,col=1,title=code")
    assert properties.count(",") == (3 if path else 2)


# --- commands ---


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


BROKEN = """
    3 | nonsense: yes
      | ^^^^^^^^
    why: A misspelt field would be ignored.
"""


@pytest.mark.parametrize("command", ["build", "check", "explain", "serve"])
def test_help_explains_each_command_with_examples(command: str) -> None:
    done = CliRunner().invoke(cli.main, [command, "--help"])
    assert done.exit_code == 0
    assert ("--root DIR" in done.output) == (command != "explain")
    assert f"\n    factsheet {command}\n" in done.output


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom generator.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules} & {'mkdocs', 'rich', 'pydantic', 'markdown_it', 'yaml', 'babel'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["check", "--format", "xml"], ["check", "--root", "/nowhere"], ["serve", "--port", "0"], ["check", "x"]]
)  # fmt: skip
def test_misuse_exits_2(arguments: list[str]) -> None:
    done = CliRunner().invoke(cli.main, arguments)
    assert (done.exit_code, "Usage:" in done.output) == (2, True)


def test_a_site_that_cannot_be_written_is_said_in_one_line(fresh_tree: Tree) -> None:
    (fresh_tree.root / "site").write_text("a file where the folder belongs", "utf-8")
    done = run("build", "--root", str(fresh_tree.root))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"Error: {fresh_tree.root / 'site'} cannot be read or written: ")


def test_a_folder_without_settings_is_misuse_and_says_what_to_do(tmp_path: Path) -> None:
    done = run("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no mkdocs.yml in this folder or above it." in done.stderr
    done = run("check", "--root", str(tmp_path))
    assert (done.returncode, "there is no mkdocs.yml" in done.stderr) == (2, True)


def test_unsound_settings_of_mkdocs_are_misuse(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [not a name\n")
    done = run("build", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_the_root_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    deep = tmp_path / "a/b"
    deep.mkdir(parents=True)
    assert cli.find_root(deep) == tmp_path
    (tmp_path / "a/mkdocs.yml").touch()
    assert cli.find_root(deep) == tmp_path / "a"


def test_check_finds_nothing_wrong_with_the_real_content(fresh_tree: Tree) -> None:
    done = fresh_tree.run("check")
    assert done.returncode == 0, done.stdout
    assert "\nNo errors and" in f"\n{done.stdout}"
    assert done.stderr == ""


def test_check_exits_1_and_names_file_and_line_in_every_format(fresh_tree: Tree) -> None:
    (fresh_tree.content / "claims/broken.yml").write_text("id: broken\nsays: Nothing\nnonsense: yes\n", "utf-8")
    text = fresh_tree.run("check")
    assert text.returncode == 1
    assert "content/claims/broken.yml:3:1 error[unknown-key] `nonsense` is not" in text.stdout
    assert BROKEN in text.stdout
    rows = json.loads(fresh_tree.run("check", "--format", "json").stdout)
    assert ("content/claims/broken.yml", 3, "unknown-key") in {(row["path"], row["line"], row["code"]) for row in rows}
    github = fresh_tree.run("check", "--format", "github")
    assert github.returncode == 1
    assert (
        "::error file=content/claims/broken.yml,line=3,endLine=3,col=1,endColumn=9,title=unknown-key%3A "
        in github.stdout
    )


def test_check_writes_sarif(fresh_tree: Tree) -> None:
    (fresh_tree.content / "claims/broken.yml").write_text("id: broken\nsays: Nothing\nnonsense: yes\n", "utf-8")
    done = fresh_tree.run("check", "--format", "sarif")
    (run_,) = json.loads(done.stdout)["runs"]
    found = {
        (one["ruleId"], one["locations"][0]["physicalLocation"]["region"]["startLine"])
        for one in run_["results"]
        if one["level"] == "error"
    }
    assert (done.returncode, found) == (1, {("missing-field", 1), ("unknown-key", 3)})
    assert str(fresh_tree.root) not in done.stdout


COUNTING = """
import sys
from collections import Counter
from pathlib import Path
opened = Counter()
def note(event, arguments):
    if event == "open" and "/content/" in str(arguments[0]):
        opened[str(arguments[0]).split("/content/")[1]] += 1
sys.addaudithook(note)
from generator.cli import main
try:
    main(["check", "--root", sys.argv[1]])
finally:
    core = [opened.pop(name) for name in ("settings.yml", "vocabulary.yml")]
    print(opened.pop("claims/broken.yml"), set(opened.values()), core, file=sys.stderr)
"""


def test_only_files_with_errors_are_read_again_for_their_lines(fresh_tree: Tree) -> None:
    (fresh_tree.content / "claims/broken.yml").write_text("says: Nothing\nkind: fact\nnonsense: yes\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, str(fresh_tree.root)],
        cwd=ROOT, env=fresh_tree.environment(), capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1,
        "2 {1} [2, 2]\n",
    )  # settings and vocabulary are part of a state's stamp
    assert re.search(r"1 error and \d+ warnings in \d+ files", done.stdout)


def test_a_port_in_use_is_misuse(fresh_tree: Tree) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = fresh_tree.run("serve", "--port", str(port))
    assert (done.returncode, f"Port {port} cannot be used" in done.stderr) == (2, True), done.stderr
