"""How a change reads on any page: corrections with their addresses, new judgements, and what changed on a fact sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator import dates
from generator.derive.as_of import Words
from generator.derive.changes import anchor_corrections, concerned
from generator.derive.timeline import order_claims
from generator.derive.wording import CORRECTION_WORDS
from generator.dialect import prose_plain
from generator.pages.lines import link_to
from generator.pages.planned import once
from generator.paths import Link, as_of_path, corrections_path, leaf_path, page_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from generator.derive.as_of import History, SheetDay, SheetHistory, Step
    from generator.pages.planned import Site
    from generator.records import Correction, Topic
    from generator.vocabulary import Verdict

LATEST_DAYS = 3
"""So many days stand on the fact sheet; the list of all has the others."""
LATEST_STEPS = 6
"""So many corrections and so many new judgements of one day stand there."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A published correction.

    Attributes:
        kind: in words.
        records: what it concerns.
        anchor: where it stands on the page of its year, and on the list of the latest.
        link: to the page of its year, which keeps it for good.
    """

    correction: Correction
    kind: str
    records: tuple[Link, ...]
    anchor: str
    link: Link


class StepLine(NamedTuple):
    """One judgement of a claim, as a change.

    Attributes:
        link: the claim, in the words that it had at the end of that day.
        before: the verdict before it; None where it was judged for the first time.
        after: the verdict given.
        note: what happened (prose).
        said: the words that were replaced, as plain text.
        reasoned: the reason that was replaced, as plain text.
    """

    link: Link
    before: Verdict | None
    after: Verdict
    note: str
    said: str
    reasoned: str

    @property
    def is_same(self) -> bool:
        """Whether it was judged again with the same verdict."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What changed on a fact sheet on one day.

    Attributes:
        on: the day.
        link: the sheet as it stood on that day.
        corrections: published corrections of the sheet and its claims.
        steps: claims that were judged again.
        more: how many more of both there are.
        judged: claims that were judged for the first time, where they are few.
        judged_count: how many there are.
    """

    on: date
    link: Link
    corrections: tuple[Corrected, ...]
    steps: tuple[StepLine, ...]
    more: int
    judged: tuple[StepLine, ...]
    judged_count: int


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """The latest changes of a fact sheet.

    Attributes:
        first: the day on which all was judged, where nothing has changed since; `days` is empty then.
        days: the latest days, the last one first; empty where nothing has been judged.
        every: the list of all days, where there are two or more.
    """

    first: Link | None
    days: tuple[SheetChange, ...]
    every: Link | None


def name_day(on: date) -> str:
    """Put a day into words: `3 May 2031`."""
    return dates.humanize(dates.parse(on.isoformat()))


def describe_correction(site: Site, correction: Correction, anchor: str = "") -> Corrected:
    """Describe a correction; without an anchor, at the one that the log gives it."""
    anchor = anchor or site.views.anchors[correction]
    kind = CORRECTION_WORDS[correction.kind]
    records = tuple(link_to(site, *key) for key in concerned(site.library, correction))
    path = leaf_path(corrections_path(correction.on.year), site.views.correction_pages[correction])
    return Corrected(correction, kind, records, anchor, Link(path, kind, anchor))


def list_corrections(site: Site) -> tuple[Corrected, ...]:
    """Describe all corrections, in the order of their days."""
    anchors = anchor_corrections(site.library)
    return tuple(
        describe_correction(site, correction, anchor)
        for (correction, _), anchor in zip(site.library.corrections, anchors, strict=True)
    )


def name_words(words: Words, claim: str) -> Link:
    """Link to a claim by the words it had."""
    return Link(page_path("claim", claim), prose_plain(words.text))


def _step_line(site: Site, history: History, step: Step) -> StepLine:
    verdicts = site.library.vocabulary.verdicts
    was = step.entry.was if step.before is not None else None
    held = history.on(step.entry.on)
    return StepLine(
        name_words(held.says if held else Words(history.claim.says, None), step.claim),
        None if step.before is None else verdicts[step.before],
        verdicts[step.entry.verdict],
        step.entry.note or "",
        prose_plain(was.says or "") if was else "",
        prose_plain(was.why or "") if was else "",
    )


def read_order(history: SheetHistory) -> Mapping[str, int]:
    """Give each claim of a sheet its place in the order in which readers meet them."""
    order = order_claims(sorted((h.claim for h in history.histories), key=lambda claim: claim.id))
    return {one: place for place, one in enumerate(order)}


@once
def _places(site: Site, topic: str) -> Mapping[str, int]:
    return read_order(site.views.histories[topic])


def tell_days(
    site: Site, history: SheetHistory, days: Sequence[SheetDay], *, most: int, few: int
) -> tuple[SheetChange, ...]:
    """Describe what changed on some days of a sheet.

    Args:
        site: the records and views.
        history: of the sheet.
        days: those of its days that are told.
        most: so many corrections and so many new judgements of a day are listed.
        few: so many first judgements of a day are listed one by one.
    """
    place = _places(site, history.topic)
    of_claim = {h.claim.id: h for h in history.histories}
    changes = []
    for day in days:
        steps = sorted(day.steps, key=lambda step: place[step.claim])
        again = [step for step in steps if step.before is not None]
        judged = [step for step in steps if step.before is None]
        changes.append(
            SheetChange(
                day.on,
                Link(as_of_path(history.topic, day.on), name_day(day.on)),
                tuple(describe_correction(site, correction) for correction in day.corrections[:most]),
                tuple(_step_line(site, of_claim[step.claim], step) for step in again[:most]),
                max(0, len(again) - most) + max(0, len(day.corrections) - most),
                tuple(_step_line(site, of_claim[step.claim], step) for step in judged) if len(judged) <= few else (),
                len(judged),
            )
        )
    return tuple(changes)


def what_changed(site: Site, topic: Topic) -> WhatChanged:
    """Tell the latest changes of a fact sheet, for `parts/what-changed.md.jinja` (variable `changed`)."""
    history = site.views.histories[topic.id]
    days = history.days
    if len(days) == 1 and not days[0].corrections and all(step.before is None for step in days[0].steps):
        return WhatChanged(Link(as_of_path(topic.id, days[0].on), name_day(days[0].on)), (), None)
    return WhatChanged(
        None,
        tell_days(site, history, days[: -LATEST_DAYS - 1 : -1], most=LATEST_STEPS, few=LATEST_STEPS // 2),
        Link(as_of_path(topic.id), "How this sheet changed") if len(days) > 1 else None,
    )
