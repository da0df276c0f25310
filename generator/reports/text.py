"""Diagnostics for people at a terminal: the line, what is wrong there, why it matters, and how to mend it."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from generator.diagnostics import Diagnostic, sort
from generator.reports.catalogue import reason_of
from generator.reports.escaping import escape_line, escape_lines, guard_log
from generator.reports.excerpt import cut, mend

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.reports.excerpt import Lines, Row

SHOWN_WARNINGS = 3
_INDENT = "    "
_NO_LINES: Lines = MappingProxyType({})
_COLOURS = {"error": "red", "warning": "yellow"}


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


def may_colour(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether colours may be used: on a terminal, unless NO_COLOR (no-color.org) is set."""
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def format_one(diagnostic: Diagnostic, lines: Lines = _NO_LINES, *, reason: bool = True, colour: bool = False) -> str:
    """Write one diagnostic: `path:line:column severity[code] message`, then the lines it is about, why, and the mend.

    Args:
        diagnostic: what is wrong.
        lines: the lines of the files at hand; of a file that is not, none are shown.
        reason: whether to say why the rule exists.
        colour: whether to use the colours of a terminal; nothing is ever told by colour alone.
    """
    paint = _Painter(colour)
    place = paint(escape_line(str(diagnostic.place)), bold=True)
    severity = paint(f"{diagnostic.severity}[{diagnostic.code}]", fg=_COLOURS[diagnostic.severity], bold=True)
    written = [f"{place} {severity} {escape_lines(diagnostic.message, _INDENT)}"]
    shown, mended = cut(diagnostic, lines), mend(diagnostic, lines)
    width = max((len(str(row.number)) for row in (*shown, *mended)), default=0)
    written += _draw(shown, width, paint, _COLOURS[diagnostic.severity])
    why = reason_of(diagnostic.code) if reason else ""
    for name, said in (("why", why), ("help", diagnostic.help)):
        if said:
            written.append(f"{_INDENT}{paint(f'{name}:', fg='cyan', bold=True)} {escape_lines(said, _INDENT)}")
    if mended:
        written.append(f"{_INDENT}{paint('instead:', fg='green', bold=True)}")
        written += _draw(mended, width, paint, "green", underlined=False)
    return "\n".join(written)


def format_text(
    diagnostics: Iterable[Diagnostic],
    *,
    lines: Lines = _NO_LINES,
    everything: bool = False,
    brief: bool = False,
    colour: bool = False,
) -> str:
    """Write diagnostics for people: errors by file and line, warnings by code, then a summary.

    Why a rule exists is said where its code comes first.

    Args:
        diagnostics: in any order.
        lines: the lines of the files at hand, by path, without line ends; of other files no lines are shown.
        everything: list every warning; otherwise each code shows its number and the first three.
        brief: only count the warnings, as while a site is built. Errors have the same effect: they are mended first,
            and many warnings follow from them.
        colour: whether to use the colours of a terminal.
    """
    found = sort(diagnostics)
    explained: set[str] = set()
    blocks: list[str] = []
    for error in found:
        if error.severity == "error":
            blocks.append(format_one(error, lines, reason=error.code not in explained, colour=colour))
            explained.add(error.code)
    warnings = [diagnostic for diagnostic in found if diagnostic.severity == "warning"]
    by_code = groupby(sorted(warnings, key=lambda diagnostic: diagnostic.code), key=lambda diagnostic: diagnostic.code)
    groups = {code: tuple(group) for code, group in by_code}
    paint = _Painter(colour)
    summary = paint(summarise(found), bold=True)
    if everything or not (brief or blocks):
        blocks += [_format_warnings(code, group, paint, everything=everything) for code, group in groups.items()]
    elif groups:
        counts = ", ".join(f"{len(group)} {code}" for code, group in groups.items())
        listed = "`check --all` lists them" if blocks else "`check` explains them"
        summary = f"{summary}\nWarnings stop nothing: {counts}; {listed}."
    return guard_log("\n\n".join([*blocks, summary])) + "\n"


class _Painter:
    """Paints words for a terminal, or leaves them as they are."""

    def __init__(self, colour: bool) -> None:  # noqa: FBT001 (it is all there is to say)
        self.colour = colour

    def __call__(self, text: str, *, fg: str | None = None, bold: bool = False) -> str:
        return click.style(text, fg=fg, bold=bold or None) if self.colour and text else text


def _draw(rows: Sequence[Row], width: int, paint: _Painter, colour: str, *, underlined: bool = True) -> list[str]:
    """Draw an excerpt beside the numbers of its lines, with carets under the marked words."""
    drawn: list[str] = []
    for row in rows:
        if not row.number:
            drawn.append(f"{_INDENT}{'.' * max(width, 3)}")
            continue
        number = paint(f"{row.number:>{width}} |", fg="blue")
        typed = f"{row.before}{paint(row.marked, fg=colour, bold=True)}{row.after}"
        drawn.append(f"{_INDENT}{number} {typed}".rstrip())
        if underlined and row.underline:
            bar = paint(f"{'':>{width}} |", fg="blue")
            drawn.append(f"{_INDENT}{bar} {paint(row.underline, fg=colour, bold=True)}")
    return drawn


def _format_warnings(code: str, warnings: Sequence[Diagnostic], paint: _Painter, *, everything: bool) -> str:
    shown = warnings if everything else warnings[:SHOWN_WARNINGS]
    helps = {warning.help for warning in warnings if warning.help}
    written = [paint(f"{count(len(warnings), 'warning')} [{code}]", fg=_COLOURS["warning"], bold=True)]
    for warning in shown:
        written.append(f"  {escape_line(str(warning.place))} {escape_lines(warning.message, _INDENT)}")
        if len(helps) > 1 and warning.help:
            written.append(f"    help: {escape_lines(warning.help, _INDENT)}")
    if len(shown) < len(warnings):
        written.append(f"  ... and {len(warnings) - len(shown)} more (--all lists every one)")
    if reason := reason_of(code):
        written.append(f"  why: {reason}")
    if len(helps) == 1:
        written.append(f"  help: {escape_lines(helps.pop(), _INDENT)}")
    return "\n".join(written)
