"""Real inputs from which fuzzing starts."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parents[2]


def list_files(*folders: str) -> list[Path]:
    """List the files below folders of the tests that hold text, in a steady order."""
    found = (path for folder in folders for path in sorted((TESTS / folder).rglob("*")))
    return [
        path
        for path in found
        if path.is_file() and path.suffix in (".yml", ".md", ".json", ".jsonl", ".csv", ".html", ".wiki", ".txt")
    ]
