"""Events as a numbered list and as the picture above it: entries with their facets, and the lanes they are drawn in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import dates
from generator.derive import root_of
from generator.derive.naming import name_record
from generator.pages.choices import Facet, Item, topic_facet, year_facet
from generator.pages.facets import year_words
from generator.pages.jsonline import write_json
from generator.pages.lines import EventLine, claim_lines, event_line, link_to
from generator.pages.planned import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.dates import When
    from generator.pages.planned import Site

NO_PARTY = "others-"
"""The facet of events that involve none of the parties; no id ends in a hyphen."""
_SEVERAL = "several-"
_MOST_LANES = 6
_MOST_OFFERED = 24
_PART = 10
"""In the race for room for a label, so many claims weigh as much as one part of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(EventLine):
    """An event on a timeline that is a list and a picture.

    Attributes:
        number: its number, the same in both.
        item: what the list's filters and orders ask for; `facets` has `phase`, `party`, `topic` and `year`.
        here: whether the page is about it.
    """

    number: int
    item: Item
    here: bool


def entries_of(site: Site, ids: Sequence[str], *, first: int = 1, here: str = "") -> tuple[Entry, ...]:
    """Number events in reading order and say how they can be filtered.

    Args:
        site: the records and views.
        ids: the events in order.
        first: the number of the first one.
        here: the event that the page is about.
    """
    parties = parties_of(site, ids)
    return tuple(_entry(site, one, number, parties, here) for number, one in enumerate(ids, first))


def tell_in_full(site: Site, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Add what a timeline tells of events: the place, the summary, the claims."""
    events = ((entry, site.library.events[entry.id]) for entry in entries)
    return tuple(
        replace(
            entry,
            where=link_to(site, "entity", event.where) if event.where else None,
            summary=event.summary or "",
            claims=claim_lines(site, event.rests_on),
        )
        for entry, event in events
    )


def _entry(site: Site, one: str, number: int, parties: Sequence[str], here: str) -> Entry:
    event = site.library.events[one]
    roots = _roots(site, one) if parties else ()
    facets = {
        "phase": (event.phase,),
        "party": tuple(party for party in parties if party in roots) or ((NO_PARTY,) if parties else ()),
        "topic": event.topics,
        "year": year_words(event.when),
    }
    line = event_line(site, one)
    return Entry(
        one,
        line.link,
        line.when,
        line.phase,
        line.phase_word,
        line.weight,
        number=number,
        item=Item(one, facets, {"number": str(number)}),
        here=one == here,
    )


@once
def _roots(site: Site, one: str) -> frozenset[str]:
    """Fold those whom an event involves to whoever stood behind them at its time."""
    event = site.library.events[one]
    return frozenset(root_of(site.library.entities, who, event.when) for who in event.involves)


def parties_of(site: Site, ids: Iterable[str]) -> tuple[str, ...]:
    """List the parties of the fact sheets that events belong to, in the order of the sheets' ids."""
    sheets = sorted({topic for one in ids for topic in site.library.events[one].topics})
    return tuple(dict.fromkeys(party for one in sheets for party in site.library.topics[one].parties))


def facets_of(site: Site, entries: Sequence[Entry]) -> tuple[Facet, ...]:
    """Name the filters of a list of events: party, phase, fact sheet, year."""
    library = site.library
    parties = {one: name_record(library, "entity", one) for one in parties_of(site, (entry.id for entry in entries))}
    phases = {word: term.label for word, term in library.vocabulary.phases.items()}
    items = [entry.item for entry in entries]
    return (
        Facet("party", "Party", {**parties, NO_PARTY: "Others"}, most=_MOST_OFFERED, noun="parties"),
        Facet("phase", "Phase", phases),
        topic_facet(site, items, most=_MOST_OFFERED),
        year_facet(items),
    )


def lanes_payload(site: Site, entries: Sequence[Entry], *, title: str, anchors: str = "#on-") -> str:
    """Write the lines of the block `timeline-lanes`, for `parts/lanes.md.jinja`.

    Lanes are the parties of the fact sheets, with one for events of several parties; where all events would stand in one
    lane, or the parties are too many, the lanes are the phases.

    Args:
        site: the records and views.
        entries: the events in order, as the list beside the picture has them.
        title: what the picture shows.
        anchors: what stands before an event's id in the address of its entry.

    Returns:
        One JSON object a line; the empty string where there are fewer than two events.
    """
    if len(entries) < 2:  # noqa: PLR2004 - one event is no line
        return ""
    lanes, lane_of = _arrange(site, entries)
    parts = site.views.timelines.parts_of
    rows: list[dict[str, object]] = [{"title": title, "lanes": lanes}]
    for entry in entries:
        when = entry.when
        row: dict[str, object] = {
            "key": entry.id,
            "href": f"{anchors}{entry.id}",
            "number": entry.number,
            "label": entry.link.label,
            "lane": lane_of[entry.id],
            "when": dates.humanize(when),
            "from": when.earliest.isoformat() if when.earliest else None,
            "to": when.latest.isoformat() if when.latest else None,
            "phase": entry.phase,
            "fades": fades_of(when),
            "weight": entry.weight + _PART * len(parts.get(entry.id, ())),
        }
        rows.append(row | ({"here": True} if entry.here else {}))
    return "\n".join(write_json(row) for row in rows)


def fades_of(when: When) -> str:
    """Tell at which ends a date is not exact: `start`, `end`, `both` or neither.

    An end is not exact where it is open, unknown, approximate or uncertain. A month or a year that was typed for one
    moment says only that it lies within, so both ends fade; of a typed interval the ends are taken at their word.
    """
    if "/" not in when.text:
        return "both" if when.approximate or when.uncertain or when.precision not in ("day", "minute") else ""
    start, end = (not part or part == ".." or part[-1] in "~?%" for part in when.text.split("/"))
    return "both" if start and end else "start" if start else "end" if end else ""


def _arrange(site: Site, entries: Sequence[Entry]) -> tuple[list[list[str]], Mapping[str, str]]:
    """Choose the lanes, and one of them for each event."""
    parties = parties_of(site, (entry.id for entry in entries))
    if len(parties) <= _MOST_LANES:
        held = {entry.id: entry.item.facets["party"] for entry in entries}
        lane_of = {one: found[0] if len(found) == 1 else _SEVERAL for one, found in held.items()}
        names = {one: name_record(site.library, "entity", one) for one in parties}
        several = {_SEVERAL: "Both sides" if len(parties) == 2 else "Several parties"}  # noqa: PLR2004
        pairs = list(names.items())
        order = dict([*pairs[:1], *several.items(), *pairs[1:], (NO_PARTY, "Others")])
        if len(set(lane_of.values())) > 1:
            return _used(order, lane_of), lane_of
    lane_of = {entry.id: entry.phase for entry in entries}
    if len(set(lane_of.values())) > 1:
        return _used({word: term.label for word, term in site.library.vocabulary.phases.items()}, lane_of), lane_of
    return [["", ""]], dict.fromkeys(lane_of, "")


def _used(order: Mapping[str, str], lane_of: Mapping[str, str]) -> list[list[str]]:
    used = set(lane_of.values())
    return [[one, title] for one, title in order.items() if one in used]
