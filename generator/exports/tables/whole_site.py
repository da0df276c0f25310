"""The tables that no kind of record has to itself: corrections, earlier ids, and the words of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from generator.derive.changes import anchor_corrections, concerned
from generator.exports.published import CORRECTIONS
from generator.exports.tables.columns import ONE_OF_EACH_KIND, POSITION, Column, Table, choices_of, of_each_kind
from generator.records import FOLDERS, Correction
from generator.vocabulary import Section, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_SECTIONS: tuple[Section, ...] = get_args(Section)


def _corrections(library: Library, _: Views, __: str, ___: str) -> Iterator[Row]:
    for anchor, (item, _place) in zip(anchor_corrections(library), library.corrections, strict=True):
        yield anchor, item.on.isoformat(), item.kind, item.was, item.now, item.why


def _corrected(library: Library, _: Views, __: str, ___: str) -> Iterator[Row]:
    for anchor, (item, _place) in zip(anchor_corrections(library), library.corrections, strict=True):
        found = [
            (typed, *key)
            for typed in item.records
            for key in concerned(library, item.model_copy(update={"records": (typed,)}))
        ]
        for position, (typed, kind, one) in enumerate(found, 1):
            yield anchor, position, typed, *of_each_kind(kind, one)


def _earlier(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    for old in library.located[kind, one].record.was:
        yield kind, old, *of_each_kind(kind, one)


def _vocabulary(library: Library, _: Views, __: str, ___: str) -> Iterator[Row]:
    for section in _SECTIONS:
        for position, (word, term) in enumerate(getattr(library.vocabulary, section).items(), 1):
            rating = term.rating if isinstance(term, Verdict) else None
            yield section, word, position, term.label, term.definition, rating


WHOLE_SITE = (
    Table(
        "corrections",
        "Corrections",
        "Each row is a published change of something that was published, the latest last.",
        (
            Column("id", "What tells it apart: its anchor on the page of corrections.", required=True),
            Column("day", "The day of the correction.", "date", required=True),
            Column("kind", "What sort of change it is.", required=True, choices=choices_of(Correction, "kind")),
            Column("was", "What stood there."),
            Column("now", "What stands there now."),
            Column("why", "The reason.", required=True),
        ),
        ("id",),
        (CORRECTIONS,),
        _corrections,
        label="id",
        facets=("kind",),
    ),
    Table(
        "correction_records",
        "Corrected records",
        "Each row is a record that a correction concerns.",
        (
            Column("correction", "The correction.", required=True, to="corrections"),
            POSITION,
            Column("typed", "The id as the correction names it, which may be an earlier one.", required=True),
            *ONE_OF_EACH_KIND,
        ),
        ("correction", "position"),
        (CORRECTIONS,),
        _corrected,
    ),
    Table(
        "earlier_ids",
        "Earlier ids",
        "Each row is an id that a record had before. Old addresses lead to the record.",
        (
            Column("kind", "The kind of the record.", required=True, choices=tuple(FOLDERS)),
            Column("earlier", "The earlier id.", required=True),
            *ONE_OF_EACH_KIND,
        ),
        ("kind", "earlier"),
        tuple(FOLDERS),
        _earlier,
        facets=("kind",),
    ),
    Table(
        "vocabulary",
        "Vocabulary",
        "Each row is a word of the site with what it means: verdicts, kinds of claims, genres, phases, stances, bases.",
        (
            Column("section", "What the word is for.", required=True, choices=_SECTIONS),
            Column("word", "The word that stands in the other tables.", required=True),
            POSITION,
            Column("label", "What readers see.", required=True),
            Column("definition", "What it means.", required=True),
            Column(
                "rating",
                "Of a verdict, from 1 (false) to 5 (true); empty where a number would mislead.",
                "integer",
            ),
        ),
        ("section", "word"),
        (CORRECTIONS,),
        _vocabulary,
        facets=("section",),
    ),
)
