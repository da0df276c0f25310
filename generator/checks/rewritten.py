"""Rule 8 against a base: what logs and corrections said when they were published, they go on saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.checks.additions import add_items, write_fields
from generator.checks.keeping import (
    CORRECTIONS,
    group_pairs,
    key_correction,
    key_entry,
    match_corrections,
    quote,
)
from generator.checks.rule import Context, Finding
from generator.derive import join
from generator.diagnostics import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.link import Library
    from generator.records import Claim, Correction, LogEntry

_NEW = "What has changed since belongs in a new entry at the end of `log:`."


def _write_entry(entry: LogEntry) -> str:
    was = {"says": entry.was.says, "why": entry.was.why} if entry.was else {}
    return write_fields({"on": entry.on.isoformat(), "verdict": entry.verdict, "note": entry.note, "was": was})


def _write_correction(one: Correction) -> str:
    fields = {"on": one.on.isoformat(), "records": one.records, "kind": one.kind}
    return write_fields({**fields, "was": one.was, "now": one.now, "why": one.why})


def _holds_all(some: Sequence[object], others: Sequence[object]) -> bool:
    """Tell whether every one of `others` is in `some`, in their order."""
    left = iter(some)
    return all(any(one == other for one in left) for other in others)


def _find_log(library: Library, before: Claim, now: Claim) -> Finding | None:
    """Find the first entry of a published log that is not where it was."""
    if now.log[: len(before.log)] == before.log:
        return None
    old, new = [key_entry(entry) for entry in before.log], [key_entry(entry) for entry in now.log]
    if new[: len(old)] == old:
        return None
    located = library.located["claim", now.id]
    index = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new))
    if index == len(new):
        missing = [_write_entry(entry) for entry in before.log[index:]]
        addition = add_items(located, "log", missing)
        entries = join([f"{entry.on} (`{entry.verdict}`)" for entry in before.log[index:]])
        return Finding(
            addition[0] if addition else located.place("log"),
            f"This log was published with {'an entry' if len(missing) == 1 else 'entries'} of {entries}; {'it is' if len(missing) == 1 else 'they are'} gone now.",
            f"Restore it at the end of `log:`: `- {'`, `- '.join(missing)}`. {_NEW}",
            fix=addition[1] if addition else None,
        )
    place = located.place("log", index)
    if _holds_all(new, old):
        return Finding(
            place,
            "This entry is new, and stands before entries that were published earlier.",
            "Move it to the end of `log:`.",
        )
    entry = before.log[index]
    restored = _write_entry(entry)
    if new[index] in old[index + 1 :]:
        said = f"When this log was published, an entry of {entry.on} (`{entry.verdict}`) stood before this one, and now it is gone."
        return Finding(place, said, f"Restore it: `- {restored}`. {_NEW}")
    note = f", {quote(entry.note)}" if entry.note else ""
    return Finding(
        place,
        f"This entry of the log was published as {entry.on}, `{entry.verdict}`{note}, and has been changed.",
        f"Restore it: `- {restored}`. {_NEW}",
        fix=restored if place.end_line else None,
    )


def _find_correction(library: Library, lost: Correction, new: Sequence[tuple[Correction, Place]]) -> Finding:
    """Describe a published correction that is not there any more, at the one that seems to stand in its stead."""
    key = key_correction(library, lost)
    likely = next(
        (
            place
            for one, place in new
            if sum(a == b for a, b in zip(key, key_correction(library, one), strict=True)) > 1
        ),
        None,
    )
    restored = _write_correction(lost)
    return Finding(
        likely or Place(CORRECTIONS),
        f"The correction of {lost.on} about {', '.join(f'`{name}`' for name in lost.records)} was published as {quote(lost.why)}, and "
        + ("has been changed." if likely else "now it is gone."),
        f"Restore it: `- {restored}`. What has changed since belongs in a new correction.",
        fix=restored if likely and likely.end_line else None,
    )


def check_rewritten(context: Context) -> Iterator[Finding]:
    """Against a base: find published log entries and corrections that are gone, changed or no longer in their place."""
    if context.base is None:
        return
    library = context.library
    for one, claims in group_pairs(library, context.base).items():
        # Where claims were merged, the one that stayed goes on with its log; a new one, with any log that was merged.
        held = [claim for claim in claims if claim.id == one] or [claim for claim in claims if claim.log]
        if not held:
            continue
        findings = [_find_log(library, claim, library.claims[one]) for claim in held]
        if None not in findings:
            yield from (finding for finding in findings[:1] if finding is not None)
    if "correction" in context.unread:
        return
    new, lost = match_corrections(library, context.base)
    for correction, _ in lost:
        yield _find_correction(library, correction, new)
