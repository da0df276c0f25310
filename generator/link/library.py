"""The library: every record by id, the stored texts, and who refers to whom. Nothing in it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.diagnostics import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.decode import HandPage, Located
    from generator.dialect import StoredText
    from generator.documents import Document, Loc
    from generator.reads import Reads
    from generator.records import Claim, Correction, Entity, Event, Source, Topic
    from generator.settings import Settings
    from generator.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Reference:
    """A back-reference: which record refers to this one, and in which role.

    Attributes:
        kind: kind of the record that refers.
        id: its id.
        role: the field it uses, such as `seen`, `rests_on` or `superseded_by`; `text` for a link in prose.
    """

    kind: str
    id: str
    role: str


@dataclass(frozen=True, slots=True)
class Rival:
    """One side of a contradiction, seen from the other.

    Attributes:
        claim: the other claim.
        manner: `rival` or `different-count`.
        why: what sets them apart.
        typed: whether it was typed here; otherwise it was typed in the other claim.
    """

    claim: str
    manner: str
    why: str | None
    typed: bool


@dataclass(frozen=True, slots=True)
class Library:
    """All records of a site, linked.

    Attributes:
        settings: the site's settings.
        vocabulary: the site's words.
        sources: by id, in the order of files.
        entities: by id.
        claims: by id, in reading order.
        events: by id.
        topics: by id.
        located: every record with its place, by kind and id.
        texts: stored texts by source id.
        text_files: the file in which each stored text stands, by source id.
        absent_texts: sources whose text is kept outside `content/` and was not at hand.
        cited_by: back-references by kind and id.
        rivals: contradictions by claim id, symmetric.
        redirects: id in use by kind and old id.
        corrections: the corrections log with places, newest last.
        pages: hand-written pages with their files.
        reads: takes notes of what is looked up; None where nobody wants them.
    """

    settings: Settings
    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]
    topics: Mapping[str, Topic]
    located: Mapping[tuple[str, str], Located]
    texts: Mapping[str, StoredText]
    cited_by: Mapping[tuple[str, str], tuple[Reference, ...]]
    rivals: Mapping[str, tuple[Rival, ...]]
    text_files: Mapping[str, str] = field(default_factory=dict)
    absent_texts: frozenset[str] = frozenset()
    redirects: Mapping[tuple[str, str], str] = field(default_factory=dict)
    corrections: Sequence[tuple[Correction, Place]] = ()
    pages: Sequence[tuple[HandPage, Document]] = ()
    reads: Reads | None = None

    def place(self, kind: str, one: str, *path: str | int) -> Place:
        """Find where a record, or a field of it, was typed."""
        return self.located[kind, one].place(*path)

    def text_place(self, source: str, line: int) -> Place:
        """Find a line of a stored text."""
        return Place(self.text_files[source], line, 1)

    def shows_words(self, source: str) -> bool:
        """Tell whether quotations from a source are published: it allows that, and its text was at hand to check them."""
        return self.sources[source].publish != "none" and source not in self.absent_texts

    def references_to(self, kind: str, one: str) -> tuple[Reference, ...]:
        """List who refers to a record, each record and role once, in the order of files."""
        return self.cited_by.get((kind, one), ())

    def path_of(self, kind: str, one: str) -> Loc:
        """Give the path of a record within its file."""
        return self.located[kind, one].loc
