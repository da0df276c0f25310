"""Sites to attack: that of the cases, and the sample with templates, which can be built."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from hostile.files.contained import PROJECT

CASES, SAMPLE = PROJECT / "tests" / "cases" / "_site", PROJECT / "tests" / "sample"


def lay_out(folder: Path, *, templates: bool = False) -> Path:
    """Make a site in a new folder; with templates it can be built."""
    site = Path(shutil.copytree(SAMPLE if templates else CASES, folder))
    shutil.copy(PROJECT / "mkdocs.yml", site)
    if templates:
        shutil.copytree(PROJECT / "templates", site / "templates")
    return site


def errors_by_path(report: str) -> dict[str, list[str]]:
    """Give the codes of the errors in a JSON report, by the path of the file."""
    found: dict[str, list[str]] = {}
    for one in json.loads(report):
        if one["severity"] == "error":
            found.setdefault(one["path"], []).append(one["code"])
    return found
