"""The tables of the claims: what is claimed, how it is judged, and what each claim leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.tables.columns import (
    ID,
    OF_CLAIM,
    PAGE,
    POSITION,
    Column,
    Table,
    address,
    choices_of,
    number,
    when_columns,
    write_when,
)
from generator.records import Contradiction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Views
    from generator.exports.tables.columns import Row
    from generator.link import Library

_RELATIONS = ("after", "implies")
_LISTS = ("missing", "unknown", "computed")


def _claims(library: Library, _: Views, kind: str, one: str) -> Iterator[Row]:
    claim = library.claims[one]
    searched, checked = claim.searched, claim.checked
    yield (
        one,
        claim.says,
        claim.kind,
        *write_when(claim.when),
        claim.speaker,
        claim.content,
        claim.verdict,
        claim.why,
        searched.where if searched else None,
        searched.until.isoformat() if searched else None,
        claim.superseded_by,
        claim.outcome,
        checked.on.isoformat() if checked else None,
        claim.review_by.isoformat() if claim.review_by else None,
        address(library, kind, one),
    )


def _topics(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.claims[one].topics)


def _entities(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    return number(one, library.claims[one].about)


def _relations(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    claim = library.claims[one]
    for relation in _RELATIONS:
        for position, other in enumerate(getattr(claim, relation), 1):
            yield one, relation, position, other


def _contradictions(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for position, item in enumerate(library.claims[one].contradicts, 1):
        yield one, position, item.claim, item.manner, item.why


def _texts(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    claim = library.claims[one]
    for name in _LISTS:
        for position, text in enumerate(getattr(claim, name), 1):
            yield one, name, position, text


def _terms(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    searched = library.claims[one].searched
    return number(one, searched.terms if searched else ())


def _checkers(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    checked = library.claims[one].checked
    return number(one, checked.by if checked else ())


def _log(library: Library, _: Views, __: str, one: str) -> Iterator[Row]:
    for position, entry in enumerate(library.claims[one].log, 1):
        says, why = (entry.was.says, entry.was.why) if entry.was else (None, None)
        yield one, position, entry.on.isoformat(), entry.verdict, entry.note, says, why


CLAIMS = (
    Table(
        "claims",
        "Claims",
        "Each row is one testable statement with its verdict and the reason for it.",
        (
            ID,
            Column("says", "The statement, in the editors' words.", required=True),
            Column("kind", "What sort of statement it is.", required=True, words="kinds"),
            *when_columns("when", "The time that the statement is about."),
            Column("speaker", "Who said it, for a statement.", to="entities"),
            Column("content", "The claim that a statement makes; whether that is so is judged there.", to="claims"),
            Column("verdict", "How it is judged, as of its `when`.", required=True, words="verdicts"),
            Column("why", "The reason for the verdict."),
            Column("searched_where", "What was searched without finding anything; the terms are in `claim_terms`."),
            Column("searched_until", "The last day that this search covered.", "date"),
            Column("superseded_by", "A later claim that makes this one outdated.", to="claims"),
            Column("outcome", "What became of a forecast.", to="claims"),
            Column("checked_on", "The day of the last check; who checked it is in `claim_checkers`.", "date"),
            Column("review_by", "The day by which it should be looked at again.", "date"),
            PAGE,
        ),
        ("id",),
        ("claim",),
        _claims,
        label="says",
        search=("says", "why"),
        facets=("verdict", "kind", "speaker"),
    ),
    Table(
        "claim_topics",
        "Claims and topics",
        "Each row puts a claim on a fact sheet.",
        (OF_CLAIM, POSITION, Column("topic", "The fact sheet.", required=True, to="topics")),
        ("claim", "position"),
        ("claim",),
        _topics,
        facets=("topic",),
    ),
    Table(
        "claim_entities",
        "Claims and entities",
        "Each row says whom or what a claim concerns.",
        (OF_CLAIM, POSITION, Column("entity", "Whom or what it concerns.", required=True, to="entities")),
        ("claim", "position"),
        ("claim",),
        _entities,
        facets=("entity",),
    ),
    Table(
        "claim_relations",
        "Relations between claims",
        "Each row leads from a claim to one that comes before it on the same day, or that it takes for granted.",
        (
            OF_CLAIM,
            Column(
                "relation",
                "`after`: the other comes before it on the same day. `implies`: an opinion takes the other for granted.",
                required=True,
                choices=_RELATIONS,
            ),
            POSITION,
            Column("other", "The other claim.", required=True, to="claims"),
        ),
        ("claim", "relation", "position"),
        ("claim",),
        _relations,
        facets=("relation",),
    ),
    Table(
        "contradictions",
        "Contradictions",
        "Each row is a pair of claims that cannot both be so. It stands once, whichever claim it is looked at from.",
        (
            OF_CLAIM,
            POSITION,
            Column("other", "The other claim.", required=True, to="claims"),
            Column(
                "manner",
                "`rival` where the two accounts exclude each other, `different-count` where they count different things.",
                required=True,
                choices=choices_of(Contradiction, "manner"),
            ),
            Column("why", "What sets the two apart."),
        ),
        ("claim", "position"),
        ("claim",),
        _contradictions,
        facets=("manner",),
    ),
    Table(
        "claim_texts",
        "What claims leave out, what is not known, and sums",
        "Each row is one item of a list of sentences or sums that belongs to a claim.",
        (
            OF_CLAIM,
            Column(
                "list",
                "`missing`: what the words leave out. `unknown`: what is not known. "
                "`computed`: a sum of cited figures that gives a figure of the claim.",
                required=True,
                choices=_LISTS,
            ),
            POSITION,
            Column("text", "The sentence or sum.", required=True),
        ),
        ("claim", "list", "position"),
        ("claim",),
        _texts,
        facets=("list",),
    ),
    Table(
        "claim_terms",
        "Search terms",
        "Each row is one of the terms that were searched for without finding anything.",
        (OF_CLAIM, POSITION, Column("term", "What was searched for.", required=True)),
        ("claim", "position"),
        ("claim",),
        _terms,
    ),
    Table(
        "claim_checkers",
        "Who checked the claims",
        "Each row is somebody who checked a claim.",
        (OF_CLAIM, POSITION, Column("checker", "The name or the initials.", required=True)),
        ("claim", "position"),
        ("claim",),
        _checkers,
        facets=("checker",),
    ),
    Table(
        "claim_log",
        "Judgements",
        "Each row is a judgement in the history of a claim, the first one first.",
        (
            OF_CLAIM,
            POSITION,
            Column("day", "The day of the judgement.", "date", required=True),
            Column("verdict", "The verdict that was given on that day.", required=True, words="verdicts"),
            Column("note", "What happened, in one sentence."),
            Column("was_says", "What the claim said before, where its words changed."),
            Column("was_why", "The reason that was given before, where it changed."),
        ),
        ("claim", "position"),
        ("claim",),
        _log,
        facets=("verdict",),
    ),
)
