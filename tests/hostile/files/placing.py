"""Puts YAML in the place of the files that a site has once, and runs commands on it, all in one process of its own.

`python -m hostile.files.placing SITE JOBS RESULTS`, as in `hostile.files.reading`; a result lists what went wrong.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main as factsheet

_COMMANDS = {
    "content/settings.yml": ("check", "--format", "json"),
    "content/vocabulary.yml": ("check", "--format", "json"),
    "content/corrections.yml": ("check", "--format", "json"),
    "mkdocs.yml": ("build", "--no-search"),
}


def _try(site: Path, place: str, data: bytes) -> str:
    file = site / place
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(data)
    try:
        done = CliRunner().invoke(factsheet, [*_COMMANDS[place], "--root", str(site)])
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_bytes(before)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return f"{place}: {type(done.exception).__name__}: {done.exception}"
    if done.exit_code not in (1, 2):
        return f"{place}: exit code {done.exit_code}"
    if place == "mkdocs.yml":
        return "" if "Error: " in done.stderr else f"{place}: {done.stderr[:200]}"
    errors = [one for one in json.loads(done.stdout) if one["severity"] == "error"]
    return "" if any(one["path"] == place for one in errors) else f"{place}: nothing is said of it"


def _import(site: Path, data: bytes) -> str:
    mapping, sheet = site / "mapping.yml", site / "sheet.csv"
    mapping.write_bytes(data)
    sheet.write_text("says\nThe bridge is closed.\n", "utf-8")
    arguments = ["import", "csv", str(sheet), "--to", str(site), "--mapping", str(mapping), "--dry-run"]
    done = CliRunner().invoke(factsheet, arguments)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return f"a mapping: {type(done.exception).__name__}: {done.exception}"
    return "" if done.exit_code in (1, 2) else f"a mapping: exit code {done.exit_code}"


def main(site: str, jobs: str, results: str) -> None:
    """Try all jobs in all places."""
    root = Path(site)
    with Path(results).open("w", encoding="utf-8") as sink:
        for line in Path(jobs).read_text("utf-8").splitlines():
            name, written = json.loads(line)
            sink.write(f"{name}\t")
            sink.flush()
            data = b64decode(written)
            said = [*(_try(root, place, data) for place in _COMMANDS), _import(root, data)]
            sink.write(json.dumps([one for one in said if one]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
