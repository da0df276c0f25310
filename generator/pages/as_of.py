"""A fact sheet as it stood on each day on which something changed, and the list of those days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from generator.derive import count
from generator.derive.sheet import count_verdicts, group_in_order
from generator.dialect import prose_plain
from generator.pages.changes import name_day, name_words, tell_days
from generator.pages.ladder import find_rungs, ladder_payload
from generator.pages.lines import links_to
from generator.pages.planned import PlannedPage, Site, plan_page
from generator.paths import TOPICS, Link, as_of_path, leaf_path, page_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from generator.derive.as_of import Held, Since
    from generator.derive.sheet import Group
    from generator.pages.changes import SheetChange
    from generator.pages.ladder import Rungs
    from generator.records import Topic
    from generator.vocabulary import Verdict

_OPEN = 10
"""So many claims of a group are shown at once; the rest unfold."""
_MOST = 200
"""So many lines a list holds."""
_MOST_OF_DAY = 12
"""So many lines of one day stand in the list of all days; the day's own page has more."""
_MOST_DAYS, _FEWEST_DAYS = 40, 20
"""So many days stand on one page of the list of days; on its first one those that are left, and no fewer than the second."""
_FEW = 12
"""So many claims are named one by one where otherwise their number is enough."""


class PastLine(NamedTuple):
    """A claim as it stood.

    Attributes:
        id: the claim's.
        link: to the claim, in the words of then.
        verdict: of then.
        until: the day on which the words were replaced; None where they are today's.
        why: the reason of then (prose), where the log keeps it.
    """

    id: str
    link: Link
    verdict: Verdict
    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class PastGroup:
    """Claims of one kind of verdict as it was then, the first few shown at once; `left` tells how many are not listed."""

    group: Group
    first: tuple[PastLine, ...]
    rest: tuple[PastLine, ...]
    left: int


class SinceLine(NamedTuple):
    """What has become of a claim.

    Attributes:
        id: the claim's.
        link: to the claim, in the words of then; in today's where it was not there.
        before: its verdict then; None where it had not been judged.
        after: its verdict now.
        says: its words now (plain text), where they are known to have changed.
        again: how many times it was judged since.
    """

    id: str
    link: Link
    before: Verdict | None
    after: Verdict
    says: str
    again: int


def _past_line(site: Site, held: Held) -> PastLine:
    return PastLine(
        held.claim,
        name_words(held.says, held.claim),
        site.library.vocabulary.verdicts[held.verdict],
        held.says.until,
        held.why.text if held.why else "",
    )


def _groups(site: Site, order: Iterable[str], held: Mapping[str, Held]) -> tuple[PastGroup, ...]:
    """Sort the claims of a sheet by the verdicts of then."""
    groups = []
    for group in group_in_order(site.library.vocabulary, {one: held[one].verdict for one in order if one in held}):
        lines = tuple(_past_line(site, held[one]) for one in group.claims[:_MOST])
        cut = _OPEN if len(lines) > _OPEN + 1 else len(lines)
        groups.append(PastGroup(group, lines[:cut], lines[cut:], len(group.claims) - len(lines)))
    return tuple(groups)


def _since_line(site: Site, since: Since) -> SinceLine:
    verdicts = site.library.vocabulary.verdicts
    before, now = since.before, since.now
    reworded = before is not None and before.says.text != now.says.text
    return SinceLine(
        now.claim,
        name_words((before or now).says, now.claim),
        verdicts[before.verdict] if before else None,
        verdicts[now.verdict],
        prose_plain(now.says.text) if reworded else "",
        len(since.steps),
    )


def _crumbs(topic: Topic, *, with_list: bool) -> tuple[Link, ...]:
    sheet = (Link(TOPICS, "Fact sheets"), Link(page_path("topic", topic.id), topic.title))
    return (*sheet, Link(as_of_path(topic.id), "How it changed")) if with_list else sheet


def _plan_day(site: Site, topic: Topic, rungs: Rungs, told: tuple[SheetChange, ...], place: int) -> PlannedPage:
    history, days = rungs.history, rungs.history.days
    on = days[place].on
    held = history.on(on)
    since = history.since(on)
    later = [item for change in told[place + 1 :] for item in change.corrections]
    verdicts = site.library.vocabulary.verdicts
    counts = count_verdicts(site.library.vocabulary, (one.verdict for one in held.values()))
    revised = [one for one in since if one.before is not None]
    added = [one for one in since if one.before is None]
    groups = _groups(site, dict.fromkeys((*topic.lead, *rungs.place)), held)
    linked = {line.id for group in groups for line in (*group.first, *group.rest)}
    return plan_page(
        as_of_path(topic.id, on),
        "as-of",
        f"{topic.title}, as of {name_day(on)}",
        kind="as-of",
        description=f"The sheet as it stood on {name_day(on)}: {count(len(held), 'claim', 'claims')}, from the logs.",
        crumbs=_crumbs(topic, with_list=len(days) > 1),
        topic=topic,
        on=on,
        sheet=Link(page_path("topic", topic.id), "The sheet as it stands"),
        before=told[place - 1].link if place else None,
        after=told[place + 1].link if place + 1 < len(days) else None,
        every=Link(as_of_path(topic.id), "All days") if len(days) > 1 else None,
        change=told[place],
        bar=tuple((verdicts[word], number) for word, number in counts),
        claims=len(held),
        groups=groups,
        revised=tuple(_since_line(site, one) for one in revised[:_MOST]),
        unlisted=max(0, len(revised) - _MOST),
        added=tuple(_since_line(site, one) for one in added) if len(added) <= _FEW else (),
        added_count=len(added),
        corrections=later[-_MOST:],
        ladder=ladder_payload(site, rungs, on, linked),
        undated=links_to(site, "claim", history.undated) if len(history.undated) <= _FEW else (),
        undated_count=len(history.undated),
    )


def _abridge(change: SheetChange) -> SheetChange:
    """Leave so much of a day as the list of all days has room for."""
    corrections, steps = change.corrections[:_MOST_OF_DAY], change.steps[:_MOST_OF_DAY]
    left = len(change.corrections) - len(corrections) + len(change.steps) - len(steps)
    return replace(change, corrections=corrections, steps=steps, more=change.more + left)


def _years(told: tuple[SheetChange, ...]) -> tuple[tuple[str, tuple[SheetChange, ...]], ...]:
    years: dict[str, list[SheetChange]] = {}
    for change in reversed(told):
        years.setdefault(str(change.on.year), []).append(_abridge(change))
    return tuple((year, tuple(changes)) for year, changes in years.items())


def _plan_list(site: Site, topic: Topic, rungs: Rungs, told: tuple[SheetChange, ...]) -> Iterator[PlannedPage]:
    """Plan the list of days, the latest first; of many days the earliest stand on pages of their own, which never change."""
    first = as_of_path(topic.id)
    whole = Link(page_path("topic", topic.id), "The sheet as it stands")
    cut = max(0, (len(told) - _FEWEST_DAYS) // _MOST_DAYS) * _MOST_DAYS
    earlier = [told[start : start + _MOST_DAYS] for start in range(0, cut, _MOST_DAYS)]
    links = [
        Link(leaf_path(first, place), f"{name_day(days[0].on)} to {name_day(days[-1].on)}")
        for place, days in enumerate(earlier, 2)
    ]
    title = f"{topic.title}: how the sheet changed"
    yield plan_page(
        first,
        "as-of-days",
        title,
        kind="as-of",
        description=f"{count(len(told), 'day', 'days')} on which something changed, and the sheet as it stood on each.",
        crumbs=_crumbs(topic, with_list=False),
        topic=topic,
        sheet=whole,
        years=_years(told[cut:]),
        ladder=ladder_payload(site, rungs),
        span="",
        parts=links[::-1],
    )
    for link, days in zip(links, earlier, strict=True):
        yield plan_page(
            link.path,
            "as-of-days",
            f"{title}, {link.label}",
            kind="as-of",
            description=f"{count(len(days), 'day', 'days')} on which something changed, and the sheet as it stood on each.",
            crumbs=_crumbs(topic, with_list=True),
            topic=topic,
            sheet=whole,
            years=_years(days),
            ladder=(),
            span=link.label,
            parts=(),
        )


def plan_as_of(site: Site, topic: Topic) -> Iterator[PlannedPage]:
    """Plan a fact sheet as it stood on each day on which something changed, and the list of the days."""
    history = site.views.histories[topic.id]
    told = tell_days(site, history, history.days, most=_MOST, few=_FEW)
    rungs = find_rungs(history)
    if len(told) > 1:
        yield from _plan_list(site, topic, rungs, told)
    for place in range(len(told)):
        yield _plan_day(site, topic, rungs, told, place)
