"""Asks whether a hole is known in what the lock files pin: `make audit`.

pip-audit asks the advisories of the Python Package Index, npm those of its registry. A package that the service has never
heard of is no package without holes, so an answer counts only if a version with a known hole, asked for along with the
others, was found to have it. Of what could not be asked it is said that it was not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from hostile.supply.locks import LOCKS, NPM, read_lock

KNOWN = ("jinja2", "2.4.1")
"""A version with known holes (CVE-2016-10745 among them): whoever does not find them has not looked."""
_PATIENCE = 240  # seconds for one question
_HASH = "0" * 64  # pip-audit insists on one; nothing is fetched


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one lock file.

    Args:
        asked: how many packages.
        holes: what is known, one line each.
        unasked: why nothing or not everything was asked; empty where all was.
    """

    asked: int
    holes: tuple[str, ...] = ()
    unasked: str = ""


def ask_pip(service: str = "pypi", locks: tuple[str, ...] = LOCKS) -> Answer:
    """Ask about all Python packages of some lock files; first about the one with a hole, and where that is not found, no more.

    Args:
        service: as pip-audit names it: `pypi` or `osv`.
        locks: names of lock files.
    """
    pins = sorted({(pin.name, pin.version) for lock in locks for pin in read_lock(lock)})
    answers: list[dict[str, Any]] = []
    rest = pins
    lot = {KNOWN[0]: KNOWN[1]}
    while lot:
        said = _run_pip_audit(lot, service)
        try:
            answers += json.loads(said.stdout)["dependencies"]
        except (ValueError, KeyError, TypeError):
            return Answer(0, unasked=f"the advisories could not be asked: {_last_line(said.stderr)}")
        if not _has_known_hole(answers):
            return Answer(0, unasked=f"the advisories know nothing of {' '.join(KNOWN)}, so they were not really asked")
        lot = dict(reversed(rest))  # one version of a name at a time: a list with two would be refused
        rest = [(name, version) for name, version in rest if lot[name] != version]
    return read_pip(answers, pins)


def _run_pip_audit(lot: dict[str, str], service: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "pins.txt")
        lines = [f"{name}=={version} --hash=sha256:{_HASH}\n" for name, version in lot.items()]
        listed.write_text("".join(lines), "utf-8")
        return _run("-m", "pip_audit", "--disable-pip", "--no-deps", "--requirement", str(listed), "--format", "json",
                    "--progress-spinner", "off", "--desc", "off", "--timeout", "10", "--vulnerability-service", service)  # fmt: skip


def _has_known_hole(answers: list[dict[str, Any]]) -> bool:
    return any((one["name"], one.get("version")) == KNOWN and one.get("vulns") for one in answers)


def read_pip(answers: list[dict[str, Any]], pins: list[tuple[str, str]]) -> Answer:
    """Read what pip-audit said of some packages; of those that the advisories do not know, it gives no holes, not even none."""
    told = {(one["name"], one.get("version", "")): one for one in answers}
    unknown = [f"{name} {version}" for name, version in pins if "vulns" not in told.get((name, version), {})]
    holes = [
        f"{name} {version}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for name, version in pins
        for hole in told.get((name, version), {}).get("vulns", ())
    ]
    note = f"not known to the advisories: {', '.join(unknown)}" if unknown else ""
    return Answer(len(pins) - len(unknown), tuple(holes), note)


def ask_npm() -> Answer:
    """Ask about what npm's lock file pins."""
    try:
        said = subprocess.run(
            ["npm", "audit", "--package-lock-only", "--json", "--ignore-scripts"],
            cwd=NPM.parent, capture_output=True, encoding="utf-8", check=False, timeout=_PATIENCE,
        )  # fmt: skip
    except FileNotFoundError:
        return Answer(0, unasked="there is no npm here")
    return read_npm_audit(said.stdout, said.stderr)


def read_npm_audit(out: str, err: str) -> Answer:
    """Read what `npm audit --json` said."""
    try:
        typed = json.loads(out)
        asked = typed["metadata"]["dependencies"]["total"]
        found = typed["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return Answer(0, unasked=f"npm's advisories could not be asked: {_find_error(err)}")
    holes = [f"{name} {one.get('range', '')}: {one['severity']}" for name, one in sorted(found.items())]
    return Answer(asked, tuple(holes))


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", check=False, timeout=_PATIENCE
    )


def _find_error(said: str) -> str:
    """The first complaint of npm; the last one only names a file."""
    return next((line.strip()[:160] for line in said.splitlines() if "audit" in line), _last_line(said))


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip()[:160] if lines else "nothing was said"


def main() -> None:
    """Ask about everything; exit 1 if a hole is known, or if anything could not be asked."""
    failed = False
    for what, answer in (("Python packages", ask_pip()), ("npm packages", ask_npm())):
        click.echo(f"{answer.asked} {what} asked about, {len(answer.holes)} known holes")
        for line in (*answer.holes, *([f"left open: {answer.unasked}"] if answer.unasked else ())):
            click.echo(f"  {line}")
        failed |= bool(answer.holes or answer.unasked)
    if failed:
        click.echo("docs/reproducible.md says how to answer a finding.")
    sys.exit(failed)


if __name__ == "__main__":
    main()
