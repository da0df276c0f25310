"""Where an id stands in what was typed: as the value of a field, or in a link of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.decode import typed_loc
from generator.dialect import body_links, prose_links
from generator.edits.request import RefusedError
from generator.edits.surgery import Edit
from generator.link.references import references
from generator.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.decode import Located
    from generator.documents import Document, Extent, Loc
    from generator.edits.request import Request
    from generator.edits.surgery import Typed
    from generator.link import Library

_Links = list[tuple[str, str]]

CORRECTIONS = "content/corrections.yml"
SETTINGS = "content/settings.yml"


def of_prose(text: str) -> _Links:
    """List the links of a text field, in reading order."""
    return [(link.scheme, link.target) for link in prose_links(text)]


def of_body(text: str) -> _Links:
    """List the links of a hand-written page, in reading order."""
    return [(link.scheme, link.target) for _, link in body_links(text)]


def link_pattern(request: Request) -> re.Pattern[str]:
    """Make the pattern of an address that leads to the record."""
    return re.compile(rf"(?<![\w-])(?i:{request.kind}):(?P<id>{re.escape(request.old)})(?![\w-])")


def span(typed: Typed, extent: Extent) -> tuple[int, int]:
    """Find the offsets of a value."""
    return typed.offset(*extent[:2]), typed.offset(*extent[2:])


def edit_id(typed: Typed, document: Document, loc: Loc, old: str, new: str) -> Edit:
    """Write another id where one stands, in the quotation marks that it has."""
    start, end = span(typed, document.values[loc])
    source = typed.text[start:end]
    if source.strip("'\"") != old:
        raise RefusedError(
            f"In {document.place(loc)} the id is typed in an unusual way. Write it on one line, as `{old}`, and try again."
        )
    return Edit(start, end, source.replace(old, new))


def edit_links(
    typed: Typed, where: tuple[int, int], text: str, request: Request, links: Callable[[str], _Links]
) -> Iterator[Edit]:
    """Lead the links of a text to the new id; where the same words are no link, they stay.

    Args:
        typed: the file.
        where: offsets at which the text begins and ends as it was typed.
        text: what it says, as it was read.
        request: what is renamed.
        links: lists the links of such a text.
    """
    pattern = link_pattern(request)
    said, found = list(pattern.finditer(text)), list(pattern.finditer(typed.text, *where))
    if len(said) != len(found):
        return  # typed with escapes; the proof will say that a link still leads to the old id
    before = links(text)
    for read, match in zip(said, found, strict=True):
        changed = links(f"{text[: read.start('id')]}{request.new}{text[read.end('id') :]}")
        if changed != before:  # it is part of an address, not of the words or of code
            yield Edit(match.start("id"), match.end("id"), request.new)


def _edit_prose(typed: Typed, document: Document, loc: Loc, request: Request) -> Iterator[Edit]:
    text = _at(document, loc)
    if isinstance(text, str):
        yield from edit_links(typed, span(typed, document.values[loc]), text, request, of_prose)


def _at(document: Document, loc: Loc) -> object:
    node: object = document.data
    for step in loc:
        node = node[step]  # type: ignore[index]  # the path was typed
    return node


def in_record(located: Located, typed: Typed, request: Request) -> Iterator[Edit]:
    """List the changes in one record: fields that hold the id, and links in its texts."""
    document = located.document
    texts: dict[Loc, None] = {}
    for mention in references(located.record):
        if (mention.kind, mention.id) != (request.kind, request.old):
            continue
        loc = typed_loc(document, (*located.loc, *mention.path))
        if mention.role == "text":
            texts[loc] = None
        else:
            yield edit_id(typed, document, loc, request.old, request.new)
    for loc in texts:
        yield from _edit_prose(typed, document, loc, request)


def in_page(document: Document, typed: Typed, request: Request) -> Iterator[Edit]:
    """List the changes in a hand-written page."""
    where = typed.offset(document.body_line, 1), len(typed.text)
    yield from edit_links(typed, where, document.body or "", request, of_body)


def in_settings(document: Document, typed: Typed, request: Request) -> Iterator[Edit]:
    """List the changes in the texts of the settings."""
    for field in ("description", "reading_note"):
        if (field,) in document.values:
            yield from _edit_prose(typed, document, (field,), request)


def in_corrections(document: Document, typed: Typed, request: Request, library: Library) -> Iterator[Edit]:
    """List the changes in the corrections: the records that they concern, and links in their texts."""
    for loc in document.values:
        if len(loc) == 2 and loc[1] in ("was", "now", "why"):  # noqa: PLR2004 - a field of a correction
            yield from _edit_prose(typed, document, loc, request)
        elif len(loc) == 3 and loc[1] == "records":  # noqa: PLR2004 - an item of its list
            name = str(_at(document, loc))
            now = _name(name, request, library.located, library.redirects)
            if now != name:
                yield edit_id(typed, document, loc, name, now)


def _name(
    name: str,
    request: Request,
    located: Mapping[tuple[str, str], object],
    redirects: Mapping[tuple[str, str], object],
) -> str:
    """Name the record of a correction anew; an id without its kind concerns every record that has it, or had it."""
    kind, old, new = request.kind, request.old, request.new
    if name == f"{kind}:{old}":
        return f"{kind}:{new}"
    taken = {
        each: [k for k in KINDS if k != kind and ((k, each) in located or (k, each) in redirects)]
        for each in (old, new)
    }
    if name == old and not taken[old]:  # else it stays: the earlier id leads on, and to the other record as well
        return f"{kind}:{new}" if taken[new] else new
    if name == new and len(taken[new]) == 1 and not request.returns:
        return f"{taken[new][0]}:{new}"
    return name
