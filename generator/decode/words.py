"""Words of the vocabulary are used where a field expects one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic
from generator.records import Claim, Event, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.documents import Document, Loc
    from generator.records import Evidence, Record
    from generator.vocabulary import Section, Vocabulary


def _words_of(record: Record) -> Iterator[tuple[Loc, Section, str]]:
    """List where a record uses a word, of which section, and the word."""
    if isinstance(record, Source):
        yield ("genre",), "genres", record.genre
    if isinstance(record, Claim):
        yield ("kind",), "kinds", record.kind
        yield ("verdict",), "verdicts", record.verdict
        for index, entry in enumerate(record.log):
            yield ("log", index, "verdict"), "verdicts", entry.verdict
        yield from _words_of_evidence(record.evidence)
    if isinstance(record, Event):
        yield ("phase",), "phases", record.phase
        yield from _words_of_evidence(record.evidence)


def _words_of_evidence(evidence: tuple[Evidence, ...]) -> Iterator[tuple[Loc, Section, str]]:
    for index, item in enumerate(evidence):
        yield ("evidence", index, "stance"), "stances", item.stance
        yield ("evidence", index, "basis"), "bases", item.basis


def check_words(
    document: Document, loc: Loc, kind: str, record: Record, vocabulary: Vocabulary
) -> tuple[Diagnostic, ...]:
    """Say which words of a record the vocabulary does not know, with the nearest one that it does."""
    found = []
    for path, section, word in _words_of(record):
        terms = getattr(vocabulary, section)
        if word in terms:
            continue
        from generator.decode.spelling import find_word, list_words, set_off, show_word  # noqa: PLC0415

        known = {one: term.label for one, term in terms.items()}
        meant, sure = find_word(word, str(path[-1]), known)
        place = document.place((*loc, *path))
        found.append(
            Diagnostic(
                place,
                "unknown-word",
                f"{set_off(word)} is not one of the {section} this {kind} may have.",
                f"Did you mean {show_word(meant, known[meant])}?" if meant else f"Write {list_words(known)}.",
                fix=meant if sure and place.end_line else None,
            )
        )
    return tuple(found)
