"""The kinds of record, the folder each lives in, and the model that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from generator.records.claim import Claim
from generator.records.entity import Entity
from generator.records.event import Event
from generator.records.fields import Record
from generator.records.source import Source
from generator.records.topic import Topic

KindName = Literal["source", "entity", "claim", "event", "topic"]

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {"source": Source, "entity": Entity, "claim": Claim, "event": Event, "topic": Topic}
)
"""Record models by kind; the kind is also the scheme of a record link (`claim:id`)."""

FOLDERS: Mapping[str, str] = MappingProxyType(
    {"source": "sources", "entity": "entities", "claim": "claims", "event": "events", "topic": "topics"}
)
"""Folder below `content/`, and first part of the page's address, by kind."""

SITE_PAGES = frozenset(
    {"home", "topics", "timeline", "claims", "contradictions", "sources", "entities", "events", "corrections", "method"}
    | {"data", "search"}
)
"""Names of the site's own pages, for links such as `page:method`; hand-written pages go by their ids."""


def folder_of(kind: str) -> str:
    """Name the folder of a kind, which is also the first part of its pages' addresses."""
    return FOLDERS[kind]
