"""Diagnostics are values: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a content file.

    Attributes:
        path: POSIX path relative to the project's root.
        line: 1-based line; 0 means the file as a whole.
        column: 1-based column in characters; 0 means the line as a whole.
        end_line: 1-based line on which it ends; 0 where the end is not known.
        end_column: 1-based column just behind its last character.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Write as `path:line:column`, leaving out what is not known."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the content.

    Attributes:
        place: where it stands.
        code: the kebab-case name of the rule (see `generator.checks.RULES` and `generator.faults.FAULTS`).
        message: what is wrong, in one plain sentence or two.
        help: how to mend it; empty where the message says it all.
        severity: an error stops the build, a warning does not.
        focus: the words inside the place that it is about, as typed; empty means all of it.
        fix: the YAML that mends it, typed in the stead of what stands at the place; None where it cannot be computed.
    """

    place: Place
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"
    focus: str = ""
    fix: str | None = None


def sort(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order by file and line, errors before warnings on one line, each finding once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.place, d.severity, d.code, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding stops the build."""
    return any(d.severity == "error" for d in diagnostics)
