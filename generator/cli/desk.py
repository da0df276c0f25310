"""`desk`: what is left to do, the most urgent first, each with the line on which to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.root import EXIT_ERRORS, root_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from generator.derive.desk import Desk, Item, Section
    from generator.link import Library
    from generator.pipeline import Checked

SHOWN = 8
_LABEL = 90


@click.command()
@root_option
@click.option("--section", metavar="KEY", help="Only one section, by the word in brackets beside its title.")
@click.option("--topic", metavar="ID", help="Only what concerns one fact sheet.")
@click.option("--source", metavar="ID", help="Only what concerns one source.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for people, json for programs; json lists everything.",
)
@click.option("--all", "everything", is_flag=True, help=f"List everything, not only the first {SHOWN} of a section.")
def desk(
    root: Path, section: str | None, topic: str | None, source: str | None, form: str, *, everything: bool
) -> None:
    """List what is left to do: unchecked claims and sentences, overdue reviews, single origins, and so on.

    The most urgent comes first, and each line says where to type. None of it is an error; while there are errors, they
    come first and nothing else is listed. The preview has the same list as a page: `factsheet serve`, then /desk/.

    \b
    Examples:
      factsheet desk
      factsheet desk --section single-origin --all
      factsheet desk --topic exchange-1000
      factsheet desk --format json | jq '.sections[] | {key, count}'
    """  # noqa: D301 (\b is click's mark of a block not to be wrapped)
    from generator import pipeline  # noqa: PLC0415
    from generator.derive.desk import list_work  # noqa: PLC0415
    from generator.publish.progress import progress_line  # noqa: PLC0415

    with progress_line() as progress:
        checked = pipeline.check(root, progress=progress)
    library, views = checked.library, checked.views
    if library is None or views is None or not checked.ok:
        _stop_for_errors(checked)
    work = list_work(library, views)
    keys = [one.key for one in work.sections]
    work = work.narrow(
        section=_known("section", section, keys),
        topic=_known_id(library, "topic", topic),
        source=_known_id(library, "source", source),
    )
    click.echo(write_json(work) if form == "json" else write_text(work, everything=everything), nl=False)


def _stop_for_errors(checked: Checked) -> NoReturn:
    from generator.reports import format_text  # noqa: PLC0415

    click.echo(format_text(checked.diagnostics, brief=True), err=True, nl=False)
    click.echo(
        "The desk lists what is left to do as soon as the content has no errors; `check` shows their lines.", err=True
    )
    raise click.exceptions.Exit(EXIT_ERRORS)


def _known_id(library: Library, kind: str, one: str | None) -> str | None:
    """Find a record by the id that it has or once had."""
    records = library.topics if kind == "topic" else library.sources
    return _known(kind, library.redirects.get((kind, one), one) if one else one, records)


def _known(what: str, one: str | None, known: Iterable[str]) -> str | None:
    """Stop where somebody asks for what there is not, with the nearest that there is."""
    if one is None or one in (words := list(known)):
        return one
    from rapidfuzz import process  # noqa: PLC0415

    from generator.reports import escape_line  # noqa: PLC0415

    near = process.extractOne(one, words, score_cutoff=60)
    listed = f"There are: {', '.join(words)}." if what == "section" else f"`content/{what}s/` has all of them."
    mend = f"Did you mean `{near[0]}`?" if near else listed
    raise click.UsageError(f"There is no {what} `{escape_line(one)}`. {mend}")


def write_text(desk: Desk, *, everything: bool = False) -> str:
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
    from generator.derive import count  # noqa: PLC0415
    from generator.derive.desk import DONE  # noqa: PLC0415

    if desk.total:
        yield f"{count(desk.total, 'thing', 'things')} to do, the most urgent first."
    else:
        yield "Nothing is left to do."
    yield ""
    wide = max(len(section.key) for section in desk.sections)
    for section in desk.sections:
        number = len(section.items)
        noun = section.one if number == 1 else section.many
        yield f"  {f'{number:,}' if number else '–':>6}  {section.key:<{wide}}  {noun}"
    yield ""
    for sheet in desk.sheets:
        name = sheet.topic or "on no fact sheet"
        yield f"  {name}: {sheet.left.get(DONE, 0):,} of {count(sheet.claims, 'claim', 'claims')} done"


def _write_section(section: Section, desk: Desk, *, everything: bool) -> str:
    shown = section.items if everything else section.items[:SHOWN]
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
    from generator.reports import escape_line  # noqa: PLC0415

    return escape_line(str(item.place))


def _write_item(item: Item, section: Section) -> str:
    from generator.reports import escape_line  # noqa: PLC0415

    label = item.label if len(item.label) <= _LABEL else f"{item.label[:_LABEL].rsplit(' ', 1)[0]} …"
    if section.key == "sentences":
        return escape_line(f"“{label}”")
    return escape_line(f"{item.id}: {label}" + (f" ({item.detail})" if item.detail else ""))


def write_json(desk: Desk) -> str:
    """Write the whole desk as one JSON object; line and column are 0 where they are not known."""
    import json  # noqa: PLC0415

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
