"""What a change does to the published site, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Diagnostic
    from generator.records import Correction

Fate = Literal["added", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Named:
    """A record as it is listed.

    Attributes:
        kind: source, entity, claim, event or topic.
        id: its id now, or the last one where it is gone.
        name: what readers call it; plain text.
        address: where it is published, if it was before the change.
    """

    kind: str
    id: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class VerdictMove:
    """A verdict that moved; both are given by their labels, `why` is the reason given now."""

    claim: Named
    before: str
    now: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A claim that says something else; plain text."""

    claim: Named
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """A record with a new id; its old address leads to it."""

    record: Named
    before: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that was added, is gone, or has other fields than before.

    Attributes:
        record: which one.
        fate: what became of it.
        fields: the fields that differ, as they are typed; `text` is the stored text.
        verdict: the verdict's label, for a claim that was added.
    """

    record: Named
    fate: Fate
    fields: tuple[str, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class OriginsChange:
    """What is computed of a claim's origins, where it differs.

    Attributes:
        claim: which one.
        said: the badge *Was it said?* before and now; None where it is the same.
        reports: reports and origins before and now, each as a sentence.
        against: the same for what counts against it.
    """

    claim: Named
    said: tuple[str, str] | None = None
    reports: tuple[str, str] | None = None
    against: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FlagsChange:
    """Computed flags, by their labels, that a claim has now or has no more."""

    claim: Named
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """How many sentences of a stored text are cited, of how many, before and now."""

    source: Named
    before: tuple[int, int]
    now: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page of the site that differs.

    Attributes:
        path: below the folder of pages.
        title: plain text.
        kind: what the page is, such as `claim` or `timeline`.
        fate: what became of it; `redirected` means that the address leads to another page now.
    """

    path: str
    title: str
    kind: str
    fate: Literal["added", "changed", "gone", "redirected"]


@dataclass(frozen=True, slots=True)
class Problems:
    """What the checks find now.

    Attributes:
        errors: errors of the content as it is.
        errors_before: how many errors there were, were the same checks made then.
        warnings: by code, how many warnings are new and how many are gone.
    """

    errors: tuple[Diagnostic, ...] = ()
    errors_before: int = 0
    warnings: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a change does to the published site.

    Attributes:
        problems: errors and warnings.
        is_first: whether nothing had been published before: then only what is there now is counted.
        is_whole: whether the records of both sides could be compared.
        verdicts: verdicts that moved.
        reworded: claims that say something else.
        renamed: records with new ids.
        records: records that were added, changed or are gone, claims first; `log` is no change of its own, and neither
            are verdict and words, which are told above.
        corrections: corrections that were added.
        origins: claims whose origins are counted differently.
        flags: claims whose computed flags differ.
        quotations: quotations checked before and now.
        coverage: sources of which more or less is cited.
        pages: pages that differ; None where the pages could not be made.
        site: what differs in the settings and the vocabulary, by their fields.
        counts: how many records there are now, by kind.
    """

    problems: Problems
    is_first: bool = False
    is_whole: bool = True
    verdicts: tuple[VerdictMove, ...] = ()
    reworded: tuple[Rewording, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    records: tuple[RecordChange, ...] = ()
    corrections: tuple[Correction, ...] = ()
    origins: tuple[OriginsChange, ...] = ()
    flags: tuple[FlagsChange, ...] = ()
    quotations: tuple[int, int] = (0, 0)
    coverage: tuple[CoverageChange, ...] = ()
    pages: tuple[PageChange, ...] | None = ()
    site: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether readers of the site would notice nothing."""
        if not self.is_whole or self.is_first or self.pages is None:
            return False
        told = (self.verdicts, self.reworded, self.renamed, self.records, self.corrections, self.origins, self.flags)
        return self.quotations[0] == self.quotations[1] and not any((*told, self.coverage, self.pages, self.site))
