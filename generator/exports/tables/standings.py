"""The tables of what the build computes about each claim. None of it is a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from generator.derive import UNNAMED, Flag
from generator.derive.said import Reach
from generator.exports.tables.columns import OF_CLAIM, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive import Tally, Views
    from generator.exports.tables.columns import Cell, Row
    from generator.link import Library

_FLAGS: tuple[Flag, ...] = get_args(Flag)
_TALLIES = ("reports", "support", "against")
_MEANINGS: dict[Flag, str] = {
    "single-origin": "Whether one origin alone counts for it or, where none does, says it.",
    "outdated": "Whether a later claim makes it outdated.",
    "stale": "Whether the day has passed by which it should have been looked at again.",
    "unnamed-origin": "Whether only voices without a name are its origin.",
    "no-source-found": "Whether a search found no source that names its origin.",
    "both-sides-say": "Whether all parties of one of its fact sheets say so.",
}


def _count(tally: Tally) -> tuple[Cell, ...]:
    return tally.reports, len(tally.origins), tally.conduit


def _standings(_: Library, views: Views, __: str, one: str) -> Iterator[Row]:
    standing = views.standings[one]
    yield (
        one,
        standing.said.reach,
        standing.said.hops,
        *_count(standing.reports),
        *_count(standing.support),
        *_count(standing.against),
        *(flag in standing.flags for flag in _FLAGS),
    )


def _origins(_: Library, views: Views, __: str, one: str) -> Iterator[Row]:
    standing = views.standings[one]
    for name in _TALLIES:
        for place, origin in enumerate(getattr(standing, name).origins, 1):
            for position, voice in enumerate(origin.voices, 1):
                named = (origin.root, voice, None) if origin.root != UNNAMED else (None, None, voice)
                yield one, name, place, position, *named


def _tally_columns(prefix: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}reports", f"How many sources {what}.", "integer", required=True),
        Column(
            f"{prefix}origins",
            "How many independent origins these go back to; see `claim_origins`.",
            "integer",
            required=True,
        ),
        Column(f"{prefix}conduit", "The one relay through which all of these came, where there is one.", to="entities"),
    )


STANDINGS = (
    Table(
        "claim_standings",
        "What was computed of the claims",
        "Each row holds what the build computed about a claim from its citations. None of it is a verdict.",
        (
            OF_CLAIM,
            Column(
                "said",
                "How near the stored words are to whoever said them first.",
                required=True,
                choices=get_args(Reach),
            ),
            Column(
                "hops",
                "Where it is `relayed`: how many voices stand before the source; else 0.",
                "integer",
                required=True,
            ),
            *_tally_columns("", "say it"),
            *_tally_columns("support_", "count for it"),
            *_tally_columns("against_", "count against it"),
            *(Column(flag.replace("-", "_"), _MEANINGS[flag], "boolean", required=True) for flag in _FLAGS),
        ),
        ("claim",),
        ("claim",),
        _standings,
        facets=("said", *(flag.replace("-", "_") for flag in _FLAGS)),
    ),
    Table(
        "claim_origins",
        "Origins",
        "Each row is one voice of an independent origin. Voices that fold to one entity are one origin.",
        (
            OF_CLAIM,
            Column(
                "tally",
                "Which count it belongs to: `reports` of all that say so, `support` of what counts for it, "
                "`against` of what counts against it.",
                required=True,
                choices=_TALLIES,
            ),
            Column("origin", "The number of the origin in this count, from 1.", "integer", required=True),
            Column("position", "The number of the voice in this origin, from 1.", "integer", required=True),
            Column("root", "The entity that its voices fold to; empty for voices without a name.", to="entities"),
            Column("voice", "The voice, where it has a name.", to="entities"),
            Column("unnamed", "The voice in the editors' words, where it has no name."),
        ),
        ("claim", "tally", "origin", "position"),
        ("claim",),
        _origins,
        facets=("tally", "root"),
    ),
)
