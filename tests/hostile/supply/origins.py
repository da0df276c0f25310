"""Whose the data in this repository are: `origins.yml` says so for each file that is no program and no typed record."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hostile.supply.locks import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = Path(__file__).with_name("origins.yml")
# Programs, pages of words, and records, which say themselves whose they are; settings of tools at the top.
_OURS = frozenset({".py", ".md", ".yml", ".yaml", ".toml", ".jinja"})
_TOOLS = frozenset({"Makefile", ".ci/run", ".editorconfig", ".gitattributes", "mkdocs.yml"})


def read_origins() -> list[dict[str, Any]]:
    """The patterns of `origins.yml`, in their order."""
    origins: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return origins


def list_data(paths: Iterable[str]) -> list[str]:
    """Those of some paths in the repository whose origin has to be told."""
    return [
        path
        for path in paths
        if path not in _TOOLS
        and Path(path).name != ".gitignore"
        and not (path.startswith("requirements") and "/" not in path)
        and (Path(path).suffix not in _OURS or path.startswith("tests/hostile/collections/"))
        and not path.endswith("README.md")
    ]


def find_unknown(paths: Iterable[str], origins: list[dict[str, Any]]) -> list[str]:
    """List what is wrong: data of unknown origin, and origins that nobody has noted beside the data."""
    found = []
    used: set[int] = set()
    for path in list_data(paths):
        fitting = (
            number for number, one in enumerate(origins) if any(fnmatch(path, pattern) for pattern in one["files"])
        )
        number = next(fitting, None)
        if number is None:
            found.append(f"{path}: whose is it, and under which licence? Say so in {_FILE.name}")
            continue
        used.add(number)
        found += _find_unnoted(path, origins[number])
    found += [f"{one['files'][0]}: no file is called so" for number, one in enumerate(origins) if number not in used]
    return found


def _find_unnoted(path: str, origin: dict[str, Any]) -> list[str]:
    if "ours" in origin:
        return []
    if missing := [field for field in ("whose", "licence") if not origin.get(field)]:
        return [f"{path}: {' and '.join(missing)} is not told"]
    if "noted" not in origin:
        return [] if origin.get("why") else [f"{path}: nothing is noted beside it"]
    note = PROJECT / origin["noted"]
    words = note.read_text("utf-8") if note.is_file() else ""
    name = origin["licence"].replace("-SA-", "-SA ").split("-4.0")[0].split("-2.0")[0]
    lacking = [word for word in (Path(path).name, name) if word not in words]
    return [
        f"{path}: {origin['noted']} does not name {word}" for word in lacking if word != "csl-LICENSE.txt" or not words
    ]
