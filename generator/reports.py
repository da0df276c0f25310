"""Diagnostics written out: for people, for programs, for GitHub; always escaped for where they go."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN_WARNINGS = 3

# Terminal controls, line separators, lone surrogates, and what reorders a line on the screen.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escape_line(text: str) -> str:
    """Write control characters, line ends included, as visible escapes, as in Python."""
    return _CONTROLS.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def escape_lines(text: str, indent: str) -> str:
    """Write control characters as visible escapes but keep line ends; every line after the first is indented.

    So nothing quoted from the content can pass for the first line of another diagnostic.
    """
    return f"\n{indent}".join(escape_line(line) for line in text.split("\n"))


def count(number: int, noun: str) -> str:
    """Write `1 error`, `3 errors`, `no errors`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def summarise(diagnostics: Iterable[Diagnostic]) -> str:
    """Say in one sentence how many errors and warnings there are, and in how many files."""
    found = sort(diagnostics)
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    files = len({diagnostic.place.path for diagnostic in found})
    numbers = f"{count(errors, 'error')} and {count(len(found) - errors, 'warning')}"
    return f"{numbers[0].upper()}{numbers[1:]}" + (f" in {count(files, 'file')}." if files else ".")


def format_one(diagnostic: Diagnostic) -> str:
    """Write one diagnostic as `path:line:column severity[code] message`, with its help on lines of its own."""
    place = escape_line(str(diagnostic.place))
    line = f"{place} {diagnostic.severity}[{diagnostic.code}] {escape_lines(diagnostic.message, '    ')}"
    return f"{line}\n    help: {escape_lines(diagnostic.help, '    ')}" if diagnostic.help else line


def format_text(diagnostics: Iterable[Diagnostic], *, everything: bool = False, brief: bool = False) -> str:
    """Write diagnostics for people: errors by file and line, warnings by code, then a summary.

    Args:
        diagnostics: in any order.
        everything: list every warning; otherwise each code shows its number and the first three.
        brief: only count the warnings, as while a site is built. Errors have the same effect: they are mended first,
            and many warnings follow from them.
    """
    found = sort(diagnostics)
    blocks = [format_one(diagnostic) for diagnostic in found if diagnostic.severity == "error"]
    warnings = [diagnostic for diagnostic in found if diagnostic.severity == "warning"]
    by_code = groupby(sorted(warnings, key=lambda diagnostic: diagnostic.code), key=lambda diagnostic: diagnostic.code)
    groups = {code: tuple(group) for code, group in by_code}
    summary = summarise(found)
    if everything or not (brief or blocks):
        blocks += [_format_warnings(code, group, everything=everything) for code, group in groups.items()]
    elif groups:
        counts = ", ".join(f"{len(group)} {code}" for code, group in groups.items())
        listed = "`check --all` lists them" if blocks else "`check` explains them"
        summary = f"{summary}\nWarnings stop nothing: {counts}; {listed}."
    return "\n\n".join([*blocks, summary]) + "\n"


def _format_warnings(code: str, warnings: Sequence[Diagnostic], *, everything: bool) -> str:
    shown = warnings if everything else warnings[:SHOWN_WARNINGS]
    lines = [f"{count(len(warnings), 'warning')} [{code}]"]
    lines += [f"  {escape_line(str(shown_one.place))} {escape_lines(shown_one.message, '    ')}" for shown_one in shown]
    if len(shown) < len(warnings):
        lines.append(f"  ... and {len(warnings) - len(shown)} more (--all lists every one)")
    helps = sorted({warning.help for warning in warnings if warning.help})
    if len(helps) == 1:
        lines.append(f"  help: {escape_lines(helps[0], '    ')}")
    return "\n".join(lines)


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as a JSON list of objects; line and column are 0 where they are not known."""
    rows = [
        {
            "path": diagnostic.place.path,
            "line": diagnostic.place.line,
            "column": diagnostic.place.column,
            "severity": diagnostic.severity,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
        }
        for diagnostic in sort(diagnostics)
    ]
    return json.dumps(rows, indent=2) + "\n"


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as workflow commands, which GitHub shows as annotations beside the lines they are about."""
    return "".join(_format_command(diagnostic) for diagnostic in sort(diagnostics))


def _format_command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = {
        "file": place.path,
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": diagnostic.code,
    }
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items() if value)
    message = "\n".join(part for part in (diagnostic.message, diagnostic.help) if part)
    return f"::{diagnostic.severity} {written}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    """Escape the message of a workflow command as GitHub's toolkit does; other controls become visible."""
    kept = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escape_line(kept)


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
