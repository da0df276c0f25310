"""A fact sheet as it stood on a day: what logs and corrections prove of it, and nothing else.

A log entry proves a verdict from its day on; its `was` proves the words that stood until that day. A correction proves
earlier words only where its `now` is, letter for letter, what stood after it: then its `was` stood there before.
Which claims belong to a sheet, what is outdated and how many origins there are is kept by no log and taken from today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.derive.changes import find_corrected
from generator.derive.sheet import group_by_topic
from generator.reads import AtOnce, OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from generator.link import Library
    from generator.records import Claim, Correction, LogEntry

Field = Literal["says", "why"]


class Words(NamedTuple):
    """Words as they stood.

    Attributes:
        text: prose.
        until: the day on which they were replaced; None where no log keeps the words of then, and these are today's.
    """

    text: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Unproven:
    """Words that were replaced on a day, and that nothing keeps."""

    until: date


class Held(NamedTuple):
    """A claim as it stood on a day.

    Attributes:
        claim: its id.
        verdict: the last one given by then.
        since: the day on which it was given.
        says: its words.
        why: the reason given then, where the log keeps it.
    """

    claim: str
    verdict: str
    since: date
    says: Words
    why: Words | None


class Step(NamedTuple):
    """One entry of a claim's log, as a change.

    Attributes:
        claim: its id.
        before: the verdict before it; None where it is the first.
        entry: the entry.
    """

    claim: str
    before: str | None
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day on which something of a sheet changed; several steps of one claim stand in the order of its log."""

    on: date
    steps: tuple[Step, ...]
    corrections: tuple[Correction, ...]


class Since(NamedTuple):
    """What has become of a claim after a day.

    Attributes:
        before: the claim as it stood on that day; None where it had not been judged.
        now: the claim as it stands after the last change.
        steps: the entries of its log after that day.
    """

    before: Held | None
    now: Held
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is proven of one claim.

    Attributes:
        claim: the claim as it stands.
        steps: its log, by day.
        replaced: by field, what once stood there, each until the day that is given, the earliest first.
    """

    claim: Claim
    steps: tuple[Step, ...]
    replaced: Mapping[Field, tuple[Words | Unproven, ...]]

    def _words(self, field: Field, on: date) -> Words | None:
        for one in self.replaced[field]:
            if one.until is not None and one.until > on:
                return one if isinstance(one, Words) else None
        return None

    def is_settled(self, day: date) -> bool:
        """Tell whether nothing is known to have changed after a day."""
        ends = (found[-1].until for found in self.replaced.values() if found)
        return self.steps[-1].entry.on <= day and all(end is not None and end <= day for end in ends)

    def on(self, day: date) -> Held | None:
        """Tell how the claim stood at the end of a day; None before its first judgement."""
        for step in reversed(self.steps):
            if step.entry.on <= day:
                says = self._words("says", day) or Words(self.claim.says, None)
                return Held(step.claim, step.entry.verdict, step.entry.on, says, self._words("why", day))
        return None


@dataclass(frozen=True, slots=True)
class SheetHistory:
    """What is proven of a fact sheet.

    Attributes:
        topic: its id.
        histories: one for each claim that has a log.
        undated: claims without a log: nobody has judged them, and nothing says since when they are there.
        days: on which something changed, the first one first.
    """

    topic: str
    histories: tuple[History, ...]
    undated: tuple[str, ...]
    days: tuple[SheetDay, ...]

    def on(self, day: date) -> Mapping[str, Held]:
        """Tell how the sheet stood at the end of a day, by claim."""
        return {held.claim: held for history in self.histories if (held := history.on(day)) is not None}

    def since(self, day: date) -> tuple[Since, ...]:
        """Tell what has become of the claims after a day; those of which nothing is known to have changed are left out."""
        if not self.days:
            return ()
        last = self.days[-1].on
        found = []
        for history in self.histories:
            if history.is_settled(day):
                continue
            before, now = history.on(day), history.on(max(day, last))
            steps = tuple(step for step in history.steps if step.entry.on > day)
            if now is not None and (steps or before is None or before.says != now.says or before.why != now.why):
                found.append(Since(before, now, steps))
        return tuple(found)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _undo(corrections: Iterable[Correction], words: str) -> str | None:
    """Go back behind the corrections of one day; None where two of them would lead to different words."""
    left = [(_fold(c.was), _fold(c.now), c.was) for c in corrections if c.was and c.now]
    while True:
        leading = [one for one in left if one[1] == _fold(words)]
        if len({was for was, _, _ in leading}) > 1:
            return None
        if not leading:
            return words
        left.remove(leading[0])
        words = leading[0][2]


def _before(entries: Iterable[LogEntry], corrections: Sequence[Correction], field: Field, words: str) -> str | None:
    """Tell the words before a day from those at its end; None where they are not proven.

    What the log keeps comes first. A correction of that day that leads to the very words that the log replaced may have
    come before the entry or after it: then nobody can tell.
    """
    kept = next((text for entry in entries if entry.was and (text := getattr(entry.was, field))), None)
    if kept is None:
        return _undo(corrections, words)
    unclear = any(c.was and c.now and _fold(c.now) == _fold(kept) != _fold(c.was) for c in corrections)
    return None if unclear else kept


def _replaced(claim: Claim, corrections: Iterable[Correction], field: Field) -> tuple[Words | Unproven, ...]:
    """Walk back from today's words, day by day."""
    entries: defaultdict[date, list[LogEntry]] = defaultdict(list)
    for entry in claim.log:
        entries[entry.on].append(entry)
    corrected: defaultdict[date, list[Correction]] = defaultdict(list)
    for correction in corrections:
        corrected[correction.on].append(correction)
    words: str | None = getattr(claim, field) or ""
    found: list[Words | Unproven] = []
    for day in sorted({*entries, *corrected}, reverse=True):
        before = _before(entries[day], corrected[day], field, words or "")
        if before is None:
            found.append(Unproven(day))
        elif before != words and before:
            found.append(Words(before, day))
        words = before
    return tuple(reversed(found))


def _steps(claim: Claim) -> tuple[Step, ...]:
    log = sorted(claim.log, key=lambda entry: entry.on)
    return tuple(Step(claim.id, log[index - 1].verdict if index else None, entry) for index, entry in enumerate(log))


def _order(correction: Correction) -> tuple[object, ...]:
    return (
        correction.on,
        correction.records,
        correction.kind,
        correction.why,
        correction.was or "",
        correction.now or "",
    )


def trace(library: Library) -> Mapping[str, SheetHistory]:
    """Gather what logs and corrections prove of each fact sheet, by topic.

    A history does not depend on the order in which claims, corrections and the days of a log were typed.
    """
    claims_of = group_by_topic(library)
    corrected = AtOnce(lambda: find_corrected(library), library.reads)
    return OnDemand(
        lambda: iter(library.topics), lambda one: _trace(library, one, claims_of[one], corrected), library.reads
    )


def _trace(
    library: Library, topic: str, on_sheet: Iterable[Claim], places: Mapping[tuple[str, str], tuple[int, ...]]
) -> SheetHistory:
    claims = sorted(on_sheet, key=lambda claim: claim.id)
    of_claim = {claim.id: places.get(("claim", claim.id), ()) for claim in claims}
    on_log = {place for found in (*of_claim.values(), places.get(("topic", topic), ())) for place in found}
    of_sheet = [library.corrections[place][0] for place in sorted(on_log)]
    histories = tuple(
        History(
            claim,
            _steps(claim),
            {
                field: _replaced(claim, (library.corrections[place][0] for place in of_claim[claim.id]), field)
                for field in ("says", "why")
            },
        )
        for claim in claims
        if claim.log
    )
    steps = sorted((step for history in histories for step in history.steps), key=lambda step: step.entry.on)
    by_day = {on: tuple(found) for on, found in groupby(steps, key=lambda step: step.entry.on)}
    corrected = {on: tuple(found) for on, found in groupby(sorted(of_sheet, key=_order), key=lambda c: c.on)}
    return SheetHistory(
        topic,
        histories,
        tuple(claim.id for claim in claims if not claim.log),
        tuple(SheetDay(on, by_day.get(on, ()), corrected.get(on, ())) for on in sorted({*by_day, *corrected})),
    )
