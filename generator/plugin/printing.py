"""What a build prints of the content's problems, on standard error."""

from __future__ import annotations

import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from generator.reports import format_text, may_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic
    from generator.reports import Lines


def print_report(diagnostics: Iterable[Diagnostic], lines: Lines = MappingProxyType({})) -> str:
    """Print errors with their lines, where these are at hand; warnings are only counted, `check` explains them.

    Returns:
        What was printed.
    """
    colour = may_colour(os.environ, terminal=sys.stderr.isatty())
    text = format_text(diagnostics, lines=lines, brief=True, colour=colour)
    click.echo(text, err=True, nl=False)
    return text
