"""The graph behind the picture: ways share their stops, stops stand in layers, and what is too much is summed up.

A layer never points back: every way runs from a lower layer to a higher one, and all reports stand in the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from generator.dialect.escaping import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Form = Literal["plain", "dashed", "double"]
FORMS: tuple[Form, ...] = ("plain", "dashed", "double")
MOST = 12
"""So many stops of a layer are drawn; more of them are summed up in one."""
_FEWEST_AGAINST = 4


class Stop(NamedTuple):
    """One box.

    Attributes:
        key: what tells it apart.
        label: its name.
        title: the whole of what it is, where the label says less.
        notes: short lines below the label.
        form: of its outline: plain, dashed (nobody is named) or double (a document).
        group: the origin it counts as; stops of one group are framed together and bear one letter.
        origin: name of that origin, where several voices make it.
        side: of a report: `for` or `against`; empty for a voice.
    """

    key: str
    label: str
    title: str = ""
    notes: tuple[str, ...] = ()
    form: Form = "plain"
    group: str = ""
    origin: str = ""
    side: str = ""


class Tie(NamedTuple):
    """What a line between two stops tells.

    Attributes:
        counts: one of the ways along it leads back to an origin that counts.
        against: all ways along it speak against the claim.
    """

    counts: bool = False
    against: bool = True

    def join(self, other: Tie) -> Tie:
        """Let two ways share a line."""
        return Tie(self.counts or other.counts, self.against and other.against)


class Graph(NamedTuple):
    """Stops in layers, and the lines between them.

    Attributes:
        layers: the stops, those that come first in the first layer; the last layer holds the reports.
        ties: the lines by the keys of the stops they join.
    """

    layers: tuple[tuple[Stop, ...], ...]
    ties: Mapping[tuple[str, str], Tie]


@dataclass(frozen=True, slots=True)
class _Web:
    """The graph while ways are added to it: stops by key, and the lines out of each."""

    stops: dict[str, Stop] = field(default_factory=dict)
    ties: dict[str, dict[str, Tie]] = field(default_factory=dict)

    def leads(self, one: str, other: str) -> bool:
        """Tell whether a way leads from one stop to the other."""
        seen = {one}
        for key in (walk := [one]):
            after = [b for b in self.ties.get(key, ()) if b not in seen]
            seen.update(after)
            walk += after
        return other in seen

    def add(self, way: Sequence[Stop], tie: Tie) -> None:
        """Add a way; a stop that would close a circle is drawn a second time."""
        before = ""
        for stop in way:
            key, times = stop.key, 1
            while before and self.leads(key, before):
                times += 1
                key = f"{stop.key}#{times}"
            self.stops.setdefault(key, stop if times == 1 else stop._replace(key=key))
            if before:
                after = self.ties.setdefault(before, {})
                after[key] = after.get(key, Tie()).join(tie)
            before = key


def read_graph(rows: Iterable[Mapping[str, Any]]) -> Graph:
    """Read the stops and ways of a payload.

    Raises:
        ValueError: a stop has no key or an unknown form, or a way is empty, names no known stop or ends in no report.
    """
    stops: dict[str, Stop] = {}
    web = _Web()
    for row in rows:
        if "stop" in row:
            stops[row["stop"]] = _read_stop(row)
        elif "way" in row:
            if not row["way"] or any(key not in stops for key in row["way"]):
                raise ValueError(f"a way runs over stops that are known: {row['way']!r}")
            way = [stops[key] for key in row["way"]]
            if not way[-1].side or any(stop.side for stop in way[:-1]):
                raise ValueError(f"a way ends in a report, and in no other place: {row['way']!r}")
            web.add(way, Tie(bool(row["counts"]), way[-1].side == "against"))
        else:
            raise ValueError(f"neither a stop nor a way: {row!r}")
    ties = {(a, b): tie for a, after in web.ties.items() for b, tie in after.items()}
    return _sum_up(_layer(web.stops, ties), ties)


def _read_stop(row: Mapping[str, Any]) -> Stop:
    form = row.get("form", "plain")
    if form not in FORMS:
        raise ValueError(f"no form of a box: {form!r}")
    return Stop(
        row["stop"],
        tidy(row["label"]),
        tidy(row.get("title", "")),
        tuple(tidy(note) for note in row.get("notes", ())),
        form,
        row.get("group", ""),
        tidy(row.get("origin", "")),
        row.get("side", ""),
    )


def _layer(stops: Mapping[str, Stop], ties: Iterable[tuple[str, str]]) -> list[list[Stop]]:
    """Give each voice the layer after the last of those it has it from, and all reports the last one."""
    before: dict[str, list[str]] = {key: [] for key in stops}
    for a, b in ties:
        before[b].append(a)
    depth: dict[str, int] = {}
    for key in TopologicalSorter(before).static_order():
        depth[key] = max((depth[a] + 1 for a in before[key]), default=0)
    last = max((depth[key] + (not stop.side) for key, stop in stops.items()), default=0)
    layers: list[list[Stop]] = [[] for _ in range(last + 1)]
    for key, stop in stops.items():
        layers[last if stop.side else depth[key]].append(stop)
    return layers


def _sum_up(layers: Sequence[Sequence[Stop]], ties: Mapping[tuple[str, str], Tie]) -> Graph:
    """Draw no more stops of a layer than there is room for; the rest become one, with all their lines."""
    kept: list[tuple[Stop, ...]] = []
    now: dict[str, str] = {}
    for place, layer in enumerate(layers):
        against = [stop for stop in layer if stop.side == "against"]
        others = [stop for stop in layer if stop.side != "against"]
        room = min(len(against), max(_FEWEST_AGAINST, MOST - len(others)))
        shown: list[Stop] = []
        for stops, most in ((others, MOST - room), (against, room)):
            cut = stops[most - 1 :] if len(stops) > most else []
            shown += stops[: len(stops) - len(cut)]
            if cut:
                shown.append(_more(cut, shown, f"+{place}{cut[0].side}"))
                now |= dict.fromkeys((stop.key for stop in cut), shown[-1].key)
        kept.append(tuple(shown))
    merged: dict[tuple[str, str], Tie] = {}
    for (a, b), tie in ties.items():
        ends = now.get(a, a), now.get(b, b)
        merged[ends] = merged.get(ends, Tie()).join(tie)
    return Graph(tuple(kept), merged)


def _more(cut: Sequence[Stop], shown: Sequence[Stop], key: str) -> Stop:
    groups = {stop.group for stop in cut if stop.group} - {stop.group for stop in shown}
    origins = f"{len(groups)} more {'origin' if len(groups) == 1 else 'origins'} among them"
    label = f"and {len(cut):,} more {'reports' if cut[0].side else 'voices'}"
    return Stop(key, label, label, (origins,) if groups else (), side=cut[0].side)
