"""A comparison as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.compare.comparison import Comparison


def _plain(comparison: Comparison) -> dict[str, Any]:
    problems = comparison.problems
    shown = ("verdicts", "reworded", "renamed", "records", "origins", "flags", "coverage")
    return {
        "changes_nothing": comparison.changes_nothing,
        "first": comparison.is_first,
        "whole": comparison.is_whole,
        "errors": [
            {
                "path": one.place.path,
                "line": one.place.line,
                "column": one.place.column,
                "code": one.code,
                "message": one.message,
            }
            for one in problems.errors
        ],
        "errors_before": problems.errors_before,
        "warnings": {code: {"new": new, "gone": gone} for code, (new, gone) in problems.warnings.items()},
        **{name: [asdict(one) for one in getattr(comparison, name)] for name in shown},
        "corrections": [one.model_dump(mode="json", exclude_none=True) for one in comparison.corrections],
        "quotations": dict(zip(("before", "now"), comparison.quotations, strict=True)),
        "pages": None if comparison.pages is None else [asdict(page) for page in comparison.pages],
        "site": list(comparison.site),
        "counts": dict(comparison.counts),
    }


def write_json(comparison: Comparison) -> str:
    """Write a comparison as one JSON object; lists are whole and in a fixed order, texts are plain."""
    return json.dumps(_plain(comparison), indent=2) + "\n"
