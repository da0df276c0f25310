"""“How this claim travelled”: the reports of a claim in the order of their dates, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator import dates
from generator.derive import count, name_of
from generator.pages.jsonline import write_json
from generator.pages.lanes import fades_of
from generator.paths import Link, page_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.dates import When
    from generator.link import Library
    from generator.pages.planned import Site
    from generator.pages.ways import Report, Side, Way
    from generator.records import Claim, Hop

_ENOUGH = 2
_LANES = (("said", "Said"), ("for", "For"), ("against", "Against"))


class Step(NamedTuple):
    """A dated report, or a voice in it whose own date is known.

    Attributes:
        when: its date.
        lane: `said`, `for` or `against`.
        words: what it does: `Said`, `For`, `Against`, `Spoke`.
        link: to the citation on this page, by the outlet's or the voice's name.
        ways: from whom it has it, in words.
    """

    when: When
    lane: str
    words: str
    link: Link
    ways: str


@dataclass(frozen=True, slots=True)
class Travel:
    """How a claim travelled.

    Attributes:
        steps: in the order of time.
        undated: how many reports have no date.
        payload: of the picture, a line each.
    """

    steps: tuple[Step, ...]
    undated: int
    payload: tuple[str, ...]


def retrace(site: Site, claim: Claim, sides: Sequence[Side]) -> Travel | None:
    """Put the reports of a claim with these sides in the order of their dates; None where they have no two dates."""
    sources, reports = site.library.sources, [(side, report) for side in sides for report in side.reports]
    spoken = {hop.on.text for _, report in reports for way in report.ways for hop in way.hops if hop.on}
    if len(spoken.union(dated.text for _, report in reports if (dated := sources[report.source].dated))) < _ENOUGH:
        return None
    found = {
        (step.lane, step.words, step.link.label, step.when.text, step.link.anchor): step
        for side, report in reports
        for step in _steps(site, claim, side, report)
    }
    steps = sorted(found.values(), key=lambda step: dates.sort_key(step.when))
    undated = {report.source for _, report in reports if not sources[report.source].dated}
    return Travel(tuple(steps), len(undated), _picture(steps))


def date_together(site: Site, sides: Sequence[Side]) -> str:
    """Say of what date all reports are, where there are several and all have the same; else the empty string."""
    sources = {report.source for side in sides for report in side.reports}
    if len(sources) < _ENOUGH:
        return ""
    found = {site.library.sources[one].dated for one in sources}
    when = next(iter(found))
    if len(found) > 1 or when is None:
        return ""
    both = "Both reports" if len(sources) == _ENOUGH else f"All {count(len(sources), 'report', 'reports')}"
    return f"{both} are of {dates.humanize(when)}."


def _steps(site: Site, claim: Claim, side: Side, report: Report) -> Iterator[Step]:
    library, path = site.library, page_path("claim", claim.id)
    source = library.sources[report.source]
    outlet = name_of(library, source.outlet)
    lane = "against" if side.stance == "against" else "said" if report.anchor.startswith("seen") else "for"
    for hop in (hop for way in report.ways for hop in way.hops):
        if hop.on and (source.dated is None or hop.on.text != source.dated.text):
            name = _name(library, hop)
            yield Step(hop.on, lane, "Spoke", Link(path, name, report.anchor), f"as {outlet} has it")
    if source.dated:
        words = "; ".join(dict.fromkeys(_say(library, way, outlet) for way in report.ways))
        yield Step(source.dated, lane, report.words, Link(path, outlet, report.anchor), words)


def _name(library: Library, hop: Hop) -> str:
    return hop.unnamed or name_of(library, hop.who or hop.claimed or "")


def _say(library: Library, way: Way, outlet: str) -> str:
    if not way.traced:
        return "no origin given"
    names = [_name(library, hop) for hop in way.hops]
    names += [name for one in way.after if (name := name_of(library, one)) not in names]
    relays = [name for name in names[1:] if name != outlet]
    if names[:1] == [outlet]:
        return "its own report"
    return f"from {names[0]}{' through ' if relays else ''}{', '.join(relays)}"


def _picture(steps: Sequence[Step]) -> tuple[str, ...]:
    lanes = [lane for lane in _LANES if any(step.lane == lane[0] for step in steps)]
    rows: list[dict[str, object]] = [{"title": "The reports in the order of their dates", "lanes": lanes}]
    for number, step in enumerate(steps, 1):
        when = step.when
        rows.append(
            {
                "key": f"step-{number}",
                "href": f"#step-{number}",
                "number": number,
                "label": step.link.label,
                "lane": step.lane,
                "when": dates.humanize(when),
                "from": when.earliest.isoformat() if when.earliest else None,
                "to": when.latest.isoformat() if when.latest else None,
                "phase": "done",
                "fades": fades_of(when),
            }
        )
    return tuple(write_json(row) for row in rows)
