"""What must stay of what was published, and what is new beside it: for the rules that compare with a base."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.derive.changes import concerned
from generator.dialect import prose_links, prose_plain
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.diagnostics import Place
    from generator.link import Library
    from generator.records import Claim, Correction, LogEntry

CORRECTIONS = "content/corrections.yml"
_SHOWN = 160
_AROUND = 40


def quote(text: str) -> str:
    """Quote words in a message, shortened."""
    words = " ".join(text.split())
    return f"“{words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”"


def fold(text: str | None) -> str:
    """Give the words of a prose field as a reader sees them: white space and markup are no words."""
    return prose_plain(text) if text else ""


def key_entry(entry: LogEntry) -> tuple[str, ...]:
    """Give what must stay of a log entry that was published."""
    was = entry.was
    return (
        entry.on.isoformat(),
        entry.verdict,
        fold(entry.note),
        fold(was.says if was else None),
        fold(was.why if was else None),
    )


def key_correction(library: Library, correction: Correction) -> tuple[object, ...]:
    """Give what must stay of a correction that was published; its records may have been renamed since."""
    records = frozenset(map(":".join, concerned(library, correction))) or frozenset(correction.records)
    words = (fold(correction.was), fold(correction.now), fold(correction.why))
    return (correction.on, correction.kind, words, records)


def list_pairs(library: Library, base: Library) -> Iterator[tuple[Claim, Claim]]:
    """List the published claims that are still there, each as it was and as it is, under whatever id."""
    for one, before in base.claims.items():
        now = library.claims.get(one) or library.claims.get(library.redirects.get(("claim", one), ""))
        if now is not None:
            yield before, now


def find_new_entries(published: Iterable[Claim], now: Claim) -> tuple[LogEntry, ...]:
    """Find the entries of a log that were not published, neither in this claim nor in one that was merged into it."""
    old: Counter[tuple[str, ...]] = Counter()
    for claim in published:
        old |= Counter(map(key_entry, claim.log))
    new = []
    for entry in now.log:
        if old[key_entry(entry)] > 0:
            old[key_entry(entry)] -= 1
        else:
            new.append(entry)
    return tuple(new)


def match_corrections(
    library: Library, base: Library
) -> tuple[list[tuple[Correction, Place]], list[tuple[Correction, Place]]]:
    """Find the corrections that were not published, and those published ones that are not there any more."""
    old = defaultdict(list)
    for pair in base.corrections:
        old[key_correction(library, pair[0])].append(pair)
    new = []
    for pair in library.corrections:
        left = old[key_correction(library, pair[0])]
        if left:
            left.pop()
        else:
            new.append(pair)
    return new, [pair for pairs in old.values() for pair in pairs]


def group_pairs(library: Library, base: Library) -> Mapping[str, Sequence[Claim]]:
    """Group the published claims by the id under which each of them goes on: several where they were merged."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for before, now in list_pairs(library, base):
        found[now.id].append(before)
    return found


def find_moved_links(library: Library, base: Library, before: str, now: str) -> bool:
    """Tell whether the same words of a prose field lead to another record than they did; renamed ones are the same."""
    old, new = _link_labels(base, library, before), _link_labels(library, library, now)
    return any(one in new and not old[one] & new[one] for one in old)


def _link_labels(library: Library, current: Library, text: str) -> Mapping[str, set[tuple[str, str]]]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for link in prose_links(text) if "](" in text else ():
        if link.scheme in KINDS:
            target = library.redirects.get((link.scheme, link.target), link.target)
            found[fold(link.label)].add((link.scheme, current.redirects.get((link.scheme, target), target)))
    return found


def leave_out_backdated(corrections: Iterable[Correction], published: date) -> list[Correction]:
    """Leave out corrections dated before what they would correct was there; a day may have begun earlier elsewhere."""
    return [one for one in corrections if one.on + timedelta(days=1) >= published]


def group_corrections(library: Library, base: Library) -> Mapping[tuple[str, str], list[Correction]]:
    """Group the corrections that were not published by the records that they concern."""
    found = defaultdict(list)
    for correction, _ in match_corrections(library, base)[0]:
        for key in concerned(library, correction):
            found[key].append(correction)
    return found
