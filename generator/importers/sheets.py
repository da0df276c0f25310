"""A spreadsheet as a source: what the records that come out of it rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import dates
from generator.importers.cells import has_words, read_language, read_url, write_line, write_prose
from generator.importers.naming import is_id
from generator.importers.rows import Draft, Handle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.importers.mapping import SheetSource
    from generator.importers.rows import Options, Value

LONGEST_FINDING = 1200


def has_sheet(options: Options) -> bool:
    """Tell whether the command says who keeps the sheet, and in which language it is written."""
    return bool(options.given.get("outlet") and options.given.get("language"))


def find_flag_problem(options: Options) -> str:
    """Say which of the flags that speak of the sheet has no sense; empty where all have."""
    given = options.given
    if given.get("language") and read_language(given["language"]) is None:
        return f"`--language`: “{given['language'][:60]}” is no language tag such as en, uk or ru."
    if given.get("genre") and given["genre"] not in (options.genres or (given["genre"],)):
        return f"`--genre`: “{given['genre'][:60]}” is none of {', '.join(options.genres)}."
    if given.get("url") and read_url(given["url"])[0] is None:
        return f"`--url`: “{given['url'][:60]}” is no address that begins with https:// or http://."
    if given.get("outlet") and not has_words(given["outlet"]):
        return "`--outlet`: the id or the name of an outlet is expected."
    return ""


def outlet_of(text: str) -> str | Handle:
    """Read an outlet: an id stays one, anything else is the name of an outlet."""
    return text if is_id(text) else Handle("entity", write_line(text) or text, "outlet")


def sheet_of(
    source: SheetSource | None,
    options: Options,
    name: str | None = None,
    *,
    what: str = "A table of records",
    title: str = "",
    notes: Iterable[str] = (),
) -> Draft:
    """Draft the source that the sheet itself is.

    Args:
        source: what the mapping says of it; what it does not say, the flags of the command may.
        options: what whoever imports says.
        name: what tells this sheet from others; else its address, its title, the name of its file.
        what: what it is, for the summary.
        title: what it calls itself.
        notes: what else is known of it.

    Raises:
        KeyError: neither the mapping nor the command says who keeps the sheet.
    """
    fields: dict[str, Value] = {
        "title": (source.title if source else None) or title or None,
        "outlet": outlet_of(source.outlet if source else options.given["outlet"]),
        "published": source.published.text if source and source.published else None,
        "accessed": source.accessed.isoformat() if source and source.accessed else options.today,
        "url": (source.url if source else None) or options.given.get("url"),
        "archived": source.archived if source else None,
        "language": source.language if source else options.given["language"],
        "genre": source.genre if source else options.given.get("genre", "dataset"),
        "stored": "none",
        "publish": "none",
        "summary": source.summary if source else None,
    }
    called = str(fields["title"] or options.name)
    fields["summary"] = fields["summary"] or write_prose(f"{what}: {called}.")
    key = name or fields["url"] or called
    return Draft("source", f"sheet {key}", _without_blanks(fields), tuple(notes), words=called)


def _without_blanks(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value}


def entity_drafts(handles: Iterable[Handle]) -> tuple[Draft, ...]:
    """Draft the entities that handles stand for, each once."""
    named = dict.fromkeys(one for one in handles if one.kind == "entity")
    return tuple(Draft("entity", one.key, {"type": one.type, "name": one.key}, words=one.key) for one in named)


def cite(sheet: Draft, lead: str, words: str) -> dict[str, Value]:
    """Cite a sheet for what it says in a row: figures of a claim have to stand in what it cites.

    Args:
        sheet: the draft of the sheet.
        lead: how the finding begins, such as `Lists:`.
        words: what the row says, as Markdown.
    """
    return {"in": Handle("source", sheet.key), "finding": fit_finding(lead, words), "chain": "untraced"}


def fit_finding(lead: str, words: str) -> str:
    """Write a finding; without its beginning where the whole would be too long."""
    whole = f"{lead} {words}"
    return whole if len(whole) <= LONGEST_FINDING else words


def is_after(when: str, source: Mapping[str, Value]) -> bool:
    """Tell whether a date lies certainly after that of the source that reports it."""
    printed = source.get("published")
    return isinstance(printed, str) and dates.is_before(dates.parse(printed), dates.parse(when))


def phase_of(when: str, options: Options) -> str:
    """Give the phase of an event of which nobody says it: `done` is what is reported as having taken place."""
    latest = dates.parse(when).latest
    is_over = latest is not None and latest.isoformat() < options.today
    return options.given.get("phase") or ("done" if is_over else "planned")
