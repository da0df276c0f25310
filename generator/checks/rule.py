"""What a rule is: one function with its number, code, title and reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from generator.checks.scope import Scope
from generator.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.derive import Views
    from generator.link import Library


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at.

    Attributes:
        library: the linked records.
        views: what follows from them.
        base: the library of an earlier revision, or None where nothing is compared.
        texts: what is about to be published, by path; empty before the pages are made.
        scope: what is to be checked.
        unread: kinds of which a record could not be read, `correction` and `page` among them: what is missing there is no removal.
    """

    library: Library
    views: Views
    base: Library | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule: where, what, and how to mend it; the fields are those of a `Diagnostic`."""

    place: Place
    message: str
    help: str = ""
    focus: str = ""
    fix: str | None = None


Check: TypeAlias = "Callable[[Context], Iterator[Finding]]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule about the meaning of the content.

    Attributes:
        number: the rule it belongs to, 1 to 14; 0 for warnings outside them.
        code: kebab-case name, as printed in diagnostics.
        title: what is demanded, in one sentence.
        reason: why it is demanded.
        check: finds every breach.
        severity: an error stops the build, a warning does not.
        whole: whether it looks at the library as a whole: at circles, or at two records that should be one.
        compares: whether it compares with a base; a build without one does not know it.
    """

    number: int
    code: str
    title: str
    reason: str
    check: Check
    severity: Severity = "error"
    compares: bool = False
    whole: bool = False

    def run(self, context: Context) -> Iterator[Diagnostic]:
        """Find every breach of this rule."""
        for finding in self.check(context):
            yield Diagnostic(
                finding.place, self.code, finding.message, finding.help, self.severity, finding.focus, finding.fix
            )
