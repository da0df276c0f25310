"""What readers call a record: a short name for every kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator import dates
from generator.derive.wording import name_of
from generator.dialect import prose_plain
from generator.reads import OnDemand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.link import Library
    from generator.records import Source


def name_source(library: Library, source: Source) -> str:
    """Name a source: its title, or its outlet and date where the title is not known."""
    if source.title:
        return source.title
    outlet = name_of(library, source.outlet)
    return f"{outlet}, {dates.humanize(source.dated)}" if source.dated else f"{outlet}, undated"


def count_names(library: Library) -> Mapping[str, int]:
    """Count the sources that have the same name."""
    return Counter(name_source(library, source) for source in library.sources.values())


def name_sources(library: Library, counts: Mapping[str, int]) -> Mapping[str, str]:
    """Name every source so that no two have one name: those that would share it carry their id.

    Args:
        library: the linked records.
        counts: how many sources have each name.
    """

    def name(one: str) -> str:
        found = name_source(library, library.sources[one])
        return f"{found} [{one}]" if counts[found] > 1 else found

    return OnDemand(lambda: iter(library.sources), name, library.reads)


def cite_source(library: Library, source: Source) -> str:
    """Name a source as in a citation: `Interfax, 22 May 2025`, without its title."""
    outlet = name_of(library, source.outlet)
    return f"{outlet}, {dates.humanize(source.dated)}" if source.dated else outlet


def name_language(tag: str) -> str:
    """Name a language (BCP 47 tag) in English; a tag that is not known stands for itself."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only pages name languages

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def name_record(library: Library, kind: str, one: str) -> str:
    """Name a record by kind and id; an id that is not known names itself."""
    if kind == "entity":
        return name_of(library, one)
    if kind == "claim" and one in library.claims:
        return prose_plain(library.claims[one].says)
    if kind == "event" and one in library.events:
        return library.events[one].title
    if kind == "topic" and one in library.topics:
        return library.topics[one].title
    if kind == "source" and one in library.sources:
        return name_source(library, library.sources[one])
    return one
