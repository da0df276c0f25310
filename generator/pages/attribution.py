"""The attribution diagram of a claim: what its boxes and lines are, and the sentences that say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator import dates
from generator.checks.verdicts import PRIMARY_GENRES
from generator.derive import UNNAMED, explain_reports, name_of
from generator.derive.naming import name_source
from generator.pages.jsonline import write_json
from generator.records import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.link import Library
    from generator.pages.planned import Site
    from generator.pages.ways import Report, Side, Way
    from generator.records import Claim, Hop

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """How many reports and origins there are on one side.

    Attributes:
        label: which side; empty where it goes without saying.
        words: the sentence.
    """

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """What the attribution diagram shows.

    Attributes:
        payload: of the fenced block: a line each for the title, for every stop and for every way.
        summaries: reports and origins of each side in a sentence.
        keys: what the forms of boxes and lines mean, as far as they occur.
    """

    payload: tuple[str, ...]
    summaries: tuple[Summary, ...]
    keys: tuple[str, ...]


class _Stop(NamedTuple):
    """One box; see the fenced block `attribution` for the meaning of each field."""

    stop: str
    label: str
    title: str = ""
    notes: tuple[str, ...] = ()
    form: Literal["plain", "dashed", "double"] = "plain"
    group: str = ""
    origin: str = ""
    side: str = ""

    def row(self) -> dict[str, object]:
        """Give the fields that are not empty."""
        return {name: value for name, value in zip(self._fields, self, strict=True) if value and value != "plain"}


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Stops and ways as they are found.

    Attributes:
        stops: by key.
        ways: by the keys of their stops: whether they count.
        voices: how many voices fold to each root.
    """

    voices: dict[str, int]
    stops: dict[str, _Stop] = field(default_factory=dict)
    ways: dict[tuple[str, ...], bool] = field(default_factory=dict)

    def keep(self, stop: _Stop) -> str:
        """Add a stop, or let it share the box that it has; one voice as two origins has two boxes."""
        known = self.stops.get(stop.stop, stop)
        if stop.group and known.group and stop.group != known.group:
            stop = stop._replace(stop=f"{stop.stop}@{stop.group}")
            known = self.stops.get(stop.stop, stop)
        form = "double" if "double" in (stop.form, known.form) else known.form
        kept = stop if stop.group else known
        self.stops[stop.stop] = kept if kept.form == form else kept._replace(form=form)
        return stop.stop


def draw_ways(site: Site, claim: Claim, sides: Sequence[Side]) -> Diagram | None:
    """Describe the diagram of a claim with these sides; None where there is only one way, which a sentence tells as well."""
    library = site.library
    if sum(len(report.ways) for side in sides for report in side.reports) < _ENOUGH:
        return None
    voices: dict[str, set[str]] = {}
    for side in sides:
        for origin in side.tally.origins:
            voices.setdefault(origin.root, set()).update(origin.voices)
    found = _Gathered({root: len(names) for root, names in voices.items()})
    for side in sides:
        for report in side.reports:
            key = found.keep(_report(library, side, report))
            for way in report.ways:
                keys = (*_follow(library, side, report, way, found), key)
                found.ways[keys] = found.ways.get(keys, False) or way.origin is not None
    if len(found.ways) < _ENOUGH:
        return None
    summaries = _summarise(site, claim, sides)
    title = " ".join(("From origins to reports.", *(_say(summary) for summary in summaries)))
    rows = [{"title": title}, *(stop.row() for stop in found.stops.values())]
    rows += [{"way": way, "counts": counts} for way, counts in found.ways.items()]
    return Diagram(tuple(write_json(row) for row in rows), summaries, _keys(found))


def _say(summary: Summary) -> str:
    return f"{summary.label}: {summary.words}" if summary.label else summary.words


def _summarise(site: Site, claim: Claim, sides: Sequence[Side]) -> tuple[Summary, ...]:
    """Put both sides into words; the badge counts the evidence alone, so that it is said where more is counted."""
    badge = explain_reports(site.library, site.views.standings[claim.id].support)
    summaries = []
    for side in sides:
        words = explain_reports(site.library, side.tally)
        plain = len(sides) == 1 and words == badge
        label = "Against it" if side.stance == "against" else "" if plain else "Everything that says so"
        summaries.append(Summary(label, words))
    return tuple(summaries)


def _report(library: Library, side: Side, report: Report) -> _Stop:
    """Describe a report: a document only where it is cited as the record itself, as the rules about verdicts have it."""
    source = library.sources[report.source]
    cited = [side.items[index] for index in report.items]
    evidence = [item for item in cited if isinstance(item, Evidence)]
    sign = "− " if side.stance == "against" else "+ " if evidence else ""
    outlet, when = name_of(library, source.outlet), dates.humanize(source.dated) if source.dated else "undated"
    is_record = source.genre in PRIMARY_GENRES and any(item.basis == "document" for item in evidence)
    return _Stop(
        f"{side.stance}:{report.source}",
        outlet,
        f"{name_source(library, source)}, {outlet}, {when}" if source.title else "",
        (f"{sign}{report.words}", when),
        "double" if is_record else "plain",
        side=side.stance,
    )


def _follow(library: Library, side: Side, report: Report, way: Way, found: _Gathered) -> list[str]:
    """Add the voices of a way, the one that counts as an origin with its letter, and give their keys."""
    if not way.traced:
        return [found.keep(_Stop(f"?{side.stance}:{report.source}", "no origin given", form="dashed"))]
    voices = [(hop.who or hop.claimed or hop.unnamed or "", _hop(library, hop)) for hop in way.hops]
    voices += [(outlet, _entity(library, outlet)) for outlet in way.after]
    names = [name for name, _ in voices]
    first = names.index(way.voice) if way.origin else -1
    keys = []
    for place, (name, stop) in enumerate(voices):
        if place == first and way.origin:
            root = way.origin.root
            of = "unnamed voices" if root == UNNAMED else name_of(library, root)
            keys.append(found.keep(stop._replace(group=root, origin=of if found.voices[root] > 1 else "")))
        else:
            keys.append(found.keep(stop._replace(notes=("the speaker",)) if name == side.speaker else stop))
    return keys


def _hop(library: Library, hop: Hop) -> _Stop:
    if hop.unnamed is not None:
        return _Stop(f"?{hop.unnamed}", hop.unnamed, form="dashed")
    if hop.claimed is not None:
        stop = _entity(library, hop.claimed)
        return stop._replace(stop=f"claimed:{hop.claimed}", notes=("known only from this text",))
    stop = _entity(library, hop.who or "")
    return stop._replace(form="double") if hop.source is not None and hop.source in library.texts else stop


def _entity(library: Library, one: str) -> _Stop:
    is_document = one in library.entities and library.entities[one].type == "document"
    return _Stop(f"voice:{one}", name_of(library, one), form="double" if is_document else "plain")


def _keys(found: _Gathered) -> tuple[str, ...]:
    stops = found.stops.values()
    groups = [stop.group for stop in stops if stop.group]
    told = (
        (len(set(groups)) < len(groups), "Boxes with one letter count as one origin."),
        (any(stop.form == "dashed" for stop in stops), "Dashed outline: nobody is named."),
        (any(stop.form == "double" for stop in stops), "Double outline: a document, or words that are stored here."),
        (not all(found.ways.values()), "Thin dotted line: not counted."),
    )
    return tuple(words for occurs, words in told if occurs)
