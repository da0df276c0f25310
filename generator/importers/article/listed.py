"""The sources that an article of Wikinews lists: each becomes a record where enough is known of it, else a note."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.importers.article.templates import SOURCE_MARKS
from generator.importers.article.told import Listed
from generator.importers.cells import note, plain_text, read_date, read_language, read_url, write_line, write_prose
from generator.importers.jsonish import digest
from generator.importers.naming import fold_name
from generator.importers.rows import Handle, Remark, Row
from generator.importers.unread import draft_entity, draft_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.importers.article.blocks import Block
    from generator.importers.rows import Options, Value

_NUMBERED = re.compile(f"{SOURCE_MARKS[0]}([0-9]{{1,7}}){SOURCE_MARKS[1]}")
_KNOWN = ("url", "title", "author", "pub", "publisher", "date", "archiveurl")
_LONGEST = 2000


def take_sources(blocks: Sequence[Block], typed: Sequence[Listed] = ()) -> tuple[list[Block], list[Listed]]:
    """Take listed sources out of the text, and the headings below which nothing else stands then.

    Args:
        blocks: the blocks of the article.
        typed: the sources as its wikitext has them; a block has their numbers. A web page has their words.
    """
    kept: list[Block] = []
    listed: list[Listed] = []
    bare = False  # whether sources were taken since the last heading, and nothing else stood there
    for block in blocks:
        numbers = [one for one in map(int, _NUMBERED.findall(block.text)) if one < len(typed)]
        if numbers:
            rest = " ".join(_NUMBERED.sub("", block.text).split())
            listed += (_add_rest(typed[one], rest) for one in numbers)
        elif block.is_source and not typed:
            listed.append(_read_shown(block, len(listed) + 1))
        else:
            if block.level and bare:
                kept.pop()
            bare = False
            kept.append(block)
            continue
        bare = bool(kept) and kept[-1].level > 0
    if bare:
        kept.pop()
    return kept, listed


def _add_rest(one: Listed, rest: str) -> Listed:
    """Add what stands beside a source, such as that it can be read by subscribers only."""
    return replace(one, fields={**one.fields, "beside": rest}) if rest.strip(" .") else one


def _read_shown(block: Block, number: int) -> Listed:
    """Read a source as Wikinews shows it: `Author. "Title" — Publisher, Date`."""
    text = block.text.replace("\n", " ")
    at = f"source {number}"
    begin, end = text.find('"'), text.rfind('"')
    fields = {"url": block.links[0]} if block.links else {}
    if not 0 <= begin < end or len(text) > _LONGEST:
        return Listed(at, text, fields)
    pub, _, day = text[end + 1 :].strip(" \u00a0—").partition(",")
    named = {"title": text[begin + 1 : end], "author": text[:begin].strip().removesuffix("."), "pub": pub, "date": day}
    return Listed(at, text, fields | {name: said.strip() for name, said in named.items() if said.strip()})


def make_row(number: int, listed: Listed, article: str, options: Options) -> Row | None:
    """Make a row of a listed source; None where its publisher, or its language and genre, are not known.

    Args:
        number: of the row.
        listed: the source.
        article: what the article that names it is called in a sentence.
        options: what whoever imports says; the sources of an article have its language and genre only if that is said.
    """
    said = listed.fields
    url, refused = read_url(said.get("url", ""), "url")
    name = write_line(plain_text(said.get("pub") or said.get("publisher", "")))
    language, genre = read_language(options.given.get("language", "")), options.given.get("genre")
    if not (url and name and language and genre):
        return None
    outlet = Handle("entity", options.outlets.get(fold_name(name), name), "outlet")
    remarks = [refused] if refused else []
    notes = [note(field, value) for field, value in said.items() if field not in _KNOWN]
    title = write_line(plain_text(said.get("title", "")))
    printed, unread = read_date(said.get("date", ""), None, "date")
    archived, odd = read_url(said.get("archiveurl", ""), "archiveurl")
    author = write_line(plain_text(said.get("author", "")))
    for field, value, remark in (
        ("title", title, Remark("too-long", "title")),
        ("date", printed, unread),
        ("archiveurl", archived, odd),
        ("author", author, None),
    ):
        if said.get(field) and value is None:
            notes.append(note(field, said[field]))
        remarks += (
            [remark] if remark and said.get(field) and (value is None or remark.code == "midnight-as-day") else []
        )
    summary = write_prose(f"Named as a source by {article}.") or write_prose("Named as a source by an article.")
    fields: dict[str, Value] = {
        "title": title,
        "outlet": outlet,
        "authors": [author] if author else None,
        "published": printed,
        "url": url,
        "archived": archived,
        "language": language,
        "genre": genre,
        "summary": summary,
    }
    draft = draft_source(url, options, fields, notes)
    return Row(number, listed.at, digest({**said}), (draft, draft_entity(outlet)), tuple(remarks), raw=listed.raw)
