"""What a build prints of the content's problems, on standard error."""

from __future__ import annotations

import json
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from generator.diagnostics import Diagnostic, Place
from generator.pipeline.findings import REPORT
from generator.plugin.stopping import explain_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.pipeline import Settled
    from generator.reports import Lines


def print_report(diagnostics: Iterable[Diagnostic], lines: Lines = MappingProxyType({})) -> str:
    """Print errors with their lines, where these are at hand; warnings are only counted, `check` explains them.

    Returns:
        What was printed.
    """
    from generator.reports import format_text  # noqa: PLC0415 (seldom needed)

    text = format_text(diagnostics, lines=lines, brief=True, colour=_may_colour())
    click.echo(text, err=True, nl=False)
    return text


def print_findings(settled: Settled) -> str:
    """Print what the rules have found in sound content, in the words of the last time where they have found the same.

    Returns:
        What was printed.
    """
    state, findings, colour = settled.state, settled.checked.diagnostics, _may_colour()
    told = json.loads((state.read(REPORT) if state is not None else None) or "null")
    if told is not None and told[0] == colour:
        text = str(told[1])
        click.echo(text, err=True, nl=False)
        return text
    text = print_report(findings) if findings else ""
    if state is not None:
        state.note(REPORT, json.dumps([colour, text]))
    return text


def name_fault(error: Exception) -> Diagnostic:
    """Say of a failure that is none of the content what the preview shows of it; the terminal has the details."""
    if isinstance(error, click.ClickException):
        said = "MkDocs cannot use mkdocs.yml as it is, or a folder that it needs is gone; the terminal says which."
    else:
        said = explain_refusal(error)
    fault = said or f"The generator itself failed: {type(error).__name__}: {error}. The terminal has the details."
    return Diagnostic(Place("generator"), "internal-error", fault)


def _may_colour() -> bool:
    from generator.reports import may_colour  # noqa: PLC0415 (seldom needed)

    return sys.stderr.isatty() and may_colour(os.environ, terminal=True)
