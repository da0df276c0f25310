"""What a change does to claims: verdicts, words, origins and flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.compare.comparison import FlagsChange, OriginsChange, Rewording, VerdictMove
from generator.derive import explain_reports, label_said
from generator.derive.flags import FLAGS
from generator.dialect import prose_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.compare.pairing import Pairing
    from generator.derive import Tally, Views
    from generator.link import Library


def find_verdict_moves(pairing: Pairing) -> Iterator[VerdictMove]:
    """Find the verdicts that moved, or that go by another word; of claims that were merged, each one's."""
    for old, one in (*pairing.claims(), *pairing.merged_claims()):
        before, now = pairing.before.claims[old], pairing.now.claims[one]
        labels = (
            pairing.before.vocabulary.verdicts[before.verdict].label,
            pairing.now.vocabulary.verdicts[now.verdict].label,
        )
        if before.verdict != now.verdict or labels[0] != labels[1]:
            yield VerdictMove(pairing.name("claim", one), *labels, prose_plain(now.why) if now.why else "")


def find_rewordings(pairing: Pairing) -> Iterator[Rewording]:
    """Find the claims that say something else; white space and markup are no words."""
    for old, one in (*pairing.claims(), *pairing.merged_claims()):
        before, now = prose_plain(pairing.before.claims[old].says), prose_plain(pairing.now.claims[one].says)
        if before != now:
            yield Rewording(pairing.name("claim", one), before, now)


def _weigh(pairing: Pairing, tally: Tally) -> tuple[object, ...]:
    """Give what a count amounts to, whatever the voices are called by now."""

    def current(voice: str) -> str:
        return pairing.follow("entity", voice) or voice

    origins = {current(origin.root): frozenset(map(current, origin.voices)) for origin in tally.origins}
    return tally.reports, origins, current(tally.conduit or "")


def _tell(library: Library, before: Tally, now: Tally, earlier: Library) -> tuple[str, str]:
    return explain_reports(earlier, before), explain_reports(library, now)


def find_origins(pairing: Pairing, before: Views, now: Views) -> Iterator[OriginsChange]:
    """Find the claims whose origins are counted differently, or that were said in another way."""
    for old, one in pairing.claims():
        was, is_ = before.standings[old], now.standings[one]
        said = None if was.said == is_.said else (label_said(was.said), label_said(is_.said))
        reports, against = (
            None
            if _weigh(pairing, earlier) == _weigh(pairing, later)
            else _tell(pairing.now, earlier, later, pairing.before)
            for earlier, later in ((was.reports, is_.reports), (was.against, is_.against))
        )
        if said or reports or against:
            yield OriginsChange(pairing.name("claim", one), said, reports, against)


def find_flags(pairing: Pairing, before: Views, now: Views) -> Iterator[FlagsChange]:
    """Find the claims that gained or lost a computed flag."""
    for old, one in pairing.claims():
        was, is_ = before.standings[old].flags, now.standings[one].flags
        if set(was) != set(is_):
            yield FlagsChange(
                pairing.name("claim", one),
                tuple(FLAGS[flag][0] for flag in is_ if flag not in was),
                tuple(FLAGS[flag][0] for flag in was if flag not in is_),
            )
