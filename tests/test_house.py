"""The house: nothing of one machine is committed, locks are hashed, and what the README promises exists."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.txt",
    "requirements-test.txt",
    "requirements-sdist.txt",
    "requirements-hostile.txt",
    "requirements-bench.txt",
    "requirements-lock.txt",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# Written in two halves, so that this file does not hold what it looks for.
FOREIGN = {
    "a path of a machine": r"(?<![\w.~:/-])/(?:ro" + r"ot|wo" + r"rk|op" + r"t|Us" + r"ers|ho" + r"me/[a-z]\w*)/",
    "a folder beside the project": r"\.\./sha" + r"red\b",
    "a package registry": r"\b(?:py" + r"pi\.(?:org|python)|files\.python" + r"hosted\.|registry\.np" + r"mjs\."
    r"|registry\.yarn" + r"pkg\.|deb\.deb" + r"ian\.|archive\.ubu" + r"ntu\.|proxy\.gol" + r"ang\.)",
    "an index option": r"--(?:extra-)?index-" + r"url\b|--find-" + r"links\b|--trusted-" + r"host\b",
}  # fmt: skip
PLANTED = (
    "/ro" + "ot/.cache/x",
    "see '/wo" + "rk/main/README.md'",
    "/ho" + "me/ann/x",
    "../sha" + "red/seed",
    "https://py" + "pi.org/simple",
    "https://files.python" + "hosted.org/x.whl",
    "--extra-index-" + "url x",
)
HARMLESS = (
    "https://example.org/wo" + "rk/2025/ro" + "ot/x",
    "/usr/bin/env bash",
    "the opt/ folder",
    "homes and shared/things",
    "content/home/page",
)


def committed_files() -> list[Path]:
    """What git holds or would hold; in an unpacked archive without git, everything but what is built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        built = {".venv", "build", "site", "__pycache__"}
        paths = [path for path in ROOT.rglob("*") if not built & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def foreign_words(text: str) -> list[str]:
    """What in a text belongs to one machine or workplace, with its line."""
    return [
        f"{number}: {what}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FOREIGN.items()
        if re.search(pattern, line)
    ]


def test_committed_files_name_no_machine_and_no_registry() -> None:
    found = []
    for path in committed_files():
        data = path.read_bytes()
        if b"\0" not in data:  # a picture
            found += [f"{path.relative_to(ROOT)}:{said}" for said in foreign_words(data.decode("utf-8", "replace"))]
    assert found == []


@pytest.mark.parametrize("line", PLANTED)
def test_a_planted_machine_path_or_registry_is_seen(line: str) -> None:
    assert len(foreign_words(line)) == 1


@pytest.mark.parametrize("line", HARMLESS)
def test_an_ordinary_address_or_folder_is_not_mistaken_for_one(line: str) -> None:
    assert foreign_words(line) == []


# --- the lock files ---


def locked(name: str) -> dict[str, str]:
    """Each requirement of a lock file with its continuation lines: `name==version ; marker` -> the rest."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    entries = [entry.strip() for entry in re.split(r"\n(?=\S)", text.strip())]
    return {entry.split(" \\\n")[0]: entry for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_file_is_a_version_with_hashes(name: str) -> None:
    entries = locked(name)
    assert entries
    shape = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [requirement for requirement, entry in entries.items() if not shape.fullmatch(entry)] == []


def test_the_tests_run_with_the_versions_that_build_the_site() -> None:
    tests, site = locked("requirements-test.txt"), locked("requirements.txt")
    backend = {line for line in site if line not in tests}
    assert {line.split("==")[0] for line in backend} <= {"hatchling", "trove-classifiers"}


def test_the_attacks_run_with_the_versions_of_the_tests() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(line.split(" ;")[0].split("==") for line in locked(name))

    tests, attacks = versions("requirements-test.txt"), versions("requirements-hostile.txt")
    assert {name: version for name, version in attacks.items() if tests.get(name, version) != version} == {}


def test_the_locks_hold_what_pyproject_names() -> None:
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=~! ;\[]", line)[0].lower().replace("_", "-") for line in requirements}

    def held(lock: str) -> set[str]:
        return {line.split("==")[0] for line in locked(lock)}

    direct = names(PROJECT["project"]["dependencies"])
    assert direct | names(PROJECT["build-system"]["requires"]) <= held("requirements.txt")
    assert direct | names(PROJECT["dependency-groups"]["test"]) <= held("requirements-test.txt")
    assert names(PROJECT["dependency-groups"]["hostile"]) <= held("requirements-hostile.txt")
    assert names(PROJECT["dependency-groups"]["bench"]) <= held("requirements-bench.txt")
    assert names(PROJECT["dependency-groups"]["lock"]) <= held("requirements-lock.txt")


def test_every_package_from_npm_has_a_version_and_a_hash_and_no_address() -> None:
    folder = ROOT / "tests/npm"
    named = json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"]
    held = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert held.pop("")["devDependencies"] == named
    assert [
        name for name, one in held.items() if not re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", one["integrity"])
    ] == []
    assert [name for name, one in held.items() if "resolved" in one] == []
    assert {name: held[f"node_modules/{name}"]["version"] for name in named} == named


# --- what the documents promise ---


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def command_line() -> click.Group:
    main = importlib.import_module("generator.cli").main
    assert isinstance(main, click.Group)
    return main


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_command_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    code = re.findall(r"^```.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL)
    named = {word for part in code for word in re.findall(r"\bmake ([a-z][a-z-]*)\b(?!=)", part)}
    assert named
    assert named <= make_targets()


def test_the_readme_shows_the_two_commands_before_anything_else_to_type() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    typed = re.findall(r"\bmake ([a-z]+)\b", text)
    assert list(dict.fromkeys(typed))[:2] == ["site", "test"]


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = command_line().commands
    assert commands
    assert [name for name in commands if not re.search(rf"(?:-m generator|factsheet) {re.escape(name)}\b", text)] == []


def test_every_command_explains_itself() -> None:
    assert [name for name, command in command_line().commands.items() if not command.help] == []


def test_the_changelog_has_an_entry_for_this_version() -> None:
    version = PROJECT["project"]["version"]
    assert re.search(rf"^## \[?{re.escape(version)}\]?", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert importlib.import_module("generator").__version__ == version


def test_every_dependency_is_explained_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8").lower()
    groups = PROJECT["dependency-groups"].values()
    named = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"], *(x for g in groups for x in g)]
    assert [line for line in named if re.split(r"[<>=]", line)[0].lower() not in text] == []
