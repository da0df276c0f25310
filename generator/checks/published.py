"""Rules 8 and 11 against a base: what was published does not change silently."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.checks.additions import add_items, write_fields
from generator.checks.keeping import (
    CORRECTIONS,
    find_moved_links,
    find_new_entries,
    fold,
    group_corrections,
    group_pairs,
    leave_out_backdated,
    list_pairs,
    quote,
)
from generator.checks.relabelled import find_relabelled
from generator.checks.rule import Context, Finding
from generator.records.drafts import is_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.link import Library
    from generator.records import Claim, Correction, LogEntry

_AROUND = 40


def _keeps_words(before: Claim, now: Claim, added: Sequence[LogEntry], corrections: Sequence[Correction]) -> bool:
    """Tell whether something new keeps the words that were published; a correction also says what followed them."""
    old = fold(before.says)
    logged = {fold(entry.was.says) for entry in added if entry.was and entry.was.says}
    corrected = {(fold(one.was), fold(one.now)) for one in corrections if one.was and one.now}
    followed = {fold(now.says), *logged, *(was for was, _ in corrected)}
    return old in logged or any(was == old and then in followed for was, then in corrected)


def _explain_edit(before: Claim, now: Claim, *, says: bool, verdict: bool) -> str:
    words = f"said {quote(before.says)} and says {quote(now.says)} now"
    judged = f"`{before.verdict}` and is `{now.verdict}` now"
    if says and verdict:
        return f"This published claim {words}; its verdict was {judged}. Neither the log nor the corrections say so."
    if verdict:
        return f"The verdict of this published claim was {judged}, and neither the log nor the corrections say so."
    return f"This published claim {words}, and nothing new in its log or in the corrections keeps the earlier words."


def check_silent_edit(context: Context) -> Iterator[Finding]:
    """Against a base: find changed words that are kept nowhere, and changed verdicts that nothing new tells of."""
    if context.base is None or "correction" in context.unread:
        return
    yield from find_relabelled(context.library, context.base)
    corrected = group_corrections(context.library, context.base)
    merged = group_pairs(context.library, context.base)
    for before, now in list_pairs(context.library, context.base):
        added = find_new_entries(merged[now.id], now)
        judged = max((entry.on for entry in before.log), default=date.min)
        notes = leave_out_backdated(corrected.get(("claim", now.id), []), judged)
        moved = find_moved_links(context.library, context.base, before.says, now.says)
        says = (
            (moved or fold(before.says) != fold(now.says))
            and not is_draft(before.says)
            and not _keeps_words(before, now, added, notes)
        )
        verdict = before.verdict != now.verdict and not added and not notes
        if not says and not verdict:
            continue
        day = max([context.views.today, *(entry.on for entry in now.log)])
        was = {"says": before.says} if says else {}
        entry = write_fields({"on": day.isoformat(), "verdict": now.verdict, "was": was})
        addition = add_items(context.library.located["claim", now.id], "log", [entry])
        yield Finding(
            addition[0] if addition else context.library.place("claim", now.id, "says" if says else "verdict"),
            _explain_edit(before, now, says=says, verdict=verdict),
            f"Add `- {entry}` at the end of `log:`, with a `note:` that says why; or an entry with `was:` and `now:` to {CORRECTIONS}, dated when it is made.",
            fix=addition[1] if addition else None,
        )


def _around(text: str, index: int) -> str:
    start, end = max(0, index - _AROUND), index + _AROUND
    words = " ".join(text[start:end].split())
    return f"“{'… ' if start else ''}{words}{' …' if end < len(text) else ''}”"


def _compare_texts(library: Library, base: Library, one: str, current: str) -> Finding | None:
    before, now = base.texts[one], library.texts.get(current)
    mend = f"Restore the text, or add an entry to {CORRECTIONS}."
    if now is None and current in library.absent_texts:
        folder = library.settings.text_dir
        return Finding(
            library.place("source", current, "stored"),
            "The stored text of this published source has been moved out of content/ and is not at hand here, so nobody can tell whether it has changed.",
            f"Check it where `{folder}/` is at hand, or add an entry to {CORRECTIONS}.",
        )
    if now is None:
        return Finding(
            library.place("source", current, "stored"),
            "The stored text of this published source is gone, and no correction says so.",
            mend,
        )
    if now.text == before.text:
        return None
    pairs = enumerate(zip(before.text, now.text, strict=False))
    index = next((i for i, (a, b) in pairs if a != b), min(len(before.text), len(now.text)))
    shown = base.text_files[one].startswith("content/") and library.text_files[current].startswith("content/")
    words = f": it said {_around(before.text, index)} and says {_around(now.text, index)} now" if shown else ""
    return Finding(
        library.text_place(current, now.line_at(min(index, max(0, len(now.text) - 1)))),
        f"The stored text of this published source has changed, and no correction says so{words}.",
        mend,
    )


def check_text_changed(context: Context) -> Iterator[Finding]:
    """Against a base: find stored texts of published sources that changed or went without a correction."""
    if context.base is None or "correction" in context.unread:
        return
    corrected = group_corrections(context.library, context.base)
    for one in context.base.texts:
        current = one if one in context.library.sources else context.library.redirects.get(("source", one), "")
        notes = corrected.get(("source", current), [])
        if current not in context.library.sources or leave_out_backdated(notes, context.base.sources[one].accessed):
            continue
        finding = _compare_texts(context.library, context.base, one, current)
        if finding is not None:
            yield finding
