"""What the columns of a spreadsheet can be: the fields that an import may set, by kind of record and by form of their value."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.importers.rows import DraftKind

Form: TypeAlias = Literal[
    "id", "ids", "line", "lines", "prose", "when", "day", "url", "language", "word", "entity", "entities", "wikidata", "chain"
]  # fmt: skip
EntityType: TypeAlias = Literal["person", "organisation", "outlet", "place", "document"]

NOWHERE = frozenset({"note", "skip"})
"""What a column can be that sets no field: kept in the notes, or left out."""


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can set.

    Attributes:
        form: what its value looks like.
        words: where it takes a word of a list: `kinds`, `phases`, `genres` or `types`; else empty.
        type: where it takes an entity of one type: that type; else empty.
        needed: whether a record cannot do without.
    """

    form: Form
    words: str = ""
    type: EntityType | Literal[""] = ""
    needed: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it takes a date."""
        return self.form in {"when", "day"}

    @property
    def is_entity(self) -> bool:
        """Whether it takes entities, by id or by name."""
        return self.form in {"entity", "entities", "chain"}

    @property
    def is_many(self) -> bool:
        """Whether it takes several values."""
        return self.form in {"ids", "lines", "entities", "chain"}

    @property
    def is_text(self) -> bool:
        """Whether it takes words for readers."""
        return self.form in {"line", "lines", "prose"}


_SEEN: Mapping[str, Target] = MappingProxyType(
    {
        "seen.in": Target("id"),
        "seen.quote": Target("line"),
        "seen.finding": Target("prose"),
        "seen.chain": Target("chain"),
        "seen.outlet": Target("entity", type="outlet"),
        "seen.url": Target("url"),
        "seen.archived": Target("url"),
        "seen.title": Target("line"),
        "seen.authors": Target("lines"),
        "seen.published": Target("when"),
        "seen.accessed": Target("day"),
        "seen.language": Target("language"),
        "seen.genre": Target("word", "genres"),
        "seen.summary": Target("prose"),
    }
)
"""Where a claim is said: the source of the row, and what is cited of it."""

TARGETS: Mapping[DraftKind, Mapping[str, Target]] = MappingProxyType(
    {
        "claim": MappingProxyType(
            {
                "id": Target("id"),
                "says": Target("prose", needed=True),
                "kind": Target("word", "kinds"),
                "topics": Target("ids"),
                "about": Target("entities"),
                "when": Target("when"),
                "after": Target("ids"),
                "speaker": Target("entity"),
                "content": Target("id"),
                "superseded_by": Target("id"),
                "outcome": Target("id"),
                "implies": Target("ids"),
                **_SEEN,
            }
        ),
        "event": MappingProxyType(
            {
                "id": Target("id"),
                "title": Target("line", needed=True),
                "when": Target("when", needed=True),
                "phase": Target("word", "phases"),
                "where": Target("entity", type="place"),
                "involves": Target("entities"),
                "topics": Target("ids"),
                "rests_on": Target("ids"),
                "part_of": Target("id"),
                "summary": Target("prose"),
                **_SEEN,
            }
        ),
        "source": MappingProxyType(
            {
                "id": Target("id"),
                "title": Target("line"),
                "outlet": Target("entity", type="outlet", needed=True),
                "authors": Target("lines"),
                "published": Target("when"),
                "accessed": Target("day"),
                "url": Target("url"),
                "archived": Target("url"),
                "language": Target("language", needed=True),
                "genre": Target("word", "genres", needed=True),
                "written": Target("when"),
                "reprints": Target("ids"),
                "summary": Target("prose"),
            }
        ),
        "entity": MappingProxyType(
            {
                "id": Target("id"),
                "type": Target("word", "types", needed=True),
                "name": Target("line", needed=True),
                "description": Target("prose"),
                "speaks_for": Target("ids"),
                "owned_by": Target("ids"),
                "part_of": Target("ids"),
                "wikidata": Target("wikidata"),
            }
        ),
    }
)
"""The fields that columns can set, by kind of record, in the order in which they are listed."""

UNJUDGED = frozenset({"verdict", "why", "missing", "unknown", "checked", "log", "evidence", "review_by"})
"""Fields that say how a claim is judged. Nobody here has judged what is imported."""

_IN_LANGUAGES = MappingProxyType(
    {"entity": ("names.", Target("line")), "source": ("translated_title.", Target("line"))}
)


def find_target(kind: DraftKind, name: str) -> Target | None:
    """Find the field that a column names; None where records of the kind have none that an import sets."""
    prefix, target = _IN_LANGUAGES.get(kind, ("", None))
    if target is not None and name.startswith(prefix) and name != prefix:
        return target
    return TARGETS[kind].get(name)


def list_targets(kind: DraftKind) -> tuple[str, ...]:
    """List the fields that columns can set."""
    prefix, _ = _IN_LANGUAGES.get(kind, ("", None))
    return (*TARGETS[kind], *([f"{prefix}LANGUAGE"] if prefix else []))
