"""What a change does to records of every kind, to the stored texts and to the site's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.compare.comparison import CoverageChange, Fate, Named, RecordChange, Renaming
from generator.records import FOLDERS, Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.compare.pairing import Pairing
    from generator.derive import Views
    from generator.records import Correction

_ORDER = ("claim", "event", "source", "topic", "entity")
_TOLD_ELSEWHERE = frozenset({"verdict", "says", "log", "checked"})


def _fields(pairing: Pairing, kind: str, old: str, one: str) -> tuple[str, ...]:
    before, now = pairing.before.located[kind, old].record, pairing.now.located[kind, one].record
    fields = pairing.find_differing(before, now)
    if isinstance(now, Claim):
        # The reason is printed with a verdict that moved.
        told = _TOLD_ELSEWHERE | ({"why"} if "verdict" in fields else set())
        return tuple(field for field in fields if field not in told)
    if kind == "source":
        texts = pairing.before.texts.get(old), pairing.now.texts.get(one)
        if (texts[0].text if texts[0] else None) != (texts[1].text if texts[1] else None):
            return (*fields, "text")
    return fields


def find_records(pairing: Pairing) -> Iterator[RecordChange]:
    """Find the records that were added, changed or are gone, claims first."""
    for kind in _ORDER:
        for k, one in pairing.now.located:
            if k != kind:
                continue
            old = pairing.same.get((kind, one))
            if old is None:
                claim = pairing.now.claims.get(one) if kind == "claim" else None
                verdict = pairing.now.vocabulary.verdicts[claim.verdict].label if claim else ""
                yield RecordChange(pairing.name(kind, one), "added", verdict=verdict)
            elif fields := _fields(pairing, kind, old, one):
                yield RecordChange(pairing.name(kind, one), "changed", fields)
        for k, one in pairing.before.located:
            if k == kind and pairing.follow(kind, one) is None:
                yield RecordChange(pairing.name(kind, one, gone=True), "gone")
    yield from _find_pages(pairing)


def _find_pages(pairing: Pairing) -> Iterator[RecordChange]:
    """Compare the pages that are written by hand."""
    before = {page.id: page for page, _ in pairing.before.pages}
    now = {page.id: page for page, _ in pairing.now.pages}
    for one in (*now, *(one for one in before if one not in now)):
        page = now.get(one) or before[one]
        fate: Fate | None = None
        if one not in before:
            fate = "added"
        elif one not in now:
            fate = "gone"
        elif before[one] != page:
            fate = "changed"
        if fate is not None:
            yield RecordChange(Named("page", one, page.title), fate)


def find_renamed(pairing: Pairing) -> Iterator[Renaming]:
    """Find the records that go by a new id, and those that were merged into another."""
    for kind in _ORDER:
        for k, old in pairing.before.located:
            current = pairing.follow(kind, old) if k == kind else None
            if current is not None and current != old:
                yield Renaming(pairing.name(kind, current), old)


def find_corrections(pairing: Pairing) -> Iterator[Correction]:
    """Find the corrections that were added, under whatever ids their records go now."""
    old = {_fold(pairing, correction) for correction, _ in pairing.before.corrections}
    for correction, _ in pairing.now.corrections:
        if _fold(pairing, correction) not in old:
            yield correction


def _fold(pairing: Pairing, correction: Correction) -> tuple[object, ...]:
    records = []
    for name in correction.records:
        kind, _, one = name.rpartition(":")
        found = next((new for each in ((kind,) if kind else FOLDERS) if (new := pairing.follow(each, one))), one)
        records.append(f"{kind}:{found}" if kind else found)
    words = map(pairing.fold, (correction.was, correction.now, correction.why))
    return (correction.on, correction.kind, tuple(records), *words)


def find_coverage(pairing: Pairing, before: Views, now: Views) -> Iterator[CoverageChange]:
    """Find the sources of which more or less is cited."""
    for one, coverage in now.coverage.items():
        earlier = before.coverage.get(pairing.same.get(("source", one), ""))
        if earlier is None:
            continue
        counts = [(each.count("cited"), len(each.sentences)) for each in (earlier, coverage)]
        if counts[0] != counts[1]:
            yield CoverageChange(pairing.name("source", one), counts[0], counts[1])


def find_site(pairing: Pairing) -> Iterator[str]:
    """Name what differs in the settings and in the vocabulary."""
    for name, before, now in (
        ("settings", pairing.before.settings, pairing.now.settings),
        ("vocabulary", pairing.before.vocabulary, pairing.now.vocabulary),
    ):
        old, new = before.model_dump(mode="json"), now.model_dump(mode="json")
        yield from (f"{name}.{field}" for field in new if old.get(field) != new[field])
