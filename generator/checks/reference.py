"""The reference of all rules as Markdown, from the tables that the build itself uses."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from generator.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.checks.rule import Rule

_TOPICS = (
    (1, "Quotations"),
    (2, "Numbers"),
    (3, "Ids and references"),
    (4, "Supported and refuted"),
    (5, "Conflicts, context and reasons"),
    (6, "Opinions and forecasts"),
    (7, "Said is not so"),
    (8, "The log"),
    (9, "Order in time"),
    (10, "Circles"),
    (11, "Stored texts"),
    (12, "Excerpts"),
    (13, "Date words"),
    (14, "Form"),
)
NUMBERS = dict(_TOPICS)
"""What each of the fourteen rules is about, by number."""

_ROW = "| `{code}` | {title} | {reason} |"
_HEAD = ("| code | what is demanded | why |", "|---|---|---|")


def write_reference(rules: Sequence[Rule]) -> str:
    """Write every code with what it demands and why: the rules by number, then the warnings, then what can be wrong with a file."""
    lines = [
        "# Rules",
        "",
        "Made from the table in `generator/checks/table.py` and the catalogue in `generator/faults.py`; do not edit.",
        "Each code has a case file `tests/cases/<code>.md` with content that breaks the rule and content that keeps it.",
    ]
    errors = [rule for rule in rules if rule.severity == "error"]
    for number, group in groupby(errors, key=lambda rule: rule.number):
        lines += ["", f"## {number}. {NUMBERS[number]}", "", *_HEAD]
        lines += [_ROW.format(code=rule.code, title=rule.title, reason=rule.reason) for rule in group]
    lines += ["", "## Warnings", "", "They never stop the build.", "", *_HEAD]
    lines += [_ROW.format(code=r.code, title=r.title, reason=r.reason) for r in rules if r.severity == "warning"]
    lines += ["", "## Files and fields", "", "Rules 3 and 14, as far as they are about reading.", "", *_HEAD]
    lines += [_ROW.format(code=f.code, title=f.title, reason=f.reason) for f in FAULTS.values()]
    return "\n".join(lines) + "\n"
