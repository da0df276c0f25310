"""A comparison in GitHub's Markdown: for a pull request or the summary of a workflow run. Every text is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.compare.escaping import escape, write_code, write_message
from generator.derive import count, join
from generator.dialect import prose_plain
from generator.dialect.escaping import escape_address, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.compare.comparison import Comparison, Fate, Named, PageChange, Problems, RecordChange
    from generator.records import Correction

MOST = 60_000
"""Characters that fit into a comment on GitHub (65,536), with room to spare."""

_CAPS = (100, 40, 20, 10, 5, 2, 1)
_LONGEST = 300
_TITLE = "### What this change does to the site"

_KINDS = {
    "claim": ("Claims", "claim", "claims"),
    "event": ("Events", "event", "events"),
    "source": ("Sources", "source", "sources"),
    "topic": ("Fact sheets", "fact sheet", "fact sheets"),
    "entity": ("Names", "name", "names"),
    "page": ("Pages written by hand", "page", "pages"),
}
_PAGES = {
    "home": "The home page",
    "topic": "Fact sheets",
    "as-of": "Fact sheets as of a date",
    "claim": "Claims",
    "event": "Events",
    "source": "Sources",
    "entity": "Names",
    "timeline": "Timelines",
    "matrix": "Contradictions",
    "list": "Lists",
    "page": "Pages written by hand",
    "moved": "Signposts at old addresses",
}
_FATES = {"added": "new", "changed": "changed", "gone": "gone", "redirected": "redirected"}


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with its list; of a folded one, only the heading is seen at first."""

    title: str
    items: tuple[str, ...]
    folded: bool = False


def _cut(text: str) -> str:
    plain = tidy(text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rsplit(' ', 1)[0]} …"


def _clip(text: str) -> str:
    return escape(_cut(text))


def _name(record: Named) -> str:
    name = _clip(record.name)
    linked = f"[{name}]({escape_address(record.address)})" if record.address else name
    return f"{linked} ({write_code(record.id)})"


def _fields(fields: Sequence[str]) -> str:
    return join([write_code(field) for field in fields])


def _write_errors(problems: Problems) -> _Section:
    said = count(len(problems.errors), "error", "errors")
    items = tuple(
        f"{write_code(str(one.place))} {write_code(one.code)}: {write_message(_cut(one.message))}"
        for one in problems.errors
    )
    return _Section(
        f"{said}: this cannot be published until {'it is' if said == '1 error' else 'they are'} mended", items
    )


def _write_correction(correction: Correction) -> str:
    records = ", ".join(write_code(name.rpartition(":")[2]) for name in correction.records)
    words = "".join(
        f"\n  - {label}: {_clip(prose_plain(text))}"
        for label, text in (("was", correction.was), ("now", correction.now))
        if text
    )
    return f"{correction.on.isoformat()}, {correction.kind} ({records}): {_clip(prose_plain(correction.why))}{words}"


def _also(changed: Mapping[Named, Sequence[str]], claim: Named) -> str:
    """Write what else differs in a claim that is told of already."""
    fields = changed.get(claim, ())
    return f"\n  - also changed: {_fields(fields)}" if fields else ""


def _records(comparison: Comparison, fate: Fate, kind: str) -> list[RecordChange]:
    told = {one.claim for one in comparison.verdicts} | {one.claim for one in comparison.reworded}
    return [one for one in comparison.records if (one.fate, one.record.kind) == (fate, kind) and one.record not in told]


def _write_record(change: RecordChange) -> str:
    name = _name(change.record)
    if change.verdict:
        return f"{name}: **{escape(change.verdict)}**"
    return f"{name}: {_fields(change.fields)}" if change.fields else name


def _write_move(before: str, now: str) -> str:
    return f"{_clip(before)} → {_clip(now)}"


def _claims(comparison: Comparison) -> Iterator[_Section]:
    """Write what readers come for first: verdicts, then words."""
    moved = {one.claim.id for one in comparison.verdicts}
    changed = {one.record: one.fields for one in comparison.records}
    yield _Section(
        "Verdicts that move",
        tuple(
            f"{_name(one.claim)}: **{escape(one.before)}** → **{escape(one.now)}**"
            + (f"\n  - why: {_clip(one.why)}" if one.why else "")
            + _also(changed, one.claim)
            for one in comparison.verdicts
        ),
    )
    yield _Section(
        "Claims that say something else",
        tuple(
            f"{write_code(one.claim.id)}\n  - before: {_clip(one.before)}\n  - now: {_clip(one.now)}"
            + ("" if one.claim.id in moved else _also(changed, one.claim))
            for one in comparison.reworded
        ),
    )
    yield _Section("Corrections added", tuple(map(_write_correction, comparison.corrections)))
    yield _Section(
        "New ids (the old addresses lead to them)",
        tuple(f"{write_code(one.before)} → {_name(one.record)}" for one in comparison.renamed),
    )


def _of_records(comparison: Comparison) -> Iterator[_Section]:
    words: tuple[tuple[Fate, str], ...] = (("added", "added"), ("gone", "gone"), ("changed", "changed"))
    for kind, (title, _, _) in _KINDS.items():
        for fate, word in words:
            also = " in other fields" if kind == "claim" and fate == "changed" else ""
            yield _Section(f"{title} {word}{also}", tuple(map(_write_record, _records(comparison, fate, kind))))


def _computed(comparison: Comparison) -> Iterator[_Section]:
    """Write what follows from the records."""
    origins = []
    for one in comparison.origins:
        parts = [
            f"\n  - {label}: {_write_move(*pair)}"
            for label, pair in (("was it said?", one.said), ("who says so", one.reports), ("against it", one.against))
            if pair
        ]
        origins.append(f"{_name(one.claim)}{''.join(parts)}")
    yield _Section("Origins counted differently", tuple(origins))
    flags = []
    for each in comparison.flags:
        changes = [f"now *{escape(flag)}*" for flag in each.new] + [f"no longer *{escape(flag)}*" for flag in each.gone]
        flags.append(f"{_name(each.claim)}: {join(changes)}")
    yield _Section("Flags", tuple(flags))
    yield _Section(
        "Sentences cited",
        tuple(
            f"{_name(one.source)}: "
            + (
                f"{one.before[0]} → {one.now[0]} of {one.now[1]}"
                if one.before[1] == one.now[1]
                else f"{one.before[0]} of {one.before[1]} → {one.now[0]} of {one.now[1]}"
            )
            for one in comparison.coverage
        ),
    )
    before, now = comparison.quotations
    yield _Section("Quotations checked", (f"{before:,} → {now:,}",) if before != now else ())
    yield _Section("Settings and vocabulary changed", tuple(map(write_code, comparison.site)))
    warnings = []
    for code, (new, gone) in comparison.problems.warnings.items():
        numbers = [f"{new:,} new"] * bool(new) + [f"{gone:,} gone"] * bool(gone)
        warnings.append(f"{write_code(code)}: {join(numbers)}")
    yield _Section("Warnings", tuple(warnings))


def _pages(pages: Sequence[PageChange]) -> Iterator[_Section]:
    """Write the pages that differ, one folded list for each kind."""
    kinds: dict[str, list[PageChange]] = {}
    for page in pages:
        kinds.setdefault(_PAGES.get(page.kind, "Other pages"), []).append(page)
    order = [*_PAGES.values(), "Other pages"]
    for title in sorted(kinds, key=order.index):
        numbers = [
            f"{number:,} {word}"
            for fate, word in _FATES.items()
            if (number := sum(page.fate == fate for page in kinds[title]))
        ]
        items = tuple(
            f"{_FATES[page.fate]}: {_clip(page.title)} ({write_code(page.path.removesuffix('.md'))})"
            for page in sorted(kinds[title], key=lambda page: (tuple(_FATES).index(page.fate), page.path))
        )
        yield _Section(f"{title}: {join(numbers)}", items, folded=True)


def _write_section(section: _Section, cap: int) -> str:
    items = [f"- {item}" for item in section.items[:cap]]
    if len(section.items) > cap:
        items.append(f"- ... and {len(section.items) - cap:,} more")
    shown = "\n".join(items)
    if section.folded:
        return f"<details><summary>{section.title}</summary>\n\n{shown}\n\n</details>"
    return f"#### {section.title}\n\n{shown}"


def _bound(write: Callable[[int], str], most: int) -> str:
    """Shorten the lists until the text fits."""
    text = ""
    for cap in _CAPS:
        text = write(cap)
        if len(text) <= most:
            break
    return text


def _introduce(comparison: Comparison) -> list[str]:
    """Write what comes before the lists."""
    if not comparison.is_whole:
        return ["The settings or the vocabulary cannot be used now, so nothing else can be compared."]
    if comparison.is_first:
        parts = [
            count(number, *_KINDS[kind][1:]) for kind, number in comparison.counts.items() if number and kind in _KINDS
        ]
        held = f": {join(parts)}; {count(comparison.quotations[1], 'quotation', 'quotations')} checked" if parts else ""
        return [f"Nothing had been published before, so everything is new{held}."]
    if comparison.pages is None:
        return ["The pages could not be made on both sides, so only the records are compared."]
    return []


def write_markdown(comparison: Comparison, most: int = MOST) -> str:
    """Write a comparison for people.

    Args:
        comparison: what differs.
        most: the most characters that the text may have; lists are cut, and say how much more there is.

    Returns:
        GitHub's Markdown, in which nothing from the content is markup, a link of its own or a call to somebody.
    """
    sections: list[_Section] = []
    if comparison.problems.errors:
        sections.append(_write_errors(comparison.problems))
    lines = _introduce(comparison)
    if comparison.is_whole and not comparison.is_first:
        sections += [*_claims(comparison), *_of_records(comparison), *_computed(comparison)]
    elif not comparison.is_first:
        sections += [section for section in _computed(comparison) if section.title == "Warnings"]
    filled = [section for section in sections if section.items]
    pages = [] if comparison.pages is None else list(_pages(comparison.pages))
    if comparison.changes_nothing:
        lines.append("It changes nothing on the site.")
    counted = [f"#### {count(len(comparison.pages or ()), 'page differs', 'pages differ')}"] if pages else []

    def write(cap: int) -> str:
        blocks = [_write_section(one, cap) for one in filled]
        return "\n\n".join([_TITLE, *lines, *blocks, *counted, *(_write_section(one, cap) for one in pages)]) + "\n"

    return _bound(write, most)
