"""What comes from others is pinned by hash, listed, licensed, and of known origin; installing runs none of it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hostile.outcome import Scale
from hostile.supply import attack, audit, find_faults, origins, sbom
from hostile.supply.licences import judge, read_rules
from hostile.supply.locks import LOCKS, PROJECT, SITE, Pin, parse_lock, read_lock, read_npm

if TYPE_CHECKING:
    from pathlib import Path

MAKEFILE = (PROJECT / "Makefile").read_text("utf-8")


def test_nothing_is_amiss_with_what_comes_from_others(tmp_path: Path) -> None:
    outcomes = list(attack(Scale(), tmp_path, lambda _said: None))
    assert [said for outcome in outcomes for said in outcome.failures] == []
    assert all(outcome.tried > 90 or "git lists nothing" in outcome.skipped for outcome in outcomes)
    assert len(outcomes) == 4


# --- locks ---


def test_every_lock_file_is_looked_at() -> None:
    assert sorted(path.name for path in PROJECT.glob("requirements*.txt")) == sorted(LOCKS)
    for name in LOCKS:
        assert len(read_lock(name)) == len(
            re.findall(r"^[a-z0-9-]+==", (PROJECT / name).read_text("utf-8"), re.MULTILINE)
        )


PINNED = "click==8.5.1 \\\n    --hash=sha256:" + "a" * 64 + "\n"


@pytest.mark.parametrize(
    "text", ["click==8.5.1\n", "click>=8 \\\n    --hash=sha256:" + "a" * 64 + "\n", PINNED.replace("a" * 64, "a" * 63)]
)
def test_what_is_no_version_with_hashes_is_no_pin(text: str) -> None:
    assert parse_lock(text) == []
    assert [pin.name for pin in parse_lock(text + PINNED)] == ["click"]


# --- licences ---


def test_every_family_of_licences_and_every_package_has_a_reason() -> None:
    rules = read_rules()
    assert all(family["licences"] and family["why"] for family in rules["allowed"])
    assert all(one["licence"] and one["why"] for one in rules["packages"].values())
    named = {pin.name for name in LOCKS for pin in read_lock(name)}
    assert rules["packages"].keys() <= named, "a package that is gone needs no entry"


STATED = {
    "MIT": ("", ""),
    "MIT OR GPL-3.0-only": ("", ""),
    "MIT AND Apache-2.0": ("", ""),
    "GPL-3.0-only": ("GPL-3.0-only is not allowed", "GPL-3.0-only is not allowed"),
    "MIT AND GPL-3.0-only": ("is not allowed for the site", "is not allowed for the tests"),
    "LGPL-3.0-only": ("is not allowed for the site", ""),
    "AGPL-3.0-or-later": ("is not allowed for the site", "is not allowed for the tests"),
    "SomethingNew-1.0": ("no expression of SPDX", "no expression of SPDX"),
    "": ("no licence is known", "no licence is known"),
}


@pytest.mark.parametrize("licence", STATED)
def test_a_licence_is_allowed_or_not_by_what_the_package_is_for(licence: str) -> None:
    pin = Pin("made-up", "1.0", "npm", licence=licence)
    for use, said in zip(("site", "tests"), STATED[licence], strict=True):
        assert said in judge(pin, use)
        assert bool(said) == bool(judge(pin, use))


# --- the bills of materials ---


def test_the_bill_names_every_package_that_makes_a_site_with_the_hashes_of_the_lock() -> None:
    bom = sbom.make_sbom(sbom.read_site(), "site")
    listed = {one["purl"]: one for one in bom["components"]}
    pins = [pin for name in SITE for pin in read_lock(name) if pin.is_for_here]
    assert listed.keys() == {pin.purl for pin in pins}
    for pin in pins:
        (files,) = listed[pin.purl]["externalReferences"]
        assert {one["content"] for one in files["hashes"]} == set(pin.hashes)
        assert listed[pin.purl]["licenses"], pin.name
    pagefind = next(one for purl, one in listed.items() if purl.startswith("pkg:pypi/pagefind-bin@"))
    assert any("pagefind" in one["name"] and one["hashes"] for one in pagefind["components"]), "a program in a wheel"
    refs = {one["ref"]: one["dependsOn"] for one in bom["dependencies"]}
    jinja, markup = (next(purl for purl in listed if f"/{name}@" in purl) for name in ("jinja2", "markupsafe"))
    assert markup in refs[jinja]


def change(path: str, value: object) -> str:
    bom: dict[str, Any] = sbom.make_sbom(sbom.read_site(), "site")
    target = bom["metadata"] if path == "timestamp" else bom
    target[path] = value
    return json.dumps(bom)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("components", [{"name": "no type"}], "type"),
        ("serialNumber", "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "a serial number"),
        ("timestamp", "2031-07-03T00:00:00Z", "a time"),
        ("version", "one", "integer"),
    ],
)
def test_a_fault_in_the_bill_is_seen(path: str, value: object, said: str) -> None:
    assert said in " ".join(find_faults(change(path, value)))


# --- origins ---

THEIRS = [{"files": ["data/*.json"], "whose": "Somebody", "licence": "MIT", "noted": "tests/schemas/README.md"}]


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["data/csl-data.json"], []),
        (["data/csl-data.json", "fonts/new.woff2"], ["fonts/new.woff2: whose is it"]),
        (["data/other.json"], ["data/other.json: tests/schemas/README.md does not name other.json"]),
        (["generator/new.py"], ["data/*.json: no file is called so"]),
    ],
)
def test_data_of_unknown_origin_are_seen(paths: list[str], said: list[str]) -> None:
    found = origins.find_unknown(paths, THEIRS)
    assert len(found) == len(said)
    assert all(one.startswith(begin) for one, begin in zip(found, said, strict=True))


# --- known holes ---

HOLE = {"name": "click", "version": "8.5.1", "vulns": [{"id": "PYSEC-2031-7", "fix_versions": ["8.5.2"]}]}


def test_a_known_hole_is_told_with_the_version_that_mends_it() -> None:
    answer = audit.read_pip([HOLE], [("click", "8.5.1")])
    assert answer == audit.Answer(1, ("click 8.5.1: PYSEC-2031-7, mended in 8.5.2",))


def test_a_package_that_the_advisories_do_not_know_has_not_passed() -> None:
    skipped = {"name": "rich", "skip_reason": "Dependency not found"}
    answer = audit.read_pip([{**HOLE, "vulns": []}, skipped], [("click", "8.5.1"), ("rich", "15.0")])
    assert answer == audit.Answer(1, (), "not known to the advisories: rich 15.0")


def test_advisories_that_do_not_answer_are_left_out_with_what_was_said() -> None:
    refused = json.dumps({"message": "405 Method Not Allowed"})
    answer = audit.read_npm_audit(refused, "npm warn audit 405 Method Not Allowed\nnpm error a log\n")
    assert answer == audit.Answer(0, (), "npm's advisories could not be asked: npm warn audit 405 Method Not Allowed")


def test_what_npm_knows_is_told() -> None:
    typed = {
        "vulnerabilities": {"ajv": {"severity": "high", "range": "<9"}},
        "metadata": {"dependencies": {"total": 47}},
    }
    assert audit.read_npm_audit(json.dumps(typed), "") == audit.Answer(47, ("ajv <9: high",))


# --- installing ---


def test_installing_runs_no_code_of_packages_but_of_the_one_that_is_named() -> None:
    """Wheels are unpacked; only what has no wheel is built, by hash, and npm is told to run nothing."""
    joined = MAKEFILE.replace("\\\n", " ")
    installs = [
        line
        for line in joined.splitlines()
        if line.startswith("\t") and re.search(r"pip\b.*\binstall\b|\$\(PIP\) install|npm (ci|install)\b", line)
    ]
    npm = [line for line in installs if "npm " in line]
    built = [line for line in installs if line not in npm and "--only-binary :all:" not in line]
    assert len(installs) == 9
    assert [line for line in npm if "--ignore-scripts" not in line] == []
    assert [re.findall(r"--(?:requirement|editable) (\S+)", line) for line in built] == [
        ["."],
        ["requirements-sdist.txt"],
    ]
    assert all("--no-build-isolation" in line for line in built)
    assert [
        line for line in installs if line not in npm and "--editable" not in line and "--require-hashes" not in line
    ] == []
    assert [pin.name for pin in read_lock("requirements-sdist.txt")] == ["jstyleson"]
    assert "jstyleson" in (PROJECT / "docs/reproducible.md").read_text("utf-8")


def test_the_packages_of_npm_that_would_run_a_script_are_known_and_do_without_it() -> None:
    typed = json.loads((PROJECT / "tests/npm/package-lock.json").read_text("utf-8"))["packages"]
    assert [path for path, one in typed.items() if one.get("hasInstallScript")] == ["node_modules/vnu-jar"]
    assert len(read_npm()) == len(
        {(path.rpartition("node_modules/")[2], one["version"]) for path, one in typed.items() if path}
    )


@pytest.mark.parametrize("target", ["hostile", "sbom", "audit"])
def test_help_lists_the_command(target: str) -> None:
    said = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True).stdout
    assert re.search(rf"^make {target} +[a-z]", said, re.MULTILINE)
    phony = next(line for line in MAKEFILE.splitlines() if line.startswith(".PHONY: help"))
    assert target in phony.split()


def test_every_package_that_the_hostile_lock_has_beside_the_tests_is_of_one_version_with_them() -> None:
    tests = {(pin.name, pin.version) for pin in read_lock("requirements-test.txt")}
    names = {name for name, _ in tests}
    both = [pin for pin in read_lock("requirements-hostile.txt") if pin.name in names]
    assert both
    assert [pin.name for pin in both if (pin.name, pin.version) not in tests] == []
