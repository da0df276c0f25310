"""The ladder of verdicts: the claims of a sheet that were judged anew, and their verdict on each of a few days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.dialect import prose_plain
from generator.pages.changes import name_day, read_order
from generator.pages.jsonline import write_json
from generator.pages.planned import shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from generator.derive.as_of import History, SheetHistory
    from generator.pages.planned import Site

COLUMNS = 5
ROWS = 12
_LABEL = 120


@dataclass(frozen=True, slots=True)
class Rungs:
    """What the ladders of one sheet have in common.

    Attributes:
        history: of the sheet.
        turns: for each claim that was judged anew, the days at whose end it had another verdict, its first day included.
        place: of each claim in the order in which readers meet them.
        of_claim: what is proven of each claim.
    """

    history: SheetHistory
    turns: Mapping[str, tuple[date, ...]]
    place: Mapping[str, int]
    of_claim: Mapping[str, History]


def _turns(history: History) -> tuple[date, ...]:
    at_end = {step.entry.on: step.entry.verdict for step in history.steps}
    days = list(at_end)
    return tuple(day for index, day in enumerate(days) if not index or at_end[day] != at_end[days[index - 1]])


def find_rungs(history: SheetHistory) -> Rungs:
    """Find the days on which verdicts of a sheet changed."""
    of_claim = {one.claim.id: one for one in history.histories}
    turns = {one: _turns(of_claim[one]) for one in of_claim}
    turns = {one: found for one, found in turns.items() if len(found) > 1}
    return Rungs(history, turns, read_order(history), of_claim)


def _choose_days(turning: list[date], on: date) -> list[date]:
    """Choose the columns: the days around the one that is shown."""
    place = turning.index(on)
    start = max(0, min(place - COLUMNS // 2, len(turning) - COLUMNS))
    return turning[start : start + COLUMNS]


def ladder_payload(site: Site, rungs: Rungs, on: date | None = None, linked: Collection[str] = ()) -> tuple[str, ...]:
    """Write the payload of a `verdict-ladder` fence.

    Args:
        site: the records and views.
        rungs: of the sheet.
        on: the day that the page shows; None takes the last ones.
        linked: claims that the page shows at `#on-<id>`.

    Returns:
        JSON lines; none where no verdict has changed.
    """
    turning = sorted({day for found in rungs.turns.values() for day in found} | ({on} if on else set()))
    columns = _choose_days(turning, on or turning[-1]) if rungs.turns else []
    changed = [one for one, found in rungs.turns.items() if any(day in columns[1:] for day in found[1:])]
    if not changed:
        return ()
    changed.sort(key=lambda one: max(day for day in rungs.turns[one] if day <= columns[-1]), reverse=True)
    shown = sorted(changed[:ROWS], key=lambda one: rungs.place[one])
    lines: list[dict[str, object]] = [
        {
            "title": "Verdicts that changed, day by day; claims in today’s words",
            "days": [[day.isoformat(), name_day(day)] for day in columns],
            "now": on.isoformat() if on else "",
            "more": len(changed) - len(shown),
        }
    ]
    of_claim = rungs.of_claim
    lines += [
        {
            "label": shorten(prose_plain(of_claim[one].claim.says), _LABEL),
            "href": f"#on-{one}" if one in linked else "",
            "verdicts": [_cell(site, of_claim[one], day) for day in columns],
        }
        for one in shown
    ]
    return tuple(write_json(line) for line in lines)


def _cell(site: Site, history: History, day: date) -> list[str]:
    held = history.on(day)
    verdict = site.library.vocabulary.verdicts[held.verdict] if held else None
    return [verdict.sign, verdict.label] if verdict else []
