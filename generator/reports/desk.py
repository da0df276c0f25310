"""The desk for people at a terminal and for programs: what is left to do, with nothing in it that could steer one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.derive import count
from generator.derive.desk import DONE
from generator.reports.escaping import escape_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.derive.desk import Desk, Item, Section

SHOWN_ITEMS = 8
_LABEL = 90


def format_desk(desk: Desk, *, everything: bool = False) -> str:
    """Write the desk for people at a terminal, with nothing in it that could steer one.

    Args:
        desk: the work-list.
        everything: list every item; otherwise each section shows its number and the first few.
    """
    blocks = [_write_section(section, desk, everything=everything) for section in desk.sections if section.items]
    if len(desk.sections) > 1:
        blocks = ["\n".join(_write_summary(desk)), *blocks]
    return "\n\n".join(blocks or ["\n".join(f"{section.title}." for section in desk.sections)]) + "\n"


def _write_summary(desk: Desk) -> Iterator[str]:
    if desk.total:
        yield f"{count(desk.total, 'thing', 'things')} to do, the most urgent first."
    else:
        yield "Nothing is left to do."
        if not any(sheet.claims for sheet in desk.sheets):
            yield "There are no claims here yet: `factsheet new claim` types the first one."
    yield ""
    wide = max(len(section.key) for section in desk.sections)
    for section in desk.sections:
        number = len(section.items)
        noun = section.one if number == 1 else section.many
        yield f"  {f'{number:,}' if number else '–':>6}  {section.key:<{wide}}  {noun}"
    yield ""
    for sheet in desk.sheets:
        name = sheet.topic or "on no fact sheet"
        yield f"  {name}: {sheet.left.get(DONE, 0):,} of {count(sheet.claims, 'claim', 'claims')} with nothing left to do"


def _write_section(section: Section, desk: Desk, *, everything: bool) -> str:
    shown = section.items if everything else section.items[:SHOWN_ITEMS]
    wide = max(len(_write_place(item)) for item in shown)
    lines = [f"{section.title} [{section.key}]", f"  {section.advice}"]
    path = ""
    for item in shown:
        if section.key == "sentences" and item.place.path != path:
            path = item.place.path
            lines.append(f"  {item.id}: {desk.accounts[path].words}")
        lines.append(f"  {_write_place(item):<{wide}}  {_write_item(item, section)}")
    if len(shown) < len(section.items):
        lines.append(
            f"  ... and {len(section.items) - len(shown):,} more (--section {section.key} --all lists every one)"
        )
    return "\n".join(lines)


def _write_place(item: Item) -> str:
    return escape_line(str(item.place))


def _write_item(item: Item, section: Section) -> str:
    label = item.label if len(item.label) <= _LABEL else f"{item.label[:_LABEL].rsplit(' ', 1)[0]} …"
    if section.key == "sentences":
        return escape_line(f"“{label}”")
    return escape_line(f"{item.id}: {label}" + (f" ({item.detail})" if item.detail else ""))


def format_desk_json(desk: Desk) -> str:
    """Write the whole desk as one JSON object; line and column are 0 where they are not known."""
    value = {
        "total": desk.total,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "advice": section.advice,
                "count": len(section.items),
                "items": [_row(item) for item in section.items],
            }
            for section in desk.sections
        ],
        "sheets": [{"topic": one.topic, "claims": one.claims, "left": dict(one.left)} for one in desk.sheets],
        "texts": [
            {"source": one.source, "path": path, "sentences": len(one.states), "unaccounted": one.states.count("u")}
            for path, one in desk.accounts.items()
        ],
    }
    return json.dumps(value, indent=2) + "\n"


def _row(item: Item) -> dict[str, object]:
    return {
        "kind": item.kind,
        "id": item.id,
        "label": item.label,
        "path": item.place.path,
        "line": item.place.line,
        "column": item.place.column,
        "detail": item.detail,
        "topics": sorted(item.topics),
        "sources": sorted(item.sources),
    }
