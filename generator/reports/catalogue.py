"""Every code with what it demands and why: the rules and the faults in one catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.checks import RULES
from generator.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Severity

_REFERENCES = frozenset({"duplicate-id", "reused-id", "unresolved-reference"})
_ABOUT_REFERENCES = 3
_ABOUT_FORM = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """What there is to know of a code.

    Attributes:
        code: kebab-case name, as printed in diagnostics.
        number: the rule it belongs to, 1 to 14; 0 for warnings outside them.
        title: what is demanded, in one sentence.
        reason: why it is demanded.
        severity: an error stops the build, a warning does not.
    """

    code: str
    number: int
    title: str
    reason: str
    severity: Severity


def _entries() -> Iterator[Entry]:
    for rule in RULES:
        yield Entry(rule.code, rule.number, rule.title, rule.reason, rule.severity)
    for fault in FAULTS.values():
        number = _ABOUT_REFERENCES if fault.code in _REFERENCES else _ABOUT_FORM
        yield Entry(fault.code, number, fault.title, fault.reason, "error")


CATALOGUE: Mapping[str, Entry] = MappingProxyType({entry.code: entry for entry in _entries()})
"""All codes: the rules in the order of their table, then the faults in the order in which a file is read."""


def reason_of(code: str) -> str:
    """Say why a code is demanded; empty for a code that is in no table, such as a fault of the generator itself."""
    return CATALOGUE[code].reason if code in CATALOGUE else ""


def title_of(code: str) -> str:
    """Say what a code demands; empty for a code that is in no table."""
    return CATALOGUE[code].title if code in CATALOGUE else ""
