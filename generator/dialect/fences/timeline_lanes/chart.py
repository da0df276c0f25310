"""What a `timeline-lanes` block says: lanes and marks, checked."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from generator.dialect.fences.markup import read_json_lines
from generator.dialect.links import is_relative

if TYPE_CHECKING:
    from typing import Any

FADES = ("", "start", "end", "both")
_NEEDED = ("key", "href", "number", "label", "lane", "when", "from", "to", "phase", "fades")
_ALL_NEEDED = frozenset(_NEEDED)


class Mark(NamedTuple):
    """One event.

    Attributes:
        key: the record's id.
        href: where its entry stands.
        number: its number in the list.
        label: its name.
        lane: the id of a lane.
        when: its date in words.
        start: first day as an ordinal; None where the start is open or unknown.
        end: last day as an ordinal; None where the end is open or unknown.
        phase: proposed, planned, under-way, done, cancelled or disputed.
        fades: the ends that are not exact: `start`, `end`, `both` or none.
        weight: the heavier, the sooner its label finds room.
        here: whether the page is about it.
    """

    key: str
    href: str
    number: str
    label: str
    lane: str
    when: str
    start: int | None
    end: int | None
    phase: str
    fades: str
    weight: float
    here: bool


class Chart(NamedTuple):
    """All that is drawn.

    Attributes:
        id: tells this picture's parts from those of another on the same page.
        title: what it shows.
        lanes: id and title of each lane, in order.
        marks: the events in the order of their numbers.
    """

    id: str
    title: str
    lanes: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]


def read_chart(payload: str) -> Chart:
    """Read the block; see `draw_timeline_lanes`.

    Raises:
        ValueError: it cannot be drawn.
    """
    rows = read_json_lines(payload)
    if not rows or "title" not in rows[0]:
        raise ValueError("a timeline needs a first line with its title")
    lanes = tuple((str(one), str(title)) for one, title in rows[0].get("lanes") or [["", ""]])
    known = {one for one, _ in lanes}
    marks = tuple(_read_mark(row, known) for row in rows[1:])
    return Chart(f"tl-{sha256(payload.encode()).hexdigest()[:8]}", str(rows[0]["title"]), lanes, marks)


def _read_mark(row: dict[str, Any], lanes: set[str]) -> Mark:
    if not row.keys() >= _ALL_NEEDED:
        lacking = [name for name in _NEEDED if name not in row]
        raise ValueError(f"an event on a timeline lacks {', '.join(lacking)}")
    if row["lane"] not in lanes:
        raise ValueError(f"no lane of the timeline: {row['lane']!r}")
    if row["fades"] not in FADES:
        raise ValueError(f"no manner of fading: {row['fades']!r}")
    if not is_relative(str(row["href"])):
        raise ValueError(f"a link that leaves the site: {row['href']!r}")
    start, end = _read_day(row["from"]), _read_day(row["to"])
    if start is not None and end is not None and end < start:
        raise ValueError(f"an event that ends before it begins: {row['key']!r}")
    return Mark(
        key=str(row["key"]),
        href=str(row["href"]),
        number=str(row["number"]),
        label=str(row["label"]),
        lane=str(row["lane"]),
        when=str(row["when"]),
        start=start,
        end=end,
        phase=str(row["phase"]),
        fades=str(row["fades"]),
        weight=float(row.get("weight", 0)),
        here=row.get("here") is True,
    )


def _read_day(value: object) -> int | None:
    return None if value is None else date.fromisoformat(str(value)).toordinal()
